"""Scenario S10, the counter's part: the end of the month for head office."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_departed_implementer_fails_the_check(kit: Any) -> None:
    """A control whose implementer has left is named, and the exit code says that something is owed."""
    kit.pins()
    for key, who in (("vault-count", "qian"), ("ids", "sun")):
        kit.ok("counter", "control", "set", key, "--responsible", "chen", "--implementer", who)
    assert kit.run("counter", "controls", "check", "--json").exit == 0
    kit.ok("staff", "leave", "sun", "--departed", "2026-11-23") if False else _depart(kit, "sun")
    kit.clock.tick(days=1)
    done = kit.run("counter", "controls", "check", "--json")
    assert done.exit == 3
    (line,) = done.json()
    assert (line["outcome"], line["message"]) == ("reject", "CL-ids: the implementer sun is no longer somebody here.")


def _depart(kit: Any, staff: str) -> None:
    from branchops.core.people.events import Departed

    kit.record(Departed(staff=staff, last_day=kit.clock.today), f"staff-{staff}")


@pytest.mark.rule("counter.seal-forced-pass-minimise")
def test_the_forced_pass_share_says_what_it_rests_on(kit: Any) -> None:
    """3 of 41 is 7.3 %, red, of a small number, between 2.5 % and 19.4 %."""
    kit.pins()
    for i in range(38):
        kit.ok("counter", "seal-check", "--result", "pass", "--account", f"622202020000{i:04d}", "--teller", "wang")
    for _ in range(3):
        kit.ok(
            "counter", "seal-check", "--result", "forced", "--account", "6222020200008800", "--teller", "wang",
            "--reason", "worn stamp", "--authoriser", "qian",
        )  # fmt: skip
    rows = kit.ok("report", "forced-pass", "--period", "2026-11")
    assert {key: rows[0][key] for key in ("n", "forced", "rate", "low", "high", "colour")} == {
        "n": 41, "forced": 3, "rate": "0.073", "low": "0.025", "high": "0.194", "colour": "red",
    }  # fmt: skip
    page = kit.run("counter", "forced", "--by", "account", "--period", "2026-11").out
    assert "Small number" in page
    assert "****8800: 3 forced passes; take a new specimen." in page


def test_no_verification_is_no_data_and_not_green(kit: Any) -> None:
    """A share without a denominator is none."""
    rows = kit.ok("report", "forced-pass", "--period", "2026-11")
    assert [(row["n"], row["rate"], row["colour"]) for row in rows] == [(0, None, "no data")]
