"""The rota as rows: one a month, with who was due at first and who is due now."""

from __future__ import annotations

from datetime import date

import msgspec

from branchops.api import Recorded, View
from branchops.plugins.hygiene.events.rota import month_stream


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A duty day: `planned` is who was due at first, `who` who is due now, `via` how that came (plan, swap, cover)."""

    planned: str
    who: str
    via: str = "plan"
    reason: str = ""


class Rota(msgspec.Struct, frozen=True, kw_only=True):
    """A month's rota: duty days by ISO date, and the plans it was made of."""

    id: str
    people: tuple[str, ...]
    first: date
    last: date
    slots: dict[str, Slot]

    def slot(self, day: date) -> Slot | None:
        """The duty day of a date."""
        return self.slots.get(day.isoformat())


def _made(event: Recorded) -> Rota:
    data = event.data
    slots = {turn.day.isoformat(): Slot(planned=turn.who, who=turn.who) for turn in data.turns}
    return Rota(id=event.stream, people=data.people, first=data.first, last=data.last, slots=slots)


def _made_again(row: Rota, event: Recorded) -> Rota:
    """A later rota takes the days from its first one on; what was before stays."""
    new = _made(event)
    kept = {day: slot for day, slot in row.slots.items() if not new.first.isoformat() <= day <= new.last.isoformat()}
    return msgspec.structs.replace(new, slots={**kept, **new.slots})


def _swapped(row: Rota, event: Recorded) -> Rota:
    data = event.data
    slots = dict(row.slots)
    for day, now in ((data.day_a, data.who_b), (data.day_b, data.who_a)):
        old = slots.get(day.isoformat())
        if old is not None:
            slots[day.isoformat()] = msgspec.structs.replace(old, who=now, via="swap", reason=data.note)
    return msgspec.structs.replace(row, slots=slots)


def _covered(row: Rota, event: Recorded) -> Rota:
    data = event.data
    old = row.slots.get(data.day.isoformat())
    if old is None:
        return row
    new = msgspec.structs.replace(old, who=data.by, via="cover", reason=data.reason)
    return msgspec.structs.replace(row, slots={**row.slots, data.day.isoformat(): new})


def _months(event: Recorded) -> tuple[str, ...]:
    if event.type != "hygiene.turns-swapped":
        return (event.stream,)
    return tuple(sorted({month_stream(event.data.day_a), month_stream(event.data.day_b)}))


ROTA_VIEWS = (
    View(
        name="hygiene.rota",
        row=Rota,
        opens={"hygiene.rota-made": _made},
        folds={
            "hygiene.rota-made": _made_again,
            "hygiene.turns-swapped": _swapped,
            "hygiene.turn-covered": _covered,
        },
        key=_months,
    ),
)
