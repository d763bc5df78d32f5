"""`branchops import` as operators meet it: names, places of the rejects file, talk."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_an_unknown_kind_names_the_ones_there_are(kit: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a\n")
    assert kit.fails("import", "nothing-of-the-kind", file, exit=10)["message"] == (
        "There is no import “nothing-of-the-kind”."
    )


def test_without_words_it_says_what_is_missing(kit: Any) -> None:
    assert kit.fails("import", exit=2)["message"] == "KIND is missing."
