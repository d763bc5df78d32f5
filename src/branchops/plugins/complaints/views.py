"""Complaints as rows: one `Case` a complaint, folded from its stream."""

from __future__ import annotations

from datetime import datetime

import msgspec

from branchops.api import Recorded, View


class Reply(msgspec.Struct, frozen=True):
    """An answer to the customer: claimed and recorded instants, by whom, how, and whether it was only an interim one."""

    at: datetime
    recorded: datetime
    by: str
    via: str
    interim: bool = False
    on_the_spot: bool = False


class Promise(msgspec.Struct, frozen=True):
    """A promise: due by, made at."""

    by: datetime
    at: datetime


class Handover(msgspec.Struct, frozen=True):
    """A hand-over: from, to, when asked, when accepted."""

    giver: str
    to: str
    at: datetime
    accepted: datetime | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint as it stands. `open` is true until it is closed; `owner` is who has to see to it now."""

    id: str
    channel: str
    subtype: str
    kind: str
    status: str = "received"
    open: bool = True
    received_at: datetime
    registered_at: datetime
    taker: str
    owner: str
    handler: str = ""
    readback: str = ""
    private: str = ""
    gist: str
    caller: str = ""
    contact: str = ""
    about: tuple[str, ...] = ()
    business: str = ""
    handovers: tuple[Handover, ...] = ()
    informed_at: datetime | None = None
    promises: tuple[Promise, ...] = ()
    investigations: int = 0
    proposals: int = 0
    replies: tuple[Reply, ...] = ()
    cause: str = ""
    outcome: str = ""
    resolved_at: datetime | None = None
    facts: str = ""
    apologised_by: str = ""
    apologised_at: datetime | None = None
    explained_by: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    escalated_at: datetime | None = None
    escalated_to: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    breaches: tuple[str, ...] = ()
    version: int = 1

    @property
    def pending(self) -> Handover | None:
        """A hand-over asked for and not yet accepted."""
        last = self.handovers[-1] if self.handovers else None
        return last if last is not None and last.accepted is None else None

    @property
    def final_reply(self) -> Reply | None:
        """The first answer that was more than an interim one."""
        return next((reply for reply in self.replies if not reply.interim), None)

    @property
    def on_the_spot(self) -> bool:
        """Whether it was answered on the spot."""
        return any(reply.on_the_spot for reply in self.replies)


def _with(case: Case, event: Recorded, **changes: object) -> Case:
    broken = tuple(verdict.rule for verdict in event.meta.breaches)
    return msgspec.structs.replace(
        case, version=event.version, breaches=(*case.breaches, *broken) if broken else case.breaches, **changes
    )


def received(event: Recorded) -> Case:
    """A new case: its first taker owns it."""
    data = event.data
    return Case(
        id=event.stream,
        channel=data.channel,
        subtype=data.subtype,
        kind=data.kind,
        received_at=event.occurred_at,
        registered_at=event.recorded_at,
        taker=data.taker,
        owner=data.taker,
        readback=data.readback,
        gist=data.gist,
        caller=data.caller or "",
        contact=data.contact or "",
        about=data.about,
        business=data.business,
        breaches=tuple(verdict.rule for verdict in event.meta.breaches),
        version=event.version,
    )


def handed_over(case: Case, event: Recorded) -> Case:
    """Asked to take over: the owner stays."""
    asked = Handover(giver=case.owner, to=event.data.to, at=event.occurred_at)
    return _with(case, event, handovers=(*case.handovers, asked))


def accepted(case: Case, event: Recorded) -> Case:
    """Taken over: the owner changes."""
    by = event.data.by
    handovers = case.handovers
    if case.pending is not None:
        done = msgspec.structs.replace(case.pending, accepted=event.occurred_at)
        handovers = (*handovers[:-1], done)
    private = event.data.private or case.private
    return _with(case, event, handovers=handovers, owner=by, handler=by, private=private, status="handling")


def head_informed(case: Case, event: Recorded) -> Case:
    """The head knows."""
    return _with(case, event, informed_at=case.informed_at or event.occurred_at)


def promised(case: Case, event: Recorded) -> Case:
    """One more promise; earlier ones stay."""
    return _with(case, event, promises=(*case.promises, Promise(by=event.data.by, at=event.occurred_at)))


def investigated(case: Case, event: Recorded) -> Case:
    """One more finding."""
    return _with(case, event, investigations=case.investigations + 1)


def proposed(case: Case, event: Recorded) -> Case:
    """One more proposal."""
    return _with(case, event, proposals=case.proposals + 1)


def replied(case: Case, event: Recorded) -> Case:
    """One more reply."""
    data = event.data
    reply = Reply(event.occurred_at, event.recorded_at, data.by, data.via, data.interim, data.on_the_spot)
    status = case.status if data.interim or case.status in ("resolved", "closed") else "replied"
    return _with(case, event, replies=(*case.replies, reply), status=status)


def cause_found(case: Case, event: Recorded) -> Case:
    """The cause as found; a later finding replaces it."""
    return _with(case, event, cause=event.data.code)


def resolved(case: Case, event: Recorded) -> Case:
    """Settled: what came of it."""
    data = event.data
    return _with(
        case, event, outcome=data.outcome, facts=data.facts, resolved_at=event.occurred_at, status="resolved"
    )


def apologised(case: Case, event: Recorded) -> Case:
    """Apologised for."""
    return _with(case, event, apologised_by=event.data.by, apologised_at=event.occurred_at)


def explained(case: Case, event: Recorded) -> Case:
    """Explained."""
    return _with(case, event, explained_by=event.data.by)


def confirmed(case: Case, event: Recorded) -> Case:
    """The head confirmed that it is beyond the outlet."""
    return _with(case, event, confirmed_by=event.data.head, confirmed_at=event.occurred_at)


def escalated(case: Case, event: Recorded) -> Case:
    """Reported up."""
    return _with(case, event, escalated_at=event.occurred_at, escalated_to=event.data.to)


def signed_off(case: Case, event: Recorded) -> Case:
    """Signed by the head: closed."""
    return _with(
        case, event, signed_by=event.data.signer, signed_at=event.occurred_at, status="closed", open=False
    )


VIEWS = (
    View(
        name="complaints.case",
        row=Case,
        opens={"complaints.received": received},
        folds={
            "complaints.handed-over": handed_over,
            "complaints.accepted": accepted,
            "complaints.head-informed": head_informed,
            "complaints.promised": promised,
            "complaints.investigated": investigated,
            "complaints.proposed": proposed,
            "complaints.replied": replied,
            "complaints.cause-found": cause_found,
            "complaints.resolved": resolved,
            "complaints.apologised": apologised,
            "complaints.explained": explained,
            "complaints.beyond-authority-confirmed": confirmed,
            "complaints.escalated": escalated,
            "complaints.signed-off": signed_off,
        },
        index=("open", "owner", "received_at", "channel"),
    ),
)
