"""Figures that are counted in SQL and kept are those that each complaint, looked at alone, adds up to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from branchops.core.entry import New
from branchops.core.errors import BranchOpsError
from branchops.core.reading import Reading
from branchops.core.rulebook.recurrence import period_bounds
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.reports.lists import reply_state
from branchops.plugins.complaints.views import Case
from branchops.testing import BranchKit

PERIODS = ("2026-11", "2026-12", "2026-W48", "2026-W49", "2026", "")
LETTERS = ("oral", "phone", "letter", "book", "other")


class Life:
    """A seeded history of a desk: whatever is refused is passed over, whatever is taken counts."""

    def __init__(self, desk: BranchKit, seed: int) -> None:
        self.desk = desk
        self.random = random.Random(seed)
        self.streams: list[str] = []

    def step(self) -> None:
        self.desk.clock.tick(minutes=self.random.choice((5, 90, 400, 1500)))
        verb = self.random.choice([self.take] * 5 + [self.go_on] * 9 + [self.void, self.split, self.settle])
        try:
            verb()
        except BranchOpsError:
            self.desk.clock.tick(minutes=1)

    def take(self) -> None:
        pick = self.random.choice
        channel = pick(LETTERS)
        now = self.desk.clock.now()
        told: dict[str, Any] = {"subtype": "web", "regulator": pick(("", "NFRA"))} if channel == "other" else {}
        if channel == "letter":
            told["received_on"] = now.astimezone(self.desk.branch.house.tz).date() - timedelta(days=pick((0, 1, 4)))
        event = ev.Received(
            channel=channel,  # type: ignore[arg-type]
            gist="x",
            kind=pick(("complaint",) * 5 + ("suggestion", "praise")),
            taker=pick(("li", "wang")),
            readback="yes",
            complainant=pick(("", "a" * 64, "b" * 64)),
            contact=pick((None, "13812345601")),
            business=pick(("", "B1", "B3")),
            level=pick(("", "ordinary", "major")),
            repeat=pick((False, False, True)),
            page=pick((0, 3, 4)),
            **told,
        )
        back = pick((None, None, timedelta(hours=3), timedelta(days=4), timedelta(days=40)))
        self.streams.append(self.desk.record(event, New("C"), actor="li", at=back and now - back).stream)

    def go_on(self) -> None:
        pick = self.random.choice
        if not self.streams:
            return
        now, other = self.desk.clock.now(), pick(self.streams)
        event = pick(
            (
                ev.HandedOver(to=pick(("li", "wang", "zhao"))),
                ev.Accepted(by=pick(("li", "wang", "zhao")), enters=pick((False, True))),
                ev.Replied(by="li", via="phone", interim=pick((False, True)), on_the_spot=pick((False, True))),
                ev.Replied(by="li", via="phone"),
                ev.ReplyImpossible(reason="unreachable"),
                ev.CauseFound(code=pick(("C1", "C7")), text="x"),
                ev.Investigated(finding="x", investigator="li"),
                ev.Resolved(outcome=pick(("upheld", "partly", "not-upheld")), facts="x"),
                ev.Apologised(by="zhao"),
                ev.Explained(by="li", routes=True),
                ev.Entered(by="li"),
                ev.Withdrawn(reason="x"),
                ev.Merged(into=other),
                ev.Unmerged(reason="x"),
                ev.KindJudged(kind=pick(("complaint", "praise")), reason="x"),
                ev.Surveyed(score=pick((1, 4, 5))),
                ev.BookChecked(day=now.date(), by="li", entries=pick((0, 1, 2)), first=3, last=4),
            )
        )
        stream = "opinion-book" if isinstance(event, ev.BookChecked) else pick(self.streams)
        back = pick((None, None, timedelta(hours=20), timedelta(days=2)))
        case = self.desk.row("complaints.case", stream)
        actor = case.owner if case is not None and isinstance(event, ev.HandedOver) else "li"
        self.desk.record(event, stream, actor=actor, at=back and now - back)

    def void(self) -> None:
        events = [one for one in self.desk.events() if one.type.startswith("complaints.") and one.stream[:2] == "C-"]
        if events:
            self.desk.run("void", self.random.choice(events).id, "--reason", "typed wrongly", as_="chen")

    def split(self) -> None:
        if self.streams:
            whole = self.random.choice(self.streams)
            made = self.desk.run("complaints", "split", whole, "--gist", "and more", "--json", as_="li")
            if made.exit == 0:
                self.streams.append(made.json()["id"])

    def settle(self) -> None:
        """The head changes how replies are timed, or signs."""
        pick = self.random.choice
        self.desk.run("complaints", "signoff", pick(self.streams or ["C-1"]))
        key, value = pick(
            (
                ("complaints.reply.days", pick(("2", "5"))),
                ("complaints.reply.clock", pick(("civil-code", "working", "calendar-strict"))),
                ("complaints.repeat.days", "10"),
                ("outlet.closes", pick(("16:30", "17:00"))),
            )
        )
        self.desk.run("policy", "set", key, value, "--reason", "x", as_="chen")


def reading_of(desk: BranchKit, period: str) -> Reading:
    first, last = period_bounds(period) if period else (None, None)
    return Reading(desk.branch, first=first, last=last, period=period)


def one_by_one(desk: BranchKit, reading: Reading) -> dict[str, tuple[int, int | None]]:
    """The figures of a period, from the cases alone."""
    every: list[Case] = desk.rows("complaints.case")
    start, end = reading.first, reading.last
    days = timedelta(days=reading.policy["complaints.repeat.days"])

    def before(moment: Any, day: Any) -> bool:
        return bool(reading.day_of(moment) < day)

    def again(case: Case) -> bool:
        earlier = [one for one in every if one.id < case.id and one.complainant == case.complainant != ""]
        return case.repeat or any(one.received_at >= case.received_at - days for one in earlier)

    received = [case for case in every if reading.within(case.received_at)]
    ours = [case for case in received if case.kind == "complaint" and not case.merged_into]
    counted = [case for case in every if case.kind == "complaint" and not case.merged_into]
    settled = [case for case in ours if case.status in ("closed", "archived")]
    live = [case for case in ours if not case.no_reply and case.status not in ("archived", "withdrawn")]
    states = [reply_state(reading, case, reading.calendar) for case in live]
    found = [case for case in ours if case.outcome]
    asked = [case for case in ours if case.satisfaction]
    n = len(ours)

    def standing(day: Any) -> int:
        return sum(before(c.received_at, day) and (not c.closed_at or not before(c.closed_at, day)) for c in counted)

    return {
        "received": (n, None),
        "outstanding at the start": (standing(start), None),
        "closed in the period": (
            sum(c.status in ("closed", "archived") and reading.within(c.closed_at) for c in counted),
            None,
        ),
        "outstanding at the end": (standing(end + timedelta(days=1)), None),
        "closed, of those received": (len(settled), n),
        "answered on the spot": (sum(c.on_the_spot for c in ours), n),
        "answered within the limit": (states.count("met"), len(states) - states.count("open")),
        "upheld wholly or partly": (sum(c.upheld for c in found), len(found)),
        "settled at the outlet": (sum(c.escalated_at is None for c in settled), len(settled)),
        "reported to head office": (sum(c.escalated_at is not None for c in ours), n),
        "transferred by a regulator": (sum(c.regulator != "" for c in ours), n),
        "major": (sum(c.level == "major" for c in ours), n),
        "repeated by the same customer": (sum(map(again, ours)), n),
        "with a breach of the rules": (sum(c.breaches != () for c in ours), n),
        "content afterwards": (sum(c.satisfaction >= 4 for c in asked), len(asked)),
        "withdrawn": (sum(c.status == "withdrawn" for c in ours), n),
        "merged into another": (sum(c.kind == "complaint" and c.merged_into != "" for c in received), None),
        "suggestions": (sum(c.kind == "suggestion" and not c.merged_into for c in received), None),
        "praise": (sum(c.kind == "praise" and not c.merged_into for c in received), None),
    }


def wanting(case: Case) -> Iterator[str]:
    """What a case's line lacks, said once more in other words."""
    book, complaint = case.channel == "book", case.kind == "complaint"
    answered = case.final_reply is not None or bool(case.no_reply)
    said = {
        "written reply": book and not case.book_signed_by,
        "direct reply": book and case.contact and not answered,
        "register entry": not book and not case.entered_by,
        "adopted or not": case.kind == "suggestion" and not case.adopted,
        "reply": complaint and not book and not answered,
        "outcome": complaint and not case.outcome,
        "cause": complaint and not case.cause,
        "apology": complaint and case.upheld and not case.apologised_by,
        "explanation": complaint and case.outcome == "not-upheld" and not case.explained_by,
        "signature": not case.signed_by,
    }
    return (name for name, lacks in said.items() if lacks)


def compare(desk: BranchKit, period: str) -> None:
    reading = reading_of(desk, period)
    report = desk.branch.registry.report
    page = report("complaint-statistics").make(reading)
    figures = {row["figure"]: (row["n"], row["of"]) for row in page.sections[0].rows}
    assert figures == one_by_one(desk, reading), period
    cases = [case for case in desk.rows("complaints.case") if reading.within(case.received_at)]
    ours = [case for case in cases if case.kind == "complaint" and not case.merged_into]
    for section in page.sections[1:]:
        axis = section.key.removeprefix("by_")
        counted = {row["code"]: row["n"] for row in section.rows if row["n"]}
        assert counted == Counter(getattr(case, axis) for case in ours), (period, axis)
    causes = {row["code"]: row["n"] for row in report("complaint-causes").make(reading).rows}
    assert causes == Counter(case.cause for case in ours if case.cause)
    live = [case for case in cases if case.status not in ("merged", "archived", "withdrawn")]
    lacking = [(case.id, case.received_at, case.owner, list(wanting(case))) for case in live]
    lines = [row for row in report("complaint-gaps").make(reading).rows if row["id"].startswith("C-")]
    gaps = [(row["id"], row["received_at"], row["owner"], row["missing"].value) for row in lines]
    assert gaps == [line for line in lacking if line[3]], period
    passed = [(row["id"], row["times"]) for row in report("complaint-pingpong").make(reading).rows]
    assert passed == [(case.id, len(case.handovers)) for case in cases if len(case.handovers) > 1]
    content = [(row["id"], row["score"]) for row in report("complaint-satisfaction").make(reading).rows]
    assert content == [(case.id, case.satisfaction) for case in cases if case.satisfaction]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happened_the_figures_are_those_of_the_complaints_one_by_one(desk: BranchKit, seed: int) -> None:
    """Backdated, late, voided, merged, split, repeated, with settings that change: asked again and again."""
    life = Life(desk, seed)
    for number in range(70):
        life.step()
        if number % 10 == 9:
            for period in PERIODS:
                compare(desk, period)
    assert len(desk.rows("complaints.case")) > 5


def test_a_report_asked_again_reads_no_complaint_row(desk: BranchKit, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not change is not counted again: no statement of the second asking walks through the cases' rows."""
    for _number in range(3):
        desk.record(ev.Received(channel="letter", gist="x", taker="li"), New("C"), actor="li")
    names = ("complaint-statistics", "complaint-causes", "complaint-gaps", "complaint-pingpong")
    first = [desk.branch.registry.report(name).make(reading_of(desk, "2026-11")) for name in names]
    plans: list[str] = []
    select = desk.branch.models.select

    def explained(sql: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        plans.extend(row[3] for row in select(f"EXPLAIN QUERY PLAN {sql}", params))
        return select(sql, params)

    monkeypatch.setattr(desk.branch.models, "select", explained)
    again = [desk.branch.registry.report(name).make(reading_of(desk, "2026-11")) for name in names]
    assert again == first
    walked = [plan for plan in plans if "complaints_case" in plan and "COVERING INDEX" not in plan]
    assert walked == []
