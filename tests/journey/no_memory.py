#!/usr/bin/env python3
"""Usage: no_memory.py FAIRLEAD_CLI

Links a CSV file with ever more memory until there is enough: each run ends with its result, or with one plain sentence
and a code; none with a signal, and none leaves a part of a file."""

import random
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

STEP = 1 << 20
NO_MEMORY = (
    "There is not enough memory to go on. What was acknowledged is kept, and nothing is half done. "
    "Close other programs and start this one again.\n"
)


def run(limit: int, *words: str) -> subprocess.CompletedProcess[str]:
    """The program with so many bytes of addresses."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    return subprocess.run(words, preexec_fn=limited, capture_output=True, text=True, check=False, timeout=120)


def least(program: str) -> int:
    """Where the program and its libraries start at all: what happens below is theirs."""
    low, high = 0, 1 << 12
    while run(high * STEP, program, "--version").returncode != 0:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if run(middle * STEP, program, "--version").returncode == 0 else (middle, high)
    return high


def write_people(path: Path, count: int) -> None:
    draw = random.Random(20261122)
    names = ["".join(draw.choice(part) for part in ("BDKLMNRST", "aeiou", "lmnrst", "aeiou")) for _ in range(200)]
    lines = ["id,forename,surname,dob,postcode"]
    for number in range(count):
        year, month, day = draw.randint(2005, 2020), draw.randint(1, 12), draw.randint(1, 28)
        lines.append(
            f"{number},{draw.choice(names)},{draw.choice(names)},{year}-{month:02}-{day:02},BS{number % 9 + 1} {number % 7}AB"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    program = sys.argv[1]
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="fairlead-no-memory-") as place:
        people, clusters = Path(place) / "people.csv", Path(place) / "clusters.csv"
        write_people(people, 3000)
        words = (program, "link", str(people), "--mode", "dedupe", "--threads", "3", "--clusters", str(clusters))
        at, done = least(program), 0
        while done < 3:
            ended = run(at * STEP, *words)
            left = sorted(path.name for path in Path(place).iterdir())
            where = f"{at} MiB: {ended.returncode}: {ended.stderr}"
            if ended.returncode == 0:
                done += 1
                ends["done"] += 1
                assert left == ["clusters.csv", "people.csv"], f"{where}: {left}"
                assert len(clusters.read_text(encoding="utf-8").splitlines()) == 3001, where
                clusters.unlink()
            else:
                ends["sentence" if ended.stderr == NO_MEMORY else "error"] += 1
                assert ended.returncode == 1, where
                assert left == ["people.csv"], f"{where}: {left}"
                assert ended.stderr == NO_MEMORY or "no memory" in ended.stderr, where
            at += 1
    print(", ".join(f"{count} {end}" for end, count in sorted(ends.items())))
    assert ends["sentence"] > 0, "no run met want of memory"


main()
