"""Importing a real complaint file with rules and views, against `sqlite-utils insert --csv` of the same file."""

from __future__ import annotations

import gzip
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line, rounds

FILE = Path(__file__).parents[2] / "shared" / "data" / "complaints" / "cfpb_2015q1_28k.csv.gz"


def lines(folder: Path, *, quick: bool, large: bool) -> Iterator[Line]:
    """The public file of 28,156 complaints; left out, with a word, where it is not at hand."""
    _ = large
    if not FILE.is_file():
        print(f"  skip  import: {FILE.name} is not at hand")
        return
    plain = folder / "complaints.csv"
    plain.write_bytes(gzip.decompress(FILE.read_bytes()))
    numbers = itertools.count()
    count = 1 if quick else 5
    base = [sys.executable, "-m", "branchops"]
    environs = [
        {**os.environ, "BRANCHOPS_STORE": str(folder / f"import-{number}"), "BRANCHOPS_AS": "chen"}
        for number in range(count + 1)
    ]
    for environ in environs:
        made = [*base, "init", "--outlet", "0301", "--name", "R", "--head", "chen", "--quiet"]
        subprocess.run(made, env=environ, check=True, capture_output=True)

    def ours() -> None:
        subprocess.run([*base, "import", "cfpb", str(plain)], env=environs.pop(), check=True, capture_output=True)

    def peer() -> None:
        database = folder / f"peer-{next(numbers)}.db"
        argv = [sys.executable, "-m", "sqlite_utils", "insert", str(database), "c", str(plain), "--csv"]
        subprocess.run(argv, check=True, capture_output=True)

    found = rounds({"ours": ours, "peer": peer}, count)
    detail = f"{found['ours']:.2f} s vs {found['peer']:.2f} s"
    yield Line(
        "import 28,156 complaints with rules and views",
        "sqlite-utils insert --csv",
        found["ours"] / found["peer"],
        0.5,
        0.5,
        True,
        detail,
    )
