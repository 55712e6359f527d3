"""Two verifiers of the audit log that share no code must agree, on good logs and on bad ones.

audit_journey.py FAIRLEAD_CLI SOURCE_DIR
"""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

from journey import PASSPHRASE, Journey, check
from verify_audit import MAGIC, check_proof, verify, witness_of

SEED = 20261122


def frames(segment):
    """The frames of a segment's bytes."""
    found, at = [], len(MAGIC)
    while at < len(segment):
        end = at + 8 + int.from_bytes(segment[at:at + 4], "little") + 40
        found.append(segment[at:end])
        at = end
    return found


class Logs:
    """Copies of one log, changed in many ways."""

    def __init__(self, journey):
        self.journey = journey
        self.good = journey.workspace / "audit"
        self.copy = journey.folder / "copy"
        self.tried = 0

    def fresh(self):
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.good, self.copy)
        return self.copy / "segment-000001.log", self.copy / "checkpoint"

    def verdict(self, intact, what, against=()):
        """Both verdicts, which must be one and this."""
        words = [word for text in against for word in ("--against", text)]
        ours = self.journey.run("audit", "verify", self.copy, *words, "--json", expect=0 if intact else 1)
        ours, theirs = json.loads(ours), verify(self.copy, [witness_of(str(text)) for text in against])
        self.tried += 1
        for key in ("intact", "entries", "root", "first_bad", "origin", "signing_keys", "torn_bytes", "unfinished"):
            check(ours[key] == theirs[key], f"{what}: {key} is {ours[key]} here, {theirs[key]} there ({theirs['problem']})")
        check(ours["intact"] == intact, f"{what}: {ours}")
        return ours

    def bytes_changed(self, count):
        rng = random.Random(SEED)
        whole = (self.good / "segment-000001.log").read_bytes()
        for _ in range(count):
            segment, _ = self.fresh()
            at = rng.randrange(len(whole))
            segment.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1:])
            self.verdict(False, f"byte {at} changed")

    def checkpoint_changed(self):
        text = (self.good / "checkpoint").read_bytes()
        for at in range(0, len(text), 5):
            _, checkpoint = self.fresh()
            checkpoint.write_bytes(text[:at] + bytes([text[at] ^ 2]) + text[at + 1:])
            self.verdict(False, f"byte {at} of the checkpoint changed")
        for changed in (b"", text + b"\n", text + text, text[:-1], text.replace(b"\n\n", b"\nfurther\n\n")):
            self.fresh()[1].write_bytes(changed)
            self.verdict(False, f"checkpoint {changed}")
        self.fresh()[1].unlink()
        self.verdict(False, "no checkpoint")

    def entries_changed(self):
        whole = frames((self.good / "segment-000001.log").read_bytes())
        last = len(whole) - 1

        def try_frames(changed, what, first_bad):
            self.fresh()[0].write_bytes(MAGIC + b"".join(changed))
            found = self.verdict(first_bad is None, what)
            check(found["first_bad"] == first_bad, f"{what}: found at {found['first_bad']}")

        for i in range(0, len(whole), 3):
            try_frames(whole[:i] + whole[i + 1:], f"entry {i + 1} dropped", i + 1)
            try_frames(whole[:i + 1] + whole[i:], f"entry {i + 1} doubled", i + 2)
            try_frames(whole[:i], f"cut before entry {i + 1}", i + 1)
            if i < last:
                try_frames(whole[:i] + [whole[i + 1], whole[i]] + whole[i + 2:], f"entry {i + 1} exchanged", i + 1)
        for size in (1, 7, 8, 9, len(whole[last]) - 1):
            try_frames(whole[:last] + [whole[last][:size]], f"{size} bytes of the last entry", last + 1)
            # As a crash leaves the next entry.
            try_frames(whole + [whole[last][:size]], f"a torn tail of {size} bytes", None)
        try_frames(whole + [bytes(99)], "zeros at the end", None)
        try_frames(whole + [b"rubbish at the end"], "rubbish at the end", last + 2)
        segment, _ = self.fresh()
        segment.rename(self.copy / "segment-000002.log")
        self.verdict(False, "the first segment gone")

    def compared(self, early):
        """With checkpoints kept elsewhere: of this log, of an older state of it, of another one."""
        now = json.loads(self.journey.run("audit", "verify", self.good, "--json"))
        size, root = now["entries"], now["root"]
        self.fresh()
        for text in (f"{size} {root}", f"{size} {now['short_root']}", self.good / "checkpoint", early):
            self.verdict(True, f"against {text}", [text])
        self.verdict(False, "another root", [f"{size} {'0' * 64}"])
        self.verdict(False, "another short root", [early, f"{size} AAAA-AAAA-AAAA-AAAA"])
        self.verdict(False, "a later checkpoint", [f"{size + 1} {root}"])
        forged = self.journey.folder / "forged"
        text = early.read_text()
        forged.write_text(text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:])
        self.verdict(False, "a forged signature", [forged])
        forged.write_text(text.replace("fairlead.local/", "fairlead.local/0"))
        self.verdict(False, "another log's name", [forged])


def check_proofs(journey, early):
    """The log of now grew out of the early checkpoint, and a proof that is changed does not show it."""
    older = early.read_text().split("\n")
    known = f"{older[1]} {older[2]}"
    proof = journey.folder / "proof"
    journey.run("audit", "proof", journey.workspace, "--from", older[1], "--out", proof)
    check(check_proof(proof, known), "the proof does not hold")
    lines = proof.read_text().split("\n")
    for i in range(2, lines.index("")):
        changed = lines[:i] + [("B" if lines[i][0] != "B" else "C") + lines[i][1:]] + lines[i + 1:]
        proof.write_text("\n".join(changed))
        check(not check_proof(proof, known), f"hash {i - 2} of the proof may be changed")
    journey.run("audit", "proof", journey.workspace, "--from", 10**6, expect=2)


def check_report(journey):
    report = journey.json("audit", "report", journey.workspace, "--hours", "0-24", "--weekends")
    check(report["acts"]["collection"]["done"] == 1, f"loads: {report['acts']}")
    check(report["acts"]["combination"]["done"] == 1, f"linkage runs: {report['acts']}")
    check(len(report["denied"]) == 1, f"denied: {report['denied']}")
    check(sum(hour["reveals"] for hour in report["reveals"]) == 1, f"reveals: {report['reveals']}")
    check(not report["out_of_hours"] and not report["unfinished"], f"out of hours {report['out_of_hours']}")
    check("Reveals by person and hour: 1" in journey.run("audit", "report", journey.workspace), "the report in words")
    journey.run("audit", "report", journey.workspace, "--hours", "18-8", expect=2)
    entries = journey.json("audit", "list", journey.workspace)
    check([entry["entry"] for entry in entries] == list(range(1, len(entries) + 1)), "entries out of order")
    check(any("no privileges" in str(entry) for entry in entries), "no load says what the process that read the files had given up")
    collections = journey.json("audit", "list", journey.workspace, "--verb", "collection", "--last", 1)
    check([entry["state"] for entry in collections] == ["done"], f"{collections}")
    check("panel of 3 March" in journey.run("audit", "list", journey.workspace), "the purpose is not listed")


def check_rows(journey, older):
    """An older core.db under the same key opens, and its rows are not those that the log knows."""
    found = journey.json("workspace", "verify", journey.workspace, "--deep")
    check(found["fresh"] and found["batch_entry"] > 0, f"rows: {found}")
    check("is as entries" in journey.run("workspace", "verify", journey.workspace, "--deep"), "the rows in words")
    core, identity = journey.workspace / "core.db", journey.workspace / "identity.db"
    now = [(file, file.read_bytes()) for file in (core, identity)]
    core.write_bytes(older)
    journey.run("workspace", "verify", journey.workspace)
    found = json.loads(journey.run("workspace", "verify", journey.workspace, "--deep", "--json", expect=1))
    check("core.membership" in found["differing"] and "core.fact" not in found["differing"], f"an older core.db: {found}")
    # Opening took the links of a run that core.db did not know out of identity.db.
    for file, content in now:
        file.write_bytes(content)
    journey.run("workspace", "verify", journey.workspace, "--deep")


def main(program, source):
    journey = Journey(program, source)
    files = journey.make_city(60)
    journey.run("workspace", "load", journey.workspace, *files)
    early = journey.folder / "early"
    journey.run("audit", "checkpoint", journey.workspace, "--out", early)
    before_linking = (journey.workspace / "core.db").read_bytes()
    journey.run("workspace", "link", journey.workspace)
    journey.run("workspace", "load", journey.workspace, files[0], expect=1)
    school = max(journey.json("schools", journey.workspace), key=lambda one: one["on_roll"])["urn"]
    printed = journey.run("brief", journey.workspace, "--school", school, "--out", journey.folder / "brief.pdf", "--named",
                          "--reason", "panel of 3 March")
    line = next(line for line in printed.split("\n") if line.startswith("audit log"))
    on_paper = f"{line.split()[2]} {line.split()[-1]}"
    journey.run("audit", "verify", journey.workspace, "--with-key", "--against", early, "--against", on_paper)
    journey.run("audit", "verify", journey.workspace, "--against", "no checkpoint", expect=2)
    journey.run("audit", "verify", journey.folder / "nowhere", expect=2)
    wrong = journey.folder / "wrong"
    wrong.write_text(PASSPHRASE + " or dusk\n")
    journey.run("audit", "verify", journey.workspace, "--passphrase-file", wrong, expect=1)
    check_rows(journey, before_linking)
    check_report(journey)
    check_proofs(journey, early)

    logs = Logs(journey)
    logs.fresh()
    logs.verdict(True, "the log as it is")
    logs.bytes_changed(120)
    logs.checkpoint_changed()
    logs.entries_changed()
    logs.compared(early)
    standalone = subprocess.run([sys.executable, Path(source) / "tests/journey/verify_audit.py", logs.good],
                                capture_output=True, text=True)
    check(standalone.returncode == 0 and json.loads(standalone.stdout)["intact"], "the script by itself")
    print(f"{logs.tried} logs, two verifiers, one verdict on each")
    shutil.rmtree(journey.folder)


if __name__ == "__main__":
    main(*sys.argv[1:3])
