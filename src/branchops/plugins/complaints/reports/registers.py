"""The two registers as printable pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import Column, PrintedRegister, Reading, _, pick, stamp
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


# Nothing of a case registered before the period was taken in it: its events need not be read to know.
_STRUCK = """type LIKE 'complaints.%' AND stream LIKE 'C-%'
    AND NOT EXISTS (SELECT 1 FROM complaints_case AS it WHERE it.id = stream AND it.registered_at < ?)"""


def _struck(reading: Reading, channel: str, *, exclude: bool) -> Iterator[dict[str, Any]]:
    """Voided entries as struck lines: a complaint that was voided whole, and each voided entry under its complaint."""
    struck = reading.rows("core.struck", sql=_STRUCK, params=reading.span()[:1], order="target_pos")
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
