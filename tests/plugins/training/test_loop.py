"""From an upheld complaint about attitude: reflection, observation, competence; and what lifts or starts it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

STEPS = ("training.no-blaming-customers", "training.not-cold-or-stiff", "training.customer-centred-empathy")


def upheld(kit: Any, outcome: str = "upheld", cause: str = "C1") -> str:
    """A complaint about Zhao and what came of it."""
    words = ("--channel", "oral", "--gist", "rude at counter 3", "--readback", "yes", "--about", "zhao", "--by", "li")
    number = str(kit.ok("complaints", "receive", *words, as_="li", at="10:05")["id"])
    kit.ok("complaints", "investigate", number, "--finding", "heard by two", "--by", "wang", as_="li")
    kit.ok("complaints", "cause", number, cause, as_="li")
    kit.ok("complaints", "resolve", number, "--outcome", outcome, "--facts", "as told", as_="li", at="11:00")
    return number


@pytest.fixture
def steps(owed: Any) -> Any:
    """Gives the three steps owed, by rule."""
    return lambda: [owed(rule) for rule in STEPS]


@pytest.mark.rule("training.no-blaming-customers", "training.not-cold-or-stiff", "training.customer-centred-empathy")
def test_each_step_opens_the_next(signing: Any, essay: Any, steps: Any) -> None:
    """Reflection within five working days, then an observation, then the competence; then nothing is left."""
    kit = signing
    case = upheld(kit)
    mine = f"{case}/zhao"
    assert steps() == [[(mine, "open")], [], []]
    kit.ok("training", "reflect", "--complaint", case, "--file", essay(), "--by", "zhao", at="2026-11-25 09:00")
    assert steps() == [[(mine, "met")], [(mine, "open")], []]
    kit.ok("training", "observe", "add", "zhao", "--score", "warm-words=2", "--complaint", case, "--by", "li")
    assert steps() == [[(mine, "met")], [(mine, "met")], [(mine, "open")]]
    kit.ok("training", "signoff", "zhao", "--topic", "courtesy", "--complaint", case, "--by", "chen")
    assert steps() == [[], [], []]
    assert kit.row("training.loop", case).open is False
    (line,) = kit.ok("training", "stats", "loop")
    assert (line["staff"], line["upheld"], line["reflected"], line["competent"], line["satisfied"]) == (
        "zhao", "2026-11-23", "2026-11-25", "2026-11-25", None,
    )  # fmt: skip


@pytest.mark.rule("training.no-blaming-customers")
def test_a_reflection_not_written_is_overdue_after_five_working_days(kit: Any, steps: Any) -> None:
    """The limit counts working days and is pinned to the policy of the day the complaint was upheld."""
    case = upheld(kit)
    kit.ok("policy", "set", "training.loop.reflect", "1", "--reason", "faster from now on", at="12:00")
    kit.clock.set("2026-11-30 16:59")
    assert steps()[0] == [(f"{case}/zhao", "open")]
    kit.clock.set("2026-11-30 17:01")
    assert steps()[0] == [(f"{case}/zhao", "overdue")]


@pytest.mark.rule("training.customer-centred-empathy")
def test_a_failed_quiz_does_not_close_the_loop(kit: Any, essay: Any, steps: Any) -> None:
    """Competence is regained by passing, and only after the observation."""
    case = upheld(kit)
    quiz = ("training", "quiz", "zhao", "--topic", "courtesy", "--complaint", case, "--score")
    kit.ok(*quiz, "100")
    kit.ok("training", "reflect", "--complaint", case, "--file", essay(), "--by", "zhao")
    kit.ok("training", "observe", "add", "zhao", "--score", "warm-words=2", "--complaint", case, "--by", "li")
    assert steps()[2] == [(f"{case}/zhao", "open")]
    kit.ok(*quiz, "10")
    assert steps()[2] == [(f"{case}/zhao", "open")]
    kit.ok(*quiz, "90")
    assert steps() == [[], [], []]


@pytest.mark.rule("training.no-blaming-customers")
@pytest.mark.parametrize(("outcome", "cause"), [("not-upheld", "C1"), ("upheld", "C7")])
def test_only_an_upheld_complaint_about_attitude_starts_it(kit: Any, steps: Any, outcome: str, cause: str) -> None:
    """What was not upheld, or was about fees, asks nobody for a reflection."""
    upheld(kit, outcome, cause)
    assert steps() == [[], [], []]


@pytest.mark.rule("training.no-blaming-customers")
def test_an_abusive_customer_lifts_the_reflection(kit: Any, steps: Any) -> None:
    """A colleague records the incident apart, sealed; the person concerned cannot lift it alone."""
    case = upheld(kit)
    args = ("training", "incident", "zhao", "--gist", "threw a pen at him", "--complaint", case)
    assert kit.fails(*args, exit=5, as_="zhao")["message"] == "Who was there cannot lift their own reflection."
    kit.ok(*args, as_="sun")
    assert steps() == [[], [], []]
    assert b"threw a pen" not in (kit.store / "ledger.db").read_bytes()


@pytest.mark.rule("training.care-for-tellers")
def test_care_after_a_dispute_is_owed_where_the_bank_chose_so(kit: Any, owed: Any) -> None:
    """Optional: nothing is owed by default; once switched on, an upheld complaint owes care within two working days."""
    upheld(kit)
    assert owed("training.care-for-tellers") == []
    kit.ok("policy", "set", "training.care.enabled", "yes", "--reason", "we want to", at="2026-11-24 09:00")
    case = upheld(kit)
    assert owed("training.care-for-tellers") == [(case, "open")]
    kit.ok("training", "care", "add", "zhao", "--kind", "break", "--after", case)
    assert owed("training.care-for-tellers") == [(case, "met")]


def test_complaints_are_known_by_their_event_types_alone(kit: Any) -> None:
    """The plugin imports nothing of another plugin, and reads their data as a plain dict just as well."""
    import branchops.plugins.training.views.loop as loop

    assert loop.field({"about": ("zhao",)}, "about") == ("zhao",)
    assert loop.field({}, "cause") == ""
    assert "complaints." in "".join(loop.LOOP.types)
    from pathlib import Path

    home = Path(loop.__file__).parents[1]
    assert [path.name for path in home.rglob("*.py") if "plugins.complaints" in path.read_text("utf-8")] == []


@pytest.mark.rule("training.no-blaming-customers")
def test_nothing_follows_a_complaint_that_is_not_there(signing: Any, essay: Any) -> None:
    """Each entry that names a complaint names a recorded one; one about somebody else is remarked on."""
    kit = signing
    case = upheld(kit)
    for words in (
        ("observe", "add", "zhao", "--score", "smile=2", "--by", "li"),
        ("quiz", "zhao", "--topic", "courtesy", "--score", "90"),
        ("signoff", "zhao", "--topic", "courtesy", "--by", "chen"),
        ("service-refusal", "add", "--business", "coins", "--by", "zhao"),
    ):
        refused = kit.fails("training", *words, "--complaint", "C-99", exit=4)
        assert (refused["rule"], refused["message"]) == (
            "training.no-blaming-customers",
            "There is no complaint C-2026-0099.",
        )
    assert kit.fails("training", "care", "add", "zhao", "--kind", "talk", "--after", "C-99", exit=4)["exit"] == 4
    told = kit.ok("training", "reflect", "--complaint", case, "--file", essay(), "--by", "sun")
    assert [v["message"] for v in told["verdicts"]] == [f"{case} is not about sun."]


@pytest.mark.rule("training.customer-centred-empathy")
def test_satisfaction_stands_beside_conduct_and_changes_nothing(kit: Any, steps: Any) -> None:
    """What the customer said afterwards is shown with the loop; a happy customer closes none of its steps."""
    from branchops.plugins.training.views.loop import LOOP, Loop

    case = upheld(kit)
    (received,) = kit.events("complaints.received")
    told = msgspec.structs.replace(received, type="complaints.surveyed", data={"score": 5, "via": "phone"})
    row = LOOP.apply(kit.row("training.loop", case), told)
    assert (row.satisfied, row.open, type(row)) == (5, True, Loop)
    assert steps()[0] == [(f"{case}/zhao", "open")]
    assert "Nil" in kit.run("training", "stats", "loop", "--period", "2025").out
