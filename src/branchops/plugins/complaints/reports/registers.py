"""The two registers as printable pages, and what they still lack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import N_, Column, PrintedRegister, Reading, Table, _, pick, stamp
from branchops.plugins.complaints.reports.words import CHANNELS, KINDS, OUTCOMES, STATUS
from branchops.plugins.complaints.views import Case

PERIOD = "received_at >= ? AND received_at < ?"


def opinion_register(reading: Reading) -> PrintedRegister:
    """Art. 3: the register of what came in by other channels than the book, as a page to print and sign."""
    columns = (
        Column("received", _("Received"), kind="time"),
        Column("channel", _("Channel")),
        Column("customer", _("Customer")),
        Column("gist", _("Gist")),
        Column("handling", _("Handling and reply")),
        Column("signed", _("Signed by the head")),
    )
    lines = [
        {
            "_number": case.id,
            "_late": _entered_late(reading, case),
            "_entered": stamp(case.registered_at),
            "_mark": f"{case.id} {case.version}",
            "id": case.id,
            "received": case.received_at,
            "channel": _(CHANNELS[case.channel]),
            "customer": " ".join((reading.clear(case.caller, "name"), reading.clear(case.contact, "phone"))).strip(),
            "gist": reading.clear(case.gist),
            "handling": handling(reading, case),
            "signed": signed(reading, case),
        }
        for case in reading.rows("complaints.case", sql=f"channel <> 'book' AND {PERIOD}", params=reading.span())
    ]
    signers = (_("Complaint handler"), _("Head of the outlet"))
    return _register(reading, _("Opinion register"), columns, lines, signers, "book", exclude=True)


def opinion_book(reading: Reading) -> PrintedRegister:
    """Art. 3, 9: the entries of the opinion book with the handler's written replies."""
    columns = (
        Column("received", _("Read"), kind="date"),
        Column("page", _("Page"), kind="number"),
        Column("kind", _("Kind")),
        Column("gist", _("Entry")),
        Column("reply", _("Written reply")),
        Column("direct", _("Direct reply")),
        Column("signed", _("Signed by the handler")),
    )
    lines = [
        {
            "_number": case.id,
            "_late": _entered_late(reading, case),
            "_entered": stamp(case.registered_at),
            "_mark": f"{case.id} {case.version}",
            "id": case.id,
            "received": reading.day_of(case.received_at),
            "page": case.page or None,
            "kind": _(KINDS[case.kind]),
            "gist": reading.clear(case.gist),
            "reply": case.book_reply_text,
            "direct": _replied(reading, case) if case.contact else "-",
            "signed": case.book_signed_by,
        }
        for case in reading.rows("complaints.case", sql=f"channel = 'book' AND {PERIOD}", params=reading.span())
    ]
    return _register(reading, _("Opinion book"), columns, lines, (_("Complaint handler"),), "book", exclude=False)


def handling(reading: Reading, case: Case) -> str:
    """What was done and what came of it, for the register's line."""
    told = case.hq[-1].text if case.hq else ""
    parts = (
        " ".join((_(STATUS[case.status]), case.merged_into)).strip() if case.status in ELSEWHERE else "",
        reading.clear(case.facts),
        _(OUTCOMES[case.outcome]) if case.outcome else "",
        _replied(reading, case),
        _("to {to}").format(to=case.escalated_to) if case.escalated_to else "",
        _("head office: {text}").format(text=told) if told else "",
    )
    return pick("; ", "；").join(part for part in parts if part)


ELSEWHERE = ("withdrawn", "merged", "archived")


def _replied(reading: Reading, case: Case) -> str:
    reply = case.final_reply
    return f"{_(reply.via)} {reading.day_of(reply.at)}" if reply else _(case.no_reply)


def signed(reading: Reading, case: Case) -> str:
    """Who signed and on which day."""
    return f"{case.signed_by} {reading.day_of(case.signed_at)}" if case.signed_at else ""


def _entered_late(reading: Reading, case: Case) -> bool:
    days = (reading.day_of(case.registered_at) - reading.day_of(case.received_at)).days
    return days > 0 and not case.split_from


def _register(
    reading: Reading,
    title: str,
    columns: tuple[Column, ...],
    lines: list[dict[str, Any]],
    signatures: tuple[str, ...],
    channel: str,
    *,
    exclude: bool,
) -> PrintedRegister:
    outlet = reading.outlet
    every = [*lines, *_struck(reading, channel, exclude=exclude)]
    return PrintedRegister(
        title=title,
        outlet=f"{outlet.code} {outlet.name}" if outlet else "",
        period=reading.period or _("all"),
        columns=columns,
        lines=tuple(sorted(every, key=lambda line: (str(line["id"]), bool(line.get("_struck"))))),
        signatures=signatures,
        nil=_("Nil return: nothing was entered in this period."),
    )


def _struck(reading: Reading, channel: str, *, exclude: bool) -> Iterator[dict[str, Any]]:
    """Voided entries as struck lines: a complaint that was voided whole, and each voided entry under its complaint."""
    struck = reading.rows("core.struck", sql="type LIKE 'complaints.%' AND stream LIKE 'C-%'", order="target_pos")
    for void in struck:
        event = next((one for one in reading.events(stream=void.stream) if one.id == void.target), None)
        first = next(iter(reading.events("complaints.received", stream=void.stream)), None)
        if event is None or first is None or not reading.within(first.occurred_at):
            continue
        if (first.data.channel == channel) is exclude:
            continue
        said = _("voided: {type}, {reason}").format(type=void.type.removeprefix("complaints."), reason=void.reason)
        yield {
            "_number": void.stream,
            "_struck": True,
            "_entered": stamp(event.recorded_at),
            "_mark": f"{void.stream} void {void.target}",
            "id": void.stream,
            "received": event.occurred_at if channel != "book" or exclude else reading.day_of(event.occurred_at),
            "channel": _(CHANNELS[first.data.channel]),
            "gist": reading.clear(first.data.gist) if event.id == first.id else "",
            "handling": said,
            "reply": said,
        }


def gaps(reading: Reading) -> Table:
    """Art. 8(3): what each line of the registers still lacks, and where book checks and entries disagree."""
    columns = (
        Column("id", _("Id")),
        Column("received_at", _("Received"), kind="time"),
        Column("owner", _("Owner")),
        Column("missing", _("What is missing")),
    )
    rows: list[dict[str, Any]] = []
    live = "status NOT IN ('merged', 'archived', 'withdrawn')"
    for case in reading.rows("complaints.case", sql=f"{live} AND {PERIOD}", params=reading.span()):
        missing = list(lacking(case))
        if missing:
            told = {"received_at": case.received_at, "owner": case.owner}
            rows.append({"id": case.id, **told, "missing": [_(one) for one in missing]})
    rows += _book_gaps(reading)
    notes = () if rows else (_("Nothing is missing."),)
    return Table(columns, rows, title=_("What the registers lack"), notes=notes)


def lacking(case: Case) -> Iterator[str]:
    """What a complaint's line in its register still lacks, as msgids."""
    if case.channel == "book":
        if not case.book_signed_by:
            yield N_("written reply")
        if case.contact and not (case.final_reply or case.no_reply):
            yield N_("direct reply")
    elif not case.entered_by:
        yield N_("register entry")
    if case.kind == "suggestion" and not case.adopted:
        yield N_("adopted or not")
    if case.kind == "complaint":
        yield from _lacking_complaint(case)
    if not case.signed_by:
        yield N_("signature")


def _lacking_complaint(case: Case) -> Iterator[str]:
    if case.channel != "book" and not (case.final_reply or case.no_reply):
        yield N_("reply")
    if not case.outcome:
        yield N_("outcome")
    if not case.cause:
        yield N_("cause")
    if case.upheld and not case.apologised_by:
        yield N_("apology")
    if case.outcome == "not-upheld" and not case.explained_by:
        yield N_("explanation")


def _book_gaps(reading: Reading) -> Iterator[dict[str, Any]]:
    """Days on which more entries were read in the book than were recorded, or the other way round."""
    sql = f"SELECT page, count(*) FROM {{table}} WHERE channel = 'book' AND {PERIOD} GROUP BY page"  # noqa: S608
    per_page = dict(reading.select("complaints.case", sql, reading.span()))
    for day in reading.rows("complaints.book-day"):
        if not (day.first and reading.within(day.recorded_at)):
            continue
        recorded = sum(per_page.get(page, 0) for page in range(day.first, day.last + 1))
        if recorded != day.entries:
            told = _("book check found {found} entries, {recorded} are recorded")
            said = told.format(found=day.entries, recorded=recorded)
            yield {"id": day.day, "received_at": day.recorded_at, "owner": day.by, "missing": [said]}
