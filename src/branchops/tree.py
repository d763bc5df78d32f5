"""The command tree: built one command at a time, so that a run imports only the command it runs.

Every command takes the global options wherever they are written, asks on a terminal for a required value that is
missing, and shows its help in the user's language.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info, get_command_name
from typer.models import CommandInfo

from branchops.core.errors import PluginFailed, UsageError
from branchops.core.output.messages import N_, _, listing, pick
from branchops.session import session

COMPLETE = "_BRANCHOPS_COMPLETE"
"""Set by a shell that asks for completions."""

# Core's commands: name → where it lives. One file each; `help` lists them in this order.
CORE: dict[str, str] = {
    name: f"branchops.commands.{'import_' if name == 'import' else name}:app"
    for name in (
        "init", "staff", "day", "due", "explain", "log", "show", "void", "import", "export", "verify", "rebuild",
        "rules", "policy", "report", "plugins", "batch", "doctor", "completion", "demo",
    )
}  # fmt: skip


def _set(name: str, convert: Callable[[Any], Any] = lambda value: value) -> Callable[..., Any]:
    def callback(_context: Any, _param: Any, value: Any) -> Any:
        if value is not None and value is not False and value != "":
            setattr(session(), name, convert(value))
        return value

    return callback


def _set_json(_context: Any, _param: Any, value: Any) -> Any:
    if value:
        session().format = "json"
    return value


def _set_lang(_context: Any, _param: Any, value: Any) -> Any:
    if value:
        from branchops.core.output.messages import set_language

        if value not in ("en", "zh"):
            raise UsageError(
                _("There is no language {lang}.").format(lang=value),
                _("Use one of: {names}.").format(names=listing(("en", "zh"))),
            )
        set_language(value)
    return value


def _global_options() -> list[TyperOption]:
    panel = _("Global options")

    def option(name: str, help: str, callback: Any, **more: Any) -> TyperOption:  # noqa: A002 - Typer's own word
        # A name of its own: values are looked up by it, and a command may well have an argument called `key`.
        own = f"global_{name.strip('-').replace('-', '_')}"
        return TyperOption(
            param_decls=[name, own], help=_(help), callback=callback, expose_value=False, rich_help_panel=panel, **more
        )

    return [
        option("--store", help=N_("the store directory"), callback=_set("store", Path), metavar="DIR"),
        option("--as", help=N_("who is acting"), callback=_set("who"), metavar="STAFF"),
        option("--pins", help=N_("secrets file with PINs"), callback=_set("pins", Path), metavar="FILE"),
        option("--at", help=N_("when it happened, if not now"), callback=_set("at"), metavar="TIME"),
        option(
            "--format", help=N_("table, plain, json, jsonl, csv, md or html"), callback=_set("format"), metavar="FORMAT"
        ),
        option("--json", help=N_("short for --format json"), callback=_set_json, is_flag=True, default=False),
        option("--lang", help=N_("en or zh"), callback=_set_lang, metavar="LANGUAGE"),
        option("--key", help=N_("idempotency key: a retry stores nothing twice"), callback=_set("key"), metavar="KEY"),
        option(
            "--dry-run", help=N_("judge and show, store nothing"), callback=_set("dry_run"), is_flag=True, default=False
        ),
        option("--quiet", help=N_("no talk on stderr"), callback=_set("quiet"), is_flag=True, default=False),
    ]


class Command(TyperCommand):
    """A command that asks for what is missing."""

    def finish(self) -> Command:
        """Translates the help and adds the global options."""
        self.help = _(self.help) if self.help else None
        self.asked = []
        for param in self.params:
            if getattr(param, "help", None):
                param.help = _(param.help)  # type: ignore[attr-defined]
            if param.required and not getattr(param, "multiple", False):
                param.required = False
                self.asked.append(param)
                if getattr(param, "help", None) is not None:
                    param.told = param.help  # type: ignore[attr-defined]
                    param.help = f"{param.help} [{_('required')}]"  # type: ignore[attr-defined]
        taken = {name for param in self.params for name in getattr(param, "opts", ())}
        self.params = [*self.params, *(o for o in _global_options() if not taken.intersection(o.opts))]
        if COMPLETE in session().environ:
            from branchops.completing import teach

            for param in self.params:
                teach(param)
        return self

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _help(self, ctx)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command, asking first for required values that were not given."""
        for param in self.asked:
            if ctx.params.get(param.name) in (None, ()):
                ctx.params[param.name] = _ask(ctx, param)
        return super().invoke(ctx)


def _help(command: Any, ctx: Any) -> str:
    from branchops.helping import page

    return page(command, ctx)


def _ask(ctx: Any, param: Any) -> Any:
    """A required value that was not given, typed at the terminal; one that does not fit is asked for again."""
    from typer.exceptions import TyperException

    from branchops.helping import choices_of, complaint, named

    run, name, choices = session(), named(param), choices_of(param)
    missing = UsageError(
        _("{name} is missing.").format(name=name),
        _("Give one of: {names}.").format(names=listing(choices))
        if choices and not run.may_prompt
        else _("See: {path} --help").format(path=ctx.command_path),
    )
    if not run.may_prompt:
        raise missing
    told = getattr(param, "told", "")
    unnamed = choices if any(choice not in told for choice in choices) else []
    among = pick(" ({names})", "（{names}）").format(names=listing(unnamed)) if unnamed else ""
    question = " ".join(filter(None, (f"{told}{among}", f"[{name}]")))
    while True:
        typed = run.ask(question)
        if not typed:
            raise missing
        try:
            return param.type_cast_value(ctx, [typed] if param.nargs == -1 else typed)
        except TyperException as error:
            wrong = complaint(error, ctx.command_path)
            run.say(f"{wrong.message} {wrong.hint}")


def build(info: CommandInfo) -> Command:
    """The command of one function registered with a Typer app."""
    info.cls = Command
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    assert isinstance(command, Command)
    return command.finish()


class Branching(TyperGroup):
    """A group that shows its help as every command does."""

    def get_help(self, ctx: Any) -> str:
        """The help page, with the commands of the group."""
        return _help(self, ctx)


class Group(Branching):
    """A Typer app as a group whose commands are built when they are asked for."""

    def __init__(self, app: typer.Typer, name: str, help: str = "") -> None:  # noqa: A002 - Typer's own word
        super().__init__(name=name, help=_(help), rich_markup_mode=None, no_args_is_help=True)
        self.params = [*self.params, *_global_options()]
        self._infos = {
            info.name or get_command_name(info.callback.__name__): info  # type: ignore[union-attr]
            for info in app.registered_commands
        }
        self._apps = {
            str(group.name or group.typer_instance.info.name): group
            for group in app.registered_groups
            if group.typer_instance
        }

    def list_commands(self, _ctx: Any) -> list[str]:
        """The names, in the order of the file."""
        return [*self._infos, *self._apps]

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Builds a command."""
        if cmd_name in self._infos:
            return build(self._infos[cmd_name])
        if cmd_name in self._apps:
            group = self._apps[cmd_name]
            assert group.typer_instance is not None
            told = group.help if isinstance(group.help, str) else group.typer_instance.info.help
            return Group(group.typer_instance, cmd_name, told if isinstance(told, str) else "")
        raise unknown(cmd_name, self.list_commands(_ctx), _path(_ctx))


class Folder(Branching):
    """A package of command files as a group: each file is imported when its command is typed.

    A file with one command is that command; a file with several is a group of its own. `shared.py` is no command.
    """

    def __init__(self, package: str, name: str, help: str = "") -> None:  # noqa: A002 - Typer's own word
        super().__init__(name=name, help=_(help), rich_markup_mode=None, no_args_is_help=True)
        self.params = [*self.params, *_global_options()]
        self._package = package

    def list_commands(self, _ctx: Any) -> list[str]:
        """The names of the files, in alphabetical order."""
        import pkgutil

        package = _import(self._package, str(self.name))
        return sorted(_dashed(found.name) for found in pkgutil.iter_modules(package.__path__) if found.name != "shared")

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Imports and builds one command."""
        stem = cmd_name.replace("-", "_")
        package = _import(self._package, str(self.name))
        folder = Path(package.__path__[0])
        for file in (stem, f"{stem}_"):
            if stem.isidentifier() and stem != "shared" and (folder / f"{file}.py").is_file():
                return _of_app(_load(f"{self._package}.{file}:app", str(self.name)), cmd_name)
        raise unknown(cmd_name, self.list_commands(ctx), _path(ctx))


def _path(ctx: Any) -> str:
    return "branchops" if ctx is None else str(ctx.command_path)


def _dashed(stem: str) -> str:
    return stem.rstrip("_").replace("_", "-")


class Root(Branching):
    """`branchops` itself: core's commands, then the plugins' groups."""

    def __init__(self) -> None:
        super().__init__(
            name="branchops",
            help=_("The working day of a bank branch in one append-only ledger."),
            rich_markup_mode=None,
            no_args_is_help=True,
        )
        self.params = [*self.params, *_global_options()]

    def list_commands(self, _ctx: Any) -> list[str]:
        """Core's commands, then the groups of the plugins that work."""
        return [*CORE, *sorted(_groups())]

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Imports and builds one command or group."""
        if cmd_name in CORE:
            return _core(cmd_name)
        groups = _groups()
        if cmd_name in groups:
            group = groups[cmd_name]
            if ":" not in group.app:
                return Folder(group.app, cmd_name, group.help)
            return Group(_load(group.app, cmd_name), cmd_name, group.help)
        failure = session().plugin_failure(cmd_name)
        if failure is not None:
            raise failure
        raise unknown(cmd_name, [*CORE, *groups])


def _core(name: str) -> Any:
    where, _colon, attribute = CORE[name].partition(":")
    return _of_app(getattr(importlib.import_module(where), attribute), name)


def _of_app(app: typer.Typer, name: str) -> Any:
    """A Typer app with one command is that command; with several, a group."""
    if len(app.registered_commands) == 1 and not app.registered_groups:
        info = app.registered_commands[0]
        info.name = name
        return build(info)
    return Group(app, name, app.info.help if isinstance(app.info.help, str) else "")


def _groups() -> dict[str, Any]:
    return session().groups()


def _import(module: str, name: str) -> Any:
    try:
        return importlib.import_module(module)
    except (Exception, SystemExit) as error:
        raise PluginFailed(
            _("The commands of {name} cannot be loaded: {error}").format(
                name=name, error=f"{type(error).__name__}: {error}"
            ),
            _("See `branchops plugins list`; update the plugin or remove it."),
        ) from error


def _load(app: str, name: str) -> typer.Typer:
    where, _colon, attribute = app.partition(":")
    found = getattr(_import(where, name), attribute, None)
    if not isinstance(found, typer.Typer):
        raise PluginFailed(
            _("The commands of {name} cannot be loaded: {error}").format(name=name, error=f"{app} is no Typer app"),
            _("See `branchops plugins list`; update the plugin or remove it."),
        )
    return found


def unknown(name: str, known: list[str], path: str = "branchops") -> UsageError:
    """The error for a command that there is not, in the group that was typed."""
    import difflib

    near = difflib.get_close_matches(name, known, 3)
    hint = _("Did you mean {names}?").format(names=listing(near)) if near else _("See: {path} --help").format(path=path)
    return UsageError(_("There is no command {name}.").format(name=name), hint)
