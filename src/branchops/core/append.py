"""One writing transaction: decide → judge → append → fold, for any number of commands.

Every way into the ledger ends here: commands, batch, imports, reactions, a plugin's own calls. A command is judged
whole before any of its entries is appended, so that a rejection stores nothing of it. Views are read as they stood when
the lock was taken plus what this transaction has folded; `views.db` is written after the ledger has committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from branchops.core.answering import Answers
from branchops.core.clock import stamp
from branchops.core.entry import Act, Entry, New, Outcome, demand_version, digest_of, entries_of
from branchops.core.errors import BranchOpsError, Conflict, NotFound, Rejected, UsageError
from branchops.core.facts import HOUSE_TYPES, HOUSE_VIEWS, House
from branchops.core.judgement import refuse, unjudged
from branchops.core.kinds import Judged, Kind, Sealer, kind_of
from branchops.core.ledger.canonical import Ready
from branchops.core.ledger.event import NewEvent, new_ids
from branchops.core.ledger.reader import KeyRecord
from branchops.core.ledger.writer import Part, Writer
from branchops.core.memo import Memo
from branchops.core.numbering import Numbers
from branchops.core.output.messages import N_, _
from branchops.core.rulebook.record import Meta, Recorded
from branchops.core.rulebook.rule import Reaction
from branchops.core.rulebook.verdict import Outcome as Grade
from branchops.core.rulebook.verdict import Verdict, warn
from branchops.core.sight import Sight
from branchops.core.signing import SignaturesWanted, demand_actor, demand_signatures, signatures
from branchops.core.striking import demand_truth
from branchops.core.views.catchup import VOIDED

if TYPE_CHECKING:
    from branchops.core.branch import Branch


class Transaction:
    """The open writer lock. Made by `Branch.transaction` only."""

    def __init__(
        self,
        branch: Branch,
        writer: Writer,
        proved: dict[str, str],
        late: ExitStack,
        house: House,
        sight: Sight | None = None,
    ) -> None:
        self._branch = branch
        self._registry = branch.registry
        self._writer = writer
        self._proved = proved
        self._sealer = Sealer(branch, late)
        self.now = writer.now
        self.sight = sight or Sight(branch, writer)
        self.voids = False
        self._judged: list[Judged] = []
        self._before: dict[str, int] = {}
        self._numbers = Numbers(writer.version)
        self._versions = Memo(writer.version)
        self._kinds = Memo(self._kind)
        self._answers = Answers(branch.registry)
        self._stamps = Memo(stamp)
        self._actors: set[str] = set()
        self._settle(house)

    def _settle(self, house: House) -> None:
        """Judges by this house from here on."""
        self.house = house
        self._policy = house.policies.at(self.now)
        self._calendar = house.calendar_of(self._policy)
        self._day = self._calendar.day_of(self.now)
        self._outlet = house.outlet.code if house.outlet else ""
        self._facts = house.facts(self.now, calendar=self._calendar)

    # --- reading

    def _kind(self, struct: type) -> Kind:
        """What judging needs to know of a type of event: looked up once in a transaction."""
        event_type = self._registry.type_of(struct)
        house = event_type.name.startswith(HOUSE_TYPES)
        if house:
            for name in HOUSE_VIEWS:
                self.sight.play(name)
        return kind_of(event_type, house, self._registry.validators(event_type))

    def _state_of(self, stream: str, version: int) -> Any:
        """The state of a stream for a decision, by the type of its first event."""
        first = next(iter(self._writer.read(stream=stream, limit=1)), None)
        known = self._registry.event_type(first.type) if first else None
        return self.sight.state(known.state, stream, version) if known and known.state else None

    # --- acting

    def act(self, act: Act) -> Outcome:
        """Runs one command. Raises what judging raises; then nothing of the command is stored."""
        self._demand_actor(act.actor)
        asked = act.asked or digest_of(act)
        known = self._writer.find_key(act.key) if act.key else None
        if known is not None:
            return self._replay(act, asked, known)
        target = act.target
        state = None
        if isinstance(target, str):
            version = self._versions[target]
            if not version and not act.opens:
                raise NotFound(_("There is no record {id}.").format(id=target), _("Look for it with `branchops log`."))
            if act.expected is not None:
                demand_version(act, version)
            state = self._state_of(target, version) if version else None
        entries = entries_of(act.decide(state, act.command, self._policy))
        if not entries:
            raise UsageError(_("The command decided nothing to record."))
        self.sight.begin()
        self._before.clear()
        numbers, house = self._numbers.taken(), self.house
        try:
            self._judge_all(act, entries, asked)
            judged = self._append(act.key, asked)
        except BaseException:
            self._roll_back(numbers)
            if self.house is not house:
                self._settle(house)
            raise
        return self._react(judged)

    def _demand_actor(self, actor: str) -> None:
        if actor not in self._actors:
            demand_actor(actor, self.house.people, self._day)
            self._actors.add(actor)

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
        self.sight.take_back()
        self._numbers.back_to(numbers)
        self._versions.update(self._before)
        self._before.clear()
        self._judged.clear()

    # --- judging

    def _judge_all(self, act: Act, entries: list[Entry], asked: str) -> None:
        own: str | None = act.target if isinstance(act.target, str) else None
        kinds = [self._kinds[type(entry.data)] for entry in entries]
        signed = [entry.data for entry, kind in zip(entries, kinds, strict=True) if kind.signed]
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
            data, raw = self._sealer.checked(kind, entry.data, stream)
            self._judge(act, kind, data, raw, stream, asked)

    def _judge(self, act: Act, kind: Kind, data: Any, raw: Ready, stream: str, asked: str) -> Recorded:
        version = self._versions[stream] + 1
        if kind.voids:
            demand_truth(self._writer, data, stream)
        state = self.sight.state(kind.state, stream, version - 1) if kind.state else None
        at = act.at or self.now
        if at > self.now:
            raise Rejected(
                _("{at} has not come yet.").format(at=at.isoformat(sep=" ", timespec="minutes")),
                _("An entry tells what has happened; leave out --at for now."),
            )
        meta = Meta(
            outlet=self._outlet,
            policy=self._policy.version,
            signatures=signatures(data, self.house.people, self._day, self._proved) if kind.signed else (),
            key=act.key,
            asked=asked if act.key else "",
            source=act.source,
        )
        record = Recorded(
            pos=self.sight.next,
            id=self._new_id(),
            stream=stream,
            version=version,
            type=kind.name,
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
                record = replace(record, meta=replace(meta, breaches=breaches))
        self._before.setdefault(stream, version - 1)
        self._versions[stream] = version
        self._judged.append(Judged(record, raw, kind.schema, verdicts))
        self.sight.add(record, kind.voids)
        if kind.house or (kind.voids and data.target_type.startswith(HOUSE_TYPES)):
            self._refresh()
        return record

    def _new_id(self) -> str:
        return new_ids(1)[0]

    def _verdicts(self, kind: Kind, record: Recorded, state: Any) -> tuple[Verdict, ...]:
        found: list[Verdict] = []
        plain = replace(self._facts, record=record)
        for check in kind.validators:
            try:
                facts = plain
                if check.asks:
                    facts = replace(plain, asked=self.sight.asked(check.asks, record.data, state))
                found += check(record.data, state, facts, self._policy)
            except BranchOpsError:
                raise
            except (Exception, SystemExit) as error:
                raise unjudged(check.target, error) from error
        return tuple(found)

    # --- storing

    def _append(self, key: str, asked: str) -> list[Judged]:
        """Hands what is judged to the ledger."""
        judged, self._judged = self._judged, []
        first = judged[0].record
        use, digest = (key, asked) if key else (None, None)
        if len(judged) == 1:
            new = self._new(judged[0])
            stored = self._writer.append_one(first.stream, new, first.version - 1, key=use, digest=digest)
        else:
            parts = [Part(one.record.stream, (self._new(one),), one.record.version - 1) for one in judged]
            stored = self._writer.append_all(parts, key=use, digest=digest, fresh=True)[0]
        if stored.pos != first.pos:
            raise RuntimeError("the position judged is not the position stored")
        self.sight.appended()
        self.voids |= any(one.record.type == VOIDED for one in judged)
        return judged

    def _new(self, one: Judged) -> NewEvent:
        record = one.record
        occurred = self._stamps[record.occurred_at]
        return NewEvent(record.type, one.raw, record.meta, occurred, record.actor, one.schema, record.id)

    def _refresh(self) -> None:
        """After an entry about the house itself, what follows is judged by the house as it is then."""
        self._settle(self._branch.load_house(self.sight.rows))

    # --- answering

    def _answer_to(self, record: Recorded, answer: Reaction) -> tuple[Any, ...]:
        facts = replace(self._facts, record=record, asked=self.sight.asked(answer.asks, record, None))
        return tuple(answer.react(record, facts, self._policy))

    def _react(self, judged: list[Judged]) -> Outcome:
        """Lets listening plugins answer. What fails there is told as a warning and stops nothing."""
        entries: list[Recorded] = []
        found: list[Verdict] = []
        for one in judged:
            entries.append(one.record)
            found += one.verdicts
        for one in judged:
            record = one.record
            for who, answer in self._answers.to[record.type, bool(record.meta.breaches)]:
                try:
                    for entry in self._answer_to(record, answer):
                        outcome = self._answers.follow(self.act, entry, record)
                        entries += outcome.entries
                        found += outcome.verdicts
                except SignaturesWanted:
                    raise
                except (Exception, SystemExit) as error:
                    message = error.message if isinstance(error, BranchOpsError) else f"{type(error).__name__}: {error}"
                    found.append(warn(N_("The plugin {name} could not answer this: {error}"), name=who, error=message))
        return Outcome(entries=tuple(entries), verdicts=tuple(found))
