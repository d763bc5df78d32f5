"""Quizzes, sign-offs, reflections, acknowledgements and waivers of one person."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.core.errors import NotEntitled, Rejected
from branchops.plugins.training.events import learning as ev


def quiz(kit: Any, score: str, *more: str, of: str = "20", who: str = "zhao") -> Any:
    return kit.ok("training", "quiz", who, "--topic", "business", "--score", score, "--of", of, *more)


def topic(kit: Any, who: str, code: str) -> Any:
    return kit.row("training.learner", f"learner-{who}").topics[code]


@pytest.mark.rule("training.know-the-business")
def test_the_pass_mark_alone_decides(kit: Any) -> None:
    """80 of 100 passes and 79.9 does not; a claim of passing below the mark is refused."""
    from decimal import Decimal

    assert quiz(kit, "79.9", of="100")["data"]["passed"] is False
    assert quiz(kit, "80", of="100")["data"]["passed"] is True
    forged = ev.QuizTaken(staff="zhao", topic="business", score=Decimal(1), out_of=Decimal(20), passed=True)
    with pytest.raises(Rejected) as refused:
        kit.record(forged, "learner-zhao")
    assert refused.value.rule == "training.know-the-business"


@pytest.mark.rule("training.know-the-business")
def test_attempts_are_counted_and_a_session_opens_them_again(kit: Any) -> None:
    """After three failures there is no fourth attempt, until a session on the topic was attended."""
    assert [quiz(kit, "3")["data"].get("attempt", 1) for _ in range(3)] == [1, 2, 3]
    refused = kit.fails("training", "quiz", "zhao", "--topic", "business", "--score", "20", "--of", "20", exit=4)
    assert (refused["rule"], refused["hint"]) == (
        "training.know-the-business",
        "Attending a session on it opens them again.",
    )
    session = kit.ok("training", "session", "--topic", "business", at="11:00")["id"]
    kit.ok("training", "attend", session, "--present", "zhao")
    assert quiz(kit, "20")["data"] == {
        "staff": "zhao", "topic": "business", "score": "20", "out_of": "20", "passed": True,
    }  # fmt: skip


@pytest.mark.parametrize(("score", "of"), [("21", "20"), ("-1", "20"), ("1", "0")])
def test_a_score_lies_within_the_quiz(kit: Any, score: str, of: str) -> None:
    """More than everything, less than nothing, and a quiz without points are no scores."""
    args = ("training", "quiz", "zhao", "--topic", "business", f"--score={score}", "--of", of)
    assert kit.fails(*args, exit=4)["rule"] == "training.know-the-business"


@pytest.mark.parametrize("score", ["many", "NaN", "inf", ""])
def test_what_is_no_number_is_told(kit: Any, score: str) -> None:
    """Words for a score are a matter of usage, not of rules."""
    assert kit.run("training", "quiz", "zhao", "--topic", "business", f"--score={score}").exit == 2


@pytest.mark.rule("training.operation-skills")
def test_nobody_signs_off_themselves(signing: Any) -> None:
    """The trainer is another person than the trainee, also behind a second staff id."""
    from branchops.testing.stage import PEOPLE

    signing.ok("staff", "add", "zhao2", "--name", "Zhao Lei", "--role", "trainer", "--person", "zhao")
    signing.pins_file = signing.secrets_file(dict.fromkeys(("zhao", "zhao2"), PEOPLE["zhao"].pin))
    for trainer in ("zhao", "zhao2"):
        refused = signing.fails("training", "signoff", "zhao", "--topic", "operation", "--by", trainer, exit=4)
        assert refused["rule"] == "training.operation-skills"
        assert "the same person (Zhao Lei)" in refused["message"]


@pytest.mark.rule("training.operation-skills")
def test_a_sign_off_is_signed_with_the_trainers_pin(kit: Any) -> None:
    """Without the trainer's PIN nothing is stored; with it the signature names the trainer."""
    kit.pins("chen")
    args = ("training", "signoff", "zhao", "--topic", "operation", "--task", "cash count")
    assert kit.run(*args, "--by", "qian").exit == 5
    kit.ok(*args, "--by", "chen")
    (event,) = kit.events("training.signed-off")
    assert [one.staff for one in event.meta.signatures] == ["chen"]
    assert topic(kit, "zhao", "operation").signed_by == "chen"


@pytest.mark.rule("training.operation-skills")
def test_a_trainer_without_the_role_is_kept_as_a_breach(signing: Any) -> None:
    """A guard who signs off tellers is a fact, and a flagged one."""
    told = signing.ok("training", "signoff", "zhao", "--topic", "operation", "--by", "guard")
    assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", "training.operation-skills")]


@pytest.mark.rule("training.reflection-essay")
def test_a_near_copy_is_recognised_without_keeping_the_text(kit: Any, essay: Any, text: str) -> None:
    """Last year's essay with a few words changed is kept as a breach that says how alike it is, and whose it was."""
    kit.ok("training", "reflect", "--theme", "gratitude", "--file", essay(), "--by", "sun")
    changed = text.replace("On Tuesday", "Last Friday")
    args = ("training", "reflect", "--theme", "gratitude", "--file", essay(changed, "b.txt"), "--by", "zhao")
    told = kit.ok(*args, at="2027-11-22 10:00")
    (verdict,) = told["verdicts"]
    assert (verdict["outcome"], verdict["rule"]) == ("breach", "training.reflection-essay")
    assert verdict["message"] == "The reflection is 95 % like the one of sun of 2026-11-23."
    (_first, second) = kit.ok("report", "training-reflections")
    assert second["alike"] == "95 %"
    assert all("customer" not in event.data.file for event in kit.events("training.reflection-written"))
    assert b"somebody who did not look up" not in (kit.store / "ledger.db").read_bytes()


@pytest.mark.rule("training.reflection-essay")
def test_the_same_text_is_not_handed_in_twice(kit: Any, essay: Any) -> None:
    """One's own earlier text is refused."""
    kit.ok("training", "reflect", "--theme", "gratitude", "--file", essay(), "--by", "sun")
    refused = kit.fails("training", "reflect", "--theme", "artist", "--file", essay(), "--by", "sun", exit=4)
    assert refused["message"] == "sun has handed in this very text before."


@pytest.mark.rule("training.reflection-essay")
def test_another_text_is_nobodys_copy(kit: Any, essay: Any) -> None:
    """A text of one's own draws no verdict, in any language."""
    kit.ok("training", "reflect", "--theme", "gratitude", "--file", essay(), "--by", "sun")
    chinese = "周二一位客户因吞卡向我发火，我照本宣科，没有抬头。" * 1 + "".join(
        chr(0x4E00 + 7 * i) for i in range(220)
    )
    told = kit.ok("training", "reflect", "--theme", "artist", "--file", essay(chinese, "zh.txt"), "--by", "zhao")
    assert told["verdicts"] == []


@pytest.mark.rule("training.reflection-essay")
def test_a_reflection_has_a_length_and_a_subject(kit: Any, essay: Any) -> None:
    """Too short, about nothing, and not UTF-8 are refused, each with what would do."""
    short = kit.fails("training", "reflect", "--theme", "artist", "--file", essay("Sorry.", "s.txt"), exit=4)
    assert short["message"] == "The reflection has 5 characters; it takes 200."
    assert kit.fails("training", "reflect", "--file", essay(), exit=4)["message"] == "A reflection is about something."
    gbk = essay()
    gbk.write_bytes("心得体会".encode("gbk"))
    assert kit.run("training", "reflect", "--theme", "artist", "--file", gbk).exit == 2
    assert kit.run("training", "reflect", "--theme", "artist", "--file", "nowhere.txt").exit == 10


@pytest.mark.rule("training.reflection-essay")
def test_a_reflection_is_owed_by_each_who_was_there(kit: Any, essay: Any, owed: Any) -> None:
    """After service training each attendee owes an essay in five working days; the absent do not."""
    session = kit.ok("training", "session", "--topic", "courtesy", "--expected", "zhao,sun", at="10:00")["id"]
    kit.ok("training", "attend", session, "--present", "zhao", "--absent", "sun")
    mine = [(subject, state) for subject, state in owed("training.reflection-essay") if subject.startswith("TS")]
    assert mine == [(f"{session}/zhao", "open")]
    kit.ok("training", "reflect", "--session", session, "--file", essay(), "--by", "zhao", at="2026-11-24 16:00")
    kit.ok("training", "minutes", session, "--text", "roles played")
    assert kit.row("training.session", session).open is False
    assert topic(kit, "zhao", "courtesy").essay is not None


@pytest.mark.rule("training.reflection-essay")
def test_a_reviewer_is_somebody_else(kit: Any, essay: Any) -> None:
    """Nobody comments on their own reflection; a colleague's comment is kept beside it."""
    kit.ok("training", "reflect", "--theme", "artist", "--file", essay(), "--by", "zhao")
    args = ("training", "review", "zhao", "--comment", "honest")
    assert kit.fails(*args, "--by", "zhao", exit=4)["message"] == "Nobody reviews their own reflection."
    kit.ok(*args, "--by", "li")
    (row,) = kit.rows("training.reflection")
    assert (row.reviewer, row.comment) == ("li", "honest")
    assert kit.run("training", "review", "sun", "--comment", "x").exit == 10


@pytest.mark.rule("training.service-is-lifeblood", "counter.internal-control-first")
def test_reading_is_signed_and_believing_is_not_recorded(signing: Any) -> None:
    """An acknowledgement carries the reader's signature over the digest of the text, and no field for a score."""
    signing.ok("training", "ack", "internal-control", "--by", "zhao")
    (event,) = signing.events("training.acknowledged")
    assert [one.staff for one in event.meta.signatures] == ["zhao"]
    assert set(event.data.__struct_fields__) == {"staff", "topic", "text_sha256"}


@pytest.mark.rule("training.service-is-lifeblood", "counter.internal-control-first")
def test_what_is_signed_for_is_the_statement_in_force(signing: Any) -> None:
    """Another wording, or a topic without a statement, cannot be acknowledged."""
    for code in ("why-service", "internal-control"):
        with pytest.raises(Rejected, match="reads differently now"):
            signing.record(ev.Acknowledged(staff="zhao", topic=code, text_sha256="0" * 64), "learner-zhao")
    with pytest.raises(Rejected, match="no statement"):
        signing.record(ev.Acknowledged(staff="zhao", topic="ethics", text_sha256="0" * 64), "learner-zhao")


def test_the_statement_is_shown_before_it_is_signed(signing: Any) -> None:
    """The text goes to the reader; `--read` shows it and signs nothing."""
    seen = signing.run("training", "ack", "why-service", "--read")
    assert "To the customer I am the bank" in seen.err
    assert signing.events("training.acknowledged") == []
    assert [row["code"] for row in signing.ok("training", "ack")] == ["internal-control", "why-service"]


@pytest.mark.rule("training.rules-study")
def test_a_waiver_is_the_heads_with_a_reason(signing: Any) -> None:
    """Only the head waives, never for oneself, never without a reason nor into the past."""
    args = ("training", "waive", "qian", "--topic", "operation", "--reason")
    assert signing.fails(*args, "on loan", "--by", "li", exit=5)["rule"] == "training.rules-study"
    assert signing.fails(*args, " ", exit=4)["message"] == "A waiver has a reason."
    assert signing.fails(*args, "x", "--until", "2026-11-20", exit=4)["rule"] == "training.rules-study"
    own = signing.fails("training", "waive", "chen", "--topic", "rules", "--reason", "busy", exit=4)
    assert own["message"] == "Nobody waives their own training."
    signing.ok(*args, "on loan", "--until", "2026-12-31")
    assert topic(signing, "qian", "operation").waiver.reason == "on loan"


def test_a_record_belongs_to_its_learner(kit: Any) -> None:
    """An entry about one person cannot be written into another one's record."""
    from decimal import Decimal

    event = ev.QuizTaken(staff="sun", topic="business", score=Decimal(20), out_of=Decimal(20), passed=True)
    with pytest.raises(Rejected, match="record of sun"):
        kit.record(event, "learner-zhao")


def test_signing_needs_the_pin(kit: Any) -> None:
    """An acknowledgement without a PIN is not stored."""
    from branchops.plugins.training.rules.decide_learning import Acknowledge, decide_ack

    with pytest.raises(NotEntitled):
        kit.act(decide_ack, Acknowledge(staff="zhao", topic="why-service", text_sha256="0"), "learner-zhao", opens=True)
    assert kit.events("training.acknowledged") == []
