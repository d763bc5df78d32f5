"""What follows a complaint: entries that name one (Doc4 par. 3). Complaints are known from the log alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Ask, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.training.events import conduct, learning

NAMING = (
    learning.QuizTaken,
    learning.SignedOff,
    learning.ReflectionWritten,
    conduct.Observed,
    conduct.IncidentNoted,
    conduct.RefusalRecorded,
    conduct.CareGiven,
)


def named(event: Any) -> str:
    """The complaint that an entry names, or nothing."""
    return str(event.after if isinstance(event, conduct.CareGiven) else event.complaint)


@validator(
    "training.no-blaming-customers",
    on=NAMING,
    asks={"complaint": Ask("training.loop", lambda event, _: named(event) or None)},
)
def follows_a_known_complaint(event: Any, _row: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 3: what is said to follow a complaint follows a recorded one, and is of somebody it is about."""
    number, complaint = named(event), facts["complaint"]
    if not number:
        return
    if complaint is None:
        yield reject(N_("There is no complaint {id}."), N_("branchops complaints list --all"), id=number)
    elif not isinstance(event, conduct.CareGiven) and event.staff not in complaint.about:
        yield warn(N_("{id} is not about {staff}."), id=number, staff=event.staff)
