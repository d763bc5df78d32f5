"""csv: RFC 4180 with a header of stable keys, inert in a spreadsheet.

`safe.csv_cell` says how texts are spelled and `safe.read_csv_cell` reads them back. True and false, ISO times, plain
decimals; lists and dicts are JSON in their cell. Nothing is an empty cell, the empty text is `""`. A page is written
long: section (its key, else its place), row number, key, value; the facts come first, without a section.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from decimal import Decimal
from typing import Any, TextIO

from branchops.core.output.cells import plain
from branchops.core.output.safe import csv_cell
from branchops.core.output.sink import narrow, narrow_encoding
from branchops.core.output.table import Page, Table

# Quoted besides what RFC 4180 asks for: separators of other locales, at which a spreadsheet would start a new cell.
_QUOTED = re.compile("[\",;|\t\r\n']|^\\s|\\s$|^$")


def write_csv(thing: Table | Page, stream: TextIO, tz: tzinfo) -> None:
    """A header, then a record a row, written as they come."""
    # A text-mode standard output on Windows makes CR LF of LF by itself.
    end = "\n" if os.name == "nt" and stream in (sys.stdout, sys.__stdout__) else "\r\n"
    encoding = narrow_encoding(stream)
    for record in _page(thing, tz) if isinstance(thing, Page) else _table(thing, tz):
        line = ",".join(record)
        stream.write((narrow(line, encoding) if line else '""') + end)


def _table(table: Table, tz: tzinfo) -> Iterator[list[str]]:
    columns = [(column.key, column.kind) for column in table.columns]
    yield [_cell(key, "", tz) for key, _kind in columns]
    for row in table.rows:
        yield [_cell(row.get(key), kind, tz) for key, kind in columns]


def _page(page: Page, tz: tzinfo) -> Iterator[list[str]]:
    yield ["section", "row", "key", "value"]
    for fact in page.columns():
        yield ["", "", _cell(fact.key, "", tz), _cell(page.facts[fact.key], fact.kind, tz)]
    for place, section in enumerate(page.sections, 1):
        name = _cell(section.key or str(place), "", tz)
        yield from _section(section, name, tz)


def _section(section: Table, name: str, tz: tzinfo) -> Iterable[list[str]]:
    for number, row in enumerate(section.rows, 1):
        for column in section.columns:
            yield [name, str(number), _cell(column.key, "", tz), _cell(row.get(column.key), column.kind, tz)]


def _cell(value: Any, kind: str, tz: tzinfo) -> str:
    """One cell as it stands in the file, quotes included."""
    simple = plain(value, kind, tz)
    match simple:
        case None:
            return ""
        case bool():
            return "true" if simple else "false"
        case int():
            return str(simple)
        case str():
            text = csv_cell(simple, isinstance(value, Decimal) or kind in ("money", "number"))
        case _:
            text = csv_cell(json.dumps(simple, ensure_ascii=False))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
