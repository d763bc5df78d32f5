"""What each event makes of a case: one pure function an event, in the order of a complaint's life."""

from __future__ import annotations

from itertools import compress
from operator import attrgetter
from typing import Any

import msgspec

from branchops.api import Recorded
from branchops.plugins.complaints.views.case import Case, Handover, Link, Note, Promise, Reply


def changed(case: Case, event: Recorded, **changes: object) -> Case:
    """The case with changes, the event's version, and the rules it broke."""
    broken = tuple(verdict.rule for verdict in event.meta.breaches)
    return msgspec.structs.replace(
        case, version=event.version, breaches=(*case.breaches, *broken) if broken else case.breaches, **changes
    )


TOLD = (
    "readback", "complainant", "no_contact", "about", "unit", "channel_code", "business", "product", "level", "urgency",
    "sensitivity", "repeat", "regulator", "volume", "page", "file", "sha256", "received_on", "postmark", "reopens",
    "split_from", "origin", "caller", "contact", "customer_cause", "demand",
)  # fmt: skip
"""What a receipt may tell and leaves out otherwise."""
_told = attrgetter(*TOLD)


def received(event: Recorded) -> Case:
    """A new case: its first taker owns it."""
    data = event.data
    taker = data.taker or event.actor
    values = _told(data)
    told: dict[str, Any] = dict(compress(zip(TOLD, values, strict=True), values))
    return Case(
        id=event.stream,
        channel=data.channel,
        subtype=data.subtype,
        kind=data.kind,
        outlet=data.outlet or event.meta.outlet,
        received_at=min(data.since or event.occurred_at, event.occurred_at),
        registered_at=event.recorded_at,
        taker=taker,
        owner=taker,
        entered_by=event.actor if data.enters else "",
        entered_at=event.recorded_at if data.enters else None,
        gist=data.gist,
        breaches=tuple(verdict.rule for verdict in event.meta.breaches),
        version=event.version,
        **told,
    )


def entered(case: Case, event: Recorded) -> Case:
    """In the register."""
    return changed(case, event, entered_by=event.data.by, entered_at=event.recorded_at)


def classified(case: Case, event: Recorded) -> Case:
    """What was judged anew replaces; the rest stays."""
    told = {name: value for name, value in msgspec.structs.asdict(event.data).items() if value}
    return changed(case, event, **told)


def kind_judged(case: Case, event: Recorded) -> Case:
    """Another kind."""
    return changed(case, event, kind=event.data.kind)


def suggestion_decided(case: Case, event: Recorded) -> Case:
    """Adopted or not."""
    return changed(case, event, adopted="adopted" if event.data.adopted else "not-adopted")


def withdrawn(case: Case, event: Recorded) -> Case:
    """Taken back: ended."""
    return changed(case, event, status="withdrawn", open=False, closed_at=event.occurred_at)


def archived(case: Case, event: Recorded) -> Case:
    """Dealt with before this ledger."""
    data = event.data
    return changed(
        case,
        event,
        status="archived",
        open=False,
        outcome=data.outcome,
        cause=data.cause or case.cause,
        amount=data.amount,
        closed_at=event.occurred_at,
    )


def handed_over(case: Case, event: Recorded) -> Case:
    """Asked to take over: the owner stays."""
    asked = Handover(giver=case.owner, to=event.data.to, at=event.occurred_at)
    return changed(case, event, handovers=(*case.handovers, asked))


def accepted(case: Case, event: Recorded) -> Case:
    """Taken over: the owner changes."""
    data = event.data
    handovers = case.handovers
    if case.pending is not None:
        done = msgspec.structs.replace(case.pending, accepted=event.occurred_at)
        handovers = (*handovers[:-1], done)
    told: dict[str, Any] = {"private": data.private} if data.private else {}
    if data.enters and not case.entered_by:
        told |= {"entered_by": data.by, "entered_at": event.recorded_at}
    return changed(case, event, handovers=handovers, owner=data.by, handler=data.by, status="handling", **told)


def head_informed(case: Case, event: Recorded) -> Case:
    """The head knows."""
    return changed(case, event, informed_at=case.informed_at or event.occurred_at)


def instructed(case: Case, event: Recorded) -> Case:
    """The head said how to go on."""
    note = Note(at=event.occurred_at, text=event.data.text, recorded=event.recorded_at)
    return changed(case, event, instructions=(*case.instructions, note))


def notified(case: Case, event: Recorded) -> Case:
    """The one responsible knows."""
    return changed(case, event, notified_at=case.notified_at or event.occurred_at)


def promised(case: Case, event: Recorded) -> Case:
    """One more promise; earlier ones stay."""
    return changed(case, event, promises=(*case.promises, Promise(by=event.data.by, at=event.occurred_at)))


def investigated(case: Case, event: Recorded) -> Case:
    """One more finding."""
    return changed(case, event, investigations=case.investigations + 1)


def proposed(case: Case, event: Recorded) -> Case:
    """One more proposal."""
    return changed(case, event, proposals=case.proposals + 1)


def replied(case: Case, event: Recorded) -> Case:
    """One more reply."""
    data = event.data
    reply = Reply(event.occurred_at, event.recorded_at, data.by, data.via, data.interim, data.on_the_spot)
    status = case.status if data.interim or case.status == "resolved" else "replied"
    first = {} if case.replies else {"first_reply_at": event.occurred_at, "first_reply_recorded": event.recorded_at}
    spot = case.first_contact or data.on_the_spot
    return changed(case, event, replies=(*case.replies, reply), status=status, first_contact=spot, **first)


def contact_tried(case: Case, event: Recorded) -> Case:
    """One more attempt."""
    return changed(case, event, attempts=case.attempts + 1)


def reply_impossible(case: Case, event: Recorded) -> Case:
    """Nobody to answer."""
    return changed(case, event, no_reply=event.data.reason)


def book_replied(case: Case, event: Recorded) -> Case:
    """Answered in the book."""
    data = event.data
    return changed(
        case,
        event,
        book_reply_page=data.page,
        book_reply_text=data.text,
        book_signed_by=data.handler,
        handler=data.handler,
    )


def cause_found(case: Case, event: Recorded) -> Case:
    """The cause as found; a later finding replaces it."""
    return changed(case, event, cause=event.data.code, cause_text=event.data.text)


def resolved(case: Case, event: Recorded) -> Case:
    """Settled: what came of it."""
    data = event.data
    told = {"outcome": data.outcome, "facts": data.facts, "amount": data.amount}
    return changed(case, event, resolved_at=event.occurred_at, status="resolved", **told)


def apologised(case: Case, event: Recorded) -> Case:
    """Apologised for."""
    return changed(case, event, apologised_by=event.data.by, apologised_at=event.occurred_at)


def explained(case: Case, event: Recorded) -> Case:
    """Explained."""
    return changed(case, event, explained_by=event.data.by)


def corrected(case: Case, event: Recorded) -> Case:
    """Put right."""
    return changed(case, event, corrected_at=case.corrected_at or event.occurred_at)


def confirmed(case: Case, event: Recorded) -> Case:
    """The head confirmed that it is beyond the outlet."""
    return changed(case, event, confirmed_by=event.data.head, confirmed_at=event.occurred_at)


def escalated(case: Case, event: Recorded) -> Case:
    """Reported up."""
    data = event.data
    kept = {"copy_file": data.file, "copy_sha256": data.sha256}
    return changed(case, event, escalated_at=event.occurred_at, escalated_to=data.to, **kept)


def hq_status(case: Case, event: Recorded) -> Case:
    """Head office's word."""
    data = event.data
    note = Note(at=event.occurred_at, text=data.text, recorded=event.recorded_at, final=data.result)
    return changed(case, event, hq=(*case.hq, note))


def limit_extended(case: Case, event: Recorded) -> Case:
    """The regulator's clock is longer."""
    return changed(case, event, regulator_days=event.data.days)


def hotline_called(case: Case, event: Recorded) -> Case:
    """The service line called: nothing changes but the breaches."""
    return changed(case, event)


def closed(case: Case, event: Recorded) -> Case:
    """Signed by the head, or closed by the handler."""
    data = event.data
    by = data.signer if event.type == "complaints.signed-off" else data.by
    told = {"signed_by": by, "signed_at": event.occurred_at, "closed_at": event.occurred_at, "covers": data.covers}
    return changed(case, event, status="closed", open=False, **told)


def struck(case: Case, event: Recorded) -> Case:
    """An entry under the signature was voided: what stands there was not signed, so it is to be signed again."""
    if case.status != "closed" or event.data.target_type in ("complaints.surveyed", "complaints.hq-status"):
        return case
    return changed(case, event, status="resolved", open=True, signed_by="", signed_at=None, closed_at=None, covers=0)


def surveyed(case: Case, event: Recorded) -> Case:
    """One more answer; the last one counts."""
    note = Note(at=event.occurred_at, text=str(event.data.score), recorded=event.recorded_at)
    return changed(case, event, surveys=(*case.surveys, note), satisfaction=event.data.score)


def linked(case: Case, event: Recorded) -> Case:
    """Belongs with another."""
    return changed(case, event, links=(*case.links, Link(event.data.to, event.data.relation)))


def unlinked(case: Case, event: Recorded) -> Case:
    """Does not."""
    return changed(case, event, links=tuple(link for link in case.links if link.to != event.data.to))


def merged(case: Case, event: Recorded) -> Case:
    """Handled elsewhere, counted once."""
    return changed(case, event, merged_into=event.data.into, merged_from=case.status, status="merged", open=False)


def unmerged(case: Case, event: Recorded) -> Case:
    """By itself again, where it stood."""
    return changed(case, event, merged_into="", merged_from="", status=case.merged_from or "received", open=True)
