"""Every threat of resources/docs/threats.md has a test that says its number, and every number that a test says is there.

A test says it in the name or the tags of a TEST_CASE, in the name of a test in a CMakeLists.txt, or in a Python script.
"""

import re

from common import finding, line_of, main

PAGE = "resources/docs/threats.md"
ID = re.compile(r"\bT-[A-Z][0-9]+\b")
ROW = re.compile(r"^\| *(T-[A-Z][0-9]+) *\|(.*)\|\s*$", re.MULTILINE)
HEAD = re.compile(r"TEST_CASE(?:_METHOD)?\s*\(((?:[^()\"]|\"(?:\\.|[^\"\\])*\")*)\)")
FILE = re.compile(r"`(tests/[\w./-]+)`")
CELLS = 4  # After the number: the threat, what is done, what shows it, what is left.


def said_in(path, text):
    """The numbers that a test says: where a comment stands they are only mentioned."""
    if path.endswith(".cpp"):
        return {number for head in HEAD.findall(text) for number in ID.findall(head)}
    if path.endswith("CMakeLists.txt"):
        text = re.sub(r"#.*", "", text)
    return set(ID.findall(text))


def tests_of(tree):
    for path in tree.paths:
        if path.startswith("tests/") and not path.startswith("tests/lint/") and path.endswith((".cpp", ".h", ".py", "CMakeLists.txt")):
            yield path, tree.read(path) or ""


def row_problems(number, cells, said):
    """What is wrong with a row: its form, and the files that it says show it."""
    if len(cells) != CELLS or not all(cells):
        yield f"{number}: a row has a number, a threat, what is done, what shows it and what is left"
        return
    files = FILE.findall(cells[2])
    if not files:
        yield f"{number}: name the tests, as `tests/...`"
    for path in files:
        if path not in said:
            yield f"{number}: there is no {path}"
        elif number not in said[path]:
            yield f"{number}: no test in {path} says that number"


def check(tree):
    if not tree.has(PAGE):
        return []
    page = tree.read(PAGE)
    said = {path: said_in(path, text) for path, text in tests_of(tree)}
    found, rows = [], set()
    for match in ROW.finditer(page):
        number, line = match.group(1), line_of(page, match.start())
        if number in rows:
            found.append(finding(PAGE, line, f"{number} stands here twice"))
        rows.add(number)
        cells = [cell.strip() for cell in match.group(2).split("|")]
        found.extend(finding(PAGE, line, problem) for problem in row_problems(number, cells, said))
    for path, text in tests_of(tree):
        for match in ID.finditer(text):
            if match.group(0) not in rows:
                found.append(finding(path, line_of(text, match.start()), f"{match.group(0)} is not in {PAGE}"))
    return found


TEST = "tests/core/base/a_test.cpp"
TAGGED = 'TEST_CASE("a test (with brackets)", "[base][T-A1]") {}\n'


def page(*rows):
    return {PAGE: "# Threats\n\n| number | threat | done | shown by | left |\n|---|---|---|---|---|\n" + "".join(row + "\n" for row in rows)}


FIRST = f"| T-A1 | theft | locked | `{TEST}` | paper |"
BAD = [
    ("a threat without a test", {**page(FIRST), TEST: 'TEST_CASE("a", "[base]") {}\n'}, "no test in"),
    ("a threat that a comment mentions", {**page(FIRST), TEST: "// T-A1\n"}, "no test in"),
    ("a test of another threat", {**page(FIRST), TEST: TAGGED + 'TEST_CASE("T-B2: b") {}\n'}, "T-B2 is not in"),
    ("a file that is not there", page(FIRST), "there is no"),
    ("a row without a test", {**page("| T-A1 | theft | locked | a look at it | paper |"), TEST: TAGGED}, "name the tests"),
    ("a row that is too short", {**page(f"| T-A1 | theft | `{TEST}` |"), TEST: TAGGED}, "a row has"),
    ("a row twice", {**page(FIRST, FIRST), TEST: TAGGED}, "twice"),
    ("a script", {**page(FIRST), TEST: TAGGED, "tests/residue/a.py": '"""T-C9: something."""\n'}, "T-C9 is not in"),
]
GOOD = {
    **page(FIRST, "| T-M2 | a file | none | `tests/residue/CMakeLists.txt`, `tests/residue/a.py` | paper |"),
    TEST: "// T-A1 is tested here.\n" + TAGGED,
    "tests/residue/CMakeLists.txt": "add_test(NAME residue.T-M2.day COMMAND a)  # T-A1\n",
    "tests/residue/a.py": 'def a():\n    """T-M2: no file."""\n',
}

if __name__ == "__main__":
    main(check, BAD, GOOD)
