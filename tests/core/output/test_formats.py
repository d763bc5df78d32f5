"""Tables and pages in every format: whole texts for tame data, invariants for nasty data."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from branchops.core.errors import UsageError
from branchops.core.output.formats import FORMATS, render
from branchops.core.output.messages import set_language
from branchops.core.output.safe import read_csv_cell, safe
from branchops.core.output.table import Column, Page, Table

SHANGHAI = ZoneInfo("Asia/Shanghai")
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "output"
COLUMNS = (
    Column("id", "编号"),
    Column("gist", "Gist"),
    Column("amount", "金额", kind="money"),
    Column("at", "Received", kind="time"),
    Column("upheld", "属实", kind="bool"),
    Column("tags", "Tags", shown=False),
)
ROWS = (
    {
        "id": "C-2026-0113",
        "gist": "柜台排队时间过长，客户等候五十分钟后 asked for the manager.",
        "amount": Decimal("1234.5"),
        "at": datetime(2026, 11, 23, 2, 5, tzinfo=UTC),
        "upheld": True,
        "tags": ["queue", "counter"],
    },
    {"id": "C-2026-0114", "gist": "=1+1 [bold]|\x1b[31m\n'next' <b>", "amount": None, "at": None, "upheld": 0},
)
TABLE = Table(COLUMNS, ROWS, "Complaints", ("Two of two.",), "complaints")
PAGE = Page(
    "C-2026-0113",
    {"gist": "first line\nsecond <line>", "due_at": date(2026, 11, 26), "facts": {"k": None}, "tags": []},
    (TABLE, Table(COLUMNS[:2], (), "历史")),
    (Column("due_at", "时限", kind="date"), Column("facts", "Facts", shown=False)),
)


def rendered(thing: Table | Page, form: str, width: int | None = 80, colour: bool = False) -> str:
    stream = io.StringIO(newline="")
    render(thing, form, stream, tz=SHANGHAI, width=width, colour=colour)
    return stream.getvalue()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("name", "thing"), [("table", TABLE), ("page", PAGE)])
def test_the_format_is_the_golden_one(form: str, name: str, thing: Table | Page) -> None:
    """A wanted change of a format: write the new text into the file named in the failure."""
    set_language("zh")
    golden = GOLDEN / f"{name}.{form}"
    assert rendered(thing, form) == golden.read_bytes().decode("utf-8"), golden


def texts_table(texts: list[str]) -> Table:
    columns = (Column("n", "N", kind="number"), Column("text", "Text"), Column("money", "M", kind="money"))
    return Table(
        columns, [{"n": n, "text": text, "money": text} for n, text in enumerate(texts)], texts[-1], (texts[0],)
    )


def texts_page(texts: list[str]) -> Page:
    return Page(texts[-1], {f"f{n}": text for n, text in enumerate(texts)}, (texts_table(texts),))


@pytest.mark.parametrize("form", FORMATS)
def test_no_nasty_text_gets_a_control_character_through_any_format(
    form: str, nasty_texts: list[str], unsafe: Callable[..., list[str]]
) -> None:
    for thing in (texts_table(nasty_texts), texts_page(nasty_texts)):
        written = rendered(thing, form)
        assert unsafe(written.replace("\r\n", "\n"), "\n\t" if form == "csv" else "\n") == []


def test_nasty_texts_come_back_from_json_jsonl_and_csv(nasty_texts: list[str]) -> None:
    table = texts_table(nasty_texts)
    assert [row["text"] for row in json.loads(rendered(table, "json"))] == nasty_texts
    assert [json.loads(line)["text"] for line in rendered(table, "jsonl").split("\n")[:-1]] == nasty_texts
    rows = list(csv.DictReader(io.StringIO(rendered(table, "csv"), newline=""), strict=True))
    assert [read_csv_cell(row["text"]) for row in rows] == nasty_texts
    assert [read_csv_cell(row["money"]) for row in rows] == nasty_texts


class Cells(HTMLParser):
    """The text of each td, and the names of all tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _value in attrs)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def test_html_holds_nasty_texts_as_texts_only(nasty_texts: list[str]) -> None:
    plain = [text for text in nasty_texts if safe(text, keep_newlines=True) == text]
    parser = Cells()
    parser.feed(rendered(Table((Column("t", "T"), Column("u", "U")), [{"t": text} for text in plain]), "html"))
    assert [cell.rstrip("\n") for cell in parser.cells[::2]] == [text.rstrip("\n") for text in plain]
    assert parser.tags == {
        *["html", "head", "meta", "title", "style", "body", "table", "thead", "tbody", "tr", "th", "td"]
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("encoding", ["ascii", "cp936", "latin-1", "cp437"])
def test_a_narrow_stream_gets_every_text_spelled_out(form: str, encoding: str, nasty_texts: list[str]) -> None:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding, newline="")
    table = texts_table([*nasty_texts, "柜台 € 😀 \u202e"])
    render(table, form, stream, tz=SHANGHAI, width=80)
    stream.flush()
    written = buffer.getvalue().decode(encoding)
    if form == "json":
        assert [row["text"] for row in json.loads(written)] == [row["text"] for row in table.rows]
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(written, newline="")))
        assert [read_csv_cell(row["text"]) for row in rows] == [row["text"] for row in table.rows]
    if form == "html":
        assert "&#128512;" in written


CJK = st.lists(st.sampled_from(["a", "b ", "柜台", "，", "　", "ｶﾞ", "한", "e\u0301", "👍🏽", "[/]", "|", "🇨🇳"])).map(
    "".join
)


@settings(max_examples=40)
@given(st.lists(st.tuples(CJK, CJK, st.decimals(0, 10**9, places=2)), min_size=1, max_size=4), st.integers(44, 100))
def test_every_line_of_a_table_is_equally_wide(rows: list[tuple[str, str, Decimal]], width: int) -> None:
    columns = (Column("a", "客户姓名"), Column("b", "Gist"), Column("c", "金额", kind="money"))
    table = Table(columns, [dict(zip("abc", row, strict=True)) for row in rows])
    for form in ("table", "plain"):
        lines = rendered(table, form, width).splitlines()
        widths = {wcswidth(line) for line in lines}
        assert len(widths) == 1, lines
        assert form == "plain" or widths <= set(range(width + 1))


def test_a_table_too_wide_for_the_terminal_becomes_a_list_and_loses_nothing() -> None:
    table = Table(tuple(Column(f"c{n}", f"Column {n}") for n in range(9)), [{f"c{n}": f"value-{n}" for n in range(9)}])
    assert rendered(table, "table", 40) == "".join(f"Column {n}  value-{n}\n" for n in range(9))


def test_markup_in_data_is_inert_on_a_colour_terminal() -> None:
    text = "[bold red]x[/] :smile: [link=http://x]y[/link]"
    written = rendered(Table((Column("t", "T"),), [{"t": text}]), "table", 80, colour=True)
    assert text in written
    assert set(re.findall("\x1b[^m]*m", written)) <= {"\x1b[1m", "\x1b[0m"}


def test_without_colour_no_escape_sequence_is_written() -> None:
    assert "\x1b" not in rendered(PAGE, "table")


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("table", "Nothing to show.\n"),
        ("plain", "Nothing to show.\n"),
        ("md", "Nothing to show.\n"),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("csv", "id\r\n"),
    ],
)
def test_an_empty_table_is_written_so(form: str, written: str) -> None:
    assert rendered(Table((Column("id", "Id"),), ()), form) == written


def test_csv_tells_nothing_from_the_empty_text_and_quotes_what_other_locales_split() -> None:
    table = Table((Column("a", "A"), Column("b", "B")), [{"a": None, "b": ""}, {"a": "x;=1", "b": 'say "hi"'}])
    assert rendered(table, "csv") == 'a,b\r\n,""\r\n"x;=1","say ""hi"""\r\n'
    assert rendered(Table((Column("a", "A"),), [{"a": None}]), "csv") == 'a\r\n""\r\n'


def test_machine_formats_write_row_by_row() -> None:
    """A million rows never stand in memory: the first is out before the second is asked for."""
    for form in ("json", "jsonl", "csv", "html"):
        stream = io.StringIO()
        seen: list[bool] = []

        def rows(out: io.StringIO = stream, seen: list[bool] = seen):  # type: ignore[no-untyped-def]
            yield {"a": "first"}
            seen.append("first" in out.getvalue())
            yield {"a": "second"}

        render(Table((Column("a", "A"),), rows()), form, stream, tz=SHANGHAI)
        assert seen == [True], form


def test_the_same_keys_in_every_language() -> None:
    english = rendered(TABLE, "json"), rendered(TABLE, "csv")
    set_language("zh")
    assert (rendered(TABLE, "json"), rendered(TABLE, "csv")) == english


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        rendered(TABLE, "yaml")
    assert (caught.value.message, caught.value.hint) == (
        "No such format: yaml.",
        "Use one of: table, plain, json, jsonl, csv, md, html.",
    )


def test_a_header_is_not_torn_while_its_column_can_be_wide_enough() -> None:
    columns = (Column("a", "Counted", kind="bool"), Column("b", "Why"), Column("c", "From", kind="time"))
    rows = [{"a": True, "b": "a working day among many others in a row", "c": "2026-11-20T10:00:00+08:00"}] * 2
    stream = io.StringIO()
    render(Table(columns, rows), "table", stream, tz=UTC, width=50, colour=False)
    assert stream.getvalue().splitlines()[0].split() == ["Counted", "Why", "From"]
