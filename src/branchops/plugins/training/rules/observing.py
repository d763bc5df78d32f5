"""Observing how customers are served (Doc4): sheets, hard fails, accommodations, appearance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, reject, validator, warn
from branchops.plugins.training.events import conduct as ev
from branchops.plugins.training.rules.sheet import Item, items
from branchops.plugins.training.views.observation import Observation

ACCOMMODATION = "accommodation"


@validator(
    "training.smile-sincerely",
    on=ev.Observed,
    asks={"lifted": Ask("training.accommodation", lambda event, _: {"staff": event.staff}, many=True)},
)
def sheet_is_sound(event: ev.Observed, row: Observation | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 1: points lie on the item's scale, and what is left out is left out for a coded reason."""
    if row is not None:
        yield reject(N_("This number is taken by another observation."), N_("Record it without giving a number."))
    people = facts.people
    for who in (event.staff, event.observer):
        if not people.knows(who):
            yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=who)
            return
    if people.same_person(event.staff, event.observer):
        yield reject(N_("Nobody observes oneself."), N_("For your own eyes only: branchops training check-in"))
    day = facts.calendar.day_of(facts.now)
    lifted = {item for one in facts["lifted"] if one.until is None or day <= one.until for item in one.item.split()}
    yield from _judged(event.scores, items(facts.table("training", "checklist")), lifted)


@validator("training.smile-sincerely", on=ev.SecondSheet)
def second_observer_is_another(
    event: ev.SecondSheet, row: Observation | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc4 par. 1: two observers agree or not only if they are two, and neither is the one observed."""
    if row is None:
        yield reject(N_("There is no such observation."), N_("branchops training observations"))
        return
    people = facts.people
    if not people.knows(event.observer):
        yield reject(
            N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.observer
        )
    elif any(people.knows(who) and people.same_person(who, event.observer) for who in (row.observer, row.staff)):
        yield reject(N_("The second sheet is by somebody else than observer and observed."), N_("Ask a third person."))
    if row.second:
        yield reject(N_("{id} has its second sheet."), N_("Record another observation."), id=row.id)
    yield from _judged(event.scores, items(facts.table("training", "checklist")), None)


def _judged(scores: Iterable[ev.Score], book: dict[str, Item], lifted: set[str] | None) -> Iterator[Verdict]:
    seen: set[str] = set()
    for score in scores:
        item = book.get(score.item)
        if item is None or score.item in seen:
            yield reject(
                N_("“{item}” is not on the sheet, or stands on it twice."),
                N_("The sheet: branchops training sheet"),
                item=score.item,
            )
            continue
        seen.add(score.item)
        yield from _item(score, item, lifted)
    if not seen:
        yield reject(N_("A sheet has at least one item."), N_("branchops training sheet"))


def _item(score: ev.Score, item: Item, lifted: set[str] | None) -> Iterator[Verdict]:
    if (score.points is None) is not bool(score.na):
        yield reject(
            N_("“{item}” needs points, or a reason why it does not apply."), N_("--score or --na"), item=item.code
        )
    elif score.points is not None and not 0 <= score.points <= item.most:
        yield reject(
            N_("“{item}” takes 0 to {most} points."), N_("branchops training sheet"), item=item.code, most=item.most
        )
    elif score.points is None and score.na not in (*item.na, ACCOMMODATION):
        yield reject(
            N_("“{reason}” is no reason for which “{item}” does not apply."),
            N_("Reasons: {known}"),
            reason=score.na,
            item=item.code,
            known=", ".join(item.na),
        )
    elif lifted is not None and (score.na == ACCOMMODATION) is not (item.code in lifted):
        yield reject(
            N_("“{item}” does not apply to somebody if, and only if, an accommodation says so."),
            N_("branchops training accommodate STAFF --item {item} --reason CODE"),
            item=item.code,
        )


@validator("training.no-tossing", "training.no-shouting-amounts", on=ev.Observed)
def hard_fails(event: ev.Observed, _row: Observation | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 6: tossing, shouting amounts, refusing small business: seen once is broken once."""
    book = items(facts.table("training", "checklist"))
    for score in event.scores:
        item = book.get(score.item)
        if item is not None and item.hard and score.points == 0:
            word = breach(N_("{staff}: “{item}” failed."), staff=event.staff, item=item.code)
            yield msgspec.structs.replace(word, rule=item.rules[0])


@validator("training.appearance-neat", on=ev.AppearanceChecked)
def two_pairs_of_eyes(event: ev.AppearanceChecked, _row: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 6: the check before opening is one's own and a colleague's, and names points of the bank's standard."""
    people = facts.people
    strangers = [who for who in (event.staff, event.peer) if not people.knows(who)]
    if strangers:
        yield reject(
            N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=strangers[0]
        )
    elif people.same_person(event.staff, event.peer):
        yield reject(N_("The second pair of eyes is somebody else's."), N_("Ask a colleague: --peer"))
    known = [str(row["code"]) for row in facts.table("training", "appearance")]
    wrong = [code for code in event.missing if code not in known]
    if wrong:
        yield reject(
            N_("“{code}” is no point of the standard."), N_("Points: {known}"), code=wrong[0], known=", ".join(known)
        )
    elif event.missing:
        yield warn(N_("To put right before opening: {points}."), points=", ".join(event.missing))


@validator("training.appearance-neat", on=ev.Accommodated)
def accommodation_is_coded(event: ev.Accommodated, _row: object, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 6: culture, religion, pregnancy, disability: a code, never a story; only what is on the sheet."""
    book = items(facts.table("training", "checklist"))
    hard = [code for code in event.items if code not in book or book[code].hard]
    if hard or not event.items:
        yield reject(
            N_("“{item}” cannot be lifted."),
            N_("Items: {known}"),
            item=", ".join(hard),
            known=", ".join(code for code, item in book.items() if not item.hard),
        )
    known = [str(row["code"]) for row in facts.table("training", "accommodation")]
    if event.reason not in known:
        yield reject(N_("“{code}” is no ground."), N_("Grounds: {known}"), code=event.reason, known=", ".join(known))
    if not facts.people.knows(event.staff):
        yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.staff)
