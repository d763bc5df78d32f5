"""Real complaint files through mapping files: every row accounted for, and figures that agree with the file."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from branchops.plugins.complaints.reports.importing import prepare
from branchops.testing import BranchKit

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
BUSINESS = {
    "Mortgage": "B2",
    "Debt collection": "B13",
    "Credit reporting": "B12",
    "Credit card": "B3",
    "Prepaid card": "B3",
    "Bank account or service": "B1",
    "Student loan": "B2",
    "Payday loan": "B2",
    "Consumer Loan": "B2",
    "Consumer loan": "B2",
    "Money transfers": "B4",
    "Other financial service": "B99",
}
CHANNEL = {
    "Web": "other",
    "Referral": "other",
    "Phone": "phone",
    "Postal mail": "letter",
    "Fax": "other",
    "Email": "other",
}
SUBTYPE = {"Web": "web", "Referral": "regulator", "Fax": "fax", "Email": "email"}


def words(name: str, table: dict[str, str]) -> str:
    return f"[values.{name}]\n" + "".join(f'"{key}" = "{value}"\n' for key, value in table.items())


def mapping(kit: BranchKit, columns: dict[str, str], constants: dict[str, str], **values: dict[str, str]) -> Path:
    """A mapping file as a bank would write one."""
    path = kit.root / "map.toml"
    text = f'key = "{columns["id"]}"\n[columns]\n' + "".join(
        f'{name} = "{column}"\n' for name, column in columns.items()
    )
    text += "[constants]\n" + "".join(f'{name} = "{value}"\n' for name, value in constants.items())
    text += '[dates]\nreceived = "%m/%d/%Y"\n' + "".join(words(name, table) for name, table in values.items())
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def real() -> Any:
    """Opens a real file, or skips with the reason."""

    def open_(name: str) -> tuple[Path, list[dict[str, str]]]:
        path = DATA / "complaints" / name
        if not path.is_file():
            pytest.skip(f"the public complaint file is not here: {path}")
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
        return path, list(csv.DictReader(io.StringIO(text, newline="")))

    return open_


def imported(kit: BranchKit, path: Path, map_: Path) -> dict[str, Any]:
    done = kit.run("import", "complaints", path, "--map", map_, "--json", "--rejects", kit.root / "rejects.csv")
    assert done.exit in (0, 9), done.err
    told: dict[str, Any] = done.json()
    return told


def test_a_thousand_complaints_of_2013_agree_with_the_file(kit: BranchKit, real: Any) -> None:
    """Channels, businesses, what was closed, and the days they came: counted here and in the raw file."""
    path, rows = real("cfpb_2013_1000.csv")
    columns = {"id": "complaint_id", "received": "date_received", "gist": "issue", "product": "product"}
    columns |= {"business": "product", "channel": "submitted_via", "subtype": "submitted_via"}
    columns |= {"response": "company_response_to_consumer"}
    map_ = mapping(kit, columns, {"taker": "li"}, business=BUSINESS, channel=CHANNEL, subtype=SUBTYPE)
    told = imported(kit, path, map_)
    assert (told["read"], told["stored"], told["duplicates"], told["rejected"]) == (1000, 1000, 0, 0)
    page = kit.ok("complaints", "stats", "2013")
    assert page["received"] == len(rows)
    by_channel = Counter(CHANNEL[row["submitted_via"]] for row in rows)
    assert {row["code"]: row["n"] for row in page["by_channel"] if row["n"]} == dict(by_channel)
    by_business = Counter(BUSINESS[row["product"]] for row in rows)
    assert {row["code"]: row["n"] for row in page["by_business"] if row["n"]} == dict(by_business)
    months = Counter(row["date_received"].split("/")[0] for row in rows)
    for month, n in months.items():
        assert kit.ok("complaints", "stats", f"2013-{int(month):02}")["received"] == n
    again = imported(kit, path, map_)
    assert (again["stored"], again["duplicates"]) == (0, 1000)


def test_what_was_in_progress_is_open_and_the_rest_archived(kit: BranchKit, real: Any) -> None:
    """The first quarter of 2015, a tenth of it: open exactly where the file says “In progress”."""
    _path, rows = real("cfpb_2015q1_28k.csv.gz")
    part = kit.root / "part.csv"
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows[:2800])
    columns = {"id": "Complaint ID", "received": "Date received", "gist": "Issue", "business": "Product"}
    columns |= {"response": "Company response"}
    constants = {"channel": "other", "subtype": "web", "taker": "li"}
    map_ = mapping(kit, columns, constants, business=BUSINESS, response={"In progress": ""})
    told = imported(kit, part, map_)
    assert (told["read"], told["stored"], told["rejected"]) == (2800, 2800, 0)
    states = Counter(row["Company response"] == "In progress" for row in rows[:2800])
    found = Counter(case.open for case in kit.rows("complaints.case"))
    assert found == states
    page = kit.ok("complaints", "stats", "2015-Q1")
    figures = {row["figure"]: row["n"] for row in page["figures"]}
    assert (figures["received"], figures["closed, of those received"]) == (2800, states[False])


def test_chinese_comments_in_gbk_import_when_the_encoding_is_told(kit: BranchKit, real: Any) -> None:
    path = DATA / "nasty" / "encodings" / "zh_bank_comments.gbk.csv"
    if not path.is_file():
        pytest.skip(f"the GBK file is not here: {path}")
    map_ = kit.root / "map.toml"
    map_.write_text(
        'key = "id"\nencoding = "gbk"\n[columns]\nid = "id"\ngist = "text"\n'
        '[constants]\nchannel = "other"\nsubtype = "social"\ntaker = "li"\n',
        encoding="utf-8",
    )
    told = imported(kit, path, map_)
    assert (told["read"], told["stored"] + told["rejected"]) == (2000, 2000)
    first = kit.ok("complaints", "show", "1", "--reveal")
    with path.open(encoding="gbk", newline="") as file:
        assert first["gist"] == next(iter(csv.DictReader(file)))["text"].strip()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, "neither gist nor product is given"),
        ({"gist": "x", "channel": "pigeon"}, "channel: “pigeon” is none of oral, book, letter, phone, other"),
        ({"gist": "x", "received": "soon"}, "received: “soon” is no date"),
        ({"gist": "x", "closed_on": "never"}, "closed_on: “never” is no date"),
        ({"gist": "x", "response": "y", "timely": "perhaps"}, "timely: “perhaps” is none of yes, no"),
        ({"gist": "x", "response": "y", "amount": "lots"}, "amount: “lots” is no number"),
    ],
)
def test_a_row_that_cannot_be_a_complaint_says_why(row: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match="^" + reason.replace("?", r"\?") + "$"):
        prepare(row)


def test_a_row_with_a_wrong_code_is_rejected_by_its_rule(kit: BranchKit) -> None:
    path = kit.root / "rows.csv"
    path.write_text(
        "id,gist,channel,business,taker\n1,a,letter,B77,li\n2,b,letter,B1,li\n3,c,letter,B1,nobody\n", "utf-8"
    )
    done = kit.run("import", "complaints", path, "--json", "--rejects", kit.root / "rejects.csv")
    assert (done.exit, done.json()["stored"], done.json()["rejected"]) == (9, 1, 2)
    rejects = (kit.root / "rejects.csv").read_text(encoding="utf-8")
    assert "complaints.four-channels: B77 is no business code." in rejects
    assert "complaints.everyone-must-accept: nobody is nobody at this outlet." in rejects
