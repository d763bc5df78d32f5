"""Sessions: planned, held, attended, corrected, minuted."""

from __future__ import annotations

from typing import Any

import pytest


def held(kit: Any, *more: str) -> str:
    """A session on rules held on Monday at ten with Zhao, Sun and Wang expected."""
    done = kit.ok(
        "training", "session", "--topic", "rules", "--minutes", "90", "--expected", "zhao,sun,wang", *more, at="10:00"
    )
    return str(done["id"])


def seats(kit: Any, session: str) -> dict[str, str]:
    return {staff: seat.status for staff, seat in kit.row("training.session", session).seats.items()}


@pytest.mark.rule("training.rules-study")
def test_unrecorded_is_neither_present_nor_absent(kit: Any, owed: Any) -> None:
    """Whoever nobody has said anything about stays unrecorded, and saying it stays owed."""
    session = held(kit)
    kit.ok("training", "attend", session, "--present", "zhao", "--excused", "wang", "--reason", "sick leave")
    assert seats(kit, session) == {"zhao": "present", "wang": "excused", "sun": "unrecorded"}
    assert owed("training.rules-study")[0] == (f"{session}#attendance", "open")
    kit.clock.set("2026-11-25 08:00")
    assert owed("training.rules-study")[0] == (f"{session}#attendance", "overdue")
    kit.ok("training", "attend", session, "--absent", "sun")
    assert dict(owed("training.rules-study"))[f"{session}#attendance"] == "late"


@pytest.mark.rule("training.rules-study")
def test_a_correction_keeps_what_it_corrects(kit: Any) -> None:
    """An earlier record of attendance stays as history, and is not corrected without a reason."""
    session = held(kit)
    kit.ok("training", "attend", session, "--absent", "wang")
    refused = kit.fails("training", "attend", session, "--excused", "wang", exit=4)
    assert refused["rule"] == "training.rules-study"
    assert "a correction says why" in refused["message"]
    kit.ok("training", "correct", session, "wang", "--to", "excused", "--reason", "leave approved on Friday", as_="li")
    seat = kit.row("training.session", session).seats["wang"]
    assert (seat.status, seat.reason, seat.by) == ("excused", "leave approved on Friday", "li")
    assert [(was.status, was.by) for was in seat.before] == [("absent", "chen")]


@pytest.mark.rule("training.rules-study")
def test_the_same_record_twice_is_refused(kit: Any) -> None:
    """Saying again what is recorded already changes nothing and is told."""
    session = held(kit)
    kit.ok("training", "attend", session, "--present", "zhao")
    assert "already" in kit.fails("training", "attend", session, "--present", "zhao", exit=4)["message"]


@pytest.mark.rule("training.rules-study")
def test_an_excuse_has_a_reason(kit: Any) -> None:
    """Excused without a reason is refused; the hint says what it would be instead."""
    session = held(kit)
    refused = kit.fails("training", "attend", session, "--excused", "wang", exit=4)
    assert refused["hint"] == "Say it with --reason; without one wang is absent."


@pytest.mark.rule("training.rules-study")
def test_only_topics_of_the_curriculum_are_taught(kit: Any) -> None:
    """A session on something that the curriculum does not know is refused with the topics it knows."""
    refused = kit.fails("training", "session", "--topic", "juggling", exit=4)
    assert (refused["rule"], refused["message"]) == (
        "training.rules-study",
        "The curriculum has no topic “juggling”.",
    )
    assert "internal-control" in refused["hint"]


@pytest.mark.rule("training.rules-study")
def test_who_had_left_did_not_attend(kit: Any) -> None:
    """A staff id that was closed before the session cannot have attended it."""
    from branchops.core.people.events import StaffLeft

    kit.record(StaffLeft(staff="qian", on=kit.clock.today), "staff-qian")
    session = str(kit.ok("training", "session", "--topic", "rules", at="2026-11-24 10:00")["id"])
    assert "had left" in kit.fails("training", "attend", session, "--present", "qian", exit=4)["message"]
    assert "qian" not in seats(kit, session)


@pytest.mark.rule("training.rules-study")
def test_whoever_joined_after_the_session_was_not_expected_there(kit: Any) -> None:
    """Expected are those who were here: a later colleague is not unrecorded, and recording one is remarked on."""
    session = str(kit.ok("training", "session", "--topic", "rules", at="10:00")["id"])
    kit.ok("staff", "add", "he", "--name", "He Yu", "--role", "teller", at="2026-11-25 09:00")
    assert "he" not in seats(kit, session)
    told = kit.ok("training", "attend", session, "--present", "he")
    assert [verdict["message"] for verdict in told["verdicts"]] == [f"he joined after {session} was held."]


@pytest.mark.rule("training.odd-saturday-am-study")
def test_a_session_is_entered_for_the_day_it_was_held(kit: Any) -> None:
    """The day written on a session and the time it is said to have happened agree, whoever records it."""
    from datetime import date

    from branchops.core.errors import Rejected
    from branchops.plugins.training.events.sessions import SessionHeld

    event = SessionHeld(topics=("rules",), kinds=("study",), on=date(2026, 11, 20), minutes=60)
    with pytest.raises(Rejected, match="said to be of 2026-11-20"):
        kit.record(event, "TS-2026-0001")
    for minutes in ("0", "1441"):
        assert kit.fails("training", "session", "--topic", "rules", "--minutes", minutes, exit=4)["rule"] == (
            "training.odd-saturday-am-study"
        )


def test_a_plan_books_places_and_becomes_the_session(kit: Any) -> None:
    """Those booked have a seat, and holding the plan keeps its topics; a second holding is refused."""
    planned = kit.ok("training", "plan", "--topic", "ethics", "--on", "2026-11-27", "--who", "zhao,sun")["id"]
    kit.ok("training", "book", planned, "--who", "wang")
    assert kit.fails("training", "attend", planned, "--present", "zhao", exit=4)["message"] == (
        "That session has not been held."
    )
    kit.ok("training", "session", "--planned", planned, "--minutes", "45", at="2026-11-27 10:00")
    row = kit.row("training.session", planned)
    assert (row.topics, row.minutes, sorted(row.seats)) == (("ethics",), 45, ["sun", "wang", "zhao"])
    assert "held already" in kit.fails("training", "session", "--planned", planned, exit=4)["message"]
    assert kit.fails("training", "book", planned, "--who", "li", exit=4)["rule"] == "training.rules-study"


def test_nobody_attends_longer_than_the_session_lasted(kit: Any) -> None:
    """Minutes beyond the session's are refused; fewer are kept."""
    session = held(kit)
    assert kit.fails("training", "attend", session, "--late", "zhao", "--minutes", "91", exit=4)["rule"]
    kit.ok("training", "attend", session, "--late", "zhao", "--minutes", "60")
    assert kit.row("training.session", session).seats["zhao"].minutes == 60


def test_late_minutes_are_kept_as_a_breach(kit: Any, owed: Any) -> None:
    """Minutes are owed by the next business day; late ones are stored and flagged, and stay late."""
    session = held(kit)
    assert (f"{session}#minutes", "open") in owed("training.odd-saturday-am-study")
    told = kit.ok("training", "minutes", session, "--text", "dual control again", at="2026-11-26 09:00")
    assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", "training.odd-saturday-am-study")]
    assert (f"{session}#minutes", "late") in owed("training.odd-saturday-am-study")


def test_minutes_say_something(kit: Any) -> None:
    """Minutes without text or file are refused, and there are none of a session that was not held."""
    session = held(kit)
    assert kit.fails("training", "minutes", session, exit=4)["message"] == "Minutes need a text or a file."
    planned = kit.ok("training", "plan", "--topic", "rules", "--on", "2026-11-30")["id"]
    assert kit.fails("training", "minutes", planned, "--text", "x", exit=4)["message"] == (
        "That session has not been held."
    )


def test_a_voided_attendance_counts_for_nothing(kit: Any) -> None:
    """After voiding, the seat is unrecorded again and the person's record holds no attendance."""
    session = held(kit)
    done = kit.ok("training", "attend", session, "--present", "zhao")
    assert kit.row("training.learner", "learner-zhao").topics["rules"].attended.keys() == {session}
    kit.ok("void", done["event"], "--reason", "wrong person")
    assert seats(kit, session)["zhao"] == "unrecorded"
    assert kit.row("training.learner", "learner-zhao") is None


def test_nobody_is_named_twice(kit: Any) -> None:
    """One person cannot be both present and late, and naming nobody is told."""
    session = held(kit)
    assert kit.fails("training", "attend", session, "--present", "zhao", "--late", "zhao", exit=2)["message"] == (
        "Named twice: zhao."
    )
    assert kit.fails("training", "attend", session, exit=2)["message"] == "Nobody is named."


def test_sessions_are_listed_and_shown(kit: Any) -> None:
    """The list counts who was there, and the page names each seat with its history."""
    session = held(kit)
    kit.ok("training", "attend", session, "--present", "zhao", "--late", "sun")
    (line,) = kit.ok("training", "list")
    assert (line["id"], line["attended"], line["expected"], line["unrecorded"], line["open"]) == (
        session,
        2,
        3,
        1,
        True,
    )
    page = kit.ok("show", session)
    assert [(seat["staff"], seat["status"]) for seat in kit.ok("training", "show", session)["seats"]] == [
        ("sun", "late"),
        ("wang", "unrecorded"),
        ("zhao", "present"),
    ]
    assert page["id"] == session


@pytest.mark.rule("training.rules-study")
def test_nobody_keeps_credit_for_a_session_that_was_struck_out(kit: Any) -> None:
    """A session with attendance on record is not voided before its attendance; then it can be, and nothing remains."""
    session = held(kit)
    opened = kit.events("training.session-held")[0].id
    attended = kit.ok("training", "attend", session, "--present", "zhao")["event"]
    refused = kit.fails("void", opened, "--reason", "never took place", exit=4)
    assert (refused["rule"], refused["message"]) == (
        "training.rules-study",
        f"{session} has attendance on record: zhao.",
    )
    kit.ok("void", attended, "--reason", "never took place")
    kit.ok("void", opened, "--reason", "never took place")
    assert kit.row("training.session", session) is None
    assert kit.row("training.learner", "learner-zhao") is None
