"""What is owed: duties derived from rows, days, calendar and the policy each was born under. Nothing is ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from branchops.core.branch import Branch
from branchops.core.errors import BranchOpsError, PluginFailed
from branchops.core.facts import House
from branchops.core.judgement import unjudged
from branchops.core.rulebook.calendar import Calendar, utc
from branchops.core.rulebook.duty import Duty, duty_id, soonest_first
from branchops.core.rulebook.record import Facts
from branchops.core.rulebook.rule import EACH_DAY, Ask, DutyRule
from branchops.core.views.table import row_key

_ANSWERS = 1_000
"""So many answers to questions of rules are kept at once."""

Failures = list[PluginFailed]
"""Where duties that could not be derived are told; without such a list the first of them is raised."""


class Present:
    """A branch at one instant, as all duties asked for together see it: house, calendar, and views caught up once.

    Every view is brought up before the rows of any are walked through: a table made while another is being read would
    end that reading.
    """

    def __init__(self, branch: Branch, rules: Iterable[DutyRule]) -> None:
        self.rules = tuple(rules)
        self.branch = branch
        self.house = branch.house
        self.now: datetime = branch.clock.now()
        self.calendar = self.house.calendar_of(self.house.policies.at(self.now))
        self._plain = self.house.facts(self.now, calendar=self.calendar)
        self._answers: dict[tuple[str, Any], Any] = {}
        asked = {ask.view for rule in self.rules for ask in rule.asks.values()}
        self._views = {
            name: branch.view(name) for name in sorted(asked | {rule.view for rule in self.rules if rule.view})
        }

    def rows(self, view: str, where: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Rows of a view, by equality on columns, in the order of their keys."""
        return self.branch.models.query(self._views[view], where)

    def walk(self, view: str, where: Mapping[str, Any]) -> Iterator[Any]:
        """The same rows as they lie, which costs less where they are many."""
        return self.branch.models.walk(self._views[view], where)

    def row(self, view: str, key: str) -> Any:
        """One row of a view, or None."""
        return self.branch.models.get(self._views[view], key)

    def facts(self, rule: DutyRule, subject: Any) -> Facts:
        """What a rule may know of a row or day."""
        if not rule.asks:
            return self._plain
        asked = {name: self._answer(ask, subject) for name, ask in rule.asks.items()}
        return replace(self._plain, asked=asked)

    def _answer(self, ask: Ask, subject: Any) -> Any:
        """The answer to a question, which many rules and rows may have in common."""
        key = ask.key(subject, None)
        if key is None and not ask.many:
            return None
        question = (ask.view, tuple(sorted(key.items())) if ask.many else key)
        if question not in self._answers:
            if len(self._answers) >= _ANSWERS:
                self._answers.clear()
            self._answers[question] = tuple(self.rows(ask.view, key)) if ask.many else self.row(ask.view, key)
        return self._answers[question]

    @cached_property
    def of_row(self) -> Callable[[Any], list[Duty]]:
        """Derives the duties of one row under all the rules."""
        return self.owed_by(self.rules)

    def owed_by(self, rules: Iterable[DutyRule], failures: Failures | None = None) -> Callable[[Any], list[Duty]]:
        """What derives the duties of one row under rules: to be called for row after row."""
        chosen = tuple(rules)
        plain, facts = self._plain, self.facts
        asking = tuple((rule.derive, rule if rule.asks else None) for rule in chosen)

        def of_row(row: Any) -> list[Duty]:
            try:
                return [duty for derive, rule in asking for duty in derive(row, facts(rule, row) if rule else plain)]
            except (Exception, SystemExit):  # one of them raised: which one, and what do the others say?
                return [duty for rule in chosen for duty in _derived(self, rule, row, failures)]

        return of_row


def duties(
    branch: Branch,
    *,
    on: date | None = None,
    everything: bool = False,
    under: str = "",
    failures: Failures | None = None,
) -> list[Duty]:
    """All duties that can still be owed, soonest first; with `under` those of rules whose id begins so, and no more
    is read than they take.

    `on` asks for the daily duties of one day instead of the days since the last close; `everything` leaves out the
    shortcut by which closed rows are not read, so that met duties are listed as well.
    """
    found: list[Duty] = []
    present = Present(branch, (rule for rule in branch.registry.duty_rules() if _speaks(rule, under)))
    alike: dict[tuple[str, tuple[tuple[str, Any], ...]], list[DutyRule]] = {}
    for rule in present.rules:
        if rule.daily:
            found += _of_rule(present, rule, on, everything, failures)
        else:
            where = () if everything else tuple(sorted(rule.where.items()))
            alike.setdefault((rule.view, where), []).append(rule)
    for (view, where), rules in alike.items():  # rules over the same rows: each row is read once
        of_row = present.owed_by(rules, failures)
        by_key = sorted(((row_key(row), of_row(row)) for row in present.walk(view, dict(where))), key=itemgetter(0))
        found += chain.from_iterable(duties for _key, duties in by_key)
    return soonest_first(duty for duty in found if duty.rule.startswith(under)) if under else soonest_first(found)


def _speaks(rule: DutyRule, under: str) -> bool:
    """Whether a rule may derive duties of ids that begin with `under`. One without ids takes them from its rows."""
    return not rule.rules or any(name.startswith(under) for name in rule.rules)


def present_for(branch: Branch, view_name: str, under: str = "") -> Present:
    """The branch at this instant, as the duties over the rows of one view see it; `under` as for `duties`."""
    rules = (rule for rule in branch.registry.duty_rules(view_name) if not rule.daily and _speaks(rule, under))
    return Present(branch, rules)


def duties_of(present: Present, row: Any, *, failures: Failures | None = None) -> list[Duty]:
    """The duties that one row gives rise to, under the rules that `present` was made for."""
    of_row = present.of_row if failures is None else present.owed_by(present.rules, failures)
    return soonest_first(of_row(row))


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
    present = Present(branch, (rule for rule in branch.registry.duty_rules() if rule.daily))
    of_day = chain.from_iterable(_of_rule(present, rule, day, False, failures) for rule in present.rules)
    known = {duty_id(duty): duty for duty in chain(duties(branch, failures=failures), of_day)}
    return soonest_first(
        duty for duty in known.values() if duty.met is None and duty.due is not None and utc(duty.due) <= cutoff
    )


def find(branch: Branch, wanted: str) -> Duty | None:
    """The duty of an id (`rule@subject`), met ones included, or None. Reads one row where the subject is its key."""
    rule_id, _at, subject = wanted.partition("@")
    wanting = (rule for rule in branch.registry.duty_rules() if not rule.rules or rule_id in rule.rules)
    present = Present(branch, wanting)
    for rule in present.rules:
        for duty in chain(_near(present, rule, subject), _of_rule(present, rule, None, True)):
            if duty_id(duty) == wanted:
                return duty
    return None


def _near(present: Present, rule: DutyRule, subject: str) -> Iterator[Duty]:
    """The duties of the row or day that a subject most likely names."""
    if not rule.daily:
        row = present.row(rule.view, subject.partition("#")[0])
        if row is not None:
            yield from _derived(present, rule, row)
        return
    try:
        day = date.fromisoformat(subject[:10])
    except ValueError:
        return
    yield from _derived(present, rule, day)


def _of_rule(
    present: Present, rule: DutyRule, on: date | None, everything: bool, failures: Failures | None = None
) -> Iterator[Duty]:
    where = {} if everything else rule.where
    if not rule.daily:
        for row in present.rows(rule.view, where):
            yield from _derived(present, rule, row, failures)
        return
    outlet = present.house.outlet
    tz = present.house.tz
    first = outlet.since.astimezone(tz).date() if outlet else date.min
    told: set[tuple[str, str, datetime | None]] = set()
    for day in days(present.branch, on):
        for duty in _derived(present, rule, day, failures):
            known = (duty.rule, duty.subject, duty.due)
            if known in told:  # a rule that looks back tells of it on several days
                continue
            told.add(known)
            # A rule may look back (to the last Saturday, say), but nothing was owed before there was an outlet.
            if duty.due is None or duty.due.astimezone(tz).date() >= first:
                yield duty


def _derived(present: Present, rule: DutyRule, subject: Any, failures: Failures | None = None) -> list[Duty]:
    """The duties of one row or day. What a rule raises is PluginFailed: raised, or noted once a rule."""
    try:
        return list(rule.derive(subject, present.facts(rule, subject)))
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
    """The days whose daily duties count now: since the last closed day, up to today. Each counts, business day or not,
    as the setting said when it opened: a later decision moves no day that has begun."""
    now = branch.clock.now()
    house = branch.house
    policy = house.policies.at(now)
    calendar = house.calendar_of(policy)
    today = calendar.day_of(now)
    if on is not None:
        return [on] if _counts(house, calendar, on) else []
    first = calendar.day_of(house.outlet.since) if house.outlet else today
    last_closed = branch.models.select(
        f"SELECT max(date) FROM {branch.view('core.day').table} WHERE closed_at IS NOT NULL"  # noqa: S608
    )[0][0]
    if last_closed:
        first = max(first, date.fromisoformat(last_closed) + timedelta(days=1))
    first = max(first, today - timedelta(days=policy.get("day.lookback", 31)))
    every = map(date.fromordinal, range(first.toordinal(), today.toordinal() + 1))
    return [day for day in every if _counts(house, calendar, day)]


def _counts(house: House, calendar: Calendar, day: date) -> bool:
    """Whether daily duties count on a day: on business days, or on all days (C13)."""
    return calendar.is_business_day(day) or house.policies.at(calendar.open_of(day)).get(EACH_DAY) == "calendar"
