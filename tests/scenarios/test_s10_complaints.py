"""S10, the complaints' part: month end for head office: figures that say what they rest on, nothing counted twice."""

from __future__ import annotations

import sqlite3

import pytest

from branchops.testing import BranchKit


@pytest.fixture
def november(kit: BranchKit) -> BranchKit:
    """November 2026: five complaints by three channels, one of them merged, one voided; one piece of praise."""
    kit.pins("chen", "li")
    kit.clock.set("2026-11-23 10:00")
    receive = ("complaints", "receive", "--gist", "x", "--contact")
    kit.ok(*receive, "13800000001", "--channel", "oral", "--readback", "yes", "--business", "B3", as_="wang")
    kit.ok(*receive, "13800000001", "--channel", "phone", "--caller", "Wu", "--readback", "yes", as_="wang")
    kit.ok(*receive, "13800000002", "--channel", "letter", as_="li")
    kit.ok(*receive, "13800000003", "--channel", "letter", "--business", "B3", as_="li")
    mistake = kit.ok(*receive, "13800000004", "--channel", "oral", "--readback", "yes", as_="wang")
    kit.ok(*receive, "13800000005", "--channel", "letter", "--kind", "praise", as_="li")
    kit.ok("void", mistake["event"], "--reason", "typed twice", as_="wang")
    kit.ok("complaints", "merge", "2", "--into", "1", as_="li")
    kit.ok("complaints", "reply", "1", "--via", "in person", "--text", "sorry", "--on-the-spot", as_="wang")
    kit.ok("complaints", "cause", "1", "C1", "--text", "noon", as_="wang")
    kit.ok("complaints", "resolve", "1", "--outcome", "upheld", "--facts", "log", as_="wang")
    kit.ok("complaints", "reply", "3", "--via", "letter", "--text", "late", at="2026-11-27 09:00", as_="li")
    return kit


@pytest.mark.rule("complaints.handler-duties")
def test_the_month_in_figures(november: BranchKit) -> None:
    """Merged once, voided never; every rate with its denominator, and the channels that are nil."""
    november.clock.set("2026-12-01 09:00")
    page = november.ok("complaints", "stats", "2026-11")
    found = {row["figure"]: (row["n"], row["of"], row["rate"], row["previous"]) for row in page["figures"]}
    assert {name: found[name] for name in list(found)[:8]} == {
        "received": (3, None, "", 0),
        "outstanding at the start": (0, None, "", 0),
        "closed in the period": (0, None, "", 0),
        "outstanding at the end": (3, None, "", 0),
        "closed, of those received": (0, 3, "0.0 %", 0),
        "answered on the spot": (1, 3, "33.3 %", 0),
        "answered within the limit": (1, 3, "33.3 %", 0),
        "upheld wholly or partly": (1, 1, "100.0 %", 0),
    }
    assert (found["merged into another"][0], found["praise"][0]) == (1, 1)
    channels = {row["code"]: row["n"] for row in page["by_channel"]}
    assert channels == {"oral": 1, "book": 0, "letter": 2, "phone": 0, "other": 0}
    assert {row["code"]: row["n"] for row in page["by_business"] if row["n"]} == {"B3": 2, "": 1}
    shown = november.run("complaints", "stats", "2026-11").out
    assert "Nil: opinion book, telephone, other" in shown
    assert page["policy"] == november.branch.house.policies.at(november.clock.now()).version


def test_this_month_quarter_and_year_have_words_of_their_own(november: BranchKit) -> None:
    """`stats --month` is the present month; two periods at once are a mistake."""
    asked = {flag: november.ok("complaints", "stats", flag)["period"] for flag in ("--month", "--quarter", "--year")}
    assert asked == {"--month": "2026-11", "--quarter": "2026-Q4", "--year": "2026"}
    assert november.run("complaints", "stats", "2026-10", "--month").exit == 2


def test_december_stands_beside_november(november: BranchKit) -> None:
    november.clock.set("2026-12-15 09:00")
    page = november.ok("complaints", "stats", "2026-12")
    (received,) = [row for row in page["figures"] if row["figure"] == "received"]
    assert (page["nil"], received["n"], received["previous"]) == (True, 0, 3)
    assert (page["previous_period"], november.ok("complaints", "stats", "2026-Q4")["received"]) == ("2026-11", 3)


def test_a_row_changed_with_the_sqlite_shell_is_named(november: BranchKit) -> None:
    november.close()
    with sqlite3.connect(november.store / "ledger.db") as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            db.execute(f"DROP TRIGGER {name}")
        (pos,) = db.execute("SELECT pos FROM events WHERE type = 'complaints.resolved'").fetchone()
        db.execute(
            "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'upheld', 'partly') AS BLOB) WHERE pos = ?",
            (pos,),
        )
    done = november.run("verify", "--json")
    assert (done.exit, {one["pos"] for one in done.json()["findings"]} >= {pos}) == (8, True)


def test_a_destroyed_key_changes_no_figure(november: BranchKit) -> None:
    """What a complainant said and was called can be destroyed; numbers, rates and the chain stay as they were."""
    before = november.ok("complaints", "stats", "2026-11")
    november.branch.keys.destroy("C-2026-0003")
    november.reopen()
    assert november.ok("complaints", "stats", "2026-11") == before
    assert november.ok("complaints", "show", "3", "--reveal")["gist"] == "∅"
    assert november.run("verify").exit == 0
