"""The command line from end to end, as a person would use it.

journey.py city|refusals|real_files|slide FAIRLEAD_CLI SOURCE_DIR [CORE_TESTS]
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

PASSPHRASE = "three small boats at dawn"
# Floors, not aims: a change that goes below them broke something.
LEAST_F1 = 0.90
LEAST_SPELLS_FOUND = 0.80
LEAST_FAMILIES = 0.75


class Journey:
    """A folder for one run, and the program in it."""

    def __init__(self, program, source):
        self.program = program
        self.source = Path(source)
        self.folder = Path(tempfile.mkdtemp(prefix="fairlead-journey-"))
        self.secret = self.folder / "passphrase"
        self.secret.write_text(PASSPHRASE + "\n")
        self.workspace = self.folder / "journey.fairlead"

    def run(self, *words, expect=0, secret=None):
        """Runs the program and gives what it printed; the exit code must be `expect`."""
        environment = {**os.environ, "FAIRLEAD_PASSPHRASE_FILE": str(secret or self.secret)}
        done = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True, env=environment, timeout=600)
        check(done.returncode == expect, f"{words[:2]}: exit code {done.returncode}, not {expect}\n{done.stdout}\n{done.stderr}")
        self.problems = done.stderr
        return done.stdout

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))

    def make_city(self, pupils):
        self.run("demo", "create", self.folder / "city", "--pupils", pupils, "--seed", 5)
        self.run("workspace", "create", self.workspace, "--name", "Journey", "--trust", self.folder / "city" / "keys")
        return sorted((self.folder / "city").rglob("*.fxt"))


def check(holds, what):
    if not holds:
        raise SystemExit(f"journey failed: {what}")


def check_no_scores(value):
    """Nobody is scored or ranked: no key of anything shown says so."""
    if isinstance(value, list):
        for item in value:
            check_no_scores(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            check(not any(word in key for word in ("score", "rank", "rating", "risk_sum", "points_sum")), f"a key {key}")
            check_no_scores(item)


def check_overview(page):
    """What is true of every overview, whatever is in it."""
    check_no_scores(page)
    check(page["on_roll"] > 0, "nobody on roll")
    for group in page["groups"]:
        parts = [part["pupils"] for part in group["indicators"] if isinstance(part["pupils"], int)]
        total = group["pupils"]
        if not parts or not isinstance(total, int):
            continue
        check(max(parts) <= total <= sum(parts), f"{group['id']}: {parts} against {total}")
        check(total <= page["on_roll"], f"{group['id']}: more pupils than are on roll")
        for part in group["indicators"]:
            if isinstance(part["events"], int) and isinstance(part["pupils"], int):
                check(part["events"] >= 0, f"{part['id']}: events below 0")
    dates = [line["date"] for line in page["new"]]
    check(dates == sorted(dates, reverse=True), "new indicators are not newest first")
    for line in page["new"] + page["family"]:
        check(line["pupil"].startswith("Pupil "), f"{line['pupil']} is no pseudonym")
    for line in page["family"]:
        check(line["count"] >= 2, "a family count below 2")


def check_briefing(path, school_name):
    check(path.read_bytes().startswith(b"%PDF-"), "the briefing is no PDF")
    check(path.stat().st_mode & 0o077 == 0, "others may read the briefing")
    if shutil.which("pdftotext") is None:
        print("pdftotext is not here: the briefing's text was not looked at")
        return
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    for word in (school_name, "DRAFT", "OFFICIAL-SENSITIVE", "Receiving support", "audit"):
        check(word in text, f"the briefing does not say {word!r}")
    check("Page 2 of 2" in text, "the briefing does not fit on two pages")


def check_change(journey, urn):
    """The parts of a change add up to the two pages."""
    for figure in ("events", "receiving_support", "crime"):
        change = journey.json("change", journey.workspace, "--school", urn, "--figure", figure,
                              "--from", "2026-04-30", "--to", "2026-06-30@1")
        parts = sum(part["amount"] for part in change["parts"])
        check_no_scores(change)
        check(change["before"] + parts == change["after"], f"{figure}: the parts do not add up: {change}")
        check(change["waiting"]["least"] <= change["after"] <= change["waiting"]["most"], f"{figure}: bounds {change}")
        for end, date in (("before", "2026-04-30"), ("after", "2026-06-30")):
            page = journey.json("overview", journey.workspace, "--school", urn, "--as-at", date)
            boxes = page["groups"] + [box for group in page["groups"] for box in group["indicators"]]
            shown = next(box["pupils"] for box in boxes if box["id"] == figure)
            check(shown == change[end], f"{figure} on {date}: {shown} on the page, {change[end]} in the change")


def check_registers(journey):
    """Gateways that carry what the city's agencies send; a definition that is approved with a reason."""
    matrix = journey.json("gateways", "matrix", journey.workspace)
    check(all(cell["carrying"] for cell in matrix["cells"] if cell["supplied"]), f"not carried: {matrix}")
    check("not legal advice" in journey.run("gateways", "list"), "the register does not say what it is not")
    change = ["--indicator", "missing", "--version", 2, "--reason"]
    journey.run("register", "approve", journey.workspace, *change, "ok", expect=2)
    journey.run("register", "approve", journey.workspace, *change, "agreed by the board in June")
    held = journey.json("register", "show", journey.workspace)
    check([one["status"] for one in held["changes"]] == ["approved"], f"changes {held['changes']}")


def city(journey):
    """From an invented city to the PDF."""
    files = journey.make_city(300)
    check(len(files) == 20, f"{len(files)} extracts, not 20")
    journey.run("extract", "verify", files[0], "--keys", journey.folder / "city" / "keys")
    journey.run("workspace", "load", journey.workspace, *files)
    journey.run("workspace", "link", journey.workspace)
    info = journey.json("workspace", "info", journey.workspace)
    check(info["link_is_current"], "the link is not current")
    oldest = min(dataset["data_as_at"] for dataset in info["datasets"])
    check(info["as_at"] == oldest, f"default date {info['as_at']}, not {oldest}")
    schools = [school for school in journey.json("schools", journey.workspace) if school["on_roll"] > 0]
    check(schools, "no school has pupils")
    for school in schools:
        page = journey.json("overview", journey.workspace, "--school", school["urn"])
        check(page["on_roll"] == school["on_roll"], f"{school['name']}: {page['on_roll']} and {school['on_roll']} on roll")
        check_overview(page)
    largest = max(schools, key=lambda school: school["on_roll"])
    one_year = journey.json("overview", journey.workspace, "--school", largest["urn"], "--as-at", "2026-05-31", "--year", "8")
    check(one_year["as_at"] == "2026-05-31" and one_year["year"] == "8", "the filters were not taken")

    evaluation = journey.json("evaluate", journey.workspace, journey.folder / "city" / "truth")
    families = evaluation["families"]["pairs"]
    check(min(families["precision"], families["recall"]) >= LEAST_FAMILIES, f"families: {families}")
    for view in ("pairwise", "bcubed"):
        check(evaluation["linkage"][view]["f1"] >= LEAST_F1, f"linkage {view}: {evaluation['linkage'][view]}")
    expected = sum(line["expected"] for line in evaluation["spells"])
    found = sum(line["found"] for line in evaluation["spells"])
    check(expected > 0 and found >= LEAST_SPELLS_FOUND * expected, f"{found} of {expected} spells found")

    truly = journey.json("evaluate", journey.workspace, journey.folder / "city" / "truth", "--true-links")
    for line in truly["spells"]:
        check(line["missed"] == line["extra"] == 0, f"with true links: {line}")
    check(sum(line["expected"] for line in truly["spells"]) == expected, "the truth changed")

    check_change(journey, largest["urn"])
    check_registers(journey)
    outcomes = journey.json("outcomes", journey.workspace, "--school", largest["urn"])
    check_no_scores(outcomes)
    for schema in (journey.source / "resources" / "schema").glob("*.sql"):
        words = schema.read_text().lower().replace("_", " ").split()
        check(not {"score", "rank", "rating"} & set(words), f"{schema.name} keeps a score")
    check([len(line["points"]) for line in outcomes["levels"]] == 3 * [12], "three levels over twelve months")
    cases = journey.source / "tests" / "cases" / "indicators"
    check(" of 0 " not in journey.run("indicators", "test", cases), "a file without cases")

    pdf = journey.folder / "briefing.pdf"
    journey.run("brief", journey.workspace, "--school", largest["urn"], "--as-at", "2026-06-30", "--out", pdf)
    check_briefing(pdf, largest["name"])


def interrupted_load(journey, files):
    """Ctrl-C while extracts are being checked: exit code 130."""
    environment = {**os.environ, "FAIRLEAD_PASSPHRASE_FILE": str(journey.secret)}
    process = subprocess.Popen([journey.program, "workspace", "load", journey.workspace, *files], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    staging = journey.workspace / "staging"
    while process.poll() is None and not any(staging.iterdir()):
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    problems = process.communicate(timeout=120)[1]
    check(process.returncode == 130, f"an interrupted load gives {process.returncode}\n{problems}")


def refusals(journey):
    """What is refused is refused in plain words, and leaves everything as it was."""
    files = journey.make_city(100)
    before = journey.run("workspace", "info", journey.workspace, "--json")
    interrupted_load(journey, files)
    check(journey.run("workspace", "info", journey.workspace, "--json") == before, "an interrupted load left something")

    wrong = journey.folder / "wrong"
    wrong.write_text("four small boats at dawn\n")
    journey.run("schools", journey.workspace, expect=1, secret=wrong)
    check("Not opened:" in journey.problems, journey.problems)

    journey.run("workspace", "load", journey.workspace, *files)
    journey.run("workspace", "link", journey.workspace)
    before = journey.run("workspace", "info", journey.workspace, "--json")
    journey.run("workspace", "load", journey.workspace, *files, expect=1)
    check("Not loaded:" in journey.problems, journey.problems)
    broken = journey.folder / "broken.fxt"
    broken.write_bytes(files[0].read_bytes()[:-4096])
    shutil.copy(files[0].with_suffix(".fxm"), broken.with_suffix(".fxm"))
    journey.run("extract", "verify", broken, "--keys", journey.folder / "city" / "keys", expect=1)
    check(journey.run("workspace", "info", journey.workspace, "--json") == before, "a refused load left something")

    journey.run("overview", journey.workspace, "--school", 1, expect=2)
    journey.run("overview", journey.workspace, "--school", 1, "--as-at", "30/06/2026", expect=2)
    journey.run("brief", journey.workspace, "--school", 1, expect=2)
    journey.run("workspace", "create", journey.workspace, expect=2)
    journey.run("nonsense", expect=2)


def build(journey, mapping, agency, inputs, out, **options):
    words = ["extract", "build", *inputs, "--mapping", mapping, "--out", out, "--sign", journey.folder / "keys" / f"{agency}.key",
             "--unit", journey.folder / "keys" / "unit.pub", "--retain-until", "2035-12-31", "--gateway", "children_act_2004_s10",
             "--agreement", "DSA 1", "--dpia", "DPIA 1", "--lawful-basis", "public task", "--contact", "data team",
             "--quality-report", out.with_suffix(".txt")]
    for name, value in options.items():
        words += ["--" + name.replace("_", "-"), *(value if isinstance(value, (list, tuple)) else [value])]
    return journey.run(*words)


def real_files(journey):
    """Files of formats that nobody here wrote, from CSV to the overview of their school."""
    data = journey.source / "tests" / "data"
    keys = journey.folder / "keys"
    for agency in ("education", "social_care"):
        journey.run("keys", "generate", "agency", agency, "--dir", keys)
    journey.run("keys", "generate", "unit", "unit", "--dir", keys)
    check((keys / "unit.key").stat().st_mode & 0o077 == 0, "others may read the unit's key")
    journey.run("keys", "generate", "unit", "unit", "--dir", keys, expect=2)
    terms = {"2024_autumn": ["2024-09-01", "2025-01-01"], "2025_spring": ["2025-01-01", "2025-04-01"], "2025_summer": ["2025-04-01", "2025-08-01"]}
    files = []
    for number, (term, period) in enumerate(terms.items(), start=1):
        before = {"previous": files[-1].with_suffix(".fxm")} if files else {}
        files.append(journey.folder / f"census_{number}.fxt")
        build(journey, "school-census", "education", sorted((data / "school_census").glob(term + "*.csv")), files[-1], period=period, sequence=number, **before)
    files.append(journey.folder / "care.fxt")
    build(journey, "ssda903", "social_care", sorted((data / "ssda903").glob("2020-*.csv")), files[-1], period=["2015-04-01", "2020-04-01"])
    journey.run("workspace", "create", journey.workspace, "--name", "Journey", "--trust", keys)
    journey.run("workspace", "load", journey.workspace, *files)
    journey.run("workspace", "link", journey.workspace)
    schools = journey.json("schools", journey.workspace)
    check(schools, "the census names no school")
    pages = [journey.json("overview", journey.workspace, "--school", school["urn"], "--as-at", "2025-05-15") for school in schools]
    check(any(page["on_roll"] > 0 for page in pages), "nobody on the census's roll")
    for page in pages:
        if page["on_roll"] > 0:
            check_overview(page)


def slide(journey):
    """The source slide's figures, from facts to the overview and the PDF."""
    extracts = journey.folder / "slide"
    extracts.mkdir()
    subprocess.run([sys.argv[4], "[.slide-files]"], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "FAIRLEAD_SLIDE_DIR": str(extracts)})
    journey.run("workspace", "create", journey.workspace, "--name", "Journey", "--trust", extracts / "keys")
    journey.run("workspace", "load", journey.workspace, *sorted(extracts.glob("*.fxt")))
    journey.run("workspace", "link", journey.workspace)
    school = next(one for one in journey.json("schools", journey.workspace) if one["name"].startswith("Bristol"))
    view = ["--school", school["urn"], "--as-at", "2022-06-22"]
    page = journey.json("overview", journey.workspace, *view)
    risk = next(group for group in page["groups"] if group["id"] == "current_risk")
    check(risk["pupils"] == 153, f"current risk {risk['pupils']}")
    check([part["pupils"] for part in risk["indicators"]] == [74, 86, 62, 1], "the four parts of current risk")
    dates = [line["date"] for line in page["new"]]
    check(dates == 5 * ["2022-06-21"] + ["2022-06-20"], f"new indicators on {dates}")
    check(sorted(line["indicator"] for line in page["new"]) == ["child_in_need", "mental_health_concern", "missing"] +
          3 * ["risk_of_neet"], "which indicators are new")
    families = [line["count"] for line in page["family"]]
    check(families == [14, 7, 7, 5, 5, 4, 4], f"family counts {families}")

    pdf = journey.folder / "slide.pdf"
    journey.run("brief", journey.workspace, *view, "--out", pdf)
    check_briefing(pdf, "Bristol Secondary School (synthetic)")
    if shutil.which("pdftotext") is None:
        return
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    for figure in ("153", "74", "86", "62", "14", "21/06/2022", "20/06/2022"):
        check(figure in text.split(), f"the briefing does not show {figure}")


def main():
    name, program, source = sys.argv[1:4]
    journey = Journey(program, source)
    try:
        {"city": city, "refusals": refusals, "real_files": real_files, "slide": slide}[name](journey)
    finally:
        shutil.rmtree(journey.folder, ignore_errors=True)
    print(f"journey {name}: done")


if __name__ == "__main__":
    main()
