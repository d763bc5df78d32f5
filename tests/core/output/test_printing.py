"""Registers on paper."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from branchops.core.output.messages import set_language
from branchops.core.output.printing import PrintedRegister, as_text, pages
from branchops.core.output.printing_html import as_html
from branchops.core.output.table import Column

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = (Column("what", "业务"), Column("amount", "Amount", kind="money"))
LINES = [
    {"what": "挂失", "amount": "1200", "_number": 7},
    {"what": "reversal\x1b", "amount": "-5.5", "_number": 8, "_struck": True},
    {"what": "<b>", "amount": None, "_number": 9, "_late": True},
]


def register(lines: list[dict[str, Any]], **more: Any) -> PrintedRegister:
    return PrintedRegister("Special business", "0755", "2026-11-23", COLUMNS, tuple(lines), **more)


def test_a_print_is_laid_out_so() -> None:
    printed = register(LINES, signatures=("经办", "Reviewer"), digest="ab12", copy=2, supplement=True)
    assert (
        as_text(printed, SHANGHAI, columns_wide=60, rows_high=12, page_break="-- cut --\n")
        == """\
Special business · Supplement · Copy 2
0755  2026-11-23

No.     业务              Amount
------  -------------  ---------
7       挂失            1,200.00
8 void  ~~reversal␛~~  ~~-5.50~~

Digest: ab12
Page 1 of 2
-- cut --
Special business · Supplement · Copy 2
0755  2026-11-23

No.     业务              Amount
------  -------------  ---------
9 late  <b>

经办: ______________________________  Date: ____________

Reviewer: ______________________________  Date: ____________

Digest: ab12
Page 2 of 2
"""
    )


def test_the_html_print_has_the_same_pages_and_marks_with_the_data_escaped() -> None:
    printed = register(LINES, signatures=("经办",), digest="ab12", copy=3)
    html = as_html(printed, SHANGHAI, columns_wide=60, rows_high=12)
    assert re.findall(r"<tr(?: class=\"struck\")?><td.*</tr>", html) == [
        '<tr><td class="n">7</td><td>挂失</td><td class="r">1,200.00</td></tr>',
        '<tr class="struck"><td class="n">8 void</td><td><s>reversal␛</s></td><td class="r"><s>-5.50</s></td></tr>',
        '<tr><td class="n">9 late</td><td>&lt;b&gt;</td><td class="r"></td></tr>',
    ]
    assert re.findall(r"<footer>.*</footer>", html) == [
        f"<footer><span>Digest: ab12</span><span>Page {page} of 2</span></footer>" for page in (1, 2)
    ]
    assert html.count('<span class="mark">Copy 3</span>') == 2
    assert html.count('<div class="sign"><p>经办 · Date</p></div>') == 1


def test_an_empty_register_prints_a_nil_line_on_one_page() -> None:
    assert pages(register([]), SHANGHAI) == ((),)
    assert "\nNo entries.\n" in as_text(register([]), SHANGHAI)
    assert "\n本日无业务\n" in as_text(register([], nil="本日无业务"), SHANGHAI)
    assert '<td colspan="3">No entries.</td>' in as_html(register([]), SHANGHAI)


def test_a_first_print_bears_no_copy_mark() -> None:
    assert "Copy" not in as_text(register(LINES), SHANGHAI) + as_html(register(LINES), SHANGHAI)


def test_a_print_speaks_chinese() -> None:
    set_language("zh")
    text = as_text(register(LINES, copy=2, supplement=True, digest="ab12"), SHANGHAI)
    assert [word for word in ("Copy", "Supplement", "Page", "Digest", "void", "late", "No.") if word in text] == []


@given(
    st.lists(
        st.fixed_dictionaries({"what": st.text("ab 柜台，\n\t\x1b\u202e", max_size=200), "amount": st.none()}),
        max_size=40,
    ),
    st.integers(18, 60),
    st.integers(0, 3),
)
def test_pages_hold_every_line_once_in_order_and_fit_the_paper(
    lines: list[dict[str, Any]], rows_high: int, signers: int
) -> None:
    printed = register(lines, signatures=("Reviewer",) * signers, digest="ab12")
    split = pages(printed, SHANGHAI, columns_wide=60, rows_high=rows_high)
    assert [line.number for page in split for line in page] == [str(n) for n in range(1, len(lines) + 1)]
    texts = as_text(printed, SHANGHAI, columns_wide=60, rows_high=rows_high).split("\f")
    assert len(texts) == len(split)
    for number, (page, text) in enumerate(zip(split, texts, strict=True), 1):
        rows = text.splitlines()
        assert rows[-1] == f"Page {number} of {len(split)}"
        assert len(rows) <= rows_high or len(page) == 1
        assert max(map(wcswidth, rows)) <= 60
        assert set(text) & set("\t\x1b\u202e") == set()
