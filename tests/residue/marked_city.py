"""A city whose names, streets and references nobody can mistake for anything else, and the search for them."""

import csv
import re
import shutil

MARK = "wqxzjv"  # In no language, and not in any program: every name and every street of the city ends in it.
NAME_COLUMNS = {
    "forenames.csv": ("name",),
    "surnames.csv": ("surname",),
    "variants.csv": ("name",),
    "nicknames.csv": ("name", "nickname"),
    "streets.csv": ("street",),
}


def mark_names(source, target):
    """The lists that the city is drawn from, each name marked."""
    (target / "indicators").mkdir()  # By which the program knows a folder of resources.
    shutil.copytree(source, target / "names")
    for name, columns in NAME_COLUMNS.items():
        path = target / "names" / name
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            titles, rows = reader.fieldnames, list(reader)
        for row in rows:
            for column in columns:
                row[column] += MARK
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, titles, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def references(truth):
    """What the agencies call their people: ED1299709."""
    with (truth / "persons.csv").open(encoding="utf-8") as file:
        return {row["person_ref"] for row in csv.DictReader(file)}


class Search:
    """Looks for marks, references and secrets in bytes: as UTF-8 and as UTF-16, in either order of bytes."""

    def __init__(self, people, secrets):
        self.references = people
        self.secrets = dict(secrets)
        mark = MARK.encode()
        both = mark + mark.upper()
        letters = [bytes({both[i], both[i + len(mark)]}) for i in range(len(mark))]
        self.patterns = [
            re.compile(b"".join(b"[" + pair + b"]" for pair in letters)),
            re.compile(b"\0".join(b"[" + pair + b"]" for pair in letters)),
        ]
        self.numbers = [re.compile(rb"[A-Z]{2}\d{7}"), re.compile(rb"(?:[A-Z]\0){2}(?:\d\0){7}")]

    def is_reference(self, hit):
        return hit.group().replace(b"\0", b"").decode() in self.references

    def count(self, content):
        """{what: how often}; nothing that is not there."""
        found = {}
        for kind, pattern in zip(("a name or street", "a name or street (UTF-16)"), self.patterns):
            found[kind] = sum(1 for _ in pattern.finditer(content))
        for pattern in self.numbers:
            hits = sum(1 for hit in pattern.finditer(content) if self.is_reference(hit))
            found["a reference"] = found.get("a reference", 0) + hits
        for name, secret in self.secrets.items():
            found[name] = content.count(secret)
        return {kind: count for kind, count in found.items() if count}

    def around(self, content, width=60):
        """A few places with what stands around them, for whoever looks for the holder."""
        places = []
        for pattern in self.patterns + self.numbers:
            for hit in [hit for hit in pattern.finditer(content) if pattern in self.patterns or self.is_reference(hit)][:3]:
                places.append((hit.start(), content[max(0, hit.start() - width) : hit.end() + 20]))
        return places
