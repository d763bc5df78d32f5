"""Plans and measures as rows. Wordings, owners and kinds keep their history: what was in force can always be told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from branchops.api import Recorded
from branchops.plugins.improve.events import Target


class Wording(msgspec.Struct, frozen=True):
    """One wording (of a principle), or one kind (of a measure) with its reason: since when, by whom."""

    text: str
    at: datetime
    by: str
    reason: str = ""


class Principle(msgspec.Struct, frozen=True, kw_only=True):
    """A guiding principle with all its wordings."""

    code: str
    wordings: tuple[Wording, ...]

    def on(self, moment: datetime | None = None) -> str:
        """The wording in force at an instant (None: now); empty before the first."""
        told = [wording.text for wording in self.wordings if moment is None or wording.at <= moment]
        return told[-1] if told else ""


class Seen(msgspec.Struct, frozen=True):
    """A value read off a source by somebody."""

    code: str
    value: Decimal
    source: str
    on: date
    by: str


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A main task as it stands."""

    code: str
    kind: str
    text: str
    owner: str
    added_at: datetime
    due: date | None = None
    serves: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    done_at: datetime | None = None
    done_recorded: datetime | None = None
    done_by: str = ""
    proof: str = ""
    dropped: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and not self.dropped


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it stands. `open` while a task is still to be done."""

    id: str
    title: str
    first: date
    last: date
    owner: str
    made_at: datetime
    made_by: str
    targets: tuple[Target, ...] = ()
    seen: tuple[Seen, ...] = ()
    principles: tuple[Principle, ...] = ()
    tasks: tuple[Task, ...] = ()
    open: bool = False
    version: int = 1

    def task(self, code: str) -> Task | None:
        """The task of that code."""
        return next((task for task in self.tasks if task.code == code), None)

    def target(self, code: str) -> Target | None:
        """The target of that code."""
        return next((target for target in self.targets if target.code == code), None)


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure as it stands; `kinds` are all it was classified as, the last one counts."""

    id: str
    kind: str
    kinds: tuple[Wording, ...]
    text: str
    problem: str = ""
    plan: str = ""
    principle: str = ""
    owner: str = ""
    taken_at: datetime
    by: str


def _changed(row: Plan, event: Recorded, **changes: object) -> Plan:
    new = msgspec.structs.replace(row, version=event.version, **changes)
    return msgspec.structs.replace(new, open=any(task.open for task in new.tasks))


def made(event: Recorded) -> Plan:
    """A new plan."""
    data = event.data
    return Plan(
        id=event.stream,
        title=data.title,
        first=data.first,
        last=data.last,
        owner=data.owner,
        targets=data.targets,
        made_at=event.occurred_at,
        made_by=event.actor,
    )


def target_added(row: Plan, event: Recorded) -> Plan:
    """One more target."""
    return _changed(row, event, targets=(*row.targets, event.data.target))


def observed(row: Plan, event: Recorded) -> Plan:
    """One more value that was read off."""
    data = event.data
    return _changed(row, event, seen=(*row.seen, Seen(data.code, data.value, data.source, data.on, event.actor)))


def principle_stated(row: Plan, event: Recorded) -> Plan:
    """A new principle, or a new wording of an old one."""
    data = event.data
    word = Wording(data.text, event.occurred_at, event.actor)
    if any(one.code == data.code for one in row.principles):
        principles = tuple(
            msgspec.structs.replace(one, wordings=(*one.wordings, word)) if one.code == data.code else one
            for one in row.principles
        )
    else:
        principles = (*row.principles, Principle(code=data.code, wordings=(word,)))
    return _changed(row, event, principles=principles)


def task_added(row: Plan, event: Recorded) -> Plan:
    """One more task."""
    told = {name: getattr(event.data, name) for name in type(event.data).__struct_fields__}
    task = Task(added_at=event.occurred_at, owners=(event.data.owner,), **told)
    return _changed(row, event, tasks=(*row.tasks, task))


def _with(row: Plan, event: Recorded, **changes: object) -> Plan:
    tasks = tuple(
        msgspec.structs.replace(task, **changes) if task.code == event.data.code else task for task in row.tasks
    )
    return _changed(row, event, tasks=tasks)


def task_assigned(row: Plan, event: Recorded) -> Plan:
    """Another owner."""
    task = row.task(event.data.code)
    owners = (*task.owners, event.data.owner) if task else ()
    return _with(row, event, owner=event.data.owner, owners=owners)


def task_done(row: Plan, event: Recorded) -> Plan:
    """Done, with its evidence."""
    data = event.data
    proof = data.record or f"{data.evidence} sha256:{data.sha256[:12]}".strip()
    told = {"done_at": event.occurred_at, "done_recorded": event.recorded_at, "done_by": data.by, "proof": proof}
    return _with(row, event, **told)


def task_dropped(row: Plan, event: Recorded) -> Plan:
    """Not to be done."""
    return _with(row, event, dropped=event.data.reason)


def measure_taken(event: Recorded) -> Measure:
    """A new measure."""
    data = event.data
    return Measure(
        id=event.stream,
        kind=data.kind,
        kinds=(Wording(data.kind, event.occurred_at, event.actor),),
        text=data.text,
        problem=data.problem,
        plan=data.plan,
        principle=data.principle,
        owner=data.owner,
        taken_at=event.occurred_at,
        by=event.actor,
    )


def measure_reclassified(row: Measure, event: Recorded) -> Measure:
    """Of another kind since."""
    data = event.data
    kinds = (*row.kinds, Wording(data.kind, event.occurred_at, event.actor, data.reason))
    return msgspec.structs.replace(row, kind=data.kind, kinds=kinds)
