"""Registers on paper, as a bank file wants them: numbered pages, numbered lines, struck voids, late marks, signatures.

Invariant: a print is a pure function of its register (and the page size): the same lines give the same pages, so a
digest and a page count recorded at printing can be checked against a reprint. No line is left out: a void stays
readable under its stroke, a register without lines says so, and every page carries the digest and "page n of m".

`pages` is the one pagination; text and HTML (`printing_html.py`) both follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from branchops.core.output.cells import shown
from branchops.core.output.layout import fold, least_width, pad, share, width
from branchops.core.output.messages import _, pick
from branchops.core.output.safe import safe
from branchops.core.output.table import Column

_GAP = 2


class PrintedRegister(msgspec.Struct, frozen=True):
    """A register to print.

    A line maps column keys to values, and may say `_number` (its number in the register; else its place, from 1),
    `_struck` (voided: printed struck through) and `_late` (entered late: marked). `digest` is what the caller computed
    over the lines. `copy` is 1 for the first print, n for the nth. `supplement` marks the page of entries that came
    after a print. `nil` is the line of an empty register, by default "No entries."
    """

    title: str
    outlet: str
    period: str
    columns: tuple[Column, ...]
    lines: tuple[Mapping[str, Any], ...]
    signatures: tuple[str, ...] = ()
    digest: str = ""
    copy: int = 1
    supplement: bool = False
    nil: str = ""


class PrintedLine(msgspec.Struct, frozen=True):
    """A register line ready for paper: its number with the marks "late" and "void", its cells as safe texts."""

    number: str
    cells: tuple[str, ...]
    struck: bool
    late: bool


def pages(
    register: PrintedRegister, tz: tzinfo, *, columns_wide: int = 100, rows_high: int = 56
) -> tuple[tuple[PrintedLine, ...], ...]:
    """The lines of each page; at least one page, the only one without lines is that of an empty register.

    A page is `columns_wide` cells by `rows_high` text rows; header, footer and the signatures of the last page are
    counted in. A line taller than a page gets a page of its own.
    """
    laid = _laid(register, tz, columns_wide)
    return tuple(laid.lines[part] for part in _parts(register, laid, columns_wide, rows_high))


def as_text(
    register: PrintedRegister,
    tz: tzinfo,
    *,
    columns_wide: int = 100,
    rows_high: int = 56,
    page_break: str = "\f",
) -> str:
    """The register as text, pages parted by `page_break`: a form feed for printers, "\\n" for a screen."""
    laid = _laid(register, tz, columns_wide)
    parts = _parts(register, laid, columns_wide, rows_high)
    texts = []
    for number, part in enumerate(parts, 1):
        rows = [*_head(register, columns_wide), *_titles(register, laid.sizes)]
        rows += chain.from_iterable(laid.rows[part])
        if not laid.rows[part]:
            rows += fold(nil_line(register), columns_wide)
        if number == len(parts):
            rows += _signatures(register, columns_wide)
        rows += _foot(register, number, len(parts))
        texts.append("".join(row.rstrip() + "\n" for row in rows))
    return page_break.join(texts)


class _Laid(NamedTuple):
    """The lines in their columns: cells of each column, and the rows of text that each line takes."""

    lines: tuple[PrintedLine, ...]
    sizes: list[int]
    rows: list[list[str]]


def _laid(register: PrintedRegister, tz: tzinfo, columns_wide: int) -> _Laid:
    lines = tuple(_line(register, place, line, tz) for place, line in enumerate(register.lines, 1))
    sizes = widths(register, lines, columns_wide)
    return _Laid(lines, sizes, [_folded(register, _struck_cells(line), sizes) for line in lines])


def _parts(register: PrintedRegister, laid: _Laid, columns_wide: int, rows_high: int) -> list[slice]:
    """Which lines go on which page."""
    titles = _titles(register, laid.sizes)
    room = max(1, rows_high - len(_head(register, columns_wide)) - len(titles) - len(_foot(register)))
    last_room = max(1, room - len(_signatures(register, columns_wide)))
    parts: list[slice] = []
    start = used = 0
    for place, height in enumerate(map(len, laid.rows)):
        if place > start and used + height > room:
            parts.append(slice(start, place))
            start, used = place, 0
        used += height
    end = len(laid.rows)
    if used > last_room and end - start > 1:  # the signatures need company: the last line goes over with them
        parts.append(slice(start, end - 1))
        start = end - 1
    return [*parts, slice(start, end)]


def widths(register: PrintedRegister, lines: Iterable[PrintedLine], columns_wide: int) -> list[int]:
    """Cells for the number column and each column of the register, the same on every page."""
    stacks: list[list[str]] = [[_("No.")], *([safe(column.title)] for column in register.columns)]
    for line in lines:
        for stack, cell in zip(stacks, _struck_cells(line), strict=True):
            stack.append(cell)
    natural = [max(map(width, stack)) for stack in stacks]
    rigid = [True, *(column.kind in ("money", "time", "date", "number") for column in register.columns)]
    least = [least_width(stack[1:], fixed) for stack, fixed in zip(stacks, rigid, strict=True)]
    room = columns_wide - _GAP * (len(stacks) - 1)
    # Too many columns for the paper: even shares, folded, is still readable and loses nothing.
    return share(natural, least, room) or [max(2, room // len(stacks))] * len(stacks)


def marks(register: PrintedRegister) -> list[str]:
    """What the header says of this print: "copy n" from the second on, "supplement"."""
    said = []
    if register.supplement:
        said.append(_("Supplement"))
    if register.copy > 1:
        said.append(_("Copy {number}").format(number=register.copy))
    return said


def nil_line(register: PrintedRegister) -> str:
    """The line that stands for no lines."""
    return safe(register.nil or _("No entries."))


def foot(register: PrintedRegister, page: int, of: int) -> list[str]:
    """The footer's texts: the digest if there is one, the page number."""
    digest = [_("Digest: {digest}").format(digest=safe(register.digest))] if register.digest else []
    return [*digest, _("Page {page} of {of}").format(page=page, of=of)]


def _line(register: PrintedRegister, place: int, line: Mapping[str, Any], tz: tzinfo) -> PrintedLine:
    late, struck = bool(line.get("_late")), bool(line.get("_struck"))
    said = [_("late")] * late + [_("void")] * struck
    cells = (safe(shown(line.get(column.key), column.kind, tz)) for column in register.columns)
    number = " ".join([str(line.get("_number", place)), *said])
    return PrintedLine(safe(number), tuple(cells), struck, late)


def _struck_cells(line: PrintedLine) -> Iterator[str]:
    """Number and cells as text shows them: `~~struck~~`."""
    yield line.number
    for cell in line.cells:
        yield f"~~{cell}~~" if line.struck and cell else cell


def _folded(register: PrintedRegister, texts: Iterable[str], sizes: list[int]) -> list[str]:
    """The rows that one line of texts takes, each text folded within its column."""
    columns = [fold(text, size) for text, size in zip(texts, sizes, strict=True)]
    flush = [False, *(column.right for column in register.columns)]
    rows = []
    for row in range(max(map(len, columns))):
        pieces = [column[row] if row < len(column) else "" for column in columns]
        rows.append((" " * _GAP).join(map(pad, pieces, sizes, flush)))
    return rows


def _head(register: PrintedRegister, columns_wide: int) -> list[str]:
    title = " · ".join([safe(register.title), *marks(register)])
    about = f"{safe(register.outlet)}  {safe(register.period)}"
    return [*fold(title, columns_wide), *fold(about, columns_wide), ""]


def _titles(register: PrintedRegister, sizes: list[int]) -> list[str]:
    titles = [_("No."), *(safe(column.title) for column in register.columns)]
    return [*_folded(register, titles, sizes), (" " * _GAP).join("-" * size for size in sizes)]


def _signatures(register: PrintedRegister, columns_wide: int) -> list[str]:
    """A ruled line for each who signs, with a place for the date."""
    rows = []
    for who in register.signatures:
        label = safe(who)
        when = _("Date")
        blank = max(8, min(30, columns_wide - width(label) - width(when) - 18))
        colon = pick(": ", "：")
        rows += ["", f"{label}{colon}{'_' * blank}  {when}{colon}{'_' * 12}"]
    return rows


def _foot(register: PrintedRegister, page: int = 1, of: int = 1) -> list[str]:
    return ["", *foot(register, page, of)]
