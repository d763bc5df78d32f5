"""`branchops due`."""

from __future__ import annotations

import types
from datetime import date, timedelta
from typing import Any

import pytest

from branchops.testing import BranchKit

CONTRACT = ("rule", "subject", "title", "who", "role", "born", "due", "status", "policy")


def test_duties_come_soonest_first_with_the_keys_of_the_contract(shop: Any) -> None:
    """A daily duty due today stands before a case due on Thursday."""
    case = shop.case()
    rows = shop.json("due")
    assert [{key: row[key] for key in CONTRACT} for row in rows] == [
        {
            "rule": "desk.look-daily",
            "subject": "2026-11-23",
            "title": "Look at the desk",
            "who": "",
            "role": "teller",
            "born": "2026-11-23T09:00:00+08:00",
            "due": "2026-11-23T17:00:00+08:00",
            "status": "open",
            "policy": 0,
        },
        {
            "rule": "desk.answer-in-days",
            "subject": case,
            "title": "Answer the case",
            "who": "li",
            "role": "",
            "born": "2026-11-23T10:00:00+08:00",
            "due": "2026-11-26T17:00:00+08:00",
            "status": "open",
            "policy": 6,
        },
    ]


def test_people_see_the_first_page_and_how_many_more_there_are_programs_see_all(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branchops.showing.PAGE", 2)
    cases = [shop.case(str(number)) for number in range(3)]
    assert [row["subject"] for row in shop.json("due")] == ["2026-11-23", *cases]
    assert [row["subject"] for row in shop.json("due", "--limit", "3")] == ["2026-11-23", *cases[:2]]
    more = "2 more: narrow the list with --who, --on or --overdue, or see all with --limit 0."
    seen = shop.run("due", "--format", "plain").out
    assert [case in seen for case in cases] == [True, False, False]
    assert more in " ".join(seen.split())
    seen = shop.run("due", "--format", "plain", "--limit", "0").out
    assert [case in seen for case in cases] == [True, True, True]
    assert "more:" not in seen
    assert shop.run("due", "--limit", "-1").code == 2


def test_overdue_leaves_out_what_can_still_be_done_in_time(shop: Any) -> None:
    """A daily duty that cannot be made good is missed, a case is overdue."""
    case = shop.case()
    shop.clock.set("2026-11-26 18:00")
    shop.case("fresh")
    rows = shop.json("due", "--overdue")
    assert [(row["subject"], row["status"]) for row in rows if row["rule"] == "desk.answer-in-days"] == [
        (case, "overdue")
    ]
    assert {row["status"] for row in rows if row["rule"] == "desk.look-daily"} == {"missed"}


def test_who_finds_duties_by_name_and_by_role(shop: Any) -> None:
    """Li owes the case by name and the daily look as a teller; the head owes neither."""
    case = shop.case()
    assert [row["subject"] for row in shop.json("due", "--who", "Li Na")] == ["2026-11-23", case]
    assert [row["subject"] for row in shop.json("due", "--who", "wang")] == ["2026-11-23"]
    assert shop.json("due", "--who", "chen") == []
    assert [row["subject"] for row in shop.json("due", "--role", "teller")] == ["2026-11-23"]


def test_on_asks_for_one_day(shop: Any) -> None:
    """What is due on a later day, its daily duties included; a rest day has none."""
    case = shop.case()
    assert [row["subject"] for row in shop.json("due", "--on", "2026-11-26")] == [case, "2026-11-26"]
    assert shop.json("due", "--on", "2026-11-28") == []


def test_all_lists_what_was_met_as_well(shop: Any) -> None:
    """An answered case is met."""
    case = shop.case()
    shop.answer(case)
    assert case not in [row["subject"] for row in shop.json("due")]
    assert [row["status"] for row in shop.json("due", "--all") if row["subject"] == case] == ["met"]


def test_check_is_silent_and_0_while_nothing_is_late(shop: Any) -> None:
    """No line on either stream."""
    shop.case()
    result = shop.run("due", "--check")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_check_exits_3_and_names_what_is_late(shop: Any) -> None:
    """At 17:01 the daily look is missed."""
    shop.clock.set("2026-11-23 17:01")
    result = shop.run("due", "--check", "--json")
    assert (result.code, [row["id"] for row in result.data]) == (3, ["desk.look-daily@2026-11-23"])


def test_a_closed_day_is_no_longer_asked_about(shop: Any) -> None:
    """What was missed on it is in its close; `due` begins after it."""
    shop.clock.set("2026-11-23 17:30")
    shop.run("day", "close")
    assert shop.json("due") == []


def test_an_unknown_person_is_named_with_the_likeliest_id(shop: Any) -> None:
    """Exit 10 and a hint."""
    result = shop.run("due", "--who", "lii", "--json")
    assert (result.code, result.error["details"]["close"]) == (10, "li")


def test_a_broken_plugin_is_never_taken_for_nothing_owed(shop: Any) -> None:
    """Its duties cannot be asked for: a line on stderr, and `--check` exits 12."""
    shop.plugins = (*shop.plugins, ("nothing", types.ModuleType("nothing")))
    result = shop.run("due", "--check")
    assert (result.code, result.out) == (12, "")
    assert result.err == "Not asked what is owed, for it failed: nothing. See: branchops plugins check\n"


def test_nothing_is_owed_from_before_the_outlet_was_there(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A daily rule that looks back a week finds nothing in a store made today."""
    rule = shop.plugins[0][1].look_daily
    derive = rule.derive

    def look_back(day: date, facts: Any) -> Any:
        yield from derive(day - timedelta(days=7), facts)

    monkeypatch.setattr(rule, "derive", look_back)
    assert shop.json("due") == []


def test_it_is_all_there_when_the_read_models_have_to_be_made_first(kit: BranchKit) -> None:
    """A view that is rebuilt in bulk while the rows of another are walked through does not end that walk."""
    from branchops.core.entry import Act, New
    from branchops.plugins.complaints.rules.decide import Receive, decide_receive

    many = 2_500
    with kit.branch.transaction() as tx:
        for number in range(many):
            taken = Receive(channel="letter", gist=f"letter {number}", taker="li")
            tx.act(Act(decide=decide_receive, command=taken, target=New("C"), actor="li"))
    kit.close()
    for path in kit.store.glob("views.db*"):
        path.unlink()
    owed = {duty["subject"] for duty in kit.ok("due") if duty["rule"] == "complaints.reply-within-three-days"}
    assert len(owed) == many


def test_a_view_may_be_rebuilt_while_another_is_read(kit: BranchKit) -> None:
    """A report that asks for a second view in the middle of a first one gets both."""
    from branchops.core.entry import Act, New
    from branchops.plugins.complaints.rules.decide import Receive, decide_receive

    many = 2_500
    with kit.branch.transaction() as tx:
        for number in range(many):
            taken = Receive(channel="letter", gist=f"letter {number}", taker="li")
            tx.act(Act(decide=decide_receive, command=taken, target=New("C"), actor="li"))
    branch = kit.branch
    branch.view("complaints.case")
    branch.models.forget(branch.registry.view("complaints.desk"))
    branch.models.select("SELECT 1")
    cases = branch.rows("complaints.case")
    first = next(cases)
    assert any(True for _desk in branch.rows("complaints.desk"))
    assert 1 + sum(1 for _case in cases) == many, first
