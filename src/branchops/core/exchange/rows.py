"""Rows of a CSV or JSON lines file, each with the line it begins in, or with what is wrong with it.

Invariant: every record of the file is yielded exactly once, the good and the bad, so that rows can be accounted for.
Blank lines are no records. A CSV field is at most `FIELD` characters: an open quote cannot swallow the rest of a file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from branchops.core.errors import UsageError
from branchops.core.exchange.source import Source
from branchops.core.ledger.canonical import strict_decode
from branchops.core.output.messages import _
from branchops.core.output.safe import read_csv_cell

FIELD = 1_000_000
DELIMITERS = (",", ";", "\t", "|")
REJECTS = ("line", "key", "reason")
"""How the header of a rejects file begins: such a file is read back without these columns, its cells unescaped."""


class Row(msgspec.Struct, frozen=True):
    """A record: its values in the order of the columns, and why it cannot be used, if so.

    `columns` and `text` are given for JSON lines, where each record names its own columns.
    """

    line: int
    cells: Sequence[str]
    problem: str = ""
    columns: tuple[str, ...] | None = None
    text: str = ""


class CsvRows:
    """The records of a CSV file. `columns` is its header, stripped of white space at both ends."""

    def __init__(self, source: Source, delimiter: str = "") -> None:
        self._source = source
        self._lines = iter(source)
        first = next(self._lines, "")
        skipped = 0
        while first and not first.strip():
            skipped, first = skipped + 1, next(self._lines, "")
        if first.lower().startswith("sep=") and len(first.strip()) == 5:
            delimiter = delimiter or first[4]
            skipped, first = skipped + 1, next(self._lines, "")
        self._offset = skipped
        self.delimiter = delimiter or detect(first)
        csv.field_size_limit(FIELD)
        self._reader = csv.reader(self._from(first), delimiter=self.delimiter, strict=True)
        try:
            names = next(self._reader, [])
        except csv.Error as error:
            raise UsageError(
                _("The header of {file} cannot be read: {reason}.").format(file=source.name, reason=error),
                _("The first line must name the columns."),
            ) from None
        if source.damaged or source.nul:
            raise UsageError(
                _("The header of {file} holds bytes that are not text in this encoding.").format(file=source.name),
                _("Name the file's encoding, for example --encoding gbk."),
            )
        self._again = tuple(name.strip() for name in names[:3]) == REJECTS
        self.columns = tuple(name.strip() for name in (names[3:] if self._again else names))

    def _from(self, first: str) -> Iterator[str]:
        if first:
            yield first
        yield from self._lines

    def __iter__(self) -> Iterator[Row]:
        source, reader, offset, again = self._source, self._reader, self._offset, self._again
        width = len(self.columns) + (3 if again else 0)
        advance = reader.__next__
        line = reader.line_num + offset
        while True:
            begins = line + 1
            problem = ""
            try:
                cells = advance()
            except StopIteration:
                return
            except csv.Error as error:
                cells, problem = [], _csv_problem(error)
            line = reader.line_num + offset
            if not cells and not problem:
                continue
            if len(cells) != width and not problem:
                problem = _("{count} cells where the header has {width}").format(count=len(cells), width=width)
            if source.damaged or source.nul:
                problem = problem or flaw(source)
                source.damaged = source.nul = False
            if again:
                cells = [read_csv_cell(cell) for cell in cells[3:]]
            yield Row(begins, cells, problem)


class JsonRows:
    """The records of a JSON lines file: one object a line. Columns are the keys of each object."""

    columns: tuple[str, ...] = ()

    def __init__(self, source: Source) -> None:
        self._source = source

    def __iter__(self) -> Iterator[Row]:
        source = self._source
        for number, line in enumerate(source, 1):
            text = line.strip()
            if not text:
                continue
            if source.damaged:
                source.damaged = source.nul = False
                yield Row(number, (), _damage(), (), text)
                continue
            try:
                values = strict_decode(text.encode(), floats="decimal")
            except UsageError as error:
                yield Row(number, (), error.message, (), text)
                continue
            if not isinstance(values, dict):
                yield Row(number, (), _("not a JSON object"), (), text)
                continue
            yield Row(number, tuple(map(_text, values.values())), "", tuple(values), text)


def detect(header: str) -> str:
    """The delimiter of a header line: the one it holds most often outside quotes; a comma when there is none."""
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=lambda mark: (bare.count(mark), mark == ","))


def flaw(source: Source) -> str:
    """What is wrong with a record that holds undecodable bytes or NUL."""
    return _damage() if source.damaged else _("a NUL character")


def _damage() -> str:
    return _("bytes that are not text in this encoding; name it with --encoding")


def _csv_problem(error: csv.Error) -> str:
    text = str(error)
    if "field limit" in text:
        return _("a cell of more than {count} characters: is a quote left open?").format(count=FIELD)
    if "end of data" in text:
        return _("a quote is opened and never closed")
    return _("not well-formed CSV: {reason}").format(reason=text)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    return msgspec.json.encode(value).decode()
