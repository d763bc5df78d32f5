"""From the cells of a row to the fields of a kind.

Invariant: a `Binding` is made once for a header; applying it is a pure function of the cells. What the header lacks is
told before the first row is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from branchops.core.errors import UsageError
from branchops.core.exchange.mapfile import BY_CONTENT, MapFile, near
from branchops.core.output.messages import _

if TYPE_CHECKING:
    from branchops.core.extend.descriptors import ImportKind

WIDE = 40


class Binding:
    """How one header fills the fields of a kind. `key` gives the source's own key of a row.

    `counts` is shared by the bindings of one file: how often each content has been met, where rows have no key.
    """

    def __init__(
        self, kind: ImportKind, columns: Sequence[str], given: MapFile | None, file: str, counts: dict[int, int]
    ) -> None:
        self._given = given or MapFile()
        self._columns = columns
        self._kind = kind
        places = self._places(file)
        self.names = tuple(places)
        self._pick = _picker(tuple(places.values()))
        self._constants = dict(self._given.constants)
        self._blank = frozenset(self._given.blank)
        self._values = {name: words for name, words in self._given.values.items() if name in places}
        self._dates = {name: _date_reader(forms) for name, forms in self._given.dates.items() if name in places}
        self._plain = not (self._constants or self._blank or self._values or self._dates)
        self.by_content = self._given.key == BY_CONTENT or bool(kind.key and not self._has(kind.key, places))
        self._key_at = self._key_place() if self._given.key and not self.by_content else None
        self._counts = counts
        self._simple = self._plain and not self.by_content and self._key_at is None

    def _has(self, field: str, places: Mapping[str, int]) -> bool:
        return field in places or field in self._constants or bool(self._given.key)

    def _places(self, file: str) -> dict[str, int]:
        """Field → index of its column. Raises UsageError for columns that are missing or doubled."""
        kind, given = self._kind, self._given
        index = _index(self._columns)
        places: dict[str, int] = {}
        for field in kind.fields:
            if field in given.constants:
                continue
            if field in given.columns:
                places[field] = self._column(given.columns[field], given.line("columns", field))
                continue
            alias = kind.defaults.get(field, ())
            for name in (*((alias,) if isinstance(alias, str) else alias), field):
                found = index.get(folded(name))
                if found is not None and (name == "") == (self._columns[found] == ""):
                    places[field] = found
                    break
        missing = [field for field in kind.required if field not in places and field not in given.constants]
        if missing and missing != [kind.key]:
            raise self._misfit(file, missing[0])
        return places

    def _key_place(self) -> int:
        return self._column(self._given.key, self._given.line("", "key"))

    def _column(self, name: str, where: str) -> int:
        at = [place for place, column in enumerate(self._columns) if column == name]
        at = at or [place for place, column in enumerate(self._columns) if folded(column) == folded(name)]
        if not at:
            raise UsageError(
                _("{where}: the file has no column “{name}”.").format(where=where, name=name), near(name, self._columns)
            )
        if len(at) > 1:
            raise UsageError(
                _("{where}: the file has {count} columns “{name}”.").format(where=where, count=len(at), name=name),
                _("Rename all but one of them in the file's first line."),
            )
        return at[0]

    def _misfit(self, file: str, field: str) -> UsageError:
        if len(self._columns) > WIDE:
            return UsageError(
                _("{file} has {count} columns and none of them is “{field}”: is it a wide table?").format(
                    file=file, count=len(self._columns), field=field
                ),
                _("An import reads one entry a row: turn columns into rows first, or name the column with --map."),
            )
        return UsageError(
            _("{file} has no column for “{field}” ({help}).").format(
                file=file, field=field, help=_(self._kind.fields[field])
            ),
            _('Name it in a mapping file (--map): [columns] {field} = "…". The columns: {names}').format(
                field=field, names=", ".join(self._columns)
            ),
        )

    def fields(self, cells: Sequence[str]) -> dict[str, str]:
        """The fields of a row. Raises ValueError for a date in none of the formats of the mapping."""
        row = dict(zip(self.names, self._pick(cells), strict=True))
        if self._simple:
            return row
        if self.by_content and self._kind.key:
            row[self._kind.key] = self.content_name(cells)
        elif self._key_at is not None and self._kind.key:
            row[self._kind.key] = cells[self._key_at]
        if self._plain:
            return row
        if self._blank:
            row = {name: "" if value.strip() in self._blank else value for name, value in row.items()}
        row.update(self._constants)
        for name, words in self._values.items():
            row[name] = words.get(row[name], row[name])
        for name, read in self._dates.items():
            if row[name]:
                row[name] = read(row[name])
        return row

    def key(self, cells: Sequence[str], prepared: str) -> str:
        """The source's own key: the mapping's key column, else what the kind made of the row."""
        if self._kind.key or not self._given.key:
            return prepared
        return self.content_name(cells) if self._key_at is None else cells[self._key_at]

    def content_name(self, cells: Sequence[str]) -> str:
        """A name for a row whose source gives none: its content and how many equal rows stood before it."""
        digest = hashlib.blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=8)
        number = int.from_bytes(digest.digest())
        count = self._counts[number] = self._counts.get(number, 0) + 1
        return f"row-{digest.hexdigest()}-{count}"


def folded(name: str) -> str:
    """A column's name without case, spaces and punctuation: `Consumer disputed?` is `consumer_disputed`."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _index(columns: Sequence[str]) -> dict[str, int]:
    """Folded name → place; of equal names the first, and only the unnamed column is found under no name."""
    found: dict[str, int] = {}
    for place, column in enumerate(columns):
        found.setdefault(folded(column), place)
    return found


def _picker(places: tuple[int, ...]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple(cells[place] for place in places)


def _date_reader(forms: str | tuple[str, ...]) -> Callable[[str], str]:
    tried = (forms,) if isinstance(forms, str) else forms

    @lru_cache(4096)
    def read(text: str) -> str:
        for form in tried:
            try:
                moment = datetime.strptime(text.strip(), form)
            except ValueError:
                continue
            timed = any(mark in form for mark in ("%H", "%I", "%c", "%X", "%T"))
            return moment.isoformat() if timed else moment.date().isoformat()
        raise ValueError(_("“{text}” is no date of the form {forms}").format(text=text, forms=" / ".join(tried)))

    return read
