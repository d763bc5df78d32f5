"""Scenario S10, the counter's part: the end of the month for head office."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.core.people.events import StaffLeft
from branchops.plugins.counter.events.registers import SealChecked


def test_a_departed_implementer_fails_the_check(kit: Any) -> None:
    """A control whose implementer has left is named, and the exit code says that something is owed."""
    kit.pins()
    for key, who in (("vault-count", "qian"), ("ids", "sun")):
        kit.ok("counter", "control", "set", key, "--responsible", "chen", "--implementer", who)
    assert kit.run("counter", "controls", "check", "--json").exit == 0
    kit.record(StaffLeft(staff="sun", on=kit.clock.today), "staff-sun")
    kit.clock.tick(days=1)
    done = kit.run("counter", "controls", "check", "--json")
    assert done.exit == 3
    (line,) = done.json()
    assert (line["outcome"], line["message"]) == ("reject", "CL-ids: the implementer sun is no longer somebody here.")


@pytest.mark.rule("counter.seal-forced-pass-minimise")
def test_the_forced_pass_share_says_what_it_rests_on(kit: Any) -> None:
    """3 of 41 is 7.3 %, red, of a small number, between 2.5 % and 19.4 %."""
    kit.pins()
    for i in range(38):
        fact = SealChecked(result="pass", teller="wang", account=f"****{i:04d}", day=kit.clock.today)
        kit.record(fact, f"seal-{kit.clock.today}")
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
