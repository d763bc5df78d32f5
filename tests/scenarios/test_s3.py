"""Scenario S3: the machine is short at twenty past four."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from branchops.api import New
from branchops.plugins.counter.events.seat import SeatLeft

RULE = "counter.atm-difference-same-day"


@pytest.fixture
def short(kit: Any) -> Any:
    """Machine A3 is short by 500, found at 16:20; Zhao's till was short by 100 at noon; another machine is over."""
    kit.pins()
    kit.clock.set("2026-11-23 12:00")
    kit.ok("counter", "diff", "open", "--till", "zhao", "--amount", "-100")
    kit.ok("counter", "diff", "resolve", "1", "--disposition", "recovered-from-teller", "--by", "qian")
    kit.ok("counter", "diff", "open", "--atm", "A1", "--amount", "500")
    kit.clock.set("2026-11-23 16:20")
    done = kit.ok(
        "counter",
        "diff",
        "open",
        "--atm",
        "A3",
        "--amount",
        "-500",
        "--teller",
        "zhao",
        "--card",
        "6222020200112233445",
    )
    assert done["id"] == "D-2026-0003"
    assert done["data"]["card"] == "****3445"
    (duty,) = done["duties"]
    assert (duty["rule"], duty["due"], duty["critical"]) == (RULE, "2026-11-23T17:00:00+08:00", True)
    return kit


@pytest.mark.rule("counter.atm-difference-same-day")
def test_the_day_does_not_close_clean_over_an_open_difference(short: Any) -> None:
    """What is neither resolved nor suspended is missed, and the next day opens with an alarm."""
    done = short.run("day", "close", "--json", at="17:30")
    assert done.exit == 3
    missed = [one["subject"] for one in done.json()["missed"] if one["rule"] == RULE]
    assert missed == ["D-2026-0002", "D-2026-0003"]
    opened = short.ok("day", "open", at="2026-11-24 08:10")
    assert "D-2026-0003" in [one["subject"] for one in opened["alarms"]]


def test_nothing_is_netted_and_nothing_is_split(short: Any) -> None:
    """An overage never makes up for a shortage, and a difference is settled whole."""
    before = len(short.events())
    for argv in (
        ("diff", "resolve", "3", "--offset", "D-0002"),
        ("diff", "suspend", "3", "--approver", "chen", "--account", "8800", "--by", "qian", "--offset", "D-0002"),
        ("diff", "resolve", "3", "--amount", "-200"),
        ("diff", "suspend", "3", "--approver", "chen", "--account", "8800", "--by", "qian", "--amount", "-200"),
    ):
        assert short.fails("counter", *argv, exit=4)["rule"] == RULE
    assert len(short.events()) == before


def test_an_approved_suspension_meets_the_duty_and_owes_a_follow_up(short: Any) -> None:
    """The head approves; the sum shows at Zhao; the claim comes the next day; the customer gets it back."""
    done = short.ok(
        "counter",
        "diff",
        "suspend",
        "3",
        "--approver",
        "chen",
        "--account",
        "6228480000008800",
        "--by",
        "qian",
        at="16:50",
    )
    assert (done["data"]["account"], done["data"]["approver"]) == ("****8800", "chen")
    states = {duty["id"]: duty["status"] for duty in done["duties"]}
    assert states == {f"{RULE}@D-2026-0003": "met", f"{RULE}@D-2026-0003#1": "open"}
    report = short.ok("report", "over-short", "--period", "2026-Q4")
    (line,) = [row for row in report if row["person"].startswith("zhao")]
    assert {key: line[key] for key in ("n", "over_n", "short_n", "short", "cumulative")} == {
        "n": 2, "over_n": 0, "short_n": 2, "short": "-600", "cumulative": "-600",
    }  # fmt: skip
    short.ok(
        "counter",
        "diff",
        "claim",
        "3",
        "--claim",
        "C-2026-0007",
        "--amount",
        "500",
        "--customer",
        "Mr Wu",
        at="2026-11-24 10:00",
    )
    done = short.ok(
        "counter",
        "diff",
        "dispose",
        "3",
        "--disposition",
        "customer-card",
        "--approver",
        "chen",
        "--by",
        "qian",
        "--customer-signed",
    )
    row = short.row("counter.diff", "D-2026-0003")
    assert (row.status, row.open, row.disposition, [c.claim for c in row.claims]) == (
        "disposed",
        False,
        "customer-card",
        ["C-2026-0007"],
    )
    assert all(b"Mr Wu" not in event.body for event in short.branch.ledger.read())


def test_whoever_asks_or_is_short_does_not_approve(short: Any) -> None:
    """The head's own request, and the head's own difference, need another head."""
    asked = ("counter", "diff", "suspend", "3", "--approver", "chen", "--account", "8800")
    assert short.fails(*asked, "--by", "chen", exit=4)["rule"] == RULE
    assert (
        short.fails("counter", "diff", "suspend", "3", "--approver", "qian", "--account", "8800", exit=5)["rule"]
        == RULE
    )
    short.ok("counter", "diff", "open", "--till", "chen", "--amount", "-1")
    own = ("counter", "diff", "suspend", "4", "--approver", "chen", "--account", "8800", "--by", "qian")
    assert short.fails(*own, exit=4)["rule"] == RULE


def test_a_late_suspension_stays_late(short: Any) -> None:
    """Suspended the next morning, or backdated the next morning: the day of the difference was missed."""
    short.clock.set("2026-11-24 09:00")
    short.ok(
        "counter",
        "diff",
        "suspend",
        "3",
        "--approver",
        "chen",
        "--account",
        "8800",
        "--by",
        "qian",
        "--at",
        "yesterday 16:50",
    )
    states = {d["id"]: d["status"] for d in short.ok("show", "D-3")["duties"]}
    assert states[f"{RULE}@D-2026-0003"] == "late"


def test_found_after_closing_is_due_the_next_business_day(short: Any) -> None:
    """A difference of Friday evening is due on Monday."""
    done = short.ok(
        "counter", "diff", "open", "--atm", "A9", "--amount", "20", "--currency", "USD", at="2026-11-27 18:00"
    )
    (duty,) = done["duties"]
    assert duty["due"] == "2026-11-30T17:00:00+08:00"
    assert short.row("counter.diff", done["id"]).amount == Decimal(20)


def test_policy_decides_whether_suspension_counts(short: Any) -> None:
    """C19: a bank that wants differences resolved says so, for differences from then on."""
    short.clock.tick(minutes=1)
    short.ok("policy", "set", "counter.diff.suspension_counts", "no", "--reason", "head office")
    short.clock.tick(minutes=1)
    new = short.ok("counter", "diff", "open", "--atm", "A4", "--amount", "-5")["id"]
    for diff in ("3", new):
        short.ok("counter", "diff", "suspend", diff, "--approver", "chen", "--account", "8800", "--by", "qian")
    owed = {d.subject for d in short.duties() if d.rule == RULE and d.met is None}
    assert (new in owed, "D-2026-0003" in owed) == (True, False)


def test_a_difference_does_not_vanish_by_a_void(short: Any) -> None:
    """Whoever recorded it cannot strike it out; the head can, and the ledger keeps both."""
    opened = short.ok("counter", "diff", "open", "--till", "sun", "--amount", "-7", as_="sun")
    assert short.fails("void", opened["event"], "--reason", "gone", as_="sun", exit=5)["rule"] == RULE
    short.ok("void", opened["event"], "--reason", "counted twice")
    assert short.row("counter.diff", opened["id"]) is None


def test_two_counts_that_disagree_are_owed_as_a_difference_however_recorded(short: Any) -> None:
    """A leave appended alone owes its difference until somebody opens it, and again once that is voided."""
    fact = SeatLeft(teller="sun", day=short.clock.today, count=Decimal(10), witness="wang", witness_count=Decimal(8))
    short.record(fact, New("AW"))

    def owed() -> list[str]:
        return [d.subject for d in short.duties() if d.rule == RULE and d.subject.startswith("AW-")]

    assert owed() == ["AW-2026-0001"]
    opened = short.ok("counter", "diff", "open", "--till", "sun", "--amount", "-2")
    assert owed() == []
    short.ok("void", opened["event"], "--reason", "test")
    assert owed() == ["AW-2026-0001"]
