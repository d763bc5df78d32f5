"""Inspections of real registers, through mapping files: what is stored agrees with counts made without branchops."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

MAPS = Path(__file__).parent / "maps"
DATA = Path(__file__).parents[4] / "shared" / "data" / "inspections"


def data(name: str) -> Path:
    """A file of the shared test data; the test is skipped where there is none."""
    if not (DATA / name).is_file():
        pytest.skip(f"the shared test data {name} is not here")
    return DATA / name


def rows_of(path: Path, encoding: str = "ascii") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(path, encoding), newline="")))


def text_of(path: Path, encoding: str = "ascii") -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode(encoding)


def take(kit: Any, kind: str, name: str, mapping: str, *more: str) -> dict[str, int]:
    told = kit.ok("import", kind, data(name), "--map", MAPS / mapping, *more)
    return {key: told[key] for key in ("read", "stored", "duplicates", "rejected")}


def test_chicago_2020_keeps_outcomes_that_are_no_inspection(kit: Any) -> None:
    """342 rows by their own ids; no entry, not ready and gone stay what they are; findings are counted per row."""
    raw = rows_of(data("chicago_2020_342.csv"))
    done = take(kit, "inspections", "chicago_2020_342.csv", "chicago_2020.toml")
    assert done == {"read": 342, "stored": 342, "duplicates": 0, "rejected": 0}
    table = {line["outcome"]: (line["n"], line["findings"]) for line in kit.ok("report", "hygiene-visits")}
    words = {
        "Pass": "pass", "Pass w/ Conditions": "conditions", "Fail": "fail", "No Entry": "no-entry",
        "Not Ready": "not-ready", "Out of Business": "gone",
    }  # fmt: skip
    counts, findings = Counter(words[row["Results"]] for row in raw), Counter[str]()
    for row in raw:
        findings[words[row["Results"]]] += 0 if row["Violations"] == "NA" else row["Violations"].count(" | ") + 1
    assert table == {word: (count, findings[word]) for word, count in counts.items()}
    again = take(kit, "inspections", "chicago_2020_342.csv", "chicago_2020.toml")
    assert again == {"read": 342, "stored": 0, "duplicates": 342, "rejected": 0}
    day = kit.rows("hygiene.visit", {"id": f"visit-chicago-2020-{raw[0]['ID']}"})[0].on
    assert f"{day:%m/%d/%Y}" == raw[0]["Date"]


def test_san_franciscos_scores_agree(kit: Any) -> None:
    """14,233 scored rows, two of them equal to the letter: all stored, the same mean, dates as they are."""
    raw = rows_of(data("sf_inspections_14233.csv"))
    done = take(kit, "inspections", "sf_inspections_14233.csv", "sf_inspections.toml")
    assert done == {"read": 14233, "stored": 14233, "duplicates": 0, "rejected": 0}
    (line,) = kit.ok("report", "hygiene-visits")
    mean = (Decimal(sum(int(row["score"]) for row in raw)) / len(raw)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (line["n"], line["scored"], Decimal(str(line["score"]))) == (14233, 14233, mean)
    days = Counter(f"{row.on:%Y%m%d}" for row in kit.rows("hygiene.visit"))
    assert days == Counter(row["date"] for row in raw)


def test_chicagos_counts_by_gravity_agree(kit: Any) -> None:
    """27,600 canvass inspections: outcomes and the sums of critical, serious and minor findings."""
    raw = rows_of(data("chicago_canvass_27600.csv.gz"))
    done = take(kit, "inspections", "chicago_canvass_27600.csv.gz", "chicago_canvass.toml")
    assert done == {"read": 27600, "stored": 27600, "duplicates": 0, "rejected": 0}
    words = {"Pass": "pass", "Pass w/ Conditions": "conditions", "Fail": "fail"}
    wanted: dict[str, list[int]] = {}
    for row in raw:
        sums = wanted.setdefault(words[row["Results"]], [0, 0, 0, 0])
        for place, value in enumerate((1, row["criticalCount"], row["seriousCount"], row["minorCount"])):
            sums[place] += int(value)
    found = {
        line["outcome"]: [line["n"], line["critical"], line["serious"], line["minor"]]
        for line in kit.ok("report", "hygiene-visits")
    }
    assert found == wanted


def test_names_are_read_in_the_encoding_that_is_told(kit: Any) -> None:
    """latin-1 when told: the bytes 0xD1 become letters; read as UTF-8 those rows are refused, and only those."""
    raw = rows_of(data("sf_businesses_6399_latin1.csv"), "latin-1")
    done = take(kit, "inspection-sites", "sf_businesses_6399_latin1.csv", "sf_businesses.toml")
    assert (done["read"], done["stored"] + done["duplicates"] + done["rejected"]) == (len(raw), len(raw))
    assert done["rejected"] == 0
    names = {row["business_id"]: row["name"].strip() for row in raw}
    assert {row.site: row.name for row in kit.rows("hygiene.site")} == names
    assert any("Ñ" in name for name in names.values())


def test_findings_come_in_by_their_content(kit: Any) -> None:
    """San Francisco's violations have no key: equal rows are counted, and the file again is a duplicate row by row."""
    done = take(kit, "inspection-findings", "sf_violations_39006.csv.gz", "sf_violations.toml")
    assert done == {"read": 39006, "stored": 39006, "duplicates": 0, "rejected": 0}
    sites = Counter(row.site for row in kit.rows("hygiene.finding"))
    assert sites == Counter(row["business_id"] for row in rows_of(data("sf_violations_39006.csv.gz")))
    again = take(kit, "inspection-findings", "sf_violations_39006.csv.gz", "sf_violations.toml")
    assert (again["stored"], again["duplicates"]) == (0, 39006)


def test_a_bad_row_is_refused_with_its_reason_and_the_rest_goes_in(kit: Any, tmp_path: Path) -> None:
    """An impossible date, a score that is no number, an unknown outcome: each by line, the good one stored."""
    file = tmp_path / "bad.csv"
    file.write_text(
        "id,source,site,on,score,outcome\n1,x,a,2026-02-30,5,\n2,x,a,2026-02-03,many,\n3,x,a,2026-02-03,5,perhaps\n"
        "4,x,a,2026-02-03,5,pass\n5,x,,2026-02-03,5,pass\n",
        encoding="utf-8",
    )
    done = kit.run("import", "inspections", file, "--json")
    assert done.exit == 9
    told = done.json()
    assert (told["stored"], told["rejected"]) == (1, 4)
    reasons = [row["reason"] for row in rows_of(Path(told["rejects"]), "utf-8")]
    assert [reason.partition(":")[0].partition(" ")[0] for reason in reasons] == ["on", "score", "outcome", "site"]
