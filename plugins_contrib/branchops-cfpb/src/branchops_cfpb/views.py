"""The read model: one row a complaint."""

from __future__ import annotations

from datetime import date

import msgspec

from branchops.api import Recorded, View


class Complaint(msgspec.Struct, frozen=True):
    """A published complaint. `narrative` says whether there is one; its text stays sealed in the ledger."""

    id: str
    product: str
    issue: str
    received: date | None
    company: str
    state: str
    response: str
    timely: bool | None
    disputed: bool | None
    narrative: bool


def _received(event: Recorded) -> Complaint:
    data = event.data
    return Complaint(
        event.stream,
        data.product,
        data.issue,
        data.received,
        data.company,
        data.state,
        data.response,
        data.timely,
        data.disputed,
        data.narrative != "",
    )


VIEWS = (View(name="cfpb.complaint", row=Complaint, opens={"cfpb.complaint-received": _received}),)
