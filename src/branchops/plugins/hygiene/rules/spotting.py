"""Spot checks: drawn from a secret, committed to beforehand, checkable by everybody afterwards.

Invariant: `draw` and `commitment` are pure functions of seed and plan. The commitment is SHA-256 over
`branchops spot checks 1`, the days, the hours, the zones, the number of checks and the seed, each on its own line; the
draw takes its numbers from SHA-256(seed, counter), so that anybody with the revealed seed gets the same checks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, time
from typing import Protocol

import msgspec

from branchops.api import N_, Facts, Policy, Verdict, enforces, forbid, reject, validator
from branchops.plugins.hygiene.events import spotchecks as ev
from branchops.plugins.hygiene.events.violations import ADMIN
from branchops.plugins.hygiene.views.inspection import SpotPlan

RULE = "hygiene.random-spot-checks"


class Plan(Protocol):
    """What a plan fixes in the open."""

    @property
    def days(self) -> tuple[date, ...]: ...
    @property
    def zones(self) -> tuple[str, ...]: ...
    @property
    def checks(self) -> int: ...
    @property
    def start(self) -> time: ...
    @property
    def end(self) -> time: ...


class Check(msgspec.Struct, frozen=True, order=True):
    """One drawn check: day, wall time, zone."""

    day: date
    at: time
    zone: str


def commitment(plan: Plan, seed: str) -> str:
    """The SHA-256 (hex) that binds a plan to its seed."""
    lines = (
        "branchops spot checks 1",
        ",".join(day.isoformat() for day in plan.days),
        f"{plan.start:%H:%M}-{plan.end:%H:%M}",
        ",".join(plan.zones),
        str(plan.checks),
        seed,
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@enforces(RULE)
def draw(plan: Plan, seed: str) -> list[Check]:
    """The checks of a plan in order of time. Every zone comes once before one comes twice."""
    numbers = _numbers(seed)
    found = []
    pool: list[str] = []
    minutes = (plan.end.hour * 60 + plan.end.minute) - (plan.start.hour * 60 + plan.start.minute)
    for _ in range(plan.checks):
        if not pool:
            pool = sorted(plan.zones)
        zone = pool.pop(next(numbers) % len(pool))
        day = plan.days[next(numbers) % len(plan.days)]
        minute = plan.start.hour * 60 + plan.start.minute + next(numbers) % minutes
        found.append(Check(day, time(minute // 60, minute % 60), zone))
    return sorted(found)


def _numbers(seed: str) -> Iterator[int]:
    """128-bit numbers of a seed: far more than any range they are reduced to, so the bias is nil in practice."""
    counter = 0
    while True:
        yield int.from_bytes(hashlib.sha256(f"{seed}\n{counter}".encode()).digest()[:16])
        counter += 1


@validator(RULE, on=ev.SpotChecksPlanned)
def plan_is_the_administrations(
    event: ev.SpotChecksPlanned, _state: SpotPlan | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc2 VIII: the administration department draws spot checks, ahead of time."""
    today = facts.calendar.day_of(facts.now)
    actor = facts.record.actor if facts.record else ""
    if not facts.people.knows(actor) or not facts.people.holds(actor, ADMIN, today):
        yield forbid(
            N_("Spot checks are drawn by the administration department."),
            N_("Give the role: branchops staff role ID admin-dept"),
        )
    if not event.days or not event.zones or event.checks < 1 or event.end <= event.start:
        yield reject(
            N_("A plan needs days, hours, zones and at least one check."), N_("See: branchops hygiene zones list")
        )
    elif min(event.days) < today:
        yield reject(N_("Spot checks cannot be drawn for the past."), N_("Begin today or later."))
    if len(event.commitment) != 64:
        yield reject(N_("The plan carries no commitment."), N_("Let `branchops hygiene spotcheck plan` draw it."))


@validator(RULE, on=ev.SpotChecksRevealed)
def seed_is_the_one(
    event: ev.SpotChecksRevealed, state: SpotPlan | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """The seed shown is the one committed to, and it is shown when no check is left."""
    if state is None or not state.open:
        yield reject(N_("That plan is revealed already."), N_("See: branchops hygiene spotcheck list"))
        return
    if commitment(state, event.seed) != state.commitment:
        yield reject(
            N_("This is not the seed that was committed to."), N_("The sealed seed of the plan is used by itself.")
        )
    if facts.now < facts.calendar.at(max(state.days), state.end):
        yield reject(
            N_("The plan runs until {day}; revealing it now would announce its checks."), N_("Reveal it after that."),
            day=max(state.days),
        )  # fmt: skip


# --- what the commands decide


class PlanChecks(msgspec.Struct, frozen=True, kw_only=True):
    """Commit to a plan; its seed is in `plan` and sealed before it is stored."""

    plan: ev.SpotChecksPlanned
    commitment: str


def decide_plan(_state: object, command: PlanChecks, _policy: Policy) -> ev.SpotChecksPlanned:
    """A plan was committed to."""
    return msgspec.structs.replace(command.plan, commitment=command.commitment)


class RevealChecks(msgspec.Struct, frozen=True, kw_only=True):
    """Show the seed."""

    event: ev.SpotChecksRevealed


def decide_reveal(_state: object, command: RevealChecks, _policy: Policy) -> ev.SpotChecksRevealed:
    """The seed was shown."""
    return command.event
