"""Loads plugins one by one, so that a broken one is a line in `plugins list` and nothing more.

Whatever a plugin does wrong (fails to import, calls `sys.exit`, misspells a hook, claims a name that is taken, raises
in a hook) is caught here and kept with its name; everything else goes on without it. Bundled plugins come through the
same door and win a quarrel about a name.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pluggy

from branchops.core.errors import PluginFailed
from branchops.core.extend import hookspecs
from branchops.core.extend.descriptors import API_VERSION, EventType, Group, Offer, Plugin, Rulebook
from branchops.core.extend.discovery import Found, discover
from branchops.core.output.messages import _, add_catalogue
from branchops.core.rulebook.rule import DutyRule
from branchops.core.views.table import View

BUNDLED = "branchops"
RESERVED = frozenset({"staff", "policy", "day", "outlet", "entry", "core", "plugins"})


class Status(msgspec.Struct, kw_only=True):
    """One line of `plugins list`: `ms` is the time to import and describe it, in milliseconds."""

    name: str
    version: str
    source: str
    status: str
    error: str = ""
    ms: float = 0.0


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin that answered: its description, module and hook implementations by name."""

    plugin: Plugin
    module: Any
    hooks: dict[str, Callable[[], Any]]
    status: Status


class Loader:
    """Imports and describes plugins. `plugins` maps names to those that work, `statuses` tells of all."""

    def __init__(self, found: Iterable[Found] | None = None, files: Iterable[Path] = ()) -> None:
        self.plugins: dict[str, Loaded] = {}
        self.statuses: list[Status] = []
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        for point in discover() if found is None else found:
            source = BUNDLED if point.dist == BUNDLED else f"{point.dist} ({point.name} = {point.value})"
            self._load(point.name, point.version, source, partial(_import, point.value))
        for path in files:
            self._load(path.stem, "", str(path), partial(_import_file, path))

    def add(self, name: str, module: Any, source: str = "given") -> Status:
        """Registers an already imported module or object: for tests and embedding."""
        return self._load(name, "", source, lambda: module)

    def _load(self, name: str, version: str, source: str, bring: Callable[[], Any]) -> Status:
        status = Status(name=name, version=version, source=source, status="loaded")
        self.statuses.append(status)
        began = time.perf_counter()
        try:
            self._register(status, bring())
        except (Exception, SystemExit) as error:
            status.status = "failed"
            status.error = f"{type(error).__name__}: {error}"
        status.ms = round((time.perf_counter() - began) * 1000, 2)
        return status

    def _register(self, status: Status, module: Any) -> None:
        _check_hook_names(module)
        key = f"{status.source}:{status.name}:{len(self.statuses)}"
        self._manager.register(module, key)
        hooks = {
            caller.name: impl.function
            for caller in self._manager.get_hookcallers(module) or ()
            for impl in caller.get_hookimpls()
            if impl.plugin is module
        }
        try:
            plugin = _describe(hooks)
            if plugin.name in self.plugins:
                taken = self.plugins[plugin.name].status.source
                raise LookupError(
                    _("The name “{name}” is already taken by {owner}.").format(name=plugin.name, owner=taken)
                )
        except BaseException:
            self._manager.unregister(module)
            raise
        status.name = plugin.name
        status.version = plugin.version or status.version
        if plugin.locale is not None:
            add_catalogue(plugin.name, plugin.locale, str(getattr(module, "__name__", "")))
        self.plugins[plugin.name] = Loaded(plugin=plugin, module=module, hooks=hooks, status=status)

    def call(self, name: str, hook: str, default: Any = ()) -> Any:
        """A plugin's answer to a hook, or `default` when it has none or fails; a failure is kept in its status."""
        loaded = self.plugins.get(name)
        if loaded is None or hook not in loaded.hooks:
            return default
        try:
            return _shaped(hook, loaded.hooks[hook]())
        except (Exception, SystemExit) as error:
            self.blame(name, hook, error)
            return default

    def blame(self, name: str, hook: str, error: BaseException) -> None:
        """Keeps a failure in a plugin's status, where `plugins list` shows it."""
        status = self.plugins[name].status
        status.status = "failed"
        status.error = f"{hook}: {type(error).__name__}: {error}"

    def demand(self, name: str, hook: str, default: Any = ()) -> Any:
        """As `call`, but a failure is the caller's: raises PluginFailed naming the plugin, its source and the hook."""
        answer = self.call(name, hook, default)
        loaded = self.plugins.get(name)
        if loaded is not None and loaded.status.status == "failed" and loaded.status.error.startswith(f"{hook}:"):
            raise failed(loaded.status)
        return answer


def _shaped(hook: str, answer: Any) -> Any:
    """An answer as the hook promises it, generators run out. TypeError for anything else."""
    if hook in _ONE:
        if not isinstance(answer, (_ONE[hook], type(None))):
            raise TypeError(f"{type(answer).__name__} is no {_ONE[hook].__name__}")
        return answer
    items = tuple(answer)
    for item in items:
        if not isinstance(item, _MANY[hook]):
            raise TypeError(f"{type(item).__name__} is no {_MANY[hook].__name__}")
    return items


_ONE: dict[str, type] = {"branchops_plugin": Plugin, "branchops_rules": Rulebook, "branchops_reports": Offer}
_MANY: dict[str, type] = {
    "branchops_commands": Group,
    "branchops_events": EventType,
    "branchops_views": View,
    "branchops_duties": DutyRule,
}


def failed(status: Status) -> PluginFailed:
    """The error for a command that needs a plugin which does not work."""
    return PluginFailed(
        _("The plugin “{name}” from {source} failed: {error}").format(
            name=status.name, source=status.source, error=status.error
        ),
        _("See `branchops plugins list`; update the plugin or remove it."),
    )


def _describe(hooks: dict[str, Callable[[], Any]]) -> Plugin:
    if "branchops_plugin" not in hooks:
        raise TypeError(_("It has no hook branchops_plugin, so it is not a branchops plugin."))
    plugin = hooks["branchops_plugin"]()
    if not isinstance(plugin, Plugin):
        raise TypeError(_("branchops_plugin must return a Plugin, not {type}.").format(type=type(plugin).__name__))
    if plugin.api_version != API_VERSION:
        raise ValueError(
            _("It is made for plugin API {theirs}; this branchops speaks {ours}.").format(
                theirs=plugin.api_version, ours=API_VERSION
            )
        )
    if plugin.name in RESERVED or not plugin.name.replace("-", "").isalnum() or not plugin.name.isascii():
        raise ValueError(_("“{name}” cannot be a plugin's name.").format(name=plugin.name))
    return plugin


def _check_hook_names(module: Any) -> None:
    known = [name for name in vars(hookspecs) if name.startswith("branchops_")]
    for name in vars(module) if isinstance(module, ModuleType) else dir(module):
        if name.startswith("branchops_") and name not in known and callable(getattr(module, name)):
            import difflib

            near = difflib.get_close_matches(name, known, 1)
            raise AttributeError(
                _("There is no hook {name}; did you mean {near}?").format(name=name, near=near[0] if near else known[0])
            )


def _import(value: str) -> Any:
    module_name, _sep, attribute = value.partition(":")
    module = importlib.import_module(module_name)
    return getattr(module, attribute) if attribute else module


def _import_file(path: Path) -> ModuleType:
    """A one-file plugin of the store's `plugins/` folder, under a module name that nothing else has.

    Runs the very bytes that lie there: a stale bytecode file beside them counts for nothing.
    """
    module = ModuleType(f"branchops_store_plugin_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102 - enabled by its digest
    except BaseException:
        sys.modules.pop(module.__name__, None)
        raise
    return module
