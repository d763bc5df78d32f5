"""User ids: who has no business where, purged by two, reviewed even when nothing is found."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.core.people.events import OnLeave, StaffLeft

SAVINGS, CORPORATE = "counter.purge-idle-savings-ids", "counter.purge-corporate-ids-elsewhere"
LIST = """user,staff,name,last_used
u1,zhao,Zhao Lei,2026-11-20
u2,guard,Wu Gang,
u9,,shared printer,
u7,gone,Old Man,2024-01-02
"""


def listed(kit: Any, text: str = LIST, *more: str) -> Any:
    path = kit.root / "users.csv"
    path.write_text(text, encoding="utf-8")
    return kit.ok("counter", "ids", "import", str(path), *more)


def owed(kit: Any, rule: str = SAVINGS) -> list[str]:
    return sorted(d.subject for d in kit.duties() if d.rule == rule and d.met is None and "#" not in d.subject)


@pytest.mark.rule("counter.purge-idle-savings-ids")
def test_ids_without_business_are_owed_and_purged_by_two(signed: Any) -> None:
    """A guard's, a shared and an unknown id are owed by the next working day; the asker does not review."""
    listed(signed)
    assert owed(signed) == ["savings/u2", "savings/u7", "savings/u9"]
    assert {row["user"]: row["why"] for row in signed.ok("counter", "ids", "list")} == {
        "u2": "no business in the system",
        "u7": "not in the staff list",
        "u9": "shared id without a human",
    }
    (duty,) = [d for d in signed.duties() if d.subject == "savings/u2"]
    assert duty.due.isoformat() == "2026-11-24T17:00:00+08:00"
    purge = ("counter", "ids", "purge", "u2", "--requester", "qian", "--reviewer")
    assert signed.fails(*purge, "qian", exit=4)["rule"] == SAVINGS
    signed.ok(*purge, "chen")
    assert signed.fails(*purge, "chen", exit=4)["rule"] == SAVINGS
    assert owed(signed) == ["savings/u7", "savings/u9"]


def test_leaving_and_long_leave_take_the_business_away(signed: Any) -> None:
    """The day after the last day an id is idle; so it is on a leave of more than thirty days."""
    from datetime import date

    listed(signed, "user,staff\nu1,zhao\nu3,sun\n")
    assert owed(signed) == []
    signed.record(StaffLeft(staff="zhao", on=date(2026, 11, 23)), "staff-zhao")
    signed.record(OnLeave(staff="sun", start=date(2026, 11, 24), until=date(2027, 1, 24), reason="sick"), "staff-sun")
    assert owed(signed) == []
    signed.clock.set("2026-11-24 09:00")
    assert owed(signed) == ["savings/u1", "savings/u3"]


def test_an_id_that_comes_back_is_an_alarm(signed: Any, broken: Any) -> None:
    """Purged, and on the next day's list again: somebody created it."""
    listed(signed)
    signed.ok("counter", "ids", "purge", "u2", "--requester", "qian", "--reviewer", "chen")
    assert broken(listed(signed)) == []
    assert owed(signed) == ["savings/u7", "savings/u9"]
    signed.clock.set("2026-11-24 09:00")
    assert broken(listed(signed)) == [SAVINGS]
    assert "savings/u2" in owed(signed)
    assert signed.row("counter.userid", "savings/u2").recreated is not None


def test_a_review_that_finds_nothing_is_recorded(signed: Any) -> None:
    """The monthly review is owed on the last business day of the month, and a nil review meets it."""
    listed(signed, "user,staff\nu1,zhao\n")
    signed.clock.set("2026-11-30 09:00")
    assert [d.subject for d in signed.duties() if d.subject == "2026-11#savings" and d.met is None] == [
        "2026-11#savings"
    ]
    done = signed.ok("counter", "ids", "review", "--by", "qian")
    assert (done["data"]["reviewer"], done["data"].get("found", [])) == ("qian", [])
    assert [d.subject for d in signed.duties() if d.subject == "2026-11#savings" and d.met is None] == []


@pytest.mark.rule("counter.purge-corporate-ids-elsewhere")
def test_a_corporate_tellers_foreign_id_goes_or_has_a_dated_waiver(signed: Any) -> None:
    """The person counts, not the id; the waiver has an approver who is somebody else, and an end."""
    signed.ok("staff", "add", "0900", "--name", "Sun Yue", "--person", "sun", "--role", "corporate-teller")
    listed(signed, "user,staff\nc1,sun\n")
    assert owed(signed, CORPORATE) == ["savings/c1"]
    assert [row["user"] for row in signed.ok("counter", "ids", "conflicts")] == ["c1"]
    listed(signed, "user,staff\nk1,0900\n", "--system", "corporate")
    assert owed(signed, CORPORATE) == ["savings/c1"]
    waive = ("counter", "ids", "waive", "c1", "--reason", "covers the hall", "--until")
    assert signed.fails(*waive, "2026-11-01", exit=4)["rule"] == CORPORATE
    assert signed.fails(*waive, "2026-11-25", "--approver", "qian", exit=5)["rule"] == CORPORATE
    signed.ok(*waive, "2026-11-25", "--approver", "chen")
    assert owed(signed, CORPORATE) == []
    signed.clock.set("2026-11-26 09:00")
    assert owed(signed, CORPORATE) == ["savings/c1"]
