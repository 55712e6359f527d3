"""The end of deliveries, names for those involved, decisions about pairs, and a backup that comes back where nothing else is.

custody_journey.py FAIRLEAD_CLI SOURCE_DIR
"""

import os
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from journey import Journey, check

REASON = "retention ended with the term"


def purge(journey):
    """Two people end a delivery; what rested on it says so."""
    urn = journey.json("schools", journey.workspace)[0]["urn"]
    deliveries = journey.json("retention", "due", journey.workspace)
    check(deliveries and all(d["purged_on"] is None for d in deliveries), f"{deliveries[:2]}")
    oldest = next(d for d in deliveries if d["agency"] == "police")
    secrets = {}
    for name, role in (("Olive", "key_officer"), ("Stan", "data_steward"), ("Gwen", "governance_auditor")):
        secrets[name] = journey.folder / name
        secrets[name].write_text(f"{name} mends the old harbour wall\n")
        journey.run("access", "add", journey.workspace, "--of", name, "--roles", role, "--new-passphrase-file", secrets[name])
    journey.run("access", "retire", journey.workspace, "--of", "Journey", secret=secrets["Olive"])
    what = ("--delivery", oldest["delivery"])
    journey.secret = secrets["Stan"]
    before = journey.json("retention", "preview", journey.workspace, *what)
    check(before["purge"] is None and before["core"]["fact"]["go"] > 0, f"{before['core']}")
    officer = ("--second", "Olive", "--second-passphrase-file", secrets["Olive"])
    journey.run("retention", "purge", journey.workspace, *what, "--reason", REASON, expect=1)
    check("audit log" in journey.problems or "roles" in journey.problems, journey.problems)
    done = journey.json("retention", "purge", journey.workspace, *what, "--reason", REASON, *officer)
    check(done["purge"] == 1 and done["core"]["fact"] == before["core"]["fact"], f"{done['core']}")
    text = journey.run("retention", "certificate", journey.workspace, "--purge", 1)
    for part in ("Stan (", "Olive (", REASON, "manifest SHA-256", "(done)", "Not reached"):
        check(part in text, f"{part} is not in the certificate:\n{text}")
    listed = journey.json("retention", "due", journey.workspace)
    check(sum(d["purged_on"] is not None for d in listed) == 1, f"{listed}")
    page = journey.run("overview", journey.workspace, "--school", urn, "--as-at", "2025-11-20")
    check("[x] purged on " in page, page)
    journey.run("workspace", "verify", journey.workspace, "--deep")
    journey.run("workspace", "link", journey.workspace)
    journey.run("audit", "verify", journey.workspace)
    return urn


def releases(journey, urn):
    """A steward and the officer release one child's name to an analyst, and take it back."""
    steward, ana, officer = journey.secret, journey.folder / "Ana", journey.folder / "Olive"
    ana.write_text("Ana mends the old harbour wall\n")
    journey.run("access", "add", journey.workspace, "--of", "Ana", "--roles", "analyst", "--new-passphrase-file", ana,
                "--second", "Stan", "--second-passphrase-file", steward, secret=officer)
    today = date.today()
    involve = ("access", "involve", journey.workspace, "--worker", "Ana", "--school", urn, "--pupil", "A", "--team", "North",
               "--purpose", "early help assessment", "--from", today, "--until", today + timedelta(days=30),
               "--source", "case list, referral 2041", "--gateway")
    journey.run(*involve, "no_such_gateway", expect=2)
    check("No legal gateway" in journey.problems, journey.problems)
    journey.run(*involve, "children_act_2004_s10")
    listed = journey.json("access", "involvements", journey.workspace)
    check([place["pupil"] for place in listed[0]["child"]] == ["Pupil A"] and listed[0]["state"] == "running", f"{listed}")
    journey.run("access", "release", journey.workspace, "--to", "Ana", "--until", today + timedelta(days=20),
                "--second", "Olive", "--second-passphrase-file", officer)
    names = ("access", "names", journey.workspace, "--school", urn, "--reason", "visit on Monday morning")
    journey.secret = ana
    shown = journey.json(*names)
    check(len(shown["names"]) == 1 and shown["withheld"] > 0, f"{len(shown['names'])} names, {shown['withheld']} withheld")
    journey.secret = steward
    journey.run("access", "withdraw", journey.workspace, "--involvement", 1, "--reason", "the work is over")
    journey.secret = ana
    check(not journey.json(*names)["names"], "a name that was taken back is shown")
    journey.secret = steward


def decisions(journey):
    """A link reviewer, who holds no key of the facts, decides about a pair; the steward's next run takes it."""
    steward, lin, officer = journey.secret, journey.folder / "Lin", journey.folder / "Olive"
    lin.write_text("Lin mends the old harbour wall\n")
    journey.run("access", "add", journey.workspace, "--of", "Lin", "--roles", "link_reviewer", "--new-passphrase-file", lin,
                "--second", "Stan", "--second-passphrase-file", steward, secret=officer)
    journey.secret = lin
    waiting = journey.json("access", "pairs", journey.workspace)
    check(waiting, "no pair waits in this city")
    records = f"{waiting[0]['a']},{waiting[0]['b']}"
    decide = ("access", "decide", journey.workspace, "--records")
    journey.run(*decide, records, "--unsure", "--reason", "short", expect=2)
    journey.run(*decide, f"{waiting[0]['a']},{waiting[0]['a']}", "--same", "--reason", "the paper files agree", expect=2)
    check("two different records" in journey.problems, journey.problems)
    journey.run(*decide, records, "--unsure", "--reason", "the paper files do not tell")
    journey.run(*decide, records, "--same", "--reason", "the paper files agree")
    made = journey.json("access", "decisions", journey.workspace)
    check([one["verdict"] for one in made] == ["same", "unsure"] and made[0]["waits"] and not made[1]["in_force"], f"{made}")
    check(len(journey.json("access", "pairs", journey.workspace)) == len(waiting) - 1, "a decided pair still waits")
    journey.run("workspace", "link", journey.workspace, expect=1)
    journey.secret = steward
    journey.run("workspace", "link", journey.workspace)
    check(not any(one["waits"] for one in journey.json("access", "decisions", journey.workspace)), "the run did not take it")
    journey.run("workspace", "verify", journey.workspace, "--deep")
    journey.run("access", "take-back", journey.workspace, "--decision", 2, "--reason", "it was the wrong file")
    journey.run("audit", "verify", journey.workspace)


def backup(journey, urn):
    """Only the backup is carried to the other machine: another home, another folder, nothing else."""
    kept = journey.folder / "kept"
    before = journey.json("overview", journey.workspace, "--school", urn)
    journey.run("backup", "make", journey.workspace, "--to", kept)
    journey.run("backup", "make", journey.workspace, "--to", kept, expect=2)
    machine = Path(tempfile.mkdtemp(prefix="fairlead-elsewhere-"))
    home = machine / "home"
    home.mkdir()
    shutil.copytree(kept, machine / "carried")
    shutil.copy(journey.secret, machine / "passphrase")
    shutil.rmtree(journey.folder)
    journey.folder, journey.secret = machine, machine / "passphrase"
    for name in [name for name in os.environ if name.startswith(("XDG_", "FAIRLEAD_"))]:
        del os.environ[name]
    os.environ["HOME"] = str(home)
    os.chdir(machine)
    there = machine / "back.fairlead"
    journey.run("backup", "check", machine / "carried")
    journey.run("backup", "restore", machine / "carried", "--to", there)
    check(journey.json("overview", there, "--school", urn) == before, "the page is another one")
    journey.run("workspace", "verify", there, "--deep")
    journey.run("audit", "verify", there)
    check(not list(home.iterdir()), f"left in the home folder: {list(home.iterdir())}")
    broken = machine / "carried" / "core.db"
    raw = bytearray(broken.read_bytes())
    raw[len(raw) // 2] ^= 1
    broken.write_bytes(raw)
    journey.run("backup", "restore", machine / "carried", "--to", machine / "again.fairlead", expect=1)
    check("core.db" in journey.problems and not (machine / "again.fairlead").exists(), journey.problems)


def main():
    journey = Journey(Path(sys.argv[1]).resolve(), sys.argv[2])
    try:
        files = journey.make_city(150)
        journey.run("workspace", "load", journey.workspace, *files)
        journey.run("workspace", "link", journey.workspace)
        urn = purge(journey)
        releases(journey, urn)
        decisions(journey)
        backup(journey, urn)
    finally:
        shutil.rmtree(journey.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
