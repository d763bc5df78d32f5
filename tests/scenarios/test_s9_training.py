"""S9, the training part: the study morning of an odd-week Saturday, its minutes, and January's three odd Saturdays."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.api import status

RULE = "training.odd-saturday-am-study"


def owed(kit: Any) -> dict[str, str]:
    return {one.subject: status(one, kit.clock.now()) for one in kit.duties() if one.rule == RULE}


@pytest.mark.rule("training.odd-saturday-am-study", "training.rules-study")
def test_s9_the_study_morning_of_week_51(kit: Any) -> None:
    """Sat 2026-12-19: planned, held at nine as study and summing-up, two excused, one unrecorded, minuted on Monday."""
    everybody = "chen,guard,li,qian,sun,wang,zhao"
    planned = kit.ok(
        *("training", "plan", "--topic", "rules", "--type", "study", "--type", "summary", "--on", "2026-12-19"),
        *("--start", "09:00", "--scope", "company", "--who", everybody),
        at="2026-12-14 09:00",
    )["id"]
    kit.clock.set("2026-12-18 17:30")
    assert owed(kit)["2026-12-19"] == "open"
    held = kit.ok("training", "session", "--planned", planned, "--minutes", "150", at="2026-12-19 09:00")
    assert held["data"]["kinds"] == ["study", "summary"]
    kit.ok("training", "attend", planned, "--present", "chen,guard,sun,zhao", at="11:40")
    kit.ok("training", "attend", planned, "--excused", "li,qian", "--reason", "on duty at the counter of 0302")

    kit.clock.set("2026-12-21 09:00")
    assert owed(kit) == {"2026-12-05": "missed", "2026-12-19": "met", f"{planned}#minutes": "open"}
    kit.ok("training", "minutes", planned, "--text", "dual control; two findings read out")
    row = kit.row("training.session", planned)
    assert (row.there, row.unrecorded) == (("chen", "guard", "sun", "zhao"), ("wang",))
    assert row.record_text == "dual control; two findings read out"
    (line,) = [row for row in kit.ok("training", "stats", "saturdays", "--period", "2026-12") if row["session"]]
    assert (line["week"], line["date"], line["attended"], line["unrecorded"]) == ("W51", "2026-12-19", 4, 1)

    # (abuse) unrecorded is not absent: it stays owed until somebody says which it was, and the correction keeps both
    assert (f"{planned}#attendance", "open") in {
        (one.subject, status(one, kit.clock.now())) for one in kit.duties() if one.rule == "training.rules-study"
    }
    kit.ok("training", "attend", planned, "--absent", "wang")
    kit.ok(
        "training",
        "correct",
        planned,
        "wang",
        "--to",
        "excused",
        "--reason",
        "sick note handed in",
        at="2026-12-22 09:00",
    )
    assert [was.status for was in kit.row("training.session", planned).seats["wang"].before] == ["absent"]


@pytest.mark.rule("training.odd-saturday-am-study")
def test_s9_backdating_a_study_morning_does_not_make_it_good(kit: Any) -> None:
    """(abuse) On Monday somebody enters a session “of Saturday nine o'clock”: kept, visible, and late."""
    kit.clock.set("2026-12-21 08:30")
    told = kit.ok("--at", "2026-12-19 09:00", "training", "session", "--topic", "rules", "--type", "study")
    assert told["occurred_at"] != told["recorded_at"]
    assert owed(kit)["2026-12-19"] == "late"


@pytest.mark.rule("training.odd-saturday-am-study")
def test_s9_january_2027_has_three_odd_saturdays_of_which_two_remain(kit: Any) -> None:
    """W53, W01 and W03 are odd; 2 January lies in the New Year holiday and is skipped by policy, with the reason."""
    kit.ok("policy", "set", "calendar.holidays", "2027-01-01,2027-01-02,2027-01-03", "--reason", "State Council notice")
    rows = kit.ok("training", "stats", "saturdays", "--period", "2027-01")
    assert [(row["week"], row["original"], row["kept"], row["reason"]) for row in rows] == [
        ("W53", "2027-01-02", False, "bank's own holiday"),
        ("W01", "2027-01-09", True, "Saturday of an odd ISO week"),
        ("W03", "2027-01-23", True, "Saturday of an odd ISO week"),
    ]
    assert "2 of 3 study mornings are kept." in kit.run("training", "stats", "saturdays", "--period", "2027-01").out
    kit.clock.set("2027-01-04 09:00")
    assert "2027-01-02" not in owed(kit)
    kit.clock.set("2027-01-08 09:00")
    assert owed(kit)["2027-01-09"] == "open"


@pytest.mark.rule("training.odd-saturday-am-study")
def test_s9_a_holiday_may_move_the_study_instead(kit: Any) -> None:
    """With `move`, 2 January is made up on the next Saturday without a study of its own."""
    kit.ok("policy", "set", "calendar.holidays", "2027-01-01,2027-01-02,2027-01-03", "--reason", "State Council notice")
    kit.ok("policy", "set", "hygiene.bigclean.holiday", "move", "--reason", "we make it up")
    rows = kit.ok("training", "stats", "saturdays", "--period", "2027-01")
    assert [row["date"] for row in rows] == ["2027-01-16", "2027-01-09", "2027-01-23"]
    kit.clock.set("2027-01-15 09:00")
    assert owed(kit)["2027-01-16"] == "open"
