"""What opens a finding by itself: breaches by policy, upheld complaints, failed checks; once each, failing nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.api import Meta, Recorded, RoleGiven, breach
from branchops.plugins.improve.rules import reacting

RECURRENCE = "complaints.prevent-recurrence"
PROMISE = "complaints.oral-promise-deadline"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def resolve(kit: Any, complaint: str, outcome: str = "upheld") -> Any:
    """A complaint settled."""
    return kit.ok("complaints", "resolve", complaint, "--outcome", outcome, "--facts", "the queue log confirms it")


def receive(kit: Any) -> str:
    """A complaint taken about Zhao; its number."""
    said = ("--channel", "oral", "--gist", "waited an hour", "--readback", "yes", "--about", "zhao")
    return str(kit.ok("complaints", "receive", *said)["id"])


@pytest.mark.rule(RECURRENCE)
@pytest.mark.parametrize(("outcome", "opened"), [("upheld", 1), ("partly", 1), ("not-upheld", 0)])
def test_an_upheld_complaint_is_a_finding(desk: Any, outcome: str, opened: int) -> None:
    """Upheld wholly or in part; it names the complaint and who it is about, and copies no word of the customer's."""
    complaint = receive(desk.kit)
    resolve(desk.kit, complaint, outcome)
    found = [(row.origin, row.rule, row.record, row.about, row.text) for row in desk.kit.rows("improve.finding")]
    assert found == [("complaint", RECURRENCE, complaint, ("zhao",), "")] * opened


def test_settling_a_complaint_again_opens_no_second_finding(desk: Any) -> None:
    """The same complaint is the same problem, however often its outcome is recorded."""
    complaint = receive(desk.kit)
    for outcome in ("upheld", "partly", "upheld"):
        resolve(desk.kit, complaint, outcome)
    assert [row.record for row in desk.kit.rows("improve.finding")] == [complaint]
    assert len(desk.kit.events("complaints.resolved")) == 3


def test_the_policy_can_leave_complaints_alone(desk: Any) -> None:
    """A bank that opens findings by hand only switches it off."""
    desk.kit.ok("policy", "set", "improve.open.complaints", "no", "--reason", "by hand only")
    resolve(desk.kit, receive(desk.kit))
    assert desk.kit.rows("improve.finding") == []


def test_the_same_cause_again_after_closing_marks_the_measure_as_ineffective(desk: Any) -> None:
    """Closed, then upheld again for the same cause: the finding's measure and the measure record both show it."""
    resolve(desk.kit, receive(desk.kit))
    desk.close("1")
    measure = desk.kit.ok(
        "improve", "plan", "measure", "add", "--kind", "preventive", "--text", "a second window", "--problem", "F-1"
    )["id"]
    before = desk.kit.ok("improve", "plan", "measure", "show", measure)
    desk.kit.clock.tick(days=30)
    resolve(desk.kit, receive(desk.kit))
    after = desk.kit.ok("improve", "plan", "measure", "show", measure)
    assert ("effect" in before, after["effect"], after["came_back_as"]) == (
        False, "came-back", ["F-2026-0002"],
    )  # fmt: skip


def breached(rule: str, data: Any = None, **more: Any) -> Recorded:
    """An entry of some plugin that broke a rule."""
    verdict = breach("it was so")
    from msgspec.structs import replace

    told = {"pos": 7, "id": "e7", "stream": "bag-B7", "version": 1, "type": "x.y", "actor": "chen", **more}
    meta = Meta(outlet="0301", breaches=(replace(verdict, rule=rule), replace(verdict, rule=rule)))
    return Recorded(occurred_at=NOW, recorded_at=NOW, data={} if data is None else data, meta=meta, **told)


def facts_of(kit: Any) -> tuple[Any, Any]:
    """The facts and policy that a reaction is given."""
    house = kit.branch.house
    policy = house.policies.at(kit.clock.now())
    return house.facts(kit.clock.now(), calendar=house.calendar_of(policy)), policy


@pytest.mark.parametrize(
    ("rules", "severities", "never", "opened"),
    [
        ("", "critical", "", False),
        ("", "critical,high,medium", "", True),
        (PROMISE, "critical", "", True),
        (PROMISE, "critical,high,medium", PROMISE, False),
    ],
)
def test_which_breaches_open_a_finding_is_a_setting(
    desk: Any, rules: str, severities: str, never: str, opened: bool
) -> None:
    """By severity of the rule, by its id, and never for ids on the list; one finding however often it is broken."""
    for key, value in (("rules", rules), ("severities", severities), ("never", never)):
        if value:
            desk.kit.ok("policy", "set", f"improve.open.{key}", value, "--reason", "tried")
    facts, policy = facts_of(desk.kit)
    found = list(reacting.on_breach.react(breached(PROMISE), facts, policy))
    assert [entry.data.rule for entry in found] == ([PROMISE] if opened else [])


def test_a_real_breach_goes_through_the_append_path(desk: Any) -> None:
    """A promise nobody made is a breach; with the rule on the list the same command leaves a finding behind."""
    desk.kit.ok("policy", "set", "improve.open.rules", PROMISE, "--reason", "tried")
    complaint = receive(desk.kit)
    resolve(desk.kit, complaint, "not-upheld")
    (row,) = desk.kit.rows("improve.finding")
    assert (row.origin, row.rule, row.record, row.unit) == ("breach", PROMISE, complaint, "0301")
    assert row.mark == f"{desk.kit.events('complaints.resolved')[0].id}|{PROMISE}"


def test_a_finding_whose_entry_was_voided_says_so(desk: Any) -> None:
    """The finding stays, for somebody has to decide; it shows why what it rests on was struck."""
    desk.kit.ok("policy", "set", "improve.open.rules", PROMISE, "--reason", "tried")
    resolve(desk.kit, receive(desk.kit), "not-upheld")
    event = desk.kit.events("complaints.resolved")[0]
    before = desk.ok("show", "1")
    desk.kit.ok("void", event.id, "--reason", "wrong customer")
    assert ("entry_voided" in before, desk.ok("show", "1")["entry_voided"]) == (False, "wrong customer")


def test_the_same_mark_opens_one_finding_only(desk: Any) -> None:
    """Whoever appends it a second time is refused and told which finding there is."""
    from branchops.api import New, Rejected
    from branchops.plugins.improve.events import Opened

    first = desk.kit.record(Opened(severity="high", text="x", mark="e7|r"), New("F"))
    with pytest.raises(Rejected, match=first.stream):
        desk.kit.record(Opened(severity="high", text="x", mark="e7|r"), New("F"))


def checked(type_name: str, data: Any) -> Recorded:
    """An entry of a check."""
    meta = Meta(outlet="0301")
    return Recorded(
        pos=9, id="e9", stream="HI-2026-0001", version=1, type=type_name, occurred_at=NOW, recorded_at=NOW,
        actor="chen", data=data, meta=meta,
    )  # fmt: skip


INSPECTED = {
    "zone": "lobby",
    "owners": ["zhao", "stranger"],
    "results": [
        {"code": "H1", "answer": "fail", "critical": True, "zh": "烟头", "en": "Cigarette end"},
        {"code": "H2", "answer": "fail", "rule": "hygiene.plants-fresh"},
        {"code": "H3", "answer": "pass", "critical": True},
    ],
}


@pytest.mark.parametrize(("which", "codes"), [("none", []), ("critical", ["H1"]), ("all", ["H1", "H2"])])
def test_failed_items_of_an_inspection_are_findings_by_policy(desk: Any, which: str, codes: list[str]) -> None:
    """None, the critical ones, or all; each with its code, zone and the known people, from plain data as well."""
    desk.kit.ok("policy", "set", "improve.open.checks", which, "--reason", "tried")
    facts, policy = facts_of(desk.kit)
    found = [e.data for e in reacting.on_failed_check.react(checked("hygiene.inspected", INSPECTED), facts, policy)]
    assert [(one.cause, one.unit, one.about) for one in found] == [(code, "lobby", ("zhao",)) for code in codes]


@pytest.mark.parametrize(
    ("type_name", "data", "expected"),
    [
        ("counter.inspection-done", {"failed": {"till-3": "no second count"}}, [("", "till-3", "no second count")]),
        ("counter.inspection-done", {"failed": {}}, []),
        (
            "training.observed",
            {"staff": "zhao", "scores": [{"item": "hands-over", "points": 0}, {"item": "smile", "points": 0}]},
            [("hands-over", "zhao", "递交现金单据卡证，不抛掷 · Hands over cash, slips and cards, never tosses")],
        ),
        ("training.observed", {"staff": "zhao", "scores": [{"item": "smile", "points": None, "na": "phone"}]}, []),
        ("counter.ticked", {"item": "plate", "ok": True}, []),
    ],
)  # fmt: skip
def test_other_plugins_checks_are_read_by_name(
    desk: Any, type_name: str, data: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    """A sampled unit with a fault, an item of service scored nothing: findings. What was fine or not seen: none."""
    facts, policy = facts_of(desk.kit)
    found = [entry.data for entry in reacting.on_failed_check.react(checked(type_name, data), facts, policy)]
    assert [(one.cause, one.unit, one.text) for one in found] == expected


def test_a_real_inspection_and_a_real_observation_leave_findings(desk: Any) -> None:
    """Through the commands of the other plugins: a failed row with its rule and owner; a toss, found once."""
    kit = desk.kit
    kit.ok("policy", "set", "improve.open.checks", "all", "--reason", "tried")
    kit.ok("policy", "set", "improve.open.severities", "critical,high,medium,low", "--reason", "tried")
    kit.record(RoleGiven(staff="li", role="admin-dept", start=kit.clock.today), "staff-li", actor="system")
    kit.ok("hygiene", "zones", "adopt", "--desks", "zhao,sun")
    kit.ok("hygiene", "inspect", "desk-zhao", "--item", "D01=fail:papers", "--rest", "pass", "--by", "chen")
    kit.ok("training", "observe", "add", "zhao", "--score", "hands-over=0", "--score", "smile=2", "--by", "li")
    found = [(row.origin, row.rule, row.unit, row.about) for row in kit.rows("improve.finding")]
    assert found == [
        ("check", "hygiene.desk-items-tidy", "desk-zhao", ("zhao",)),
        ("breach", "training.no-tossing", "0301", ("zhao",)),
    ]
    score = next(row for row in kit.ok("report", "indicators") if row["code"] == "hygiene.score")
    assert (score["n"], kit.ok("report", "hygiene-scores")[0]["score"]) == (1, score["value"])


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(data=st.dictionaries(st.sampled_from(("unit", "zone", "about", "owners", "person", "outcome", "cause")), plain))
def test_whatever_an_unknown_entry_holds_a_breach_is_answered(kit: Any, data: dict[str, Any]) -> None:
    """Data of a plugin that is absent or newer has any shape; unit and people are found in it or left out."""
    facts, policy = facts_of(kit)
    (entry,) = reacting.on_breach.react(breached("complaints.record-every-one", data), facts, policy)
    assert isinstance(entry.data.unit, str)
    assert all(facts.people.knows(who) for who in entry.data.about)
