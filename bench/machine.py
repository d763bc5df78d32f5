"""Which machine and versions the figures are from."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version


def described() -> str:
    """One line on the machine, one on the versions."""
    names = ("branchops", "typer", "pluggy", "msgspec", "sqlite-utils", "eventsourcing")
    found = " ".join(f"{name} {_version(name)}" for name in names)
    return (
        f"{platform.platform()} · {os.cpu_count()} cores · Python {platform.python_version()}"
        f" · SQLite {sqlite3.sqlite_version}\n{found}"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return "absent"
