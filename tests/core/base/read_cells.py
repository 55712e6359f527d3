"""T-I3: reads a CSV file as a spreadsheet does, with nothing of ours: no cell is a formula, and no other cell is changed.

    read_cells.py FILE ORIGINALS        ORIGINALS has a cell a line, in hexadecimal
"""

import csv
import sys

STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def is_formula(cell):
    """Whether some spreadsheet runs it: leading blanks and double quotes are skipped, an apostrophe makes it text."""
    shown = cell.lstrip(' "')
    return not shown.startswith("'") and shown[:1] in STARTS and shown != ""


def main(path, originals):
    with open(originals, encoding="ascii") as file:
        wanted = [bytes.fromhex(line.strip()).decode() for line in file]
    with open(path, encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file, strict=True) for cell in row]
    if len(cells) != len(wanted):
        sys.exit(f"{len(cells)} cells, {len(wanted)} were written")
    formulas = [cell for cell in cells if is_formula(cell)]
    if formulas:
        sys.exit(f"{len(formulas)} formulas, the first is {formulas[0]!r}")
    changed = [(was, now) for was, now in zip(wanted, cells) if now not in (was, "'" + was)]
    if changed:
        sys.exit(f"{len(changed)} cells say something else: {changed[0]!r}")
    meant = sum(is_formula(was) for was in wanted)
    if meant * 5 < len(wanted) or meant == len(wanted):
        sys.exit(f"{meant} of {len(wanted)} cells were meant as formulas: the test says little")


if __name__ == "__main__":
    main(*sys.argv[1:])
