"""Judging without a look at the store: what a transaction would make of commands that open streams of their own.

Invariant: what is foreseen is what the transaction begun at that instant, in that house, would judge, if the streams
and keys are free. Whatever takes a look (a question to a view, a personal text to seal, a number to give, a signer) is
not foreseen but raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from branchops.core.bulk import Bulk
from branchops.core.entry import Act, New
from branchops.core.kinds import Kind, Sealer
from branchops.core.ledger.event import Firsts

if TYPE_CHECKING:
    from branchops.core.branch import Branch
    from branchops.core.extend.registry import Registry
    from branchops.core.facts import House


class Unseen(Exception):
    """This cannot be judged without a look at the store."""


class Foresight(Bulk):
    """A transaction that is none: it judges, and neither looks into the store nor writes to it."""

    def __init__(self, branch: Branch, house: House, now: datetime) -> None:
        blind: Any = _Blind(branch.registry, now)
        super().__init__(branch, blind, {}, ExitStack(), house, blind)
        self._sealer = _Unsealing(branch, ExitStack())

    def foresee(self, acts: Sequence[Act]) -> Firsts:
        """What `act_all` would append. Raises whatever that raises, and Unseen."""
        self._versions.clear()
        self._before.clear()
        try:
            return self._judge_alike(acts)
        finally:
            self._judged.clear()

    def _new_id(self) -> str:
        return ""

    def _opened(self, act: Act) -> str:
        if isinstance(act.target, New) or act.target is None or not act.opens or act.expected is not None:
            raise Unseen
        self._versions[act.target] = 0
        return act.target


class _Blind:
    """Views and a writer that show nothing."""

    next = 0

    def __init__(self, registry: Registry, now: datetime) -> None:
        self._registry = registry
        self.now = now

    def version(self, _stream: str) -> NoReturn:
        raise Unseen

    def play(self, _name: str) -> None:
        """All views are in play where what is foreseen is taken in."""

    def state(self, name: str, _stream: str, version: int) -> None:
        """A stream that is not there yet has no state, unless the rows have keys of their own."""
        if version or self._registry.view(name).key is not None:
            raise Unseen

    def asked(self, asks: Mapping[str, Any], _event: Any, _state: Any) -> dict[str, Any]:
        if asks:
            raise Unseen
        return {}

    def add(self, _record: Any, _voids: bool) -> None:
        """Nothing is folded here."""


class _Unsealing(Sealer):
    """Sealing takes keys, which are not to be had here."""

    def _sealed(self, kind: Kind, data: Any, _stream: str) -> Any:
        if any(map(data.__getattribute__, kind.personal)):
            raise Unseen
        return data
