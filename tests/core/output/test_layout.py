"""Columns measured in terminal cells."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from branchops.core.output import layout
from branchops.core.output.layout import fold, least_width, pad, share, width

MIXED = st.text("ab -柜台，　ｶﾞe\u0301👍🏽👨\u200d👩\u200d👧🇨🇳❤\ufe0f", max_size=60)


@given(MIXED, st.integers(2, 30))
@example("柜台排队 and asked", 5)
@example("\u0301 a🇨", 2)
@example("a台，", 3)
def test_folded_lines_fit_and_lose_nothing_but_the_space_at_breaks(text: str, cells: int) -> None:
    lines = fold(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text("ab -柜台，。　Ａ%", max_size=60), st.integers(2, 30))
def test_characters_that_join_nothing_fold_as_if_each_were_asked(text: str, cells: int) -> None:
    joined = re.compile("(?!)")  # matches no line, so that every character is looked at with its neighbours
    with pytest.MonkeyPatch.context() as patch:
        quickly = fold(text, cells)
        patch.setattr(layout, "_SINGLE", joined)
        assert fold(text, cells) == quickly


def test_lines_break_at_words_where_there_are_any() -> None:
    assert fold("asked for the manager\n时间过长，很不满 yes", 9) == [
        "asked for",
        "the",
        "manager",
        "时间过",
        "长，很不",
        "满 yes",
    ]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert fold("完成营业前检查（2026-11-23）", 26) == ["完成营业前检查", "（2026-11-23）"]
    assert fold("已核实（见附件）。", 10) == ["已核实（见", "附件）。"]
    assert fold("请客户（孙先生）", 8) == ["请客户", "（孙先", "生）"]


def test_a_word_beside_ideographs_is_not_torn() -> None:
    assert fold("原因：withheld、anonymous", 16) == ["原因：withheld、", "anonymous"]


def test_an_id_too_long_for_a_line_is_broken_at_a_joint() -> None:
    assert fold("complaints.escalate-after-head-confirms", 38) == ["complaints.escalate-after-head-", "confirms"]
    assert fold("one_word_after_another", 15) == ["one_word_after_", "another"]
    assert fold("x" * 12, 10) == ["x" * 10, "xx"]


def test_an_emoji_of_several_characters_stays_whole() -> None:
    family = "👨\u200d👩\u200d👧"
    assert fold(family * 3, 4) == [family * 2, family]


def test_padding_counts_cells_not_characters() -> None:
    assert (pad("柜台", 6), pad("柜台", 6, right=True), pad("柜台", 2)) == ("柜台  ", "  柜台", "柜台")


def test_room_goes_to_narrow_columns_first_and_never_below_the_least() -> None:
    assert share([4, 10, 50], [4, 8, 8], 40) == [4, 10, 26]
    assert share([4, 10, 20], [4, 8, 8], 60) == [4, 10, 20]
    assert share([10, 10], [10, 8], 17) is None


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 20)), max_size=6), st.integers(0, 120))
def test_shares_fill_the_room_as_far_as_columns_want_it(columns: list[tuple[int, int]], room: int) -> None:
    natural = [one for one, _least in columns]
    least = [min(pair) for pair in columns]
    widths = share(natural, least, room)
    if sum(least) > room:
        assert widths is None
    else:
        assert widths is not None
        assert sum(widths) == min(room, sum(natural))
        assert all(low <= have <= high for low, have, high in zip(least, widths, natural, strict=True))


def test_a_column_of_amounts_or_ids_is_not_squeezed() -> None:
    assert (
        least_width(["1,234.50", "7"], True),
        least_width(["C-2026-0113", "王小明"], False),
        least_width(["王"], False),
    ) == (8, 11, 8)
