"""What can go wrong, and the exit code of each: the one append-only enum that scripts rely on.

Every error that reaches a user is a `BranchOpsError`: a message in the user's words, a hint that names the fix, and,
where a rule of the rulebook speaks, its id. `cli.py` is the only place that turns one into text and a status.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, ClassVar


class Exit(IntEnum):
    """Process exit codes. Append-only: a number, once shipped, never changes its meaning."""

    DONE = 0
    USAGE = 2
    OWED = 3
    REJECTED = 4
    NOT_ENTITLED = 5
    CONFLICT = 6
    BUSY = 7
    INTEGRITY = 8
    PARTLY = 9
    NOT_FOUND = 10
    UNKNOWN = 11
    PLUGIN = 12
    FAULT = 70


class BranchOpsError(Exception):
    """Base of all errors meant for users.

    `message` and `hint` are already translated. `rule` is a rule id or empty. `details` holds JSON-ready facts
    (for example the actual version of a conflict).
    """

    exit: ClassVar[Exit] = Exit.FAULT
    code: ClassVar[str] = "fault"

    def __init__(self, message: str, hint: str = "", *, rule: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.rule = rule
        self.details = details

    def as_dict(self) -> dict[str, Any]:
        """The error object of the JSON contract, without the outer `error` key."""
        body: dict[str, Any] = {"code": self.code, "exit": int(self.exit), "message": self.message, "hint": self.hint}
        if self.rule:
            body["rule"] = self.rule
        if self.details:
            body["details"] = self.details
        return body


class UsageError(BranchOpsError):
    """The words of the command are off."""

    exit = Exit.USAGE
    code = "usage"


class Owed(BranchOpsError):
    """Something is still owed; nothing is broken."""

    exit = Exit.OWED
    code = "owed"


class Rejected(BranchOpsError):
    """A rule rejects the claim as impossible or forged; nothing was stored."""

    exit = Exit.REJECTED
    code = "rejected"


class NotEntitled(BranchOpsError):
    """The person may not do this, or a signature failed."""

    exit = Exit.NOT_ENTITLED
    code = "not-entitled"


class Conflict(BranchOpsError):
    """Someone else was faster (version), or a key was used for other content."""

    exit = Exit.CONFLICT
    code = "conflict"


class Busy(BranchOpsError):
    """The store's writer lock could not be had in time."""

    exit = Exit.BUSY
    code = "busy"


class IntegrityError(BranchOpsError):
    """The store is damaged, foreign, or newer than this program."""

    exit = Exit.INTEGRITY
    code = "integrity"


class PartlyRejected(BranchOpsError):
    """Some rows of an input were refused; the good ones are stored."""

    exit = Exit.PARTLY
    code = "partly-rejected"


class NotFound(BranchOpsError):
    """No such record, person, rule or file."""

    exit = Exit.NOT_FOUND
    code = "not-found"


class OutcomeUnknown(BranchOpsError):
    """The commit may or may not have happened; running again with the same key is safe."""

    exit = Exit.UNKNOWN
    code = "unknown"


class PluginFailed(BranchOpsError):
    """A plugin raised where it should have answered."""

    exit = Exit.PLUGIN
    code = "plugin"
