"""Data for the output tests: strings that others collected to break programs, and a language that is put back."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from branchops.core.output import messages
from branchops.core.output.messages import language, set_language

NASTY = Path(__file__).resolve().parents[4] / "shared" / "data" / "nasty"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture(autouse=True)
def _own_catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only core's catalogue, whatever plugins earlier tests of the run have loaded."""
    for name, value in (("_plugin_catalogues", {}), ("_packages", {}), ("_speakers", {}), ("_known", {})):
        monkeypatch.setattr(messages, name, value)
    monkeypatch.setattr(messages, "_catalogues", None)


@pytest.fixture(scope="session")
def nasty_texts() -> list[str]:
    """The naughty strings, the escape-sequence inputs and the formula payloads, each a text."""
    if not NASTY.is_dir():
        pytest.skip(f"the collected nasty strings are not at {NASTY}")
    naughty = json.loads((NASTY / "blns.json").read_text(encoding="utf-8"))
    # Bytes as a terminal would get them: broken UTF-8 arrives as lone surrogates, Latin-1 as C1 controls.
    inputs = [path.read_bytes() for path in sorted((NASTY / "terminal_xterm").glob("*.in"))]
    formulas = (NASTY / "csv_injection_payloadbox.txt").read_text(encoding="utf-8").splitlines()
    own = [
        "\ud800",
        "a\udcffb",
        "\x9b31m",
        "\u202egpj.exe",
        "\u2066x\u2069",
        "\ufeff",
        "\u200b",
        "\t=1",
        "\r=1",
        "＝1",
        "'",
    ]
    return [
        *naughty,
        *(data.decode("utf-8", "surrogateescape") for data in inputs),
        *(data.decode("latin-1") for data in inputs),
        *formulas,
        *own,
    ]


@pytest.fixture(scope="session")
def unsafe() -> Callable[..., list[str]]:
    """Finds what no output may hold, by Unicode's own categories and not by the product's code."""
    return _unsafe


def _unsafe(text: str, allowed: str = "") -> list[str]:
    bad = []
    for char in sorted(set(text)):
        if char in allowed or char == "\u200d" or "\U000e0020" <= char <= "\U000e007f":
            continue  # joiners of emoji and tags of flags are looked at by tests of their own
        reserved = 0x20000 <= ord(char) <= 0x3FFFD or 0x1F000 <= ord(char) <= 0x1FAFF
        category = unicodedata.category(char)
        if category in ("Cc", "Cf", "Cs", "Zl", "Zp") or (category == "Cn" and not reserved):
            bad.append(char)
    return bad
