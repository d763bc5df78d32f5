"""A finding from being opened to being closed, and every way to get around a step of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

RULE = "counter.long-absence-stamps-stowed"
NOTIFIED = "counter.findings-notified-promptly"
RECTIFIED = "counter.findings-rectified-promptly"
STANDARD = "counter.rectify-and-standardise"
ANALOGY = "counter.learn-by-analogy"


def test_a_finding_goes_from_open_to_closed_and_every_step_stays_readable(desk: Any) -> None:
    """Notify, assign, rectify, look across, verify, close: the row says who did each and with what evidence."""
    finding = desk.open()
    states = [desk.row(finding).status]
    desk.ok("notify", finding, "--to", "zhao,li", "--via", "notice")
    states.append(desk.row(finding).status)
    desk.assign(finding)
    states.append(desk.row(finding).status)
    desk.rectify(finding)
    states.append(desk.row(finding).status)
    desk.look(finding)
    desk.ok("verify", finding, "--by", "sun")
    states.append(desk.row(finding).status)
    desk.ok("close", finding)
    row = desk.row(finding)
    assert [*states, row.status] == ["open", "notified", "assigned", "rectified", "verified", "closed"]
    assert (row.open, row.notified_to, row.owner, row.fix.practice, row.verified.by) == (
        False, ("zhao", "li"), "zhao", "checked at opening", "sun",
    )  # fmt: skip


@pytest.mark.rule(NOTIFIED)
def test_a_finding_is_to_be_made_known_within_a_working_day(desk: Any) -> None:
    """Opened on Monday it is due at Tuesday's close; told on Wednesday it stays late."""
    finding = desk.open(at="2026-11-23 10:00")
    due = next(duty for duty in desk.kit.duties() if duty.rule == NOTIFIED)
    assert due.due is not None
    assert (due.subject, due.who, due.due.isoformat()) == (finding, "chen", "2026-11-24T17:00:00+08:00")
    desk.kit.clock.set("2026-11-25 09:00")
    assert desk.duties(finding)[f"{NOTIFIED}@{finding}"] == ("chen", "overdue")
    desk.ok("notify", finding, "--to", "zhao", "--at", "2026-11-24 09:00")
    assert desk.duties(finding)[f"{NOTIFIED}@{finding}"] == ("chen", "late")


@pytest.mark.rule(NOTIFIED)
def test_telling_only_somebody_who_has_left_is_refused(desk: Any) -> None:
    """Made known to nobody who works here is not made known."""
    finding = desk.open()
    desk.kit.ok("staff", "leave", "wang", "--gone", "--from", "2026-11-22")
    assert desk.fails("notify", finding, "--to", "wang")["rule"] == NOTIFIED


@pytest.mark.rule(RECTIFIED)
def test_a_due_date_cannot_be_moved_by_assigning_again(desk: Any) -> None:
    """Another owner keeps the day; another day needs the head's signature, and the old one stays in the history."""
    finding = desk.open()
    desk.assign(finding)
    error = desk.fails("assign", finding, "--owner", "zhao", "--due", "2026-12-31")
    assert (error["rule"], "extend" in error["hint"]) == (RECTIFIED, True)
    desk.ok("assign", finding, "--owner", "li")
    assert (desk.row(finding).owner, desk.row(finding).due) == ("li", date(2026, 12, 4))
    desk.ok("extend", finding, "--due", "2026-12-18", "--reason", "part on order")
    row = desk.row(finding)
    assert [(due.due, due.reason, due.approver) for due in row.dues] == [
        (date(2026, 12, 4), "", ""),
        (date(2026, 12, 18), "part on order", "chen"),
    ]


@pytest.mark.rule(RECTIFIED)
def test_an_extension_after_the_day_does_not_cure_the_miss(desk: Any) -> None:
    """More time given on the day moves what is due; given afterwards, the day that passed stays missed."""
    in_time, too_late = desk.open(), desk.open(unit="B2")
    for finding in (in_time, too_late):
        desk.assign(finding, due="2026-11-25")
    desk.kit.clock.set("2026-11-25 16:00")
    desk.ok("extend", in_time, "--due", "2026-12-04", "--reason", "part on order")
    desk.kit.clock.set("2026-11-26 09:00")
    desk.ok("extend", too_late, "--due", "2026-12-04", "--reason", "forgot", "--at", "2026-11-25 16:00")
    for finding, passed in ((in_time, None), (too_late, ("zhao", "missed"))):
        duties = desk.duties(finding)
        assert (duties[f"{RECTIFIED}@{finding}"], duties.get(f"{RECTIFIED}@{finding}#day-1")) == (
            ("zhao", "open"), passed,
        )  # fmt: skip


@pytest.mark.rule(RECTIFIED)
@pytest.mark.parametrize(
    ("due", "reason", "approver", "code"),
    [
        ("2026-12-01", "because", "chen", 4),
        ("2026-12-18", " ", "chen", 4),
        ("2026-12-18", "because", "li", 5),
    ],
)
def test_an_extension_needs_a_later_day_a_reason_and_the_head(
    desk: Any, due: str, reason: str, approver: str, code: int
) -> None:
    """An earlier day, no reason, or somebody who is not the head: nothing is stored."""
    finding = desk.open()
    desk.assign(finding)
    error = desk.fails("extend", finding, "--due", due, "--reason", reason, "--approver", approver, exit=code)
    assert (error["rule"], len(desk.row(finding).dues)) == (RECTIFIED, 1)


@pytest.mark.rule(RECTIFIED)
def test_the_head_cannot_extend_a_finding_of_the_heads_own(desk: Any) -> None:
    """Who owns a finding does not give it more time, not even the head."""
    finding = desk.open()
    desk.assign(finding, owner="chen")
    assert desk.fails("extend", finding, "--due", "2026-12-18", "--reason", "busy")["rule"] == RECTIFIED


@pytest.mark.rule(RECTIFIED)
def test_an_overdue_finding_climbs_the_ladder(desk: Any) -> None:
    """One working day overdue the controller owes a word, five days overdue the head; taken up, a step is met."""
    finding = desk.open()
    desk.assign(finding, due="2026-11-27")
    put_right = f"{RECTIFIED}@{finding}"
    desk.kit.clock.set("2026-11-27 16:59")
    assert {key for key in desk.duties(finding) if "step" in key} == set()
    desk.kit.clock.set("2026-11-30 17:01")
    assert desk.duties(finding)[put_right] == ("zhao", "overdue")
    assert [key for key in desk.duties(finding) if "step" in key] == [f"{put_right}#step-1"]
    desk.ok("raise", finding, "--to", "chen", "--note", "asked")
    assert desk.duties(finding)[f"{put_right}#step-1"][1] == "met"
    desk.kit.clock.set("2026-12-07 09:00")
    assert desk.duties(finding)[f"{put_right}#step-2"] == ("chen", "open")


@pytest.mark.rule(RECTIFIED)
def test_what_is_not_overdue_is_not_taken_up(desk: Any) -> None:
    """The ladder is no threat to hold over somebody who is in time."""
    finding = desk.open()
    desk.assign(finding)
    assert desk.fails("raise", finding, "--to", "chen")["rule"] == RECTIFIED


@pytest.mark.rule(RECTIFIED)
def test_when_the_owner_leaves_the_head_owes_the_finding(desk: Any) -> None:
    """A departed owner neither owes nor is assigned anything; the head does until somebody else has it."""
    finding = desk.open()
    desk.assign(finding)
    desk.kit.ok("staff", "leave", "zhao", "--gone", "--from", "2026-11-24")
    desk.kit.clock.set("2026-11-25 09:00")
    assert desk.duties(finding)[f"{RECTIFIED}@{finding}"] == ("chen", "open")
    assert desk.fails("assign", finding, "--owner", "zhao")["rule"] == RECTIFIED
    desk.ok("assign", finding, "--owner", "li")
    assert desk.duties(finding)[f"{RECTIFIED}@{finding}"] == ("li", "open")


@pytest.mark.rule(RECTIFIED)
def test_a_rectification_recorded_later_does_not_cure_the_day_it_missed(desk: Any) -> None:
    """Claimed for the due day and recorded after it, it counts when it was recorded: late."""
    finding = desk.open()
    desk.assign(finding, due="2026-11-25")
    desk.kit.clock.set("2026-11-27 09:00")
    desk.rectify(finding, "zhao", "--practice", "x", "--at", "2026-11-25 10:00")
    assert desk.duties(finding)[f"{RECTIFIED}@{finding}"] == ("zhao", "late")


@pytest.mark.rule(STANDARD)
@pytest.mark.parametrize(
    "said",
    [
        ("--what", "lock changed", "--practice", "checked"),
        ("--what", "lock changed", "--evidence", "photo.jpg"),
        ("--what", " ", "--evidence", "photo.jpg", "--practice", "checked"),
    ],
    ids=["no evidence", "no practice and no reason", "nothing said"],
)
def test_putting_right_needs_words_evidence_and_a_changed_practice(desk: Any, said: tuple[str, ...]) -> None:
    """Each of the three is asked for; nothing of an incomplete one is stored."""
    finding = desk.open()
    words = [str(desk.photo) if word == "photo.jpg" else word for word in said]
    assert desk.fails("rectify", finding, *words)["rule"] == STANDARD
    assert desk.row(finding).fixes == ()


@pytest.mark.rule(STANDARD)
def test_a_fix_without_a_change_of_practice_is_allowed_with_a_reason(desk: Any) -> None:
    """A reason stands in for the change; evidence may be a record of this ledger."""
    finding, other = desk.open(), desk.open(unit="B2")
    told = ("--what", "put back", "--record", other, "--no-change", "a single slip")
    desk.ok("rectify", finding, *told)
    assert (desk.row(finding).fix.no_change, desk.row(finding).fix.proof) == ("a single slip", other)


@pytest.mark.rule(STANDARD)
@pytest.mark.parametrize("verifier", ["zhao", "li"])
def test_who_owns_it_or_put_it_right_cannot_verify_it(desk: Any, verifier: str) -> None:
    """Owner Zhao, mended by Li: neither verifies; Sun does."""
    finding = desk.open()
    desk.assign(finding)
    desk.rectify(finding, by="li")
    assert desk.fails("verify", finding, "--by", verifier)["rule"] == STANDARD
    desk.ok("verify", finding, "--by", "sun")
    assert desk.row(finding).verified.by == "sun"


@pytest.mark.rule(STANDARD)
def test_a_second_staff_id_of_the_owner_is_the_owner(desk: Any) -> None:
    """Persons are compared, not accounts."""
    desk.kit.ok("staff", "add", "zhao2", "--name", "Zhao Lei", "--role", "teller", "--person", "zhao")
    finding = desk.open()
    desk.assign(finding, owner="zhao2")
    desk.rectify(finding, by="zhao2")
    assert desk.fails("verify", finding, "--by", "zhao")["rule"] == STANDARD


@pytest.mark.rule(STANDARD)
def test_nothing_is_closed_that_nobody_else_has_seen(desk: Any) -> None:
    """Not put right, then not verified: both are named."""
    finding = desk.open()
    assert desk.fails("close", finding)["rule"] == STANDARD
    desk.rectify(finding)
    desk.look(finding)
    error = desk.fails("close", finding)
    assert (error["rule"], "verify" in error["hint"]) == (STANDARD, True)


@pytest.mark.rule(STANDARD)
def test_a_verification_that_fails_sends_it_back(desk: Any) -> None:
    """The fix no longer stands, nor does the look across made on its premise; a new round closes it."""
    finding = desk.open()
    desk.assign(finding)
    desk.rectify(finding)
    desk.look(finding)
    desk.ok("verify", finding, "--by", "sun", "--failed", "--note", "still open")
    row = desk.row(finding)
    assert (row.status, row.fix, row.look, len(row.fixes)) == ("assigned", None, None, 1)
    desk.rectify(finding)
    desk.look(finding)
    desk.ok("verify", finding, "--by", "sun")
    desk.ok("close", finding)
    assert desk.row(finding).open is False


@pytest.mark.rule(ANALOGY)
def test_a_look_across_before_the_rectification_does_not_count(desk: Any) -> None:
    """It is kept, told so, and the finding cannot be closed on it; nor on one backdated to before the fix."""
    finding = desk.open(at="2026-11-23 09:00")
    told = desk.look(finding)
    assert [verdict["rule"] for verdict in told["verdicts"]] == [ANALOGY]
    desk.kit.clock.set("2026-11-23 14:00")
    desk.rectify(finding)
    desk.ok("verify", finding, "--by", "sun")
    assert desk.fails("close", finding)["rule"] == ANALOGY
    desk.look(finding)
    desk.kit.clock.tick(minutes=1)
    assert [look.counts for look in desk.row(finding).looks] == [False, True]
    desk.ok("close", finding)


@pytest.mark.rule(ANALOGY)
def test_a_backdated_look_across_does_not_count_either(desk: Any) -> None:
    """Said to have happened before it was put right, it was not made on that premise."""
    finding = desk.open(at="2026-11-23 09:00")
    desk.kit.clock.set("2026-11-23 14:00")
    desk.rectify(finding)
    desk.ok("analogues", finding, "--where", "all", "--result", "none", "--at", "10:00")
    assert desk.row(finding).look is None


@pytest.mark.rule(ANALOGY)
def test_a_reason_why_there_is_nowhere_to_look_is_enough(desk: Any) -> None:
    """A single machine has no other like it; an empty reason is none."""
    finding = desk.open()
    desk.rectify(finding)
    assert desk.fails("analogues", finding, "--none", " ")["rule"] == ANALOGY
    desk.ok("analogues", finding, "--none", "the only machine of its kind")
    desk.ok("verify", finding, "--by", "sun")
    desk.ok("close", finding)
    assert desk.row(finding).status == "closed"


@pytest.mark.rule(ANALOGY)
def test_looking_across_is_owed_once_it_is_put_right(desk: Any) -> None:
    """Three working days, by the owner; not before."""
    finding = desk.open()
    desk.assign(finding)
    assert f"{ANALOGY}@{finding}" not in desk.duties(finding)
    desk.rectify(finding)
    assert desk.duties(finding)[f"{ANALOGY}@{finding}"] == ("zhao", "open")
    desk.kit.clock.set("2026-11-26 17:01")
    assert desk.duties(finding)[f"{ANALOGY}@{finding}"] == ("zhao", "overdue")


@pytest.mark.rule(RECTIFIED)
def test_a_closed_finding_that_comes_back_is_a_new_one_linked_to_the_old(desk: Any) -> None:
    """Work on a closed one is refused; a new one names it, and the old one shows that it did not hold."""
    old = desk.open()
    desk.close(old)
    for step in (("notify", old, "--to", "li"), ("assign", old, "--owner", "li"), ("close", old)):
        assert desk.fails(*step)["rule"] == RECTIFIED
    new = desk.open("--reopens", old)
    shown = desk.ok("show", old)
    assert (shown["came_back_as"], shown["effect"]) == ([new], "came-back")
    assert desk.ok("show", new)["repeats"] == [old]


def test_only_a_closed_finding_can_come_back(desk: Any) -> None:
    """An open one goes on; one that never was is not found."""
    old = desk.open()
    for reopens in (old, "F-2026-0099"):
        assert desk.fails("open", "--text", "again", "--reopens", reopens)["rule"] == RECTIFIED


@pytest.mark.rule(RECTIFIED)
def test_the_same_problem_at_the_same_unit_is_a_repeat_and_counted(desk: Any) -> None:
    """Same rule and unit within the window; another unit, or a year later, is none."""
    first = desk.open(at="2025-06-02 09:00")
    second = desk.open(at="2026-03-02 09:00")
    desk.open(unit="B2")
    third = desk.open(at="2026-11-23 09:00")
    seen = {row["id"]: row["earlier"] for row in desk.kit.ok("report", "repeat-findings")}
    assert seen == {second: [first], third: [second]}
    told = desk.kit.run("report", "repeat-findings", "--period", "2026").out
    assert "Repeat rate: 66.7 % (n = 3)" in told


def test_voiding_the_earlier_finding_takes_the_repeat_back(desk: Any) -> None:
    """What is derived from a voided entry is derived anew."""
    first = desk.open()
    second = desk.open()
    event = desk.kit.events("improve.opened", first)[0]
    desk.kit.ok("void", event.id, "--reason", "entered twice")
    assert [row["earlier"] for row in desk.kit.ok("report", "repeat-findings")] == []
    assert [row.id for row in desk.kit.rows("improve.finding")] == [second]


def test_a_notice_shows_neither_who_told_of_it_nor_customers_numbers(desk: Any) -> None:
    """The informant is sealed in the ledger, hidden on screens, never in a notice; card numbers lose their middle."""
    text = "card 6222 0212 3456 7890 lay on the desk"
    told = desk.ok("open", "--text", text, "--reporter", "Zhang San of window 3")
    everything = [desk.kit.run("improve", "finding", verb, told["id"]).out for verb in ("show", "notice")]
    stored = (desk.kit.store / "ledger.db").read_bytes()
    assert b"Zhang San" not in stored
    assert [("Zhang San" in out, "3456" in out, "****7890" in out) for out in everything] == [(False, False, True)] * 2
    assert "Told by" not in everything[1]


def test_a_finding_opened_for_nothing_is_refused(desk: Any) -> None:
    """Neither words nor a rule nor a record: there is nothing to put right."""
    assert desk.fails("open", "--text", " ")["rule"] == RECTIFIED


def test_the_register_and_the_rule_table_agree_with_the_rows(desk: Any) -> None:
    """One closed in time, one overdue: counted per rule with its n."""
    closed, late = desk.open(), desk.open(unit="B2")
    desk.close(closed)
    desk.assign(late, due="2026-11-24")
    desk.kit.clock.set("2026-11-26 09:00")
    (line,) = desk.kit.ok("report", "findings-by-rule", "--period", "2026-11")
    assert {key: line[key] for key in ("rule", "found", "open", "overdue", "on_time", "repeats")} == {
        "rule": RULE, "found": 2, "open": 1, "overdue": 1, "on_time": "100.0 % (n = 1)", "repeats": 0,
    }  # fmt: skip
    lines: list[dict[str, Any]] = desk.kit.ok("report", "findings", "--period", "2026-11")
    assert [(row["id"], row["state"], row["late"]) for row in lines] == [
        (closed, "closed", False),
        (late, "assigned, overdue", False),
    ]
