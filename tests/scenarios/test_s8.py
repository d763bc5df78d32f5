"""S8: spot checks and fines, from the secret draw to the outing that cannot be paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from branchops.core.people.events import RoleGiven


@pytest.fixture
def branch(kit: Any) -> Any:
    """li is of the administration department; everybody has a PIN."""
    kit.record(RoleGiven(staff="li", role="admin-dept", start=kit.clock.today), "staff-li", actor="system")
    kit.pins()
    return kit


def add(kit: Any, *words: str, **how: Any) -> Any:
    return kit.ok("hygiene", "violation", "add", *words, **how)


def confirm(kit: Any, *ids: str) -> None:
    for one in ids:
        kit.ok("hygiene", "violation", "confirm", one, "--by", "li", as_="li")


def told(outcome: Any) -> list[tuple[str, str]]:
    """Outcome and message of each verdict."""
    return [(verdict["outcome"], verdict["message"]) for verdict in outcome["verdicts"]]


def balance(kit: Any) -> dict[str, str]:
    page = kit.ok("hygiene", "fund", "balance")
    return {name: page[name] for name in ("balance", "receivable", "owed_back", "free")}


@pytest.mark.rule("hygiene.fine-desk-from-second")
def test_a_first_desk_is_a_reminder_and_cannot_be_fined(branch: Any) -> None:
    """The first time costs nothing, by the table and for whoever wants it otherwise; the second costs ten."""
    first = add(branch, "--kind", "desk", "--who", "staff:qian")
    assert ("warning", "reminder, CNY 0 (occasion 1)") in told(first)
    error = branch.fails("hygiene", "violation", "add", "--kind", "desk", "--who", "zhao", "--fine", "10", exit=4)
    assert error["rule"] == "hygiene.fine-desk-from-second"
    assert error["message"] == "The first occasion is a reminder; it cannot be fined 10."
    second = add(branch, "--kind", "desk", "--who", "staff:qian", "--fine", "10", at="2026-12-21 09:00")
    assert (
        "warning",
        "CNY 10.00 for collective activities (occasion 2), once the administration confirms",
    ) in told(second)


@pytest.mark.rule("hygiene.fine-smoking-10", "hygiene.no-smoking-visitors-exempt", "hygiene.no-smoking-absolute")
def test_visitors_are_noted_and_staff_pay_from_the_first_cigarette(branch: Any) -> None:
    """A visitor's cigarette is recorded without money; a member of staff pays for the first one."""
    visitor = add(branch, "--kind", "smoking", "--who", "visitor")
    assert told(visitor) == [
        ("breach", "A visitor smoked: nobody may; asked to stop, no money."),
        ("warning", "Recorded without a penalty: nobody on the staff is known to be responsible."),
    ]
    sun = add(branch, "--kind", "smoking", "--who", "sun")
    assert [text for _grade, text in told(sun)] == [
        "Smoking in the office is forbidden.",
        "Nobody may smoke in the office.",
        "CNY 10.00 for collective activities (occasion 1), once the administration confirms",
    ]
    unknown = add(
        branch, "--kind", "smoking", "--who", "unknown", "--zone", "plants", "--note", "cigarette end in a pot"
    )
    assert unknown["data"]["offender"] == "unknown"
    error = branch.fails("hygiene", "violation", "add", "--kind", "smoking", "--who", "unknown", "--fine", "10", exit=4)
    assert error["message"] == "By the table this costs 0.00, not 10."


@pytest.mark.rule("hygiene.penalise-poor-hygiene", "hygiene.penalties-fund-activities")
def test_an_appeal_won_moves_the_later_occasion_up_and_gives_money_back(branch: Any) -> None:
    """The first desk is dropped on appeal: occasion 2 becomes 1, a compensating line says so, the money goes back."""
    add(branch, "--kind", "desk", "--who", "qian")
    add(branch, "--kind", "desk", "--who", "qian", at="2026-12-21 09:00")
    confirm(branch, "V-1", "V-2")
    branch.ok("hygiene", "fund", "in", "V-2", as_="li")
    assert balance(branch) == {"balance": "10.00", "receivable": "0.00", "owed_back": "0.00", "free": "10.00"}
    branch.ok("hygiene", "violation", "appeal", "1", "--reason", "It was not my desk.", as_="qian")
    branch.ok("hygiene", "violation", "decide", "1", "--granted", "--by", "li", as_="li")
    lines = branch.ok("hygiene", "penalty", "book")
    assert [(line["id"], line["text"], line["amount"]) for line in lines] == [
        ("V-2026-0001", "reminder, occasion 1", "0.00"),
        ("V-2026-0002", "fine, occasion 2", "10.00"),
        ("V-2026-0001", "taken back (was occasion 1)", "0.00"),
        ("V-2026-0002", "occasion 2 becomes 1: compensating entry -10.00", "-10.00"),
    ]
    assert balance(branch) == {"balance": "10.00", "receivable": "0.00", "owed_back": "10.00", "free": "0.00"}
    (back,) = [duty for duty in branch.duties() if duty.rule == "hygiene.penalties-fund-activities"]
    assert (back.subject, back.role, back.args["amount"]) == ("fund#V-2026-0002", "admin-dept", "CNY 10.00")
    branch.ok("hygiene", "fund", "refund", "2", "--payer", "li", "--approver", "chen", as_="li")
    assert [duty for duty in branch.duties() if duty.rule == "hygiene.penalties-fund-activities"] == []
    assert balance(branch) == {"balance": "0.00", "receivable": "0.00", "owed_back": "0.00", "free": "0.00"}


@pytest.mark.rule("hygiene.penalties-fund-activities")
def test_the_fund_pays_activities_only_with_two_people_and_only_what_is_there(branch: Any) -> None:
    """Spending 200 with 130 in the fund is rejected, as is one signature, one person, or any other purpose."""
    for number in range(1, 14):
        add(branch, "--kind", "smoking", "--who", "sun", at=f"2026-12-{number:02d} 10:00")
        confirm(branch, f"V-{number}")
        branch.ok("hygiene", "fund", "in", str(number), as_="li")
    assert balance(branch)["balance"] == "130.00"

    def spend(amount: str, *, payer: str = "li", approver: str = "chen", purpose: str = "outing") -> list[str]:
        words = ["hygiene", "fund", "out", "--amount", amount, "--activity", "spring outing", "--purpose", purpose]
        return [*words, "--payer", payer, "--approver", approver]

    error = branch.fails(*spend("200"), exit=4)
    assert error["rule"] == "hygiene.penalties-fund-activities"
    assert error["message"] == "The fund has 130.00, of which 0.00 is to be given back; 200.00 cannot be spent."
    assert branch.fails(*spend("60", approver="li"), exit=4)["rule"] == "hygiene.penalties-fund-activities"
    assert branch.fails(*spend("60", purpose="salaries"), exit=4)["rule"] == "hygiene.penalties-fund-activities"
    assert (
        branch.fails(*spend("60", payer="chen", approver="zhao"), exit=5)["rule"] == "hygiene.penalties-fund-activities"
    )
    branch.ok(*spend("60"))
    assert balance(branch)["balance"] == "70.00"
    assert branch.row("hygiene.purse", "fund").spent == Decimal("60.00")


@pytest.mark.rule("hygiene.random-spot-checks")
def test_the_draw_is_secret_until_it_is_over_and_then_checkable(branch: Any) -> None:
    """Only the hash is in the open; the seed appears nowhere until the plan is over, and then proves every check."""
    branch.ok("hygiene", "zones", "adopt", "--desks", "qian,zhao")
    plan = branch.ok(
        "hygiene", "spotcheck", "plan", "--from", "2026-11-24", "--to", "2026-11-27", "--checks", "3", as_="li"
    )
    assert len(plan["data"]["commitment"]) == 64
    assert plan["data"]["seed"] == "***"
    stored = branch.events("hygiene.spot-checks-planned")[0].data.seed
    assert stored.startswith("sealed:v1:SC-2026-0001:")
    assert [duty for duty in branch.duties() if "SC-" in duty.subject] == []
    assert (
        branch.fails("hygiene", "spotcheck", "reveal", "SC-1", exit=4, as_="li")["rule"] == "hygiene.random-spot-checks"
    )
    assert branch.fails("hygiene", "spotcheck", "next", "SC-1", "--by", "zhao", exit=5, as_="zhao")["code"]
    drawn = branch.ok("hygiene", "spotcheck", "next", "SC-1", "--by", "li", as_="li")
    branch.clock.set("2026-11-28 09:00")
    branch.ok("hygiene", "spotcheck", "reveal", "SC-1", as_="li")
    shown = branch.ok("hygiene", "spotcheck", "show", "SC-1", as_="zhao")
    assert shown["proved"] is True
    assert [(one["day"], one["at"], one["zone"]) for one in shown["checks"]] == [
        (one["day"], one["at"], one["zone"]) for one in drawn
    ]
    assert branch.fails("hygiene", "spotcheck", "plan", "--from", "2026-12-01", "--to", "2026-12-04", exit=5, as_="sun")
