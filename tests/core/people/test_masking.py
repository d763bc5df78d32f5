"""What a screen shows of personal data by default."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.people.masking import MaskKind, mask


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("李娜", "name", "李**"),
        ("欧阳娜娜", "name", "欧**"),
        ("Li Na", "name", "L**"),
        ("ＬＩ", "name", "L**"),
        ("“张三”", "name", "张**"),
        ("李", "name", "***"),
        ("13800138012", "phone", "138******12"),
        ("１３８-００１３-８０１２", "phone", "138******12"),
        ("+86 138 0013 8012", "phone", "861******12"),
        ("12345", "phone", "***"),
        ("6222 0212 3456 7890", "card", "****7890"),
        ("7890", "card", "***"),
        ("shouted at me", "other", "***"),
        ("", "name", ""),
        (" ", "other", ""),
    ],
)
def test_each_kind_shows_only_its_agreed_part(text: str, kind: MaskKind, shown: str) -> None:
    assert mask(text, kind) == shown


@given(st.text(min_size=1), st.sampled_from(["name", "phone", "card", "other"]))
def test_a_mask_never_shows_a_whole_value_nor_its_length(text: str, kind: MaskKind) -> None:
    """At most five characters and never all letters or digits of the value are shown."""
    shown = mask(text, kind)
    kept = shown.replace("*", "")
    assert len(kept) <= 5
    assert shown in ("", "***") or "*" in shown
    assert not kept or len(kept) < sum(letter.isalnum() for letter in unicodedata.normalize("NFKC", text))
