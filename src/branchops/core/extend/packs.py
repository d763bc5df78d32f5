"""Rule packs: TOML files shipped with plugins, that a bank edits by laying its own file over them.

A pack holds `[[rule]]` rows, `[policy."key"]` tables and whatever data its plugin keeps there (checklists, codes,
templates). An overlay `packs/<plugin>.toml` in the store replaces tables key by key and adds rows. Reading TOML is slow
against a start-up budget, so the parsed pack is cached by path, size and modification time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from branchops.core.errors import UsageError
from branchops.core.extend.discovery import read_cache, write_cache
from branchops.core.output.messages import _
from branchops.core.rulebook.policy import Setting
from branchops.core.rulebook.rule import Rule


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A parsed pack: rules in file order, settings by key, and the plugin's own tables as `data`."""

    rules: tuple[Rule, ...] = ()
    settings: tuple[Setting, ...] = ()
    data: Mapping[str, Any] = {}


def load_pack(path: Path | None, overlay: Path | None = None) -> Pack:
    """The pack at `path` with the bank's overlay on top. Raises UsageError that names file and fault."""
    tables = _tables(path) if path is not None else {}
    if overlay is not None and overlay.is_file():
        tables = _merge(tables, _tables(overlay))
    try:
        rules = msgspec.convert(tables.get("rule", []), tuple[Rule, ...])
        settings = msgspec.convert(
            [_setting(tables, key, value) for key, value in tables.get("policy", {}).items()], tuple[Setting, ...]
        )
    except msgspec.ValidationError as error:
        raise UsageError(
            _("The rule pack {path} is not right: {error}").format(path=overlay or path, error=error),
            _("Mend the file; docs/packs.md shows the form of each table."),
        ) from error
    data = {name: value for name, value in tables.items() if name not in ("rule", "policy")}
    return Pack(rules=rules, settings=settings, data=data)


def _setting(tables: Mapping[str, Any], key: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A setting's table; `codes = "cause"` makes the codes of the rows `[[cause]]` its default: listed once."""
    told = {"key": key, **value}
    name = told.pop("codes", None)
    return told if name is None else {**told, "default": [row["code"] for row in tables.get(name, [])]}


def _tables(path: Path) -> dict[str, Any]:
    info = path.stat()
    name = f"pack-{path.parent.name}-{path.stem}.json"
    mark = f"{path}|{info.st_size}|{info.st_mtime_ns}"
    raw = read_cache(name)
    if raw is not None:
        try:
            cached = msgspec.json.decode(raw)
            if cached["mark"] == mark:
                return dict(cached["tables"])
        except (msgspec.DecodeError, KeyError, TypeError, ValueError):
            pass
    import tomllib

    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            _("The rule pack {path} is not valid TOML: {error}").format(path=path, error=error),
            _("Mend the line that the message names."),
        ) from error
    plain: dict[str, Any] = msgspec.to_builtins(tables)
    write_cache(name, msgspec.json.encode({"mark": mark, "tables": plain}))
    return plain


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Tables merge key by key; rows with an `id` or `code` replace the row of that id, other rows are added."""
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list) and all(isinstance(row, dict) for row in [*old, *value]):
            rows = {_row_key(row, i): row for i, row in enumerate(old)}
            for i, row in enumerate(value):
                name = _row_key(row, len(old) + i)
                rows[name] = {**rows.get(name, {}), **row}
            merged[key] = list(rows.values())
        else:
            merged[key] = value
    return merged


def _row_key(row: Mapping[str, Any], position: int) -> str:
    return str(row.get("id") or row.get("code") or position)
