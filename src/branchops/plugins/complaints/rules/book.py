"""Article 9: the opinion book lies open, is read daily, answered in writing, and directly where a contact was left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, forbid, reject, validator
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import HANDLER, holds
from branchops.plugins.complaints.views import BOOK, Book, Case

_NUMBERS = re.compile(r"[0-9](?:[ -]?[0-9]){6,}")


@validator("complaints.book-on-display", on=(ev.VolumeStarted, ev.VolumeEnded))
def volumes_follow(
    event: ev.VolumeStarted | ev.VolumeEnded, book: Book | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 3: one volume lies in the hall at a time, with numbered pages; how it ended is known."""
    current = book.current if book else None
    if isinstance(event, ev.VolumeStarted):
        if current is not None:
            yield reject(
                N_("Volume {volume} lies in the hall."),
                N_("End it first: branchops complaints volume end {volume} --last PAGE"),
                volume=current.name,
            )
        if not event.volume.strip():
            yield reject(N_("A volume has a name or a number."), N_("branchops complaints volume start 7 --pages 100"))
        if event.pages < 1 or event.first < 1:
            yield reject(N_("A volume has numbered pages, from 1 up."), N_("Say how many: --pages 100"))
    elif current is None or current.name != event.volume:
        yield reject(
            N_("Volume {volume} does not lie in the hall."),
            N_("See: branchops complaints volume list"),
            volume=event.volume,
        )
    elif not current.first - 1 <= event.last <= current.last:
        yield reject(
            N_("Volume {volume} has the pages {first} to {last}."), N_("Name its last written page."),
            volume=current.name, first=current.first, last=current.last,
        )  # fmt: skip
    elif event.reason != "full":
        yield breach(
            N_("Volume {volume} ended otherwise than full: {reason}."), volume=event.volume, reason=event.reason
        )


@validator("complaints.book-on-display", on=ev.BookChecked)
def pages_follow(event: ev.BookChecked, book: Book | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3: no page is missing between what was read before and what was read now."""
    current = book.current if book else None
    if current is not None and event.last > current.last:
        yield reject(
            N_("Volume {volume} ends with page {last}."), N_("Start the next: branchops complaints volume start"),
            volume=current.name, last=current.last,
        )  # fmt: skip
    if event.last < event.first or event.first < 0:
        yield reject(
            N_("Pages {first}-{last} run backwards."), N_("Write --pages 12-13."), first=event.first, last=event.last
        )
    passed = range(book.read_to + 1, event.first) if book and book.read_to and event.first else ()
    missing = sorted({*event.missing, *passed})
    if missing:
        yield breach(N_("The book does not go on: pages {pages} are missing."), pages=", ".join(map(str, missing)))


@validator(
    "complaints.book-on-display", on=ev.Received, asks={"book": Ask("complaints.book", lambda _event, _case: BOOK)}
)
def stands_on_a_page(event: ev.Received, _case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3: an entry of the book stands on a page that the volume has."""
    book: Book | None = facts["book"]
    if event.channel != "book" or not event.page or book is None:
        return
    named = [one for one in book.volumes if one.name == (event.volume or book.volumes[-1].name)]
    if named and not named[-1].first <= event.page <= named[-1].last:
        yield reject(
            N_("Volume {volume} has the pages {first} to {last}."), N_("Correct --page, or name the --volume."),
            volume=named[-1].name, first=named[-1].first, last=named[-1].last,
        )  # fmt: skip


@validator("complaints.book-checked-daily", on=ev.BookChecked)
def book_checked_daily(event: ev.BookChecked, _book: Book | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 9: the handler reads the book each day, on that day; a look recorded later is true, and cures nothing."""
    today = facts.calendar.day_of(facts.now)
    if not holds(facts, event.by, HANDLER):
        handlers = ", ".join(facts.people.holders(HANDLER, today)) or "-"
        yield forbid(
            N_("The complaint handler reads the opinion book, not {by}."),
            N_("Handler today: {handlers}. An absent handler delegates: branchops staff delegate"),
            by=event.by,
            handlers=handlers,
        )
    if event.day > today:
        yield reject(N_("{day} has not come yet."), N_("Leave --for out for today."), day=event.day)
    elif event.day < today:
        yield breach(N_("Recorded on {today} for {day}; the look of {day} stays missed."), today=today, day=event.day)
    if event.entries < 0:
        yield reject(N_("There are no fewer than 0 entries."), N_("With nothing new: --entries 0"))
    elif event.entries and not event.first:
        yield reject(
            N_("{entries} entries stand on pages."), N_("Say which were read: --pages 12-13"), entries=event.entries
        )


@validator("complaints.book-notify-responsible", on=ev.Notified)
def book_notify_responsible(event: ev.Notified, _case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 9: the one responsible is told; where nobody knows who that is, the note says so."""
    if event.to and not facts.people.knows(event.to):
        yield reject(N_("{to} is nobody at this outlet."), N_("The people: branchops staff list"), to=event.to)
    if not event.to and not event.note.strip():
        yield reject(N_("Say why nobody could be told."), N_("--to STAFF, or --note “...” when nobody knows who."))


@validator("complaints.book-written-reply-signed", on=(ev.BookReplied, ev.Closed))
def book_written_reply_signed(
    event: ev.BookReplied | ev.Closed, case: Case | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 9: the handler answers in the book and signs; the next customer reads it, so nobody's data stands there."""
    if case is None:
        return
    if isinstance(event, ev.Closed):
        if case.channel == "book" and not case.book_signed_by:
            yield reject(
                N_("{id} has no written reply in the book."), N_("branchops complaints book-reply {id}"), id=case.id
            )
        if case.kind == "complaint" and not case.outcome:
            yield reject(N_("{id} has no outcome."), N_("branchops complaints resolve {id}"), id=case.id)
        if case.channel != "book" and case.kind == "complaint":
            yield reject(
                N_("The head signs {id}; the handler closes what stands in the book."),
                N_("branchops complaints signoff {id}"),
                id=case.id,
            )
        return
    if case.channel != "book":
        yield reject(
            N_("{id} did not come in by the book."),
            N_("Answer the customer: branchops complaints reply {id}"),
            id=case.id,
        )
    if not event.text:
        yield reject(N_("A written reply has words."), N_("--text “...”"))
    if _NUMBERS.search(event.text):
        yield reject(
            N_("Every customer can read the book: a telephone or account number has no place in the reply."),
            N_("Write it without the number, and answer directly: branchops complaints reply {id}"),
            id=case.id,
        )


@validator("complaints.book-contact-left-must-reply", on=ev.Closed)
def book_contact_left_must_reply(
    _event: ev.Closed, case: Case | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 9: who left a number is answered directly, besides the words in the book."""
    if case is not None and case.channel == "book" and case.contact and not (case.final_reply or case.no_reply):
        yield reject(
            N_("{id}: contact left: direct reply owed."),
            N_("branchops complaints reply {id}; each vain attempt: branchops complaints attempt {id}"),
            id=case.id,
        )


@validator("complaints.book-suggestions", on=ev.KindJudged)
def handler_judges_kind(event: ev.KindJudged, case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3, 9: what is no complaint has no limit, so that judgement is the handler's, and says why."""
    record = facts.record
    if case is None or record is None or event.kind == case.kind:
        return
    if not holds(facts, record.actor, HANDLER):
        yield forbid(N_("Only the complaint handler judges what kind of entry it is."), N_("Act as: --as HANDLER"))
    if case.kind == "complaint" and not event.reason.strip():
        yield reject(N_("Say why {id} is no complaint."), N_("A line is enough: --reason “...”."), id=case.id)


@validator("complaints.book-suggestions", on=(ev.SuggestionDecided, ev.Closed))
def book_suggestions(
    event: ev.SuggestionDecided | ev.Closed, case: Case | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 3, 9: suggestions are taken note of: each is adopted or not, and that is written down."""
    if case is None:
        return
    if isinstance(event, ev.Closed):
        if case.kind == "suggestion" and not case.adopted:
            yield reject(
                N_("Nobody decided on the suggestion {id}."),
                N_("branchops complaints suggestion {id} --adopted"),
                id=case.id,
            )
    elif case.kind != "suggestion":
        yield reject(
            N_("{id} is no suggestion."),
            N_("If it is one after all: branchops complaints kind {id} suggestion"),
            id=case.id,
        )
