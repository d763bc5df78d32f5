"""The special-business register and its prints, seal verification, statements, forms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from branchops.core.people.events import OnLeave
from branchops.plugins.counter.rules.measure import rate, wilson

ENTERED, PRINTED = "counter.special-register-entered", "counter.special-register-printed"
FORCED, CUSTODY, FORMS = (
    "counter.seal-forced-pass-minimise",
    "counter.statement-custodian",
    "counter.no-form-filling-for-customer",
)


def add(kit: Any, ref: str, *more: str) -> Any:
    return kit.ok("counter", "special", "add", "--kind", "reversal", "--ref", ref, "--by", "qian", *more)


@pytest.mark.rule("counter.special-register-entered")
def test_lines_are_numbered_without_gaps_and_late_ones_are_late(signed: Any, broken: Any) -> None:
    """The general teller enters; a code must be known; an hour later is late; nobody else's hand is in it."""
    assert [add(signed, "V1")["id"], add(signed, "V2")["id"]] == ["SB-2026-0001", "SB-2026-0002"]
    wrong = ("counter", "special", "add", "--ref", "V3", "--by")
    assert signed.fails(*wrong, "qian", "--kind", "bribe", exit=4)["rule"] == ENTERED
    assert signed.fails(*wrong, "zhao", "--kind", "reversal", exit=5)["rule"] == ENTERED
    signed.clock.set("2026-11-23 10:00")
    late = add(signed, "V3", "--at", "09:00")
    assert (late["id"], broken(late)) == ("SB-2026-0003", [ENTERED])
    signed.ok("policy", "set", "counter.special.codes", "bribe", "--reason", "test")
    signed.clock.tick(minutes=1)
    assert signed.ok(*wrong, "qian", "--kind", "bribe")["id"] == "SB-2026-0004"


@pytest.mark.rule("counter.special-register-printed")
def test_a_print_is_recorded_repeatable_and_never_silently_changed(signed: Any) -> None:
    """A print, a copy 2 with the same digest, a supplement for the late line, a struck line for the void."""
    entry = add(signed, "V1", "--note", "customer Hu")
    first = signed.ok("counter", "special", "print", "--by", "qian", at="16:00")["data"]
    again = signed.run("counter", "special", "print", "--by", "qian", at="16:01").out
    assert (first["digest"][:16] in again, "customer Hu" in again) == (True, False)
    add(signed, "V2", "--at", "16:00")
    assert [d.subject for d in signed.duties() if d.rule == PRINTED and d.met is None] == ["2026-11-23#supplement"]
    third = signed.run("counter", "special", "print", "--by", "qian", at="16:10").out
    assert ("V2" in third, "V1" in third) == (True, False)
    assert [d.subject for d in signed.duties() if d.rule == PRINTED and d.met is None] == []
    signed.ok("void", entry["event"], "--reason", "wrong customer")
    fourth = signed.run("counter", "special", "print", "--by", "qian", at="16:20").out
    assert ("V1" in fourth.replace("\u0336", ""), "V2" in fourth, "void" in fourth) == (True, False, True)
    prints = signed.row("counter.print", "special-print-2026-11-23").prints
    assert [(one.copy, one.lines, one.supplement) for one in prints] == [
        (1, 1, False), (2, 1, False), (3, 1, True), (4, 1, True),
    ]  # fmt: skip


def test_an_empty_day_prints_no_business_and_an_unprinted_day_is_owed(signed: Any) -> None:
    """Silence is a fact."""
    assert [d.subject for d in signed.duties() if d.rule == PRINTED and d.met is None] == ["2026-11-23"]
    page = signed.run("counter", "special", "print", "--by", "qian")
    assert "No business." in page.out
    assert [d.subject for d in signed.duties() if d.rule == PRINTED and d.met is None] == []


def test_a_forced_pass_has_a_reason_and_another_authoriser(signed: Any, broken: Any) -> None:
    """Without a reason, without authority, or by one's own hand it is refused; alone and said so, a breach."""
    forced = ("counter", "seal-check", "--result", "forced", "--account", "8800", "--teller", "wang")
    assert signed.fails(*forced, "--authoriser", "qian", exit=4)["rule"] == FORCED
    assert signed.fails(*forced, "--reason", "worn", exit=4)["rule"] == FORCED
    assert signed.fails(*forced, "--reason", "worn", "--authoriser", "wang", exit=4)["rule"] == FORCED
    assert broken(signed.ok(*forced, "--reason", "worn", "--single")) == [FORCED]
    told = signed.ok("counter", "seal-total", "--total", "10", "--forced", "2")
    assert [v["message"] for v in told["verdicts"]] == ["The system counted 2 forced passes, 1 are recorded here."]
    assert "the system counted 2 forced of 10, recorded here 1 of 1" in signed.run("report", "forced-pass").out


@pytest.mark.parametrize(
    ("hits", "n", "interval"),
    [
        (0, 10, ("0.000", "0.278")),
        (1, 10, ("0.018", "0.404")),
        (3, 41, ("0.025", "0.194")),
        (10, 10, ("0.722", "1.000")),
    ],
)
def test_the_interval_is_wilsons(hits: int, n: int, interval: tuple[str, str]) -> None:
    """Published values of the score interval at 95 %."""
    found = wilson(hits, n)
    assert found is not None
    assert (str(found[0]), str(found[1])) == interval
    assert (wilson(0, 0), rate(0, 0)) == (None, None)


@pytest.mark.rule("counter.statement-custodian")
def test_exactly_one_custodian_at_any_instant(signed: Any, broken: Any) -> None:
    """Set once, handed over by the custodian with both signatures, never into the past; others' hands are a breach."""
    assert "Nobody keeps the statements of account." in signed.run("rules", "check").out
    signed.ok("counter", "statement", "custodian", "li")
    assert signed.fails("counter", "statement", "custodian", "qian", exit=4)["rule"] == CUSTODY
    over = ("counter", "statement", "handover", "--to")
    assert signed.fails(*over, "qian", "--from", "sun", exit=4)["rule"] == CUSTODY
    assert signed.fails(*over, "li", "--from", "li", exit=4)["rule"] == CUSTODY
    signed.ok(*over, "qian", "--from", "li", at="10:00")
    assert signed.fails(*over, "li", "--from", "qian", "--at", "09:00", exit=4)["rule"] == CUSTODY
    spans = signed.row("counter.custody", "statements").spans
    assert [one.end for one in spans[:-1]] == [one.start for one in spans[1:]]
    assert broken(signed.ok("counter", "statement", "receive", "--count", "12", "--by", "qian")) == []
    assert signed.fails("counter", "statement", "issue", "--count", "13", "--by", "qian", exit=4)["rule"] == CUSTODY
    assert broken(signed.ok("counter", "statement", "issue", "--count", "2", "--by", "sun")) == [CUSTODY]
    assert signed.fails("counter", "statement", "return", "--count", "3", "--by", "qian", exit=4)["rule"] == CUSTODY
    assert signed.ok("counter", "statement", "show")["stock"] == 10


def test_a_custodian_on_leave_leaves_a_gap_that_is_owed(signed: Any, broken: Any) -> None:
    """The alarm stands until somebody who is there takes over; a teller as custodian is pointed out, or a breach."""
    signed.ok("counter", "statement", "custodian", "li")
    signed.record(OnLeave(staff="li", start=date(2026, 11, 24), until=date(2026, 11, 25)), "staff-li")
    signed.clock.set("2026-11-24 09:30")
    assert [d.subject for d in signed.duties() if d.rule == CUSTODY] == ["statements#2026-11-24"]
    done = signed.ok("counter", "statement", "handover", "--from", "li", "--to", "sun")
    assert [(v["outcome"], v["message"]) for v in done["verdicts"]] == [
        ("warning", "sun books accounts and keeps their statements.")
    ]
    assert [d.subject for d in signed.duties() if d.rule == CUSTODY] == []
    signed.ok("policy", "set", "counter.statement.separation", "breach", "--reason", "head office")
    signed.clock.tick(minutes=1)
    assert broken(signed.ok("counter", "statement", "handover", "--from", "sun", "--to", "zhao")) == [CUSTODY]


@pytest.mark.rule("counter.no-form-filling-for-customer")
def test_filling_a_form_by_hand_is_a_breach_and_a_machine_does_not_fill(signed: Any, broken: Any) -> None:
    """By hand it is a breach of the teller's; a printed form is none; the exception is off until somebody allows it."""
    assert broken(signed.ok("counter", "breach", "add", "--person", "zhao")) == [FORMS]
    assert broken(signed.ok("counter", "breach", "add", "--person", "zhao", "--filled", "machine")) == []
    assert [(row["who"], row["rule"]) for row in signed.ok("counter", "breaches")] == [
        ("zhao", "no-form-filling-for-customer")
    ]
    helped = ("counter", "assist", "--teller", "zhao", "--witness", "sun", "--reason", "blind customer")
    assert signed.fails(*helped, exit=4)["rule"] == FORMS
    signed.ok("policy", "set", "counter.assist.enabled", "yes", "--reason", "head office letter")
    signed.clock.tick(minutes=1)
    assert broken(signed.ok(*helped)) == []
    assert (
        signed.fails("counter", "breach", "add", "--person", "zhao", "--rule", "nonsense", exit=10)["code"]
        == "not-found"
    )
