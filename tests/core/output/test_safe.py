"""What may leave the program, and how it comes back."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from branchops.core.output.safe import csv_cell, html_text, json_text, md_text, read_csv_cell, safe

Unsafe = Callable[..., list[str]]
ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates and unassigned code points included


@given(ANY_TEXT)
def test_a_terminal_gets_no_control_bidi_or_surrogate_from_any_text(unsafe: Unsafe, text: str) -> None:
    assert unsafe(safe(text)) == []
    assert unsafe(safe(text, keep_newlines=True), "\n") == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\r\nb\nc\rd", "a␊b␊c␍d"),
        ("a\tb", "a b"),
        ("\x7f\x85\x9b", "␡\\u0085\\u009b"),
        ("\u202eabc\u2066\u200f", "\\u202eabc\\u2066\\u200f"),
        ("\ufeff\u200b\u2028\u00ad", "\\ufeff\\u200b\\u2028\\u00ad"),
        ("\ud83d", "\\ud83d"),
        ("a\u200db\ufe0e\ufe0f\U000e0041", "a\\u200db\ufe0e\\ufe0f\\U000e0041"),
        ("\u3164\u115f\u034f", "\\u3164\\u115f\\u034f"),
        ("\uffff\U0010ffff", "\\uffff\\U0010ffff"),
    ],
)
def test_what_is_harmful_is_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "王小明，柜台　三号",
        "ｶﾞ 한국어 עברית العربية",
        "e\u0301\u0302",
        "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🇨🇳 1\ufe0f\u20e3 🧑🏽\u200d⚕\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100 \ue000 \U0002000b \U000323af",
        "[bold] \\ ' \" <b> | `",
    ],
)
def test_letters_ideographs_marks_and_emoji_pass_untouched(text: str) -> None:
    assert safe(text) == text
    assert json_text(text) == text


@given(ANY_TEXT)
@example(r"\u001b and \U0001f600 and \u005c")
@example("\\\u202e")
@example("''=1")
def test_a_csv_cell_reads_back_and_a_spreadsheet_never_runs_it(unsafe: Unsafe, text: str) -> None:
    cell = csv_cell(text)
    assert read_csv_cell(cell) == text
    assert unsafe(cell, "\t\n") == []
    assert unicodedata.normalize("NFKC", cell.lstrip()[:1]) not in ("=", "+", "-", "@", "\u2212")
    assert not cell.startswith(("\t", "\r"))


@pytest.mark.parametrize(
    ("text", "numeric", "cell"),
    [
        ("=1+1", False, "'=1+1"),
        (" \u3000＠SUM", False, "' \u3000＠SUM"),
        ("\u2212" + "1", False, "'\u2212" + "1"),
        ("'tis", False, "''tis"),
        ("-12.50", False, "'-12.50"),
        ("-12.50", True, "-12.50"),
        ("+1", True, "+1"),
        ("-1+cmd", True, "'-1+cmd"),
        ("-Infinity", True, "'-Infinity"),
        ("a=b", False, "a=b"),
        ("\x1b", False, "\\u001b"),
    ],
)
def test_a_csv_cell_is_spelled_so(text: str, numeric: bool, cell: str) -> None:
    assert csv_cell(text, numeric) == cell


@given(st.recursive(st.none() | ANY_TEXT, lambda inner: st.lists(inner, max_size=3)))
def test_json_keeps_its_values_and_shows_a_terminal_nothing_harmful(unsafe: Unsafe, value: object) -> None:
    written = json_text(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == json.loads(json.dumps(value))
    assert unsafe(written) == []


@given(ANY_TEXT)
def test_html_text_holds_no_markup(unsafe: Unsafe, text: str) -> None:
    written = html_text(text)
    assert not set("<>\"'") & set(written)
    assert unsafe(written, "\n") == []


def test_markdown_is_inert() -> None:
    assert md_text("a|b `c` <i> ![x](y) *z*\nq\\") == r"a\|b \`c\` &lt;i&gt; !\[x\](y) \*z\*<br>q\\"
