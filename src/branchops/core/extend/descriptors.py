"""What a plugin's hooks return: frozen, typed descriptions. A plugin describes, the core acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from branchops.core.rulebook.rule import DutyRule, Marker, Reaction, Validator
from branchops.core.rulebook.verdict import Verdict

API_VERSION = 1


class Plugin(msgspec.Struct, frozen=True, kw_only=True):
    """Who a plugin is. `name` prefixes everything it owns: event types, rules, views, its command group.

    `listens` names the event types of other plugins that its validators judge or its reactions answer (`"*breach*"`:
    any entry that carries a breach), so that an append imports no other plugin's rules; views subscribe by themselves.
    `pack` is the rule pack (default: `pack.toml` beside the module): named here, its settings are read without
    importing the rules. `rule_prefixes` are further families of rule ids that it holds (`plan` for `plan.set-targets`).
    A plugin made for another `api_version` is refused by name.
    """

    name: str
    api_version: int
    en: str
    zh: str
    version: str = ""
    listens: tuple[str, ...] = ()
    rule_prefixes: tuple[str, ...] = ()
    locale: Path | None = None
    pack: Path | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A command group, imported only when it is used.

    `app` is a package of command files (`package.commands`: one file a command), or `package.module:attribute` of a
    Typer app.
    """

    name: str
    app: str
    help: str


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """A type of event: stored name, struct of its data, schema number, and pure upcasting steps.

    `upcasts[n]` turns the data of schema n into that of n + 1; there is one for every n below `schema`. `state` names
    the view whose row (keyed by the stream) is the state that validators of this type are given.
    """

    name: str
    struct: type
    schema: int = 1
    upcasts: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
    state: str = ""


def kebab(name: str) -> str:
    """`HandedOver` as `handed-over`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def event_types(plugin: str, *structs: type, state: str = "") -> tuple[EventType, ...]:
    """Event types of structs, named `<plugin>.<kebab-name>`; a struct may carry `__schema__` and `__upcasts__`."""
    return tuple(
        EventType(
            name=f"{plugin}.{kebab(struct.__name__)}",
            struct=struct,
            schema=getattr(struct, "__schema__", 1),
            upcasts=getattr(struct, "__upcasts__", {}),
            state=state,
        )
        for struct in structs
    )


class Rulebook(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin's judging: its pack file and the objects that enforce its rules."""

    pack: Path | None = None
    validators: tuple[Validator, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    markers: tuple[Marker, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report or register. `make(reading)` answers with a Table, a Page or a PrintedRegister; pure but for reading.

    `rules` are the ids that this register or statistic enforces; `period` says whether it takes one. Of a Table that
    `lists` what there is, which may be long, people are shown the first rows and how many more there are; registers and
    statistics are always whole.
    """

    name: str
    title: str
    make: Callable[..., Any]
    rules: tuple[str, ...] = ()
    period: bool = True
    lists: bool = False


class ImportKind(msgspec.Struct, frozen=True, kw_only=True):
    """Something `import KIND FILE` can read.

    `fields` names the columns a mapping file may fill (name: help). `prepare(row)` turns one row of text into a
    `Prepared` or raises ValueError with the reason in the user's words; it must be pure. `defaults` names the column of
    a field, or several in order of preference, where a mapping names none; a field is also found under its own name,
    and case, spaces and punctuation never matter. A file without the `required` fields is refused before its first row.
    `key` is the field that holds the source's own key: where no column gives it, it is made of the row's content.
    """

    name: str
    title: str
    fields: Mapping[str, str]
    prepare: Callable[[Mapping[str, str]], Any]
    defaults: Mapping[str, str | tuple[str, ...]] = {}
    required: tuple[str, ...] = ()
    key: str = ""


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """Something `export FORMAT` can write: `write(reading, stream)` streams text to a text stream."""

    name: str
    title: str
    write: Callable[..., None]


class Showing(msgspec.Struct, frozen=True, kw_only=True):
    """How `show ID` tells a record: ids with `prefix` are rows of `view`, and `page(row, reading)` makes the Page."""

    prefix: str
    view: str
    page: Callable[..., Any]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What a plugin answers and exchanges: reports, imports, exports, and how its records are shown.

    `checks` are asked by `rules check`: each is given a `Reading` and yields a verdict for everything the branch still
    lacks (a setting nobody decided, a person or a control that is missing): `warn` or, where nothing works without it,
    `reject`. `files` are types of events that keep a file by its digest, in their fields `file` and `sha256`: `verify`
    compares these files.
    """

    reports: tuple[Report, ...] = ()
    imports: tuple[ImportKind, ...] = ()
    exports: tuple[Export, ...] = ()
    shows: tuple[Showing, ...] = ()
    checks: tuple[Callable[..., Iterable[Verdict]], ...] = ()
    files: tuple[str, ...] = ()


Duties = Iterable[DutyRule]
