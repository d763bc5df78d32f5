"""The words for what a case holds: states, channels, outcomes, codes with their titles."""

from __future__ import annotations

from branchops.api import N_, Reading, pick

STATUS = {
    "received": N_("received"),
    "handling": N_("in hand"),
    "replied": N_("replied"),
    "resolved": N_("settled, to be signed"),
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
LEVELS = {"ordinary": N_("ordinary"), "complex": N_("complex"), "major": N_("major")}


def titles(reading: Reading, table: str) -> dict[str, str]:
    """The codes of a table of the pack with their titles, in the order of the file."""
    return {row["code"]: pick(row["en"], row["zh"]) for row in reading.pack("complaints").data.get(table, ())}


def coded(reading: Reading, table: str, code: str) -> str:
    """A code with its title."""
    title = titles(reading, table).get(code, "")
    return f"{code} {title}" if title else code
