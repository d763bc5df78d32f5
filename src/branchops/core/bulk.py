"""Many commands under one lock: judged and appended in blocks, committed along the way.

Invariant: what comes of a block is what would come of its commands one by one; whatever is unusual is refused as a
whole and left to `act`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from branchops.core.append import Transaction
from branchops.core.clock import unstamp
from branchops.core.entry import Act, New, NotAlike, digest_of, entries_of
from branchops.core.kinds import Kind
from branchops.core.ledger.canonical import encode_all
from branchops.core.ledger.event import Firsts, new_ids
from branchops.core.ledger.reader import KeyRecord
from branchops.core.rulebook.record import Meta, Recorded
from branchops.core.signing import signers

_IDS = 64
_meta = msgspec.json.Decoder(Meta).decode


class Bulk(Transaction):
    """The transaction of an import: the views of what it appends are folded along the way."""

    _ids: list[str] | None = None

    def look_ahead(self, keys: Sequence[str], streams: Sequence[str]) -> dict[str, KeyRecord]:
        """Those of the keys that were used before; what many commands will ask of the ledger is asked at once."""
        return self._writer.look_ahead(keys, streams)

    def _kind(self, struct: type) -> Kind:
        kind = super()._kind(struct)
        for view in self._registry.views_of(self._registry.owner_of(kind.name)).values():
            if kind.name in view.types:
                self.sight.play(view.name)
        return kind

    def _new_id(self) -> str:
        if not self._ids:
            self._ids = new_ids(_IDS)[::-1]
        return self._ids.pop()

    def commit(self) -> None:
        """Commits what was done so far, and goes on under the same lock.

        Not for a transaction that struck something out (`voids`), for the views are to be caught up after it.
        """
        if self.sight.done:
            self._sealer.keep()
            self._writer.commit()
            self._branch.models.advance(*self.sight.taken())

    # --- judging together

    def act_all(self, acts: Sequence[Act]) -> None:
        """Runs many commands in less time than one by one: all of them, or none and something is raised.

        Each must open a stream of its own, none signed and none answered by a plugin (else ValueError), with one entry
        and all of one type (else NotAlike). What was wrong with which of them, `act` tells.
        """
        self.sight.begin()
        self._before.clear()
        numbers = self._numbers.taken()
        try:
            firsts = self._judge_alike(acts)
            self._writer.append_firsts(firsts, [one.record.id for one in self._judged])
        except BaseException:
            self._roll_back(numbers)
            raise
        self._judged = []
        self.sight.appended()

    def _judge_alike(self, acts: Sequence[Act]) -> Firsts:
        actor = acts[0].actor
        self._demand_actor(actor)
        datas = [self._only_entry(act) for act in acts]
        streams = [self._opened(act) for act in acts]
        kind = self._kinds[type(datas[0])]
        if kind.house or kind.voids or len({*map(type, datas)}) > 1 or any(act.actor != actor for act in acts):
            raise NotAlike("of several types or actors")
        if len({*streams}) < len(acts) or (kind.signed and any(True for data in datas for _signer in signers(data))):
            raise ValueError("twice on one stream, or signed")
        checked, raws = self._sealer.checked_all(kind, datas, streams)
        for act, data, raw, stream in zip(acts, checked, raws, streams, strict=True):
            record = self._judge(act, kind, data, raw, stream, act.asked or digest_of(act))
            for _who, answer in self._answers.to[kind.name, bool(record.meta.breaches)]:
                if self._answer_to(record, answer):
                    raise ValueError("answered by a plugin")
        return self._firsts(actor)

    def _only_entry(self, act: Act) -> Any:
        entries = entries_of(act.decide(None, act.command, self._policy))
        if len(entries) != 1 or entries[0].stream is not None:
            raise NotAlike("not one entry")
        return entries[0].data

    def _opened(self, act: Act) -> str:
        """The stream that a command opens. Raises ValueError when it opens none."""
        if isinstance(act.target, New):
            stream = self._numbers.next(act.target.prefix, self._day.year)
            self._versions[stream] = 0
            return stream
        if act.target is None or not act.opens or self._versions[act.target] or act.expected is not None:
            raise ValueError("not a stream of its own")
        return act.target

    def _firsts(self, actor: str) -> Firsts:
        """What is judged, as columns."""
        records = [one.record for one in self._judged]
        return Firsts(
            records[0].type,
            self._judged[0].schema,
            actor,
            [record.stream for record in records],
            [self._stamps[record.occurred_at] for record in records],
            [bytes(one.raw) for one in self._judged],
            encode_all([record.meta for record in records]),
        )

    # --- taking in what was judged elsewhere

    def take_in(self, foreseen: Firsts) -> None:
        """Appends what was foreseen for this instant and this house: all of it, or none and something is raised."""
        event_type = self._registry.event_type(foreseen.type)
        assert event_type is not None
        kind = self._kinds[event_type.struct]
        self.sight.begin()
        self._before.clear()
        now, decode, actor = self.now, kind.decode, foreseen.actor
        ids = new_ids(len(foreseen.streams))
        try:
            for stream in foreseen.streams:
                self._before[stream] = self._versions[stream]
                self._versions[stream] = 1
            self.sight.add_firsts(
                [
                    Recorded(
                        pos=pos,
                        id=ident,
                        stream=stream,
                        version=1,
                        type=kind.name,
                        occurred_at=unstamp(moment),
                        recorded_at=now,
                        actor=actor,
                        data=decode(data),
                        meta=_meta(meta),
                    )
                    for pos, ident, (stream, moment, data, meta) in zip(
                        range(self.sight.next, self.sight.next + len(ids)), ids, foreseen.rows(), strict=True
                    )
                ]
            )
            self._writer.append_firsts(foreseen, ids)
        except BaseException:
            self._roll_back(self._numbers.taken())
            raise
        self.sight.appended()
