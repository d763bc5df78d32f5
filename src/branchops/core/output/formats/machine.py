"""json and jsonl: the facts under their stable keys, the same in every language.

A table is an array (one row a line) or one object a line; a page is one object: its facts, and each section's rows
under the section's key, sections without a key together under "sections". Unsafe characters are `\\u` escapes, so the
values survive exactly and a terminal that shows the JSON is safe.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any, TextIO

from branchops.core.output.cells import plain
from branchops.core.output.safe import json_text
from branchops.core.output.sink import JSON, narrow, narrow_encoding
from branchops.core.output.table import Page, Table

_line = json.JSONEncoder(ensure_ascii=False).encode
_AS_IT_IS = (str, type(None))


def write_json(thing: Table | Page, stream: TextIO, tz: tzinfo) -> None:
    """An array of the rows, written as they come, or the page's object."""
    if isinstance(thing, Page):
        _put(stream, json.dumps(_page(thing, tz), ensure_ascii=False, indent=2) + "\n")
        return
    opening = "[\n"
    for row in _rows(thing, tz):
        stream.write(opening)
        _put(stream, _line(row))
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")


def write_jsonl(thing: Table | Page, stream: TextIO, tz: tzinfo) -> None:
    """One object a line, written as they come."""
    for row in [_page(thing, tz)] if isinstance(thing, Page) else _rows(thing, tz):
        _put(stream, _line(row))
        stream.write("\n")


def _put(stream: TextIO, text: str) -> None:
    stream.write(narrow(json_text(text), narrow_encoding(stream), JSON))


def _rows(table: Table, tz: tzinfo) -> Iterator[dict[str, Any]]:
    columns = [(column.key, column.kind) for column in table.columns]
    for row in table.rows:
        yield {
            key: value if type(value := row.get(key)) in _AS_IT_IS else plain(value, kind, tz) for key, kind in columns
        }


def _page(page: Page, tz: tzinfo) -> Mapping[str, Any]:
    body = {one.key: plain(page.facts[one.key], one.kind, tz) for one in page.columns()}
    loose = []
    for section in page.sections:
        rows = list(_rows(section, tz))
        if section.key:
            body[section.key] = rows
        else:
            loose.append({"title": section.title, "rows": rows})
    if loose:
        body["sections"] = loose
    return body
