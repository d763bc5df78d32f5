"""Files that entries name with their digest: are they still what they were when they were recorded?

Invariant: only bytes are compared. A file that is not there proves nothing either way, and is counted as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from branchops.core.errors import BranchOpsError, NotFound
from branchops.doing import file_digest
from branchops.session import Session


class KeptFile(NamedTuple):
    """A file that an entry names, and its state: same, changed or gone."""

    pos: int
    stream: str
    type: str
    name: str
    sha256: str
    state: str


def kept_files(run: Session) -> Iterator[KeptFile]:
    """The files of all entries of the types in the plugins' `Offer.files`: their `file` and `sha256`, in order."""
    types = sorted({name for _owner, offer in run.branch.registry.offers() for name in offer.files})
    for event in run.branch.ledger.read(types=types) if types else ():
        data: dict[str, Any] = event.data
        name, digest = data.get("file"), data.get("sha256")
        if name and digest:
            yield KeptFile(event.pos, event.stream, event.type, name, digest, _state(Path(name), digest))


def _state(path: Path, digest: str) -> str:
    try:
        return "same" if file_digest(path) == digest else "changed"
    except NotFound:
        return "gone"


def kept_or_none(run: Session) -> list[KeptFile]:
    """As `kept_files`; none when the branch cannot be read (a verification has more to say about that)."""
    try:
        return list(kept_files(run))
    except BranchOpsError:
        return []
