"""What the people floor costs a command that only reads."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "cryptography",
    "argon2",
    "sqlite3",
    "tomllib",
    "getpass",
    "hashlib",
    "difflib",
    "rich",
    "typer",
    "sqlite_utils",
}


@pytest.mark.parametrize("room", ["events", "rows", "staff", "rules", "keys", "attest", "masking"])
def test_importing_a_room_loads_nothing_heavy(room: str) -> None:
    code = f"import sys, branchops.core.people.{room}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
