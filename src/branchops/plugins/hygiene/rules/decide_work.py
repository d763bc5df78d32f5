"""Decisions on the daily work: the rota, ticks, clean-ups, rooms, zones, inspections. Validators judge after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from branchops.api import Entry, Policy
from branchops.plugins.hygiene.events import cleaning, inspections, rota, zones
from branchops.plugins.hygiene.rules.cleanups import stream_of
from branchops.plugins.hygiene.rules.daily import clean_stream


class MakeRota(msgspec.Struct, frozen=True, kw_only=True):
    """Make the rota of some days; `turns` are the fair plan's."""

    first: date
    last: date
    people: tuple[str, ...]
    turns: tuple[rota.Turn, ...]


def decide_make_rota(_state: object, command: MakeRota, _policy: Policy) -> list[Entry]:
    """One entry a month."""
    months: dict[str, list[rota.Turn]] = {}
    for turn in command.turns:
        months.setdefault(rota.month_stream(turn.day), []).append(turn)
    return [
        Entry(rota.RotaMade(first=command.first, last=command.last, people=command.people, turns=tuple(turns)), month)
        for month, turns in months.items()
    ]


class Swap(msgspec.Struct, frozen=True, kw_only=True):
    """Change turns."""

    day_a: date
    who_a: str
    day_b: date
    who_b: str
    consents: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    note: str = ""


def decide_swap(_state: object, command: Swap, _policy: Policy) -> Entry:
    """Two turns were changed."""
    return Entry(rota.TurnsSwapped(**msgspec.structs.asdict(command)), rota.month_stream(command.day_a))


class Cover(msgspec.Struct, frozen=True, kw_only=True):
    """Take somebody's turn."""

    day: date
    who: str
    by: str
    reason: str = ""


def decide_cover(_state: object, command: Cover, _policy: Policy) -> Entry:
    """One turn was taken over."""
    return Entry(rota.TurnCovered(**msgspec.structs.asdict(command)), rota.month_stream(command.day))


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A daily task is done."""

    day: date
    task: cleaning.Task
    who: str
    by: str
    left_on: tuple[str, ...] = ()
    note: str = ""


def decide_ticks(_state: object, command: tuple[Tick, ...], _policy: Policy) -> list[Entry]:
    """Many ticks in one command: a closing round."""
    return [Entry(cleaning.TaskDone(**msgspec.structs.asdict(one)), clean_stream(one.day)) for one in command]


class CleanUp(msgspec.Struct, frozen=True, kw_only=True):
    """A big clean-up took place."""

    held: cleaning.CleanUpHeld


def decide_clean_up(_state: object, command: CleanUp, _policy: Policy) -> Entry:
    """It was held."""
    return Entry(command.held, stream_of(command.held.planned))


class Attend(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's presence at a clean-up, recorded later or set right."""

    people: tuple[cleaning.Attendance, ...]


def decide_attend(_state: object, command: Attend, _policy: Policy) -> list[cleaning.AttendanceCorrected]:
    """Presence was recorded."""
    return [cleaning.AttendanceCorrected(**msgspec.structs.asdict(one)) for one in command.people]


class UseRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A room was used."""

    room: str
    booker: str = ""
    visitor: str = ""


def decide_use_room(_state: object, command: UseRoom, _policy: Policy) -> cleaning.RoomUsed:
    """It was used."""
    return cleaning.RoomUsed(**msgspec.structs.asdict(command))


class CleanRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A room was cleaned after use."""

    by: str
    note: str = ""


def decide_clean_room(_state: object, command: CleanRoom, _policy: Policy) -> cleaning.RoomCleaned:
    """It was cleaned."""
    return cleaning.RoomCleaned(by=command.by, note=command.note)


class Borrow(msgspec.Struct, frozen=True, kw_only=True):
    """Materials are taken to be consulted."""

    what: str
    who: str
    pieces: int = 1


def decide_borrow(_state: object, command: Borrow, _policy: Policy) -> cleaning.MaterialTaken:
    """They are out."""
    return cleaning.MaterialTaken(**msgspec.structs.asdict(command))


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """Materials are put back."""

    by: str


def decide_return(_state: object, command: Return, _policy: Policy) -> cleaning.MaterialReturned:
    """They are back."""
    return cleaning.MaterialReturned(by=command.by)


class Inspect(msgspec.Struct, frozen=True, kw_only=True):
    """A zone was inspected."""

    found: inspections.Inspected


def decide_inspect(_state: object, command: Inspect, _policy: Policy) -> inspections.Inspected:
    """It was looked at."""
    return command.found


class FinishAction(msgspec.Struct, frozen=True, kw_only=True):
    """A fail was put right."""

    code: str
    by: str
    verified_by: str = ""
    note: str = ""


def decide_finish_action(_state: object, command: FinishAction, _policy: Policy) -> inspections.ActionDone:
    """It was put right."""
    return inspections.ActionDone(**msgspec.structs.asdict(command))


ZoneEvent = zones.RoomListed | zones.ZoneDrawn | zones.OwnerSet | zones.ZoneClosed


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """Draw, own or close zones; list rooms."""

    events: tuple[ZoneEvent, ...]


def decide_draw(_state: object, command: Draw, _policy: Policy) -> Iterable[Entry]:
    """Each in the stream of its zone or room."""
    for event in command.events:
        yield Entry(event, f"{'place' if isinstance(event, zones.RoomListed) else 'zone'}-{event.code}")


class KeepAsset(msgspec.Struct, frozen=True, kw_only=True):
    """An asset is listed, moved, or gone."""

    event: zones.AssetListed | zones.AssetMoved | zones.AssetGone


def decide_asset(
    _state: object, command: KeepAsset, _policy: Policy
) -> zones.AssetListed | zones.AssetMoved | zones.AssetGone:
    """It happened to the asset."""
    return command.event
