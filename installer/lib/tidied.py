#!/usr/bin/env python3
"""Which sources clang-tidy need not read again.

  tidied.py unread BUILD PATTERN...   prints the patterns whose source has not been read clean as it is now
  tidied.py clean BUILD PATTERN...    remembers that these were read and nothing was found
  tidied.py --self-test

A pattern is a source as run-clang-tidy takes it: a regular expression of its path. What clang-tidy says of a source
depends on its version, its options, the source's compile command and the files that the source includes, system
headers too: the digest of all of these is kept as the name of an empty file below ~/.cache/fairlead/tidied. BUILD is
a Ninja tree that has been built: its log knows what each source includes. A source that is not in the log is read.
"""

import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

KEPT_DAYS = 30


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def included(log):
    """{object: [file, ...]} of what `ninja -t deps` prints; entries that are out of date are left out."""
    files = {}
    current = None
    for line in log.splitlines():
        head = re.match(r"(\S.*): #deps \d+.*\((VALID|STALE)\)$", line)
        if head:
            current = files.setdefault(head[1], []) if head[2] == "VALID" else None
        elif line.startswith("    ") and current is not None:
            current.append(line.strip())
    return files


class Digests:
    """Digests of files, each read once."""

    def __init__(self, folder):
        self.folder = folder
        self.known = {}

    def of(self, path):
        path = os.path.normpath(os.path.join(self.folder, path))
        if path not in self.known:
            try:
                self.known[path] = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
            except OSError:
                self.known[path] = None
        return self.known[path]


def key(entry, files, digests, common):
    """The digest of all that clang-tidy's words about one source rest on; None when it is not known."""
    parts = [digests.of(file) for file in files]
    if not parts or None in parts:
        return None
    source = digests.of(entry["file"])
    text = "\n".join([common, entry["command"], str(source), *parts])
    return hashlib.sha256(text.encode()).hexdigest()


def keys(build, patterns):
    """[(pattern, key or None), ...]"""
    build = os.path.abspath(build)
    root = os.path.abspath(".")
    log = included(run("ninja", "-C", build, "-t", "deps"))
    version = run("clang-tidy-19", "--version")
    common = version + pathlib.Path(".clang-tidy").read_text()
    digests = Digests(build)
    by_source = {}
    for entry in json.loads(pathlib.Path(build, "compile_commands.json").read_text()):
        made = re.search(r" -o (\S+)", entry["command"])
        files = log.get(made[1], []) if made else []
        entry["command"] = entry["command"].replace(root, "")  # the same in another checkout
        by_source[entry["file"]] = key(entry, files, digests, common)
    named = []
    for pattern in patterns:
        made = [value for source, value in by_source.items() if re.search(pattern, source)]
        whole = hashlib.sha256("".join(made).encode()).hexdigest() if made and None not in made else None
        named.append((pattern, whole))
    return named


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) < 2 or arguments[0] not in ("unread", "clean"):
        sys.exit(__doc__)
    kept = pathlib.Path.home() / ".cache" / "fairlead" / "tidied"
    kept.mkdir(parents=True, exist_ok=True)
    for pattern, name in keys(arguments[1], arguments[2:]):
        if arguments[0] == "clean" and name:
            (kept / name).touch()
        elif arguments[0] == "unread" and (name is None or not (kept / name).exists()):
            print(pattern)
    for old in kept.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_DAYS * 86400:
            old.unlink()
    return 0


def self_test():
    log = "a.o: #deps 2, deps mtime 1 (VALID)\n    a.cpp\n    a.h\n\nb.o: #deps 1, deps mtime 1 (STALE)\n    b.cpp\n"
    assert included(log) == {"a.o": ["a.cpp", "a.h"]}, included(log)
    with tempfile.TemporaryDirectory() as folder:
        source, header = pathlib.Path(folder, "a.cpp"), pathlib.Path(folder, "a.h")
        source.write_text("int a;")
        header.write_text("int h;")
        entry = {"file": str(source), "command": "cc -c a.cpp"}
        files = ["a.cpp", "a.h"]

        def now(common="19", entry=entry, files=files):
            return key(entry, files, Digests(folder), common)

        first = now()
        assert first and first == now()
        assert now(common="20") != first
        assert now(entry={**entry, "command": "cc -O1 -c a.cpp"}) != first
        header.write_text("int other;")
        assert now() != first
        header.unlink()
        assert now() is None and now(files=[]) is None
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
