"""What a program and its children did to files and sockets, by strace."""

import os
import re
import shutil

CALLS = (
    "open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,mknod,mknodat,"
    "truncate,unlink,unlinkat,rmdir,socket,connect,bind,memfd_create,execve"
)
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
CHANGING = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE")
FAILED = re.compile(r"\) += -1 E")
LINKS = ("link", "linkat", "symlink", "symlinkat")  # What they link to is not changed by it.
TEXT = re.compile(r'(?:AT_FDCWD(?:<((?:[^>\\]|\\.)*)>)?|\d+<((?:[^>\\]|\\.)*)>)?,? ?"((?:[^"\\]|\\.)*)"')


def can_trace():
    """Whether strace is here and may read what a closed process asks for: the administrator's right."""
    return shutil.which("strace") is not None and os.geteuid() == 0


def command(output, words, user=None):
    """`user`: whom the administrator lends the program to, while strace itself stays his."""
    return ["strace", *(["-u", user] if user else []), "-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(output), *map(str, words)]


class Trace:
    """The calls of one run."""

    def __init__(self, path, folder):
        self.changed = []  # (call, path): created, written, renamed, linked, removed.
        self.sockets = []  # What was asked for: "AF_UNIX, SOCK_STREAM".
        self.reached = set()  # Where a socket was connected to.
        self.programs = []
        self.lines = 0
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                self.take(line, folder)

    def take(self, line, folder):
        match = LINE.match(line)
        if match is None:
            return
        self.lines += 1
        call, rest = match.groups()
        if call == "socket":
            self.sockets.append(rest.split(")")[0])
        elif call in ("connect", "bind"):
            self.reached.add(rest.partition("{")[2].partition("}")[0])
        elif call == "execve":
            self.programs.append(rest.partition('"')[2].partition('"')[0])
        elif call == "memfd_create":
            pass  # Memory, not a file: scanned with the memory.
        elif FAILED.search(rest) or (call.startswith("open") and not any(flag in rest for flag in CHANGING)):
            pass
        else:
            names = TEXT.findall(rest)
            for inside, other, name in names[1:] if call in LINKS else names:
                self.changed.append((call, os.path.normpath(os.path.join(inside or other or folder, name))))

    def outside(self, allowed):
        """What was done outside the allowed places, each once."""
        return sorted({(call, path) for call, path in self.changed if not any(place(path) for place in allowed)})


def below(folder):
    """Everything in a folder, and the folder itself."""
    folder = os.path.realpath(folder)
    return lambda path: path == folder or path.startswith(folder + "/")
