"""Rules and verdicts: what is said of an entry, by which rule, in which language."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from branchops.core.errors import NotEntitled, Rejected
from branchops.core.judgement import refuse, told
from branchops.core.ledger import canonical
from branchops.core.output.messages import set_language
from branchops.core.rulebook.rule import (
    Ask,
    DutyRule,
    Reaction,
    Validator,
    duty,
    enforces,
    gather,
    markers,
    reaction,
    validator,
)
from branchops.core.rulebook.verdict import Outcome, Verdict, breach, forbid, reject, warn


@validator("a.first", "a.second", on=dict)
def judge(event: Any, _state: Any, _facts: Any, _policy: Any) -> Any:
    """Judges."""
    yield breach("no rule named")
    yield SimpleVerdict("b.other")


def SimpleVerdict(rule: str) -> Verdict:  # noqa: N802 - reads as the struct it makes
    return Verdict(outcome=Outcome.WARNING, text="named", rule=rule)


@duty("a.duty", view="a.rows", where={"closed": None}, asks={"x": Ask("a.rows", lambda row, _: row.key)})
def owe(_row: Any, _facts: Any) -> Any:
    """Owes."""
    return ()


@reaction("a.reaction", on=["b.happened"])
def answer(_recorded: Any, _facts: Any, _policy: Any) -> Any:
    """Answers."""
    return ()


@enforces("a.schedule", "a.penalty")
def schedule() -> None:
    """Schedules."""


def test_a_verdict_carries_the_first_rule_of_its_validator_unless_it_names_one() -> None:
    assert [verdict.rule for verdict in judge(None, None, None, None)] == ["a.first", "b.other"]


def test_what_enforces_names_its_rules_and_its_place() -> None:
    """`enforced by` is derived of these objects and written down nowhere else."""
    here = sys.modules[__name__]
    assert [(thing.rules, thing.target) for thing in (judge, owe, answer, *markers(here))] == [
        (("a.first", "a.second"), f"{__name__}:judge"),
        (("a.duty",), f"{__name__}:owe"),
        (("a.reaction",), f"{__name__}:answer"),
        (("a.schedule", "a.penalty"), f"{__name__}:schedule"),
    ]


def test_a_rooms_things_are_gathered_in_the_order_they_are_written() -> None:
    here = sys.modules[__name__]
    assert [gather(here, kind) for kind in (Validator, DutyRule, Reaction)] == [(judge,), (owe,), (answer,)]


def test_a_marker_belongs_to_the_module_that_wrote_it() -> None:
    """A marked function imported elsewhere is not counted there again."""
    other = ModuleType("other")
    other.schedule = schedule  # type: ignore[attr-defined]
    assert markers(other) == ()


def test_a_validator_may_judge_several_types() -> None:
    made = validator(on=(int, "b.happened"))(lambda *_: ())
    assert (made.on, made.rules, made(1, None, None, None)) == ((int, "b.happened"), (), [])


def test_facts_of_a_verdict_are_kept_as_text() -> None:
    """So that a stored breach is canonical and reads in any language."""
    made = breach("{count} of {what}", count=3, what=None)
    assert (made.facts, made.outcome) == ({"count": "3", "what": "None"}, "breach")
    assert canonical.encode(made) == canonical.reference_encode(made)


def test_the_three_grades_and_the_forbidden_one_are_told_apart() -> None:
    made = [reject("r"), forbid("f"), breach("b"), warn("w")]
    assert [(one.outcome.value, one.forbidden) for one in made] == [
        ("reject", False),
        ("reject", True),
        ("breach", False),
        ("warning", False),
    ]


@pytest.mark.parametrize(
    ("verdict", "kind"), [(reject("no {x}", "do {x}", x=1), Rejected), (forbid("no {x}", "do {x}", x=1), NotEntitled)]
)
def test_a_rejection_is_raised_with_text_hint_and_rule(verdict: Verdict, kind: type[Exception]) -> None:
    import msgspec

    with pytest.raises(kind) as caught:
        refuse([warn("first"), msgspec.structs.replace(verdict, rule="a.b")])
    error: Any = caught.value
    assert (error.message, error.hint, error.rule) == ("no 1", "do 1", "a.b")


def test_breaches_and_warnings_refuse_nothing() -> None:
    refuse([breach("b"), warn("w")])


def test_a_verdict_is_told_in_the_language_of_the_moment(kit: object) -> None:
    """The stored text is the message id; an entry's breach reads in Chinese years later."""
    stored = Verdict(outcome=Outcome.BREACH, text="There is no record {id}.", facts={"id": "C-1"})
    english = told(stored)
    set_language("zh")
    chinese = told(stored)
    assert english == "There is no record C-1."
    assert "C-1" in chinese
    assert chinese != english


def test_a_fact_that_is_missing_stays_visible() -> None:
    """A plugin's slip in a placeholder never hides the verdict."""
    assert told(reject("{a} and {b}", a=1)) == "1 and {b}"


def test_an_ask_names_its_view_and_key() -> None:
    ask = Ask("a.rows", lambda event, _state: event.id)
    assert (ask.view, ask.key(SimpleNamespace(id="x"), None), ask.many) == ("a.rows", "x", False)
