"""What rules may know, loaded from the read models: people, settings, calendar, outlet.

`House` is a value of one moment; the branch makes a new one when one of core's own entries has been recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from functools import cached_property
from typing import Any

from branchops.core.own.views import Outlet, PolicyRow
from branchops.core.people.staff import People
from branchops.core.rulebook.calendar import Calendar
from branchops.core.rulebook.policy import BadValue, Change, Policies, Policy, Setting, parse_value
from branchops.core.rulebook.record import Facts, Recorded
from branchops.core.rulebook.rule import Rule

HOUSE_TYPES = ("staff.", "policy.", "outlet.")
HOUSE_VIEWS = ("core.outlet", "core.staff", "core.policy")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class House:
    """The outlet as rules know it."""

    def __init__(
        self,
        outlets: Iterable[Outlet],
        people: People,
        settings: Iterable[Setting],
        set_rows: Iterable[PolicyRow],
        packs: Mapping[str, Mapping[str, Any]] | None = None,
        rules: Mapping[str, Rule] | None = None,
    ) -> None:
        self.outlets = {outlet.code: outlet for outlet in sorted(outlets, key=lambda o: o.since)}
        self.people = people
        self._settings = tuple(settings)
        self._set_rows = tuple(set_rows)
        self._calendars: dict[int, Calendar] = {}
        self._packs = packs or {}
        self._rules = rules or {}

    @cached_property
    def outlet(self) -> Outlet | None:
        """The store's own outlet: the first registered."""
        return next(iter(self.outlets.values()), None)

    @cached_property
    def tz(self) -> tzinfo:
        """The outlet's time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.outlet.timezone) if self.outlet else UTC

    @cached_property
    def policies(self) -> Policies:
        """The history of all settings."""
        known = {setting.key: setting for setting in self._settings}
        changes = [change for row in self._set_rows if (change := self._change(known, row)) is not None]
        return Policies(self._settings, changes)

    def _change(self, known: dict[str, Setting], row: PolicyRow) -> Change | None:
        if row.key not in known:
            return None
        since = row.recorded_at
        if row.day is not None:
            since = max(since, datetime.combine(row.day, time(), self.tz).astimezone(UTC))
        try:
            value = parse_value(known[row.key], row.value)
        except BadValue:
            return None
        return Change(int(row.pos), since, row.key, value, row.reason, row.by)

    def calendar_of(self, policy: Policy) -> Calendar:
        """The branch calendar under a policy."""
        known = self._calendars.get(id(policy))
        if known is None:
            known = self._calendars[id(policy)] = self._calendar(policy)
        return known

    def _calendar(self, policy: Policy) -> Calendar:
        return Calendar(
            tz=self.tz,
            opening=policy.get("outlet.opens", time(9)),
            closing=policy.get("outlet.closes", time(17)),
            weekend=frozenset(WEEKDAYS.index(name) for name in policy.get("calendar.weekend", ()) if name in WEEKDAYS),
            holidays=frozenset(date.fromisoformat(text) for text in policy.get("calendar.holidays", ())),
            workdays=frozenset(date.fromisoformat(text) for text in policy.get("calendar.workdays", ())),
        )

    def facts(
        self, now: datetime, *, record: Recorded | None = None, asked: dict[str, Any] | None = None, calendar: Calendar
    ) -> Facts:
        """The facts of one judgement."""
        return Facts(
            record=record,
            now=now,
            people=self.people,
            calendar=calendar,
            policies=self.policies,
            asked=asked or {},
            packs=self._packs,
            rules=self._rules,
        )
