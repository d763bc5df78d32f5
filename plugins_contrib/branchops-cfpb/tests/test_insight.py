"""The report that others have computed before us: eight public cases with their answers."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

BY_CONTENT = 'key = "*"\n'


@pytest.mark.parametrize("case", range(1, 9))
def test_each_case_gets_its_published_answer(desk: Any, complaints: Path, tmp_path: Path, case: int) -> None:
    """Some cases repeat complaint numbers for different rows, so rows are told apart by their content."""
    folder = complaints / "insight_report_cases" / f"test_{case}"
    expected = (folder / "output" / "report.csv").read_text(encoding="utf-8")
    map_, out = tmp_path / "map.toml", tmp_path / "report.csv"
    map_.write_text(BY_CONTENT, encoding="utf-8")
    assert desk.ok("import", "cfpb", folder / "input" / "complaints.csv", "--map", map_)["rejected"] == 0
    desk.ok("export", "cfpb-insight", "--out", out)
    assert out.read_text(encoding="utf-8") == expected.replace("\r\n", "\n").rstrip("\n") + "\n"
    table = list(csv.reader(io.StringIO(desk.run("report", "cfpb-insight", "--format", "csv").out)))
    assert table[0] == ["product", "year", "total", "companies", "highest"]
    assert table[1:] == list(csv.reader(io.StringIO(expected)))


def test_a_period_narrows_the_report(desk: Any, complaints: Path, tmp_path: Path) -> None:
    map_ = tmp_path / "map.toml"
    map_.write_text(BY_CONTENT, encoding="utf-8")
    desk.ok(
        "import", "cfpb", complaints / "insight_report_cases" / "test_5" / "input" / "complaints.csv", "--map", map_
    )
    assert {row["year"] for row in desk.ok("report", "cfpb-insight", "--period", "2017")} == {2017}


@given(part=st.integers(0, 10**6), more=st.integers(0, 10**6))
def test_shares_are_rounded_half_up(plugin: Any, part: int, more: int) -> None:
    from decimal import ROUND_HALF_UP, Decimal

    from branchops_cfpb.reports import per_cent

    whole = part + more
    if whole:
        exact = Decimal(100 * part) / Decimal(whole)
        assert per_cent(part, whole) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
