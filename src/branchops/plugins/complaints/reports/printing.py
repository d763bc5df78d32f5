"""Prints of registers: the digest over the lines, the copy number, the supplement of what came later."""

from __future__ import annotations

import hashlib
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
        digest=digest_of(lines),
    )


def digest_of(what: Any) -> str:
    """SHA-256 (hex) over the content of lines or pages: the same entries give the same digest in every copy."""
    return hashlib.sha256(msgspec.json.encode(_plain(what), order="sorted", enc_hook=str)).hexdigest()


def _plain(what: Any) -> Any:
    if isinstance(what, msgspec.Struct):
        return {name: _plain(getattr(what, name)) for name in what.__struct_fields__}
    if isinstance(what, dict):
        return {str(key): _plain(value) for key, value in what.items() if key != "_entered"}
    return [_plain(one) for one in what] if isinstance(what, (list, tuple)) else what
