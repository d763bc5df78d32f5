"""Complaints as a list, and how one complaint is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from branchops.api import Calendar, Column, Page, Reading, Said, Table, _, listing, state_title, status
from branchops.plugins.complaints.duties.clocks import counted
from branchops.plugins.complaints.reports.words import CHANNELS, KINDS, LEVELS, OUTCOMES, STATUS, coded, named, told
from branchops.plugins.complaints.rules.shared import reply_limit
from branchops.plugins.complaints.views import Case


def listed(reading: Reading, cases: Iterable[Case]) -> Table:
    """Complaints as a table, with what is owed next on each."""
    columns = (
        Column("id", _("Id")),
        Column("received_on", _("Received"), kind="date", shown=not reading.reveal),
        Column("received_at", _("Received"), kind="time", shown=False),
        Column("channel", _("Channel"), shown=False),
        Column("channel_title", _("Channel")),
        Column("kind", _("Kind"), shown=False),
        Column("gist", _("Gist"), shown=reading.reveal),
        Column("owner", _("Owner")),
        Column("status", _("Status"), shown=False),
        Column("status_title", _("Status")),
        Column("due_on", _("Reply due"), kind="date"),
        Column("due", _("Reply due"), kind="time", shown=False),
        Column("reply", _("Reply"), shown=False),
        Column("reply_title", _("Reply")),
        Column("cause", _("Cause"), shown=False),
        Column("business", _("Business"), shown=False),
        Column("outcome", _("Outcome"), shown=False),
    )
    return Table(columns, [_line(reading, case) for case in cases], title=_("Complaints"))


def _line(reading: Reading, case: Case) -> dict[str, Any]:
    owed = case.kind == "complaint" and case.status not in ("archived", "merged", "withdrawn") and not case.no_reply
    calendar = reading.calendar
    due = reply_limit(case, reading.policies.at(case.registered_at), calendar).due if owed else None
    reply = reply_state(reading, case, calendar) if owed else ""
    return {
        "id": case.id,
        "received_on": reading.day_of(case.received_at),
        "received_at": case.received_at,
        "channel": case.channel,
        "channel_title": _(CHANNELS[case.channel]),
        "kind": case.kind,
        "gist": reading.clear(case.gist),
        "owner": case.owner,
        "status": case.status,
        "status_title": _(STATUS[case.status]),
        "due_on": reading.day_of(due) if due else None,
        "due": due,
        "reply": reply,
        "reply_title": state_title(reply) if reply else "",
        "cause": case.cause,
        "business": case.business,
        "outcome": case.outcome,
    }


def reply_state(reading: Reading, case: Any, calendar: Calendar) -> str:
    """How the reply stands: met, late, open or overdue. Takes a case, or a row with its reply columns."""
    limit = reply_limit(case, reading.policies.at(case.registered_at), calendar).due
    if case.first_reply_at is None:
        return "open" if reading.now <= limit else "overdue"
    return "met" if counted(case.first_reply_at, case.first_reply_recorded, calendar) <= limit else "late"


def page(case: Case, reading: Reading) -> Page:
    """One complaint: what is known, and what is owed."""
    facts: dict[str, Any] = {
        "id": case.id,
        "status": told(STATUS, case.status),
        "kind": told(KINDS, case.kind),
        "channel": Said(case.channel, " ".join(part for part in (_(CHANNELS[case.channel]), _(case.subtype)) if part)),
        "subtype": case.subtype,
        "received_at": case.received_at,
        "registered_at": case.registered_at,
        "taker": named(reading, case.taker),
        "owner": named(reading, case.owner),
        "gist": reading.clear(case.gist),
        "caller": reading.clear(case.caller, "name"),
        "contact": reading.clear(case.contact, "phone"),
        "about": [named(reading, who) for who in case.about],
        "business": coded(reading, "business", case.business),
        "channel_code": coded(reading, "channel", case.channel_code),
        "level": told(LEVELS, case.level),
        "urgency": case.urgency,
        "sensitivity": [coded(reading, "sensitivity", tag) for tag in case.sensitivity],
        "regulator": case.regulator,
        "repeat": case.repeat,
        "customer_cause": reading.clear(case.customer_cause),
        "cause": coded(reading, "cause", case.cause),
        "cause_text": case.cause_text,
        "outcome": told(OUTCOMES, case.outcome),
        "facts": reading.clear(case.facts),
        "amount": case.amount,
        "answered": _answered(reading, case),
        "apologised_by": named(reading, case.apologised_by),
        "escalated_to": case.escalated_to,
        "head_office": [note.text for note in case.hq if note.text],
        "signed_by": named(reading, case.signed_by),
        "satisfaction": case.satisfaction or None,
        "linked": [
            Said({"to": link.to, "relation": link.relation}, f"{link.to} ({_(link.relation)})") for link in case.links
        ],
        "merged_into": case.merged_into,
        "split_from": case.split_from,
        "reopens": case.reopens,
        "clocks": clocks(reading, case),
    }
    labels = (
        Column("satisfaction", _("Satisfaction"), kind="number"),
        Column("amount", _("Amount"), kind="money"),
        Column("subtype", _("Subtype"), shown=False),
    )
    return Page(_("Complaint {id}").format(id=case.id), {k: v for k, v in facts.items() if v}, (), labels)


def _answered(reading: Reading, case: Case) -> Said:
    """By what means and when, or why nobody can be answered."""
    final = case.final_reply
    if final is None:
        return Said(case.no_reply, _(case.no_reply))
    return Said({"via": final.via, "at": final.at}, f"{_(final.via)} {reading.day_of(final.at)}")


def clocks(reading: Reading, case: Case) -> Said:
    """Limit, promise and the regulator's clock, kept apart: “limit met, promise missed”."""
    words: list[tuple[int, str, str, str]] = []
    for duty in reading.duties_of("complaints.case", case):
        state = status(duty, reading.now)
        said = state_title("missed" if state == "late" else state)
        if duty.subject.endswith("#regulator"):
            words.append((3, "regulator", state, _("regulator's limit {state}").format(state=said)))
        elif duty.rule == "complaints.reply-within-three-days":
            words.append((1, "limit", state, _("limit {state}").format(state=said)))
        elif duty.rule in ("complaints.oral-promise-deadline", "complaints.phone-register-promise-reply"):
            words.append((2, "promise", state, _("promise {state}").format(state=said)))
    words.sort(key=lambda one: one[0])
    codes = [{"clock": clock, "state": state} for _place, clock, state, _said in words]
    return Said(codes, listing(said for *_codes, said in words))
