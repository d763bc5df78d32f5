"""Zones and owners: who must own which, and what the two documents disagree about.

Invariant: every constraint looks at the zone's code as the catalogue of the pack names it (`gm-office`, `main-door`,
...); zones of the branch's own making are free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, enforces, reject, validator, warn
from branchops.plugins.hygiene.events import zones as ev
from branchops.plugins.hygiene.rules.common import DOC2, DOC3, on
from branchops.plugins.hygiene.views.zones import Asset, Place, Zone

GM_OFFICE = "gm-office"
CLEANER = "cleaner"
CLEANER_ZONES = ("main-door", "washrooms", "stairs", "corridors", "outer-glass")
SMALL_ROOM = "small-meeting-room"


def gm_owner(policy: Policy) -> str:
    """C2: the role that cleans the general manager's office; "" while both packs are on and nobody has chosen."""
    if on(policy, DOC2) and on(policy, DOC3):
        return str(policy.get("hygiene.zone.gm-office.owner", ""))
    if on(policy, DOC2):
        return "admin-assistant"
    return "gm-assistant" if on(policy, DOC3) else ""


@validator("hygiene.gm-office-by-admin-assistant", on=ev.OwnerSet)
def gm_office_by_admin_assistant(
    event: ev.OwnerSet, _state: Zone | None, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc2 VII.4: the administrative assistant cleans the general manager's office (unless document 3 was chosen)."""
    yield from _gm_office(event, policy, "admin-assistant")


@validator("hygiene.gm-office-by-gm-assistant", on=ev.OwnerSet)
def gm_office_by_gm_assistant(
    event: ev.OwnerSet, _state: Zone | None, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc3 3.4: the general manager's assistant cleans it, washroom included (unless document 2 was chosen)."""
    yield from _gm_office(event, policy, "gm-assistant")


def _gm_office(event: ev.OwnerSet, policy: Policy, role: str) -> Iterator[Verdict]:
    if event.code != GM_OFFICE:
        return
    chosen = gm_owner(policy)
    if not chosen and on(policy, DOC2) and on(policy, DOC3):
        yield reject(
            N_("The two documents name different people for the general manager's office."),
            N_("Choose: branchops policy set hygiene.zone.gm-office.owner admin-assistant|gm-assistant --reason R"),
        )
    elif chosen == role and (event.kind, event.owners) != ("role", (role,)):
        yield breach(
            N_("The general manager's office belongs to the role {role}, not to {owners}."),
            role=role,
            owners=", ".join(event.owners),
        )


@validator("hygiene.cleaner-zones", on=ev.OwnerSet)
def cleaner_zones(event: ev.OwnerSet, _state: Zone | None, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc2 VII.5: main door, washrooms, stairs, corridors and outer glass are the hired cleaner's."""
    if on(policy, DOC2) and event.code in CLEANER_ZONES and event.kind != "contractor":
        yield breach(
            N_("{code} is the hired cleaner's, not {owners}'s."), code=event.code, owners=", ".join(event.owners)
        )


@validator(on=(ev.OwnerSet, ev.ZoneDrawn, ev.ZoneClosed))
def zone_makes_sense(
    event: ev.OwnerSet | ev.ZoneDrawn | ev.ZoneClosed, state: Zone | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """An owner is set for a zone that exists; people are of the staff book."""
    if not isinstance(event, ev.ZoneDrawn) and state is None:
        yield reject(N_("There is no zone {code}."), N_("See: branchops hygiene zones list"), code=event.code)
    if isinstance(event, ev.OwnerSet) and event.kind == "person":
        unknown = [who for who in event.owners if not facts.people.knows(who)]
        if unknown or not event.owners:
            yield reject(
                N_("“{who}” is nobody on the staff book."), N_("The list: branchops staff list"), who=", ".join(unknown)
            )


@validator("hygiene.microwave-in-small-room", on=(ev.AssetListed, ev.AssetMoved), asks={
    "asset": Ask("hygiene.asset", lambda event, _: f"asset-{event.tag}" if isinstance(event, ev.AssetListed) else None)
})  # fmt: skip
def microwave_in_small_room(
    event: ev.AssetListed | ev.AssetMoved, state: Asset | None, _facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc3 3.6: the microwave stands in the small meeting room; elsewhere it is told of until it has been moved."""
    kind = event.kind if isinstance(event, ev.AssetListed) else (state.kind if state else "")
    if on(policy, DOC3) and kind == "microwave" and event.zone != SMALL_ROOM:
        yield warn(N_("The microwave belongs in the small meeting room, not in {zone}."), zone=event.zone)


@enforces("hygiene.applies-to-all-offices", "hygiene.public-area-defined")
def uncovered(places: Iterable[Place], zones: Iterable[Zone], day: date) -> list[Place]:
    """The rooms that no zone covers on a day: the rules hold for all offices, so none may be left out."""
    covered = {room for zone in zones if zone.there(day) for room in (*zone.rooms, zone.code)}
    return [place for place in places if place.since <= day and place.code not in covered]


def ownerless(zones: Iterable[Zone], day: date) -> list[Zone]:
    """The zones that nobody answers for on a day."""
    return [zone for zone in zones if zone.there(day) and zone.owner(day) is None]
