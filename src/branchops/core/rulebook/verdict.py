"""Three outcomes, never two: what a rule says of an entry.

REJECT: the claim is impossible or forged, nothing is stored. BREACH: it happened and is against the rule, it is stored
and flagged for ever. WARNING: lawful, but somebody should look. (The third outcome of the house, MISSED, has no entry:
it is derived from duties, see `duty.py`.)

A verdict keeps its text untranslated with the facts beside it, so that a stored breach reads in any language.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """How grave a verdict is."""

    REJECT = "reject"
    BREACH = "breach"
    WARNING = "warning"


Grade = Outcome
"""The same under a name that cannot be taken for the outcome of a command."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule's word on one entry. `text` and `hint` are message ids with `{fact}` placeholders.

    `forbidden` marks a rejection for want of entitlement: the claim is possible, but not for this person.
    """

    outcome: Outcome
    text: str
    hint: str = ""
    rule: str = ""
    facts: dict[str, str] = {}
    forbidden: bool = False


def _verdict(outcome: Outcome, text: str, hint: str, facts: dict[str, object]) -> Verdict:
    return Verdict(outcome=outcome, text=text, hint=hint, facts={name: str(value) for name, value in facts.items()})


def reject(text: str, hint: str = "", **facts: object) -> Verdict:
    """The claim is impossible or forged: nothing may be stored. `hint` names the lawful alternative."""
    return _verdict(Outcome.REJECT, text, hint, facts)


def forbid(text: str, hint: str = "", **facts: object) -> Verdict:
    """This person may not do it: nothing is stored, exit code 5. `hint` names who may."""
    return msgspec.structs.replace(_verdict(Outcome.REJECT, text, hint, facts), forbidden=True)


def breach(text: str, hint: str = "", **facts: object) -> Verdict:
    """It happened and is against the rule: stored and flagged."""
    return _verdict(Outcome.BREACH, text, hint, facts)


def warn(text: str, hint: str = "", **facts: object) -> Verdict:
    """Lawful, but worth a look; shown, not stored."""
    return _verdict(Outcome.WARNING, text, hint, facts)
