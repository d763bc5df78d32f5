"""Where every calendar day counts (C13), what is owed by a business day is still owed once."""

from __future__ import annotations

from collections import Counter
from datetime import date

from branchops.core.people.events import RoleGiven
from branchops.testing import BranchKit


def test_no_duty_is_owed_twice_where_each_day_counts(kit: BranchKit) -> None:
    """January 2027 ends on a Sunday: its last business day is a Friday, and its month's duties are due then."""
    kit.record(RoleGiven(staff="li", role="admin-dept", start=kit.clock.today), "staff-li", actor="system")
    kit.pins()
    kit.ok("hygiene", "zones", "adopt", "--desks", "zhao,sun", as_="li")
    kit.ok("policy", "set", "calendar.business_days", "calendar", "--reason", "open on Sundays")
    kit.clock.set("2027-02-01 18:00")
    found = Counter((duty.rule, duty.subject) for duty in kit.duties())
    assert [one for one, times in found.items() if times > 1] == []
    monthly = [duty.due.date() for duty in kit.duties() if duty.subject == "2027-01#savings" and duty.due]
    assert monthly == [date(2027, 1, 29)]
    looks = [duty for duty in kit.duties() if duty.rule == "hygiene.random-spot-checks" and duty.due]
    assert [duty.due.date() for duty in looks if duty.due] == [date(2027, 1, 29)]
    cleaned = Counter(duty.args["date"] for duty in kit.duties() if duty.rule == "hygiene.big-clean-twice-monthly")
    assert set(cleaned.values()) == {1}
