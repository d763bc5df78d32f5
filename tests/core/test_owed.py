"""What is owed: the list is the one that rule after rule and row after row, with nothing remembered, would give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from branchops.core import owed
from branchops.core.entry import New
from branchops.core.facts import House
from branchops.core.people.staff import People
from branchops.core.rulebook import calendar, deadline
from branchops.core.rulebook.duty import Duty
from branchops.core.rulebook.record import Facts
from branchops.core.rulebook.rule import DutyRule
from branchops.core.views.catchup import ReadModels
from branchops.plugins.complaints.rules.decide import Receive, decide_receive
from branchops.testing import BranchKit

STORY = """
2026-11-23 09:00  chen  policy set calendar.holidays 2026-11-27,2026-12-08 --reason moved
2026-11-23 09:05  chen  hygiene zones adopt --desks zhao,sun
2026-11-23 09:06  chen  hygiene rota make --from 2026-11-23 --to 2026-12-04 --people zhao,sun
2026-11-23 09:10  wang  complaints receive --channel oral --gist queue --readback yes --about zhao
2026-11-23 09:20  wang  complaints handover 1 --to li
2026-11-23 09:40  li    complaints accept 1 --private yes
2026-11-23 09:50  li    complaints report-head 1
2026-11-23 10:00  wang  complaints receive --channel phone --gist fee --readback yes
2026-11-23 10:10  zhao  complaints receive --channel letter --gist card
2026-11-23 10:20  wang  complaints receive --channel book --gist plate
2026-11-23 16:59  wang  complaints receive --channel oral --gist late --readback yes
2026-11-23 17:01  wang  complaints receive --channel oral --gist later --readback yes
2026-11-23 17:10  zhao  hygiene room used reception --by zhao
2026-11-23 17:12  sun   hygiene borrow files --who sun --pieces 2
2026-11-24 09:00  chen  day close 2026-11-23
2026-11-24 09:10  li    complaints promise 1 --by 2026-11-25T12:00+08:00
2026-11-24 10:00  li    complaints reply 1 --via phone --text soon --interim
2026-11-24 10:05  li    --at 2026-11-23T12:00+08:00 complaints receive --channel letter --gist backdated
2026-11-24 10:30  zhao  counter cash zhao --amount 90000
2026-11-24 10:40  sun   counter diff open --atm A3 --amount -5
2026-11-24 11:00  chen  hygiene violation add --kind smoking --who sun
2026-11-24 11:10  chen  hygiene inspect desk-zhao --item D01=fail:dust --rest pass --by chen
2026-11-24 14:00  chen  improve finding open --text lock --unit safe --rule day.closed
2026-11-24 14:10  chen  improve finding assign 1 --owner zhao
2026-11-24 15:00  chen  training session --topic operation --minutes 60
2026-11-25 09:30  chen  policy set complaints.reply.days 1 --reason faster
2026-11-25 09:31  chen  policy set complaints.reply.clock working --reason faster
2026-11-25 09:32  chen  policy set outlet.closes 16:30 --reason winter --from 2026-11-26
2026-11-25 10:00  wang  complaints receive --channel oral --gist newer --readback yes
2026-11-25 10:30  li    complaints reply 1 --via phone --text done
2026-11-25 10:40  li    complaints cause 1 C1 --text lunch
2026-11-25 10:50  li    complaints resolve 1 --outcome upheld --facts log
2026-11-25 11:00  chen  staff leave li --from 2026-11-26 --until 2026-11-30
2026-11-26 09:10  chen  complaints confirm-beyond-authority 3
2026-11-26 09:20  zhao  complaints escalate 3 --paper-copy 7
2026-11-26 15:00  chen  policy set complaints.reply.clock calendar-strict --reason stricter
2026-11-26 16:45  wang  complaints receive --channel oral --gist newest --readback yes
"""
"""When, who, what: cases at every stage, a struck entry, a claimed time, settings that change, rest days, a leave."""


@pytest.fixture
def played(kit: BranchKit, monkeypatch: pytest.MonkeyPatch) -> BranchKit:
    """A branch with some days behind it."""
    from branchops.core.branch import Branch

    monkeypatch.setattr(Branch, "prove", lambda self, *_: "2026-11-23T00:30:00.000000Z")
    for line in STORY.strip().splitlines():
        told = line.split()
        done = kit.run(*told[3:], at=f"{told[0]} {told[1]}", as_=told[2])
        assert done.exit in (0, 3), f"{line}\n{done.err}"
    struck = kit.events("complaints.received")[4]
    done = kit.run("void", struck.id, "--reason", "twice", at="2026-11-26 16:50")
    assert done.exit == 0, done.err
    return kit


def forget() -> None:
    """Makes the calendar and its deadlines forget what they have worked out."""
    for one in (*vars(deadline).values(), *vars(calendar).values()):
        if hasattr(one, "cache_clear") and one.__name__ != "_statutory":
            one.cache_clear()


class Slowly:
    """The same question answered anew for every rule and row: rows folded from the ledger, no table and no memory."""

    def __init__(self, kit: BranchKit) -> None:
        self.branch = kit.branch
        self.now = kit.clock.now()
        events = list(self.branch.source().events())
        struck = {event.data.target for event in events if event.type == "entry.voided"}
        self.events = [event for event in events if event.id not in struck]
        self.folded: dict[str, list[Any]] = {}

    def rows(self, name: str) -> list[Any]:
        """The rows of a view in the order of their keys."""
        if name not in self.folded:
            view, rows = self.branch.registry.view(name), {}
            for event in self.events:
                for key in view.keys(event) if event.type in view.types else ():
                    rows[key] = view.apply(rows.get(key), event)
            self.folded[name] = [row for _key, row in sorted(rows.items()) if row is not None]
        return self.folded[name]

    def asked(self, name: str, **where: Any) -> list[Any]:
        """Rows by equality on their fields."""
        return [row for row in self.rows(name) if all(getattr(row, key) == value for key, value in where.items())]

    def facts(self, rule: DutyRule, subject: Any) -> Facts:
        """Facts of a house made for this one question."""
        forget()
        registry = self.branch.registry
        people = People(self.rows("core.staff"))
        rules = {one.id: one for _owner, one in registry.rules()}
        house = House(
            self.rows("core.outlet"), people, registry.settings(), self.rows("core.policy"), registry.tables(), rules
        )
        asked: dict[str, Any] = {}
        for name, ask in rule.asks.items():
            key = ask.key(subject, None)
            if ask.many:
                asked[name] = tuple(self.asked(ask.view, **key))
            else:
                first = self.branch.registry.view(ask.view).row.__struct_fields__[0]
                asked[name] = next(iter(self.asked(ask.view, **{first: key})), None)
        return house.facts(self.now, asked=asked, calendar=house.calendar_of(house.policies.at(self.now)))

    def duties(self, on: date | None = None, everything: bool = False) -> list[Duty]:
        """What `owed.duties` says."""
        rules = tuple(self.branch.registry.duty_rules())
        found = [duty for rule in rules if rule.daily for duty in self._daily(rule, on)]
        alike: dict[str, list[DutyRule]] = {}
        for rule in (rule for rule in rules if not rule.daily):
            alike.setdefault(f"{rule.view} {rule.where}", []).append(rule)
        for together in alike.values():
            where = {} if everything else together[0].where
            for row in self.asked(together[0].view, **where):
                for rule in together:
                    found += rule.derive(row, self.facts(rule, row))
        never = datetime.max.replace(tzinfo=UTC)
        return sorted(found, key=lambda one: (one.due or never, not one.critical, f"{one.rule}@{one.subject}"))

    def _daily(self, rule: DutyRule, on: date | None) -> Iterator[Duty]:
        outlet = self.branch.house.outlet
        assert outlet is not None
        first = outlet.since.astimezone(self.branch.house.tz).date()
        for day in owed.days(self.branch, on):
            for duty in rule.derive(day, self.facts(rule, day)):
                if duty.due is None or duty.due.astimezone(self.branch.house.tz).date() >= first:
                    yield duty


def test_the_list_is_the_one_that_nothing_remembered_would_give(played: BranchKit) -> None:
    families = set()
    for now in ("2026-11-26 16:55", "2026-11-30 09:00", "2026-12-20 12:00"):
        today = played.clock.set(now).date()
        slowly = Slowly(played)
        for how in ({}, {"everything": True}, {"on": today}, {"on": today, "everything": True}):
            expected = slowly.duties(**how)
            assert played.duties(**how) == expected
            families |= {duty.subject.partition("-")[0] for duty in expected}
    assert families >= {"C", "D", "F", "HI", "MB", "RU", "TS", "V", "till", "2026"}, "one of every kind"


def test_what_is_owed_under_some_rules_reads_no_more_than_they_take(
    played: BranchKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = played.duties(everything=True)
    prefixes = ("counter.", "complaints.", "complaints.reply-within-three-days", "hygiene.", "nothing.")
    for under in prefixes:
        found = played.duties(everything=True, under=under)
        assert found == [duty for duty in everything if duty.rule.startswith(under)]
    asked: list[str] = []
    walk = ReadModels.walk
    monkeypatch.setattr(
        ReadModels, "walk", lambda self, view, *where: asked.append(view.name) or walk(self, view, *where)
    )
    played.duties(under="counter.")
    assert "complaints.case" not in asked
    assert "counter.till" in asked


def test_a_deadline_is_worked_out_once_a_day_and_setting_however_many_cases_there_are(
    kit: BranchKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    why = calendar.Calendar.why
    monkeypatch.setattr(calendar.Calendar, "why", lambda self, day: asked.append(day) or why(self, day))

    def days_looked_at(letters: int) -> int:
        for number in range(letters):
            taken = Receive(channel="letter", gist=str(number), taker="wang")
            kit.act(decide_receive, taken, New("C"), actor="wang")
        kit.reopen()
        forget()
        asked.clear()
        assert len(kit.duties()) >= letters
        return len(asked)

    assert days_looked_at(1) == days_looked_at(9)


def test_what_rules_ask_for_is_looked_up_once_for_all_rows(played: BranchKit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []
    query = ReadModels.query
    monkeypatch.setattr(ReadModels, "query", lambda self, *how, **more: asked.append(how) or query(self, *how, **more))
    played.duties()
    zones = [how for how in asked if how[0].name == "hygiene.zone"]
    assert len(zones) == 1, "eight daily rules, several days, one question"
