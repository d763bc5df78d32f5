"""Who has it in hand, and what is found out: hand-over, the head, investigation, cause, conduct."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from branchops.api import Event, Personal, Signs

Conduct = Literal["refused", "shirked", "rude", "refused-call", "hung-up", "quarrelled"]


class HandedOver(Event, frozen=True):
    """The owner asks somebody else to take it over; the owner stays owner until that is accepted."""

    to: str
    reason: str = ""
    via: str = ""


class Accepted(Event, frozen=True):
    """The one asked takes it over. `private`: whether the customer was asked to a quieter place (yes, no, declined).

    `enters`: the handler enters it in the opinion register with the same act.
    """

    by: str
    private: str = ""
    enters: bool = False


class HeadInformed(Event, frozen=True):
    """The handler reported to the head."""

    head: str
    note: str = ""


class Instructed(Event, frozen=True):
    """The head said how to go on."""

    head: Annotated[str, Signs(role="outlet-head", rule="complaints.oral-ask-head")]
    text: str


class Notified(Event, frozen=True):
    """The one responsible for what the opinion book says was told to see to it; `to` is empty when nobody knows who."""

    to: str = ""
    note: str = ""


class Investigated(Event, frozen=True):
    """Something was found out. `sha256` is the digest of a file kept as evidence."""

    finding: Personal
    investigator: str
    interviewed: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""


class Proposed(Event, frozen=True):
    """A way to settle it was put to the customer."""

    proposal: Personal


class CauseFound(Event, frozen=True):
    """The cause as the bank sees it: a code of the pack, and words. A later one replaces it."""

    code: str
    text: str = ""


class Misbehaved(Event, frozen=True):
    """Somebody refused, shirked, was rude, hung up or quarrelled. `observation`: the training record it went to."""

    conduct: Conduct
    who: str
    reported_by: str = ""
    note: Personal = ""
    observation: str = ""


class CheckedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a checklist as it was answered: its code, the rule it belongs to, yes, no, or na."""

    code: str
    rule: str
    answer: Literal["yes", "no", "na"]


class Checked(Event, frozen=True):
    """A checklist of the pack was gone through: `opening` for the day, `handling` for one complaint."""

    checklist: str
    items: tuple[CheckedItem, ...]
    note: str = ""
