"""What every plugin owes the core, as test cases to inherit.

    class TestComplaints(PluginContract):
        plugin = "complaints"

        def history(self, kit):
            kit.ok("complaints", "receive", ...)   # some entries, so that its views can be folded twice

Each case asks the plugin through its hooks, as the core would; none looks at how the plugin does it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from branchops.core import own
from branchops.core.extend import hookspecs
from branchops.core.extend.descriptors import EventType
from branchops.core.extend.discovery import Found, discover
from branchops.core.extend.loader import BUNDLED, Loader
from branchops.core.extend.registry import Registry
from branchops.core.ledger import canonical
from branchops.core.rulebook.fields import personal_fields, signer_fields
from branchops.testing import source
from branchops.testing.samples import sample

if TYPE_CHECKING:
    from branchops.testing.stage import BranchKit

HEAVY = ("typer", "rich", "sqlite_utils", "tabulate", "cryptography", "argon2", "wcwidth", "chinese_calendar")
"""What importing a plugin must not import."""

IMPURE = ("typer", "click", "rich", "sqlite3", "os", "random", "secrets", "subprocess", "socket", "time", "uuid")
"""What the pure rooms must not import."""

PURE_ROOMS = ("events", "rules", "views", "duties")


class PluginContract:
    """Subclass it in a test module and set `plugin` (an installed plugin's name), or `module` (an imported one)."""

    plugin: str = ""
    module: Any = None

    def history(self, kit: BranchKit) -> None:  # noqa: ARG002 - for those who override it
        """Override: record some of the plugin's entries in `kit`, a voided one among them."""
        pytest.skip("the suite records no history")

    # --- what is under test

    @cached_property
    def loader(self) -> Loader:
        """A loader that knows this plugin only."""
        loader = Loader(self.points)
        if self.module is not None:
            loader.add(self.plugin, self.module)
        return loader

    @property
    def points(self) -> list[Found]:
        """The plugin's entry point, where it is an installed one."""
        return [point for point in discover() if point.name == self.plugin] if self.module is None else []

    @cached_property
    def registry(self) -> Registry:
        """The names that core and this plugin offer."""
        return Registry(self.loader, own)

    def ask(self, hook: str, default: Any = ()) -> Any:
        """The plugin's answer to a hook; what it raises is the test's failure."""
        assert self.plugin in self.loader.plugins, self.loader.statuses
        return self.loader.demand(self.plugin, hook, default)

    @property
    def home(self) -> ModuleType:
        """The module that holds the hooks."""
        home: ModuleType = self.loader.plugins[self.plugin].module
        return home

    @property
    def own_types(self) -> tuple[EventType, ...]:
        """The plugin's event types."""
        return tuple(self.ask("branchops_events"))

    # --- who it is

    def test_it_describes_itself(self) -> None:
        """It loads, under its own name, with a title in both languages."""
        self.ask("branchops_plugin")
        described = self.loader.plugins[self.plugin].plugin
        assert (described.name, bool(described.en), bool(described.zh)) == (self.plugin, True, True)

    @pytest.mark.parametrize("hook", sorted(name for name in vars(hookspecs) if name.startswith("branchops_")))
    def test_its_hooks_answer(self, hook: str) -> None:
        """Every hook it has can be asked without raising, and what it gives can be gone through."""
        answer = self.ask(hook)
        if hook in ("branchops_commands", "branchops_events", "branchops_views", "branchops_duties"):
            assert list(answer) is not None

    def test_importing_it_is_light(self) -> None:
        """The module with the hooks, once imported and asked who it is, has brought in nothing heavy."""
        name = self.home.__name__
        code = (
            f"import sys, {name}; {name}.branchops_plugin();"
            f"print(*[heavy for heavy in {HEAVY!r} if heavy in sys.modules])"
        )
        path = Path(self.home.__file__ or "")
        top = path.parents[name.count(".") + (path.name == "__init__.py")]
        done = subprocess.run(  # noqa: S603 - the interpreter that runs the tests
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=top, check=False
        )
        assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)

    def test_its_commands_are_under_names_of_its_own(self) -> None:
        """Each group's app can be imported, and every command in it explains itself."""
        from branchops.session import Session, enter, leave
        from branchops.tree import Root

        given = [] if self.module is None else [(self.plugin, self.module)]
        token = enter(Session(plugins=self.points, given=given))
        try:
            wrong = []
            for group in self.ask("branchops_commands"):
                built = Root().get_command(None, group.name)
                wrong += [f for path, command in _commands(built, (group.name,)) for f in _help_faults(path, command)]
        finally:
            leave(token)
        assert wrong == []

    # --- events

    def test_its_events_are_its_own(self) -> None:
        """Every type carries the plugin's name, and its data is a frozen struct."""
        wrong = [
            kind.name
            for kind in self.own_types
            if not kind.name.startswith(f"{self.plugin}.")
            or not issubclass(kind.struct, msgspec.Struct)
            or not kind.struct.__struct_config__.frozen
        ]
        assert wrong == []

    def test_its_events_hold_no_floats(self) -> None:
        """Money and ratios are decimals: a float is not the same number on every machine."""
        holding = [kind.name for kind in self.own_types if source.mentions(kind.struct, float)]
        assert holding == []

    def test_its_events_come_back_as_they_were_stored(self) -> None:
        """Canonical bytes of an event's data decode to an equal event, by both encoders."""
        for kind in self.own_types:
            made = sample(kind.struct)
            raw = canonical.encode(made)
            assert raw == canonical.reference_encode(made), kind.name
            assert msgspec.json.decode(raw, type=kind.struct) == made, kind.name

    def test_its_events_can_be_brought_up_to_date(self) -> None:
        """There is one upcasting step for every schema below the present one."""
        for kind in self.own_types:
            assert set(kind.upcasts) == set(range(1, kind.schema)), kind.name

    def test_its_marks_on_fields_are_understood(self) -> None:
        """Personal and signing marks sit where the core can act on them."""
        for kind in self.own_types:
            personal_fields(kind.struct)
            signer_fields(kind.struct)

    def test_its_states_are_views_it_has(self) -> None:
        """The view named as the state of an event type exists."""
        known = {view.name for view in self.ask("branchops_views")}
        assert {kind.state for kind in self.own_types if kind.state} <= known

    # --- rules

    def enforced(self) -> dict[str, list[str]]:
        """Rule ids with what enforces each: validators, duties, reactions, markers, signers, reports, pack rows."""
        book = self.ask("branchops_rules", None)
        found: dict[str, list[str]] = {}
        things = [*book.validators, *book.reactions, *book.markers] if book else []
        for thing in [*things, *self.ask("branchops_duties")]:
            for rule in thing.rules:
                found.setdefault(rule, []).append(thing.target)
        for kind in self.own_types:
            for field in signer_fields(kind.struct):
                if field.rule:
                    found.setdefault(field.rule, []).append(f"{kind.name}.{field.name}")
        for report in getattr(self.ask("branchops_reports", None), "reports", ()):
            for rule in report.rules:
                found.setdefault(rule, []).append(f"report {report.name}")
        for rule in source.rules_in(self.registry.pack(self.plugin).data):
            found.setdefault(rule, []).append("pack")
        return found

    def test_its_rules_are_its_own(self) -> None:
        """Every rule of its pack carries the plugin's name, both titles and a source, and no id is used twice."""
        rules = self.registry.pack(self.plugin).rules
        families = (self.plugin, *self.loader.plugins[self.plugin].plugin.rule_prefixes)
        assert [rule.id for rule in rules if rule.id.partition(".")[0] not in families] == []
        assert [rule.id for rule in rules if not (rule.en and rule.zh and rule.source)] == []
        assert len({rule.id for rule in rules}) == len(rules)

    def test_every_rule_is_enforced(self) -> None:
        """Every rule of its pack is named by something that enforces it: its own, or that of a bundled plugin."""
        enforced = {*self.enforced(), *(rule for thing in self.bundled().enforcers() for rule in thing.rules)}
        assert [rule.id for rule in self.registry.pack(self.plugin).rules if rule.id not in enforced] == []

    def bundled(self) -> Registry:
        """The bundled plugins: one may help enforce another's rule."""
        return Registry(Loader([point for point in discover() if point.dist == BUNDLED]), own)

    def test_every_enforcer_names_a_known_rule(self) -> None:
        """Nothing claims to enforce a rule that is in no pack; a plugin may help enforce another one's rule."""
        known = {rule.id for book in (self.registry, self.bundled()) for _owner, rule in book.rules()}
        unknown = {rule: targets for rule, targets in self.enforced().items() if rule not in known}
        assert unknown == {}

    def test_its_validators_judge_types_that_exist(self) -> None:
        """Each `on` is a struct the plugin offers, one of core's, or a foreign type that the plugin listens to."""
        book = self.ask("branchops_rules", None)
        own_types = [*self.own_types, *own.branchops_events()]
        known = {kind.struct for kind in own_types} | {kind.name for kind in own_types}
        known |= set(self.loader.plugins[self.plugin].plugin.listens)
        checks = book.validators if book else ()
        wrong = [(check.target, on) for check in checks for on in check.on if on not in known]
        assert wrong == []

    def test_it_listens_to_nothing_in_vain(self) -> None:
        """Its rules are imported whenever an entry it listens to is recorded, so one of them is about each; views
        subscribe by themselves."""
        book = self.ask("branchops_rules", None)
        checks = (*book.validators, *book.reactions) if book else ()
        names = {kind.struct: kind.name for kind in (*self.own_types, *own.branchops_events())}
        used = {names.get(on, on) for check in checks for on in check.on}
        assert set(self.loader.plugins[self.plugin].plugin.listens) <= used

    def test_its_duties_read_views_that_exist(self) -> None:
        """Each duty is derived of rows of a view it has (by columns that view has), or daily."""
        views = {view.name: view for view in (*self.ask("branchops_views"), *own.branchops_views())}
        for rule in self.ask("branchops_duties"):
            if rule.daily:
                continue
            assert rule.view in views, rule.target
            assert set(rule.where) <= set(views[rule.view].row.__struct_fields__), rule.target

    # --- views

    def test_its_views_are_its_own(self) -> None:
        """Views carry the plugin's name, fold types that exist (or are of a plugin that does not come with BranchOps),
        and index columns they have."""
        known = {kind.name for kind in (*self.own_types, *own.branchops_events(), *self.bundled().event_types())}
        families = {name.partition(".")[0] for name in known}
        for view in self.ask("branchops_views"):
            assert view.name.startswith(f"{self.plugin}.")
            assert {name for name in view.types if name.partition(".")[0] in families} <= known, view.name
            indexed = {name for one in view.index for name in ((one,) if isinstance(one, str) else one)}
            assert indexed | {view.spans} - {""} <= set(view.row.__struct_fields__), view.name
            assert view.row.__struct_config__.frozen, view.name

    def test_its_views_fold_the_same_from_scratch(self, make_kit: Any) -> None:
        """Read models rebuilt from the ledger equal those that grew with it."""
        kit: BranchKit = make_kit(given=[] if self.module is None else [(self.plugin, self.module)])
        self.history(kit)
        names = [view.name for view in self.ask("branchops_views")]
        grown = {name: kit.rows(name) for name in names}
        kit.close()
        (kit.store / "views.db").unlink()
        assert {name: kit.rows(name) for name in names} == grown

    # --- words and purity

    def test_it_speaks_chinese(self) -> None:
        """Every text it marks for translation has a Chinese one in its own catalogue or in core's."""
        from branchops.core.output.mofile import Catalogue

        place = self.loader.plugins[self.plugin].plugin.locale
        core = Path(own.__file__).parents[2] / "locale"
        files = [core / "zh/LC_MESSAGES/branchops.mo"]
        if place is not None:
            files += sorted(place.glob("zh/LC_MESSAGES/*.mo"))
        catalogues = [Catalogue(path.read_bytes()) for path in files if path.is_file()]
        texts = {text for path in source.files_of(self.home) for text in source.marked(path.read_text("utf-8"))}
        assert sorted(text for text in texts if not any(known.find(text) for known in catalogues)) == []

    def test_its_pure_rooms_are_pure(self) -> None:
        """Events, rules, views and duties import no terminal, no database, no clock, no dice."""
        wrong = {}
        for path in source.files_of(self.home):
            room = source.room_of(path, self.home)
            if room in PURE_ROOMS:
                found = sorted(source.imports(path.read_text("utf-8")) & set(IMPURE))
                found += source.clock_readings(path.read_text("utf-8"))
                if found:
                    wrong[path.name] = found
        assert wrong == {}

    def test_it_comes_through_the_door(self) -> None:
        """Of branchops it imports `branchops.api` and itself only (its tests may use `branchops.testing`)."""
        inside = self.home.__name__
        allowed = ("branchops.api", inside)
        wrong = {
            path.name: found
            for path in source.files_of(self.home)
            if (
                found := [
                    name
                    for name in source.modules(path.read_text("utf-8"))
                    if name.partition(".")[0] == "branchops" and not name.startswith(allowed)
                ]
            )
        }
        assert wrong == {}


def _commands(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not hasattr(group, "list_commands"):
        yield path, group
        return
    for name in group.list_commands(None):
        yield from _commands(group.get_command(None, name), (*path, name))


def _help_faults(path: tuple[str, ...], command: Any) -> list[str]:
    said = " ".join(path)
    text = (command.help or "").strip()
    found = []
    first = text.partition("\n")[0].strip()
    if not first or len(first) > 100:
        found.append(f"{said}: no first line of at most 100 characters")
    if said not in " ".join(text.partition("Example:")[2].split()):
        found.append(f"{said}: no “Example: branchops {said} ...”")
    found += [f"{said}: {param.opts[0]} has no help" for param in command.params if not getattr(param, "help", None)]
    return found
