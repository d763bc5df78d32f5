"""`branchops export`: events for other programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "data" / "cloudevents" / "cloudevents.schema.json"


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    """The part of draft-07 that the official schema uses."""
    if "$ref" in schema:
        return fits(value, whole["definitions"][schema["$ref"].rpartition("/")[2]], whole)
    kinds = {"string": str, "object": dict, "array": list, "null": type(None), "boolean": bool, "number": (int, float)}
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(isinstance(value, kinds[kind]) for kind in wanted):
        return False
    if isinstance(value, str):
        stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
        if schema.get("format") == "date-time" and not re.fullmatch(stamp, value):
            return False
        return len(value) >= schema.get("minLength", 0)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return set(schema.get("required", ())) <= set(value) and all(
            fits(part, known[name], whole) for name, part in value.items() if name in known
        )
    return True


def test_jsonl_and_csv_hold_the_rows_of_the_log(kit: Any) -> None:
    log = kit.ok("log")
    assert rows(kit.run("export", "jsonl").out) == log
    table = list(csv.DictReader(io.StringIO(kit.run("export", "csv").out)))
    assert [(row["pos"], row["stream"], json.loads(row["data"])) for row in table] == [
        (str(event["pos"]), event["stream"], event["data"]) for event in log
    ]


def test_cloudevents_are_those_of_the_specification(kit: Any) -> None:
    if not SCHEMA.is_file():
        pytest.skip("the shared test data is not here")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    events, log = rows(kit.run("export", "cloudevents").out), kit.ok("log")
    assert events
    for event, row in zip(events, log, strict=True):
        assert fits(event, schema, schema), event
        assert not fits({**event, "specversion": ""}, schema, schema)
        assert all(re.fullmatch("[a-z0-9]+", name) for name in event)
        assert (event["id"], event["type"], event["subject"], event["time"]) == (
            row["id"], row["type"], row["stream"], row["occurred_at"],
        )  # fmt: skip
        assert (event["sequence"], event["recordedat"], event["data"]) == (
            str(row["pos"]), row["recorded_at"], row["data"],
        )  # fmt: skip
    assert len({(event["source"], event["id"]) for event in events}) == len(events)


def test_since_counts_by_the_time_of_recording(kit: Any) -> None:
    before = len(kit.ok("log"))
    kit.clock.tick(days=1)
    kit.ok("staff", "add", "new", "--name", "New", "--role", "teller", "--at", "yesterday 08:31")
    late = rows(kit.run("export", "jsonl", "--since", "today").out)
    assert late[0]["type"] == "staff.added"
    assert len(rows(kit.run("export", "jsonl").out)) == before + len(late)


def test_a_file_appears_only_when_it_is_whole(kit: Any, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    assert kit.ok("export", "jsonl", "--out", out) == {"format": "jsonl", "out": str(out)}
    assert rows(out.read_text(encoding="utf-8")) == kit.ok("log")
    error = kit.fails("export", "jsonl", "--out", tmp_path / "no" / "where", exit=2)
    assert error["hint"] == "Name another with --out."
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_an_unknown_format_names_near_ones_and_none_lists_them(kit: Any) -> None:
    assert kit.fails("export", "cloudevent", exit=10)["hint"] == "Did you mean cloudevents?"
    assert [row["name"] for row in kit.ok("export")][:3] == ["jsonl", "csv", "cloudevents"]
