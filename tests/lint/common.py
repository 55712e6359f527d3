"""What the lints share: the files of the project, C++ without its comments, and the command line.

A lint is a module with a function check(tree) that gives a list of findings, and samples that
prove that it can fail: BAD = [(what is wrong, {path: text}, part of the finding)], GOOD = {path: text}.
Standard library only.
"""

import os
import re
import sys
import tempfile

SKIPPED_FOLDERS = {".git", "build", "__pycache__", ".cache", ".idea", ".vscode"}

# Comments, raw strings, strings, characters. A quote after a digit separates digits (1'000).
TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL,
)


def blank(text):
    """The same text as spaces; line ends stay, so that line numbers stay right."""
    return re.sub(r"[^\n]", " ", text)


class Source:
    """One file. `code` has neither comments nor the insides of strings, `spoken` has no comments."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.strings = []  # (line, text between the quotes)
        self.code = TOKEN.sub(lambda match: self._token(match, keep_strings=False), text)
        self.spoken = TOKEN.sub(lambda match: self._token(match, keep_strings=True), text)

    def _token(self, match, keep_strings):
        token = match.group(0)
        if token.startswith("/"):
            return blank(token)
        if keep_strings:
            return token
        if not token.startswith("'"):
            body = token[1:-1] if token.startswith('"') else token[token.index("(") + 1 : token.rindex(")")]
            self.strings.append((line_of(match.string, match.start()), body))
        quote = token[-1]
        return quote + blank(token[1:-1]) + quote


class Tree:
    """The files below a folder, as paths from there with forward slashes."""

    def __init__(self, root):
        self.root = root
        self.paths = []
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root)
                self.paths.append(path.replace(os.sep, "/"))

    def has(self, path):
        return path in self.paths

    def read(self, path):
        """The file's text, or None for a file that is not text."""
        try:
            with open(os.path.join(self.root, path), encoding="utf-8") as file:
                return file.read()
        except UnicodeDecodeError:
            return None

    def cpp(self, *folders):
        """The C++ files below these folders, read."""
        for path in self.paths:
            if path.endswith((".h", ".cpp")) and path.split("/")[0] in folders:
                yield Source(path, self.read(path) or "")


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def finding(path, line, message):
    return f"{path}:{line}: {message}"


def self_test(check, bad, good):
    """True if every bad sample gives the finding that it should, and the good one none."""
    passed = True
    for what, files, expected in bad + [("the good sample", good, None)]:
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            found = check(Tree(root))
        right = any(expected in text for text in found) if expected else not found
        print(("ok    " if right else "WRONG ") + what, *([] if right else found), sep="\n      ")
        passed = passed and right
    return passed


def main(check, bad, good):
    """LINT.py ROOT checks a checkout; LINT.py --self-test checks the lint. Exit 1 on a finding."""
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(0 if self_test(check, bad, good) else 1)
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} ROOT | --self-test")
    found = check(Tree(sys.argv[1]))
    for text in found:
        print(text)
    print(f"{len(found)} finding{'' if len(found) == 1 else 's'}")
    sys.exit(1 if found else 0)
