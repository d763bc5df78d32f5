"""Imports: the account always adds up, a bad row never costs a good one, and the same row is stored once."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def account(read: int, stored: int, duplicates: int = 0) -> dict[str, int]:
    return {"read": read, "stored": stored, "duplicates": duplicates, "rejected": read - stored - duplicates}


def texts(desk: Any) -> list[str]:
    return [row.text for row in desk.rows("notes.note")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_told_from_the_file(bring: Any, desk: Any, mark: str, end: str) -> None:
    content = end.join([mark.join(("number", "text")), mark.join(("1", "a")), "", mark.join(("2", "b"))])
    assert bring(content) == (0, account(2, 2), [])
    assert texts(desk) == ["a", "b"]


def test_a_byte_order_mark_quotes_and_mixed_line_ends_are_read_through(bring: Any, desk: Any) -> None:
    content = '\ufeff"Note No.","What was noted"\r\n1,"two\nlines, and a ""quote"""\n2,b\r\n'
    assert bring(content) == (0, account(2, 2), [])
    assert texts(desk) == ['two\nlines, and a "quote"', "b"]


def test_a_spreadsheets_own_line_of_the_delimiter_is_understood(bring: Any) -> None:
    assert bring("sep=;\nnumber;text\n1;a,b,c\n") == (0, account(1, 1), [])


def test_gzip_is_opened_whatever_its_name(bring: Any) -> None:
    assert bring(gzip.compress(b"number,text\n1,a\n")) == (0, account(1, 1), [])


def test_a_damaged_archive_ends_the_import_and_a_rerun_goes_on(bring: Any) -> None:
    whole = gzip.compress("\n".join(["number,text", *(f"{n},{n * 7919}" for n in range(20000))]).encode())
    exit_, error, _ = bring(whole[: len(whole) // 2], name="in.csv.gz")
    assert (exit_, error["code"]) == (2, "usage")
    code, told, _ = bring(whole, name="in.csv.gz")
    assert (code, told["read"], told["stored"] + told["duplicates"]) == (0, 20000, 20000)
    assert told["duplicates"] > 0


def test_a_second_import_stores_nothing_whoever_runs_it(bring: Any) -> None:
    content = "number,text\n1,a\n2,b\n"
    assert bring(content) == (0, account(2, 2), [])
    assert bring(content, as_="li") == (0, account(2, 0, duplicates=2), [])


def test_a_known_key_with_other_content_is_rejected(bring: Any) -> None:
    bring("number,text\n1,a\n")
    told = bring("number,text\n1,b\n2,c\n2,c\n2,d\n")
    said = "the key {} is stored with other content"
    assert told == (
        9, account(4, 1, duplicates=1), [["2", "1", said.format(1), "1", "b"], ["5", "2", said.format(2), "2", "d"]],
    )  # fmt: skip


def test_every_bad_row_is_rejected_with_its_line_and_reason(bring: Any) -> None:
    content = (
        b"number,text,day\n"
        b"1,good,2026-11-01\n"
        b"2,short\n"
        b"3,bad day,2026-13-01\n"
        b"4,caf\xe9,\n"
        b"5,nul\x00,\n"
        b'6,"stray" quote,\n'
        b"7,forbidden,\n"
        b",no key,\n"
        b'8,"open\n'
    )
    code, told, rows = bring(content)
    assert (code, told) == (9, account(9, 1))
    assert [(row[0], row[1]) for row in rows] == [
        ("3", ""), ("4", ""), ("5", ""), ("6", ""), ("7", ""), ("8", "7"), ("9", ""), ("10", ""),
    ]  # fmt: skip
    assert [row[2] for row in rows] == [
        "2 cells where the header has 3",
        "month must be in 1..12",
        "bytes that are not text in this encoding; name it with --encoding",
        "a NUL character",
        "not well-formed CSV: ',' expected after '\"'",
        "That word is not taken.",
        "the source's own key is empty",
        "a quote is opened and never closed",
    ]
    assert rows[2][3:] == ["4", "caf\\xe9", ""]


def test_the_rejects_file_can_be_mended_and_imported_itself(bring: Any, desk: Any, tmp_path: Path) -> None:
    bring("number,text,day\n1,=cmd|'/C calc'!A0,2026-99-01\n2,b,\n")
    bad = (tmp_path / "bad.csv").read_text(encoding="utf-8")
    assert "'=cmd" in bad
    assert bring(bad.replace("2026-99-01", "2026-09-01")) == (0, account(1, 1), [])
    assert texts(desk) == ["=cmd|'/C calc'!A0", "b"]


def test_an_open_quote_cannot_swallow_the_rest_of_the_file(bring: Any) -> None:
    rows = [f"{n},{'x' * 1000}" for n in range(1, 2501)]
    rows[10] = '11,"never closed'
    code, told, _ = bring("number,text\n" + "\n".join(rows) + "\n")
    assert code == 9
    assert told["stored"] > 1000


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gbk", "柜台排队太久"), ("gb18030", "㐀排队"), ("latin-1", "café"), ("utf-16", "排队"), ("big5", "櫃檯")],
)
def test_an_encoding_that_is_told_is_read(bring: Any, desk: Any, encoding: str, text: str) -> None:
    assert bring(f"number,text\n1,{text}\n".encode(encoding), "--encoding", encoding) == (0, account(1, 1), [])
    assert texts(desk) == [text]


def test_an_unknown_encoding_and_a_header_that_is_no_text_are_told_with_a_remedy(bring: Any) -> None:
    assert bring("number,text\n", "--encoding", "gbx")[1]["hint"].startswith("Common ones: utf-8, gbk")
    error = bring("编号,number,text\n".encode("gbk"))[1]
    assert error["hint"] == "Name the file's encoding, for example --encoding gbk."


def test_real_gbk_rows_come_in_whole(bring: Any, desk: Any) -> None:
    path = DATA / "nasty" / "encodings" / "zh_bank_comments.gbk.csv"
    if not path.is_file():
        pytest.skip("the shared test data is not here")
    map_ = desk.root / "map.toml"
    map_.write_text('key = "*"\nencoding = "gbk"\n[columns]\ntext = "text"\n', encoding="utf-8")
    assert bring(path.read_bytes(), "--map", str(map_)) == (0, account(2000, 2000), [])
    with path.open(encoding="gbk", newline="") as file:
        assert sorted(texts(desk)) == sorted(row["text"] for row in csv.DictReader(file))


def test_the_csv_spectrum_files_are_read_as_their_authors_say(bring: Any) -> None:
    from branchops.core.exchange.rows import CsvRows
    from branchops.core.exchange.source import open_source

    folder = DATA / "nasty" / "csv-spectrum"
    if not folder.is_dir():
        pytest.skip("the shared test data is not here")
    for path in sorted((folder / "csvs").iterdir()):
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        expected = expected if isinstance(expected, list) else [expected]
        source = open_source(path)
        rows = CsvRows(source)
        found = [dict(zip(rows.columns, row.cells, strict=True)) for row in rows if not row.problem]
        source.close()
        for one in (*expected, *found):
            one.pop("Contact Phone Number", None)  # differs between the two files as published
        assert json.dumps(expected).replace(r"\r\n", r"\n") == json.dumps(found).replace(r"\r\n", r"\n"), path.name


def test_json_lines_are_read_strictly(bring: Any, desk: Any) -> None:
    lines = [
        '{"number": 1, "text": "a", "amount": 12.50, "words": null}',
        '{"number": "2", "text": "b", "number": "3"}',
        "[1]",
        '{"number": "4", "text": NaN}',
        "",
        '{"text": "b", "number": "5"}',
    ]
    code, told, rows = bring("\n".join(lines), name="in.ndjson")
    assert (code, told) == (9, account(5, 2))
    assert [(row[0], row[3]) for row in rows] == [("2", lines[1]), ("3", lines[2]), ("4", lines[3])]
    assert [str(event.data.amount) for event in desk.events("notes.noted")] == ["12.50", "None"]


def test_a_dry_run_judges_and_stores_nothing(bring: Any, desk: Any) -> None:
    told = bring("number,text,words\n1,a,secret\n2,forbidden,\n", "--dry-run")
    assert told[:2] == (9, account(2, 1))
    assert desk.events("notes.noted") == []
    assert list(desk.branch.keys.subjects()) == []


def test_a_dry_run_of_a_long_file_tells_what_the_import_will(bring: Any) -> None:
    rows = [f"{n % 1500},{n % 1500 if n < 2200 else 'other'}" for n in range(2500)]
    content = "\n".join(["number,text", *rows])
    dry = bring(content, "--dry-run")
    assert dry[:2] == (9, account(2500, 1500, duplicates=700))
    assert bring(content) == dry


def test_personal_words_are_sealed_and_openable(bring: Any, desk: Any) -> None:
    bring("number,text,words\n1,a,my account 6222\n2,b,\n")
    first, second = desk.events("notes.noted")
    assert desk.branch.keys.unseal(first.data.words) == "my account 6222"
    assert second.data.words == ""


def test_rows_that_name_a_signer_need_that_signers_pin(bring: Any, desk: Any) -> None:
    content = "number,text,by\n1,a,li\n2,b,\n"
    code, told, rows = bring(content)
    assert (code, told) == (9, account(2, 1))
    assert rows[0][:2] == ["2", "1"]
    desk.pins("li")
    assert bring(content) == (0, account(2, 1, duplicates=1), [])
    assert [one.staff for one in desk.events("notes.noted")[-1].meta.signatures] == ["li"]


def test_a_fault_of_the_plugin_ends_the_import_by_name(bring: Any) -> None:
    code, error, _ = bring("number,text\n1,a\n2,crash\n")
    assert (code, error["message"]) == (12, "The import notes failed at line 3: KeyError: 'a fault of the plugin'")


def test_rows_without_a_number_are_told_apart_by_content(bring: Any) -> None:
    content = "text,day\na,\na,\nb,\n"
    assert bring(content) == (0, account(3, 3), [])
    assert bring(content + "a,\n") == (0, account(4, 1, duplicates=3), [])


CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@settings(max_examples=25)
@given(rows=st.lists(st.tuples(st.integers(1, 6), CELL), max_size=12))
def test_whatever_the_cells_hold_the_account_adds_up(desk: Any, bring: Any, rows: list[tuple[int, str]]) -> None:
    """Each run works in a store that earlier examples have filled: keys repeat, with equal and with other content."""
    file = io.StringIO()
    csv.writer(file).writerows([("number", "text"), *rows])
    code, told, rejected = bring(file.getvalue())
    assert code in (0, 9)
    assert told["read"] == len(rows)
    assert len(rejected) == told["rejected"]
    again = bring(file.getvalue())[1]
    assert again == {**told, "stored": 0, "duplicates": told["stored"] + told["duplicates"]}


@given(damage=st.binary(max_size=60))
@settings(max_examples=60)
def test_no_bytes_can_make_it_fail_otherwise_than_with_a_message(bring: Any, damage: bytes) -> None:
    code, told, _ = bring(b"number,text\n1,a\n" + damage)
    assert code in (0, 9)
    assert told["read"] >= 1
