"""Dual control: who must sign an entry, whether they may, and what their signature holds.

Invariant: persons are compared, not accounts; nobody is exempt, neither the head nor whoever runs the system; and the
signature covers the bytes that are stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from branchops.core.entry import SYSTEM
from branchops.core.errors import NotEntitled, Rejected
from branchops.core.ledger import canonical
from branchops.core.output.messages import _
from branchops.core.people.roles import role_words
from branchops.core.people.staff import People
from branchops.core.rulebook.fields import signer_fields
from branchops.core.rulebook.record import Signature


class SignaturesWanted(Exception):
    """The entries name signers whose PINs have not been proved yet."""

    def __init__(self, staff: tuple[str, ...]) -> None:
        super().__init__(*staff)
        self.staff = staff


def signers(data: Any) -> Iterator[tuple[str, str, str]]:
    """The staff ids that an event names as signers, each with the role demanded and the rule that demands it."""
    kind: Any = type(data)
    for field in signer_fields(kind):
        value = getattr(data, field.name)
        for staff in value if field.many else (value,):
            if staff:
                yield staff, field.role, field.rule


def demand_actor(actor: str, people: People, day: date) -> None:
    """Raises NotEntitled unless the actor is somebody here. A store in which nobody is entered yet has no such actor,
    and what sets it up acts as the system."""
    if actor == SYSTEM or not len(people):
        return
    if not people.knows(actor) or not people.active(actor, day):
        raise NotEntitled(
            _("{actor} is nobody who works here, and cannot record anything.").format(actor=actor),
            _("The people: branchops staff list"),
        )


def demand_signatures(events: Iterable[Any], people: People, day: date, proved: Mapping[str, str]) -> None:
    """Raises unless the signers of each event are different people, may sign that day, and have proved to be present.

    Rejected: two of an event's signers are one person. NotEntitled: one has left or lacks the role. SignaturesWanted:
    somebody's proof is missing. NotFound: nobody has that id.
    """
    wanted: dict[str, None] = {}
    for event in events:
        humans: dict[str, str] = {}
        for staff, role, rule in signers(event):
            _be_another(humans, people, staff, rule)
            _be_entitled(people, staff, role, rule, day)
            wanted[staff] = None
    missing = tuple(staff for staff in wanted if staff not in proved)
    if missing:
        raise SignaturesWanted(missing)


def _be_another(humans: dict[str, str], people: People, staff: str, rule: str) -> None:
    person = people.person(staff)
    if person in humans:
        raise Rejected(
            _("{a} and {b} are the same person ({name}); two people must sign.").format(
                a=humans[person], b=staff, name=people.name(staff)
            ),
            _("Ask a second person; if there was none, record the truth and it is kept as a breach."),
            rule=rule,
        )
    humans[person] = staff


def _be_entitled(people: People, staff: str, role: str, rule: str, day: date) -> None:
    if not people.active(staff, day):
        raise NotEntitled(_("{staff} has left the outlet.").format(staff=staff), rule=rule)
    if role and not people.holds(staff, role, day):
        holders = ", ".join(people.holders(role, day)) or "-"
        raise NotEntitled(
            _("{staff} does not hold the role {role}.").format(staff=staff, role=role_words(role)),
            _("It is held by: {holders}").format(holders=holders),
            rule=rule,
        )


def signatures(data: Any, people: People, day: date, proved: Mapping[str, str]) -> tuple[Signature, ...]:
    """The signatures over an event's data as it will be stored, in the order of its fields."""
    named = [staff for staff, _role, _rule in signers(data)]
    if not named:
        return ()
    digest = hashlib.sha256(canonical.encode(data)).hexdigest()
    return tuple(
        Signature(
            staff=staff,
            person=people.person(staff),
            roles=tuple(sorted(people.roles(staff, day))),
            at=proved[staff],
            digest=digest,
        )
        for staff in named
    )
