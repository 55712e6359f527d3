"""SQL stands only where databases are opened, and some of SQLite is used nowhere.

One place opens handles, and gives each its key before anything is read: nowhere is a way back to a file in the clear.
sqlite3_serialize and VACUUM INTO copy what should stay where it is, rekey in place can lose a
file, and extensions are foreign code (the access decisions say more).
"""

import re

from common import finding, line_of, main

AT_HOME = ("core/store/", "core/extract/", "core/workspace/", "core/release/", "core/custody/")
OPENER = "core/store/connection.cpp"
OPENS = re.compile(r"\bsqlite3_open(?:16|_v2)?\s*\(")
SQL = re.compile(
    r"^\s*(?:SELECT\s+[\w*('\"]|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+.*\sAS\s*\("
    r"|CREATE\s+(?:TEMP\s+|UNIQUE\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s|DROP\s+(?:TABLE|INDEX|VIEW|TRIGGER)\s|ALTER\s+TABLE\s|PRAGMA\s+\w"
    r"|ATTACH\s|DETACH\s|VACUUM\b|BEGIN\s+(?:IMMEDIATE|EXCLUSIVE|DEFERRED|TRANSACTION)|ROLLBACK\s*;?\s*$|COMMIT\s*;?\s*$)"
    r"|\bFROM\s+\w+\s+(?:WHERE|JOIN|ORDER\s+BY|GROUP\s+BY)\s",
    re.DOTALL,
)
FORBIDDEN = {
    "sqlite3_serialize": re.compile(r"\bsqlite3_serialize\b"),
    "VACUUM INTO": re.compile(r"\bVACUUM\s+(?:\w+\s+)?INTO\b", re.IGNORECASE),
    "rekey": re.compile(r"\bPRAGMA\s+(?:\w+\.)?(?:hex)?rekey\b|\bsqlite3_rekey(?:_v2)?\b", re.IGNORECASE),
    # Its name alone is fine: it is switched off and denied by name.
    "load_extension": re.compile(
        r"\bsqlite3_(?:enable_)?load_extension\b|\bload_extension\s*\(|_ENABLE_LOAD_EXTENSION\s*,\s*1", re.IGNORECASE
    ),
}


def check(tree):
    found = []
    for source in tree.cpp("core", "ui", "app", "tests"):
        for what, pattern in FORBIDDEN.items():
            # A test may name what it proves to be refused.
            text = source.code if source.path.startswith("tests/") else source.spoken
            for match in pattern.finditer(text):
                found.append(finding(source.path, line_of(text, match.start()), f"{what} is not used in this project"))
        if not source.path.startswith((OPENER, "tests/")):
            for match in OPENS.finditer(source.code):
                found.append(finding(source.path, line_of(source.code, match.start()), f"handles are opened, and keyed, in {OPENER}"))
        if source.path.startswith(AT_HOME + ("tests/",)):
            continue
        for line, text in source.strings:
            if SQL.search(text):
                found.append(finding(source.path, line, "SQL belongs into core/store, core/extract or core/workspace"))
    return found


BAD = [
    ("a query in an engine", {"core/link/a.cpp": 'auto a = "SELECT a FROM b";\n'}, "SQL belongs"),
    ("a raw string", {"ui/people/a.cpp": 'auto a = R"(\n  UPDATE b SET c = 1)";\n'}, "SQL belongs"),
    ("a pragma", {"app/cli/a.cpp": 'auto a = "PRAGMA user_version";\n'}, "SQL belongs"),
    ("a later part of a query", {"core/link/a.cpp": 'auto a = f("x FROM b WHERE c = 1");\n'}, "SQL belongs"),
    ("a handle of its own", {"core/custody/a.cpp": "sqlite3_open_v2(a, &b, c, nullptr);\n"}, "opened, and keyed"),
    ("a plaintext image", {"core/store/a.cpp": "auto a = sqlite3_serialize(b, c, d, 0);\n"}, "sqlite3_serialize"),
    ("a copy by VACUUM", {"core/store/a.cpp": "auto a = \"VACUUM INTO 'x'\";\n"}, "VACUUM INTO"),
    ("a new key in place", {"core/workspace/a.cpp": 'auto a = "PRAGMA rekey = 1";\n'}, "rekey"),
    ("an extension", {"core/store/a.cpp": "sqlite3_load_extension(a, b, c, d);\n"}, "load_extension"),
    ("a test that uses it", {"tests/core/store/a.cpp": "sqlite3_serialize(a, b, c, 0);\n"}, "sqlite3_serialize"),
    ("an extension by SQL", {"core/store/a.cpp": "auto a = \"SELECT load_extension('x')\";\n"}, "load_extension"),
    ("extensions allowed", {"core/store/a.cpp": "f(a, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1);\n"}, "load_extension"),
]
GOOD = {
    "core/store/a.cpp": 'auto a = "SELECT a FROM b";\nf(c, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);\nif (g == "load_extension") h();\n// never sqlite3_serialize\n',
    "core/store/connection.cpp": "sqlite3_open_v2(a, &b, c, nullptr);\n",
    "core/workspace/a.cpp": 'auto a = R"(INSERT INTO b VALUES (?1))";\n',
    "ui/people/a.cpp": 'auto a = tr("Select a pupil from the list");\nauto b = "Update the link";\nauto c = "With care";\n',
    "tests/core/a.cpp": 'auto a = "DELETE FROM b";\nauto d = "VACUUM INTO \'x\'";\n',
}

if __name__ == "__main__":
    main(check, BAD, GOOD)
