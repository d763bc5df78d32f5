"""What a verification found, what it proved, and what it could not.

Invariant: `Report.ok` is true exactly when no finding is an error; a notice tells something worth knowing that proves
no damage, such as a clock that was set back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

KEPT = 200
"""So many findings are kept in full; the rest are only counted, so that memory stays flat on a ruined file."""

LOOKED_UP = frozenset(("key", "pages", "version", "id", "index"))
"""Codes of findings that come from indexes and look-ups, not from reading the events in order."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be. `pos` is the event's position, or None where no single event is meant."""

    pos: int | None
    code: str
    message: str
    severity: str = "error"


@dataclass
class Report:
    """The outcome of a verification. `proved` and `unproved` are sentences for people."""

    events: int = 0
    root: bytes = b""
    findings: list[Finding] = field(default_factory=list)
    errors: int = 0
    notices: int = 0
    proved: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.errors == 0

    @property
    def first_bad(self) -> int | None:
        """The lowest position among the errors; None when none names an event.

        What the events' own rows show comes before what was looked up: one damaged row misleads look-ups elsewhere.
        """
        errors = [f for f in self.findings if f.severity == "error" and f.pos is not None]
        rows = [f for f in errors if f.code not in LOOKED_UP]
        return min((f.pos for f in rows or errors if f.pos is not None), default=None)

    def error(self, pos: int | None, code: str, message: str) -> None:
        self.errors += 1
        self._keep(Finding(pos, code, message))

    def notice(self, pos: int | None, code: str, message: str) -> None:
        self.notices += 1
        self._keep(Finding(pos, code, message, "notice"))

    def _keep(self, finding: Finding) -> None:
        if len(self.findings) < KEPT:
            self.findings.append(finding)
