"""What the loaded plugins offer, found by name and imported no earlier than needed.

The first part of every name says who owns it: the type `complaints.received`, the view `complaints.case` and the rule
`complaints.facts-first` belong to the plugin `complaints`. Core's own names (`staff.*`, `day.*`, ...) come from
`core.own`, in the same shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import astuple

from branchops.core.errors import BranchOpsError, NotFound, PluginFailed
from branchops.core.extend.descriptors import EventType, Group, Offer, Report, Rulebook
from branchops.core.extend.loader import Loader, failed
from branchops.core.extend.packs import Pack, load_pack
from branchops.core.ledger.event import Row, StoredEvent
from branchops.core.memo import Memo
from branchops.core.output.messages import _
from branchops.core.rulebook.policy import Setting
from branchops.core.rulebook.record import Meta, Recorded
from branchops.core.rulebook.rule import DutyRule, Enforcer, Reaction, Rule, Validator
from branchops.core.views.table import View

T = TypeVar("T")
BREACH = "*breach*"


class Body(msgspec.Struct, Generic[T], frozen=True):
    """The two halves of a stored body."""

    data: T
    meta: Meta


class Registry:
    """Names to things. `core` is a module that offers the hooks of a plugin for the core's own names."""

    def __init__(self, loader: Loader, core: Any, overlays: Path | None = None) -> None:
        self.loader = loader
        self._core = core
        self._overlays = overlays
        self._types: dict[str, EventType] = {}
        self._by_struct: dict[type, EventType] = {}
        self._typed: set[str] = set()
        self._decoders = Memo(self._decoder)
        self._views: dict[str, dict[str, View]] = {}
        self._rulebooks: dict[str, Rulebook] = {}
        self._packs: dict[str, Pack] = {}
        self._judges: dict[str, tuple[Validator, ...]] = {}
        self._offers: dict[str, Offer] = {}

    @property
    def owners(self) -> tuple[str, ...]:
        """Core first, then the plugins that work, by name."""
        return ("core", *sorted(self.loader.plugins))

    def _ask(self, owner: str, hook: str, default: Any = ()) -> Any:
        if owner == "core":
            function = getattr(self._core, hook, None)
            return function() if function else default
        return self.loader.call(owner, hook, default)

    def owner_of(self, name: str) -> str:
        """The owner of a dotted name: a plugin, or `core` for names that no plugin owns."""
        first = name.partition(".")[0]
        return first if first in self.loader.plugins else "core"

    def _listeners(self, type_name: str, owner: str, breached: bool = False) -> Iterator[str]:
        for name, loaded in sorted(self.loader.plugins.items()):
            listens = loaded.plugin.listens
            if name != owner and (type_name in listens or (breached and BREACH in listens)):
                yield name

    # --- event types

    def _load_types(self, owner: str) -> None:
        if owner in self._typed:
            return
        self._typed.add(owner)
        for event_type in self._ask(owner, "branchops_events"):
            if owner != "core" and not event_type.name.startswith(f"{owner}."):
                continue
            try:
                _check_upcasts(event_type)
            except ValueError as error:
                self.loader.blame(owner, "branchops_events", error)
                continue
            self._types[event_type.name] = event_type
            self._by_struct[event_type.struct] = event_type

    def event_type(self, name: str) -> EventType | None:
        """The type of that name, or None when no working plugin knows it."""
        if name not in self._types:
            self._load_types(self.owner_of(name))
        return self._types.get(name)

    def type_of(self, struct: type) -> EventType:
        """The event type of a struct. Raises PluginFailed when no plugin offers it."""
        if struct not in self._by_struct:
            package = struct.__module__
            near = [n for n, p in self.loader.plugins.items() if package.startswith(getattr(p.module, "__name__", "?"))]
            for owner in (*near, *self.owners):
                self._load_types(owner)
                if struct in self._by_struct:
                    break
        try:
            return self._by_struct[struct]
        except KeyError:
            raise PluginFailed(
                _("No plugin offers the event {struct}.").format(struct=struct.__qualname__),
                _("Return it from the plugin's branchops_events hook."),
            ) from None

    def event_types(self) -> tuple[EventType, ...]:
        """All types of all owners, by name."""
        for owner in self.owners:
            self._load_types(owner)
        return tuple(self._types[name] for name in sorted(self._types))

    def _decoder(self, kind: tuple[str, int]) -> Callable[[bytes], Any]:
        """Reads the body of events of a type and schema, upcast to today's."""
        name, schema = kind
        event_type = self.event_type(name)
        if event_type is None:
            return _RAW.decode
        if schema == event_type.schema:
            return msgspec.json.Decoder(Body[event_type.struct]).decode  # type: ignore[name-defined]

        def older(body: bytes) -> Any:
            raw = _RAW.decode(body)
            return Body(msgspec.convert(upcast(event_type, schema, raw.data), event_type.struct), raw.meta)

        return older

    def decode(self, event: StoredEvent) -> Recorded:
        """A stored event with its data as the struct of its type, upcast to today's schema."""
        return self.decode_row(astuple(event))

    def decode_row(self, row: Row) -> Recorded:
        """`decode` for an event as a plain tuple."""
        pos, ident, stream, version, kind, schema, occurred, recorded, actor, raw, _leaf = row
        body = self._decoders[kind, schema](raw)
        at = datetime.fromisoformat(recorded)
        return Recorded(
            pos=pos,
            id=ident,
            stream=stream,
            version=version,
            type=kind,
            occurred_at=at if occurred == recorded else datetime.fromisoformat(occurred),
            recorded_at=at,
            actor=actor,
            data=body.data,
            meta=body.meta,
        )

    # --- views

    def views_of(self, owner: str) -> dict[str, View]:
        """The views of one owner by name."""
        if owner not in self._views:
            found = self._ask(owner, "branchops_views")
            self._views[owner] = {view.name: view for view in found if view.name.startswith(f"{owner}.")}
        return self._views[owner]

    def view(self, name: str) -> View:
        """The view of that name. Raises NotFound with near names."""
        owner = name.partition(".")[0]
        views = self.views_of(owner)
        if name not in views:
            raise NotFound(_("There is no view {name}.").format(name=name), _near(name, views))
        return views[name]

    def all_views(self) -> tuple[View, ...]:
        """Every view of every owner."""
        return tuple(view for owner in self.owners for view in self.views_of(owner).values())

    # --- judging

    def rulebook(self, owner: str) -> Rulebook:
        """The rulebook of one owner (empty when it has none)."""
        if owner not in self._rulebooks:
            self._rulebooks[owner] = self._ask(owner, "branchops_rules", Rulebook()) or Rulebook()
        return self._rulebooks[owner]

    def pack(self, owner: str) -> Pack:
        """The rule pack of one owner with the bank's overlay."""
        if owner not in self._packs:
            overlay = self._overlays / f"{owner}.toml" if self._overlays else None
            try:
                self._packs[owner] = load_pack(self._pack_path(owner), overlay)
            except (BranchOpsError, OSError) as error:
                if owner == "core":
                    raise
                self.loader.blame(owner, "branchops_rules", error)
                self._packs[owner] = Pack()
        return self._packs[owner]

    def _pack_path(self, owner: str) -> Path | None:
        """Where an owner's pack lies: as described, else `pack.toml` beside its module, else as its rulebook says."""
        if owner == "core":
            return self._core.PACK  # type: ignore[no-any-return]
        loaded = self.loader.plugins[owner]
        if loaded.plugin.pack is not None:
            return loaded.plugin.pack
        beside = Path(getattr(loaded.module, "__file__", None) or "?").with_name("pack.toml")
        return beside if beside.is_file() else self.rulebook(owner).pack

    def _fit_to_judge(self, owner: str) -> None:
        """Raises PluginFailed when an owner's rules or pack cannot be read: nothing of it is recorded unjudged."""
        if owner == "core":
            return
        self.pack(owner)
        status = self.loader.plugins[owner].status
        if status.status == "failed" and status.error.startswith("branchops_rules:"):
            raise failed(status)

    def validators(self, event_type: EventType) -> tuple[Validator, ...]:
        """Who judges entries of a type: its owner's validators, then those of plugins that listen to it."""
        name = event_type.name
        if name not in self._judges:
            owner = self.owner_of(name)
            self._fit_to_judge(owner)
            owners = (owner, *self._listeners(name, owner))
            self._judges[name] = tuple(
                check
                for who in owners
                for check in self.rulebook(who).validators
                if event_type.struct in check.on or name in check.on
            )
        return self._judges[name]

    def reactions(self, type_name: str, breached: bool) -> Iterator[tuple[str, Reaction]]:
        """Which plugins answer an entry of a type, each with its reaction."""
        for who in self._listeners(type_name, self.owner_of(type_name), breached):
            for answer in self.rulebook(who).reactions:
                if type_name in answer.on or (breached and BREACH in answer.on):
                    yield who, answer

    def settings(self) -> tuple[Setting, ...]:
        """The policy settings of all owners."""
        return tuple(setting for owner in self.owners for setting in self.pack(owner).settings)

    def tables(self) -> dict[str, Mapping[str, Any]]:
        """The tables that each owner's pack holds beside its rules and settings."""
        return {owner: self.pack(owner).data for owner in self.owners}

    def duty_rules(self, view: str = "") -> Iterator[DutyRule]:
        """The functions that derive duties: all, or those over the rows of one view, which are its own plugin's."""
        for owner in (self.owner_of(view),) if view else self.owners:
            for rule in self._ask(owner, "branchops_duties"):
                if not view or rule.view == view:
                    yield rule

    def rules(self) -> tuple[tuple[str, Rule], ...]:
        """All rules with their owners, in the order of the packs."""
        return tuple((owner, rule) for owner in self.owners for rule in self.pack(owner).rules)

    def enforcers(self) -> Iterator[Enforcer]:
        """Everything that names rules it enforces, of all owners."""
        for owner in self.owners:
            book = self.rulebook(owner)
            yield from book.validators
            yield from book.reactions
            yield from book.markers
            yield from self._ask(owner, "branchops_duties")

    # --- offers

    def offer(self, owner: str) -> Offer:
        """Reports, imports, exports and showings of one owner."""
        if owner not in self._offers:
            self._offers[owner] = self._ask(owner, "branchops_reports", Offer()) or Offer()
        return self._offers[owner]

    def offers(self) -> Iterator[tuple[str, Offer]]:
        """The offers of all owners."""
        for owner in self.owners:
            yield owner, self.offer(owner)

    def report(self, name: str) -> Report:
        """The report of that name. Raises NotFound with near names."""
        found = {report.name: report for _owner, offer in self.offers() for report in offer.reports}
        if name not in found:
            raise NotFound(_("There is no report “{name}”.").format(name=name), _near(name, found))
        return found[name]


def groups(loader: Loader) -> dict[str, Group]:
    """The command groups by name; of two of one name that of the plugin loaded first (a bundled one) stands."""
    found: dict[str, Group] = {}
    for owner in loader.plugins:
        for group in loader.call(owner, "branchops_commands"):
            if group.name in found:
                status = loader.plugins[owner].status
                status.status, status.error = "shadowed", _("its command “{name}” is taken").format(name=group.name)
                continue
            found[group.name] = group
    return found


def broken(loader: Loader, name: str) -> PluginFailed | None:
    """The failure of a plugin of that name, if it has failed."""
    for status in loader.statuses:
        if status.name == name and status.status == "failed":
            return failed(status)
    return None


_RAW = msgspec.json.Decoder(Body[dict[str, Any]])


def upcast(event_type: EventType, schema: int, data: dict[str, Any]) -> dict[str, Any]:
    """The data of an older schema as today's. Raises PluginFailed for data newer than the plugin."""
    if schema > event_type.schema:
        raise PluginFailed(
            _("{type} of schema {schema} is newer than this plugin, which knows {known}.").format(
                type=event_type.name, schema=schema, known=event_type.schema
            ),
            _("Update the plugin; `branchops log` still shows the event."),
        )
    for step in range(schema, event_type.schema):
        data = event_type.upcasts[step](data)
    return data


def _check_upcasts(event_type: EventType) -> None:
    wanted = set(range(1, event_type.schema))
    if set(event_type.upcasts) != wanted:
        raise ValueError(f"{event_type.name}: upcasts {sorted(event_type.upcasts)}, needed {sorted(wanted)}")


def _near(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    import difflib

    near = difflib.get_close_matches(name, names, 3)
    return _("Did you mean {names}?").format(names=", ".join(near)) if near else ", ".join(names)
