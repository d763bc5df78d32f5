"""How a finding is opened: once for each problem, linked to what it repeats."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, reject, validator, warn
from branchops.plugins.improve import events as ev
from branchops.plugins.improve.rules.common import RECTIFIED
from branchops.plugins.improve.views import Finding, series_key
from branchops.plugins.improve.views.series import within

ASKS = {
    "marked": Ask("improve.mark", lambda event, _state: event.mark or None),
    "before": Ask("improve.finding", lambda event, _state: event.reopens or None),
    "series": Ask("improve.series", lambda event, _state: series_key(event) or None),
}


@validator(RECTIFIED, on=ev.Opened, asks=ASKS)
def opened_once(event: ev.Opened, _state: Finding | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. III.2: it says what is wrong; the same problem opens one finding only, and a closed one stays closed."""
    if not (event.text.strip() or event.rule or event.record):
        yield reject(N_("A finding says what was found."), N_("A line is enough: --text “...”"))
    if facts["marked"] is not None:
        yield reject(
            N_("This has opened {id} already."), N_("See: branchops improve finding show {id}"),
            id=facts["marked"].finding,
        )  # fmt: skip
    if event.reopens and facts["before"] is None:
        yield reject(N_("There is no finding {id} to come back to."), id=event.reopens)
    elif event.reopens and facts["before"].open:
        yield reject(N_("{id} is still open: nothing has come back."), N_("Go on with {id} instead."), id=event.reopens)


@validator(RECTIFIED, on=ev.Opened, asks=ASKS)
def repeats_are_linked(_event: ev.Opened, _state: Finding | None, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Art. III.2: the same rule at the same unit again within the window is a repeat, and is told at once."""
    series = facts["series"]
    days = policy["improve.repeat.window"]
    at = facts.record.occurred_at if facts.record else facts.now
    earlier = within(series, at, days)
    if earlier:
        yield warn(
            N_("This repeats {earlier}: {n} times within {days} days."),
            N_("Look why the earlier measure did not hold."),
            earlier=", ".join(case.id for case in earlier[-3:]),
            n=len(earlier) + 1,
            days=days,
        )
