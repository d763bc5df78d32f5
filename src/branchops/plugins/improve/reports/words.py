"""How the codes of findings, plans and measures read."""

from __future__ import annotations

from branchops.api import N_, Reading, _, pick
from branchops.plugins.improve.views import Finding

STATUS = {
    "open": N_("open"),
    "notified": N_("made known"),
    "assigned": N_("assigned"),
    "rectified": N_("put right, to be verified"),
    "verified": N_("verified, to be closed"),
    "closed": N_("closed"),
}
SEVERITY = {"critical": N_("critical"), "high": N_("high"), "medium": N_("medium"), "low": N_("low")}
LIGHTS = {"good": N_("good"), "fair": N_("fair"), "bad": N_("bad"), "": ""}
ORIGINS = {
    "hand": N_("by hand"),
    "breach": N_("a breach"),
    "complaint": N_("an upheld complaint"),
    "check": N_("a failed check"),
}
TASKS = {
    "marketing": N_("marketing: widen the business"),
    "cost": N_("operations: lower the cost"),
    "design": N_("design: innovate"),
    "method": N_("working methods: improve"),
    "other": N_("other"),
}
MEASURES = {
    "extraordinary": N_("extraordinary"),
    "contingency": N_("contingency"),
    "preventive": N_("preventive"),
    "compulsory": N_("compulsory"),
    "safety": N_("safety"),
}


def rule_title(reading: Reading, rule: str) -> str:
    """A rule's title in the reader's language, or its id when no pack has it."""
    for plugin in (rule.partition(".")[0], "improve"):
        try:
            rules = reading.pack(plugin).rules
        except KeyError:
            continue
        for one in rules:
            if one.id == rule:
                return pick(one.en, one.zh)
    return rule


def what(reading: Reading, row: Finding) -> str:
    """A finding in a line: its own words, else the rule it is against and the record it showed in."""
    if row.text:
        return row.text
    title = rule_title(reading, row.rule) if row.rule else _(ORIGINS[row.origin])
    return f"{title} ({row.record})" if row.record else title


def outlet_line(reading: Reading) -> str:
    """The outlet's code and name."""
    outlet = reading.outlet
    return f"{outlet.code} {outlet.name}" if outlet else ""
