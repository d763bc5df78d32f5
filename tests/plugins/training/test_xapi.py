"""The xAPI export: valid by the labelled cases' rules, and never unsaid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.training.exchange.statement import faults, valid

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


def exported(kit: Any, *words: str) -> list[dict[str, Any]]:
    done = kit.run("export", "xapi", *words)
    assert done.exit == 0, done.err
    return list(json.loads(done.out))


def test_the_validator_agrees_with_every_labelled_case(shared: Any) -> None:
    """All 950 statements of the conformance suite are judged as they are labelled."""
    lines = shared("xapi/adl_v1_0_3_labelled_950.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 950
    wrong = [
        (row["requirement"], row["case"], faults(row["statement"]))
        for row in rows
        if valid(row["statement"]) is not row["valid"]
    ]
    assert wrong == []


def test_hand_written_statements_are_valid(shared: Any) -> None:
    """Another implementation's fixtures pass: simple, completion, long, void."""
    found = {
        path.name: faults(json.loads(path.read_text("utf-8"), strict=False))
        for path in shared("xapi/yet_fixtures/statements").iterdir()
    }
    assert found == {"simple.json": [], "completion.json": [], "long.json": [], "void.json": []}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["actor", "verb", "object", "id", "x"]), inner)
    ),
    max_leaves=12,
)


@given(json_values)
def test_the_validator_is_total(thing: Any) -> None:
    """Whatever JSON comes, it is judged and never fails; nothing without an actor is a statement."""
    found = faults(thing)
    assert found
    assert all(isinstance(where, str) and isinstance(what, str) for where, what in found)


@pytest.fixture
def busy(signing: Any, essay: Any) -> Any:
    """A branch in which every kind of entry was made that becomes a statement."""
    kit = signing
    planned = kit.ok("training", "plan", "--topic", "courtesy", "--on", "2026-11-24", "--who", "zhao,sun")["id"]
    kit.ok("training", "session", "--planned", planned, "--minutes", "90", at="2026-11-24 10:00")
    kit.ok("training", "attend", planned, "--present", "zhao", "--late", "sun", at="11:45")
    kit.ok("training", "quiz", "zhao", "--topic", "courtesy", "--score", "17", "--of", "20", "--session", planned)
    kit.ok("training", "quiz", "sun", "--topic", "courtesy", "--score", "3.5", "--of", "20")
    kit.ok("training", "signoff", "zhao", "--topic", "operation", "--by", "qian")
    kit.ok("training", "reflect", "--session", planned, "--file", essay(), "--by", "zhao")
    kit.ok("training", "ack", "why-service", "--by", "zhao")
    kit.ok("training", "waive", "qian", "--topic", "operation", "--reason", "on loan")
    kit.ok("training", "observe", "add", "zhao", "--score", "smile=1", "--score", "hands-over=0", "--by", "li")
    kit.ok("training", "observe", "add", "sun", "--score", "greeting=2", "--na", "smile=mask", "--by", "li")
    return kit


def verbs(statements: list[dict[str, Any]]) -> list[str]:
    return [one["verb"]["display"]["en"] for one in statements]


def test_every_statement_is_valid_and_has_its_verb(busy: Any) -> None:
    """All kinds of entry are told, in order, and each statement keeps every rule of the validator."""
    statements = exported(busy)
    assert verbs(statements) == [
        "registered", "registered", "attended", "attended", "passed", "failed", "mastered", "completed", "acknowledged",
        "waived", "scored", "scored",
    ]  # fmt: skip
    assert {one["id"]: faults(one) for one in statements if faults(one)} == {}
    assert len({one["id"] for one in statements}) == len(statements)
    assert statements[0]["object"]["id"] == "https://branchops.invalid/outlets/0301/session/TS-2026-0001"
    quiz = statements[4]["result"]
    assert quiz == {"score": {"scaled": 0.85, "raw": 17, "min": 0, "max": 20}, "success": True, "completion": True}


def test_a_voided_entry_is_voided_there_too(busy: Any) -> None:
    """The statement stays and a voiding one follows that refers to it; an entry that made none is not voided."""
    before = exported(busy)
    quiz = busy.events("training.quiz-taken")[0]
    busy.ok("void", quiz.id, "--reason", "another person's sheet", at="2026-11-25 09:00")
    minutes = busy.ok("training", "minutes", "TS-1", "--text", "x")
    busy.ok("void", minutes["event"], "--reason", "wrong session")
    after = exported(busy)
    assert after[: len(before)] == before
    (voiding,) = after[len(before) :]
    assert voiding["verb"]["id"] == VOIDED
    assert voiding["object"] == {"objectType": "StatementRef", "id": quiz.id}
    assert faults(voiding) == []


def test_a_corrected_attendance_is_voided_and_told_again(busy: Any) -> None:
    """Present, then absent, then present after all: one statement stands, and no voiding is ever voided."""
    args = ("training", "correct", "TS-1", "zhao", "--reason", "list was wrong", "--to")
    busy.ok(*args, "absent", at="2026-11-25 09:00")
    busy.ok(*args, "late")
    statements = exported(busy)
    voided = [one["object"]["id"] for one in statements if one["verb"]["id"] == VOIDED]
    told = [
        one
        for one in statements
        if one["verb"]["display"]["en"] == "attended" and one["actor"]["account"]["name"] == "zhao"
    ]
    assert [one["id"] in voided for one in told] == [True, False]
    assert {one["id"]: faults(one) for one in statements if faults(one)} == {}


def test_voiding_a_correction_tells_the_first_record_again(busy: Any) -> None:
    """What stands in the branch stands in the export: the present statement is told anew under an id of its own."""
    done = busy.ok(
        "training", "correct", "TS-1", "zhao", "--to", "absent", "--reason", "list was wrong", at="2026-11-25 09:00"
    )
    busy.ok("void", done["event"], "--reason", "the list was right")
    statements = exported(busy)
    voided = [one["object"]["id"] for one in statements if one["verb"]["id"] == VOIDED]
    told = [
        one["id"]
        for one in statements
        if one["verb"]["display"]["en"] == "attended" and one["actor"]["account"]["name"] == "zhao"
    ]
    assert [one in voided for one in told] == [True, False]
    assert len(set(told)) == 2
    assert set(voided) <= set(told)
    assert busy.row("training.session", "TS-2026-0001").seats["zhao"].status == "present"


def test_what_is_private_is_not_exported(busy: Any) -> None:
    """No names, no essays, no care, no check-ins, no accommodations."""
    busy.ok("training", "care", "add", "zhao", "--kind", "talk")
    busy.ok("training", "accommodate", "zhao", "--item", "neat", "--reason", "pregnancy")
    text = json.dumps(exported(busy), ensure_ascii=False)
    assert [word for word in ("Zhao Lei", "shouted", "talk", "pregnancy") if word in text] == []


def test_an_export_is_the_same_every_time_and_narrows_to_a_period(busy: Any, tmp_path: Path) -> None:
    """Ids and order follow from the ledger alone; a period takes what was recorded in it."""
    assert exported(busy) == exported(busy)
    assert exported(busy, "--period", "2025") == []
    assert verbs(exported(busy, "--period", "2026-11")) == verbs(exported(busy))
    out = tmp_path / "statements.json"
    assert busy.run("export", "xapi", "--out", out).exit == 0
    assert json.loads(out.read_text(encoding="utf-8")) == exported(busy)


def test_an_empty_branch_exports_an_empty_array(kit: Any) -> None:
    """Nothing to tell is an array without statements."""
    assert exported(kit) == []
