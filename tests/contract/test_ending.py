"""The console script ends at once, and yet nothing that it said or stored is lost."""

from __future__ import annotations

import json
import subprocess
import sys

from branchops.testing import BranchKit


def test_all_of_a_long_output_reaches_a_pipe(kit: BranchKit) -> None:
    for number in range(60):
        kit.ok("complaints", "receive", "--channel", "letter", "--gist", f"letter {number}")
    argv = [sys.executable, "-m", "branchops", "--store", str(kit.store), "log", "--json"]
    kit.close()
    said = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    assert len(said) > 20_000
    assert json.loads(said)[-1]["type"] == "complaints.received"


def test_the_exit_code_is_that_of_the_command(kit: BranchKit) -> None:
    argv = [sys.executable, "-m", "branchops", "--store", str(kit.store), "show", "C-1"]
    kit.close()
    assert subprocess.run(argv, capture_output=True, check=False).returncode == 10


def test_a_reader_who_goes_away_is_no_error(kit: BranchKit) -> None:
    for number in range(200):
        kit.ok("complaints", "receive", "--channel", "letter", "--gist", f"letter {number}")
    argv = [sys.executable, "-m", "branchops", "--store", str(kit.store), "log", "--json"]
    kit.close()
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0
