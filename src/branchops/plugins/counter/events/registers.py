"""The special-business register, statements, seal verification, forms (articles I.7, I.10, II.1, II.2).

Streams: a line of the special-business register has its number (`SB-2026-0001`), its prints lie in
`special-print-<date>`; `statements`; `seal-<date>`; an observed breach has its number (`BR-2026-0001`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from branchops.api import Event, Personal, Signs

CUSTODIAN = "counter.statement-custodian"
FORCED = "counter.seal-forced-pass-minimise"
FORMS = "counter.no-form-filling-for-customer"


class SpecialEntered(Event, frozen=True):
    """One line of the special-business register. `kind` is a code of the list in `counter.special.codes`."""

    kind: str
    ref: str
    by: str
    day: date
    note: Personal = ""


class SpecialPrinted(Event, frozen=True):
    """The register of a day was printed: pages, digest of the lines, the how-manieth copy, up to which entry."""

    day: date
    by: str
    pages: int
    lines: int
    digest: str
    copy: int = 1
    supplement: bool = False
    upto: int = 0


class CustodianSet(Event, frozen=True):
    """The head put the statements into somebody's custody."""

    custodian: Annotated[str, Signs(rule=CUSTODIAN)]
    head: Annotated[str, Signs(role="outlet-head", rule=CUSTODIAN)]


class CustodyHandedOver(Event, frozen=True):
    """The custody of the statements went from one to another; both sign."""

    giver: Annotated[str, Signs(rule=CUSTODIAN)]
    taker: Annotated[str, Signs(rule=CUSTODIAN)]
    stock: int | None = None


class StatementsMoved(Event, frozen=True):
    """Statements came in, went out to customers, or came back undelivered. They are never destroyed."""

    action: Literal["receive", "issue", "return"]
    count: int
    by: str
    period: str = ""
    ref: str = ""


class SealChecked(Event, frozen=True):
    """A seal was verified. `account` shows its last four digits only; a forced pass has a reason and an authoriser."""

    result: Literal["pass", "manual", "forced"]
    teller: str
    account: str
    day: date
    reason: str = ""
    authoriser: Annotated[str, Signs(rule=FORCED)] = ""
    unauthorised: str = ""
    ref: str = ""


class SealTotalled(Event, frozen=True):
    """What the verification system itself counted on a day: the yardstick for what was recorded here."""

    day: date
    total: int
    forced: int


class BreachObserved(Event, frozen=True):
    """Somebody was seen breaking a rule. `filled` says how a form was filled: a machine's print is no handwriting."""

    rule: str
    person: str
    origin: Literal["spot-check", "complaint", "self-inspection"]
    day: date
    filled: Literal["", "hand", "machine"] = ""
    ref: str = ""
    note: str = ""


class AssistanceWitnessed(Event, frozen=True):
    """A customer who cannot write was helped, before a witness."""

    teller: Annotated[str, Signs(rule=FORMS)]
    witness: Annotated[str, Signs(rule=FORMS)]
    day: date
    reason: str
    customer: Personal | None = None


class Ticked(Event, frozen=True):
    """A row of the opening or closing list was looked at."""

    day: date
    list: Literal["opening", "closing"]
    item: str
    by: str
    ok: bool = True
    note: str = ""
