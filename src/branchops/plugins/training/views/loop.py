"""From a complaint about attitude to competence regained: one row a complaint.

Complaints are known by the names of their event types alone; their data may be a struct or, without their plugin, a
plain dict. A row is `open` once the complaint is upheld, until each person concerned has gone all three steps.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from branchops.api import Recorded, View


class Steps(msgspec.Struct, frozen=True, kw_only=True):
    """One person's way: reflection, observation, competence; `lifted` when the customer was the abusive one."""

    reflected: datetime | None = None
    observed: datetime | None = None
    competent: datetime | None = None
    lifted: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.lifted or None not in (self.reflected, self.observed, self.competent)


class Loop(msgspec.Struct, frozen=True, kw_only=True):
    """What a complaint sets going. `upheld_at` None: not (yet) upheld; `satisfied` 0: nobody asked, else 1 to 5."""

    id: str
    about: tuple[str, ...] = ()
    cause: str = ""
    upheld_at: datetime | None = None
    steps: dict[str, Steps] = {}
    open: bool = False
    satisfied: int = 0


def field(data: Any, name: str, default: Any = "") -> Any:
    """A field of another plugin's event, whether it is a struct or a dict."""
    return data.get(name, default) if isinstance(data, dict) else getattr(data, name, default)


def _settled(row: Loop, **changes: Any) -> Loop:
    row = msgspec.structs.replace(row, **changes)
    steps = {staff: row.steps.get(staff, Steps()) for staff in (*row.about, *row.steps)}
    owed = row.upheld_at is not None and bool(row.about) and not all(steps[staff].done for staff in row.about)
    return msgspec.structs.replace(row, open=owed)


def _received(event: Recorded) -> Loop:
    return Loop(id=event.stream, about=tuple(field(event.data, "about", ())))


def _cause(row: Loop, event: Recorded) -> Loop:
    return _settled(row, cause=str(field(event.data, "code")))


def _resolved(row: Loop, event: Recorded) -> Loop:
    upheld = field(event.data, "outcome") in ("upheld", "partly")
    cause = str(field(event.data, "cause") or row.cause)
    return _settled(row, upheld_at=event.recorded_at if upheld else None, cause=cause)


def _surveyed(row: Loop, event: Recorded) -> Loop:
    return msgspec.structs.replace(row, satisfied=int(field(event.data, "score", 0)))


def _step(row: Loop, event: Recorded, name: str) -> Loop:
    staff = event.data.staff
    old = row.steps.get(staff, Steps())
    if name != "lifted" and getattr(old, name) is not None:
        return row
    value: Any = True if name == "lifted" else event.recorded_at
    return _settled(row, steps={**row.steps, staff: msgspec.structs.replace(old, **{name: value})})


def _competent(row: Loop, event: Recorded) -> Loop:
    passed = getattr(event.data, "passed", True)
    observed = row.steps.get(event.data.staff, Steps()).observed
    return _step(row, event, "competent") if passed and observed is not None else row


def _key(event: Recorded) -> str | tuple[str, ...]:
    return event.stream if event.type.startswith("complaints.") else (event.data.complaint or ())


LOOP = View(
    name="training.loop",
    row=Loop,
    opens={"complaints.received": _received},
    folds={
        "complaints.cause-found": _cause,
        "complaints.resolved": _resolved,
        "complaints.surveyed": _surveyed,
        "training.reflection-written": lambda row, event: _step(row, event, "reflected"),
        "training.observed": lambda row, event: _step(row, event, "observed"),
        "training.quiz-taken": _competent,
        "training.signed-off": _competent,
        "training.incident-noted": lambda row, event: _step(row, event, "lifted"),
    },
    key=_key,
    index=("open",),
)
