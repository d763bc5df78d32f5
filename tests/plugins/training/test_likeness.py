"""Likeness told from sketches: exact for short texts, close for long ones."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.training.rules.likeness import SIZE, likeness, plain, shingles, sketch

words = st.text(alphabet="abcdefgh 你好世界，。", max_size=200)


def jaccard(a: str, b: str) -> float:
    one, other = shingles(a), shingles(b)
    return 100 * len(one & other) / len(one | other) if one | other else 0


@given(words, words)
def test_of_short_texts_the_answer_is_exact(a: str, b: str) -> None:
    """Below the size of a sketch nothing is estimated."""
    assert likeness(sketch(a), sketch(b)) == round(jaccard(a, b))


@given(words, words)
def test_likeness_is_mutual_and_bounded(a: str, b: str) -> None:
    """It does not matter which text came first, and it stays between 0 and 100."""
    assert likeness(sketch(a), sketch(b)) == likeness(sketch(b), sketch(a))
    assert 0 <= likeness(sketch(a), sketch(b)) <= 100


@given(words.filter(lambda text: bool(plain(text))))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    """Case, width, spaces and punctuation make no difference."""
    assert likeness(sketch(text), sketch(f"  {text.upper()}! ")) == 100


@pytest.mark.parametrize("changed", [0, 5, 20, 50, 90])
def test_long_texts_are_estimated_closely(changed: int) -> None:
    """Of texts far beyond a sketch's size the estimate is within ten points (three standard errors)."""
    base = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(200)]
    other = [line[::-1] if i % 100 < changed else line for i, line in enumerate(base)]
    a, b = "".join(base), "".join(other)
    assert len(shingles(a)) > 4 * SIZE
    assert abs(likeness(sketch(a), sketch(b)) - jaccard(a, b)) <= 10


def test_nothing_is_like_nothing() -> None:
    """Two empty texts have nothing in common to copy."""
    assert likeness(sketch(""), sketch("！？")) == 0


def test_a_sketch_does_not_hold_the_text() -> None:
    """A sketch is digests of fixed length in order."""
    made = sketch("the customer came back and said thank you")
    assert list(made) == sorted(made)
    assert {len(one) for one in made} == {12}
