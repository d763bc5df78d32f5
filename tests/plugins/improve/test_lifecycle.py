"""Whatever is appended, in whatever order and past every command: nothing is closed that was not earned."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.api import New, NotEntitled, Rejected
from branchops.plugins.improve import events as ev

DIGEST = "ab" * 32

STEPS: dict[str, Any] = {
    "assign": ev.Assigned(owner="zhao", due=date(2026, 12, 4)),
    "assign li": ev.Assigned(owner="li", due=date(2026, 12, 4)),
    "move the day": ev.Assigned(owner="zhao", due=date(2027, 3, 4)),
    "extend": ev.Extended(due=date(2026, 12, 18), reason="part on order", approver="chen"),
    "rectify": ev.Rectified(by="zhao", what="mended", sha256=DIGEST, practice="checked"),
    "rectify by sun": ev.Rectified(by="sun", what="mended", record="TS-2026-0001", no_change="a slip"),
    "rectify unproved": ev.Rectified(by="zhao", what="mended", sha256="soon", practice="checked"),
    "rectify, no practice": ev.Rectified(by="zhao", what="mended", sha256=DIGEST),
    "look": ev.LookedAcross(by="zhao", where="all windows", result="nothing"),
    "excuse": ev.AnaloguesExcused(by="zhao", reason="the only one"),
    "verify as zhao": ev.Verified(by="zhao"),
    "verify as sun": ev.Verified(by="sun"),
    "it is not": ev.Verified(by="sun", effective=False),
    "close": ev.Closed(by="zhao"),
}


@pytest.fixture
def signing(kit: Any) -> Any:
    """A branch whose signers have PINs."""
    kit.pins("chen", "sun", "zhao")
    return kit


@settings(max_examples=25)
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=4, max_size=12))
def test_no_order_of_entries_closes_a_finding_that_is_not_put_right(signing: Any, steps: list[str]) -> None:
    """Closed means: proved, practice changed or a reason, verified by another person, looked across after the fix."""
    finding = signing.record(ev.Opened(severity="high", text="x"), New("F")).stream
    stored: list[str] = []
    for step in [*steps, "close"]:
        signing.clock.tick(minutes=1)
        with contextlib.suppress(Rejected, NotEntitled):
            signing.record(STEPS[step], finding)
            stored.append(step)
    row = signing.row("improve.finding", finding)
    assert {due.due for due in row.dues} <= {date(2026, 12, 4), date(2026, 12, 18), date(2027, 3, 4)}
    assert len(row.dues) <= 1 + stored.count("extend")
    assert not {"rectify unproved", "rectify, no practice"} & set(stored)
    if not row.open:
        assert stored[-1] == "close" or stored.index("close") == len(stored) - 1
        assert row.verified.by not in (row.owner, row.fix.by)
        assert row.look.at >= row.fixes[0].at
        assert row.verified.at >= row.fix.at


@pytest.mark.parametrize("step", sorted(set(STEPS) - {"it is not"}))
def test_nothing_is_appended_to_a_finding_that_is_closed_or_never_was(signing: Any, step: str) -> None:
    """Not by a command, not by a batch: every kind of entry is refused alike."""
    finding = signing.record(ev.Opened(severity="high", text="x"), New("F")).stream
    for done in ("assign", "rectify", "look", "verify as sun", "close"):
        signing.record(STEPS[done], finding)
    for stream in (finding, "F-2026-0099"):
        before = len(signing.events())
        with pytest.raises(Rejected):
            signing.record(STEPS[step], stream)
        assert len([event for event in signing.events() if event.type.startswith("improve.")]) <= before


@pytest.mark.parametrize(
    "event",
    [
        ev.PlanMade(title="x", first=date(2026, 12, 1), last=date(2026, 12, 31), owner="li", targets=()),
        ev.MeasureTaken(kind="magic", text="x"),
        ev.Opened(severity="low"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_the_append_path_refuses_what_the_commands_refuse(signing: Any, event: Any) -> None:
    """A plan without targets, a measure of no kind, a finding of nothing."""
    before = len(signing.events())
    with pytest.raises(Rejected):
        signing.record(event, New("P"))
    assert len(signing.events()) == before
