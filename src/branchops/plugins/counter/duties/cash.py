"""What cash makes somebody owe: absences, tills, differences, large cash, bags, incidents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from branchops.api import N_, Ask, Duty, Facts, duty, end_of_day, enforces, within_business_days, within_minutes
from branchops.plugins.counter.duties.shared import counted
from branchops.plugins.counter.rules.common import GENERAL, HEAD
from branchops.plugins.counter.views.custody import Bag, Incident, Stamp
from branchops.plugins.counter.views.differences import Diff
from branchops.plugins.counter.views.seat import Absence, Move, Till
from branchops.plugins.counter.views.shared import Done

OPEN = {"open": True}


@duty("counter.long-absence-signoff", view="counter.absence", where=OPEN)
def sign_off(row: Absence, facts: Facts) -> Iterator[Duty]:
    """I.8: whoever is away signs off before the absence is a long one; a short one owes nothing."""
    policy = facts.policy_at(row.left_at)
    limit = within_minutes(row.left_at, policy["counter.leave.long_minutes"], facts.calendar, False)
    if row.returned is not None and row.returned.at <= limit.due:
        return
    yield Duty(
        rule="counter.long-absence-signoff",
        subject=row.id,
        title=N_("Sign off {teller}'s terminal"),
        born=row.left_at,
        due=limit.due,
        who=row.teller,
        met=counted(row.signed_off, facts.calendar),
        policy=policy.version,
        steps=limit.steps,
        curable=row.returned is None,
        args={"teller": row.teller},
    )


@duty(
    "counter.long-absence-stamps-stowed",
    view="counter.absence",
    where=OPEN,
    asks={"stamps": Ask("counter.stamp", lambda row, _: {"holder": row.teller}, many=True)},
)
def stow_stamps(row: Absence, facts: Facts) -> Iterator[Duty]:
    """I.8: and locks away the stamps, or hands them over."""
    stamps: tuple[Stamp, ...] = tuple(one for one in facts["stamps"] if not one.lost)
    policy = facts.policy_at(row.left_at)
    limit = within_minutes(row.left_at, policy["counter.leave.long_minutes"], facts.calendar, False)
    if not stamps or (row.returned is not None and row.returned.at <= limit.due):
        return
    met = max((one.touched for one in stamps), default=None) if all(one.stowed for one in stamps) else None
    yield Duty(
        rule="counter.long-absence-stamps-stowed",
        subject=row.id,
        title=N_("Lock away {teller}'s stamps, or hand them over"),
        born=row.left_at,
        due=limit.due,
        who=row.teller,
        met=met,
        policy=policy.version,
        steps=limit.steps,
        curable=row.returned is None,
        args={"teller": row.teller},
    )


@duty(
    "counter.atm-difference-same-day",
    view="counter.absence",
    where={"differs": True},
    asks={"diffs": Ask("counter.diff", lambda row, _: {"teller": row.teller}, many=True)},
)
def own_up_to_difference(row: Absence, facts: Facts) -> Iterator[Duty]:
    """I.2: two counts that disagree are a difference, whichever way they were recorded; until it is one, it is owed."""
    if row.witness_count is None or row.witnessed is None:
        return
    gap = row.witness_count - row.count
    born = row.witnessed.recorded
    found = [one for one in facts["diffs"] if (one.amount, one.currency) == (gap, row.currency)]
    if any(one.found.recorded >= born for one in found):
        return
    limit = end_of_day(born, facts.calendar)
    yield Duty(
        rule="counter.atm-difference-same-day",
        subject=row.id,
        title=N_("Open the difference of {amount} that the two counts found"),
        born=born,
        due=limit.due,
        who=row.teller,
        policy=facts.policy_at(born).version,
        steps=limit.steps,
        critical=True,
        args={"amount": f"{gap} {row.currency}"},
    )


@duty("counter.atm-difference-same-day", view="counter.diff", where=OPEN)
def settle_difference(row: Diff, facts: Facts) -> Iterator[Duty]:
    """I.2: resolved, or suspended with an approval, on its day; a suspended one is followed up until disposed of."""
    rule = "counter.atm-difference-same-day"
    policy = facts.policy_at(row.found.at)
    limit = end_of_day(row.found.at, facts.calendar)
    if policy["counter.diff.close_by"] == "next-business-day":
        limit = within_business_days(row.found.at, 1, facts.calendar)
    ways = [row.closed]
    if policy["counter.diff.suspension_counts"]:
        ways.append(row.suspended)
    yield Duty(
        rule=rule,
        subject=row.id,
        title=N_("Resolve or suspend the difference of {amount}"),
        born=row.found.at,
        due=limit.due,
        who=row.teller or row.found.by,
        met=min((at for way in ways if (at := counted(way, facts.calendar))), default=None),
        policy=policy.version,
        steps=limit.steps,
        critical=True,
        args={"amount": f"{row.amount} {row.currency}"},
    )
    if row.suspended is None:
        return
    since: list[Done] = [row.suspended, *row.followed]
    for number, done in enumerate(since, 1):
        born = counted(done, facts.calendar) or done.at
        policy = facts.policy_at(born)
        later = [counted(one, facts.calendar) for one in since[number:]] + [counted(row.closed, facts.calendar)]
        yield Duty(
            rule=rule,
            subject=f"{row.id}#{number}",
            title=N_("Follow up the suspended difference"),
            born=born,
            due=within_business_days(born, policy["counter.diff.follow_up_days"], facts.calendar).due,
            who=row.suspended.by,
            met=min((at for at in later if at), default=None),
            policy=policy.version,
        )


@enforces("counter.large-cash-to-safe")
def crossings(moves: tuple[Move, ...], large: dict[str, str]) -> Iterator[tuple[str, Move, Decimal, Done | None]]:
    """Each time a currency's balance of the till reached the threshold: code, the move, the balance, the way back."""
    balances: dict[str, Decimal] = {}
    standing: dict[str, tuple[Move, Decimal]] = {}
    for move in sorted(moves, key=lambda one: one.at):
        code = move.currency
        balances[code] = balances.get(code, Decimal(0)) + move.amount
        limit = Decimal(large[code]) if code in large else None
        if limit is None:
            continue
        if balances[code] >= limit and code not in standing:
            standing[code] = (move, balances[code])
        elif balances[code] < limit and code in standing:
            first, amount = standing.pop(code)
            yield code, first, amount, Done(move.at, move.recorded)
    for code, (first, amount) in standing.items():
        yield code, first, amount, None


@duty("counter.large-cash-to-safe", view="counter.till", where={"cash": True})
def to_the_safe(row: Till, facts: Facts) -> Iterator[Duty]:
    """I.4: when the cash that came in reaches the threshold of its currency, it goes to the safe; small sums add up."""
    if not row.moves:
        return
    large = facts.policy_at(min(move.at for move in row.moves))["counter.cash.large"]
    for number, (code, move, amount, back) in enumerate(crossings(row.moves, large), 1):
        policy = facts.policy_at(move.at)
        limit = within_minutes(move.at, policy["counter.cash.large_minutes"], facts.calendar, False)
        yield Duty(
            rule="counter.large-cash-to-safe",
            subject=f"{row.id}#{number}",
            title=N_("Lock {amount} {currency} in the safe (large from {large})"),
            born=move.at,
            due=limit.due,
            who=row.teller,
            met=counted(back, facts.calendar),
            policy=policy.version,
            steps=limit.steps,
            args={"amount": str(amount), "currency": code, "large": large[code]},
        )


@duty("counter.eod-count-with-general-teller", view="counter.till", where=OPEN)
def final_count(row: Till, facts: Facts) -> Iterator[Duty]:
    """I.6: a till that was used is counted with the general teller after the formal balance, on its day."""
    born = min([*(b.at for b in row.balances), *(m.at for m in row.moves), *(f.at for f in row.finals)])
    policy = facts.policy_at(born)
    final = row.counted
    yield Duty(
        rule="counter.eod-count-with-general-teller",
        subject=row.id,
        title=N_("Count {teller}'s till with the general teller"),
        born=born,
        due=facts.calendar.close_of(date.fromisoformat(row.day)),
        who=row.teller,
        role=GENERAL,
        met=counted(Done(final.at, final.recorded), facts.calendar) if final else None,
        policy=policy.version,
        critical=True,
        args={"teller": row.teller},
    )


@duty("counter.cash-bag-dual-seal-evening", view="counter.bag", where={"sealed": False})
def seal_bag(row: Bag, facts: Facts) -> Iterator[Duty]:
    """I.5: a bag that was opened is sealed by two in the evening."""
    if row.sealed:
        return
    limit = end_of_day(row.done.at, facts.calendar)
    yield Duty(
        rule="counter.cash-bag-dual-seal-evening",
        subject=row.id,
        title=N_("Seal the bag {bag}, two together"),
        born=row.done.at,
        due=limit.due,
        who=row.by[0] if row.by else "",
        policy=facts.policy_at(row.done.at).version,
        steps=limit.steps,
        critical=True,
        args={"bag": row.bag},
    )


@duty("counter.cash-bag-dual-open-morning", "counter.long-absence-stamps-stowed", view="counter.incident", where=OPEN)
def clear_incident(row: Incident, facts: Facts) -> Iterator[Duty]:
    """I.5, I.8: a strange seal or a lost stamp is looked into by the head."""
    policy = facts.policy_at(row.recorded_at)
    limit = within_business_days(row.recorded_at, policy["counter.incident.days"], facts.calendar)
    yield Duty(
        rule=row.rule or "counter.cash-bag-dual-open-morning",
        subject=row.id,
        title=N_("Look into the incident: {about}"),
        born=row.at,
        due=limit.due,
        who=facts.people.head(facts.calendar.day_of(facts.now)) or "",
        role=HEAD,
        met=counted(row.cleared, facts.calendar),
        policy=policy.version,
        steps=limit.steps,
        args={"about": row.about},
    )
