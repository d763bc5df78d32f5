"""One writing transaction: decide → judge → append → fold, for any number of commands.

Every way into the ledger ends here: commands, batch, imports, reactions, a plugin's own calls. A command is judged
whole before any of its entries is appended, so that a rejection stores nothing of it. Views are read as they stood when
the lock was taken plus what this transaction has folded; `views.db` is written after the ledger has committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from branchops.core.answering import Answers
from branchops.core.clock import stamp
from branchops.core.entry import Act, Entry, New, Outcome, demand_version, digest_of, entries_of
from branchops.core.errors import BranchOpsError, Conflict, NotFound, Rejected, UsageError
from branchops.core.facts import HOUSE_TYPES, HOUSE_VIEWS, House
from branchops.core.judgement import refuse, unjudged
from branchops.core.kinds import Judged, Kind, Sealer, kind_of
from branchops.core.ledger.event import NewEvent, new_ids
from branchops.core.ledger.reader import KeyRecord
from branchops.core.ledger.writer import Part, Writer
from branchops.core.numbering import Numbers
from branchops.core.output.messages import N_, _
from branchops.core.rulebook.record import Meta, Recorded
from branchops.core.rulebook.rule import Ask
from branchops.core.rulebook.verdict import Outcome as Grade
from branchops.core.rulebook.verdict import Verdict, warn
from branchops.core.signing import SignaturesWanted, demand_actor, demand_signatures, signatures
from branchops.core.striking import Struck, demand_truth
from branchops.core.views.catchup import VOIDED, Working
from branchops.core.views.table import Open, View, row_key

if TYPE_CHECKING:
    from branchops.core.branch import Branch
    from branchops.core.extend.descriptors import EventType


class Transaction:
    """The open writer lock. Made by `Branch.transaction` only.

    `bulk` is set by an import: the views of the types it appends are folded along the way.
    """

    def __init__(self, branch: Branch, writer: Writer, proved: dict[str, str], late: ExitStack) -> None:
        self._branch = branch
        self._registry = branch.registry
        self._writer = writer
        self._proved = proved
        self._sealer = Sealer(branch, late)
        self.now = writer.now
        self.base = writer.size()
        self._pos = self.base
        self.working = Working(branch.models)
        self.in_play: dict[str, View] = {}
        self.done: list[Recorded] = []
        self.voids = False
        self._judged: list[Recorded] = []
        self._struck = Struck(branch.source(writer).events)
        self.bulk = False
        self._undo: list[tuple[View, str, Any]] = []
        self._before: dict[str, int] = {}
        self._numbers = Numbers(writer.version)
        self._versions: dict[str, int] = {}
        self._kinds: dict[type, Kind] = {}
        self._folding: dict[str, tuple[tuple[View, Open | None], ...]] = {}
        self._answers = Answers(branch.registry)
        self._ids: list[str] = []
        self._stamps: dict[datetime, str] = {}
        self._actors: set[str] = set()
        self._settle(branch.house)

    def _settle(self, house: House) -> None:
        """Judges by this house from here on."""
        self.house = house
        self._policy = house.policies.at(self.now)
        self._calendar = house.calendar_of(self._policy)
        self._day = self._calendar.day_of(self.now)
        self._outlet = house.outlet.code if house.outlet else ""
        self._facts = house.judging(self.now, self._calendar)

    # --- reading

    def _play(self, name: str) -> View:
        """Brings a view into play: caught up to where the lock was taken, then with this transaction's own events."""
        view = self.in_play.get(name)
        if view is None:
            view = self._registry.view(name)
            self._branch.models.catch_up((view,), self._branch.source(self._writer, self.base))
            self.in_play[name] = view
            self._folding.clear()
            for event in (*self.done, *self._judged):
                self.working.apply(view, event)
            self._struck.doubt((name,))
        if name in self._struck.stale:
            self._struck.refresh(view, self.working, self._judged)
        return view

    def look_ahead(self, keys: Sequence[str], streams: Sequence[str]) -> dict[str, KeyRecord]:
        """Those of the keys that were used before; what many commands will ask of the ledger is asked at once."""
        return self._writer.look_ahead(keys, streams)

    def state_of(self, event_type: EventType, stream: str) -> Any:
        """The row of a stream in the view that is the state of an event type, or None."""
        name = event_type.state
        if not name:
            return None
        view = self.in_play.get(name)
        if view is None or name in self._struck.stale:
            view = self._play(name)
        if view.key is None and not (self._versions.get(stream) or self._version(stream)):
            return None
        return self.working.get(view, stream)

    def _kind(self, struct: type[Any], data: Any) -> Kind:
        """What judging needs to know of a type of event: looked up once in a transaction."""
        event_type = self._registry.type_of(data)
        if event_type.name.startswith(HOUSE_TYPES):
            for name in HOUSE_VIEWS:
                self._play(name)
        if self.bulk:
            for view in self._registry.views_of(self._registry.owner_of(event_type.name)).values():
                if event_type.name in view.types:
                    self._play(view.name)
        kind = self._kinds[struct] = kind_of(
            event_type, event_type.name.startswith(HOUSE_TYPES), self._registry.validators(event_type)
        )
        return kind

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
        if act.actor not in self._actors:
            demand_actor(act.actor, self.house.people, self._day)
            self._actors.add(act.actor)
        asked = act.asked or digest_of(act)
        known = self._writer.find_key(act.key) if act.key else None
        if known is not None:
            return self._replay(act, asked, known)
        target = act.target
        state = None
        if isinstance(target, str):
            version = self._version(target)
            if not version and not act.opens:
                raise NotFound(_("There is no record {id}.").format(id=target), _("Look for it with `branchops log`."))
            if act.expected is not None:
                demand_version(act, version)
            state = self._state_of_stream(target) if version else None
        entries = entries_of(act.decide(state, act.command, self._policy))
        if not entries:
            raise UsageError(_("The command decided nothing to record."))
        self._undo.clear()
        self._before.clear()
        numbers, house = self._numbers.taken(), self.house
        try:
            judged = self._judge_all(act, entries, asked)
            done = self._append(act, judged, asked)
        except BaseException:
            self._roll_back(numbers)
            if self.house is not house:
                self._settle(house)
            raise
        return self._react(done, judged)

    def _replay(self, act: Act, asked: str, known: KeyRecord) -> Outcome:
        if known.digest != asked:
            raise Conflict(
                _("The key {key} was used for something else.").format(key=act.key),
                _("Use a new key for a new command."),
                first=known.first,
            )
        stored = self._writer.read(after=known.first - 1, upto=known.last)
        return Outcome(entries=tuple(self._registry.decode(event) for event in stored), replayed=True)

    def _roll_back(self, numbers: Mapping[str, int]) -> None:
        for view, key, row in reversed(self._undo):
            self.working.put(view, key, row)
        self._undo.clear()
        self._numbers.back_to(numbers)
        self._versions.update(self._before)
        self._before.clear()
        self._judged.clear()
        self._struck.doubt(self.in_play)
        self._pos = self.base + len(self.done)

    def hand_over(self, stored: Callable[[], None]) -> None:
        """Commits what was done so far behind the caller's back, who goes on under the same lock.

        `stored` is called there when it is durable. Not for a transaction that struck something out (`voids`), for the
        views are to be caught up after it.
        """
        self._sealer.keep()
        changed = self.working.taken(self.in_play.values())
        base, head = self.base, self.base + len(self.done)
        models = self._branch.models
        self.base, self.done = head, []

        def then() -> None:
            stored()
            models.advance(changed, base, head)

        self._writer.hand_over(then)

    # --- judging

    def _judge_all(self, act: Act, entries: list[Entry], asked: str) -> list[Judged]:
        own: str | None = act.target if isinstance(act.target, str) else None
        kinds, signed, judged = [], [], []
        for entry in entries:
            kind = self._kinds.get(type(entry.data)) or self._kind(type(entry.data), entry.data)
            kinds.append(kind)
            if kind.signed:
                signed.append(entry.data)
        if signed:
            demand_signatures(signed, self.house.people, self._day, self._proved)
        for entry, kind in zip(entries, kinds, strict=True):
            stream = entry.stream if entry.stream is not None else (own or act.target)
            if isinstance(stream, New):
                stream = self._numbers.next(stream.prefix, self._day.year)
                self._versions[stream] = 0
                own = own or stream
            if stream is None:
                raise UsageError(_("An entry names no stream."))
            judged.append(self._judge(act, kind, entry.data, stream, asked))
        return judged

    def _judge(self, act: Act, kind: Kind, data: Any, stream: str, asked: str) -> Judged:
        event_type = kind.event_type
        version = (self._versions.get(stream) or self._version(stream)) + 1
        data, raw = self._sealer.checked(kind, data, stream)
        if event_type.name == VOIDED:
            demand_truth(self._writer, data, stream)
        state = self.state_of(event_type, stream) if event_type.state else None
        at = act.at or self.now
        if at > self.now:
            raise Rejected(
                _("{at} has not come yet.").format(at=at.isoformat(sep=" ", timespec="minutes")),
                _("An entry tells what has happened; leave out --at for now."),
            )
        self._pos += 1
        meta = Meta(
            outlet=self._outlet,
            policy=self._policy.version,
            signatures=signatures(data, self.house.people, self._day, self._proved) if kind.signed else (),
            key=act.key,
            asked=asked if act.key else "",
            source=act.source,
        )
        record = Recorded(
            pos=self._pos,
            id=self._new_id(),
            stream=stream,
            version=version,
            type=event_type.name,
            occurred_at=at,
            recorded_at=self.now,
            actor=act.actor,
            data=data,
            meta=meta,
        )
        verdicts = self._verdicts(kind, record, state) if kind.validators else ()
        if verdicts:
            refuse(verdicts)
            breaches = tuple(v for v in verdicts if v.outcome is Grade.BREACH)
            if breaches:
                record = msgspec.structs.replace(record, meta=msgspec.structs.replace(meta, breaches=breaches))
        self._before.setdefault(stream, version - 1)
        self._versions[stream] = version
        self._fold(record)
        self._judged.append(record)
        if record.type == VOIDED:
            self._struck.note(record, self.in_play)
        if kind.house or (record.type == VOIDED and data.target_type.startswith(HOUSE_TYPES)):
            self._refresh()
        return Judged(record, raw, event_type.schema, verdicts)

    def _new_id(self) -> str:
        if not self._ids:
            self._ids = new_ids(64 if self.bulk else 1)[::-1]
        return self._ids.pop()

    def _verdicts(self, kind: Kind, record: Recorded, state: Any) -> tuple[Verdict, ...]:
        found: list[Verdict] = []
        plain = None
        for check in kind.validators:
            try:
                if check.asks:
                    facts = self._facts(record=record, asked=self._asked(check.asks, record.data, state))
                else:
                    facts = plain = plain or self._facts(record=record)
                found += check(record.data, state, facts, self._policy)
            except BranchOpsError:
                raise
            except (Exception, SystemExit) as error:
                raise unjudged(check.target, error) from error
        return tuple(found)

    # --- numbering, storing, folding

    def _fold(self, record: Recorded) -> None:
        views = self._folding.get(record.type)
        if views is None:
            in_play = self.in_play.values()
            views = tuple((view, view.opens.get(record.type)) for view in in_play if record.type in view.types)
            self._folding[record.type] = views
        for view, opens in views:
            if view.key is None and record.version == 1:  # no row of a stream before its first event
                row = opens(record) if opens else None
                if row is not None:
                    self._undo.append((view, record.stream, None))
                    self.working.put(view, record.stream, row)
                continue
            for key in view.keys(record):
                old = self.working.get(view, key)
                new = view.apply(old, record)
                if new is not old:
                    self._undo.append((view, key, old))
                    self.working.put(view, key, new)

    def _append(self, act: Act, judged: list[Judged], asked: str) -> list[Recorded]:
        parts, done = [], []
        for one in judged:
            record, at = one.record, one.record.occurred_at
            told = self._stamps.get(at) or self._stamps.setdefault(at, stamp(at))
            new = NewEvent(record.type, one.raw, record.meta, told, record.actor, one.schema, record.id)
            parts.append(Part(record.stream, (new,), record.version - 1))
            done.append(record)
            if record.type == VOIDED:
                self.voids = True
        key, digest = (act.key, asked) if act.key else (None, None)
        stored = self._writer.append_all(parts, fresh=True, key=key, digest=digest)
        if stored[0].pos != judged[0].record.pos:
            raise RuntimeError("the position judged is not the position stored")
        self.done += done
        self._judged.clear()
        return done

    def _refresh(self) -> None:
        """After an entry about the house itself, what follows is judged by the house as it is then."""
        self._settle(self._branch.load_house(self._rows))

    def _rows(self, name: str) -> Iterable[Any]:
        return self._answer(Ask(name, lambda _event, _state: {}, many=True), None, None)  # type: ignore[no-any-return]

    # --- answering

    def _react(self, done: list[Recorded], judged: list[Judged]) -> Outcome:
        """Lets listening plugins answer. What fails there is told as a warning and stops nothing."""
        entries, found = list(done), list[Verdict]()
        for one in judged:
            found += one.verdicts
        for record in done:
            for who, answer in self._answers.to(record.type, bool(record.meta.breaches)):
                try:
                    asked = self._asked(answer.asks, record, None)
                    answers = tuple(answer.react(record, self._facts(record=record, asked=asked), self._policy))
                    for entry in answers:
                        outcome = self._answers.follow(self.act, entry, record)
                        entries += outcome.entries
                        found += outcome.verdicts
                except SignaturesWanted:
                    raise
                except (Exception, SystemExit) as error:
                    message = error.message if isinstance(error, BranchOpsError) else f"{type(error).__name__}: {error}"
                    found.append(warn(N_("The plugin {name} could not answer this: {error}"), name=who, error=message))
        return Outcome(entries=tuple(entries), verdicts=tuple(found))
