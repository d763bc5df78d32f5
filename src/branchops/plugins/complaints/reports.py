"""Questions over complaints: the opinion register, the list, and how one complaint is shown."""

from __future__ import annotations

from typing import Any

from branchops.api import (
    N_,
    Column,
    Offer,
    Page,
    PrintedRegister,
    Reading,
    Report,
    Showing,
    Table,
    _,
    owed,
    pick,
    status,
)
from branchops.plugins.complaints.views import Case

STATUS = {
    "received": N_("received"),
    "handling": N_("in hand"),
    "replied": N_("replied"),
    "resolved": N_("settled, to be signed"),
    "closed": N_("closed"),
}
CHANNELS = {
    "oral": N_("oral"),
    "book": N_("opinion book"),
    "letter": N_("letter"),
    "phone": N_("telephone"),
    "other": N_("other"),
}
OUTCOMES = {"upheld": N_("upheld"), "partly": N_("partly upheld"), "not-upheld": N_("not upheld"), "": ""}


def listed(reading: Reading, cases: Any) -> Table:
    """Complaints as a table, with what is owed next on each."""
    columns = (
        Column("id", _("Id")),
        Column("received_at", _("Received"), kind="time"),
        Column("channel", _("Channel"), shown=False),
        Column("channel_title", _("Channel")),
        Column("gist", _("Gist")),
        Column("owner", _("Owner")),
        Column("status", _("Status"), shown=False),
        Column("status_title", _("Status")),
        Column("due", _("Reply due"), kind="time"),
        Column("reply", _("Reply")),
    )
    return Table(columns, [_line(reading, case) for case in cases], title=_("Complaints"))


def _line(reading: Reading, case: Case) -> dict[str, Any]:
    duties = [d for d in reading.duties_of("complaints.case", case) if d.rule == "complaints.reply-within-three-days"]
    reply = duties[0] if duties else None
    return {
        "id": case.id,
        "received_at": case.received_at,
        "channel": case.channel,
        "channel_title": _(CHANNELS[case.channel]),
        "gist": reading.clear(case.gist),
        "owner": case.owner,
        "status": case.status,
        "status_title": _(STATUS[case.status]),
        "due": reply.due if reply else None,
        "reply": _(status(reply, reading.now)) if reply else "",
    }


def page(case: Case, reading: Reading) -> Page:
    """One complaint: what is known, and what is owed."""
    facts: dict[str, Any] = {
        "id": case.id,
        "status": _(STATUS[case.status]),
        "channel": _(CHANNELS[case.channel]),
        "received_at": case.received_at,
        "registered_at": case.registered_at,
        "taker": reading.name(case.taker),
        "owner": reading.name(case.owner),
        "gist": reading.clear(case.gist),
        "caller": reading.clear(case.caller, "name"),
        "contact": reading.clear(case.contact, "phone"),
        "about": [reading.name(who) for who in case.about],
        "outcome": _(OUTCOMES[case.outcome]) if case.outcome else "",
        "cause": cause_title(reading, case.cause),
        "facts": reading.clear(case.facts),
        "clocks": clocks(reading, case),
    }
    return Page(_("Complaint {id}").format(id=case.id), {key: value for key, value in facts.items() if value})


def cause_title(reading: Reading, code: str) -> str:
    """A cause code with its title."""
    for row in reading.pack("complaints").data.get("cause", ()):
        if row["code"] == code:
            return f"{code} {pick(row['en'], row['zh'])}"
    return code


def clocks(reading: Reading, case: Case) -> str:
    """Limit and promise, kept apart: “limit met, promise missed”."""
    words = []
    for duty in reading.duties_of("complaints.case", case):
        state = status(duty, reading.now)
        if duty.rule == "complaints.reply-within-three-days":
            words.append(_("limit {state}").format(state=_(state if state != "late" else "missed")))
        elif duty.rule == "complaints.oral-promise-deadline":
            words.append(_("promise {state}").format(state=_("missed" if state in ("late", "overdue") else state)))
    return ", ".join(words)


def opinion_register(reading: Reading) -> PrintedRegister:
    """Art. 3: the register of what came in by other channels than the book, as a page to print and sign."""
    columns = (
        Column("id", _("No.")),
        Column("received", _("Received"), kind="time"),
        Column("channel", _("Channel")),
        Column("gist", _("Gist")),
        Column("handling", _("Handling and reply")),
        Column("signed", _("Signed by the head")),
    )
    lines = []
    for case in reading.rows("complaints.case", sql="channel <> 'book'", order="received_at, id"):
        if not reading.within(case.received_at):
            continue
        reply = case.final_reply
        lines.append(
            {
                "id": case.id,
                "received": case.received_at,
                "channel": _(CHANNELS[case.channel]),
                "gist": reading.clear(case.gist),
                "handling": "; ".join(
                    part
                    for part in (
                        reading.clear(case.facts),
                        _(OUTCOMES[case.outcome]),
                        f"{reply.via} {reading.day_of(reply.at)}" if reply else "",
                    )
                    if part
                ),
                "signed": f"{case.signed_by} {reading.day_of(case.signed_at)}" if case.signed_at else "",
                "_late": any(
                    not owed(status(duty, reading.now)) and status(duty, reading.now) == "late"
                    for duty in reading.duties_of("complaints.case", case)
                ),
            }
        )
    outlet = reading.outlet
    return PrintedRegister(
        title=_("Opinion register"),
        outlet=f"{outlet.code} {outlet.name}" if outlet else "",
        period=reading.period or _("all"),
        columns=columns,
        lines=tuple(lines),
        signatures=(_("Complaint handler"), _("Head of the outlet")),
    )


OFFER = Offer(
    reports=(
        Report(
            name="opinion-register",
            title=N_("Opinion register"),
            make=opinion_register,
            rules=("complaints.two-registers", "complaints.oral-reply-and-register"),
        ),
    ),
    shows=(Showing(prefix="C", view="complaints.case", page=page),),
)
