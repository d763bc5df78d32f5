"""`make bench`: ratios against raw sqlite3 and named peers, measured in one run, medians of interleaved rounds.

Every line is a ratio: times relative to the peer where lower is better ("at most"), throughput relative to the peer
where higher is better ("at least"). `--quick` does fewer rounds, `--large` builds a ledger of 1,000,000 events,
`--check` exits 3 when a floor is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import commands, events, growth, imports, machine, processes, reports, views

ROOMS = (commands, events, views, imports, processes, growth, reports)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--large", action="store_true", help="1,000,000 events where growth is measured (minutes)")
    parser.add_argument("--check", action="store_true", help="exit 3 when a floor is missed")
    parser.add_argument("rooms", nargs="*", help="only these: " + ", ".join(room.__name__[6:] for room in ROOMS))
    told = parser.parse_args()
    print(machine.described())
    missed = 0
    with tempfile.TemporaryDirectory(prefix="branchops-bench-") as folder:
        for room in ROOMS:
            if told.rooms and room.__name__[6:] not in told.rooms:
                continue
            for line in room.lines(Path(folder), quick=told.quick, large=told.large):
                print(line.shown(), flush=True)
                missed += not line.holds
    print(f"{missed} floor(s) missed" if missed else "all floors hold")
    return 3 if missed and told.check else 0


if __name__ == "__main__":
    sys.exit(main())
