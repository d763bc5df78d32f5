"""What the desk owes head office: statistics of every period, a nil return too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from branchops.api import N_, Duty, Facts, duty, month_ends, within_business_days
from branchops.plugins.complaints.rules.shared import HANDLER
from branchops.plugins.complaints.views import Desk

REPORT = "complaints.handler-duties"


@duty(REPORT, view="complaints.desk")
def report_statistics(desk: Desk, facts: Facts) -> Iterator[Duty]:
    """Art. 4: the handler compiles, analyses and reports; each period that has ended is owed."""
    today = facts.calendar.day_of(facts.now)
    for end in month_ends(facts.calendar.day_of(desk.since), today):
        if end >= today:
            continue
        policy = facts.policy_at(facts.calendar.close_of(end))
        for period in periods_ending(end, policy.get("complaints.report.periods", ())):
            limit = within_business_days(
                facts.calendar.close_of(end), policy["complaints.report.within"], facts.calendar
            )
            sent = desk.reported.get(period)
            yield Duty(
                rule=REPORT,
                subject=f"{desk.outlet}@{period}",
                title=N_("Report the complaints of {period} to head office"),
                born=facts.calendar.close_of(end),
                due=limit.due,
                who=next(iter(facts.people.holders(HANDLER, today)), ""),
                role=HANDLER,
                met=datetime.fromisoformat(sent) if sent else None,
                policy=policy.version,
                steps=limit.steps,
                args={"period": period},
            )


def periods_ending(end: date, kinds: tuple[str, ...]) -> Iterator[str]:
    """The periods of the kinds month, quarter, year that end on the last day of a month."""
    if "month" in kinds:
        yield f"{end:%Y-%m}"
    if "quarter" in kinds and end.month % 3 == 0:
        yield f"{end.year}-Q{end.month // 3}"
    if "year" in kinds and end.month == 12:
        yield str(end.year)
