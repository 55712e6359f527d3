"""The command line from end to end, as a person would use it.

journey.py city|truth|refusals|real_files|slide|csv|splink|linkage|access FAIRLEAD_CLI SOURCE_DIR [CORE_TESTS]
"""

import csv as csv_reader
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lint"))
import scores

PASSPHRASE = "three small boats at dawn"
# Floors, not aims: a change that goes below them broke something.
LEAST_F1 = 0.90
LEAST_SPELLS_FOUND = 0.80
LEAST_OF_EACH = 0.95


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


# The numbers that may stand beside a pupil: of the family's records, of events, of one record, or of one published line.
BESIDE_A_PUPIL = {"count", "events", "row", "load", "value", "link_strength", "points"}


def number_problems(value, of_pupil=False):
    """Numbers about one pupil that nobody agreed to, and keys that say that somebody is scored."""
    if isinstance(value, list):
        return [problem for item in value for problem in number_problems(item, of_pupil)]
    problems = []
    if isinstance(value, dict):
        of_pupil = of_pupil or isinstance(value.get("pupil"), str)
        for key, item in value.items():
            problems += [f"the key {key}"] * bool(scores.words_in(key))
            is_number = isinstance(item, (int, float)) and not isinstance(item, bool)
            if of_pupil and is_number and key not in BESIDE_A_PUPIL:
                problems.append(f"the number {key} of a pupil")
            problems += number_problems(item, of_pupil)
    return problems


def check_no_scores(value):
    """Nobody is scored or ranked: neither in a document nor in a text."""
    problems = scores.words_in(value) if isinstance(value, str) else number_problems(value)
    check(not problems, f"somebody is scored: {problems}")


def check_scores_are_found():
    """The looking itself: each of these has to be found."""
    for planted in ("Pupil K: risk score 7", "Pupils by rank", {"pupil": "Pupil K", "total": 7}, {"risk_level": "high"},
                    {"pupils": [{"pupil": "Pupil K", "checklist": [{"line": "Young carer", "points": 2, "running": 4}]}]}):
        found = scores.words_in(planted) if isinstance(planted, str) else number_problems(planted)
        check(found, f"not found: {planted}")


def check_figures(journey, urn):
    """Behind figures stand their pupils, behind a pupil the rows; no page scores anybody."""
    page = journey.json("overview", journey.workspace, "--school", urn)
    seen = 0
    boxes = page["groups"] + [box for group in page["groups"] for box in group["indicators"]]
    for box in (box for box in boxes if box["id"] in ("receiving_support", "events", "risk_of_neet")):
        words = [journey.workspace, "--school", urn, "--figure", box["id"]]
        drill = journey.json("drill", *words)
        check_no_scores(drill)
        check(box["pupils"] in (len(drill["pupils"]), "-", "[x]"), f"{box['id']}: {box['pupils']} and {len(drill['pupils'])} behind it")
        check(drill["series"][-1]["pupils"] == str(box["pupils"]), f"{box['id']}: {drill['series'][-1]}")
        years = [row["year"] for row in drill["pupils"]]
        order = [year["year"] for year in drill["years"]]
        check(years == sorted(years, key=order.index), f"{box['id']}: pupils are not in the order of years")
        for row in drill["pupils"][:1]:
            pupil = ["pupil", journey.workspace, "--school", urn, "--pupil", row["pupil"]]
            timeline = journey.json(*pupil)
            check_no_scores(timeline)
            for spell in timeline["spells"]:
                check(spell["evidence"] and all(line["row"] > 0 and line["delivery"] for line in spell["evidence"]), f"{spell}")
                check(("checklist" in spell) == (spell["indicator"] == "risk_of_neet"), f"{spell}")
                for line in spell.get("checklist", []):
                    check(line["recorded"] == bool(line["evidence"]), f"{line}")
            check_no_scores(journey.run(*pupil))
            seen += 1
    check(seen > 0, "no pupil was looked at")
    for words in (["overview"], ["outcomes"], ["drill", "--figure", "risk_of_neet"],
                  ["change", "--figure", "events", "--from", "2026-04-30", "--to", "2026-06-30"]):
        check_no_scores(journey.run(words[0], journey.workspace, "--school", urn, *words[1:]))
    journey.run("pupil", journey.workspace, "--school", urn, "--pupil", "ZZZZ", expect=2)


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
    check_no_scores(" ".join(text.split()))


def check_change(journey, urn):
    """The parts of a change add up to the two pages."""
    for figure in ("events", "receiving_support", "crime"):
        change = journey.json("change", journey.workspace, "--school", urn, "--figure", figure,
                              "--from", "2026-04-30", "--to", "2026-06-30@1")
        parts = sum(part["amount"] for part in change["parts"])
        events = sum(part.get("events", 0) for part in change["parts"])
        check(change.get("events_before", 0) + events == change.get("events_after", 0), f"{figure}: events: {change}")
        check_no_scores(change)
        check(change["before"] + parts == change["after"], f"{figure}: the parts do not add up: {change}")
        check(change["waiting"]["least"] <= change["after"] <= change["waiting"]["most"], f"{figure}: bounds {change}")
        for end, date in (("before", "2026-04-30"), ("after", "2026-06-30")):
            page = journey.json("overview", journey.workspace, "--school", urn, "--as-at", date)
            boxes = page["groups"] + [box for group in page["groups"] for box in group["indicators"]]
            shown = next(box for box in boxes if box["id"] == figure)
            check(shown["pupils"] == change[end], f"{figure} on {date}: {shown} on the page, {change[end]} in the change")
            check(shown["events"] == change.get("events_" + end, "-"), f"{figure} on {date}: {shown}, {change} events")
    before_data = ["change", journey.workspace, "--school", urn, "--figure", "crime", "--from", "2001-01-01", "--to", "2026-06-30"]
    change = journey.json(*before_data)
    check(change["before"] == "[x]" and isinstance(change["after"], int) and change["parts"] == [], f"before the data: {change}")
    check("[x] not available" in journey.run(*before_data), "a day before the data is not said to be one")
    words = ["change", journey.workspace, "--school", urn, "--figure", "events", "--from", "2026-04-30", "--to", "2026-06-30"]
    check("an event of Pupil" in journey.run(*words, "--list", "time"), "no part opens to its events")
    journey.run(*words, "--list", "weather", expect=2)
    check("definitions, links, records, roll, time" in journey.problems, journey.problems)


def check_known_at(journey, urn):
    """As known on a day: today is what is known now, a day before the first load and one to come are refused."""
    view = ["overview", journey.workspace, "--school", urn, "--as-at", "2026-06-30"]
    today = time.strftime("%Y-%m-%d", time.gmtime())
    known = journey.json(*view, "--as-known-at", today)
    check(known.pop("known_on") == today, f"{known}")
    now = journey.json(*view)
    check(now.pop("known_on") is None and now == known, "known today is not known now")
    check(journey.json(*view, "--as-known-at", 1)["groups"] == now["groups"], "known at the only load is not known now")
    for when, words in (("2001-01-01", "Nothing had been loaded by the end of that day."), ("2999-01-01", "a day to come"),
                        ("7", "load 7"), ("yesterday", "--as-known-at")):
        journey.run(*view, "--as-known-at", when, expect=2)
        check(words in journey.problems, f"{when}: {journey.problems}")


def check_registers(journey):
    """Gateways that carry what the city's agencies send; a definition that is approved with a reason."""
    matrix = journey.json("gateways", "matrix", journey.workspace)
    check(all(cell["carrying"] for cell in matrix["cells"] if cell["supplied"]), f"not carried: {matrix}")
    gateways = journey.run("gateways", "list")
    check("not legal advice" in gateways, "the register does not say what it is not")
    check("in force from 01/04/2005 (legislation.gov.uk: S.I. 2005/394" in gateways, "a gateway does not say its source")
    change = ["--indicator", "missing", "--version", 2, "--reason"]
    journey.run("register", "approve", journey.workspace, *change, "ok", expect=2)
    journey.run("register", "approve", journey.workspace, *change, "agreed by the board in June")
    held = journey.json("register", "show", journey.workspace)
    check([one["status"] for one in held["changes"]] == ["approved"], f"changes {held['changes']}")


def city(journey):
    """From an invented city to the PDF."""
    files = journey.make_city(300)
    check(len(files) == 20, f"{len(files)} extracts, not 20")
    verified = journey.run("extract", "verify", files[0], "--keys", journey.folder / "city" / "keys")
    check("read by a process of its own, with:" in verified, "an extract is not read by a process of its own")
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
    check(families["precision"] >= 0.98 and families["recall"] >= 0.95, f"families: {families}")
    known = evaluation["families"]
    # Not all: some relatives are known to the police alone, and no chain of delivered rows connects them.
    check(families["recall"] <= known["recall_ceiling"] < 1, f"families: ceiling {known}")
    check(known["found_pairs"] == known["found_connected"] >= 0.95 * known["connected_pairs"], f"families: {known}")
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
    check_known_at(journey, largest["urn"])
    check_scores_are_found()
    check_figures(journey, largest["urn"])
    check_registers(journey)
    outcomes = journey.json("outcomes", journey.workspace, "--school", largest["urn"])
    check_no_scores(outcomes)
    area = journey.json("outcomes", journey.workspace, "--area")
    check(area["schools"] >= len(schools), f"{area['schools']} of {len(schools)} schools in the area")
    each = [journey.json("outcomes", journey.workspace, "--school", school["urn"]) for school in schools]
    for at, line in enumerate(area["levels"]):
        parts = [int(one["levels"][at]["points"][-1]["pupils"]) for one in each]
        total = int(line["points"][-1]["pupils"])
        check(max(parts) <= total <= sum(parts), f"{line['title']}: {parts} against {total} in the area")
    journey.run("outcomes", journey.workspace, expect=2)
    check([len(line["points"]) for line in outcomes["levels"]] == 3 * [12], "three levels over twelve months")
    quality = journey.json("quality", journey.workspace)
    check_no_scores(quality)
    check(all(len(line["months"]) == 13 for line in quality["supply"]), "thirteen months of supply")
    check(any(line["broken"]["part"] > 0 for line in quality["rules"]), "no row breaks a rule")
    # How many of a group were not linked may be too few to be shown; that the group is there must be.
    groups = {line["group"]: line["children"] for line in quality["links"]["groups"]}
    check(all(group in groups and (groups[group] == "[c]" or int(groups[group]) > 0) for group in ("F", "M")), f"{groups}")
    cases = journey.source / "tests" / "cases" / "indicators"
    check(" of 0 " not in journey.run("indicators", "test", cases), "a file without cases")

    pdf = journey.folder / "briefing.pdf"
    journey.run("brief", journey.workspace, "--school", largest["urn"], "--as-at", "2026-06-30", "--out", pdf)
    check_briefing(pdf, largest["name"])


def truth(journey):
    """A city of 2,000 pupils against its truth: with true links every spell, with our own what is missed and extra."""
    files = journey.make_city(2000)
    journey.run("workspace", "load", journey.workspace, *files)
    journey.run("workspace", "link", journey.workspace)
    folder = journey.folder / "city" / "truth"
    true_links = journey.json("evaluate", journey.workspace, folder, "--true-links")["spells"]
    ours = journey.json("evaluate", journey.workspace, folder)["spells"]
    expected = {}
    for row in rows_of(folder / "expected_spells.csv"):
        expected[row["indicator"]] = expected.get(row["indicator"], 0) + 1
    check(len(expected) >= 12 and sum(expected.values()) > 10000, f"the truth is small: {expected}")
    check({line["indicator"]: line["expected"] for line in true_links} == expected, f"not every indicator is judged: {true_links}")
    for line in true_links:
        check(line["found"] == line["expected"] and line["missed"] == line["extra"] == 0, f"with true links: {line}")
    for line in ours:
        check(line["expected"] == expected[line["indicator"]] == line["found"] + line["missed"], f"{line}")
        check(line["found"] >= LEAST_OF_EACH * line["expected"], f"with our links: {line}")
        print("{indicator:<24} {expected:>6} expected, {missed:>4} missed, {extra:>4} extra".format(**line))


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
    subprocess.run([sys.argv[4], "[slide-files]"], check=True, stdout=subprocess.DEVNULL,
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


def report_of(journey, *words):
    path = journey.folder / "report.json"
    journey.run("link", *words, "--report", path)
    return json.loads(path.read_text())


def check_report(report):
    """What every report with a truth has."""
    check(report["records"] > 0 and report["pairs_compared"] > 0 and report["peak_rss_bytes"] > 0, "the report's counts")
    check(report["seconds"]["total"] >= report["seconds"]["read"] > 0, f"seconds: {report['seconds']}")
    for metrics in (report["pairwise"]["at_accept"], report["pairwise"]["best"], report["clusters"]["pairwise"]):
        for name in ("precision", "recall", "f1"):
            low, high = metrics[name + "_interval"]
            check(0 <= low <= metrics[name] <= high <= 1, f"{name}: {metrics}")
    check(report["pairwise"]["best"]["f1"] >= report["pairwise"]["at_accept"]["f1"], "the best threshold is not the best")
    check("threshold_bits" in report["pairwise"]["best"], "no best threshold")
    check(all(name in report["clusters"]["bcubed"] for name in ("precision", "recall", "f1")), "no B-cubed figures")
    links = sum(band["pairs"] for band in report["calibration"])
    check(links == report["links"]["accepted"] + report["links"]["review"], f"calibration: {links} of {report['links']}")
    check(sum(rule["pairs"] for rule in report["rules"]) == report["pairs_compared"], "pairs of rules")
    check(all(p["m_source"] and p["u_source"] for p in report["parameters"]), "a parameter without source")
    check(isinstance(report["converged"], bool) and isinstance(report["notes"], list), "converged, notes")


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv_reader.DictReader(file))


def holds_back(process, number):
    """Whether the program takes the signal in hand itself by now, instead of dying of it."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    blocked = next(line.split()[1] for line in status.splitlines() if line.startswith("SigBlk"))
    return int(blocked, 16) >> (number - 1) & 1 == 1


def interrupted_link(journey, register):
    """Ctrl-C while linking: exit code 130, and no file, whole or half."""
    rows = register.read_text().splitlines()
    large = journey.folder / "large.csv"
    copies = [f"{number}-{row}" for number in range(12000) for row in rows[1:]]
    large.write_text("\n".join([rows[0], *copies]) + "\n")
    out = journey.folder / "interrupted"
    out.mkdir()
    process = subprocess.Popen([journey.program, "link", str(large), "--pairs", str(out / "pairs.csv"), "--clusters", str(out / "clusters.csv")],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not holds_back(process, signal.SIGINT):
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    problems = process.communicate(timeout=300)[1]
    check(process.returncode == 130, f"an interrupted link gives {process.returncode}\n{problems}")
    check(not list(out.iterdir()), f"left by an interrupted link: {list(out.iterdir())}")


def for_splink(journey, a, b, model):
    """The saved model is Splink's settings over columns that are written beside it, and it runs on them."""
    levels = [level for comparison in json.loads(model.read_text())["comparisons"] for level in comparison["comparison_levels"]]
    check(all("sql_condition" in level for level in levels), "the saved model is not in Splink's form")
    tables = journey.folder / "for_splink"
    journey.run("link", a, b, "--model", model, "--splink-tables", tables, expect=2)
    check("for_splink" in journey.problems, journey.problems)
    tables.mkdir()
    report = report_of(journey, a, b, "--model", model, "--splink-tables", tables)
    columns = rows_of(tables / "columns.csv")
    check(len(columns) == report["records"] and {row["source_dataset"] for row in columns} == {a.name, b.name}, "the columns for Splink")
    adjusted = {level["tf_adjustment_column"] for level in levels if "tf_adjustment_column" in level}
    check(adjusted and {f"tf_{column}.csv" for column in adjusted} == {file.name for file in tables.glob("tf_*")}, f"frequencies for {adjusted}")

    # Without what it carries it is a model of Splink's own; it scores the same register through its SQL.
    settings = json.loads(model.read_text())
    settings["comparisons"][0]["comparison_levels"][0]["label_for_charts"] = ""
    bare, links = journey.folder / "bare.json", journey.folder / "splink_pairs.csv"
    bare.write_text(json.dumps(settings))
    one = journey.folder / "one_register.csv"
    one.write_text((tables / "columns.csv").read_text())
    journey.run("link", one, "--model", bare, "--id", "unique_id", "--pairs", links, "--mode", "dedupe")
    check(rows_of(links), "the model links nothing when Splink's rules for it are followed")
    journey.run("link", one, "--model", bare, "--splink-tables", tables, expect=2)
    check("--splink-tables" in journey.problems, journey.problems)


def csv(journey):
    """Plain CSV files, without a workspace."""
    data = journey.source / "tests" / "data" / "link"
    a, b = data / "register_a.csv", data / "register_b.csv"
    pairs, clusters, model = (journey.folder / name for name in ("pairs.csv", "clusters.csv", "model.json"))
    shipped = journey.source / "resources" / "linkage" / "default.json"
    report = report_of(journey, a, b, "--model", shipped, "--truth", "person", "--by", "sex", "--pairs", pairs, "--clusters", clusters, "--save-model", model)
    check_report(report)
    check({group["value"] for group in report["by"]["groups"]} >= {"F", "M"}, "groups by sex")
    check(all(group["small"] for group in report["by"]["groups"]), "a group of a few pairs is not said to be small")
    links = rows_of(pairs)
    check(len(links) == sum(report["links"].values()), f"{len(links)} pairs written")
    check(any(row["birth_date_level"] == "birth date the same" for row in links), "levels are not in words")
    check(all(abs(1 / (1 + 2 ** -float(row["bits"])) - float(row["probability"])) < 1e-9 for row in links), "probability is not of the weight")
    check(len(rows_of(clusters)) == report["records"], "not every record has a person")
    again = report_of(journey, a, b, "--model", model, "--truth", "person")
    check(again["pairwise"]["at_accept"] == report["pairwise"]["at_accept"], "the saved model links otherwise")
    for_splink(journey, a, b, model)

    best = max((row for row in links if row["state"] == "accepted"), key=lambda row: float(row["bits"]))
    story = json.loads(journey.run("explain", a, b, "--model", shipped, "--ids", f"{best['id_l']},{best['id_r']}", "--json"))
    check(story["together"] and abs(sum(s["bits"] + s["frequency_bits"] for s in story["steps"]) - float(best["bits"])) < 1e-6, "the steps do not add up")
    check(story["how"], "no step built the person")
    check("Total" in journey.run("explain", a, b, "--model", shipped, "--ids", "a01,b02"), "no waterfall")

    for words, part in ((["--accept", "2", "--review", "5"], "--review"), (["--by", "sex"], "--by"), (["--columns", "colour=sex"], "colour"),
                        (["--id", "nothing"], "nothing"), (["--truth", "nothing"], "nothing"), (["--mode", "merge"], "--mode"),
                        (["--pairs", journey.folder / "nowhere" / "p.csv"], "nowhere"), (["--accept", "nan"], "--accept"),
                        (["--truth-id-pattern", "(("], "--truth-id-pattern"), (["--model", a], "register_a.csv")):
        journey.run("link", a, b, *words, expect=2)
        check(part in journey.problems and journey.problems.count("\n") == 1, f"{words}: {journey.problems}")
    journey.run("explain", a, b, "--ids", "a01,zzz", expect=2)
    check("zzz" in journey.problems, journey.problems)
    interrupted_link(journey, a)


def splink_model(levels):
    """A model in Splink's format: {column: (m, u) of the exact level}."""
    comparisons = []
    for column, (m, u) in levels.items():
        left, right = f'"{column}_l"', f'"{column}_r"'
        comparisons.append({"output_column_name": column, "comparison_levels": [
            {"sql_condition": f"{left} IS NULL OR {right} IS NULL", "label_for_charts": "Null", "is_null_level": True},
            {"sql_condition": f"{left} = {right}", "label_for_charts": "Exact", "m_probability": m, "u_probability": u},
            {"sql_condition": "ELSE", "label_for_charts": "All other", "m_probability": 1 - m, "u_probability": 1 - u}]})
    return {"link_type": "link_only", "sql_dialect": "duckdb", "unique_id_column_name": "id", "probability_two_random_records_match": 0.01,
            "blocking_rules_to_generate_predictions": [{"blocking_rule": 'l."surname" = r."surname"', "sql_dialect": "duckdb"}],
            "comparisons": comparisons}


def splink(journey):
    """A model of Splink's own, over plain CSV files."""
    data = journey.source / "tests" / "data" / "link"
    a, b = data / "register_a.csv", data / "register_b.csv"
    levels = {"forename": (0.9, 0.01), "dob": (0.95, 0.001)}
    model, pairs, saved = (journey.folder / name for name in ("splink.json", "pairs.csv", "saved.json"))
    model.write_text(json.dumps(splink_model(levels)))
    report = report_of(journey, a, b, "--model", model, "--truth", "person", "--by", "sex", "--pairs", pairs, "--save-model", saved, "--review", -20)
    check_report(report)
    links = rows_of(pairs)
    check(any(row["dob_level"] == "Exact" for row in links), "no pair with the same birth date")
    for row in links:
        bits = math.log2(0.01 / 0.99)
        for column, (m, u) in levels.items():
            ratio = {"Exact": m / u, "All other": (1 - m) / (1 - u), "missing": 1}[row[column + "_level"]]
            bits += math.log2(ratio)
        check(abs(bits - float(row["bits"])) < 1e-6, f"{row}: {bits}")
    for row in (links[0], links[-1]):
        story = journey.json("explain", a, b, "--model", model, "--review", -20, "--ids", f"{row['id_l']},{row['id_r']}")
        check(abs(sum(s["bits"] + s["frequency_bits"] for s in story["steps"]) - float(row["bits"])) < 1e-6, f"{row}: {story}")
        check([s["level"] for s in story["steps"][1:]] == [row[column + "_level"] for column in levels], f"{row}: {story}")
        check(story["rules"] == ['l."surname" = r."surname"'], f"rules {story['rules']}")
    check(report_of(journey, a, b, "--model", saved, "--truth", "person", "--review", -20)["links"] == report["links"], "the saved model links otherwise")

    model.write_text(json.dumps(splink_model({**levels, "shoe_size": (0.5, 0.1)})))
    journey.run("link", a, b, "--model", model, expect=2)
    check("shoe_size" in journey.problems, journey.problems)
    broken = splink_model(levels)
    broken["comparisons"][1]["comparison_levels"][1]["sql_condition"] = "soundalike(dob_l, dob_r)"
    model.write_text(json.dumps(broken))
    journey.run("link", a, b, "--model", model, expect=2)
    check("soundalike" in journey.problems and "dob" in journey.problems, journey.problems)


def access(journey):
    """From one person with every role to a unit in which nobody can do everything."""
    files = journey.make_city(150)
    journey.run("workspace", "load", journey.workspace, *files)
    journey.run("workspace", "link", journey.workspace)
    urn = journey.json("schools", journey.workspace)[0]["urn"]
    secrets = {}
    for name, role in (("Olive", "key_officer"), ("Stan", "data_steward"), ("Gwen", "governance_auditor"), ("Ana", "analyst")):
        secrets[name] = journey.folder / name
        secrets[name].write_text(f"{name} mends the old harbour wall\n")
        journey.run("access", "add", journey.workspace, "--of", name, "--roles", role, "--new-passphrase-file", secrets[name])
    check(not json.loads(journey.run("access", "list", journey.workspace, "--json"))["roles_separated"], "roles look separated too early")
    journey.run("access", "retire", journey.workspace, "--of", "Journey", secret=secrets["Olive"])
    listed = json.loads(journey.run("access", "list", journey.workspace, "--json"))
    check(listed["roles_separated"] and sum(user["active"] for user in listed["users"]) == 4, f"{listed}")
    journey.run("overview", journey.workspace, "--school", urn, expect=1)

    journey.run("overview", journey.workspace, "--school", urn, "--json", "--user", "Ana", secret=secrets["Ana"])
    for who, words in (("Ana", ("workspace", "link")), ("Ana", ("workspace", "load")), ("Gwen", ("schools",)), ("Olive", ("schools",)),
                       ("Stan", ("access", "retire"))):
        more = {"load": files[:1], "retire": ["--of", "Ana"]}.get(words[-1], [])
        journey.run(*words, journey.workspace, *more, secret=secrets[who], expect=1)
        check("roles" in journey.problems and "audit log" in journey.problems, f"{who} {words}: {journey.problems}")
    journey.run("access", "roles", journey.workspace, "--of", "Ana", "--roles", "data_steward", secret=secrets["Olive"], expect=1)
    journey.run("access", "roles", journey.workspace, "--of", "Ana", "--roles", "data_steward", "--second", "Stan",
                "--second-passphrase-file", secrets["Stan"], secret=secrets["Olive"])
    journey.run("workspace", "link", journey.workspace, secret=secrets["Ana"])
    journey.run("access", "roles", journey.workspace, "--of", "Ana", "--roles", "harbour_master", "--second", "Stan",
                "--second-passphrase-file", secrets["Stan"], secret=secrets["Olive"], expect=2)
    check("harbour_master" in journey.problems, journey.problems)


def linkage(journey):
    """Models, explanations and the log of persons of a workspace."""
    files = journey.make_city(150)
    journey.run("workspace", "link", journey.workspace, expect=2)
    check("Nothing is loaded yet." in journey.problems, journey.problems)
    journey.run("workspace", "load", journey.workspace, *files)
    journey.run("workspace", "link", journey.workspace)
    journey.run("workspace", "link", journey.workspace, "--estimate")
    models = journey.json("model", "list", journey.workspace)
    check([(m["origin"], m["status"], m["in_use"]) for m in models] == [("shipped", "approved", True), ("estimated", "draft", False)], f"{models}")
    digest = models[1]["sha256"][:12]
    journey.run("model", "use", journey.workspace, digest, expect=2)
    check("roles not separated" in journey.run("model", "approve", journey.workspace, digest, "--note", "looked at"), "the roles are not named")
    journey.run("model", "use", journey.workspace, digest)
    journey.run("workspace", "link", journey.workspace)
    runs = journey.json("workspace", "persons", journey.workspace, "--changes")
    check([run["model"][:12] == digest for run in runs] == [True, False], f"{runs}")
    check(all(run["merged"] + run["split"] <= len(run["changes"]) for run in runs), "changes that are not in the log")

    data, saved = journey.source / "tests" / "data" / "link", journey.folder / "saved.json"
    journey.run("link", data / "register_a.csv", data / "register_b.csv", "--save-model", saved)
    journey.run("model", "add", journey.workspace, saved)
    check(len(journey.json("model", "list", journey.workspace)) == 3, "a model that was saved for Splink is not taken in")
    saved.write_text(json.dumps(splink_model({"forename": (0.9, 0.01)})))
    journey.run("model", "add", journey.workspace, saved, expect=2)
    check("a model of Splink" in journey.problems, journey.problems)

    truth = journey.folder / "city" / "truth"
    evaluation = journey.json("evaluate", journey.workspace, truth, "--by", "community")
    groups = evaluation["linkage"]["by"]
    check(sum(group["records"] for group in groups) == evaluation["linkage"]["records"] and len(groups) > 3, f"{groups}")
    persons = {}
    for row in rows_of(truth / "persons.csv"):
        persons.setdefault(row["person_id"], []).append(row)
    one, other = next(rows for rows in persons.values() if len({row["agency"] for row in rows}) > 1)[:2]
    records = ",".join(f"{row['agency']}/{row['dataset']}/{row['person_ref']}" for row in (one, other))
    story = journey.json("explain", journey.workspace, "--records", records)
    check("names" not in story["records"][0] and one["surname"] not in json.dumps(story), "a name without a reason")
    journey.run("explain", journey.workspace, "--records", records, "--reason", "short", expect=2)
    named = journey.json("explain", journey.workspace, "--records", records, "--reason", "check of a doubtful link")
    check(named["records"][0]["names"], "no names in spite of a reason")

    next_secret = journey.folder / "next"
    next_secret.write_text("four grey herons at noon\n")
    journey.run("workspace", "passwd", journey.workspace, "--new-passphrase-file", next_secret)
    journey.run("workspace", "info", journey.workspace, expect=1)
    journey.run("workspace", "info", journey.workspace, secret=next_secret)


def main():
    name, program, source = sys.argv[1:4]
    journey = Journey(program, source)
    try:
        {"city": city, "truth": truth, "refusals": refusals, "real_files": real_files, "slide": slide, "csv": csv, "splink": splink, "linkage": linkage, "access": access}[name](journey)
    finally:
        shutil.rmtree(journey.folder, ignore_errors=True)
    print(f"journey {name}: done")


if __name__ == "__main__":
    main()
