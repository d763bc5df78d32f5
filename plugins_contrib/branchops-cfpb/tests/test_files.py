"""Every public file comes in, with nothing lost and nothing twice."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

BLANK = ("", "None", "N/A")
FILES = {
    "cfpb_2013_1000.csv": 1000,
    "cfpb_2019_268.csv": 268,
    "cfpb_2023_25_payday_narratives.csv.gz": 2827,
    "cfpb_narratives_3947.csv.gz": 3947,
    "cfpb_pipeline_fixtures/v1-public.csv": 30,
    "cfpb_pipeline_fixtures/v2-public.csv": 30,
    "cfpb_pipeline_fixtures/complaints-subset.csv": 280,
}


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")


def source_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(path), newline="")))


def account(read: int, stored: int, duplicates: int = 0) -> dict[str, Any]:
    rejected = read - stored - duplicates
    return {"read": read, "stored": stored, "duplicates": duplicates, "rejected": rejected, "rejects": None}


def test_the_28_thousand_of_2015_come_in_once_and_verify(desk: Any, complaints: Path) -> None:
    path = complaints / "cfpb_2015q1_28k.csv.gz"
    assert desk.ok("import", "cfpb", path) == account(28156, 28156)
    rows = source_rows(path)
    products = desk.ok("report", "cfpb-products")
    assert {row["product"]: row["complaints"] for row in products} == Counter(row["Product"] for row in rows)
    answered = Counter((row["Product"], row["Timely response?"]) for row in rows)
    for row in desk.ok("report", "cfpb-timely"):
        assert (row["in_time"], row["late"]) == (answered[row["product"], "Yes"], answered[row["product"], "No"])
    months = desk.ok("report", "cfpb-products", "--period", "2015-02")
    assert sum(row["complaints"] for row in months) == sum(row["Date received"].startswith("2/") for row in rows)
    breached = [event for event in desk.events("cfpb.complaint-received") if event.meta.breaches]
    assert len(breached) == sum(row["Timely response?"] == "No" for row in rows)
    assert desk.ok("import", "cfpb", path, as_="li") == account(28156, 0, duplicates=28156)
    assert desk.ok("verify", "--full")["ok"] is True
    before = desk.rows("cfpb.complaint")
    desk.ok("rebuild")
    assert desk.rows("cfpb.complaint") == before


@pytest.mark.parametrize("name", FILES)
def test_each_header_of_the_public_file_is_understood(desk: Any, complaints: Path, name: str) -> None:
    path = complaints / name
    assert desk.ok("import", "cfpb", path) == account(FILES[name], FILES[name])
    rows = source_rows(path)
    lower = [{key.lower().replace(" ", "_").strip("?"): value for key, value in row.items()} for row in rows]
    told = Counter(row["product"].strip() for row in lower)
    assert {row["product"]: row["complaints"] for row in desk.ok("report", "cfpb-products")} == told
    words = [row.get("consumer_complaint_narrative", "") for row in lower]
    kept = [event.data.narrative for event in desk.events("cfpb.complaint-received")]
    opened = [desk.branch.keys.unseal(text) if text else "" for text in kept[:200]]
    assert [bool(text) for text in kept] == [word.strip() not in BLANK for word in words]
    assert opened == ["" if word.strip() in BLANK else word.strip() for word in words[:200]]
    assert desk.ok("import", "cfpb", path) == account(FILES[name], 0, duplicates=FILES[name])


def test_json_lines_dated_in_the_future_are_rejected_row_by_row(desk: Any, complaints: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    path = complaints / "cfpb_pipeline_fixtures" / "ccdb.ndjson"
    done = desk.run("import", "cfpb", path, "--rejects", bad, "--json")
    assert (done.exit, done.json()["read"], done.json()["stored"]) == (9, 10, 1)
    reasons = [row[2] for row in csv.reader(io.StringIO(bad.read_text(encoding="utf-8"), newline=""))][1:]
    assert reasons == ["2099-09-09 12:00+00:00 has not come yet."] * 9
    text = path.read_text(encoding="utf-8").replace("2099-09-09", "2019-09-09")
    present = tmp_path / "present.ndjson"
    present.write_text(text, encoding="utf-8")
    assert desk.ok("import", "cfpb", present) == account(10, 9, duplicates=1)


def test_narratives_are_sealed_masked_and_erasable(desk: Any, complaints: Path) -> None:
    path = complaints / "cfpb_2019_268.csv"
    desk.ok("import", "cfpb", path)
    secret = next(
        row["Consumer complaint narrative"] for row in source_rows(path) if row["Consumer complaint narrative"]
    )
    raw = (desk.store / "ledger.db").read_bytes() + (desk.store / "views.db").read_bytes()
    assert secret[:40].encode() not in raw
    for form in ("jsonl", "csv", "cloudevents"):
        assert secret[:40] not in desk.run("export", form).out


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"Complaint ID": ""}, "no complaint number"),
        ({"Complaint ID": "../1"}, "“../1” is no number"),
        ({"Date received": "31/12/2019"}, "“31/12/2019” is not a date"),
        ({"Date received": "1/2/019"}, "“1/2/019” is not a date"),
        ({"Timely response?": "Maybe"}, "“Maybe” is neither Yes nor No (timely)"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(plugin: Any, cell: dict[str, str], reason: str) -> None:
    from branchops_cfpb.reading import COLUMNS, prepare

    assert plugin.__name__ == "branchops_cfpb"
    good = {"Complaint ID": "1", "Product": "Mortgage", "Date received": "1/2/2019", "Timely response?": "Yes"}
    names = {(one if isinstance(one, str) else one[0]): field for field, one in COLUMNS.items()}
    row = {names.get(column, column.lower()): value for column, value in {**good, **cell}.items()}
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        prepare(row)


@pytest.mark.parametrize("text", ["3/19/2015", "03/19/15", "2015-03-19", "2015-03-19T12:00:00-05:00", "3/19/15"])
def test_a_day_is_the_same_however_it_is_written(plugin: Any, text: str) -> None:
    from datetime import UTC, date, datetime

    from branchops_cfpb.reading import day

    assert day(text) == (date(2015, 3, 19), datetime(2015, 3, 19, 12, tzinfo=UTC))
