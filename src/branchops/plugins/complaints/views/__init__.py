"""Complaints as rows: one `Case` a complaint, folded from its stream, and the small tables of the desk beside them."""

from __future__ import annotations

from branchops.api import Recorded, View
from branchops.plugins.complaints.views import desk, folds
from branchops.plugins.complaints.views.case import Case, Handover, Link, Note, Promise, Reply
from branchops.plugins.complaints.views.desk import (
    BOOK,
    Book,
    BookDay,
    Complainant,
    Desk,
    Misconduct,
    OpeningDay,
    Print,
    Remedy,
    Volume,
)

CLOSINGS = ("complaints.signed-off", "complaints.closed")

VIEWS = (
    View(
        name="complaints.case",
        row=Case,
        opens={"complaints.received": folds.received},
        folds={
            "complaints.entered": folds.entered,
            "complaints.classified": folds.classified,
            "complaints.kind-judged": folds.kind_judged,
            "complaints.suggestion-decided": folds.suggestion_decided,
            "complaints.withdrawn": folds.withdrawn,
            "complaints.archived": folds.archived,
            "complaints.handed-over": folds.handed_over,
            "complaints.accepted": folds.accepted,
            "complaints.head-informed": folds.head_informed,
            "complaints.instructed": folds.instructed,
            "complaints.notified": folds.notified,
            "complaints.promised": folds.promised,
            "complaints.investigated": folds.investigated,
            "complaints.proposed": folds.proposed,
            "complaints.replied": folds.replied,
            "complaints.contact-tried": folds.contact_tried,
            "complaints.reply-impossible": folds.reply_impossible,
            "complaints.book-replied": folds.book_replied,
            "complaints.cause-found": folds.cause_found,
            "complaints.resolved": folds.resolved,
            "complaints.apologised": folds.apologised,
            "complaints.explained": folds.explained,
            "complaints.corrected": folds.corrected,
            "complaints.beyond-authority-confirmed": folds.confirmed,
            "complaints.escalated": folds.escalated,
            "complaints.hq-status": folds.hq_status,
            "complaints.limit-extended": folds.limit_extended,
            "complaints.hotline-called": folds.hotline_called,
            "complaints.signed-off": folds.closed,
            "complaints.closed": folds.closed,
            "complaints.surveyed": folds.surveyed,
            "complaints.linked": folds.linked,
            "complaints.unlinked": folds.unlinked,
            "complaints.merged": folds.merged,
            "complaints.unmerged": folds.unmerged,
            "entry.voided": folds.struck,
        },
        index=("open", "owner", "received_at", "channel", "status", "complainant", "closed_at"),
    ),
    View(
        name="complaints.book",
        row=Book,
        opens={
            "complaints.volume-started": lambda event: desk.volume_started(None, event),
            "complaints.book-checked": lambda event: desk.book_checked(None, event),
        },
        folds={
            "complaints.volume-started": desk.volume_started,
            "complaints.volume-ended": desk.volume_ended,
            "complaints.book-checked": desk.book_checked,
        },
    ),
    View(
        name="complaints.book-day",
        row=BookDay,
        opens={"complaints.book-checked": lambda event: desk.book_day(None, event)},
        folds={"complaints.book-checked": desk.book_day},
        key=lambda event: str(event.data.day.isoformat()),
    ),
    View(
        name="complaints.opening-day",
        row=OpeningDay,
        opens={"complaints.checked": desk.opening},
        key=desk.opening_key,
    ),
    View(
        name="complaints.desk",
        row=Desk,
        opens={"outlet.registered": lambda event: Desk(outlet=event.data.code, since=event.recorded_at)},
        folds={"complaints.reported": desk.reported},
        key=lambda event: event.data.code if event.type == "outlet.registered" else event.meta.outlet,
    ),
    View(
        name="complaints.print",
        row=Print,
        opens={"complaints.printed": lambda event: desk.printed(None, event)},
        folds={"complaints.printed": desk.printed},
    ),
    View(
        name="complaints.remedy",
        row=Remedy,
        opens=dict.fromkeys(CLOSINGS, lambda event: desk.remedied(None, event)),
        folds=dict.fromkeys(CLOSINGS, desk.remedied),
        key=desk.remedy_key,
    ),
    View(
        name="complaints.complainant",
        row=Complainant,
        opens={"complaints.received": lambda event: desk.complained(None, event)},
        folds={"complaints.received": desk.complained},
        key=lambda event: event.data.complainant,
    ),
    View(
        name="complaints.misconduct",
        row=Misconduct,
        opens={"complaints.misbehaved": desk.misbehaved},
        key=lambda event: event.id,
        index=("at",),
    ),
)

__all__ = [
    "BOOK",
    "VIEWS",
    "Book",
    "BookDay",
    "Case",
    "Complainant",
    "Desk",
    "Handover",
    "Link",
    "Misconduct",
    "Note",
    "OpeningDay",
    "Print",
    "Promise",
    "Recorded",
    "Remedy",
    "Reply",
    "Volume",
]
