"""Article 4: who is responsible, and who is designated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Facts, Policy, Verdict, reject, validator

HEAD = "outlet-head"
HANDLER = "complaint-handler"


@validator("complaints.designated-handler", on=("staff.role-given",))
def designated_handler(event: Any, _state: Any, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 4: the handler is a named person other than the head, or the head would sign off own work."""
    if event.role not in (HEAD, HANDLER) or policy.get("complaints.one-person-outlet", False):
        return
    other = HEAD if event.role == HANDLER else HANDLER
    people = facts.people
    for twin in people.ids_of(people.person(event.staff)):
        if people.holds_in_own_right(twin, other, event.start):
            yield reject(
                N_("{staff} would be head of the outlet and complaint handler at once."),
                N_("Name another handler, or set complaints.one-person-outlet if nobody else works here."),
                staff=event.staff,
            )
