"""Complaints keep the contract of every plugin, and stand in the rulebook with all their rules."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from branchops.testing import BranchKit, PluginContract

RULEBOOK = Path(__file__).resolve().parents[4] / "shared" / "domain" / "rulebook.csv"
CONFLICTS = {
    "complaints.reply.clock": "civil-code",
    "complaints.escalate.confirm": True,
    "calendar.business_days": "business",
    "complaints.report.periods": ("month", "quarter", "year"),
    "complaints.pii.fields": ("caller", "contact"),
    "outlet.hotline": None,
}


class TestComplaints(PluginContract):
    plugin = "complaints"

    def history(self, kit: BranchKit) -> None:
        kit.pins("chen", "li")
        told = ("--gist", "x", "--contact", "13812345601")
        for channel in ("oral", "letter", "book"):
            kit.ok("complaints", "receive", "--channel", channel, *told, as_="li")
        kit.ok("complaints", "merge", "2", "--into", "1", as_="li")
        kit.ok("complaints", "volume", "start", "1", "--pages", "9", as_="li")
        kit.ok("complaints", "book-check", "--entries", "1", "--pages", "1", as_="li")
        kit.ok("complaints", "cause", "1", "C1", as_="li")
        (event,) = kit.events("complaints.cause-found")
        kit.ok("void", event.id, "--reason", "wrong", as_="li")


def test_all_rules_of_the_regulation_are_in_the_pack() -> None:
    """Ids, sources and severities are those of the rulebook."""
    if not RULEBOOK.is_file():
        pytest.skip(f"the rulebook is not here: {RULEBOOK}")
    contract = TestComplaints()
    with RULEBOOK.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"].startswith("complaints.")]
    wanted = [(row["id"], row["source"], row["severity"]) for row in rows]
    found = [(rule.id, rule.source, rule.severity) for rule in contract.registry.pack("complaints").rules]
    assert (len(found), found) == (59, wanted)


@pytest.mark.parametrize(("key", "default"), CONFLICTS.items())
def test_every_conflict_of_the_source_has_its_key_and_default(kit: BranchKit, key: str, default: object) -> None:
    policies = kit.branch.house.policies
    assert key in policies.settings
    assert policies.at(kit.clock.now()).get(key) == default


@pytest.mark.parametrize(
    ("key", "value", "choices"),
    [
        ("complaints.pii.fields", "caller,idnumber", "caller, contact"),
        ("complaints.report.periods", "month,week", "month, quarter, year"),
    ],
)
def test_a_list_takes_only_what_the_program_knows_of(kit: BranchKit, key: str, value: str, choices: str) -> None:
    """C14, C25: a period that nobody reports, or a field of a customer that nobody may keep, is no setting."""
    kit.pins("chen")
    error = kit.fails("policy", "set", key, value, "--reason", "x", exit=4, as_="chen")
    assert error["message"] == f"“{value.split(',')[1]}” is none of: {choices}."
    kit.ok("policy", "set", key, choices.split(", ")[0], "--reason", "x", as_="chen")
