"""Which policy keys a function reads."""

from __future__ import annotations

from typing import Any

from branchops.core.rulebook.reads import policy_keys

KNOWN = ("a.days", "a.clock", "a.oral.within", "a.phone.within", "a.oral.until", "b.days")
CLOCK = "a.clock"


def _limit(policy: Any) -> Any:
    return policy[CLOCK]


def direct(policy: Any) -> Any:
    return policy["a.days"]


def through_another(policy: Any) -> Any:
    return [_limit(policy) for _ in range(2)]


def fixed_ends(policy: Any, channel: str) -> Any:
    return policy.get(f"a.oral.{channel}")


def none(policy: Any) -> Any:
    return policy["unknown.key"]


def test_literal_keys_are_found_in_the_function_and_in_what_it_calls() -> None:
    """A constant of the module counts, and so does a comprehension."""
    assert policy_keys(direct, KNOWN) == ("a.days",)
    assert policy_keys(through_another, KNOWN) == ("a.clock",)
    assert policy_keys(none, KNOWN) == ()


def test_an_f_string_is_found_by_its_fixed_ends() -> None:
    """`f"a.oral.{x}"` can spell both keys that begin so."""
    assert policy_keys(fixed_ends, KNOWN) == ("a.oral.until", "a.oral.within")


def test_what_is_no_plain_function_reads_nothing() -> None:
    """A builtin has no code to look into."""
    assert policy_keys(len, KNOWN) == ()
