"""The matrix as commands show it, and the duties that the curriculum gives rise to."""

from __future__ import annotations

from typing import Any

import pytest


def states(kit: Any, who: str, **how: Any) -> dict[str, str]:
    return {row["topic"]: row["state"] for row in kit.ok("training", "matrix", "--who", who, "--all", **how)}


def curriculum_duties(kit: Any, who: str) -> dict[str, str]:
    from branchops.api import status

    found = [one for one in kit.duties() if one.subject.startswith(f"{who}/")]
    return {one.subject.partition("/")[2]: f"{one.rule} {status(one, kit.clock.now())}" for one in found}


@pytest.mark.rule("training.rules-study", "training.ethics-and-skill")
def test_a_teller_goes_through_the_states(signing: Any) -> None:
    """Required, booked, evidence missing, done, due soon, expired, waived; what binds others is not required."""
    kit = signing
    first = states(kit, "zhao")
    assert (first["rules"], first["skills"]) == ("required", "required")
    assert states(kit, "guard")["skills"] == "not-required"
    kit.ok("training", "plan", "--topic", "ethics", "--on", "2026-11-27", "--who", "zhao")
    assert states(kit, "zhao")["ethics"] == "booked"
    session = kit.ok("training", "session", "--topic", "rules", at="2026-11-24 10:00")["id"]
    kit.ok("training", "attend", session, "--present", "zhao")
    assert states(kit, "zhao")["rules"] == "missing-evidence"
    kit.ok("training", "quiz", "zhao", "--topic", "rules", "--score", "90")
    kit.ok("training", "signoff", "zhao", "--topic", "skills", "--by", "qian")
    done = {row["topic"]: row for row in kit.ok("training", "matrix", "--who", "zhao")}
    assert (done["rules"]["state"], done["rules"]["until"]) == ("done", "2027-11-24")
    assert states(kit, "zhao", at="2027-11-01 10:00")["skills"] == "due-soon"
    assert states(kit, "zhao", at="2027-11-25 10:00")["skills"] == "expired"
    kit.ok("training", "waive", "zhao", "--topic", "skills", "--reason", "on loan")
    assert states(kit, "zhao")["skills"] == "waived"


@pytest.mark.rule("training.rules-study")
def test_a_new_version_of_the_rules_reopens_the_topic_for_all_it_binds(kit: Any) -> None:
    """A setting of the counter makes “rules” due again within ten working days, and an unrelated one does not."""
    session = kit.ok("training", "session", "--topic", "rules", at="10:00")["id"]
    kit.ok("training", "attend", session, "--present", "zhao,sun")
    for who in ("zhao", "sun"):
        kit.ok("training", "quiz", who, "--topic", "rules", "--score", "100")
    kit.ok("policy", "set", "training.quiz.pass", "85", "--reason", "stricter", at="2026-11-24 09:00")
    assert states(kit, "zhao")["rules"] == "done"
    kit.ok("policy", "set", "complaints.reply.days", "2", "--reason", "new regulation", at="2026-11-25 09:00")
    assert (states(kit, "zhao")["rules"], states(kit, "sun")["rules"]) == ("expired", "expired")
    (duty,) = [one for one in kit.duties() if one.subject == "zhao/rules"]
    assert (duty.rule, duty.due.isoformat(), duty.policy) == (
        "training.rules-study",
        "2026-12-09T17:00:00+08:00",
        kit.events("policy.set")[-1].pos,
    )


@pytest.mark.rule("counter.internal-control-first", "training.service-is-lifeblood")
def test_an_acknowledgement_reopens_when_the_policy_it_follows_changes(signing: Any) -> None:
    """A change of a counter setting takes the signed reading back; the coverage falls with it."""
    kit = signing
    kit.ok("training", "ack", "internal-control", "--by", "zhao")
    kit.ok("training", "quiz", "zhao", "--topic", "internal-control", "--score", "100")
    assert states(kit, "zhao")["internal-control"] == "done"
    (line,) = [row for row in kit.ok("training", "stats", "coverage") if row["topic"] == "internal-control"]
    assert (line["done"], line["bound"], str(line["coverage"])) == (1, 7, "14.3")
    key = next(key for key in kit.branch.house.policies.settings if key.startswith("counter."))
    value = str(kit.branch.house.policies.settings[key].default)
    kit.clock.tick(hours=1)
    kit.ok("policy", "set", key, value, "--reason", "read again")
    assert states(kit, "zhao")["internal-control"] == "expired"
    kit.clock.tick(hours=1)
    kit.ok("training", "ack", "internal-control", "--by", "zhao")
    kit.ok("training", "quiz", "zhao", "--topic", "internal-control", "--score", "100")
    assert states(kit, "zhao")["internal-control"] == "done"


@pytest.mark.rule(
    "training.ethics-and-skill",
    "training.service-is-lifeblood",
    "training.know-the-business",
    "training.operation-skills",
)
def test_first_training_is_owed_within_the_joiners_limit(kit: Any) -> None:
    """Sixty days after the role began; it comes on the list thirty days before, each topic under its own rule."""
    assert curriculum_duties(kit, "zhao") == {}
    kit.clock.set("2027-01-04 09:00")
    owed = curriculum_duties(kit, "zhao")
    assert owed == {
        "internal-control": "counter.internal-control-first open",
        "rules": "training.rules-study open",
        "operation": "training.operation-skills open",
        "why-service": "training.service-is-lifeblood open",
        "courtesy": "training.reflection-essay open",
        "business": "training.know-the-business open",
        "ethics": "training.ethics-and-skill open",
        "skills": "training.ethics-and-skill open",
        "consumer-protection": "training.rules-study open",
    }
    kit.clock.set("2027-01-25 09:00")
    assert set(curriculum_duties(kit, "zhao").values()) == {state.replace("open", "overdue") for state in owed.values()}


@pytest.mark.rule("training.ethics-and-skill")
def test_a_yearly_renewal_is_owed_by_the_day_it_ends(kit: Any, owed: Any) -> None:
    """Ethics of November 2026 is owed again by the same day of 2027, and comes on the list thirty days before."""
    session = kit.ok("training", "session", "--topic", "ethics", at="10:00")["id"]
    kit.ok("training", "attend", session, "--present", "zhao")
    kit.clock.set("2027-10-20 09:00")
    assert ("zhao/ethics", "open") not in owed("training.ethics-and-skill")
    kit.clock.set("2027-10-25 09:00")
    (duty,) = [one for one in kit.duties() if one.subject == "zhao/ethics"]
    assert duty.due.isoformat() == "2027-11-23T17:00:00+08:00"
    expiring = kit.ok("training", "expiring")
    assert [(row["staff"], row["topic"], row["state"]) for row in expiring] == [("zhao", "ethics", "due-soon")]


def test_the_matrix_filters_by_state_and_topic(kit: Any) -> None:
    """Unknown states and topics are told with the known ones."""
    rows = kit.ok("training", "matrix", "--topic", "skills", "--state", "required")
    assert [row["staff"] for row in rows] == ["qian", "sun", "wang", "zhao"]
    assert "expired" in kit.fails("training", "matrix", "--state", "rusty", exit=2)["hint"]
    assert kit.run("training", "matrix", "--topic", "juggling").exit == 10


def test_the_grid_has_a_line_a_person(kit: Any) -> None:
    """Topics across, a mark for each state, a legend below."""
    shown = kit.run("training", "matrix", "--grid").out
    assert "R to be done" in shown
    rows = kit.ok("training", "matrix", "--grid")
    assert {row["staff"] for row in rows} == {"chen", "guard", "li", "qian", "sun", "wang", "zhao"}
    assert [row["skills"] for row in rows if row["staff"] in ("guard", "zhao")] == ["·", "R"]


def test_the_curriculum_is_shown(kit: Any) -> None:
    """Topics with what they need, in both languages."""
    rows = kit.ok("training", "topics")
    assert rows[0]["needs"] == ["ack", "quiz"]
    assert "规章制度" in kit.run("training", "topics", lang="zh").out
