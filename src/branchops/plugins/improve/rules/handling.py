"""Doc1 III.2: made known promptly and put right promptly; a due date moves only by a signed extension."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator
from branchops.plugins.improve import events as ev
from branchops.plugins.improve.rules.common import NOTIFIED, RECTIFIED, here, same
from branchops.plugins.improve.views import Finding


@validator(RECTIFIED, on=ev.WORK)
def only_open_ones(_event: object, row: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.2: a closed finding is not worked on; when it comes back it is a new one, linked to the old."""
    if row is None:
        stream = facts.record.stream if facts.record else ""
        yield reject(N_("There is no finding {id}."), N_("See: branchops improve finding list"), id=stream)
    elif not row.open:
        yield reject(
            N_("{id} is closed."),
            N_("If it came back: branchops improve finding open --reopens {id} --text “...”"),
            id=row.id,
        )


@validator(NOTIFIED, on=ev.Notified)
def made_known(event: ev.Notified, _row: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.2: made known to somebody who works here."""
    gone = [who for who in event.to if not here(facts, who)]
    if not event.to:
        yield reject(N_("Nobody was told."), N_("Name those concerned: --to li,wang"))
    elif len(gone) == len(event.to):
        yield reject(N_("{who} does not work here any more."), N_("Name somebody who does."), who=", ".join(gone))


@validator(RECTIFIED, on=ev.Assigned)
def assigned_with_a_day(event: ev.Assigned, row: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.2: an owner who works here, and a day to come; once set, the day does not change by assigning again."""
    if not here(facts, event.owner):
        yield reject(N_("{who} does not work here any more."), N_("Assign it to somebody who does."), who=event.owner)
    if row is None:
        return
    if row.due is not None and event.due != row.due:
        yield reject(
            N_("{id} is due on {due}; assigning it again does not move that."),
            N_("branchops improve finding extend {id} --due DATE --reason “...” (the head signs)"),
            id=row.id,
            due=row.due,
        )
    elif row.due is None and event.due < facts.calendar.day_of(facts.now):
        yield reject(N_("{due} has passed."), N_("Name a day to come."), due=event.due)


@validator(RECTIFIED, on=ev.Extended)
def extended_with_a_reason(event: ev.Extended, row: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.2: more time needs a later day, a reason, and a head who does not own the finding."""
    if row is None:
        return
    if row.due is None:
        yield reject(
            N_("{id} has no due date yet."), N_("branchops improve finding assign {id} --owner STAFF --due DATE"),
            id=row.id,
        )  # fmt: skip
    elif event.due <= row.due or event.due < facts.calendar.day_of(facts.now):
        yield reject(
            N_("{due} is no extension: {id} is due on {old}."), N_("Name a later day."), id=row.id, due=event.due,
            old=row.due,
        )  # fmt: skip
    if not event.reason.strip():
        yield reject(N_("More time needs a reason."), N_("A line is enough: --reason “...”"))
    if same(facts, event.approver, row.owner):
        yield reject(
            N_("{who} owns {id} and cannot give it more time."),
            N_("A delegate who holds the role of the head does, or another owner takes it."),
            who=event.approver,
            id=row.id,
        )


@validator(RECTIFIED, on=ev.Raised)
def raised_when_overdue(event: ev.Raised, row: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.2: the ladder is for what is overdue."""
    if row is None:
        return
    if row.fix is not None or row.due is None or facts.calendar.day_of(facts.now) <= row.due:
        yield reject(N_("{id} is not overdue."), id=row.id)
    if event.step < 1:
        yield reject(N_("The first step of the ladder is 1."))
