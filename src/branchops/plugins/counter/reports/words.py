"""The names of fields and the fixed words of records, for translation: pages look them up by their keys."""

from __future__ import annotations

from branchops.api import N_, _

FIELDS = (
    N_("Accepted"),
    N_("Action"),
    N_("Approver"),
    N_("As of"),
    N_("At day"),
    N_("Authoriser"),
    N_("Bills"),
    N_("Blind"),
    N_("Broken"),
    N_("Claim"),
    N_("Copy"),
    N_("Crew"),
    N_("Custodian"),
    N_("Customer"),
    N_("Customer signed"),
    N_("Declared"),
    N_("Device"),
    N_("Effective"),
    N_("Error day"),
    N_("Every"),
    N_("Filled"),
    N_("General"),
    N_("Giver"),
    N_("Head"),
    N_("Item"),
    N_("Key"),
    N_("Lines"),
    N_("List"),
    N_("Long"),
    N_("Manual"),
    N_("Notes"),
    N_("Offset"),
    N_("Ok"),
    N_("Origin"),
    N_("Pages"),
    N_("Part"),
    N_("Plate"),
    N_("Policy key"),
    N_("Population"),
    N_("Ref"),
    N_("Requested by"),
    N_("Requester"),
    N_("Reviewer"),
    N_("Sample"),
    N_("Single"),
    N_("Size"),
    N_("Stamp"),
    N_("Stamps stowed"),
    N_("Stock"),
    N_("Taker"),
    N_("Template"),
    N_("Text"),
    N_("Unauthorised"),
    N_("Until"),
    N_("Upto"),
    N_("User"),
    N_("Witness count"),
    N_("At"),
    N_("Issued"),
    N_("Received"),
    N_("Returned"),
    N_("Stowed"),
    N_("Used"),
)

STORED = (
    N_("two counts"),
    N_("interim balance"),
    N_("final balance"),
    N_("final count"),
    N_("till"),
    N_("atm"),
)

STATES = (
    N_("ok"),
    N_("not ok"),
    N_("to do"),
    N_("late"),
    N_("missed"),
    N_("green"),
    N_("amber"),
    N_("red"),
    N_("no data"),
)


def word(text: str) -> str:
    """A fixed word of a record in the language of the output; any other text as it is."""
    return _(text) if text in STORED else text
