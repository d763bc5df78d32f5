"""Prints of registers: the digest over the lines, the copy number, the supplement of what came later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from branchops.api import PrintedRegister, Reading, stamp
from branchops.plugins.complaints.reports.registers import opinion_book, opinion_register
from branchops.plugins.complaints.views import Print

MAKERS = {"opinion-register": opinion_register, "opinion-book": opinion_book}


def copy_of(reading: Reading, name: str, *, supplement: bool = False) -> PrintedRegister:
    """The register of the period as its next copy; as a supplement only what was entered after the last print."""
    register = MAKERS[name](reading)
    before: Print | None = reading.row("complaints.print", f"{name}-{reading.period or 'all'}")
    lines = register.lines
    if supplement and before is not None:
        since = stamp(before.at)
        lines = tuple(line for line in lines if line["_entered"] > since)
    return msgspec.structs.replace(
        register,
        lines=lines,
        copy=1 if before is None or supplement else before.copies + 1,
        supplement=supplement,
        digest=digest_of(line["_mark"] for line in lines),
    )


def digest_of(what: Iterable[Any]) -> str:
    """SHA-256 (hex) over what a print or a return rests on, never over its words: every language and every mask of the
    same entries gives the same digest."""
    return hashlib.sha256(msgspec.json.encode(list(what))).hexdigest()
