"""Files and functions stay small: header 250 lines, source 400 (a test 600), function 60.

size_exceptions.txt names what is larger, one a line: `PATH LINES` or `PATH FUNCTION LINES`. The
list only shrinks: an entry that is no longer needed, or allows more than is there, is a finding.
"""

from common import finding, line_of, main
from scopes import function_name, functions

HEADER, SOURCE, TEST, FUNCTION = 250, 400, 600, 60
EXCEPTIONS = "tests/lint/size_exceptions.txt"


def file_limit(path):
    if path.startswith("tests/"):
        return TEST
    return HEADER if path.endswith(".h") else SOURCE


def measures(source):
    """(what, line, length, limit) for the file and, outside tests, each of its functions."""
    yield source.path, 1, source.text.count("\n"), file_limit(source.path)
    if source.path.startswith("tests/"):
        return
    for start, end, head in functions(source.code):
        first = line_of(source.code, start)
        yield f"{source.path} {function_name(head)}", first, line_of(source.code, end) - first + 1, FUNCTION


def read_exceptions(tree):
    """{what: lines allowed} of the list; comments start with #."""
    text = tree.read(EXCEPTIONS) if tree.has(EXCEPTIONS) else ""
    entries = [line.split("#")[0].rsplit(None, 1) for line in text.splitlines() if line.split("#")[0].strip()]
    return {what: int(lines) for what, lines in entries}


def check(tree):
    found = []
    exceptions = read_exceptions(tree)
    for source in tree.cpp("core", "ui", "app", "tests"):
        for what, line, length, limit in measures(source):
            allowed = exceptions.get(what, limit) if length > limit else limit
            if length > limit:
                exceptions.pop(what, None)
            if length > allowed:
                found.append(finding(source.path, line, f"{what}: {length} lines, at most {allowed}: split it"))
            elif length < allowed and allowed > limit:
                found.append(finding(EXCEPTIONS, 1, f"{what} has {length} lines, {allowed} are allowed: lower the entry"))
    found += [finding(EXCEPTIONS, 1, f"{what} is no longer needed: take it out") for what in exceptions]
    return found


def function_of(lines):
    return "int f(int a) {\n" + "    ++a;\n" * (lines - 2) + "}\n"


BAD = [
    ("a long header", {"core/base/a.h": "//\n" * 251}, "251 lines, at most 250"),
    ("a long source", {"ui/shell/a.cpp": "//\n" * 401}, "401 lines, at most 400"),
    ("a long test", {"tests/core/a.cpp": "//\n" * 601}, "601 lines, at most 600"),
    ("a long function", {"core/base/a.cpp": function_of(61)}, "f: 61 lines, at most 60"),
    ("a long method", {"ui/shell/a.h": "class A {\npublic:\n" + function_of(70) + "};\n"}, "f: 70 lines"),
    (
        "a long constructor with braces in its list",
        {"ui/shell/a.cpp": "namespace x {\nA::A(int b) : m_b{b}, m_c{\n0} {\n" + "b++;\n" * 60 + "}\n}\n"},
        "A::A: 63 lines",
    ),
    ("an exception exceeded", {"core/base/a.cpp": function_of(71), EXCEPTIONS: "core/base/a.cpp f 70\n"}, "at most 70"),
    ("an exception too generous", {"core/base/a.cpp": function_of(70), EXCEPTIONS: "core/base/a.cpp f 71\n"}, "lower the entry"),
    ("an exception not needed", {"core/base/a.cpp": function_of(60), EXCEPTIONS: "core/base/a.cpp f 61\n"}, "no longer needed"),
    ("an exception for nothing", {"core/base/a.cpp": "", EXCEPTIONS: "core/base/gone.cpp 500\n"}, "no longer needed"),
]
GOOD = {
    "core/base/a.cpp": "namespace x {\n" + function_of(60) + "\n" + function_of(60) + "int t[] = {\n" + "1,\n" * 80 + "};\n}\n",
    "core/base/b.cpp": function_of(64),
    "core/base/c.cpp": "const char* brace() { return \"{\"; }  // {\nconstexpr int kA = 1'000'000;\n" + "int g();\n" * 70,
    EXCEPTIONS: "# why\ncore/base/b.cpp f 64  # a table\n",
}

if __name__ == "__main__":
    main(check, BAD, GOOD)
