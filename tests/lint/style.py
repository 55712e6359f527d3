"""Names that say something: no file or type is a Manager, Helper, Util or Handler.

Also the small things that neither clang-format nor the compiler asks for: files in lower_case,
#pragma once in headers, no namespace opened for everybody.
"""

import re

from common import finding, line_of, main

EMPTY_NAMES = re.compile(r"(?:^|_)(?:managers?|helpers?|utils?|utilities|handlers?|misc)$")
EMPTY_TYPES = re.compile(r"\b(?:class|struct)\s+(\w*(?:Manager|Helper|Utils?|Handler))\b(?!\s*;)")
FILE_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
OPENED = re.compile(r"\busing\s+namespace\s+(?!\w*(?:::\w+)*literals\b)", re.ASCII)


def problems(source):
    name = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if not FILE_NAME.match(name):
        yield 0, "file names are lower_case"
    for part in [name] + source.path.split("/")[:-1]:
        if EMPTY_NAMES.search(part):
            yield 0, f"'{part}' says nothing: name what it does"
    for match in EMPTY_TYPES.finditer(source.code):
        yield match.start(), f"'{match.group(1)}' says nothing: name what it does"
    if source.path.endswith(".h"):
        if not re.search(r"^#pragma once$", source.text, re.MULTILINE):
            yield 0, "no #pragma once"
        for match in OPENED.finditer(source.code):
            yield match.start(), "a header opens a namespace for everybody who includes it"


def check(tree):
    found = []
    for source in tree.cpp("core", "ui", "app", "tests"):
        for offset, message in problems(source):
            found.append(finding(source.path, line_of(source.text, offset), message))
    return found


BAD = [
    ("a helper file", {"core/base/text_helper.cpp": ""}, "says nothing"),
    ("a utils file", {"core/base/utils.cpp": ""}, "says nothing"),
    ("a helpers folder", {"tests/helpers/a.cpp": ""}, "says nothing"),
    ("a manager", {"ui/shell/a.h": "#pragma once\nclass PageManager {\n};\n"}, "PageManager"),
    ("capital letters", {"core/base/TextReader.cpp": ""}, "lower_case"),
    ("no #pragma once", {"core/base/a.h": "int a();\n"}, "#pragma once"),
    ("an open namespace", {"core/base/a.h": "#pragma once\nusing namespace std;\n"}, "for everybody"),
]
GOOD = {
    "core/base/text_reader.h": "#pragma once\nclass TextReader;\n// class Manager\n",
    "core/base/date.cpp": "using namespace std::chrono_literals;\n",
}

if __name__ == "__main__":
    main(check, BAD, GOOD)
