"""Cohen's kappa against worked examples, and its laws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.training.rules.agreement import Agreement, cohen

pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=60)


@pytest.mark.rule("training.smile-sincerely")
def test_a_worked_example() -> None:
    """Two raters, 50 cases: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no give 0.70 equal and kappa 0.40."""
    marks = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen(marks) == Agreement(50, Decimal("0.70"), Decimal("0.40"))


def test_without_pairs_there_is_no_data() -> None:
    """Neither share nor kappa of nothing."""
    assert cohen([]) == Agreement(0, None, None)


def test_where_all_marks_are_the_same_kappa_is_not_defined() -> None:
    """Chance alone would agree."""
    assert cohen([(2, 2)] * 5) == Agreement(5, Decimal("1.00"), None)


@given(pairs)
def test_kappa_is_mutual_and_never_above_one(marks: list[tuple[int, int]]) -> None:
    """It does not matter who is called first; one is full agreement."""
    found = cohen(marks)
    assert found == cohen([(b, a) for a, b in marks])
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1
        assert (found.kappa == 1) is all(a == b for a, b in marks)
