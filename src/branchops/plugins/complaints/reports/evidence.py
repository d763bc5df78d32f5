"""Files kept as evidence: are they still what they were when their digest was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from branchops.api import Column, NotFound, Reading, Table, _, file_digest

KEPT = {"complaints.received": "file", "complaints.investigated": "file", "complaints.escalated": "copy"}


def evidence(reading: Reading) -> Table:
    """Art. 10(3): each file with its recorded digest: same, changed, or not where it was."""
    rows = list(_files(reading))
    columns = (
        Column("id", _("Id")),
        Column("type", _("Type"), shown=False),
        Column("file", _("File")),
        Column("state", _("State"), shown=False),
        Column("said", _("State")),
        Column("pos", _("Position"), kind="number"),
        Column("sha256", _("Digest"), shown=False),
    )
    return Table(columns, rows, title=_("Evidence"), notes=() if rows else (_("No files are kept."),))


def _files(reading: Reading) -> Iterator[dict[str, Any]]:
    words = {"same": _("same"), "changed": _("changed"), "gone": _("not there")}
    for event in reading.events(*KEPT):
        name, digest = getattr(event.data, KEPT[event.type]), event.data.sha256
        if not digest:
            continue
        try:
            state = "same" if file_digest(Path(name)) == digest else "changed"
        except NotFound:
            state = "gone"
        told = {"state": state, "said": words[state], "sha256": digest}
        yield {"id": event.stream, "type": event.type, "pos": event.pos, "file": name, **told}
