"""Values as people and as machines read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.output.cells import plain, shown
from branchops.core.output.messages import set_language
from branchops.core.output.table import Column, Page, Said, Table

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENT = datetime(2026, 11, 23, 2, 5, 7, tzinfo=UTC)

CASES: list[tuple[Any, str, str, Any]] = [
    (None, "text", "", None),
    (True, "bool", "yes", True),
    (0, "bool", "no", False),
    (MOMENT, "time", "2026-11-23 10:05", "2026-11-23T10:05:07+08:00"),
    ("2026-11-23T02:05:07.000000Z", "time", "2026-11-23 10:05", "2026-11-23T02:05:07.000000Z"),
    ("soon", "time", "soon", "soon"),
    (datetime.max.replace(tzinfo=UTC), "time", "9999-12-31 23:59", "9999-12-31T23:59:59.999999+00:00"),
    (date(2026, 11, 23), "date", "2026-11-23", "2026-11-23"),
    (Decimal("1234567.5"), "money", "1,234,567.50", "1234567.5"),
    ("-1234.567", "money", "-1,234.567", "-1234.567"),
    (Decimal("1E+3"), "money", "1,000.00", "1000"),
    ("1E+999999999", "money", "1E+999999999", "1E+999999999"),
    (Decimal("NaN"), "money", "NaN", "NaN"),
    (41208, "number", "41208", 41208),
    (Decimal("0.850"), "number", "0.850", "0.850"),
    (Said("oral", "口头"), "text", "口头", "oral"),
    (Said(None, "no data"), "text", "no data", None),
    ([Said("li", "Li Na"), "wang"], "text", "Li Na, wang", ["li", "wang"]),
    (["cash", "queue"], "text", "cash, queue", ["cash", "queue"]),
    (
        {"at": MOMENT, "n": [1, None]},
        "text",
        "at: 2026-11-23 10:05; n: 1, ",
        {"at": "2026-11-23T10:05:07+08:00", "n": [1, None]},
    ),
    (b"\x00\xff", "text", "00ff", "00ff"),
]


@pytest.mark.parametrize(("value", "kind", "people", "machine"), CASES)
def test_a_value_reads_so(value: Any, kind: str, people: str, machine: Any) -> None:
    assert (shown(value, kind, SHANGHAI), plain(value, kind, SHANGHAI)) == (people, machine)


def test_chinese_has_its_own_yes_and_its_own_commas() -> None:
    set_language("zh")
    assert [shown(one, "", SHANGHAI) for one in (True, False, ["a", "b"], {"k": 1})] == ["是", "否", "a、b", "k：1"]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers(-(10**30), 10**30))
def test_an_amount_is_exact_and_grouped(amount: Decimal | int) -> None:
    text = shown(Decimal(amount), "money", SHANGHAI)
    assert Decimal(text.replace(",", "")) == amount
    assert len(text.partition(".")[2]) >= 2


def test_amounts_and_numbers_stand_right_in_any_case() -> None:
    columns = [Column("a", "A", kind="money"), Column("b", "B", align="right"), Column("c", "C")]
    assert [column.right for column in columns] == [True, True, False]


def test_a_fact_without_a_label_is_titled_by_its_key() -> None:
    page = Page("One", {"due_at": MOMENT, "id": "C-1"}, (), (Column("id", "Number"),))
    assert page.columns() == (Column("due_at", "Due at"), Column("id", "Number"))


def test_a_page_refuses_a_key_twice() -> None:
    with pytest.raises(ValueError, match="history"):
        Page("One", {"history": 1}, (Table((), (), key="history"),))
