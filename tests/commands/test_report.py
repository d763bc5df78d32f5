"""`branchops report`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_without_a_name_the_reports_are_listed(shop: Any) -> None:
    """Name, plugin and title."""
    assert [{key: row[key] for key in ("name", "plugin", "title")} for row in shop.json("report")] == [
        {"name": "desk-cases", "plugin": "desk", "title": "Cases"},
        {"name": "desk-broken", "plugin": "desk", "title": "Broken"},
    ]


def test_a_report_gives_its_rows_masked_unless_revealed(shop: Any) -> None:
    """`--reveal` shows personal data."""
    case = shop.case("a story")
    assert shop.json("report", "desk-cases") == [{"id": case, "taker": "li", "gist": "***"}]
    assert shop.json("report", "desk-cases", "--reveal")[0]["gist"] == "a story"


def test_out_writes_the_file_in_the_format_of_its_name_or_the_one_chosen(shop: Any, tmp_path: Path) -> None:
    """CSV keeps its own line ends; stdout stays empty."""
    case = shop.case()
    out = tmp_path / "cases.csv"
    result = shop.run("report", "desk-cases", "--out", str(out))
    assert (result.code, result.out) == (0, "")
    assert out.read_bytes() == f"id,taker,gist\r\n{case},li,***\r\n".encode()
    shop.run("report", "desk-cases", "--out", str(out), "--format", "json")
    assert json.loads(out.read_text(encoding="utf-8"))[0]["id"] == case
    shop.run("report", "desk-cases", "--out", str(tmp_path / "cases.html"))
    assert (tmp_path / "cases.html").read_text(encoding="utf-8").startswith("<!")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["cases.csv", "cases.html"]


def test_a_report_that_fails_leaves_the_old_file_and_names_the_plugin(shop: Any, tmp_path: Path) -> None:
    """Exit 12."""
    out = tmp_path / "old.txt"
    out.write_text("old", encoding="utf-8")
    result = shop.run("report", "desk-broken", "--out", str(out), "--json")
    assert (result.code, result.error["code"]) == (12, "plugin")
    assert "desk_plugin" in result.error["hint"]
    assert out.read_text(encoding="utf-8") == "old"


def test_wrong_names_periods_and_places_are_refused(shop: Any, tmp_path: Path) -> None:
    """Did you mean; takes no period; is no period; cannot be written."""
    result = shop.run("report", "desk-case", "--json")
    assert (result.code, result.error["hint"]) == (10, "Did you mean desk-cases, desk-broken?")
    assert shop.run("report", "desk-cases", "--period", "2026-11").code == 2
    assert shop.run("report", "desk-broken", "--period", "2026-13").code == 2
    assert shop.run("report", "desk-cases", "--out", str(tmp_path / "no" / "such" / "folder")).code == 2


def test_a_register_is_printed_as_pages_and_given_to_programs_as_rows(shop: Any) -> None:
    """Plain text has page numbers, JSON the lines with their marks."""
    import types

    from branchops.api import Column, Offer, Plugin, PrintedRegister, Report, hookimpl

    def make(_reading: Any) -> PrintedRegister:
        lines = ({"what": "a", "_late": True}, {"what": "b", "_struck": True})
        return PrintedRegister("Book", "0301", "2026-11", (Column("what", "What"),), lines)

    module = types.ModuleType("book")
    module.branchops_plugin = hookimpl(lambda: Plugin(name="book", api_version=1, en="B", zh="B"))  # type: ignore[attr-defined]
    module.branchops_reports = hookimpl(lambda: Offer(reports=(Report(name="book", title="Book", make=make),)))  # type: ignore[attr-defined]
    shop.plugins = (("book", module),)
    assert "Page 1 of 1" in shop.run("report", "book").out
    assert "<html" in shop.run("report", "book", "--format", "html").out
    assert shop.json("report", "book") == [
        {"number": 1, "what": "a", "late": True, "void": False},
        {"number": 2, "what": "b", "late": False, "void": True},
    ]
