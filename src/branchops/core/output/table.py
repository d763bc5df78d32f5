"""What a command shows: a `Table` of rows, or a `Page` about one record. Values, without any idea of a format.

Invariant: rows hold data, never wording. A cell is None, str, bool, int, Decimal, an aware datetime, a date, a list of
texts, a dict, or `Said`: data with its wording; the formats decide how each looks, and machines get the same facts as
people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import msgspec

Align = Literal["left", "right"]
Kind = Literal["text", "money", "time", "date", "number", "bool"]


class Said(msgspec.Struct, frozen=True):
    """A value with two faces: machines get `value`, the same in every language, people `words`. False without both."""

    value: Any
    words: Any

    def __bool__(self) -> bool:
        return bool(self.value or self.words)


class Column(msgspec.Struct, frozen=True):
    """One column: a stable English `key` for machines, a translated `title` for people.

    Kinds `money` and `number` are set to the right in any case. `time` takes aware datetimes or stored stamps,
    `money` Decimals or decimal texts, `bool` also 0 and 1 as views store them. A column that is not `shown` is for
    json, jsonl and csv alone.
    """

    key: str
    title: str
    align: Align = "left"
    kind: Kind = "text"
    shown: bool = True

    @property
    def right(self) -> bool:
        """Whether cells are set flush right."""
        return self.align == "right" or self.kind in ("money", "number")


class Table(msgspec.Struct, frozen=True):
    """Rows under columns. `rows` may be a generator: json, jsonl, csv and html then write row by row.

    `title` and `notes` (translated sentences) are for people. `key` is the table's stable name inside a page's JSON.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Any]]
    title: str = ""
    notes: tuple[str, ...] = ()
    key: str = ""


class Drawing(msgspec.Struct, frozen=True):
    """How a page draws itself instead of being listed: in html, and on a terminal of so many cells.

    `style` is its style sheet, `body()` pieces of markup in which all data is escaped. `screen(width)` gives lines of
    (text, style) spans; the text is plain data and each line at most `width` cells.
    """

    style: str
    body: Callable[[], Iterable[str]]
    screen: Callable[[int], Iterable[tuple[tuple[str, str], ...]]]


class Page(msgspec.Struct, frozen=True):
    """One record: facts, then tables. A `drawing` replaces both in html and table; the other formats list them.

    `facts` maps stable English keys to values. `labels` gives a fact's title and kind; without one its title is the
    key's words, translated ("due_at" is looked up as "Due at"). Keys of facts and sections differ: ValueError if not.
    """

    title: str
    facts: Mapping[str, Any]
    sections: tuple[Table, ...] = ()
    labels: tuple[Column, ...] = ()
    drawing: Drawing | None = None

    def __post_init__(self) -> None:
        keys = [*self.facts, *(section.key for section in self.sections if section.key)]
        if len(set(keys)) < len(keys):
            raise ValueError(f"a page with a key twice: {sorted(keys)}")

    def columns(self) -> tuple[Column, ...]:
        """A column for each fact, in the order of the facts."""
        from branchops.core.output.messages import _

        known = {label.key: label for label in self.labels}
        return tuple(known.get(key) or Column(key, _(key.replace("_", " ").capitalize())) for key in self.facts)
