"""Article 7(2) and (5): the cause named; apology and correction where the bank is liable, explanation where not."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import CLOSINGS, same
from branchops.plugins.complaints.views import Case


@validator("complaints.analyse-cause", on=(ev.CauseFound, ev.Archived, *CLOSINGS))
def analyse_cause(event: object, case: Case | None, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 7(2): a cause by its code and in words before closing; the customer's own view stays beside it."""
    if isinstance(event, (ev.CauseFound, ev.Archived)):
        code = event.code if isinstance(event, ev.CauseFound) else event.cause
        codes = policy.get("complaints.cause.codes", ())
        if code not in codes and (code or isinstance(event, ev.CauseFound)):
            yield reject(N_("{code} is no cause code."), N_("The codes: {codes}"), code=code, codes=", ".join(codes))
    elif case is not None and case.kind == "complaint" and not case.cause:
        yield reject(
            N_("{id} cannot be closed: its cause was not found."), N_("branchops complaints cause {id} C1"), id=case.id
        )
    elif case is not None and case.kind == "complaint" and case.cause.endswith("99") and not case.cause_text:
        yield reject(
            N_("“Other” is no cause: say in words what it was."),
            N_('branchops complaints cause {id} {code} --text "..."'),
            id=case.id,
            code=case.cause,
        )
    elif case is not None and case.kind == "complaint" and not case.cause_text:
        yield warn(N_("The cause of {id} is a bare code; a sentence would say why."), id=case.id)


@validator("complaints.apologise-when-liable", on=(ev.Apologised, *CLOSINGS))
def apologise_when_liable(event: object, case: Case | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(5): where the bank is liable, wholly or in part, the one responsible apologises, not the handler."""
    if case is None:
        return
    if not isinstance(event, ev.Apologised):
        if case.upheld and not case.apologised_by:
            yield reject(
                N_("{id} was upheld: the person or department responsible has not apologised."),
                N_("branchops complaints apology {id} --by STAFF (or --department NAME)"),
                id=case.id,
            )
        return
    if event.department:
        return
    if not facts.people.knows(event.by):
        yield reject(
            N_("{by} is nobody at this outlet."),
            N_("If the person has left, the department apologises: --department"),
            by=event.by,
        )
    elif case.handler and same(facts, event.by, case.handler) and event.by not in case.about:
        yield reject(
            N_("{by} handles {id}; the one responsible apologises, not the handler."),
            N_("Name the person responsible, or the department with --department."),
            by=event.by,
            id=case.id,
        )


@validator("complaints.correct-promptly", on=ev.Corrected)
def correct_promptly(event: ev.Corrected, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(5): an error is put right; money moves in the core system, and its voucher is named here."""
    if case is not None and not case.outcome:
        yield reject(
            N_("Whether the bank is at fault in {id} is not decided."),
            N_("branchops complaints resolve {id} --outcome upheld"),
            id=case.id,
        )
    if not event.text.strip():
        yield reject(N_("Say what was put right."), N_("A line is enough: --text “...”."))
    if event.amount and not event.voucher:
        yield reject(
            N_("{amount} {currency} moved without a voucher."),
            N_("Name the voucher of the core system: --voucher"),
            amount=event.amount,
            currency=event.currency,
        )


@validator(
    "complaints.prevent-recurrence",
    on=ev.CauseFound,
    asks={"remedy": Ask("complaints.remedy", lambda event, case: f"{event.code}@{case.unit if case else ''}")},
)
def prevent_recurrence(event: ev.CauseFound, case: Case | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. 7(5): a cause that comes back after an upheld complaint was closed shows that the measure did not work."""
    remedy = facts["remedy"]
    if remedy is None or case is None or remedy.complaint == case.id:
        return
    days = (facts.calendar.day_of(facts.now) - facts.calendar.day_of(remedy.closed_at)).days
    if days <= policy["complaints.recurrence.days"]:
        yield breach(
            N_("The cause {code} is back {days} days after {earlier} was closed: the measure did not work."),
            code=event.code,
            days=days,
            earlier=remedy.complaint,
        )


@validator("complaints.explain-when-not-liable", on=(ev.Explained, *CLOSINGS))
def explain_when_not_liable(event: object, case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 7(5): where the bank is not at fault, that is explained with patience, and where the customer may turn."""
    if case is None:
        return
    if not isinstance(event, ev.Explained):
        if case.outcome == "not-upheld" and not case.explained_by:
            yield reject(
                N_("{id} was not upheld, and that was not explained to the customer."),
                N_("branchops complaints explain {id} --text “...”"),
                id=case.id,
            )
    elif not event.routes:
        yield warn(N_("Nothing says that the customer was told of review and mediation (--routes)."))
