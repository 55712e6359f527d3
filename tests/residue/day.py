#!/usr/bin/env python3
"""A day of work, and what it leaves behind: on the disk, on the way out of the computer, in memory after the lock.

    day.py desktop|cli|crash|plugin|screen PROGRAM FAIRLEAD_CLI SOURCE_DIR

`desktop` drives the desktop program (PROGRAM is tests/residue/desktop_day) under a display and a bus of its own, `cli`
the command line; `crash` ends the desktop as a fault would, `plugin` plants another platform for Qt, `screen` is behind a
network. The program runs under strace where that may look into a closed process, which takes the
administrator; elsewhere the folders are compared before and after, and the sockets are left to the filter's own test.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import program_memory
import traced
from marked_city import Search, mark_names, references

PASSPHRASE = "kestrel wharf ginger 41 tunnel"
PUPILS = 60
SEED = 5
# What libraries do by themselves, each with its reason; nothing of a workspace is in any of them.
LIBRARIES = {
    "/dev/null": "the reader process's standard error",
    "/dev/dri": "the display driver",
    "/dev/shm": "pictures shared with the display",
    "/dev/tty": "the question for a passphrase",
}


def check(holds, what):
    if not holds:
        raise SystemExit(f"the day failed: {what}")


class Place:
    """A computer's folders for one day, with nothing in them but the city's extracts and keys."""

    def __init__(self, cli, source):
        self.cli, self.source = cli, Path(source)
        self.made = Path(tempfile.mkdtemp(prefix="fairlead-marked-"))
        self.folder = Path(tempfile.mkdtemp(prefix="fairlead-day-")).resolve()
        self.home, self.exports = self.folder / "home", self.folder / "exports"
        self.workspace = self.folder / "day.fairlead"
        for name in ("home", "exports", "city", "tmp", "runtime", "here"):
            (self.folder / name).mkdir(mode=0o700)
        mark_names(self.source / "resources" / "names", self.made)
        self.done(self.cli, "demo", "create", self.made / "city", "--pupils", PUPILS, "--seed", SEED, "--resources", self.made)
        for name in ("extracts", "keys"):
            shutil.copytree(self.made / "city" / name, self.folder / "city" / name)
        self.references = references(self.made / "city" / "truth")
        self.before = self.files()

    def remove(self):
        shutil.rmtree(self.made, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS")}
        own = {"HOME": self.home, "TMPDIR": self.folder / "tmp", "XDG_RUNTIME_DIR": self.folder / "runtime"}
        return {**kept, **{name: str(path) for name, path in own.items()}, "FAIRLEAD_DAY": str(self.folder), "LC_ALL": "C.UTF-8"}

    def done(self, *words, **options):
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False, **options)
        check(done.returncode == 0, f"{words[1:4]}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def files(self):
        return {path for path in self.folder.rglob("*") if not path.is_dir()}

    def settings(self):
        return self.home / ".config" / "fairlead" / "look.ini"

    def check_disk(self, search):
        """No new file but the workspace's, the exports and the settings; no mark in any of them."""
        ours = lambda path: self.workspace in path.parents or self.exports in path.parents or path == self.settings()
        left = sorted(str(path) for path in self.files() - self.before if not ours(path))
        check(not left, f"left behind: {left}")
        for path in sorted(self.files()):
            found = search.count(path.read_bytes())
            check(not found, f"{path.relative_to(self.folder)} holds {found}")
        print(f"{len(self.files())} files: nothing of the day in the clear, nothing left behind")

    def check_trace(self, trace):
        """Nothing written elsewhere, no socket but those of this computer."""
        libraries = [traced.below(path) for path in LIBRARIES]
        places = [traced.below(self.workspace), traced.below(self.exports), traced.below(self.settings().parent)]
        config = str(self.settings().parent.parent)
        places += libraries + [lambda path: path == config]
        elsewhere = trace.outside(places)
        check(not elsewhere, f"touched elsewhere: {elsewhere[:20]}")
        foreign = [asked for asked in trace.sockets if not asked.startswith("AF_UNIX")]
        check(not foreign, f"sockets: {foreign[:5]}")
        reached = [where for where in trace.reached if "AF_UNIX" not in where]
        check(not reached, f"reached: {reached}")
        excepted = sorted({path for _, path in trace.changed if any(place(path) for place in libraries)})
        print(f"{trace.lines} calls, {len(trace.changed)} on files, {len(trace.sockets)} sockets, all of this computer; libraries used {excepted}")


def check_process(process):
    """What the kernel says of a program that runs."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines())
    check(status["Seccomp"].strip() == "2" and status["NoNewPrivs"].strip() == "1", f"{status['Seccomp']}, {status['NoNewPrivs']}")
    limits = Path(f"/proc/{process}/limits").read_text(encoding="utf-8")
    core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    check(core.split()[4:6] == ["0", "0"], core)


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

    def __init__(self, place, program):
        output = place.folder.parent / f"{place.folder.name}.trace" if traced.can_trace() else None
        self.trace = output
        options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": place.folder / "here"}
        self.started = traced.run([program], output, env=place.environment(), bufsize=0, **options)
        self.started.stdin.write(PASSPHRASE.encode() + b"\n")

    def until(self, word):
        line = self.started.stdout.readline().decode().strip()
        if line != word:
            self.started.kill()
            check(False, f"'{line}', not '{word}'\n{self.started.stderr.read().decode()}")

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


def desktop(place, program):
    day = DesktopDay(place, program)
    day.until("open")
    process = day.process()
    check_process(process)
    kept = program_memory.secrets_of(process)
    check(len(kept) >= 2, "no key was found in guarded memory while the workspace was open")
    search = Search(place.references, {**kept, "the passphrase": PASSPHRASE.encode(), "the passphrase (UTF-16)": PASSPHRASE.encode("utf-16-le")})
    found, size = scan(process, search)
    check("a name or street (UTF-16)" in found, "the search does not find the names that are on the screen")
    on_screen = {what: sum(where.values()) for what, where in found.items() if what not in kept}
    print(f"open: {len(kept)} keys in guarded memory; in {size >> 20} MiB {on_screen}", flush=True)
    check(not search.count(Path(f"/proc/{process}/environ").read_bytes()), "the environment holds something")
    day.go_on()
    day.until("locked")
    time.sleep(1)
    found, size = scan(process, search)
    print(f"locked: {size >> 20} MiB: {found}", flush=True)
    check(not found, f"in memory a second after the lock: {found}")
    said = day.end()
    check(not search.count(said), f"it said {search.count(said)}")
    place.check_disk(search)
    if day.trace is not None:
        try:
            trace = traced.Trace(day.trace, str(place.folder / "here"))
            check(trace.changed and trace.sockets, "strace saw nothing")
            place.check_trace(trace)
        finally:
            day.trace.unlink()


class CommandLine:
    """fairlead-cli, call by call; what it says on its standard error is kept."""

    def __init__(self, place, program, passphrase):
        self.place, self.program, self.passphrase = place, program, passphrase
        self.problems = b""
        self.traces = []

    def run(self, *words, codes=(0,)):
        output = None
        if traced.can_trace():
            output = self.place.made / f"{len(self.traces)}.trace"
            self.traces.append(output)
        environment = {**self.place.environment(), "FAIRLEAD_PASSPHRASE_FILE": str(self.passphrase)}
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": self.place.folder / "here"}
        started = traced.run([self.program, *words], output, env=environment, **piped)
        said, problems = started.communicate(timeout=600)
        check(started.returncode in codes, f"{words[:2]}: {started.returncode}\n{said.decode()}\n{problems.decode()}")
        self.problems += problems
        return said


def command_line(place, program):
    passphrase = place.made / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    search = Search(place.references, {"the passphrase": PASSPHRASE.encode()})
    line = CommandLine(place, program, passphrase)
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


def core_file(place, program):
    """T-M1: a desktop that crashes leaves no core file, even where they are asked for."""
    options = {"cwd": place.folder / "here", "env": {**place.environment(), "QT_QPA_PLATFORM": "offscreen"}}
    crashed = subprocess.Popen(["sh", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$0"', program], stderr=subprocess.PIPE, **options)
    until = time.monotonic() + 60
    while "Seccomp:\t2" not in Path(f"/proc/{crashed.pid}/status").read_text(encoding="utf-8"):
        check(crashed.poll() is None and time.monotonic() < until, "the desktop did not start")
        time.sleep(0.05)
    crashed.send_signal(signal.SIGSEGV)
    crashed.communicate(timeout=60)
    check(crashed.returncode == -signal.SIGSEGV, f"ended with {crashed.returncode}")
    # It may have been writing its settings just then.
    ours = {place.settings(), place.settings().with_name("look.ini.lock")}
    left = sorted(str(path) for path in place.files() - place.before - ours)
    check(not left, f"a crash left {left}")
    print("a crash left no core file")


def planted_plugin(place, program):
    """T-S2: plugins of Qt that lie where the environment points are not loaded."""
    planted = place.folder / "tmp" / "platforms"
    planted.mkdir()
    real = next(Path("/usr/lib").rglob("platforms/libqoffscreen.so"))
    shutil.copy(real, planted / real.name)
    pointing = {"QT_QPA_PLATFORM": "offscreen", "QT_PLUGIN_PATH": planted.parent, "QT_QPA_PLATFORM_PLUGIN_PATH": planted}
    environment = {**place.environment(), **{name: str(value) for name, value in pointing.items()}}
    started = subprocess.Popen([program], env=environment, cwd=place.folder / "here", stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        loaded, until = "", time.monotonic() + 60
        while real.name not in loaded:
            check(started.poll() is None and time.monotonic() < until, "the desktop did not load its platform")
            time.sleep(0.05)
            loaded = Path(f"/proc/{started.pid}/maps").read_text(encoding="utf-8")
        check(str(place.folder) not in loaded, "it loaded what was planted")
    finally:
        started.kill()
        started.wait()
    print("a planted plugin is not loaded")


def remote_screen(place, program):
    """A screen behind a network is refused with a sentence, and allowed where somebody asks for it."""
    environment = {**place.environment(), "DISPLAY": "localhost:77.0", "QT_QPA_PLATFORM": "xcb"}
    refused = subprocess.run([program], env=environment, capture_output=True, text=True, timeout=60, check=False)
    check(refused.returncode == 2 and "--remote-display" in refused.stderr, f"{refused.returncode}: {refused.stderr}")
    allowed = subprocess.run([program, "--remote-display"], env=environment, capture_output=True, text=True, timeout=60, check=False)
    check(allowed.returncode != 2 and "makes no network" not in allowed.stderr, f"{allowed.returncode}: {allowed.stderr}")
    print("a screen behind a network is refused, unless somebody asks for it")


def with_display_and_bus():
    """Starts this script again below a display and a session bus of its own."""
    environment = dict(os.environ, FAIRLEAD_RESIDUE="1")
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--", sys.executable, "-B", __file__]
    sys.exit(subprocess.run(command + sys.argv[1:], env=environment, check=False).returncode)


def main(kind, program, cli, source):
    place = Place(cli, source)
    try:
        {"desktop": desktop, "cli": command_line, "crash": core_file, "plugin": planted_plugin, "screen": remote_screen}[kind](place, program)
    finally:
        place.remove()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    if sys.argv[1] == "desktop" and os.environ.get("FAIRLEAD_RESIDUE") != "1":
        with_display_and_bus()
    main(*sys.argv[1:])
