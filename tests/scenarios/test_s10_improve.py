"""S10, the improve part: a month ends, and head office asks what went wrong, what came of it, and what is planned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SEAL = "counter.seal-forced-pass-minimise"
RECURRENCE = "complaints.prevent-recurrence"
STANDARD = "counter.rectify-and-standardise"
ANALOGY = "counter.learn-by-analogy"
RECTIFIED = "counter.findings-rectified-promptly"


@pytest.fixture
def photo(kit: Any) -> Path:
    """Evidence."""
    kit.pins("chen", "sun", "zhao")
    path = Path(kit.root) / "stamp.jpg"
    path.write_bytes(b"the stamp in its box")
    return path


def finding(kit: Any, *argv: Any, **how: Any) -> Any:
    """`improve finding ...`."""
    return kit.ok("improve", "finding", *argv, **how)


def put_right(kit: Any, number: str, photo: Path) -> None:
    """Assigned to Zhao, put right, looked across, verified by Sun, closed."""
    finding(kit, "notify", number, "--to", "zhao")
    finding(kit, "assign", number, "--owner", "zhao")
    finding(kit, "rectify", number, "--by", "zhao", "--what", "authoriser asked", "--evidence", photo,
            "--practice", "a second person before any forced pass")  # fmt: skip
    finding(kit, "analogues", number, "--where", "the other two tellers", "--result", "no case")
    finding(kit, "verify", number, "--by", "sun")
    finding(kit, "close", number)


@pytest.mark.rule(RECTIFIED)
@pytest.mark.rule(STANDARD)
@pytest.mark.rule(ANALOGY)
@pytest.mark.rule("plan.set-targets")
def test_s10_the_month_in_findings_plans_and_one_page(kit: Any, photo: Path) -> None:
    """Two repeats in five findings, a measure that did not hold, a target against its actual, and the board says so."""
    kit.clock.set("2026-11-02 09:00")
    said = ("open", "--text", "seal forced without a word", "--rule", SEAL, "--unit", "corporate")
    first = finding(kit, *said)["id"]
    put_right(kit, first, photo)
    kit.ok(
        "improve", "plan", "measure", "add", "--kind", "preventive", "--text", "two pairs of eyes", "--problem", first
    )

    # an upheld complaint opens a finding by itself; the same cause again is a repeat
    for day in ("2026-11-04", "2026-11-18"):
        kit.clock.set(f"{day} 10:00")
        case = kit.ok("complaints", "receive", "--channel", "oral", "--gist", "rude", "--readback", "yes")["id"]
        kit.ok("complaints", "reply", case, "--via", "phone", "--text", "sorry")
        kit.ok("complaints", "resolve", case, "--outcome", "upheld", "--facts", "two witnesses")
    opened = [row for row in kit.rows("improve.finding") if row.rule == RECURRENCE]
    assert [row.open for row in opened] == [True, True]

    # the seal again: the measure did not hold
    kit.clock.set("2026-11-20 09:00")
    again = finding(kit, *said, "--reopens", first)["id"]
    finding(kit, "open", "--text", "plate dusty", "--rule", "hygiene.plants-fresh", "--unit", "lobby")

    # abuse: the owner verifies, the look comes first, the day is edited, the head extends an own finding
    finding(kit, "assign", again, "--owner", "zhao", "--due", "2026-11-27")
    finding(kit, "analogues", again, "--where", "all", "--result", "nothing")
    assert kit.fails("improve", "finding", "assign", again, "--owner", "zhao", "--due", "2027-01-29", exit=4)[
        "rule"
    ] == (RECTIFIED)
    finding(kit, "rectify", again, "--by", "zhao", "--what", "limit lowered", "--evidence", photo,
            "--rule-changed", "counter.seal.forced.limit")  # fmt: skip
    assert kit.fails("improve", "finding", "verify", again, "--by", "zhao", exit=4)["rule"] == STANDARD
    finding(kit, "verify", again, "--by", "sun")
    assert kit.fails("improve", "finding", "close", again, exit=4)["rule"] == ANALOGY

    # the plan: target against actual
    kit.clock.set("2026-11-30 16:00")
    target = "metric=complaints.on-time,goal=95,due=2026-12-31,owner=li,baseline=80"
    plan = kit.ok("improve", "plan", "new", "--title", "Q4", "--period", "2026-Q4", "--target", target)["id"]
    (line,) = kit.ok("improve", "plan", "status", plan)
    assert (line["actual"], line["n"], line["state"]) == ("100.0 %", 2, "reached")

    # what head office gets
    repeats = kit.ok("report", "repeat-findings", "--period", "2026-11")
    assert [row["id"] for row in repeats] == [opened[1].id, again]
    assert "Repeat rate: 40.0 % (n = 5)" in kit.run("report", "repeat-findings", "--period", "2026-11").out
    kinds = {row["kind"]: row["ineffective"] for row in kit.ok("report", "measures", "--period", "2026-11")}
    assert kinds["preventive"] == 1
    register = kit.ok("report", "findings", "--period", "2026-11")
    assert [row["changed"] for row in register if row["id"] in (first, again)] == [
        "a second person before any forced pass",
        "counter.seal.forced.limit",
    ]
    board = kit.ok("report", "board", "--period", "2026-11")
    indicator = {row["code"]: (row["value"], row["n"]) for row in board["indicators"]}
    assert (board["open_findings"], indicator["improve.repeat-rate"], indicator["complaints.on-time"]) == (
        4, ("40.0", 5), ("100.0", 2),
    )  # fmt: skip
    assert kit.ok("verify")["ok"] is True
