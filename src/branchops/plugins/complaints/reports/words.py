"""The words for what a case holds: states, channels, outcomes, codes with their titles."""

from __future__ import annotations

from collections.abc import Mapping

from branchops.api import N_, Reading, Said, _, pick

STATUS = {
    "received": N_("received"),
    "handling": N_("in hand"),
    "replied": N_("replied"),
    "resolved": N_("to be signed"),
    "closed": N_("closed"),
    "withdrawn": N_("withdrawn"),
    "merged": N_("merged"),
    "archived": N_("archived"),
}
CHANNELS = {
    "oral": N_("oral"),
    "book": N_("opinion book"),
    "letter": N_("letter"),
    "phone": N_("telephone"),
    "other": N_("other"),
}
KINDS = {"complaint": N_("complaint"), "suggestion": N_("suggestion"), "praise": N_("praise")}
OUTCOMES = {"upheld": N_("upheld"), "partly": N_("partly upheld"), "not-upheld": N_("not upheld"), "": ""}
FIELDS = (
    N_("Channel"),
    N_("Gist"),
    N_("Taker"),
    N_("Outlet"),
    N_("Subtype"),
    N_("Kind"),
    N_("Readback"),
    N_("Caller"),
    N_("Contact"),
    N_("Complainant"),
    N_("No contact"),
    N_("About"),
    N_("Unit"),
    N_("Channel code"),
    N_("Business"),
    N_("Product"),
    N_("Customer cause"),
    N_("Demand"),
    N_("Level"),
    N_("Urgency"),
    N_("Sensitivity"),
    N_("Repeat"),
    N_("Regulator"),
    N_("Received on"),
    N_("Postmark"),
    N_("Sha256"),
    N_("Reopens"),
    N_("Split from"),
    N_("Enters"),
    N_("Outcome"),
    N_("Closed on"),
    N_("Replied on"),
    N_("Cause"),
    N_("Response"),
    N_("Timely"),
    N_("Adopted"),
    N_("Via"),
    N_("Private"),
    N_("Head"),
    N_("Note"),
    N_("Finding"),
    N_("Investigator"),
    N_("Interviewed"),
    N_("Proposal"),
    N_("On the spot"),
    N_("Interim"),
    N_("Facts"),
    N_("Currency"),
    N_("Department"),
    N_("Declined"),
    N_("Routes"),
    N_("Voucher"),
    N_("Signer"),
    N_("Covers"),
    N_("Handler"),
    N_("Copy"),
    N_("Paper copy"),
    N_("Head concerned"),
    N_("Approval"),
    N_("Verified by"),
    N_("Called"),
    N_("Agent"),
    N_("Agent case"),
    N_("Said"),
    N_("Ended"),
    N_("Into"),
    N_("Result"),
    N_("Score"),
    N_("Comment"),
    N_("Relation"),
    N_("Conduct"),
    N_("Reported by"),
    N_("Observation"),
    N_("Checklist"),
    N_("Items"),
    N_("Pages"),
    N_("First"),
    N_("Last"),
    N_("Entries"),
    N_("Missing"),
    N_("Register"),
    N_("Period"),
    N_("Lines"),
    N_("Supplement"),
    N_("Received at"),
    N_("Registered at"),
    N_("Cause text"),
    N_("Answered"),
    N_("Apologised by"),
    N_("Escalated to"),
    N_("Head office"),
    N_("Signed by"),
    N_("Satisfaction"),
    N_("Linked"),
    N_("Merged into"),
    N_("Clocks"),
    N_("Confirmed by"),
    N_("Confirmed at"),
    N_("Escalated at"),
    N_("Copy kept"),
    N_("Previous period"),
    N_("Owner"),
    N_("Volumes"),
    N_("Read to"),
)
"""What the fields of events and pages are called: titles are made of their names, and looked up by these words."""
LEVELS = {"ordinary": N_("ordinary"), "complex": N_("complex"), "major": N_("major")}


def titles(reading: Reading, table: str) -> dict[str, str]:
    """The codes of a table of the pack with their titles, in the order of the file."""
    return {row["code"]: pick(row["en"], row["zh"]) for row in reading.pack("complaints").data.get(table, ())}


def coded(reading: Reading, table: str, code: str) -> Said:
    """A code; to people with its title."""
    title = titles(reading, table).get(code, "")
    return Said(code, f"{code} {title}" if title else code)


def named(reading: Reading, staff: str) -> Said:
    """A staff id; to people with the name."""
    return Said(staff, reading.name(staff))


def told(words: Mapping[str, str], code: str) -> Said:
    """A code; to people the word for it."""
    return Said(code, _(words[code]) if code else "")
