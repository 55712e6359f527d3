"""Who may include whom: the arrows of resources/docs/architecture.md, and nothing else.

The document is read, so that it cannot fall behind: below "## Arrows", indented, `folder: what it
may include`, several a line with two spaces between. Also: includes are written from the project's root, core and ui/text know no Qt, and pages do not
know each other (only the shell brings them together).
"""

import re

from common import finding, line_of, main

ARCHITECTURE = "resources/docs/architecture.md"
UI_PARTS = "table chart tile timeline task text style".split()

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)
QT = re.compile(r"^(Q[A-Z]\w*|Qt[A-Z]\w*/.*|q[a-z]+\.h)$")
PROJECT = ("core/", "ui/", "app/", "tests/")


def read_arrows(tree):
    """{"link": {"base", "record"}, ..., "ui/*": {...}, "ui/text": {"base"}} of the document."""
    text = tree.read(ARCHITECTURE) if tree.has(ARCHITECTURE) else ""
    section = text.partition("## Arrows")[2].partition("\n## ")[0]
    arrows = {}
    for line in re.findall(r"^ {4}(.*)$", section, re.MULTILINE):
        for entry in re.split(r" {2,}", line):
            name, colon, targets = entry.partition(": ")
            if colon:
                arrows[name.strip()] = set(re.findall(r"\w+", targets.split(",")[0]))
    if "everything" in arrows.get("workspace", ()):
        above = {name for name, targets in arrows.items() if "workspace" in targets}
        arrows["workspace"] = {name for name in arrows if re.fullmatch(r"\w+", name)} - above - {"workspace", "app"}
    return arrows


def folder_of(path):
    """"core/link/engine.h" -> ("core", "link"); files directly below the top have no folder."""
    parts = path.split("/")
    return parts[0], parts[1] if len(parts) > 2 else ""


def allowed(source, target, arrows):
    """Whether a file of folder `source` may include one of folder `target`."""
    (layer, folder), (other_layer, other) = source, target
    if source == target or layer == "tests":
        return True
    if layer == "app":
        return other_layer in ("app", "ui", "core")
    if layer == "core":
        return other_layer == "core" and other in arrows.get(folder, ())
    if other_layer == "core":
        return other in arrows.get(f"ui/{folder}", arrows.get("ui/*", ()))
    return other_layer == "ui" and folder != "text" and (other in UI_PARTS or folder == "shell")


def check_include(path, line, quote, target, tree, arrows):
    layer, folder = folder_of(path)
    if quote == "<":
        if target.startswith(PROJECT):
            return finding(path, line, f'write #include "{target}": it is our own')
        if QT.match(target) and (layer == "core" or (layer, folder) == ("ui", "text")):
            return finding(path, line, f"<{target}>: no Qt in {layer}/{folder}")
        return None
    if target.endswith(".moc"):
        return None
    if not target.startswith(PROJECT):
        return finding(path, line, f'"{target}": write it from the project\'s root ("core/link/engine.h")')
    if not tree.has(target):
        return finding(path, line, f'"{target}": there is no such file')
    if not allowed((layer, folder), folder_of(target), arrows):
        return finding(path, line, f'{layer}/{folder} may not include "{target}": no such arrow')
    return None


def check(tree):
    found = []
    arrows = read_arrows(tree)
    if not {"base", "workspace", "ui/*"} <= set(arrows):
        return [finding(ARCHITECTURE, 1, 'the section "## Arrows" is missing or cannot be read')]
    for source in tree.cpp("core", "ui", "app", "tests"):
        layer, folder = folder_of(source.path)
        if layer == "core" and folder not in arrows:
            found.append(finding(source.path, 1, f"core/{folder} is not in the architecture: decide on its arrows there"))
            continue
        for match in INCLUDE.finditer(source.spoken):
            line = line_of(source.spoken, match.start())
            problem = check_include(source.path, line, match.group(1), match.group(2), tree, arrows)
            found.extend([problem] if problem else [])
    return found


DOCUMENT = {
    ARCHITECTURE: "## Arrows (who may)\n\n    base: -            record: base\n    link: base record\n    store: base\n"
    "    workspace: everything in core    ui/*: base link workspace, and ui parts\n    ui/text: base only, no Qt    app: ui, core. And\n\n## Next\n"
}


def sample(files):
    return DOCUMENT | files


BAD = [
    ("an engine that knows the store", sample({"core/link/a.cpp": '#include "core/store/b.h"\n', "core/store/b.h": ""}), "no such arrow"),
    ("core that knows ui", sample({"core/link/a.cpp": '#include "ui/task/b.h"\n', "ui/task/b.h": ""}), "no such arrow"),
    ("ui that goes round the workspace", sample({"ui/people/a.cpp": '#include "core/store/b.h"\n', "core/store/b.h": ""}), "no such arrow"),
    ("a page that knows a page", sample({"ui/people/a.cpp": '#include "ui/review/b.h"\n', "ui/review/b.h": ""}), "no such arrow"),
    ("a part that knows a page", sample({"ui/chart/a.cpp": '#include "ui/review/b.h"\n', "ui/review/b.h": ""}), "no such arrow"),
    ("Qt in core", sample({"core/base/a.cpp": "#include <QString>\n"}), "no Qt"),
    ("Qt in core, by its folder", sample({"core/base/a.cpp": "#include <QtCore/qglobal.h>\n"}), "no Qt"),
    ("Qt in ui/text", sample({"ui/text/a.cpp": "#include <QString>\n"}), "no Qt"),
    ("a relative include", sample({"core/base/a.cpp": '#include "b.h"\n', "core/base/b.h": ""}), "project's root"),
    ("an include of nothing", sample({"core/base/a.cpp": '#include "core/base/gone.h"\n'}), "no such file"),
    ("angle brackets for our own", sample({"core/base/a.cpp": "#include <core/base/b.h>\n"}), "our own"),
    ("a document without arrows", {"core/base/a.cpp": ""}, "cannot be read"),
    ("ui/text that knows more than base", sample({"ui/text/a.cpp": '#include "core/link/b.h"\n', "core/link/b.h": ""}), "no such arrow"),
    ("ui/text that knows a part", sample({"ui/text/a.cpp": '#include "ui/style/b.h"\n', "ui/style/b.h": ""}), "no such arrow"),
    ("workspace that knows ui", sample({"core/workspace/a.cpp": '#include "ui/text/b.h"\n', "ui/text/b.h": ""}), "no such arrow"),
    ("a folder nobody decided on", sample({"core/helpers/a.cpp": ""}), "not in the architecture"),
]
GOOD = sample({
    "core/link/engine.cpp": '#include "core/link/engine.h"\n#include <vector>\n#include "core/base/date.h"\n// #include <QString>\n',
    "core/link/engine.h": "",
    "core/base/date.h": "",
    "ui/people/page.cpp": '#include <QWidget>\n#include "ui/table/view.h"\n#include "core/link/engine.h"\n#include "page.moc"\n',
    "ui/people/page.h": "",
    "ui/table/view.h": "",
    "ui/shell/window.cpp": '#include "ui/people/page.h"\n',
    "app/desktop/main.cpp": '#include "ui/people/page.h"\n#include "core/base/date.h"\n',
    "tests/core/link/engine_test.cpp": '#include "core/link/engine.h"\n',
    "core/workspace/load.cpp": '#include "core/store/database.h"\n',
    "core/store/database.h": "",
})

if __name__ == "__main__":
    main(check, BAD, GOOD)
