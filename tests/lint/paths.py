"""No file names the machine it was written on: no home or work folder, no package server."""

import re

from common import finding, line_of, main

# Put together here, so that this file does not find itself.
FOLDERS = re.compile(r"(?<![\w.$})>*~-])/(" + "|".join(["wor" + "k", "roo" + "t", "hom" + r"e/[a-z]\w*", "Use" + r"rs/\w+"]) + r")(?![\w-])")
HOSTS = re.compile(r"\b(?:deb|ftp\.\w+|security|snapshot|archive|httpredir)\." + r"(?:debian|ubuntu)" + r"\.(?:org|com)\b|\b(?:mirror|proxy|artifactory|nexus)s?\.[\w-]+\.\w+", re.I)
OTHERS = {"LICENSE"}


def check(tree):
    found = []
    for path in tree.paths:
        text = tree.read(path)
        if text is None or path in OTHERS:
            continue
        for pattern, what in ((FOLDERS, "a folder of one machine"), (HOSTS, "a package server")):
            for match in pattern.finditer(text):
                found.append(finding(path, line_of(text, match.start()), f"{match.group(0)}: {what}"))
    return found


BAD = [
    ("a work folder", {"a.txt": "see /wor" + "k/main\n"}, "folder of one machine"),
    ("root's home", {"installer/a.sh": 'cd "/roo' + 't/x"\n'}, "folder of one machine"),
    ("somebody's home", {"core/base/a.cpp": 'auto a = "/hom' + 'e/ann/x";\n'}, "folder of one machine"),
    ("a package server", {"installer/a.sh": "URI=http://deb." + "debian.org/debian\n"}, "package server"),
    ("a mirror", {"installer/a.sh": "URI=https://mirror." + "example.org\n"}, "package server"),
]
GOOD = {
    "a.txt": "~/work/x, $dir/root, core/work, /workspace, tests/root/a, ${HOME}/root, <prefix>/root\n",
    "LICENSE": "https://www.gnu.org/licenses/\n",
}

if __name__ == "__main__":
    main(check, BAD, GOOD)
