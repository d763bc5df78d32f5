"""Findings as rows: one `Finding` a problem, folded from its stream."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from branchops.api import Recorded
from branchops.plugins.improve.views.series import series_key


class Done(msgspec.Struct, frozen=True):
    """A step taken: when as claimed, when recorded, by whom."""

    at: datetime
    recorded: datetime
    by: str


class Due(msgspec.Struct, frozen=True):
    """A due date in the finding's history. Only the last one counts; `reason` and `approver` belong to an extension."""

    due: date
    recorded: datetime
    by: str
    reason: str = ""
    approver: str = ""


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """One time it was put right. `failed`: the verification found that it was not."""

    by: str
    what: str
    at: datetime
    recorded: datetime
    evidence: str = ""
    sha256: str = ""
    record: str = ""
    practice: str = ""
    rule_changed: str = ""
    no_change: str = ""
    failed: bool = False

    @property
    def proof(self) -> str:
        """The evidence in a few words: a record, or a file with the head of its digest."""
        return self.record or f"{self.evidence} sha256:{self.sha256[:12]}".strip()


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One look across. It `counts` when it came after the rectification on whose premise it is made."""

    by: str
    where: str
    result: str
    at: datetime
    recorded: datetime
    counts: bool
    opened: tuple[str, ...] = ()
    excuse: bool = False


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as it stands. `open` until closed; `series` names what it would be a repeat of ("" without a rule)."""

    id: str
    status: str = "open"
    open: bool = True
    severity: str
    text: str = ""
    rule: str = ""
    cause: str = ""
    unit: str = ""
    series: str = ""
    about: tuple[str, ...] = ()
    origin: str = "hand"
    record: str = ""
    mark: str = ""
    reopens: str = ""
    reporter: str = ""
    found_on: date | None = None
    opened_at: datetime
    registered_at: datetime
    opened_by: str
    notified_to: tuple[str, ...] = ()
    notified: Done | None = None
    owner: str = ""
    owners: tuple[str, ...] = ()
    assigned: Done | None = None
    due: date | None = None
    dues: tuple[Due, ...] = ()
    raised: dict[str, Done] = {}
    fixes: tuple[Fix, ...] = ()
    looks: tuple[Look, ...] = ()
    verified: Done | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    version: int = 1

    @property
    def fix(self) -> Fix | None:
        """The rectification that stands: the last one, unless its verification failed."""
        last = self.fixes[-1] if self.fixes else None
        return last if last is not None and not last.failed else None

    @property
    def look(self) -> Look | None:
        """The first look across (or the reason why none) that counts."""
        return next((look for look in self.looks if look.counts), None)


def _changed(row: Finding, event: Recorded, **changes: object) -> Finding:
    return msgspec.structs.replace(row, version=event.version, **changes)


def _done(event: Recorded, by: str = "") -> Done:
    return Done(event.occurred_at, event.recorded_at, by or event.actor)


def opened(event: Recorded) -> Finding:
    """A new finding, nobody's yet."""
    data = event.data
    told = {name: getattr(data, name) for name in type(data).__struct_fields__ if name != "reporter"}
    return Finding(
        id=event.stream,
        opened_at=event.occurred_at,
        registered_at=event.recorded_at,
        opened_by=event.actor,
        reporter=data.reporter or "",
        series=series_key(data),
        **told,
    )


def notified(row: Finding, event: Recorded) -> Finding:
    """Made known: the first time is when it was made known."""
    to = tuple(dict.fromkeys((*row.notified_to, *event.data.to)))
    status = "notified" if row.status == "open" else row.status
    return _changed(row, event, notified_to=to, notified=row.notified or _done(event, event.data.by), status=status)


def assigned(row: Finding, event: Recorded) -> Finding:
    """Somebody's: the first due date stands, whatever a later assignment says."""
    data = event.data
    dues = row.dues or (Due(data.due, event.recorded_at, event.actor),)
    status = row.status if row.fix else "assigned"
    return _changed(
        row,
        event,
        owner=data.owner,
        owners=(*row.owners, data.owner),
        assigned=row.assigned or _done(event),
        dues=dues,
        due=dues[-1].due,
        status=status,
    )


def extended(row: Finding, event: Recorded) -> Finding:
    """More time: the old date stays in the history."""
    data = event.data
    new = Due(data.due, event.recorded_at, event.actor, data.reason, data.approver)
    return _changed(row, event, dues=(*row.dues, new), due=data.due)


def raised(row: Finding, event: Recorded) -> Finding:
    """Taken up with somebody higher."""
    step = str(event.data.step)
    return _changed(row, event, raised={**row.raised, step: row.raised.get(step) or _done(event, event.data.to)})


def rectified(row: Finding, event: Recorded) -> Finding:
    """Put right (again); whatever was verified before is to be verified anew."""
    told = {name: getattr(event.data, name) for name in type(event.data).__struct_fields__}
    fix = Fix(at=event.occurred_at, recorded=event.recorded_at, **told)
    return _changed(row, event, fixes=(*row.fixes, fix), verified=None, status="rectified")


def _looked(row: Finding, event: Recorded, look: Look) -> Finding:
    return _changed(row, event, looks=(*row.looks, look))


def _on_premise(row: Finding, event: Recorded) -> bool:
    return row.fix is not None and event.occurred_at >= row.fix.at


def looked_across(row: Finding, event: Recorded) -> Finding:
    """A look across; before the rectification it is kept and does not count."""
    data = event.data
    look = Look(
        by=data.by,
        where=data.where,
        result=data.result,
        opened=data.opened,
        at=event.occurred_at,
        recorded=event.recorded_at,
        counts=_on_premise(row, event),
    )
    return _looked(row, event, look)


def excused(row: Finding, event: Recorded) -> Finding:
    """Nowhere else to look."""
    look = Look(
        by=event.data.by,
        where="",
        result=event.data.reason,
        at=event.occurred_at,
        recorded=event.recorded_at,
        counts=_on_premise(row, event),
        excuse=True,
    )
    return _looked(row, event, look)


def verified(row: Finding, event: Recorded) -> Finding:
    """Seen by another person. Not effective: back to the owner, and the looks made on that premise fall with it."""
    if event.data.effective:
        return _changed(row, event, verified=_done(event, event.data.by), status="verified")
    fixes = (*row.fixes[:-1], msgspec.structs.replace(row.fixes[-1], failed=True)) if row.fixes else ()
    looks = tuple(msgspec.structs.replace(look, counts=False) for look in row.looks)
    return _changed(row, event, fixes=fixes, looks=looks, verified=None, status="assigned")


def closed(row: Finding, event: Recorded) -> Finding:
    """Over."""
    return _changed(row, event, status="closed", open=False, closed_at=event.occurred_at, closed_by=event.data.by)
