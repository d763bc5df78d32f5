"""Article 3: duplicates are linked or merged, never deleted; nothing escapes its clock by it."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, reject, validator
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.views import Case


@validator(
    "complaints.record-every-one",
    on=ev.Merged,
    asks={"other": Ask("complaints.case", lambda event, _case: event.into)},
)
def merged_once(event: ev.Merged, case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3: the later complaint of the same customer goes into the earlier one, whose clock runs on."""
    other: Case | None = facts["other"]
    if case is None:
        return
    if other is None or other.id == case.id:
        yield reject(N_("{into} is no other complaint."), N_("Name an earlier complaint."), into=event.into)
    elif not other.open:
        yield reject(
            N_("{into} is closed or merged itself."),
            N_("Link the two instead: branchops complaints link {id} --to {into}"),
            into=event.into,
            id=case.id,
        )
    elif (other.received_at, other.id) > (case.received_at, case.id):
        yield reject(
            N_("{into} came later than {id}: the earlier one stays, for its clock runs."),
            N_("branchops complaints merge {into} --into {id}"),
            into=event.into,
            id=case.id,
        )
    elif case.complainant and other.complainant and case.complainant != other.complainant:
        yield reject(
            N_("{into} is another customer's: each is owed a reply."),
            N_("Link the two instead: branchops complaints link {id} --to {into}"),
            into=event.into,
            id=case.id,
        )


@validator("complaints.record-every-one", on=(ev.Unmerged, ev.Linked, ev.Unlinked))
def links_hold(
    event: ev.Unmerged | ev.Linked | ev.Unlinked, case: Case | None, _facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Art. 3: what is taken back was there; a complaint is not linked to itself or twice."""
    if case is None:
        return
    if isinstance(event, ev.Unmerged):
        if not case.merged_into:
            yield reject(N_("{id} is not merged."), N_("See: branchops complaints show {id}"), id=case.id)
        return
    known = any(link.to == event.to for link in case.links)
    if event.to == case.id:
        yield reject(N_("A complaint is not linked to itself."), N_("Name another one."))
    elif known == isinstance(event, ev.Linked):
        text = N_("{id} and {to} are linked already.") if known else N_("{id} and {to} are not linked.")
        yield reject(text, N_("See: branchops complaints show {id}"), id=case.id, to=event.to)


@validator(
    "complaints.record-every-one",
    on=ev.Received,
    asks={
        "whole": Ask("complaints.case", lambda event, _case: event.split_from or None),
        "before": Ask("complaints.case", lambda event, _case: event.reopens or None),
    },
)
def comes_from(event: ev.Received, _case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 3: a part keeps the clock of the whole; a matter that comes up again names the one it was."""
    whole: Case | None = facts["whole"]
    if event.split_from and (whole is None or event.since != whole.received_at):
        yield reject(
            N_("A part taken out of {whole} keeps its clock."),
            N_("branchops complaints split {whole}"),
            whole=event.split_from,
        )
    elif event.since is not None and not event.split_from:
        yield reject(N_("The clock of a complaint starts when it is taken."), N_("Leave `since` out."))
    if event.reopens and facts["before"] is None:
        yield reject(
            N_("There is no complaint {id}."), N_("The list: branchops complaints list --all"), id=event.reopens
        )
