"""`branchops plugins`: what is loaded, from where and how fast, what failed and why; one-file plugins of the store."""

import hashlib
import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from branchops.core.errors import Exit, NotFound, PluginFailed, UsageError
from branchops.core.extend.loader import Loader, Status, failed
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Column, Page, Table
from branchops.looking import nearest
from branchops.session import Session, session

app = typer.Typer(help=N_("plugins: list, check, enable a file, disable it"))


@app.command("list")
def list_() -> None:
    """List plugins: where each comes from, its version, how long it took to load, why it failed.

    Example: branchops plugins list
    """
    run = session()
    run.groups()  # tells of two plugins that want one command name
    rows = [_row(status) for status in (*run.loader.statuses, *_unloaded(run.store_path))]
    run.show(_table(rows, _("Plugins")))
    _say_errors(run, rows)


@app.command()
def check() -> None:
    """Ask every plugin for everything it offers. Exit code 12 if one fails.

    Example: branchops plugins check
    """
    run = session()
    rows = []
    run.groups()
    for status in run.loader.statuses:
        error = status.error or _trial(run.loader, status.name)
        rows.append({**_row(status), "status": status.status if not error else "failed", "error": error})
    rows += [_row(status) for status in _unloaded(run.store_path)]
    run.show(_table(rows, _("Plugins")))
    _say_errors(run, rows)
    if any(row["status"] in ("failed", "shadowed") for row in rows):
        run.exit = int(Exit.PLUGIN)


@app.command()
def enable(file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("a plugin in one Python file"))]) -> None:
    """Enable a one-file plugin in this store. It counts only as long as the file stays as it is now.

    Example: branchops plugins enable greeting.py
    """
    run = session()
    run.branch  # noqa: B018 - there must be a store
    name = file.stem
    if not name.isidentifier() or file.suffix != ".py":
        raise UsageError(
            _("{file} cannot be a plugin: its name must be a word and end in .py.").format(file=file.name),
            _("Rename the file."),
        )
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotFound(
            _("The file {path} cannot be read: {reason}.").format(path=file, reason=error.strerror),
            _("Check the path."),
        ) from None
    status = _try_out(run, file)
    folder = run.store_path / "plugins"
    folder.mkdir(exist_ok=True)
    place = folder / f"{name}.py"
    if not place.exists() or not place.samefile(file):
        _replace(place, content)
        pack = file.with_suffix(".toml")
        if pack.is_file():
            _replace(place.with_suffix(".toml"), pack.read_bytes())
    digest = hashlib.sha256(content).hexdigest()
    _write_enabled(folder, {**_enabled(folder), name: digest})
    facts = {
        "name": status.name,
        "version": status.version,
        "source": str(place),
        "status": "enabled",
        "sha256": digest,
    }
    run.show(Page(_("Plugin enabled"), {**facts, "ms": str(status.ms)}))


@app.command()
def disable(name: Annotated[str, typer.Argument(metavar="NAME", help=N_("the file's name without .py"))]) -> None:
    """Disable a one-file plugin of this store. The file stays, what it recorded stays readable.

    Example: branchops plugins disable greeting
    """
    run = session()
    folder = run.store_path / "plugins"
    enabled = _enabled(folder)
    if name not in enabled:
        raise NotFound(
            _("No plugin file {name} is enabled in this store.").format(name=name),
            nearest(name, enabled) or _("Installed plugins are removed with the tool that installed them."),
        )
    _write_enabled(folder, {key: digest for key, digest in enabled.items() if key != name})
    run.show(Page(_("Plugin disabled"), {"name": name, "source": str(folder / f"{name}.py"), "status": "disabled"}))


def _trial(loader: Loader, name: str) -> str:
    """Calls all hooks of a plugin and imports its commands; the first failure as text, or ""."""
    if name not in loader.plugins:
        return ""
    for hook in loader.plugins[name].hooks:
        try:
            answer = loader.demand(name, hook, None)
        except PluginFailed:
            return loader.plugins[name].status.error
        look = _LOOKS.get(hook)
        try:
            if look is not None:
                look(answer)
        except (Exception, SystemExit) as error:
            return f"{hook}: {type(error).__name__}: {error}"
    return ""


def _import_apps(groups: Any) -> None:
    """Imports every command of every group: `module:app`, or a package with one file a command."""
    from pkgutil import iter_modules

    for group in groups:
        where, _colon, attribute = group.app.partition(":")
        module = importlib.import_module(where)
        if attribute:
            if not isinstance(getattr(module, attribute), typer.Typer):
                raise TypeError(f"{group.app} is no Typer app")
            continue
        for found in iter_modules(module.__path__):
            app = getattr(importlib.import_module(f"{where}.{found.name}"), "app", None)
            if app is not None and not isinstance(app, typer.Typer):
                raise TypeError(f"{where}.{found.name}:app is no Typer app")


def _read_pack(rulebook: Any) -> None:
    from branchops.core.extend.packs import load_pack

    load_pack(rulebook.pack)


_LOOKS: dict[str, Callable[[Any], object]] = {
    "branchops_commands": _import_apps,
    "branchops_events": tuple,
    "branchops_rules": _read_pack,
    "branchops_views": tuple,
    "branchops_duties": tuple,
}


def _try_out(run: Session, file: Path) -> Status:
    """Loads the file beside the plugins that are there. Raises PluginFailed when it is none, or fails."""
    points = [] if run.loader is None else [(one.status.name, one.module) for one in run.loader.plugins.values()]
    here = run.store_path / "plugins" / file.name
    loader = Loader(found=())
    for name, module in points:
        if getattr(module, "__name__", "") != f"branchops_store_plugin_{here.stem}":
            loader.add(name, module)
    trial = Loader(found=(), files=[file])
    status = trial.statuses[0]
    if status.status == "failed":
        raise failed(status)
    if status.name in loader.plugins:
        raise UsageError(_("There is a plugin {name} already.").format(name=status.name), _("Give yours another name."))
    error = _trial(trial, status.name)
    if error:
        status.status, status.error = "failed", error
        raise failed(status)
    return status


def _enabled(folder: Path) -> dict[str, str]:
    import tomllib

    path = folder / "enabled.toml"
    if not path.is_file():
        return {}
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")).get("sha256", {}))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            _("{path} is not valid TOML: {error}").format(path=path, error=error),
            _("Mend the line or delete the file."),
        ) from None


def _write_enabled(folder: Path, digests: dict[str, str]) -> None:
    lines = ["[sha256]", *(f'{name} = "{digest}"' for name, digest in sorted(digests.items()))]
    _replace(folder / "enabled.toml", ("\n".join(lines) + "\n").encode())


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def _unloaded(store: Path) -> list[Status]:
    """The plugin files of the store that do not count: never enabled, changed since, or gone."""
    folder = store / "plugins"
    if not folder.is_dir():
        return []
    enabled = _enabled(folder)
    found = []
    for path in sorted(folder.glob("*.py")):
        if path.stem not in enabled:
            status, error = "not enabled", _("branchops plugins enable {path}").format(path=path)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != enabled[path.stem]:
            status, error = "changed", _("It changed since it was enabled; look at it and enable it again.")
        else:
            continue
        found.append(Status(name=path.stem, version="", source=str(path), status=status, error=error))
    for name in sorted(enabled):
        path = folder / f"{name}.py"
        if not path.is_file():
            found.append(
                Status(name=name, version="", source=str(path), status="missing", error=_("The file is gone."))
            )
    return found


def _row(status: Status) -> dict[str, Any]:
    return {
        "name": status.name,
        "version": status.version,
        "source": status.source,
        "status": status.status,
        "error": status.error,
        "ms": status.ms,
    }


def _table(rows: list[dict[str, Any]], title: str) -> Table:
    columns = (
        Column("name", _("Plugin")),
        Column("version", _("Version")),
        Column("source", _("Source")),
        Column("status", _("Status")),
        Column("error", _("Error"), shown=False),
        Column("ms", "ms", kind="number"),
    )
    return Table(columns, rows, title=title)


def _say_errors(run: Session, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["error"] and not run.machine:
            run.say(f"{row['name']}: {row['error']}")
