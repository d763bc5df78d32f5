"""Mapping files: every word is understood or refused by name and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def mapped(bring: Any, tmp_path: Path) -> Any:
    def run(mapping: str, content: str, *more: str) -> Any:
        path = tmp_path / "map.toml"
        path.write_text(mapping, encoding="utf-8")
        return bring(content, "--map", str(path), *more)

    return run


def test_columns_constants_values_dates_blanks_and_key_are_applied(mapped: Any, desk: Any) -> None:
    mapping = """
key = "Ref"
blank = ["N/A", "-"]
delimiter = ";"
[columns]
text = "Betreff"
day = "Datum"
[constants]
amount = "7.00"
[values.text]
"Warten" = "queue"
[dates]
day = ["%d.%m.%Y", "%d/%m/%y"]
"""
    code, told, rows = mapped(mapping, "Ref;Betreff;Datum\nA1;Warten;03.11.2026\nA2;N/A;4/11/26\nA3;x;2026\n")
    assert (code, told["stored"], [row[:3] for row in rows]) == (
        9, 2, [["4", "", "“2026” is no date of the form %d.%m.%Y / %d/%m/%y"]],
    )  # fmt: skip
    assert [(e.data.number, e.data.text, str(e.data.day), str(e.data.amount)) for e in desk.events("notes.noted")] == [
        ("A1", "queue", "2026-11-03", "7.00"),
        ("A2", "", "2026-11-04", "7.00"),
    ]


@pytest.mark.parametrize(
    ("mapping", "message", "hint"),
    [
        ('[columns]\ntext = "txet"\n', "map.toml:2: the file has no column “txet”.", "Did you mean text?"),
        ('[columns]\ntxt = "text"\n', "map.toml:2: there is no field “txt”.", "Did you mean text?"),
        (
            '[colums]\ntext = "text"\n',
            "map.toml:1: there is no setting “colums” in a mapping.",
            "Did you mean columns?",
        ),
        ('key = "nr"\n', "map.toml:1: the file has no column “nr”.", "Possible: number, text"),
        (
            '[columns]\ntext = "text"\n[constants]\ntext = "x"\n',
            "map.toml:4: “text” has a column and a constant.",
            "Keep one of the two.",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_a_remedy(mapped: Any, mapping: str, message: str, hint: str) -> None:
    code, error, _ = mapped(mapping, "number,text\n1,a\n")
    assert code == 2
    assert error["message"].endswith(message)
    assert error["hint"] == hint


def test_toml_that_is_none_is_told(mapped: Any) -> None:
    code, error, _ = mapped("[columns\n", "number,text\n")
    assert (code, error["hint"]) == (2, "Mend the place that the message names.")


def test_a_missing_column_and_a_wide_table_are_told_before_the_first_row(bring: Any) -> None:
    error = bring("number,wording\n1,a\n")[1]
    assert error["message"] == "in.csv has no column for “text” (the text)."
    assert error["hint"].endswith("The columns: number, wording")
    wide = ",".join(f"atm{n}" for n in range(111))
    assert bring(wide + "\n")[1]["message"] == "in.csv has 111 columns and none of them is “text”: is it a wide table?"


def test_the_same_column_twice_is_refused_where_it_is_named(mapped: Any) -> None:
    error = mapped('[columns]\ntext = "text"\n', "number,text,text\n1,a,b\n")[1]
    assert error["message"].endswith("map.toml:2: the file has 2 columns “text”.")
