"""Every record of the counter can be shown, in both languages, and every report made, with and without data."""

from __future__ import annotations

from typing import Any

import pytest

REPORTS = (
    "differences", "over-short", "devices", "time-to-safe", "special-register", "forced-pass", "breaches",
    "breach-trend", "performance", "honour", "risk", "hints", "coverage", "inspections", "assessments", "merits",
    "suggestions", "readings",
)  # fmt: skip
MADE = (
    ("AW-2026-0001", "counter leave zhao --witness sun --count 5 --witness-count 4"),
    ("D-2026-0002", "counter diff open --atm A1 --amount -5 --card 6222020200001234"),
    ("SB-2026-0001", "counter special add --kind enquiry --ref V1 --by qian --note private"),
    ("CL-vault", "counter control set vault --responsible chen --implementer qian"),
    ("IN-2026-0001", "counter inspect plan --area a --checker li --due 11-30 --unit x,y --size 1 --seed s"),
    ("IC-2026-0001", "counter bag open B7 --seal 1 --by li,wang --broken"),
    ("RS-2026-0001", "counter reward add --person sun --basis D-1 --text thanks"),
    ("SG-2026-0001", "counter suggest --text more"),
    ("till-zhao-2026-11-23", "counter cash zhao --amount 60000"),
    ("bag-B7", "counter bag seal B7 --seal 2 --amount 1 --by li,wang"),
    ("van-2026-11-23", "counter van arrive --am --by li,wang --boxes 2"),
    ("stamp-S1", "counter stamp assign S1 --to zhao"),
    ("statements", "counter statement custodian li"),
)


@pytest.fixture
def full(cheap: Any) -> Any:
    """A branch with one of everything."""
    for _record, words in MADE:
        cheap.ok(*words.split())
    marks = [f"--mark={name}=90" for name in ("discipline", "accuracy", "custody", "cooperation")]
    cheap.ok("counter", "assess", "--person", "zhao", "--period", "2026-11", *marks)
    return cheap


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_record_shows_itself_and_hides_what_is_sealed(full: Any, lang: str) -> None:
    """`show` finds each by its id; card numbers and notes do not come out whole."""
    for record in (*(record for record, _words in MADE), "AS-2026-0001"):
        done = full.run("show", record, lang=lang)
        assert (record, done.exit) == (record, 0), done.err
        assert "62220202" not in done.out
        assert "private" not in done.out


def test_every_report_speaks_with_and_without_data(full: Any, make_kit: Any) -> None:
    """In both languages, as text and as JSON; an empty branch gets an answer too."""
    for kit in (full, make_kit()):
        for name in REPORTS:
            for how, lang in (((), "zh"), (("--json",), "en")):
                done = kit.run("report", name, *how, lang=lang)
                assert (name, done.exit) == (name, 0), done.err
                assert done.out.strip()
