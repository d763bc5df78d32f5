"""What a report, a page or an export may read: rows, events, people, settings, duties. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from branchops.core.branch import Branch
from branchops.core.extend.packs import Pack
from branchops.core.own.views import Outlet
from branchops.core.people.keys import is_sealed
from branchops.core.people.masking import MaskKind, mask
from branchops.core.people.staff import People
from branchops.core.rulebook.calendar import Calendar
from branchops.core.rulebook.duty import Duty
from branchops.core.rulebook.policy import Policies, Policy
from branchops.core.rulebook.record import Recorded
from branchops.core.views.kept import Span

if TYPE_CHECKING:
    from branchops.core.owed import Present

HIDDEN = "***"
Select = Callable[..., list[tuple[Any, ...]]]
"""`select(sql, params)`, as `Reading.select` of one view."""


class Reading:
    """A branch as reports see it, for a period of days (both included) and at one instant.

    `reveal` shows personal data in clear; otherwise it is masked.
    """

    def __init__(
        self,
        branch: Branch,
        *,
        first: date | None = None,
        last: date | None = None,
        period: str = "",
        reveal: bool = False,
    ) -> None:
        self._branch = branch
        self.now: datetime = branch.clock.now()
        self.tz: tzinfo = branch.house.tz
        self.today: date = self.now.astimezone(self.tz).date()
        self.first = first or date.min
        self.last = last or self.today
        self.period = period
        self.reveal = reveal
        self._present: dict[tuple[str, str], Present] = {}

    def over(self, first: date, last: date, period: str = "") -> Reading:
        """The same branch, read over another span of days (both included)."""
        return Reading(self._branch, first=first, last=last, period=period, reveal=self.reveal)

    @property
    def people(self) -> People:
        """Everybody at the outlet."""
        return self._branch.house.people

    @property
    def outlet(self) -> Outlet | None:
        """The store's own outlet."""
        return self._branch.house.outlet

    @property
    def policies(self) -> Policies:
        """The history of settings."""
        return self._branch.house.policies

    @property
    def policy(self) -> Policy:
        """The settings in force now."""
        return self.policies.at(self.now)

    @property
    def calendar(self) -> Calendar:
        """The branch calendar under the settings in force now."""
        return self._branch.house.calendar_of(self.policy)

    def pack(self, plugin: str) -> Pack:
        """A plugin's rule pack: its rules, and its own tables as `data`."""
        return self._branch.registry.pack(plugin)

    def rows(self, view: str, where: Mapping[str, Any] | None = None, **narrowing: Any) -> Iterator[Any]:
        """Rows of a view by equality on columns; `sql=`, `params=`, `order=`, `limit=` narrow further."""
        return self._branch.rows(view, where, **narrowing)

    def row(self, view: str, key: str) -> Any:
        """One row of a view, or None."""
        return self._branch.row(view, key)

    def select(self, view: str, sql: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Runs a SELECT in which `{table}` stands for the view's table: counting and grouping in SQL."""
        table = self._branch.view(view).table
        return self._branch.models.select(sql.format(table=table), params)

    def kept(self, view: str, question: str, spans: Sequence[Span], find: Callable[[Select, Span], Any]) -> list[Any]:
        """The answers to a question over spans of stamps, kept until a row of the view in a span changes.

        `find(select, span)` answers what is not kept, from that view's rows in that span alone, with a value that JSON
        can hold; `question` names all else that it depends on, the version of `find` included.
        """
        chosen, models = self._branch.view(view), self._branch.models

        def select(sql: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
            return models.select(sql.format(table=chosen.table), params)

        return models.answers(chosen, question, spans, lambda span: find(select, span))

    def days(self, since: str = "") -> list[Span]:
        """The days of the period as spans of stamps, in order; without a first day from that of the stamp `since`."""
        from branchops.core.clock import stamp, unstamp

        first = self.first if self.first > date.min else self.day_of(unstamp(since)) if since else self.last
        days = range(first.toordinal(), self.last.toordinal() + 2)
        edges = [stamp(datetime.combine(date.fromordinal(day), time(), self.tz)) for day in days]
        return list(pairwise(edges))

    def events(
        self, *types: str, stream: str | None = None, since: datetime | None = None, after: int = 0
    ) -> Iterator[Recorded]:
        """Decoded events in order, of the given types (none: all), of one stream, recorded at or after `since`."""
        for event in self._branch.source().events(types or None, after=after, stream=stream):
            if since is None or event.recorded_at >= since:
                yield event

    def duties(self, *, everything: bool = False, on: date | None = None, under: str = "") -> list[Duty]:
        """What is owed, soonest first; with `everything` what was met as well, with `under` only what is owed under
        rules whose id begins so (`"counter."`)."""
        from branchops.core.owed import duties

        return duties(self._branch, on=on, everything=everything, under=under)

    def duties_of(self, view: str, row: Any, *, under: str = "") -> list[Duty]:
        """The duties of one record; with `under` only those under rules whose id begins so."""
        from branchops.core.owed import duties_of, present_for

        present = self._present.get((view, under))
        if present is None:
            present = self._present[view, under] = present_for(self._branch, view, under)
        found = duties_of(present, row)
        return [duty for duty in found if duty.rule.startswith(under)] if under else found

    def clear(self, text: str | None, kind: MaskKind = "other") -> str:
        """Personal text for people: masked, or in clear with `reveal`; a destroyed key shows as such."""
        if not text or not is_sealed(text):
            return text or ""
        if kind == "other" and not self.reveal:
            return HIDDEN
        plain = self._branch.keys.unseal(text)
        if plain is None:
            return "∅"
        return plain if self.reveal else mask(plain, kind)

    def digest(self, text: str) -> str:
        """The store's keyed digest of a text: to recognise the same person without keeping who it is."""
        return self._branch.keys.keyed_digest(text)

    def name(self, staff: str) -> str:
        """A staff id with its name, or the bare id when unknown."""
        return f"{staff} {self.people.name(staff)}" if staff and self.people.knows(staff) else staff

    def day_of(self, moment: datetime) -> date:
        """The outlet's date of an instant."""
        return moment.astimezone(self.tz).date()

    def span(self) -> tuple[str, str]:
        """The period as stored stamps: from its first instant to before the instant after its last day."""
        from branchops.core.clock import stamp

        start = (
            datetime.combine(self.first, time(), self.tz) if self.first > date.min else datetime.min.replace(tzinfo=UTC)
        )
        end = datetime.combine(self.last + timedelta(days=1), time(), self.tz)
        return (stamp(start) if self.first > date.min else "", stamp(end))

    def within(self, moment: datetime | None) -> bool:
        """Whether an instant lies in the period."""
        return moment is not None and self.first <= self.day_of(moment) <= self.last
