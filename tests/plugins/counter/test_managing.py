"""Names on controls, drawn samples, two-sided assessments, rewards, suggestions, indicators, hints."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.counter.reports.risk import shade
from branchops.plugins.counter.rules.measure import draw

NAMED, REVIEW = "counter.named-responsible-and-implementer", "counter.review-work-done"
ASSESS, MERIT, SUGGEST = "counter.assessment", "counter.reward-good-punish-bad", "counter.improve-and-obey-rules"
MARKS = [part for name in ("discipline", "accuracy", "custody", "cooperation") for part in ("--mark", f"{name}=90")]


@pytest.mark.rule("counter.named-responsible-and-implementer")
def test_a_control_carries_two_names_of_people_who_are_here(signed: Any) -> None:
    """Blank, unknown, or a group: refused; one name twice: pointed out."""
    put = ("counter", "control", "set", "vault")
    assert signed.fails(*put, "--responsible", "chen", exit=4)["rule"] == NAMED
    assert signed.fails(*put, "--responsible", "chen", "--implementer", "the tellers", exit=4)["rule"] == NAMED
    done = signed.ok(*put, "--responsible", "chen", "--implementer", "chen")
    assert [v["outcome"] for v in done["verdicts"]] == ["warning"]
    done = signed.ok(*put, "--implementer", "qian")
    assert (done["data"]["responsible"], done["data"]["implementer"], done["verdicts"]) == ("chen", "qian", [])


@pytest.mark.rule("counter.plug-loopholes")
def test_coverage_names_idle_controls_and_bare_rules(signed: Any) -> None:
    """A control unused beyond its frequency is a gap, one for rare events is none; a rule without control is one."""
    put = ("counter", "control", "set")
    names = ("--responsible", "chen", "--implementer", "qian")
    signed.ok(*put, "daily", *names, "--every", "1", "--rule", "counter.large-cash-to-safe")
    signed.ok(*put, "fire", *names, "--every", "0")
    signed.clock.set("2026-11-26 09:00")
    rows = signed.ok("report", "coverage")
    assert [(row["gap"], row["subject"], row["days"]) for row in rows if row["gap"] != "no-control"] == [
        ("idle", "daily", 3),
        ("no-rule", "fire", None),
    ]
    bare = {row["subject"] for row in rows if row["gap"] == "no-control"}
    assert (len(bare), "counter.large-cash-to-safe" in bare) == (32, False)
    signed.ok("counter", "control", "use", "daily", "--by", "qian")
    assert "idle" not in [row["gap"] for row in signed.ok("counter", "controls", "coverage")]


@given(st.text(), st.sets(st.text(min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_a_draw_is_repeatable_in_any_order(seed: str, population: set[str], data: st.DataObject) -> None:
    """Size as asked, out of the population, the same for any order of the same population."""
    size = data.draw(st.integers(1, len(population)))
    order = data.draw(st.permutations(sorted(population)))
    drawn = draw(seed, order, size)
    assert (len(drawn), set(drawn) <= population, drawn) == (size, True, draw(seed, sorted(population), size))


@pytest.mark.rule("counter.review-work-done")
def test_an_inspection_is_drawn_owed_and_done_by_somebody_else(signed: Any, broken: Any) -> None:
    """Own area refused; unplanned sample refused; undone is owed; leaving one out is a breach; nothing found counts."""
    plan = (
        "counter",
        "inspect",
        "plan",
        "--area",
        "tills",
        "--due",
        "2026-11-24",
        "--unit",
        "wang,zhao,sun",
        "--size",
        "2",
    )
    assert signed.fails(*plan, "--seed", "x", "--checker", "zhao", exit=4)["rule"] == REVIEW
    done = signed.ok(*plan, "--seed", "dice 4 2 6", "--checker", "li")
    assert tuple(done["data"]["sample"]) == draw("dice 4 2 6", ("wang", "zhao", "sun"), 2)
    assert [(d.subject, d.who) for d in signed.duties() if d.rule == REVIEW] == [("IN-2026-0001", "li")]
    assert (
        signed.fails("counter", "inspect", "do", "1", "--checker", "li", "--failed", "qian=x", exit=4)["rule"] == REVIEW
    )
    assert broken(signed.ok("counter", "inspect", "do", "1", "--checker", "li")) == []
    assert [d for d in signed.duties() if d.rule == REVIEW] == []
    signed.ok(*plan, "--seed", "y", "--checker", "li")
    left = signed.row("counter.inspection", "IN-2026-0002").sample[0]
    assert broken(signed.ok("counter", "inspect", "do", "2", "--checker", "li", "--left", left)) == [REVIEW]
    forged = {"template": "t", "area": "a", "checker": "li", "due": date(2026, 11, 24)}
    from branchops.api import New, Rejected
    from branchops.plugins.counter.events.managing import InspectionPlanned

    wrong = tuple(sorted({"wang", "zhao", "sun"} - {draw("z", ("wang", "zhao", "sun"), 1)[0]}))[:1]
    fact = InspectionPlanned(population=("wang", "zhao", "sun"), size=1, seed="z", sample=wrong, **forged)
    with pytest.raises(Rejected):
        signed.record(fact, New("IN"))


@pytest.mark.rule("counter.assessment")
def test_an_assessment_is_signed_by_both_and_nobody_assesses_himself(signed: Any) -> None:
    """Both PINs; not oneself; marks under the policy's headlines; only the person appeals."""
    assess = ("counter", "assess", "--period", "2026-11", "--person", "zhao")
    assert signed.fails(*assess, *MARKS, "--assessor", "zhao", exit=4)["rule"] == ASSESS
    assert signed.fails(*assess, "--mark", "discipline=90", exit=4)["rule"] == ASSESS
    assert signed.fails(*assess, *MARKS[:-1], "cooperation=101", exit=4)["rule"] == ASSESS
    done = signed.ok(*assess, *MARKS[:-1], "cooperation=70")
    assert done["data"]["total"] == "88.0"
    (event,) = signed.events("counter.assessed")
    assert [one.staff for one in event.meta.signatures] == ["zhao", "chen"]
    assert signed.fails("counter", "appeal", "1", "--reason", "x", "--by", "sun", exit=5)["rule"] == ASSESS
    signed.ok("counter", "appeal", "1", "--reason", "two were voided", "--by", "zhao")
    (row,) = signed.ok("report", "assessments")
    assert (row["person"], row["appeal"]) == ("***", "two were voided")


@pytest.mark.rule("counter.reward-good-punish-bad")
def test_a_sanction_rests_on_a_record_and_anothers_approval(signed: Any) -> None:
    """The head approves what concerns others, never the head; the register hides names and counts both ways."""
    sanction = ("counter", "sanction", "add", "--person", "zhao", "--text", "x", "--basis")
    own = ("counter", "reward", "add", "--person", "chen", "--basis", "D-1", "--text", "well done")
    assert signed.fails(*own, exit=4)["rule"] == MERIT
    assert (
        signed.fails("counter", "sanction", "add", "--person", "zhao", "--basis", " ", "--text", "x", exit=4)["rule"]
        == MERIT
    )
    assert signed.fails(*sanction, " ", exit=4)["rule"] == MERIT
    assert signed.fails(*sanction, "D-1", "--approver", "qian", exit=5)["rule"] == MERIT
    signed.ok("counter", "sanction", "add", "--person", "zhao", "--basis", "D-2026-0001", "--text", "spoken to")
    signed.ok("counter", "reward", "add", "--person", "sun", "--basis", "D-2026-0001", "--text", "found it")
    shown = signed.run("report", "merits").out
    assert ("zhao" in shown, "spoken to" in shown, "Rewards 1, sanctions 1." in shown) == (False, False, True)


@pytest.mark.rule("counter.improve-and-obey-rules")
def test_a_suggestion_is_decided_for_the_future(signed: Any) -> None:
    """An accepted change has a day to come; it is decided once, and not by whose idea it was."""
    signed.ok("counter", "suggest", "--text", "30 minutes on market days", "--by", "zhao")
    decide = ("counter", "decide", "1", "--accept")
    assert signed.fails(*decide, exit=4)["rule"] == SUGGEST
    assert signed.fails(*decide, "--effective", "2026-11-22", exit=4)["rule"] == SUGGEST
    signed.ok(*decide, "--effective", "2026-12-01", "--policy-key", "counter.cash.large_minutes")
    assert signed.fails(*decide, "--effective", "2026-12-02", exit=4)["rule"] == SUGGEST
    (row,) = signed.ok("report", "suggestions")
    assert (row["status"], row["effective"], row["policy_key"]) == (
        "accepted",
        "2026-12-01",
        "counter.cash.large_minutes",
    )
    signed.ok("counter", "suggest", "--text", "mine", "--by", "chen")
    assert signed.fails("counter", "decide", "2", "--decline", exit=4)["rule"] == SUGGEST


@pytest.mark.rule("counter.internal-control-first")
def test_the_statement_is_signed_anew_each_year_and_when_it_changes(signed: Any) -> None:
    """Coverage counts who has signed the version in force within a year; a score is no belief."""
    signed.ok("counter", "ack", "--by", "zhao", "--quiz", "90")

    def valid() -> list[str]:
        return [row["staff"].split()[0] for row in signed.ok("report", "readings") if row["valid"]]

    assert valid() == ["zhao"]
    signed.ok("policy", "set", "counter.statement.version", "2", "--reason", "new text")
    signed.clock.tick(minutes=1)
    assert valid() == []
    signed.ok("counter", "ack", "--by", "zhao")
    assert valid() == ["zhao"]
    signed.clock.tick(days=366)
    assert valid() == []


@pytest.mark.rule("counter.stop-irregular-operation")
def test_breaches_by_month_stand_beside_the_inspections(signed: Any) -> None:
    """Two breaches of two people; none at all says that nobody may have looked."""
    assert "Without inspections that says nothing." in signed.run("report", "breach-trend").out
    for who in ("zhao", "sun"):
        signed.ok("counter", "breach", "add", "--person", who)
    (row,) = signed.ok("counter", "breaches", "--trend", "--period", "2026-11")
    assert {key: row[key] for key in ("month", "n", "people", "checks")} == {
        "month": "2026-11", "n": 2, "people": 2, "checks": 0,
    }  # fmt: skip


@pytest.mark.rule("counter.honour-climate")
def test_the_honour_list_shows_numbers_until_the_outlet_decides(signed: Any) -> None:
    """Six employees; with names on, the one with a breach starts anew."""
    signed.clock.set("2026-12-28 09:00")
    signed.ok("counter", "breach", "add", "--person", "zhao")
    assert [row["people"] for row in signed.ok("report", "honour")] == [1, 5, 0, 0]
    signed.ok("policy", "set", "counter.honour.names", "yes", "--reason", "agreed")
    signed.clock.tick(minutes=1)
    rows = {row["who"].split()[0]: row["days"] for row in signed.ok("report", "honour")}
    assert rows == {"chen": 35, "li": 35, "wang": 35, "sun": 35, "qian": 35, "zhao": 0}


@pytest.mark.rule("counter.carry-through-controls")
def test_performance_counts_what_was_not_done(signed: Any) -> None:
    """The morning van met in time, the evening one never: one on time, one missed, though nothing was entered."""
    signed.ok("counter", "van", "arrive", "--am", "--by", "li,wang")
    signed.ok("counter", "van", "depart", "--am", "--by", "li,wang")
    signed.run("day", "close", at="18:00")
    signed.clock.set("2026-11-24 07:00")
    rows = {
        row["rule"]: row for row in signed.ok("report", "performance", "--period", "2026-W48") if "van" in row["rule"]
    }
    entry = rows["counter.van-two-person-entry"]
    assert {key: entry[key] for key in ("met", "late", "missed", "open")} == {
        "met": 1, "late": 0, "missed": 1, "open": 2,
    }  # fmt: skip


@pytest.mark.rule("counter.operational-risk-minimum")
def test_the_risk_board_knows_no_data_from_low_and_stale_from_fresh(signed: Any) -> None:
    """Nothing recorded is no data; a difference turns amber; a month later the number is stale."""
    before = {row["code"]: row["colour"] for row in signed.ok("report", "risk")}
    assert {before[code] for code in ("differences", "forced-pass", "idle-ids", "inspections")} == {"no data"}
    signed.ok("counter", "diff", "open", "--atm", "A3", "--amount", "-5")
    board = {row["code"]: row for row in signed.ok("report", "risk")}
    one = board["open-differences"]
    assert (one["value"], one["colour"], one["stale"]) == (
        "1", "amber", False,
    )  # fmt: skip
    signed.clock.tick(days=31)
    assert {row["code"]: row["stale"] for row in signed.ok("report", "risk")}["open-differences"]


def test_direction_decides_which_side_is_red() -> None:
    """Fewer inspections are worse, fewer differences are better."""
    from decimal import Decimal

    D = Decimal  # noqa: N806 - short for a table

    assert [shade(D(n), D(3), D(6), "down") for n in (2, 3, 6)] == ["green", "amber", "red"]
    assert [shade(D(n), D(2), D(1), "up") for n in (2, 1, 0)] == ["green", "amber", "red"]
    assert shade(None, D(1), D(2), "down") == "no data"


def test_hints_are_indicators_and_never_breaches(cheap: Any) -> None:
    """One pair five days running, signing several records in a minute, with round sums: hints, and no breach."""
    for i, day in enumerate((23, 24, 25, 26, 27)):
        cheap.clock.set(f"2026-11-{day} 17:30")
        for bag in ("B1", "B2"):
            cheap.ok("counter", "bag", "seal", bag, "--seal", f"{bag}{i}", "--amount", "20000", "--by", "li,wang")
            cheap.record(_open(bag, f"{bag}{i}", cheap.clock.today), f"bag-{bag}")
    found = {row["code"]: (row["who"], row["n"], row["of"]) for row in cheap.ok("report", "hints")}
    assert found == {
        "same-pair": ("li + wang", 5, 5),
        "same-minute": ("li + wang", 5, 20),
        "round-amounts": ("li + wang", 10, 10),
    }
    assert cheap.ok("counter", "breaches") == []


def _open(bag: str, seal: str, day: date) -> Any:
    from branchops.plugins.counter.events.custody import BagOpened

    return BagOpened(bag=bag, seal=seal, day=day, by=("li", "wang"))


def test_always_the_same_witness_is_a_hint(cheap: Any) -> None:
    """Six counts of seven with Sun: Sun is pointed out; four in five is the least that is."""
    from decimal import Decimal

    from branchops.plugins.counter.events.seat import Returned, SeatLeft

    for number, witness in enumerate(("sun", "sun", "sun", "wang", "sun", "sun", "sun"), 1):
        cheap.clock.tick(minutes=5)
        one = Decimal(7)
        fact = SeatLeft(teller="zhao", day=cheap.clock.today, count=one, witness=witness, witness_count=one)
        cheap.record(fact, f"AW-2026-{number:04d}")
        cheap.record(Returned(teller="zhao"), f"AW-2026-{number:04d}")
    found = [(row["code"], row["who"], row["n"], row["of"]) for row in cheap.ok("report", "hints")]
    assert ("same-witness", "sun", 6, 7) in found


def test_the_closing_list_is_answered_by_duties_and_by_looking(cheap: Any) -> None:
    """Rows with a rule follow what is owed; the others wait until somebody has looked, and may be out of order."""
    cheap.ok("counter", "diff", "open", "--atm", "A1", "--amount", "-5", at="16:00")
    cheap.ok("counter", "closing", "--not-ok", "alarm-set", "--note", "sensor dead")
    rows = {row["code"]: row["status"] for row in cheap.ok("counter", "closing")}
    assert (rows["differences"], rows["alarm-set"], rows["forms"]) == ("to do", "not ok", "to do")
    rows = {row["code"]: row["status"] for row in cheap.ok("counter", "closing", at="17:01")}
    assert (rows["differences"], rows["register"]) == ("missed", "missed")
    error = cheap.fails("counter", "closing", "--tick", "nonsense", exit=2)
    assert error["message"] == "The list has no row nonsense."
