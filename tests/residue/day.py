#!/usr/bin/env python3
"""A day of work, and what it leaves behind: on the disk, on the way out of the computer, in memory after the lock.

    day.py desktop|cli|crash|planted|screen PROGRAM FAIRLEAD_CLI SOURCE_DIR

`desktop` drives the desktop program (PROGRAM is tests/residue/desktop_day) under a display and a bus of its own, `cli`
the command line; `crash` ends the desktop as a fault would, `planted` puts code where the environment points, `screen` is behind a
network. The programs run under an ordinary account (person.py), and closed as they are. Looking into them takes the
administrator: without one, strace is left out where a program is closed, the folders are compared all the same, and
tests/residue/desktop_day stays open to its own account.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import program_memory
import traced
from marked_city import Search
from place import PASSPHRASE, Place, check
from screen import Bus, Display

def check_process(place, process):
    """What the kernel says of a program that runs, and what another program of the same account gets to see of it."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines())
    check(status["Seccomp"].strip() == "2" and status["NoNewPrivs"].strip() == "1", f"{status['Seccomp']}, {status['NoNewPrivs']}")
    limits = Path(f"/proc/{process}/limits").read_text(encoding="utf-8")
    core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    check(core.split()[4:6] == ["0", "0"], core)
    if place.person.is_lent:
        check(int(status["Uid"].split()[0]) == place.person.user, f"it runs as {status['Uid']}")
        said = place.person.run(["cat", f"/proc/{process}/environ", f"/proc/{process}/mem"], env=place.environment())[1]
        check(said.count("Permission denied") == 2, f"T-M1: another program looked into it: {said}")


def check_locked_memory(process):
    """T-M1: what is kept from core files is kept from the swap too, with what an ordinary account may lock."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines())
    exposed = [f"{region.start:x}" for region in program_memory.regions(process) if program_memory.meant_as_guarded(region)]
    check(not exposed, f"guarded memory that may go to the swap: {exposed}")
    print(f"locked {status['VmLck'].strip()}, in the swap {status['VmSwap'].strip()}")


def scan(process, search):
    """{what: {where: how often}} in everything the process can write."""
    found, size, places = {}, 0, []
    for region, offset, content in program_memory.contents(process, program_memory.writable):
        size += len(content)
        counts = search.count(content)
        for what, count in counts.items():
            where = found.setdefault(what, {})
            where[region.what] = where.get(region.what, 0) + count
        if counts and os.environ.get("FAIRLEAD_SHOW_HOLDERS"):
            places += [(region.what, hex(region.start + offset + at), words) for at, words in search.around(content)]
    for place in places[:60]:
        print("holder:", *place)
    return found, size


class DesktopDay:
    """The program, and what it says on its standard output: where the day is."""

    def __init__(self, place):
        self.display, self.bus = Display(place.person, place.made), Bus(place.person, place.made / "bus")
        place.before = place.files()
        place.elsewhere = place.person.files_elsewhere()
        around = {**self.display.environment(), **self.bus.environment()}
        piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "bufsize": 0}
        other = [sys.executable, "-B", str(Path(__file__).with_name("other_program.py"))]
        self.other = subprocess.Popen(other, env={**place.environment(), **around}, **piped)
        self.trace = place.made / "day.trace" if traced.can_trace() else None
        options = {**piped, "stderr": subprocess.PIPE, "cwd": place.folder / "here", "env": {**place.environment(), **around}}
        self.started = place.person.start([place.program], self.trace, **options)
        self.started.stdin.write(PASSPHRASE.encode() + b"\n")
        self.copies = []  # What the other program could paste after each copy.

    def until(self, word):
        line = self.started.stdout.readline().decode().strip()
        while line == "copied":
            self.copies.append(self.offered())
            self.go_on()
            line = self.started.stdout.readline().decode().strip()
        if line != word:
            self.started.kill()
            check(False, f"'{line}', not '{word}'\n{self.started.stderr.read().decode()}")

    def offered(self):
        """{selection: {target: bytes}}, as another program of the screen sees it."""
        self.other.stdin.write(b"\n")
        found = json.loads(self.other.stdout.readline())
        return {selection: {target: bytes.fromhex(content) for target, content in targets.items()} for selection, targets in found.items()}

    def process(self):
        if self.trace is None:
            return self.started.pid
        children = Path(f"/proc/{self.started.pid}/task/{self.started.pid}/children").read_text(encoding="utf-8").split()
        return int(children[0])

    def go_on(self):
        self.started.stdin.write(b"\n")

    def end(self):
        self.go_on()
        words, problems = self.started.communicate(timeout=120)
        check(self.started.returncode == 0, f"exit code {self.started.returncode}\n{problems.decode()}")
        return words + problems

    def stop(self):
        for one in (self.other, self.started):
            one.kill()
            one.wait()
        self.bus.end()
        self.display.end()


def check_copies(day, search):
    """T-M3: whatever was tried, no name could be pasted or dropped elsewhere; and what could be, was marked as secret."""
    kinds = {(selection, target) for copy in day.copies for selection, targets in copy.items() for target in targets}
    check(("CLIPBOARD", "x-kde-passwordManagerHint") in kinds and any(selection == "PRIMARY" for selection, _ in kinds), f"little was copied: {kinds}")
    for copy in day.copies:
        check("XdndSelection" not in copy, "something can be dropped")
        for selection, targets in copy.items():
            for target, content in targets.items():
                check(not search.count(content), f"{selection} as {target} holds {search.count(content)}")
    print(f"{len(day.copies)} copies, {len(kinds)} ways to paste them: no name in any")


def desktop(place):
    day = DesktopDay(place)
    try:
        spend_the_day(place, day)
    finally:
        day.stop()


def spend_the_day(place, day):
    day.until("open")
    process = day.process()
    check_process(place, process)
    check_locked_memory(process)
    kept = program_memory.secrets_of(process)
    check(len(kept) >= 2, "no key was found in guarded memory while the workspace was open")
    search = Search(place.references, {**kept, "the passphrase": PASSPHRASE.encode(), "the passphrase (UTF-16)": PASSPHRASE.encode("utf-16-le")})
    check_copies(day, search)
    found, size = scan(process, search)
    check("a name or street (UTF-16)" in found, "the search does not find the names that are on the screen")
    on_screen = {what: sum(where.values()) for what, where in found.items() if what not in kept}
    print(f"open: {len(kept)} keys in guarded memory; in {size >> 20} MiB {on_screen}", flush=True)
    check(not search.count(Path(f"/proc/{process}/environ").read_bytes()), "the environment holds something")
    server = Search(place.references, {**search.secrets, "the title of the window": place.workspace.name.encode()})
    found, size = scan(day.display.server.pid, server)
    check(set(found) == {"the title of the window"}, f"the display server, {size >> 20} MiB, holds as text {found}")
    day.go_on()
    day.until("locked")
    time.sleep(1)
    found, size = scan(process, search)
    print(f"locked: {size >> 20} MiB: {found}", flush=True)
    check(not found, f"in memory a second after the lock: {found}")
    found, size = scan(day.display.server.pid, search)
    print(f"the display server, a second after the lock: {size >> 20} MiB: {found}", flush=True)
    check(not found, f"the display server holds {found}")
    left = day.offered()
    check(not left, f"T-M3: after the lock another program can still paste {left}")
    said = day.end()
    check(not search.count(said), f"it said {search.count(said)}")
    place.check_disk(search)
    if day.trace is not None:
        trace = traced.Trace(day.trace, str(place.folder / "here"))
        check(trace.changed and trace.sockets, "strace saw nothing")
        place.check_trace(trace)


class CommandLine:
    """fairlead-cli, call by call; what it says on its standard error is kept."""

    def __init__(self, place, passphrase):
        self.place, self.passphrase = place, passphrase
        self.problems = b""
        self.traces = []

    def run(self, *words, codes=(0,)):
        output = None
        if traced.can_trace():
            output = self.place.made / f"{len(self.traces)}.trace"
            self.traces.append(output)
        environment = {**self.place.environment(), "FAIRLEAD_PASSPHRASE_FILE": str(self.passphrase)}
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": self.place.folder / "here"}
        started = self.place.person.start([self.place.cli, *words], output, env=environment, **piped)
        said, problems = started.communicate(timeout=600)
        check(started.returncode in codes, f"{words[:2]}: {started.returncode}\n{said.decode()}\n{problems.decode()}")
        self.problems += problems
        return said


def command_line(place):
    passphrase = place.made / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    search = Search(place.references, {"the passphrase": PASSPHRASE.encode()})
    place.person.give(passphrase)
    line = CommandLine(place, passphrase)
    workspace, extracts = place.workspace, sorted((place.folder / "city" / "extracts").glob("*.fxt"))
    line.run("workspace", "create", workspace, "--name", "Analyst", "--trust", place.folder / "city" / "keys")
    line.run("workspace", "load", workspace, *extracts)
    line.run("workspace", "link", workspace)
    largest = max(json.loads(line.run("schools", workspace, "--json")), key=lambda school: school.get("pupils", 0))
    of_school = (workspace, "--school", largest["urn"])
    line.run("overview", *of_school)
    line.run("drill", *of_school, "--figure", "severe_absence")
    pairs = json.loads(line.run("access", "pairs", workspace, "--json"))
    check(pairs, "no pair waits for a reader")
    records = f"{pairs[0]['a']},{pairs[0]['b']}"
    seen = line.run("access", "pair", workspace, "--records", records, "--reason", "review of uncertain pairs")
    check("a name or street" in search.count(seen), "the search does not find the names of a pair")
    line.run("brief", *of_school, "--out", place.exports / "briefing.pdf")
    line.run("audit", "verify", workspace)
    line.run("workspace", "verify", workspace, "--deep")
    # 1: something on this computer is open, which is no fault of the program.
    panel = {found["topic"]: found for found in json.loads(line.run("posture", workspace, "--json", codes=(0, 1)))}
    for topic in ("Core files", "Memory of the program", "Network"):
        check(panel[topic]["standing"] == "protected", f"{panel[topic]}")
    check(panel["Rights on the folder"]["standing"] == "protected" and panel["Roles"]["standing"] == "weak", f"{panel}")
    check(not search.count(line.problems), f"on its standard error: {search.count(line.problems)}")
    place.check_disk(search)
    for output in line.traces:
        place.check_trace(traced.Trace(output, str(place.folder / "here")))


def shell_that_may_dump(*words):
    return ["sh", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$@"', "sh", *words]


def core_file(place):
    """T-M1: a desktop that crashes leaves no core file, even where they are asked for."""
    options = {"cwd": place.folder / "here", "env": {**place.environment(), "QT_QPA_PLATFORM": "offscreen"}}
    place.person.run(shell_that_may_dump("sh", "-c", "kill -SEGV $$"), **options)
    dumped = place.files() - place.before
    pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="utf-8").strip()
    # Where the pattern is a name, the crash of another program shows that files are written at all.
    check(dumped or pattern.startswith(("|", "/")) or not pattern, f"no core file of another program, by '{pattern}'")
    crashed = place.person.start(shell_that_may_dump(place.program), stderr=subprocess.PIPE, **options)
    until = time.monotonic() + 60
    while "Seccomp:\t2" not in Path(f"/proc/{crashed.pid}/status").read_text(encoding="utf-8"):
        check(crashed.poll() is None and time.monotonic() < until, "the desktop did not start")
        time.sleep(0.05)
    # The kernel dumps nothing of a closed process, into a file or into another program: its memory is root's.
    check(not place.person.is_lent or Path(f"/proc/{crashed.pid}/mem").stat().st_uid == 0, "its memory is its account's")
    crashed.send_signal(signal.SIGSEGV)
    crashed.communicate(timeout=60)
    check(crashed.returncode == -signal.SIGSEGV, f"ended with {crashed.returncode}")
    # It may have been writing its settings just then.
    ours = {place.settings(), place.settings().with_name("look.ini.lock")}
    left = sorted(str(path) for path in place.files() - place.before - ours - dumped)
    check(not left, f"a crash left {left}")
    print(f"by '{pattern}', another program's crash left {len(dumped)} files, the desktop's none")


def planted_code(place):
    """T-S2: code that lies where the environment or the command line points is not loaded."""
    planted = place.folder / "tmp" / "platforms"
    planted.mkdir()
    real = next(Path("/usr/lib").rglob("platforms/libqoffscreen.so"))
    shutil.copy(real, planted / real.name)
    library = next(Path("/usr/lib").rglob("libz.so.1")).resolve()
    for name in ("libplanted.so", "libz.so.1"):
        shutil.copy(library, planted / name)
    pointing = {"QT_QPA_PLATFORM": "offscreen", "QT_PLUGIN_PATH": planted.parent, "QT_QPA_PLATFORM_PLUGIN_PATH": planted}
    loading = {"LD_PRELOAD": planted / "libplanted.so", "LD_LIBRARY_PATH": planted, "OPENSSL_MODULES": planted, "GCONV_PATH": planted}
    environment = {**place.environment(), **{name: str(value) for name, value in {**pointing, **loading}.items()}}
    started = place.person.start([place.program], env=environment, cwd=place.folder / "here", stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        loaded, until = "", time.monotonic() + 60
        while real.name not in loaded or "Seccomp:\t2" not in Path(f"/proc/{started.pid}/status").read_text(encoding="utf-8"):
            check(started.poll() is None and time.monotonic() < until, "the desktop did not load its platform")
            time.sleep(0.05)
            loaded = Path(f"/proc/{started.pid}/maps").read_text(encoding="utf-8")
        check(str(place.folder) not in loaded, "it loaded what was planted")
        given = Path(f"/proc/{started.pid}/environ").read_bytes()
        check(not any(name.encode() + b"=" in given for name in loading if name.startswith("LD_")), "it was not started anew")
    finally:
        started.kill()
        started.wait()
    # The loader loads it into the first process, which ends before it opens anything: the CLI says its version.
    code, said = place.person.run([place.cli, "--version"], env=environment)
    check(code == 0 and said.startswith("fairlead-cli "), f"{code}: {said}")
    sheet = place.folder / "tmp" / "sheet.qss"
    sheet.write_text("QWidget { color: white; background: white }", encoding="utf-8")
    for option in (("-stylesheet", sheet), ("-platformpluginpath", planted), ("-style", "windows"), ("-plugin", "planted")):
        code, said = place.person.run([place.program, *option], env={**place.environment(), "QT_QPA_PLATFORM": "offscreen"})
        check(code == 2, f"{option[0]} is not refused: {code} {said}")
    code, said = place.person.run([place.program], env={**environment, "QT_QPA_PLATFORM": "planted"})
    check(code != 0, "it started on a platform of another name")
    print("nothing that was planted is loaded")


def remote_screen(place):
    """T-S2: a screen behind a network is refused with a sentence, and allowed where somebody asks for it."""
    environment = {**place.environment(), "DISPLAY": "localhost:77.0", "QT_QPA_PLATFORM": "xcb"}
    code, said = place.person.run([place.program], env=environment)
    check(code == 2 and "--remote-display" in said, f"{code}: {said}")
    code, said = place.person.run([place.program, "--remote-display"], env=environment)
    check(code != 2 and "makes no network" not in said, f"{code}: {said}")
    print("a screen behind a network is refused, unless somebody asks for it")


KINDS = {"desktop": desktop, "cli": command_line, "crash": core_file, "planted": planted_code, "screen": remote_screen}


def main(kind, program, cli, source):
    place = Place(program, cli, source)
    try:
        KINDS[kind](place)
    finally:
        place.remove()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
