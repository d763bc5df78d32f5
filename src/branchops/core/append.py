"""One writing transaction: decide → judge → append → fold, for any number of commands.

Every way into the ledger ends here: commands, batch, imports, reactions, a plugin's own calls. A command is judged whole
before any of its entries is appended, so that a rejection stores nothing of it. Views are read as they stood when the
lock was taken plus what this transaction has folded; `views.db` is written after the ledger has committed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from branchops.core.clock import stamp
from branchops.core.entry import Act, Entry, New, Outcome, digest_of, entries_of
from branchops.core.errors import BranchOpsError, Conflict, NotFound, Rejected, UsageError
from branchops.core.judgement import refuse
from branchops.core.ledger import canonical
from branchops.core.ledger.event import NewEvent, new_id
from branchops.core.ledger.ledger import Writer
from branchops.core.output.messages import N_, _
from branchops.core.people.keys import is_sealed
from branchops.core.rulebook.fields import personal_fields
from branchops.core.rulebook.record import Facts, Meta, Recorded
from branchops.core.rulebook.rule import Ask
from branchops.core.rulebook.verdict import Outcome as Grade
from branchops.core.rulebook.verdict import Verdict, warn
from branchops.core.signing import SignaturesWanted, demand_signatures, signatures
from branchops.core.views.catchup import VOIDED, Working
from branchops.core.views.table import View, row_key

if TYPE_CHECKING:
    from branchops.core.branch import Branch
    from branchops.core.extend.descriptors import EventType
    from branchops.core.facts import House


HOUSE_TYPES = ("staff.", "policy.", "outlet.")
HOUSE_VIEWS = ("core.outlet", "core.staff", "core.policy")


class Transaction:
    """The open writer lock. Made by `Branch.transaction` only."""

    def __init__(self, branch: Branch, writer: Writer, now: datetime, proved: dict[str, str]) -> None:
        self._branch = branch
        self._registry = branch.registry
        self._writer = writer
        self._proved = proved
        self.now = now
        self.base = writer.head().size
        self._pos = self.base
        self.working = Working(branch.models)
        self.in_play: dict[str, View] = {}
        self.done: list[Recorded] = []
        self.voids = False
        self._undo: list[tuple[View, str, Any]] = []
        self._numbers: dict[str, int] = {}
        self._versions: dict[str, int] = {}
        self._settle(branch.house)

    def _settle(self, house: House) -> None:
        """Judges by this house from here on."""
        self.house = house
        self._policy = house.policies.at(self.now)
        self._calendar = house.calendar_of(self._policy)
        self._day = self._calendar.day_of(self.now)

    # --- reading

    def _play(self, name: str) -> View:
        """Brings a view into play: caught up to where the lock was taken, then with this transaction's own events."""
        view = self.in_play.get(name)
        if view is None:
            view = self._registry.view(name)
            self._branch.models.catch_up((view,), self._branch.source(self._writer, self.base))
            self.in_play[name] = view
            for event in self.done:
                self.working.apply(view, event)
        return view

    def state_of(self, event_type: EventType, stream: str) -> Any:
        """The row of a stream in the view that is the state of an event type, or None."""
        if not event_type.state:
            return None
        view = self._play(event_type.state)
        return self.working.get(view, stream)

    def _state_of_stream(self, stream: str) -> Any:
        first = next(iter(self._writer.read(stream=stream, limit=1)), None)
        event_type = self._registry.event_type(first.type) if first else None
        return self.state_of(event_type, stream) if event_type else None

    def _version(self, stream: str) -> int:
        if stream not in self._versions:
            self._versions[stream] = self._writer.version(stream)
        return self._versions[stream]

    def _answer(self, ask: Ask, event: Any, state: Any) -> Any:
        view = self._play(ask.view)
        key = ask.key(event, state)
        if not ask.many:
            return None if key is None else self.working.get(view, key)
        changed = self.working.changed(view)
        found = {row_key(row): row for row in self._branch.models.query(view, key)}
        for name, row in changed.items():
            found.pop(name, None)
            if row is not None and all(getattr(row, column) == value for column, value in key.items()):
                found[name] = row
        return tuple(found[name] for name in sorted(found))

    def _asked(self, asks: dict[str, Ask], event: Any, state: Any) -> dict[str, Any]:
        return {name: self._answer(ask, event, state) for name, ask in asks.items()}

    # --- acting

    def act(self, act: Act) -> Outcome:
        """Runs one command. Raises what judging raises; then nothing of the command is stored."""
        asked = digest_of(act)
        replay = self._replay(act, asked)
        if replay is not None:
            return replay
        target = act.target
        if isinstance(target, str) and not act.opens and not self._version(target):
            raise NotFound(_("There is no record {id}.").format(id=target), _("Look for it with `branchops log`."))
        self._check_expected(act)
        state = self._state_of_stream(target) if isinstance(target, str) else None
        entries = entries_of(act.decide(state, act.command, self._policy))
        if not entries:
            raise UsageError(_("The command decided nothing to record."))
        self._undo.clear()
        numbers, versions, house = dict(self._numbers), dict(self._versions), self.house
        try:
            judged = self._judge_all(act, entries, asked)
        except BaseException:
            self._roll_back(numbers, versions)
            self._settle(house)
            raise
        done = self._append(act, judged, asked)
        verdicts = tuple(v for _entry, found in judged for v in found)
        return self._react(act, done, verdicts)

    def _check_expected(self, act: Act) -> None:
        if act.expected is None or not isinstance(act.target, str):
            return
        actual = self._version(act.target)
        if actual != act.expected:
            raise Conflict(
                _("{id} has moved on: you saw version {seen}, it is at {actual}.").format(
                    id=act.target, seen=act.expected, actual=actual
                ),
                _("Look at it again, then decide again."),
                actual=actual,
            )

    def _replay(self, act: Act, asked: str) -> Outcome | None:
        if not act.key:
            return None
        known = self._writer.find_key(act.key)
        if known is None:
            return None
        if known.digest != asked:
            raise Conflict(
                _("The key {key} was used for something else.").format(key=act.key),
                _("Use a new key for a new command."),
                first=known.first,
            )
        stored = self._writer.read(after=known.first - 1, upto=known.last)
        return Outcome(entries=tuple(self._registry.decode(event) for event in stored), replayed=True)

    def _roll_back(self, numbers: dict[str, int], versions: dict[str, int]) -> None:
        for view, key, row in reversed(self._undo):
            self.working.put(view, key, row)
        self._undo.clear()
        self._numbers = numbers
        self._versions = versions
        self._pos = self.base + len(self.done)

    # --- judging

    def _judge_all(self, act: Act, entries: list[Entry], asked: str) -> list[tuple[Recorded, tuple[Verdict, ...]]]:
        own: str | None = act.target if isinstance(act.target, str) else None
        demand_signatures((entry.data for entry in entries), self.house.people, self._day, self._proved)
        judged = []
        for entry in entries:
            stream = entry.stream if entry.stream is not None else (own or act.target)
            if isinstance(stream, New):
                stream = self._number(stream)
                own = own or stream
            if stream is None:
                raise UsageError(_("An entry names no stream."))
            record, verdicts = self._judge(act, entry.data, stream, asked)
            judged.append((record, verdicts))
        return judged

    def _judge(self, act: Act, data: Any, stream: str, asked: str) -> tuple[Recorded, tuple[Verdict, ...]]:
        event_type = self._registry.type_of(data)
        if event_type.name.startswith(HOUSE_TYPES):
            for name in HOUSE_VIEWS:
                self._play(name)
        data = self._checked(event_type, data, stream)
        state = self.state_of(event_type, stream)
        at = act.at or self.now
        if at > self.now:
            raise Rejected(
                _("{at} has not come yet.").format(at=at.isoformat(sep=" ", timespec="minutes")),
                _("An entry tells what has happened; leave out --at for now."),
            )
        version = self._version(stream) + 1
        self._pos += 1
        record = Recorded(
            pos=self._pos,
            id=new_id(),
            stream=stream,
            version=version,
            type=event_type.name,
            occurred_at=at,
            recorded_at=self.now,
            actor=act.actor,
            data=data,
            meta=Meta(),
        )
        verdicts = self._verdicts(event_type, record, state)
        refuse(verdicts)
        outlet = self.house.outlet
        meta = Meta(
            outlet=outlet.code if outlet else "",
            policy=self._policy.version,
            signatures=signatures(data, self.house.people, self._day, self._proved),
            breaches=tuple(v for v in verdicts if v.outcome is Grade.BREACH),
            key=act.key,
            asked=asked if act.key else "",
            source=act.source,
        )
        record = msgspec.structs.replace(record, meta=meta)
        self._versions[stream] = version
        self._fold(record)
        self._refresh(record)
        return record, verdicts

    def _checked(self, event_type: EventType, data: Any, stream: str) -> Any:
        """The data, sealed where it is personal and checked against the type's schema."""
        personal = personal_fields(event_type.struct)
        if personal:
            subject = getattr(data, getattr(event_type.struct, "__subject__", ""), "") or stream
            sealed = {
                name: self._branch.keys.seal(subject, value)
                for name in personal
                if (value := getattr(data, name)) and not self._is_token(value)
            }
            data = msgspec.structs.replace(data, **sealed) if sealed else data
        raw = canonical.encode(data)
        try:
            return msgspec.json.decode(raw, type=event_type.struct)
        except msgspec.ValidationError as error:
            raise UsageError(
                _("{type} does not take this: {error}").format(type=event_type.name, error=error),
                _("See docs/events.md for the fields of each event."),
            ) from error

    def _is_token(self, value: str) -> bool:
        """Whether a text is a token of this store already (a decision carried it over from a row)."""
        return is_sealed(value) and self._branch.keys.unseal(value) is not None

    def _verdicts(self, event_type: EventType, record: Recorded, state: Any) -> tuple[Verdict, ...]:
        found: list[Verdict] = []
        for check in self._registry.validators(event_type):
            asked = self._asked(check.asks, record.data, state) if check.asks else {}
            found += check(record.data, state, self._facts(record, asked), self._policy)
        return tuple(found)

    def _facts(self, record: Recorded | None, asked: dict[str, Any]) -> Facts:
        return self.house.facts(self.now, record=record, asked=asked, calendar=self._calendar)

    # --- numbering, storing, folding

    def _number(self, new: New) -> str:
        """The next stream of a prefix this year. Numbers are gap-free, so the highest is found by bisection."""
        year = self._day.year
        stem = f"{new.prefix}-{year}-"
        if stem not in self._numbers:
            low, high = 0, 1
            while self._writer.version(f"{stem}{high:04d}"):
                low, high = high, high * 2
            while high - low > 1:
                middle = (low + high) // 2
                if self._writer.version(f"{stem}{middle:04d}"):
                    low = middle
                else:
                    high = middle
            self._numbers[stem] = low
        self._numbers[stem] += 1
        stream = f"{stem}{self._numbers[stem]:04d}"
        self._versions[stream] = 0
        return stream

    def _fold(self, record: Recorded) -> None:
        for view in self.in_play.values():
            if record.type in view.types:
                for key in view.keys(record):
                    old = self.working.get(view, key)
                    new = view.apply(old, record)
                    if new is not old:
                        self._undo.append((view, key, old))
                        self.working.put(view, key, new)

    def _append(
        self, act: Act, judged: list[tuple[Recorded, tuple[Verdict, ...]]], asked: str
    ) -> tuple[Recorded, ...]:
        done = []
        for i, (record, _verdicts) in enumerate(judged):
            event_type = self._registry.event_type(record.type)
            assert event_type is not None
            new = NewEvent(
                type=record.type,
                data=record.data,
                meta=record.meta,
                occurred_at=stamp(record.occurred_at),
                actor=record.actor,
                schema=event_type.schema,
                id=record.id,
            )
            keyed = {"key": act.key, "digest": asked} if act.key and i == 0 else {}
            (stored,) = self._writer.append(record.stream, (new,), record.version - 1, **keyed)
            done.append(msgspec.structs.replace(record, pos=stored.pos))
        self.done += done
        self.voids = self.voids or any(record.type == VOIDED for record in done)
        return tuple(done)

    def _refresh(self, record: Recorded) -> None:
        """After an entry about the house itself, what follows is judged by the house as it is then."""
        if record.type.startswith(HOUSE_TYPES):
            self._settle(self._branch.load_house(self._rows))

    def _rows(self, name: str) -> Iterable[Any]:
        return self._answer(Ask(name, lambda _event, _state: {}, many=True), None, None)  # type: ignore[no-any-return]

    # --- answering

    def _react(self, act: Act, done: tuple[Recorded, ...], verdicts: tuple[Verdict, ...]) -> Outcome:
        """Lets listening plugins answer. What fails there is told as a warning and stops nothing."""
        entries, found = list(done), list(verdicts)
        for record in done:
            for who, answer in self._registry.reactions(record.type, bool(record.meta.breaches)):
                try:
                    asked = self._asked(answer.asks, record, None)
                    answers = tuple(answer.react(record, self._facts(record, asked), self._policy))
                    for entry in answers:
                        follow = Act(
                            decide=lambda _state, command, _policy: command,
                            command=entry,
                            target=None,
                            actor=act.actor,
                            opens=True,
                            source=f"reaction:{record.id}",
                        )
                        outcome = self.act(follow)
                        entries += outcome.entries
                        found += outcome.verdicts
                except SignaturesWanted:
                    raise
                except Exception as error:
                    message = error.message if isinstance(error, BranchOpsError) else f"{type(error).__name__}: {error}"
                    found.append(warn(N_("The plugin {name} could not answer this: {error}"), name=who, error=message))
        return Outcome(entries=tuple(entries), verdicts=tuple(found))
