"""The branch's board: right numbers with their n and source, one screen, one sheet, nothing of the data believed."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.api import cell_width
from branchops.plugins.improve.reports.charts import bars, rows_of_bars, small_line
from branchops.plugins.improve.reports.terminal import cut, spark


@pytest.fixture
def branch(desk: Any) -> Any:
    """One finding overdue and repeated, one closed, one with a hostile text."""
    desk.close(desk.open(at="2026-11-02 09:00"))
    late = desk.open(at="2026-11-09 09:00")
    desk.assign(late, due="2026-11-13")
    desk.open("--cause", "x", unit="<script>alert(1)</script>", at="2026-11-23 09:00")
    desk.kit.ok("improve", "finding", "open", "--text", "<img src=x onerror=alert(1)>\x1b[31m", "--unit", "C3")
    return desk


def test_the_board_holds_the_next_duties_and_says_how_many_more_there_are(
    branch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = branch.kit.ok("improve", "board")["owed"]
    assert len(every) > 6
    monkeypatch.setattr("branchops.plugins.improve.reports.board.NEXT", 5)
    assert branch.kit.ok("improve", "board")["owed"] == every[:5]
    plain = " ".join(branch.kit.run("improve", "board", "--format", "plain").out.split())
    assert f"{len(every) - 5} more: branchops due" in plain
    assert f"({len(every) - 4} more: branchops due)" in branch.kit.run("improve", "board", terminal=True).out


@pytest.mark.parametrize("words", [("--format", "plain"), ("--format", "html"), ()], ids=str)
def test_the_board_names_people_and_roles_by_their_titles_to_people_and_by_codes_to_programs(
    desk: Any, words: tuple[str, ...]
) -> None:
    """A duty of nobody by name is that of a role; `terminal` draws the board. A part of a day has its word, too."""
    desk.open()
    assert "2026-11-23#am" in {row["subject"] for row in desk.kit.ok("improve", "board")["owed"]}
    programs = [desk.kit.run("improve", "board", "--json", lang=lang).json()["owed"][0] for lang in ("en", "zh")]
    assert {key: programs[0][key] for key in ("who", "role", "status")} == {
        key: programs[1][key] for key in ("who", "role", "status")
    }
    assert (programs[0]["who"], programs[0]["role"]) == ("", "outlet-head")
    for lang, title in (("en", "Head of the outlet"), ("zh", "网点负责人")):
        out = desk.kit.run("improve", "board", *words, lang=lang, terminal=not words).out
        assert ("outlet-head" in out, "#am" in out, title in out) == (False, False, True)


def test_the_board_counts_what_is_open_late_and_repeated(branch: Any) -> None:
    """Three findings open, one of them overdue and a repeat; indicators of the month with n and query."""
    found = branch.kit.ok("improve", "board", "--period", "2026-11")
    numbers = {row["code"]: row for row in found["numbers"]}
    assert (found["open_findings"], numbers["open_findings"]["of"]) == (3, "1 late, 1 repeats")
    assert found["findings"][0]["id"] == "F-2026-0002"
    repeats = next(row for row in found["indicators"] if row["code"] == "improve.repeat-rate")
    assert (repeats["value"], repeats["n"], "opened_at >= :start" in repeats["source"]) == ("33.3", 3, True)
    assert found["trend"][-1] == {"label": "2026-11", "opened": 4, "closed": 1, "missed": None}


def test_every_number_of_the_board_names_its_n_and_source(branch: Any) -> None:
    """No figure without what it rests on."""
    found = branch.kit.ok("report", "board", "--period", "2026-11")
    rows = [*found["numbers"], *found["indicators"]]
    assert [row["code"] for row in rows if row["n"] is None or not row["source"]] == []


def test_missed_duties_are_counted_from_closed_days(branch: Any) -> None:
    """A day that nobody closed is no data, not nought; a closed one brings its number."""
    before = branch.kit.ok("improve", "board")
    branch.kit.clock.set("2026-11-23 17:30")
    branch.kit.run("day", "open")
    missed = len(branch.kit.run("day", "close", "--json").json()["missed"])
    after = branch.kit.ok("improve", "board")
    assert (before["missed"], after["missed"], after["numbers"][2]["n"]) == (None, missed, 1)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("period", ["", "2026-11", "2026-Q4"])
def test_the_screen_is_80_cells_by_24_lines(branch: Any, lang: str, period: str) -> None:
    """One look: no line wider, no line more, in both languages, and no control character of the data."""
    chosen = ("--period", period) if period else ()
    out = branch.kit.run("--format", "table", "improve", "board", *chosen, lang=lang).out
    lines = out.splitlines()
    assert (len(lines) <= 24, max(map(cell_width, lines)) <= 80, "\x1b" in out) == (True, True, False)


class Sheet(HTMLParser):
    """What a browser would see: tags, their attributes, and the text between."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [f"{name}={value}" for name, value in attrs if name in ("src", "href") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sheet_stands_alone_and_believes_no_data(branch: Any, lang: str) -> None:
    """No script, nothing loaded, hostile texts shown as text; charts drawn; light, dark and print styles."""
    markup = branch.kit.run("--format", "html", "improve", "board", "--period", "2026-11", lang=lang).out
    seen = Sheet(markup)
    assert ("script" in seen.tags, "img" in seen.tags, seen.loads, "\x1b" in markup) == (False, False, [], False)
    assert "<img src=x onerror=alert(1)>" in seen.text
    assert seen.tags.count("svg") >= 3
    assert all(f"@media {kind}" in markup for kind in ("print", "(prefers-color-scheme: dark)"))
    assert "http://" not in markup.replace("http://www.w3.org", "")
    assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in markup


def test_a_fresh_branch_has_a_board_too(kit: Any) -> None:
    """Before anything happened: no data everywhere, and no fault."""
    found = kit.ok("improve", "board")
    assert (found["open_findings"], found["missed"], {row["value"] for row in found["indicators"]}) == (0, None, {None})
    assert "no data" in kit.run("--format", "html", "improve", "board").out


values = st.lists(st.none() | st.decimals(-1000, 1000, places=1), min_size=1, max_size=14)


@given(found=values)
def test_a_trend_has_one_mark_a_value(found: list[Decimal | None]) -> None:
    """As many marks as values; a dot exactly where there is no data; every circle within the drawing."""
    marks = spark(found)
    assert [mark == "·" for mark in marks] == [value is None for value in found]
    drawn = small_line(found, [str(place) for place in range(len(found))], "t", Decimal(5))
    spots = [tuple(map(float, spot)) for spot in re.findall(r'cx="([-.\d]+)" cy="([-.\d]+)"', drawn)]
    assert len(spots) == sum(value is not None for value in found)
    assert all(0 <= x <= 220 and 0 <= y <= 34 for x, y in spots)


@given(found=st.lists(st.none() | st.integers(0, 10_000), min_size=1, max_size=14))
def test_bars_stay_within_their_drawing(found: list[int | None]) -> None:
    """Whatever the numbers, no bar leaves the frame, and the tallest is of full height."""
    drawn = bars([str(place) for place in range(len(found))], [found], ["n"])
    frames = re.findall(r'<rect x="([-.\d]+)" y="([-.\d]+)" width="([-.\d]+)" height="([-.\d]+)"', drawn)
    shapes = [tuple(map(float, frame)) for frame in frames]
    assert len(shapes) == sum(value is not None for value in found)
    assert all(x >= 0 and y >= 0 and x + w <= 521 and y + h <= 171 for x, y, w, h in shapes)
    if any(found):
        assert max(h for _x, _y, _w, h in shapes) == 128.0


@given(text=st.text(max_size=40), cells=st.integers(2, 30))
def test_a_cut_text_is_exactly_as_wide_as_asked(text: str, cells: int) -> None:
    """Full-width letters and all."""
    plain = "".join(letter for letter in text if letter.isprintable())
    if cell_width(plain) >= 0:
        assert cell_width(cut(plain, cells)) == cells


def test_lying_bars_are_labelled_and_escaped() -> None:
    """A label is text."""
    assert "&lt;b&gt;" in rows_of_bars([("<b>", 2), ("c", 0)], "t")
