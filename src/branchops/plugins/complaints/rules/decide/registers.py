"""Decisions at the desk: the handler designated, registers printed, statistics reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from branchops.api import Entry, Policy, RoleEnded, RoleGiven
from branchops.plugins.complaints import events as ev

HANDLER = "complaint-handler"
DESK = "complaint-desk"


class DesignateHandler(msgspec.Struct, frozen=True, kw_only=True):
    """Designate the handler. `relieved` maps whoever it was before to their last day."""

    staff: str
    start: date
    head: str
    until: date | None = None
    relieved: dict[str, date] = {}


def decide_handler_set(_state: object, command: DesignateHandler, _policy: Policy) -> Iterator[Entry]:
    """The head designated a handler: the role follows."""
    yield Entry(
        ev.HandlerDesignated(staff=command.staff, start=command.start, head=command.head, until=command.until), DESK
    )
    for staff, last in command.relieved.items():
        yield Entry(RoleEnded(staff=staff, role=HANDLER, on=last), f"staff-{staff}")
    given = RoleGiven(staff=command.staff, role=HANDLER, start=command.start, until=command.until)
    yield Entry(given, f"staff-{command.staff}")


class PrintRegister(msgspec.Struct, frozen=True, kw_only=True):
    """Note a print."""

    register: str
    period: str
    copy: int
    lines: int
    digest: str
    supplement: bool = False


def decide_print(_state: object, command: PrintRegister, _policy: Policy) -> ev.Printed:
    """A register was printed."""
    return ev.Printed(**msgspec.structs.asdict(command))


class ReportPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """Report a period upward."""

    period: str
    to: str
    n: int
    digest: str


def decide_report(_state: object, command: ReportPeriod, _policy: Policy) -> ev.Reported:
    """The statistics of a period went up."""
    return ev.Reported(**msgspec.structs.asdict(command))
