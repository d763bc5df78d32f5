"""Zones, their owners, the rooms they cover, and the assets in them. Everything is dated, nothing is moved back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from branchops.api import Event, event_types

ZoneKind = Literal["public", "personal", "office", "outside", "other"]
OwnerKind = Literal["person", "role", "contractor", "rota"]


class RoomListed(Event, frozen=True):
    """The outlet has a room from a day on. Stream: `place-<code>`."""

    code: str
    name: str
    since: date


class ZoneDrawn(Event, frozen=True):
    """A zone covers these rooms from a day on. Stream: `zone-<code>`. Drawn again, it covers what is said then."""

    code: str
    kind: ZoneKind
    en: str
    zh: str
    since: date
    rooms: tuple[str, ...] = ()


class OwnerSet(Event, frozen=True):
    """A zone has an owner from a day on: a person or two who share it (staff ids), a role, the contractor, the rota."""

    code: str
    kind: OwnerKind
    owners: tuple[str, ...]
    since: date


class ZoneClosed(Event, frozen=True):
    """A zone ends with a day."""

    code: str
    until: date


class AssetListed(Event, frozen=True):
    """A thing that is looked after: its kind, where it stands, where it belongs, who uses it. Stream: `asset-<tag>`."""

    tag: str
    kind: str
    zone: str
    belongs: str = ""
    users: tuple[str, ...] = ()


class AssetMoved(Event, frozen=True):
    """It stands in another zone now."""

    zone: str
    by: str


class AssetGone(Event, frozen=True):
    """The outlet has it no more; what a checklist asks of it is not applicable from now on."""

    reason: str = ""


ZONES = (
    *event_types("hygiene", RoomListed, state="hygiene.place"),
    *event_types("hygiene", ZoneDrawn, OwnerSet, ZoneClosed, state="hygiene.zone"),
    *event_types("hygiene", AssetListed, AssetMoved, AssetGone, state="hygiene.asset"),
)
