#!/usr/bin/env python3
"""Which libraries of our programs could open a connection, and who brings each: measured, against a list.

    linked_libraries.py PROGRAM...

A library can where it imports socket(), connect() or the like. The list says what brings it and what for. A new one, or
one brought by something else, fails; so does a library that is made for networks or for printing (T-M4: no spool). What they all could do, the
programs' filter refuses (core/worker/own_process.h).
"""

import functools
import re
import subprocess
import sys

CALLS = re.compile(r" (socket|connect|bind|listen|accept4?|getaddrinfo|gethostbyname\w*|res_n?query)(?:@|$)", re.MULTILINE)
# Library: who may bring it, and what it is there for.
EXCEPTIONS = {
    "libcrypto": ({"libqpdf", "libsystemd", "program"}, "ciphers, for SQLCipher; its sockets are for OCSP and BIO"),
    "libgio-2.0": ({"libpango-1.0", "libpangoft2-1.0"}, "lists of fonts and languages"),
    "libglib-2.0": ({"libgio-2.0", "libgobject-2.0", "libgmodule-2.0", "libpango-1.0", "libpangoft2-1.0", "libpangocairo-1.0", "libharfbuzz", "libQt6Core", "libQt6Gui"}, "as libgio"),
    "libgnutls": ({"libqpdf"}, "digests and ciphers of PDF files"),
    "libp11-kit": ({"libgnutls"}, "as libgnutls"),
    "libX11": ({"libcairo", "libXext", "libXrender", "libQt6Gui", "libGLX", "libEGL"}, "the display"),
    "libxcb": ({"libX11", "libcairo", "libxcb-render", "libxcb-shm", "libGLX", "libEGL"}, "the display"),
    "libdbus-1": ({"libQt6DBus"}, "the session's bus: screen readers, locking"),
    "libsystemd": ({"libdbus-1"}, "the session's bus"),
    "libgpg-error": ({"libgcrypt"}, "the session's bus"),
    "libselinux": ({"libgio-2.0", "libmount"}, "as libgio"),
}
FORBIDDEN = re.compile(r"^lib(Qt6Network|Qt6WebSockets|Qt6WebEngine\w*|curl.*|soup.*|nghttp\d?|ssl|ssh.*|nm|proxy|rpc|ldap.*|krb5|gssapi.*|avahi.*|Qt6PrintSupport|cups.*)$")
OURS = {"socket"}  # The programs ask for a socket in order to see it refused.


@functools.cache  # Both programs have most libraries in common.
def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def stem(name):
    """libgio-2.0.so.0 -> libgio-2.0"""
    return re.sub(r"\.so.*$", "", name.rpartition("/")[2])


def calls(path):
    return set(CALLS.findall(run("nm", "-D", "--undefined-only", path)))


def needed(path):
    return [stem(name) for name in re.findall(r"\(NEEDED\).*\[(.*?)\]", run("readelf", "-d", "-W", path))]


def problems_of(program):
    paths = {stem(path): path for path in re.findall(r"=> (/\S+)", run("ldd", program))}
    bringers = {}
    for name, path in {**paths, "program": program}.items():
        for brought in needed(path):
            bringers.setdefault(brought, set()).add(name)
    problems = [f"{name} is made for networks or printers" for name in paths if FORBIDDEN.match(name)]
    if calls(program) - OURS:
        problems.append(f"the program itself asks for {sorted(calls(program))}")
    able = {name: calls(path) for name, path in paths.items() if stem(path) not in ("libc", "ld-linux-x86-64", "ld-linux-aarch64")}
    able = {name: found for name, found in able.items() if found}
    for name, found in sorted(able.items()):
        if name not in EXCEPTIONS:
            problems.append(f"{name} imports {sorted(found)}; brought by {sorted(bringers[name])}")
        elif bringers[name] - EXCEPTIONS[name][0]:
            problems.append(f"{name} is brought by {sorted(bringers[name] - EXCEPTIONS[name][0])} too")
        else:
            print(f"  {name}: {EXCEPTIONS[name][1]}; brought by {', '.join(sorted(bringers[name]))}")
    print(f"{program}: {len(paths)} libraries, {len(able)} of them could open a connection")
    return problems if paths and able else problems + ["nothing was looked at"]


def main(programs):
    problems = [f"{program}: {problem}" for program in programs for problem in problems_of(program)]
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
