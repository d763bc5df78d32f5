"""The branch as plugins and commands hold it: settings in time, duties explained, entries of unknown or older kinds."""

from __future__ import annotations

from datetime import date, datetime
from types import ModuleType
from typing import Any

import pytest

from branchops.core.branch import Branch
from branchops.core.entry import Entry, New
from branchops.core.errors import IntegrityError, NotEntitled, NotFound, PluginFailed, Rejected
from branchops.core.owed import duties_of, present_for
from branchops.core.own.events import OutletRegistered
from branchops.core.rulebook.duty import duty_id, status
from branchops.core.rulebook.policy import PolicySet
from branchops.testing import BranchKit

Kit = BranchKit


# --- stores


def test_a_store_is_made_once(toy_kit: Kit) -> None:
    with pytest.raises(IntegrityError):
        Branch.create(toy_kit.store)


def test_where_there_is_no_store_the_hint_says_how_to_make_one(tmp_path: Any) -> None:
    with pytest.raises(NotFound) as caught:
        Branch.open(tmp_path / "nothing")
    assert "branchops init" in caught.value.hint


def test_the_first_outlet_is_the_stores_own(toy_kit: Kit) -> None:
    """Others may join the register; entries carry the first one's code."""
    toy_kit.clock.tick(minutes=1)
    toy_kit.record(OutletRegistered(code="0001", name="Head office"), "outlet-0001")
    assert (toy_kit.branch.house.outlet.code, toy_kit.events()[-1].meta.outlet) == ("0301", "0301")
    with pytest.raises(Rejected):
        toy_kit.record(OutletRegistered(code="0001", name="Again"), "outlet-0001b")


# --- who acts


def test_who_acts_is_told_by_id_or_by_a_name_that_only_one_has(toy_kit: Kit) -> None:
    assert [toy_kit.branch.actor(told) for told in ("li", "Li Na")] == ["li", "li"]
    with pytest.raises(NotFound):
        toy_kit.branch.actor("nobody")


def test_who_says_nothing_acts_as_the_one_bound_to_the_user(toy_kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "lina")
    with pytest.raises(NotEntitled):
        toy_kit.branch.actor(None)
    toy_kit.ok("staff", "bind", "li", "lina")
    assert toy_kit.branch.actor(None) == "li"


# --- settings in time


def test_a_setting_judges_what_comes_after_it_and_not_what_came_before(toy_kit: Kit, toy: ModuleType) -> None:
    """Each entry names the version it was judged by: the ledger position of the newest setting."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    before = toy_kit.record(toy.Noted(topic="x", amount=90), "T-2026-0001").first
    position = toy_kit.record(PolicySet(key="toy.cap", value="50", reason="r"), "policy").first.pos
    after = toy_kit.record(toy.Noted(topic="y", amount=51), "T-2026-0001").first
    assert (before.meta.policy, before.meta.breaches) == (0, ())
    assert (after.meta.policy, [one.facts["cap"] for one in after.meta.breaches]) == (position, ["50"])


def test_a_setting_from_a_later_day_waits_for_that_day(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(PolicySet(key="toy.cap", value="2", reason="r", since=date(2026, 11, 25)), "policy")
    breached = []
    for moment in ("2026-11-24 23:59", "2026-11-25 00:00"):
        toy_kit.clock.set(moment)
        done = toy_kit.record(toy.Noted(topic=moment, amount=3), "T-2026-0001").first
        breached.append(bool(done.meta.breaches))
    assert breached == [False, True]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (PolicySet(key="toy.cap", value="many", reason="r"), "“many” is not a int."),
        (PolicySet(key="toy.cap", value="-1", reason="r"), "“-1” is below zero."),
        (PolicySet(key="toy.cup", value="1", reason="r"), "There is no policy key toy.cup."),
        (
            PolicySet(key="toy.cap", value="1", reason="r", since=date(2026, 11, 22)),
            "A setting cannot start in the past (2026-11-22).",
        ),
    ],
    ids=["no number", "below zero", "no such key", "in the past"],
)
def test_a_setting_that_cannot_hold_is_rejected(toy_kit: Kit, setting: PolicySet, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        toy_kit.record(setting, "policy")
    assert caught.value.message == told


# --- what is owed


def test_a_duty_is_pinned_to_the_policy_it_was_born_under(toy_kit: Kit, toy: ModuleType) -> None:
    """A later setting moves the due time of later cases only."""
    toy_kit.record(toy.Opened(title="old"), New("T"))
    toy_kit.clock.tick(hours=1)
    position = toy_kit.record(PolicySet(key="toy.days", value="1", reason="r"), "policy").first.pos
    toy_kit.clock.tick(hours=1)
    toy_kit.record(toy.Opened(title="new"), New("T"))
    assert [(duty.subject, duty.due.isoformat(), duty.policy) for duty in toy_kit.duties()] == [
        ("T-2026-0002", "2026-11-24T02:30:00+00:00", position),
        ("T-2026-0001", "2026-11-26T00:30:00+00:00", 0),
    ]


def test_a_duty_goes_through_its_states_by_the_clock_alone(toy_kit: Kit, toy: ModuleType) -> None:
    """Nothing is ticked: open, overdue, and late once met."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    seen = []
    for moment in ("2026-11-26 08:30:00", "2026-11-26 08:30:01"):
        toy_kit.clock.set(moment)
        (duty,) = toy_kit.duties()
        seen.append(status(duty, toy_kit.clock.now()))
    toy_kit.record(toy.Closed(), "T-2026-0001")
    assert toy_kit.duties() == []
    (met,) = toy_kit.duties(everything=True)
    assert [*seen, status(met, toy_kit.clock.now())] == ["open", "overdue", "late"]
    assert duty_id(met) == "toy.close-in-time@T-2026-0001"


def test_the_duties_of_one_record_are_those_of_the_list(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(toy.Opened(title="Door"), New("T"))
    row = toy_kit.row("toy.case", "T-2026-0002")
    assert duties_of(present_for(toy_kit.branch, "toy.case"), row) == [
        d for d in toy_kit.duties() if d.subject == "T-2026-0002"
    ]


def test_a_voided_closing_makes_the_duty_owed_again(toy_kit: Kit, toy: ModuleType) -> None:
    """Whatever was derived from a voided entry is recomputed."""
    from branchops.core.own.events import Voided

    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    closed = toy_kit.record(toy.Closed(), "T-2026-0001").first
    assert toy_kit.duties() == []
    event = Voided(target=closed.id, target_pos=closed.pos, target_type=closed.type, target_actor="chen", reason="r")
    toy_kit.record(event, "T-2026-0001")
    assert [duty.subject for duty in toy_kit.duties()] == ["T-2026-0001"]


# --- entries of other times and other plugins


def test_an_older_entry_is_read_as_todays(toy_kit: Kit, toy: ModuleType) -> None:
    """Every step is taken, the stored bytes stay, and the row is folded of today's form."""
    toy_kit.record(toy.Opened(title="Lamp"), "T-a")
    toy_kit.write_raw("toy.renamed", {"name": "First"}, stream="T-a", schema=1)
    toy_kit.write_raw("toy.renamed", {"label": "Second"}, stream="T-a", schema=2)
    toy_kit.record(toy.Renamed(title="Third"), "T-a")
    assert [event.data for event in toy_kit.events("toy.renamed")] == [
        toy.Renamed(title="First"),
        toy.Renamed(title="Second"),
        toy.Renamed(title="Third"),
    ]
    assert toy_kit.row("toy.case", "T-a").title == "Third"
    assert [event.schema for event in toy_kit.branch.ledger.read(types=["toy.renamed"])] == [1, 2, 3]
    assert b'"name":"First"' in next(iter(toy_kit.branch.ledger.read(types=["toy.renamed"]))).body


def test_an_entry_newer_than_its_plugin_is_refused_by_name(toy_kit: Kit) -> None:
    toy_kit.write_raw("toy.renamed", {"caption": "x"}, stream="X-1", schema=4)
    with pytest.raises(PluginFailed) as caught:
        toy_kit.events("toy.renamed")
    assert caught.value.message == "toy.renamed of schema 4 is newer than this plugin, which knows 3."


def test_an_entry_of_an_unknown_type_is_read_as_plain_data(toy_kit: Kit) -> None:
    toy_kit.write_raw("gone.happened", {"what": "x", "how": [1, {"much": "2"}]}, stream="X-1")
    event = toy_kit.events()[-1]
    assert (event.type, event.data, event.meta.outlet) == (
        "gone.happened",
        {"what": "x", "how": [1, {"much": "2"}]},
        "0301",
    )


def test_on_a_record_of_an_unknown_type_others_go_on(toy_kit: Kit, toy: ModuleType) -> None:
    """A stream that a missing plugin opened has no state, and is judged as such."""
    toy_kit.write_raw("gone.happened", {"what": "x"}, stream="X-1")
    with pytest.raises(Rejected):
        toy_kit.act(lambda state, *_: toy.Noted(topic=str(state)), None, "X-1")


def test_an_event_that_no_plugin_offers_cannot_be_recorded(toy_kit: Kit) -> None:
    from branchops.api import Event

    class Stray(Event, frozen=True):
        """Nobody's."""

        what: str

    with pytest.raises(PluginFailed) as caught:
        toy_kit.branch.record(Entry(Stray(what="x"), "X-1"), actor="chen")
    assert "Stray" in caught.value.message


# --- reading


def test_near_names_are_offered_for_a_view_that_there_is_not(toy_kit: Kit) -> None:
    with pytest.raises(NotFound) as caught:
        toy_kit.rows("toy.topics")
    assert caught.value.hint == "Did you mean toy.topic, toy.case, toy.title?"


def test_a_report_reads_rows_and_stays_apart_from_the_store(toy_kit: Kit, toy: ModuleType) -> None:
    from branchops.core.reading import Reading

    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(toy.Noted(topic="x", amount=3), "T-2026-0001")
    report = toy_kit.branch.registry.report("toy.topics")
    assert list(report.make(Reading(toy_kit.branch)).rows) == [{"topic": "x", "total": 3}]


def test_personal_text_is_masked_for_reports_until_it_is_asked_for(toy_kit: Kit, toy: ModuleType) -> None:
    from branchops.core.reading import Reading

    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(toy.Told(name="Zhou Xun"), "T-2026-0001")
    told = toy_kit.row("toy.case", "T-2026-0001").told
    assert "Zhou Xun" not in Reading(toy_kit.branch).clear(told)
    assert Reading(toy_kit.branch, reveal=True).clear(told) == "Zhou Xun"
    toy_kit.branch.keys.destroy("T-2026-0001")
    assert Reading(toy_kit.branch, reveal=True).clear(told) == "∅"


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-10-31T23:59:59+08:00", False),
        ("2026-11-01T00:00:00+08:00", True),
        ("2026-11-30T23:59:59+08:00", True),
        ("2026-12-01T00:00:00+08:00", False),
        ("2026-11-30T16:00:00+00:00", False),
    ],
)
def test_a_period_is_one_of_the_outlets_days(toy_kit: Kit, moment: str, inside: bool) -> None:
    from branchops.core.reading import Reading

    reading = Reading(toy_kit.branch, first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert reading.within(datetime.fromisoformat(moment)) is inside
