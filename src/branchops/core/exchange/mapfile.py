"""The mapping file of an import: which column fills which field, and how its words are read. TOML, checked strictly.

Invariant: whatever a mapping file says is either understood or refused with its line; nothing in it is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from branchops.core.errors import NotFound, UsageError
from branchops.core.output.messages import _

BY_CONTENT = "*"
"""As a `key`: a row is named by all its cells, and by how many equal rows stand before it."""


class MapFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping. `columns` is field → column, `constants` field → value, `values` field → (source word → our word),
    `dates` field → strptime format or formats; `key` is the column that is the source's own key (`*`: the whole row);
    words in `blank` count as empty cells."""

    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    dates: dict[str, str | tuple[str, ...]] = {}
    key: str = ""
    blank: tuple[str, ...] = ()
    delimiter: str = ""
    encoding: str = ""
    path: str = ""
    text: str = ""

    def line(self, table: str, name: str) -> str:
        """Where a name stands in the file, as `file:line`, for messages."""
        header = re.compile(rf"^\s*\[\s*{re.escape(table)}\b") if table else None
        inside = header is None
        for number, line in enumerate(self.text.splitlines(), 1):
            if header is not None and line.lstrip().startswith("["):
                inside = header.match(line) is not None
            if (inside or table in line) and re.search(rf"(^|[\s.\"'\[{{,]){re.escape(name)}([\s\"'=.\]]|$)", line):
                return f"{self.path}:{number}"
        return self.path


def load(path: Path, fields: Iterable[str]) -> MapFile:
    """The mapping at `path` for a kind with these fields. Raises NotFound, or UsageError that names file and line."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NotFound(
            _("The file {path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
            _("Check the path and its permissions."),
        ) from None
    except UnicodeDecodeError:
        raise UsageError(_("The mapping {path} is not UTF-8 text.").format(path=path), _("Save it as UTF-8.")) from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            _("The mapping {path} is not valid TOML: {error}").format(path=path, error=error),
            _("Mend the place that the message names."),
        ) from None
    own = MapFile(path=str(path), text=text)
    known = [name for name in MapFile.__struct_fields__ if name not in ("path", "text")]
    for name in raw:
        if name not in known:
            raise UsageError(
                _("{where}: there is no setting “{name}” in a mapping.").format(where=own.line("", name), name=name),
                near(name, known),
            )
    try:
        found = msgspec.convert({**raw, "path": str(path), "text": text}, MapFile)
    except msgspec.ValidationError as error:
        raise UsageError(
            _("The mapping {path} is not right: {error}").format(path=path, error=error),
            _("Tables hold texts; `blank` is a list of texts."),
        ) from None
    _check_fields(found, tuple(fields))
    if len(found.delimiter) > 1:
        raise UsageError(
            _("{where}: a delimiter is one character.").format(where=found.line("", "delimiter")),
            _('For a tab write "\\t".'),
        )
    return found


def _check_fields(found: MapFile, fields: tuple[str, ...]) -> None:
    tables: dict[str, Mapping[str, object]] = {
        "columns": found.columns, "constants": found.constants, "values": found.values, "dates": found.dates,
    }  # fmt: skip
    for table, entries in tables.items():
        for name in entries:
            if name not in fields:
                raise UsageError(
                    _("{where}: there is no field “{name}”.").format(where=found.line(table, name), name=name),
                    near(name, fields),
                )
    for name in found.constants:
        if name in found.columns:
            raise UsageError(
                _("{where}: “{name}” has a column and a constant.").format(
                    where=found.line("constants", name), name=name
                ),
                _("Keep one of the two."),
            )


def near(name: str, known: Iterable[str]) -> str:
    """A hint with the likeliest names, else all of them."""
    import difflib

    names = [one for one in known if one]
    close = difflib.get_close_matches(name, names, 3)
    if not close:
        folded = {one.casefold(): one for one in reversed(names)}
        close = [folded[one] for one in difflib.get_close_matches(name.casefold(), list(folded), 3)]
    if close:
        return _("Did you mean {names}?").format(names=", ".join(close))
    shown = ", ".join(names[:40]) + (" …" if len(names) > 40 else "")
    return _("Possible: {names}").format(names=shown)
