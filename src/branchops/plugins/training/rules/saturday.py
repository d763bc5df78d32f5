"""On which Saturday mornings the house studies: the same odd weeks as the big clean-up (Doc3 II)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from branchops.api import Calendar, Occurrence, Policy, big_clean_dates

SATURDAY = 5
RULES = ("odd-iso-saturday", "anchor-date", "nth-saturday")


def study_saturdays(period: str, policy: Policy, calendar: Calendar) -> list[Occurrence]:
    """The study mornings of a period, those dropped or moved for a holiday included, with the reason of each.

    The clean-up's own settings rule where the hygiene plugin has them; without them, Saturdays of odd ISO weeks.
    """
    rule = policy.get("hygiene.bigclean.rule", RULES[0])
    anchor = policy.get("hygiene.bigclean.anchor")
    if rule not in RULES or (rule == "anchor-date" and anchor is None):
        rule = RULES[0]
    nth = tuple(int(n) for n in policy.get("hygiene.bigclean.nth", ("1", "3")))
    holiday = policy.get("hygiene.bigclean.holiday", policy.get("training.saturday.holiday", "skip"))
    found = big_clean_dates(period, rule, calendar, anchor=anchor, nth=nth, holiday=holiday)
    return [one for one in found if one.original_date.weekday() == SATURDAY]


def is_study_saturday(day: date, policy: Policy, calendar: Calendar) -> bool:
    """Whether a study morning is kept on that day."""
    if day.weekday() != SATURDAY:
        return False
    months = {f"{day:%Y-%m}", f"{day - timedelta(days=35):%Y-%m}", f"{day - timedelta(days=7):%Y-%m}"}
    return any(
        one.kept and one.date == day for month in sorted(months) for one in study_saturdays(month, policy, calendar)
    )


def saturdays(after: date, until: date) -> Iterator[date]:
    """The Saturdays later than `after` and not later than `until`."""
    day = after + timedelta(days=(SATURDAY - after.weekday()) % 7 or 7)
    while day <= until:
        yield day
        day += timedelta(days=7)
