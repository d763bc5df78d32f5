"""Imports of other systems' training records: counts agree with the csv module's own."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from branchops.plugins.training.exchange.records import prepare

MAPS = Path(__file__).parent / "maps"


def told(kit: Any, file: Path, mapping: str) -> Any:
    return kit.ok("import", "training-records", file, "--map", MAPS / mapping)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_relational_trio_comes_in_whole_and_once(kit: Any, shared: Any) -> None:
    """359 records; a second import stores nothing; statuses, scores and hours agree with the file's own sums."""
    path = shared("training/ld_training_records.csv")
    rows = table(path)
    assert told(kit, path, "ld.toml") == {
        "read": len(rows), "stored": len(rows), "duplicates": 0, "rejected": 0, "rejects": None,
    }  # fmt: skip
    assert told(kit, path, "ld.toml")["duplicates"] == len(rows)
    found = kit.rows("training.record")
    assert Counter(row.status for row in found) == Counter(row["completion_status"] for row in rows)
    assert sum(row.score for row in found if row.score is not None) == sum(
        Decimal(r["score"]) for r in rows if r["score"]
    )
    assert sum(row.hours for row in found) == sum(Decimal(row["training_hours"]) for row in rows)
    report = {row["course"]: row for row in kit.ok("report", "training-records")}
    assert {course: row["n"] for course, row in report.items()} == Counter(row["course_id"] for row in rows)


def test_participations_with_certificates_come_in(kit: Any, shared: Any) -> None:
    """90 lines without a key of their own; an absent score is unknown, not zero; expiry dates are dates."""
    path = shared("training/employee_training_90.csv")
    rows = table(path)
    assert told(kit, path, "employees.toml")["stored"] == len(rows) == 90
    found = kit.rows("training.record")
    assert sum(row.score is None for row in found) == sum(not row["completion_score"] for row in rows)
    assert Counter(str(row.expires or "") for row in found) == Counter(row["certification_expiry_date"] for row in rows)
    assert {row.learner for row in found} == {row["employee_id"] for row in rows}


def test_module_results_agree_with_the_source(kit: Any, shared: Any) -> None:
    """12,489 students: passes, failures and distinctions by module, as counted by hand from the file."""
    path = shared("training/oulad_studentInfo_12489.csv")
    rows = table(path)
    assert told(kit, path, "oulad-results.toml")["stored"] == len(rows)
    counted = Counter((row["code_module"], row["final_result"]) for row in rows)
    assert Counter((row.course, row.status) for row in kit.rows("training.record")) == counted


@pytest.mark.slow
def test_registrations_and_assessments_agree_with_the_source(kit: Any, shared: Any) -> None:
    """36,184 results and 12,489 registrations: sums of scores, n by assessment, and who left."""
    path = shared("training/oulad_studentAssessment_36184.csv")
    rows = table(path)
    assert told(kit, path, "oulad-assessments.toml")["stored"] == len(rows)
    report = {row["course"]: row for row in kit.ok("report", "training-records")}
    assert {course: row["n"] for course, row in report.items()} == Counter(row["id_assessment"] for row in rows)
    scored = [row.score for row in kit.rows("training.record") if row.score is not None]
    assert (len(scored), sum(scored)) == (
        sum(bool(row["score"]) for row in rows),
        sum(int(row["score"]) for row in rows if row["score"]),
    )
    other = shared("training/oulad_studentRegistration_12489.csv")
    left = sum(bool(row["date_unregistration"]) for row in table(other))
    assert told(kit, other, "oulad-registrations.toml")["stored"] == 12489
    gone = kit.rows("training.record", {"source": "oulad-registrations"}, sql="status <> ''")
    assert len(gone) == left


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("score", "ninety", "score: “ninety” is not a number"),
        ("score", "NaN", "score: “NaN” is not a number"),
        ("ended", "12/31/2026", "ended: “12/31/2026” is not a date (YYYY-MM-DD)"),
        ("offset", "1.5", "offset: “1.5” is not a whole number"),
        ("mandatory", "perhaps", "mandatory: “perhaps” is neither true nor false"),
        ("learner", "  ", "learner is empty"),
    ],
)
def test_a_bad_cell_is_named(field: str, value: str, reason: str) -> None:
    """Each reason names the field and what stands there."""
    row = {"record": "1", "learner": "E1", "course": "C1", field: value}
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        prepare(row)


def test_bad_rows_go_to_the_rejects_and_the_rest_comes_in(kit: Any) -> None:
    """One bad line of three is rejected with its line number."""
    path = kit.root / "rows.csv"
    path.write_text("record,learner,course,score\n1,a,X,90\n2,b,X,many\n3,c,X,\n", encoding="utf-8")
    done = kit.run("import", "training-records", path, "--json")
    assert done.exit == 9
    assert {key: done.json()[key] for key in ("read", "stored", "rejected")} == {"read": 3, "stored": 2, "rejected": 1}
    rejects = Path(done.json()["rejects"]).read_text(encoding="utf-8")
    (line,) = csv.DictReader(rejects.splitlines())
    assert (line["line"], line["reason"]) == ("3", "score: “many” is not a number")
