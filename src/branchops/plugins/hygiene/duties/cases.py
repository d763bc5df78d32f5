"""Duties of single records: rooms after use, materials out, fails to put right, violations, the microwave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from branchops.api import (
    N_,
    Ask,
    Duty,
    Facts,
    duty,
    end_of_day,
    within_business_days,
    within_minutes,
)
from branchops.plugins.hygiene.duties.shared import counted
from branchops.plugins.hygiene.events.violations import ADMIN
from branchops.plugins.hygiene.rules.daily import STEWARD
from branchops.plugins.hygiene.rules.funding import owed_back
from branchops.plugins.hygiene.rules.zoning import CLEANER
from branchops.plugins.hygiene.views.cleaning import Loan, RoomUse
from branchops.plugins.hygiene.views.fund import Purse
from branchops.plugins.hygiene.views.inspection import Inspection
from branchops.plugins.hygiene.views.violation import Violation
from branchops.plugins.hygiene.views.zones import Asset, Zone

OPEN = {"open": True}
MONEY = {
    "rows": Ask("hygiene.violation", lambda _row, _: {"offender": "staff"}, many=True),
    "lines": Ask("hygiene.fund-line", lambda _row, _: {}, many=True),
}


@duty("hygiene.meeting-room-after-use", view="hygiene.room-use", where=OPEN)
def meeting_room_after_use(row: RoomUse, facts: Facts) -> Iterator[Duty]:
    """Doc2 VII.3: cleaned promptly after use, by who booked it; for customers and visitors the steward sees to it."""
    policy = facts.policy_at(row.recorded)
    limit = within_minutes(row.used_at, policy.get("hygiene.room.within", 30), facts.calendar, False)
    met = (
        counted(row.cleaned_at, row.cleaned_recorded, facts.calendar)
        if row.cleaned_at and row.cleaned_recorded
        else None
    )
    yield Duty(
        rule="hygiene.meeting-room-after-use",
        subject=row.id,
        title=N_("Clean {room} after use"),
        args={"room": row.room},
        born=row.used_at,
        due=limit.due,
        who=row.booker,
        role="" if row.booker else STEWARD,
        met=met,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("hygiene.materials-returned", view="hygiene.loan", where=OPEN)
def materials_back(row: Loan, facts: Facts) -> Iterator[Duty]:
    """Doc2 V: "promptly" is the end of the day unless the branch says otherwise."""
    policy = facts.policy_at(row.recorded)
    days: int = policy.get("hygiene.materials.days", 0)
    limit = (
        within_business_days(row.taken_at, days, facts.calendar) if days else end_of_day(row.taken_at, facts.calendar)
    )
    met = None
    if row.returned_at and row.returned_recorded:
        met = counted(row.returned_at, row.returned_recorded, facts.calendar)
    yield Duty(
        rule="hygiene.materials-returned",
        subject=row.id,
        title=N_("Put back: {what}"),
        args={"what": row.what},
        born=row.taken_at,
        due=limit.due,
        who=row.who,
        met=met,
        policy=policy.version,
        steps=limit.steps,
    )


@duty("hygiene.penalise-poor-hygiene", view="hygiene.violation", where={"status": "reported"})
def confirm_or_drop(row: Violation, facts: Facts) -> Iterator[Duty]:
    """Doc2 VIII: what was reported about staff waits for the administration, and not for ever."""
    policy = facts.policy_at(row.recorded)
    if row.offender != "staff":
        return
    limit = within_business_days(row.recorded, policy.get("hygiene.confirm.within", 5), facts.calendar)
    yield Duty(
        rule="hygiene.penalise-poor-hygiene",
        subject=row.id,
        title=N_("Confirm or void the violation"),
        born=row.recorded,
        due=limit.due,
        role=ADMIN,
        met=row.confirmed_at,
        policy=policy.version,
        steps=limit.steps,
    )


@duty(
    view="hygiene.inspection",
    where=OPEN,
    asks={"zone": Ask("hygiene.zone", lambda row, _: f"zone-{row.zone}")},
)
def put_right(row: Inspection, facts: Facts) -> Iterator[Duty]:
    """Every fail that the checklist gives days for is put right by the zone's owner or contractor."""
    zone: Zone | None = facts["zone"]
    owner = zone.owner(facts.calendar.day_of(row.at)) if zone is not None else None
    who = row.owners[0] if row.owners else ""
    role = "" if who else (CLEANER if row.contractor else owner.names[0] if owner and owner.kind == "role" else STEWARD)
    policy = facts.policy_at(row.recorded)
    for one in row.failed:
        if not one.action_days:
            continue
        limit = within_business_days(row.recorded, one.action_days, facts.calendar)
        fixed = row.fixed.get(one.code)
        yield Duty(
            rule=one.rule,
            subject=f"{row.id}#{one.code}",
            title=N_("Put right: {code} in {zone}"),
            args={"code": one.code, "zone": row.zone},
            born=row.recorded,
            due=limit.due,
            who=who,
            role=role,
            met=counted(fixed.at, fixed.recorded, facts.calendar) if fixed else None,
            policy=policy.version,
            steps=limit.steps,
            critical=one.critical,
        )


@duty("hygiene.penalties-fund-activities", view="hygiene.purse", asks=MONEY)
def give_back(row: Purse, facts: Facts) -> Iterator[Duty]:
    """Doc2 VIII: what was paid for an occasion that no longer costs it goes back; a compensating entry settles it."""
    for name, amount in owed_back(facts["rows"], facts["lines"], facts).items():
        first = min(line.recorded for line in facts["lines"] if line.violation == name)
        yield Duty(
            rule="hygiene.penalties-fund-activities",
            subject=f"{row.id}#{name}",
            title=N_("Give back {amount} paid for {id}"),
            args={"amount": f"{row.currency} {amount}", "id": name},
            born=first,
            due=None,
            role=ADMIN,
            policy=facts.policy_at(first).version,
        )


@duty("hygiene.microwave-in-small-room", view="hygiene.asset", where={"misplaced": True})
def microwave_to_be_moved(row: Asset, facts: Facts) -> Iterator[Duty]:
    """Doc3 3.6: moved once; after that the checklist looks whether it still stands there."""
    listed = datetime.fromisoformat(row.listed_on).astimezone(UTC)
    policy = facts.policy_at(listed)
    if row.kind != "microwave" or row.gone or not row.misplaced:
        return
    limit = within_business_days(listed, 1, facts.calendar)
    yield Duty(
        rule="hygiene.microwave-in-small-room",
        subject=row.id,
        title=N_("Move {tag} from {zone} to {belongs}"),
        args={"tag": row.tag, "zone": row.zone, "belongs": row.belongs},
        born=listed,
        due=limit.due,
        role=STEWARD,
        policy=policy.version,
        steps=limit.steps,
    )
