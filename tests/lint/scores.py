"""Nobody is scored, ranked or given a sum of risk: no word for it in what people read, what files hold, or what code keeps.

The count of new records in a pupil's family is the one number about a person that is made from several records. What
the program says and prints when it runs is looked at by tests/journey/journey.py, with the same words.
"""

import re

from common import finding, line_of, main

WORDS = (
    r"scor(?:e|es|ed|ing)|rank(?:s|ed|ing|ings)?|ratings?|rated|percentiles?|league table|likelihood|predict(?:s|ed|ion|ions|ive)?|"
    r"risk (?:level|sum|total|points?|index|band|category)|(?:high|highest|higher|medium|low|most|lowest)(?: at)?[- ]risk|"
    r"(?:total|sum) of (?:risk|points?|indicators)|(?:risk|points?|total|overall) (?:sum|total|points)|points in total|overall risk|"
    r"priority (?:list|order|pupils?)|worst pupils?|at greatest risk"
)
PATTERN = re.compile(rf"(?<![a-z])(?:{WORDS})(?![a-z])", re.IGNORECASE)
NAME = re.compile(r"\w*(?:[sS]core|[rR]anking|[rR]iskSum|[rR]iskLevel|[pP]ointsSum|[sS]umOfPoints|[tT]otalPoints|[rR]iskPoints)\w*")

# What may be said, and why. A denial is no score; links are between records; a questionnaire's value is the source's.
ALLOWED = (
    "scores nobody",
    "There are no scores",
    "adds up to a score",
    "gives no pupil a score or a rank",
    "predicts nothing",
    "It proves nothing, predicts ",
    "proves nothing, predicts nothing",
    "questionnaire score",
    "questionnaire, score",
    "sdq_score",
    "compare and score",
    "SdqScore",
)
# Linkage scores pairs of records, never people; these files speak of nothing else.
LINKAGE = re.compile(r"^(?:app/cli/(?:link|explain|model|metrics)_|core/workspace/(?:link|kept|pair|relink|evaluate|truth|reconcile)|ui/link|ui/pair)")
SPOKEN = ("ui", "app")
KEEPERS = ("core/indicator/", "core/briefing/", "core/workspace/", "ui/", "app/")


def words_in(text):
    """The words that say that somebody is scored or ranked; names in files count with blanks for underscores."""
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    text = text.replace("_", " ")
    return [match.group(0) for match in PATTERN.finditer(text)]


def in_strings(source):
    for line, text in source.strings:
        if text.endswith(".h") or LINKAGE.match(source.path):
            continue
        for word in words_in(text):
            yield line, f'"{word}" is said of people: nobody is scored or ranked'


def in_names(source):
    if LINKAGE.match(source.path):
        return
    for match in NAME.finditer(source.code):
        if match.group(0) not in ALLOWED:
            yield line_of(source.code, match.start()), f"{match.group(0)}: nothing keeps a score, a rank or a sum of risk"


def in_text(tree, path):
    comment = "--" if path.endswith(".sql") else "#"
    for number, line in enumerate((tree.read(path) or "").splitlines(), start=1):
        for word in words_in(line.split(comment)[0]):
            yield number, f'"{word}" is kept or said of people: nobody is scored or ranked'


def check(tree):
    found = []
    for source in tree.cpp("core", "ui", "app"):
        if not source.path.startswith(KEEPERS):
            continue
        spoken = source.path.split("/")[0] in SPOKEN or source.path.startswith("core/briefing/")
        problems = [*in_names(source), *(in_strings(source) if spoken else [])]
        found += [finding(source.path, line, message) for line, message in sorted(problems)]
    for path in tree.paths:
        if re.match(r"resources/(?:schema/.*\.sql|indicators/.*\.toml|.*\.ts)$", path):
            found += [finding(path, line, message) for line, message in in_text(tree, path)]
    return found


def source(line):
    return {"ui/people/page.cpp": f"void f() {{\n    {line}\n}}\n"}


BAD = [
    ("a score on a screen", source('label->setText(tr("Risk score"));'), "score"),
    ("a ranking on a screen", source('label->setText(tr("Pupils ranked by need"));'), "ranked"),
    ("a risk level on a screen", source('label->setText(tr("High risk"));'), "High risk"),
    ("a sum of points on a screen", source('label->setText(tr("Points in total: %1"));'), "Points in total"),
    ("a key of a JSON document", {"app/cli/drill_command.cpp": 'json::object o{{"risk_sum", 4}};\n'}, "risk sum"),
    ("a word of the briefing", {"core/briefing/draft.cpp": 'const char* k = "The likelihood of harm";\n'}, "likelihood"),
    ("a column of the schema", {"resources/schema/core_9.sql": "CREATE TABLE pupil (person INTEGER, risk_score INTEGER) STRICT;\n"}, "score"),
    ("a field of a reading", {"core/indicator/drill.h": "struct PupilRow {\n    int riskSum = 0;\n};\n"}, "riskSum"),
    ("a field of a page", {"core/workspace/drill.h": "struct Page {\n    int pupilScore = 0;\n};\n"}, "pupilScore"),
    ("a title of an indicator", {"resources/indicators/x.toml": 'title = "Overall risk"\n'}, "Overall risk"),
    ("a translation", {"resources/ui/fairlead_cy.ts": "<source>Risk rating</source>\n"}, "rating"),
]
GOOD = {
    "ui/start/page.cpp": 'void f() {\n    // A score would be wrong here.\n    label->setText(tr("It says where each\\n"\n        "figure comes from, and scores nobody."));\n}\n',
    "app/cli/link_command.cpp": 'const char* kTitle = "score of a pair";\n',
    "core/indicator/drill.h": "/// Never a score.\nstruct PupilRow {\n    int events = 0;\n};\n",
    "resources/schema/core.sql": "-- no score\nCREATE TABLE fact (kind INTEGER) STRICT;\n",
    "resources/indicators/sdq.toml": "kind = \"sdq_score\"  # the questionnaire's value\n",
}

if __name__ == "__main__":
    main(check, BAD, GOOD)
