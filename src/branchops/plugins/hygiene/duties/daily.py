"""Daily duties: bins, desks, power, lunch, the public areas. A duty is met by a tick of its day, made on its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from branchops.api import N_, Duty, Facts, duty
from branchops.plugins.hygiene.duties.shared import ASKS, desks, done, has_public, of_day, on_duty
from branchops.plugins.hygiene.rules.common import DOC3, on
from branchops.plugins.hygiene.rules.daily import STEWARD, duty_bins, own_bins, rota_cleans, steward_supervises


@duty("hygiene.own-bin-emptied-daily", daily=True, asks=ASKS)
def own_bin_emptied_daily(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc2 IV: everybody present empties the own bin before going."""
    if own_bins(facts.policy_at(facts.calendar.open_of(day))):
        for who in desks(facts, day):
            yield of_day(
                facts, day, "hygiene.own-bin-emptied-daily", N_("Empty the own bin"), facts.calendar.close_of(day),
                who=who, subject=who, met=done(facts, "own-bin", who=who),
            )  # fmt: skip


@duty("hygiene.personal-area-daily", daily=True, asks=ASKS)
def personal_area_daily(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc3 II: everybody cleans the own area every day; tidying on leaving does it as well."""
    if on(facts.policy_at(facts.calendar.open_of(day)), DOC3):
        for who in desks(facts, day):
            yield of_day(
                facts, day, "hygiene.personal-area-daily", N_("Clean the own area"), facts.calendar.close_of(day),
                who=who, subject=who, met=done(facts, "personal-area", "tidy", who=who),
            )  # fmt: skip


@duty("hygiene.tidy-on-leaving", daily=True, asks=ASKS)
def tidy_on_leaving(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc3 4.2: everybody tidies area and desk on leaving; one tick serves both this and the daily cleaning."""
    if on(facts.policy_at(facts.calendar.open_of(day)), DOC3):
        for who in desks(facts, day):
            yield of_day(
                facts, day, "hygiene.tidy-on-leaving", N_("Tidy the desk on leaving"), facts.calendar.close_of(day),
                who=who, subject=who, met=done(facts, "tidy", "personal-area", who=who),
            )  # fmt: skip


@duty("hygiene.power-off-on-leaving", daily=True, asks=ASKS)
def power_off_on_leaving(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc3 3.9: everybody turns off what they use; the last one out signs for the main switch."""
    if not on(facts.policy_at(facts.calendar.open_of(day)), DOC3):
        return
    rule, close = "hygiene.power-off-on-leaving", facts.calendar.close_of(day)
    someone = False
    for who in desks(facts, day):
        someone = True
        yield of_day(
            facts, day, rule, N_("Turn off computer and screen"), close,
            who=who, subject=who, met=done(facts, "power", who=who),
        )  # fmt: skip
    if someone:
        who, role = on_duty(facts, day)
        yield of_day(
            facts, day, rule, N_("Main switch: the last one out signs"), facts.calendar.at(day, time(23, 59)),
            who=who, role=role, subject="main", met=done(facts, "last-out"),
        )  # fmt: skip


@duty("hygiene.all-bins-by-duty-person", daily=True, asks=ASKS)
def all_bins_by_duty_person(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc3 3.7: the duty person sees to it that all bins are empty before close; without one, the steward."""
    if duty_bins(facts.policy_at(facts.calendar.open_of(day))) and has_public(facts, day):
        who, role = on_duty(facts, day)
        yield of_day(
            facts, day, "hygiene.all-bins-by-duty-person", N_("Empty all bins"), facts.calendar.close_of(day),
            who=who, role=role, met=done(facts, "bins"),
        )  # fmt: skip


@duty("hygiene.daily-duty-rota", daily=True, asks=ASKS)
def daily_duty_rota(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc3 II: the duty person of the day cleans the public areas."""
    if rota_cleans(facts.policy_at(facts.calendar.open_of(day))) and has_public(facts, day):
        who, role = on_duty(facts, day)
        yield of_day(
            facts, day, "hygiene.daily-duty-rota", N_("Clean the public areas"), facts.calendar.close_of(day),
            who=who, role=role, met=done(facts, "public"),
        )  # fmt: skip


@duty("hygiene.public-area-steward", daily=True, asks=ASKS)
def public_area_steward(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc2 VII: the steward supervises the public areas every day."""
    if steward_supervises(facts.policy_at(facts.calendar.open_of(day))) and has_public(facts, day):
        holder = next(iter(facts.people.holders(STEWARD, day)), "")
        yield of_day(
            facts, day, "hygiene.public-area-steward", N_("Supervise the public areas"), facts.calendar.close_of(day),
            who=holder, role=STEWARD, met=done(facts, "supervise"),
        )  # fmt: skip


@duty("hygiene.clear-up-after-lunch", daily=True, asks=ASKS)
def clear_up_after_lunch(day: date, facts: Facts) -> Iterator[Duty]:
    """Doc3 3.6: the small meeting room is clear after lunch; who ate clears up, the duty person checks."""
    policy = facts.policy_at(facts.calendar.open_of(day))
    if on(policy, DOC3) and has_public(facts, day):
        who, role = on_duty(facts, day)
        due = facts.calendar.at(day, policy.get("hygiene.lunch.time", time(13, 30)))
        yield of_day(
            facts, day, "hygiene.clear-up-after-lunch", N_("Check the room after lunch"), due,
            who=who, role=role, met=done(facts, "lunch"),
        )  # fmt: skip
