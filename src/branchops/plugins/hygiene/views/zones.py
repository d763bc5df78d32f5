"""Rooms, zones with their dated owners, assets."""

from __future__ import annotations

from datetime import date

import msgspec

from branchops.api import Recorded, View


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A room of the outlet."""

    id: str
    code: str
    name: str
    since: date


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for a zone from a day on: `kind` person, role, contractor or rota."""

    kind: str
    names: tuple[str, ...]
    since: date


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A zone: kind, names, rooms and owners in the order of their dates. `active` until it is closed."""

    id: str
    code: str
    kind: str
    en: str
    zh: str
    since: date
    rooms: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    until: date | None = None
    active: bool = True

    def owner(self, day: date) -> Owner | None:
        """The owner on a day: of those set by then the latest."""
        fitting = [owner for owner in self.owners if owner.since <= day]
        return max(fitting, key=lambda owner: owner.since) if fitting else None

    def there(self, day: date) -> bool:
        """Whether the zone exists on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def people(self, day: date) -> tuple[str, ...]:
        """The staff ids that own it on a day (none when a role, the contractor or the rota does)."""
        owner = self.owner(day)
        return owner.names if owner is not None and owner.kind == "person" else ()


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """A thing looked after. `misplaced` as long as it stands where it does not belong."""

    id: str
    tag: str
    kind: str
    zone: str
    belongs: str
    users: tuple[str, ...]
    listed_on: str
    misplaced: bool = False
    gone: bool = False


def _drawn(event: Recorded) -> Zone:
    data = event.data
    return Zone(
        id=event.stream, code=data.code, kind=data.kind, en=data.en, zh=data.zh, since=data.since, rooms=data.rooms
    )


def _drawn_again(row: Zone, event: Recorded) -> Zone:
    new = _drawn(event)
    return msgspec.structs.replace(new, since=min(row.since, new.since), owners=row.owners)


def _owned(row: Zone, event: Recorded) -> Zone:
    data = event.data
    return msgspec.structs.replace(
        row, owners=(*row.owners, Owner(kind=data.kind, names=data.owners, since=data.since))
    )


def _asset(event: Recorded) -> Asset:
    data = event.data
    return Asset(
        id=event.stream,
        tag=data.tag,
        kind=data.kind,
        zone=data.zone,
        belongs=data.belongs,
        users=data.users,
        listed_on=event.recorded_at.isoformat(),
        misplaced=bool(data.belongs) and data.belongs != data.zone,
    )


def _moved(row: Asset, event: Recorded) -> Asset:
    zone = event.data.zone
    return msgspec.structs.replace(row, zone=zone, misplaced=bool(row.belongs) and row.belongs != zone)


ZONE_VIEWS = (
    View(
        name="hygiene.place",
        row=Place,
        opens={
            "hygiene.room-listed": lambda e: Place(id=e.stream, code=e.data.code, name=e.data.name, since=e.data.since)
        },
    ),
    View(
        name="hygiene.zone",
        row=Zone,
        opens={"hygiene.zone-drawn": _drawn},
        folds={
            "hygiene.zone-drawn": _drawn_again,
            "hygiene.owner-set": _owned,
            "hygiene.zone-closed": lambda row, e: msgspec.structs.replace(row, until=e.data.until, active=False),
        },
        index=("active", "kind"),
    ),
    View(
        name="hygiene.asset",
        row=Asset,
        opens={"hygiene.asset-listed": _asset},
        folds={
            "hygiene.asset-moved": _moved,
            "hygiene.asset-gone": lambda row, _e: msgspec.structs.replace(row, gone=True, misplaced=False),
        },
        index=("misplaced", "kind"),
    ),
)
