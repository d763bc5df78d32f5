"""What is owed: duties derived from rows, days, calendar and the policy each was born under. Nothing is ticked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from branchops.core.branch import Branch
from branchops.core.errors import BranchOpsError, PluginFailed
from branchops.core.judgement import unjudged
from branchops.core.rulebook.calendar import utc
from branchops.core.rulebook.duty import Duty, duty_id, soonest_first
from branchops.core.rulebook.record import Facts
from branchops.core.rulebook.rule import Ask, DutyRule

Failures = list[PluginFailed]
"""Where duties that could not be derived are told; without such a list the first of them is raised."""


def duties(
    branch: Branch, *, on: date | None = None, everything: bool = False, failures: Failures | None = None
) -> list[Duty]:
    """All duties that can still be owed, soonest first.

    `on` asks for the daily duties of one day instead of the days since the last close; `everything` leaves out the
    shortcut by which closed rows are not read, so that met duties are listed as well.
    """
    found: list[Duty] = []
    alike: dict[tuple[str, tuple[tuple[str, Any], ...]], list[DutyRule]] = {}
    for rule in branch.registry.duty_rules():
        if rule.daily:
            found += _of_rule(branch, rule, on, everything, failures)
        else:
            where = () if everything else tuple(sorted(rule.where.items()))
            alike.setdefault((rule.view, where), []).append(rule)
    for (view, where), rules in alike.items():  # rules over the same rows: each row is read once
        for row in branch.rows(view, dict(where)):
            for rule in rules:
                found += _derived(branch, rule, row, failures)
    return soonest_first(found)


def duties_of(branch: Branch, view_name: str, row: Any, *, failures: Failures | None = None) -> list[Duty]:
    """The duties that one row gives rise to."""
    found: list[Duty] = []
    for rule in branch.registry.duty_rules(view_name):
        if not rule.daily:
            found += _derived(branch, rule, row, failures)
    return soonest_first(found)


def unasked(branch: Branch) -> tuple[str, ...]:
    """The plugins whose duties are not among those just asked for, because they failed."""
    return tuple(sorted(one.name for one in branch.registry.loader.statuses if one.status == "failed"))


def unmet(branch: Branch, day: date, *, failures: Failures | None = None) -> list[Duty]:
    """The duties that the close of a day finds unmet: due by then and not done, whether they can still be or not.

    A day closed while it lasts counts what is due by its closing hour, or by now when it is later; one closed on a
    later day counts what was due until its end.
    """
    house = branch.house
    now = branch.clock.now()
    calendar = house.calendar_of(house.policies.at(now))
    midnight = utc(calendar.at(day + timedelta(days=1), time.min))
    cutoff = max(utc(calendar.close_of(day)), min(utc(now), midnight - timedelta(microseconds=1)))
    daily = (rule for rule in branch.registry.duty_rules() if rule.daily)
    of_day = chain.from_iterable(_of_rule(branch, rule, day, False, failures) for rule in daily)
    known = {duty_id(duty): duty for duty in chain(duties(branch, failures=failures), of_day)}
    return soonest_first(
        duty for duty in known.values() if duty.met is None and duty.due is not None and utc(duty.due) <= cutoff
    )


def find(branch: Branch, wanted: str) -> Duty | None:
    """The duty of an id (`rule@subject`), met ones included, or None. Reads one row where the subject is its key."""
    rule_id, _at, subject = wanted.partition("@")
    for rule in branch.registry.duty_rules():
        if rule.rules and rule_id not in rule.rules:
            continue
        for duty in chain(_near(branch, rule, subject), _of_rule(branch, rule, None, True)):
            if duty_id(duty) == wanted:
                return duty
    return None


def _near(branch: Branch, rule: DutyRule, subject: str) -> Iterator[Duty]:
    """The duties of the row or day that a subject most likely names."""
    if not rule.daily:
        row = branch.row(rule.view, subject.partition("#")[0])
        if row is not None:
            yield from _derived(branch, rule, row)
        return
    try:
        day = date.fromisoformat(subject[:10])
    except ValueError:
        return
    yield from _derived(branch, rule, day)


def _of_rule(
    branch: Branch, rule: DutyRule, on: date | None, everything: bool, failures: Failures | None = None
) -> Iterator[Duty]:
    where = {} if everything else rule.where
    if not rule.daily:
        for row in branch.rows(rule.view, where):
            yield from _derived(branch, rule, row, failures)
        return
    outlet = branch.house.outlet
    tz = branch.house.tz
    first = outlet.since.astimezone(tz).date() if outlet else date.min
    for day in days(branch, on):
        for duty in _derived(branch, rule, day, failures):
            # A rule may look back (to the last Saturday, say), but nothing was owed before there was an outlet.
            if duty.due is None or duty.due.astimezone(tz).date() >= first:
                yield duty


def _derived(branch: Branch, rule: DutyRule, subject: Any, failures: Failures | None = None) -> list[Duty]:
    """The duties of one row or day. What a rule raises is PluginFailed: raised, or noted once a rule."""
    try:
        return list(rule.derive(subject, _facts(branch, rule, subject)))
    except BranchOpsError:
        raise
    except (Exception, SystemExit) as error:
        failure = unjudged(rule.target, error)
        if failures is None:
            raise failure from error
        if all(known.details != failure.details for known in failures):
            failures.append(failure)
        return []


def days(branch: Branch, on: date | None = None) -> list[date]:
    """The business days whose daily duties count now: since the last closed day, up to today."""
    now = branch.clock.now()
    house = branch.house
    policy = house.policies.at(now)
    calendar = house.calendar_of(policy)
    today = calendar.day_of(now)
    if on is not None:
        wanted = calendar.is_business_day(on) or policy.get("calendar.business_days") == "calendar"
        return [on] if wanted else []
    first = calendar.day_of(house.outlet.since) if house.outlet else today
    last_closed = branch.models.select(
        f"SELECT max(date) FROM {branch.view('core.day').table} WHERE closed_at IS NOT NULL"  # noqa: S608
    )[0][0]
    if last_closed:
        first = max(first, date.fromisoformat(last_closed) + timedelta(days=1))
    first = max(first, today - timedelta(days=policy.get("day.lookback", 31)))
    if policy.get("calendar.business_days") == "calendar":
        return [date.fromordinal(n) for n in range(first.toordinal(), today.toordinal() + 1)]
    return list(calendar.business_days(first, today))


def _facts(branch: Branch, rule: DutyRule, subject: Any) -> Facts:
    now: datetime = branch.clock.now()
    house = branch.house
    asked = {name: answer(branch, ask, subject) for name, ask in rule.asks.items()}
    return house.facts(now, asked=asked, calendar=house.calendar_of(house.policies.at(now)))


def answer(branch: Branch, ask: Ask, subject: Any) -> Any:
    """The answer to a question outside a transaction."""
    key = ask.key(subject, None)
    if not ask.many:
        return None if key is None else branch.row(ask.view, key)
    rows: Iterable[Any] = branch.rows(ask.view, key)
    return tuple(rows)
