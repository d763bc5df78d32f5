"""Doc1 III.1 and III.3: putting right changes how work is done, another one sees it, and one looks further."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.improve import events as ev
from branchops.plugins.improve.rules.common import ANALOGY, STANDARD, proved, same
from branchops.plugins.improve.views import Finding, Fix


def _practice(event: ev.Rectified | Fix) -> bool:
    return bool(event.practice.strip() or event.rule_changed.strip() or event.no_change.strip())


@validator(STANDARD, on=ev.Rectified)
def rectify_and_standardise(
    event: ev.Rectified, _row: Finding | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. III.1: it says what was put right, with evidence, and which practice or rule text changed, or why none."""
    if not event.what.strip():
        yield reject(N_("Say what was put right."), N_("A line is enough: --what “...”"))
    if not proved(event):
        yield reject(
            N_("Nothing proves that it was put right."),
            N_("Name a file (--evidence photo.jpg) or a record of this ledger (--record TS-2026-0001)."),
        )
    if not _practice(event):
        yield reject(
            N_("What is done differently now?"),
            N_("--practice “...”, or --rule-changed ID, or the reason why nothing had to change: --no-change “...”"),
        )


@validator(STANDARD, on=ev.Verified)
def another_verifies(event: ev.Verified, row: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.1: whoever owns a finding, or put it right, does not verify it."""
    if row is None:
        return
    if row.fix is None:
        yield reject(
            N_("{id} is not put right yet: there is nothing to verify."),
            N_("branchops improve finding rectify {id} ..."),
            id=row.id,
        )
    elif any(same(facts, event.by, one) for one in (row.owner, row.fix.by)):
        yield reject(
            N_("{by} owns {id} or put it right, and cannot verify it."),
            N_("Ask somebody else: --by STAFF"),
            by=event.by,
            id=row.id,
        )


@validator(STANDARD, on=ev.Closed)
def closed_when_verified(_event: ev.Closed, row: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.1: closed is what was put right, with a practice changed or a reason, and verified."""
    if row is None:
        return
    fix = row.fix
    if fix is None or not _practice(fix):
        yield reject(N_("{id} is not put right yet."), N_("branchops improve finding rectify {id} ..."), id=row.id)
    elif row.verified is None:
        yield reject(
            N_("Nobody else has verified {id}."), N_("branchops improve finding verify {id} --by STAFF"), id=row.id
        )
    elif same(facts, row.verified.by, row.owner):
        yield reject(
            N_("{by} has verified {id} and owns it since."),
            N_("Ask somebody else to verify it: branchops improve finding verify {id} --by STAFF"),
            by=row.verified.by,
            id=row.id,
        )


@validator(ANALOGY, on=ev.Closed)
def learn_by_analogy(_event: ev.Closed, row: Finding | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.3: before closing, somebody looked elsewhere after the rectification, or said why there is no need."""
    if row is not None and row.look is None:
        yield reject(
            N_("Nobody has looked, since {id} was put right, whether it is wrong elsewhere too."),
            N_("branchops improve finding analogues {id} --where “...” --result “...” (or --none REASON)"),
            id=row.id,
        )


@validator(ANALOGY, on=(ev.LookedAcross, ev.AnaloguesExcused))
def on_the_premise_of_rectification(
    event: ev.LookedAcross | ev.AnaloguesExcused, row: Finding | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. III.3: looking across counts on the premise that the finding itself was put right."""
    if row is None:
        return
    said = (event.where, event.result) if isinstance(event, ev.LookedAcross) else (event.reason,)
    if not all(text.strip() for text in said):
        yield reject(N_("Say where somebody looked and what came of it, or why there is nowhere to look."))
    at = facts.record.occurred_at if facts.record else facts.now
    if row.fix is None or at < row.fix.at:
        yield warn(
            N_("{id} was not put right when this was done: it is kept, and does not count as the look across."),
            N_("Put it right first, then look again."),
            id=row.id,
        )
