"""The computer of a day: its folders, its person, and what may be found in them at the end."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import traced
from marked_city import mark_names, references
from person import Person

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
# What other programs keep of their users' work; ours must not touch them.
KEPT_BY_OTHERS = {
    ".local/share/recently-used.xbel": '<?xml version="1.0"?><xbel version="1.0"/>\n',
    ".local/share/user-places.xbel": '<?xml version="1.0"?><xbel version="1.0"/>\n',
    ".config/QtProject.conf": "[FileDialog]\nhistory=@Invalid()\nlastVisited=file:///\n",
    ".config/Trolltech.conf": "[qt]\nstyle=\n",
    ".cache/thumbnails/normal/one.png": "a picture\n",
    ".xsession-errors": "what programs said\n",
}


def check(holds, what):
    if not holds:
        raise SystemExit(f"the day failed: {what}")


class Place:
    """A computer's folders for one day, with nothing in them but the city's extracts and keys."""

    def __init__(self, program, cli, source):
        self.source, self.person = Path(source), Person()
        self.made = Path(tempfile.mkdtemp(prefix="fairlead-marked-"))
        self.folder = Path(tempfile.mkdtemp(prefix="fairlead-day-")).resolve()
        self.home, self.exports = self.folder / "home", self.folder / "exports"
        self.workspace = self.folder / "day.fairlead"
        for name in ("home", "exports", "city", "tmp", "runtime", "here"):
            (self.folder / name).mkdir(mode=0o700)
        for name, content in KEPT_BY_OTHERS.items():
            path = self.home / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        mark_names(self.source / "resources" / "names", self.made)
        self.install(program, cli)
        self.done(self.cli, "demo", "create", self.made / "city", "--pupils", PUPILS, "--seed", SEED, "--resources", self.made)
        for name in ("extracts", "keys"):
            shutil.copytree(self.made / "city" / name, self.folder / "city" / name)
        self.references = references(self.made / "city" / "truth")
        self.person.give(self.folder)
        self.before = self.files()
        self.elsewhere = self.person.files_elsewhere()

    def install(self, program, cli):
        """The programs and what they read, where an ordinary account gets at them."""
        installed = self.made / "program"
        shutil.copytree(self.source / "resources", installed / "resources")
        self.program, self.cli = (Path(shutil.copy(one, installed)) for one in (program, cli))
        self.made.chmod(0o755)

    def remove(self):
        shutil.rmtree(self.made, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self):
        kept = {"PATH": os.environ["PATH"]}
        if not self.person.is_lent:
            kept["FAIRLEAD_DAY_TRACEABLE"] = "1"
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
        changed = [name for name, content in KEPT_BY_OTHERS.items() if (self.home / name).read_text(encoding="utf-8") != content]
        check(not changed, f"changed, and other programs': {changed}")
        self.check_elsewhere(search)
        for path in sorted(self.files()):
            found = search.count(path.read_bytes())
            check(not found, f"{path.relative_to(self.folder)} holds {found}")
        print(f"{len(self.files())} files: nothing of the day in the clear, nothing left behind")

    def check_elsewhere(self, search):
        """Nothing new of this person's outside their folders. Whoever runs the tests may have other programs at work:
        theirs is what is named after the program or bears a mark."""
        left = sorted(self.person.files_elsewhere() - self.elsewhere)
        if not self.person.is_lent:
            left = [path for path in left if "fairlead" in str(path).lower() or (path.is_file() and search.count(path.read_bytes()))]
        check(not left, f"left elsewhere: {left}")

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
