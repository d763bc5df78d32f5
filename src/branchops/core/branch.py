"""The branch: one store, opened. All reading and writing of a command goes through here.

Invariant: the only way to write is `transaction`, which takes the ledger's writer lock, brings the views that matter up
to the head, and lets `append.Transaction` decide, judge and append. Signers prove themselves before the lock is taken.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from branchops.core import own
from branchops.core.clock import Clock, SystemClock
from branchops.core.entry import Act, Decide, Entry, New, Outcome
from branchops.core.errors import IntegrityError, NotEntitled, NotFound
from branchops.core.extend.loader import Loader
from branchops.core.extend.registry import Registry
from branchops.core.facts import HOUSE_TYPES, House
from branchops.core.ledger.ledger import Ledger
from branchops.core.output.messages import _
from branchops.core.people.staff import People
from branchops.core.rulebook.record import Recorded
from branchops.core.views.catchup import ReadModels
from branchops.core.views.table import View

if TYPE_CHECKING:
    from branchops.core.append import Transaction
    from branchops.core.bulk import Bulk
    from branchops.core.people.keys import KeyStore
    from branchops.core.people.secrets import Secrets


Tx = TypeVar("Tx", bound="Transaction")


class Source:
    """The ledger (or the writer's open transaction) as read models see it, up to a fixed size."""

    def __init__(self, reader: Any, registry: Registry, upto: int | None = None) -> None:
        self._reader = reader
        self._registry = registry
        self._upto = upto

    def size(self) -> int:
        """The ledger position of the newest event that counts."""
        return self._reader.size() if self._upto is None else self._upto

    def events(
        self, types: Iterable[str] | None = None, after: int = 0, stream: str | None = None, upto: int | None = None
    ) -> Iterator[Recorded]:
        """Decoded events in order."""
        wanted = tuple(types) if types is not None else None
        last = self._upto if upto is None else upto
        return map(self._registry.decode_row, self._reader.rows(stream=stream, types=wanted, after=after, upto=last))


class _DryRun(Exception):
    """Unwinds a transaction that was only to be judged."""


class Branch:
    """An open store. Use `Branch.open` or `Branch.create`, and close it (or use it as a context manager)."""

    def __init__(self, store: Path, ledger: Ledger, clock: Clock, loader: Loader) -> None:
        self.store = store
        self.ledger = ledger
        self.clock = clock
        self.registry = Registry(loader, own, store / "packs")
        self._house: House | None = None
        self._house_head = -1

    @classmethod
    def open(cls, store: Path, clock: Clock | None = None, loader: Loader | None = None) -> Branch:
        """Opens a store. Raises NotFound when there is none, IntegrityError when it cannot be trusted."""
        if not (store / "ledger.db").is_file():
            raise NotFound(
                _("There is no store in {path}.").format(path=store),
                _("Make one: branchops init --outlet CODE --name NAME (or name another with --store)."),
            )
        return cls(store, Ledger.open(store), clock or SystemClock(), loader or Loader(files=enabled_files(store)))

    @classmethod
    def create(cls, store: Path, clock: Clock | None = None, loader: Loader | None = None) -> Branch:
        """Makes an empty store in a directory that has none."""
        if (store / "ledger.db").exists():
            raise IntegrityError(
                _("There is a store in {path} already.").format(path=store), _("Name another directory with --store.")
            )
        store.mkdir(parents=True, exist_ok=True)
        return cls(store, Ledger.create(store), clock or SystemClock(), loader or Loader())

    def close(self) -> None:
        """Closes all files."""
        for name in ("models", "keys"):
            if name in self.__dict__:
                self.__dict__[name].close()
        self.ledger.close()

    def __enter__(self) -> Branch:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @cached_property
    def models(self) -> ReadModels:
        """The read models."""
        return ReadModels(self.store / "views.db")

    @cached_property
    def keys(self) -> KeyStore:
        """The keys of subjects and the PINs."""
        from branchops.core.people.keys import KeyStore

        return KeyStore(self.store / "keys.db")

    def discard_views(self) -> None:
        """Deletes the read models' file, which holds nothing of its own; they are folded anew when next asked for."""
        models = self.__dict__.pop("models", None)
        if models is not None:
            models.close()
        for tail in ("", "-wal", "-shm"):
            (self.store / f"views.db{tail}").unlink(missing_ok=True)
        self._house = None

    # --- reading

    def source(self, reader: Any = None, upto: int | None = None) -> Source:
        """The events of the ledger, decoded; of the writer's transaction when a writer is given."""
        return Source(reader or self.ledger, self.registry, upto)

    def view(self, name: str) -> View:
        """A view by name, caught up with the ledger."""
        view = self.registry.view(name)
        self.models.catch_up((view,), self.source())
        return view

    def row(self, name: str, key: str) -> Any:
        """One row of a view, or None."""
        return self.models.get(self.view(name), key)

    def rows(self, name: str, where: Mapping[str, Any] | None = None, **narrowing: Any) -> Iterator[Any]:
        """Rows of a view; see `ReadModels.query` for how to narrow, order and limit."""
        return self.models.query(self.view(name), where, **narrowing)

    @property
    def house(self) -> House:
        """People, settings, calendar and outlet as they are now."""
        head = self.ledger.size()
        if self._house is None or head != self._house_head:
            views = self.registry.views_of("core")
            chosen = [views[f"core.{name}"] for name in ("outlet", "staff", "policy")]
            if self._house is None or self._touched(head):
                self.models.catch_up(chosen, self.source())
                self._house = self.load_house(lambda name: self.models.query(views[name]))
            self._house_head = head
        return self._house

    def _touched(self, head: int) -> bool:
        """Whether anything since the last look was about the house itself."""
        for event in self.ledger.read(after=self._house_head, upto=head):
            if event.type.startswith((*HOUSE_TYPES, "entry.")):
                return True
        return False

    def load_house(self, rows_of: Callable[[str], Iterable[Any]]) -> House:
        """The house that the rows of core's views make."""
        return House(
            rows_of("core.outlet"),
            People(rows_of("core.staff")),
            self.registry.settings(),
            rows_of("core.policy"),
            self.registry.tables(),
            {rule.id: rule for _owner, rule in self.registry.rules()},
        )

    def actor(self, told: str | None) -> str:
        """Who is acting: the staff member told, else the one bound to the operating-system user."""
        people = self.house.people
        if told:
            return people.resolve(told)
        import getpass

        bound = people.bound_to(os.environ.get("USER") or os.environ.get("USERNAME") or getpass.getuser())
        if bound is None:
            raise NotEntitled(
                _("Nobody is acting: say who you are."),
                _("Use --as STAFF or BRANCHOPS_AS, or bind your user: branchops staff bind ID OSUSER"),
            )
        return bound

    # --- writing

    def act(
        self,
        decide: Decide,
        command: Any,
        target: str | New | None = None,
        *,
        actor: str,
        at: datetime | None = None,
        key: str = "",
        source: str = "",
        opens: bool = False,
        expected: int | None = None,
        secrets: Secrets | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Runs one command through the one path. `secrets` is asked for the PIN of every signer."""
        act = Act(
            decide=decide,
            command=command,
            target=target,
            actor=actor,
            at=at,
            key=key,
            source=source,
            opens=opens,
            expected=expected,
        )
        from branchops.core.people.secrets import NoSecrets
        from branchops.core.signing import SignaturesWanted

        proved: dict[str, str] = {}
        while True:
            try:
                return self._try(act, proved, dry_run)
            except SignaturesWanted as wanted:
                for staff in wanted.staff:
                    proved[staff] = self.prove(staff, secrets or NoSecrets(), actor)

    def _try(self, act: Act, proved: dict[str, str], dry_run: bool) -> Outcome:
        import msgspec

        outcome: Outcome | None = None
        try:
            with self.transaction(proved) as tx:
                outcome = tx.act(act)
                if dry_run:
                    raise _DryRun
        except _DryRun:
            assert outcome is not None
            return msgspec.structs.replace(outcome, stored=False)
        assert outcome is not None
        return outcome

    def record(self, *entries: Entry | Any, actor: str, **how: Any) -> Outcome:
        """Records given entries as they are, judged like any others."""
        return self.act(_as_given, tuple(entries), actor=actor, opens=True, **how)

    def prove(self, staff: str, secrets: Secrets, actor: str) -> str:
        """The stamp at which a signer proved to be present. A wrong PIN is recorded, then NotEntitled is raised."""
        from branchops.core.people.attest import PinFailure, authenticate

        now = self.clock.now()
        try:
            proved = authenticate(
                self.keys, self.house.people, staff, secrets, now, day=now.astimezone(self.house.tz).date()
            )
        except PinFailure as failure:
            self._note(failure.events, actor)
            raise
        self._note(proved.events, actor)
        return proved.at

    def _note(self, events: Iterable[Any], actor: str) -> None:
        for event in events:
            self.record(Entry(event, f"staff-{event.staff}"), actor=actor)

    @contextmanager
    def transaction(self, proved: dict[str, str] | None = None) -> Iterator[Transaction]:
        """The writer lock with one transaction: commits on a clean exit, stores nothing on an exception."""
        from branchops.core.append import Transaction

        with self._writing(Transaction, proved) as tx:
            yield tx

    @contextmanager
    def bulk(self, proved: dict[str, str] | None = None) -> Iterator[Bulk]:
        """As `transaction`, for many commands; it may commit along the way."""
        from branchops.core.bulk import Bulk

        with self._writing(Bulk, proved) as tx:
            yield tx

    @contextmanager
    def _writing(self, kind: type[Tx], proved: dict[str, str] | None) -> Iterator[Tx]:
        with self.ledger.write(self.clock) as writer, ExitStack() as late:
            tx = kind(self, writer, proved or {}, late, self.house)
            yield tx
        self._settle(tx)

    def _settle(self, tx: Transaction) -> None:
        """Stores what the transaction folded, now that the ledger has committed it."""
        if not tx.sight.done:
            return
        if tx.house is not self._house:
            self._house = tx.house
        if tx.voids:
            self._house = None
            return
        changed, base, head = tx.sight.taken()
        self.models.advance(changed, base, head)
        self._house_head = head


def _as_given(_state: Any, entries: tuple[Any, ...], _policy: Any) -> tuple[Any, ...]:
    return entries


def enabled_files(store: Path) -> list[Path]:
    """The one-file plugins of the store that were enabled, and have not changed since."""
    listed = store / "plugins" / "enabled.toml"
    if not listed.is_file():
        return []
    import hashlib
    import tomllib

    enabled = tomllib.loads(listed.read_text(encoding="utf-8")).get("sha256", {})
    found = []
    for name, digest in sorted(enabled.items()):
        path = store / "plugins" / f"{name}.py"
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            found.append(path)
    return found
