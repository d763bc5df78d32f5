"""Registers as HTML for a browser's printer: the very pages of `printing.py`, one sheet each.

Invariant: all data is escaped text, and page numbers, lines and marks are those of the text print.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from branchops.core.output.formats.web import STYLE, document
from branchops.core.output.messages import _
from branchops.core.output.printing import PrintedLine, PrintedRegister, foot, marks, nil_line, pages
from branchops.core.output.safe import html_text

_STYLE = """\
.sheet { break-after: page; margin-bottom: 3rem; } .sheet:last-child { break-after: auto; }
.n { white-space: nowrap; }
.mark { border: 1px solid; font-size: .8em; padding: 0 .4em; }
.sign { display: flex; flex-wrap: wrap; gap: 2.5em; margin-top: 3em; }
.sign p { border-top: 1px solid; min-width: 14em; padding-top: .3em; }
footer { display: flex; font-size: .8em; gap: 2em; justify-content: space-between; overflow-wrap: anywhere; }
"""


def as_html(register: PrintedRegister, tz: tzinfo, *, columns_wide: int = 100, rows_high: int = 56) -> str:
    """The register as one self-contained document with a section a page."""
    split = pages(register, tz, columns_wide=columns_wide, rows_high=rows_high)
    body = (piece for number, lines in enumerate(split, 1) for piece in _sheet(register, lines, number, len(split)))
    return "".join(document(register.title, STYLE + _STYLE, body))


def _sheet(register: PrintedRegister, lines: tuple[PrintedLine, ...], number: int, of: int) -> Iterator[str]:
    said = "".join(f' <span class="mark">{html_text(mark)}</span>' for mark in marks(register))
    yield f'<section class="sheet">\n<h1>{html_text(register.title)}{said}</h1>\n'
    yield f"<p>{html_text(register.outlet)} · {html_text(register.period)}</p>\n"
    titles = "".join(f"<th{_right(one.right)}>{html_text(one.title)}</th>" for one in register.columns)
    yield f"<table>\n<thead><tr><th>{html_text(_('No.'))}</th>{titles}</tr></thead>\n<tbody>\n"
    for line in lines:
        yield _line(register, line)
    if not lines:
        yield f'<tr><td colspan="{len(register.columns) + 1}">{html_text(nil_line(register))}</td></tr>\n'
    yield "</tbody>\n</table>\n"
    if number == of and register.signatures:
        blocks = "".join(f"<p>{html_text(who)} · {html_text(_('Date'))}</p>" for who in register.signatures)
        yield f'<div class="sign">{blocks}</div>\n'
    yield "<footer>" + "".join(f"<span>{html_text(text)}</span>" for text in foot(register, number, of)) + "</footer>\n"
    yield "</section>\n"


def _line(register: PrintedRegister, line: PrintedLine) -> str:
    cells = []
    for column, cell in zip(register.columns, line.cells, strict=True):
        text = f"<s>{html_text(cell)}</s>" if line.struck and cell else html_text(cell)
        cells.append(f"<td{_right(column.right)}>{text}</td>")
    opening = '<tr class="struck">' if line.struck else "<tr>"
    return f'{opening}<td class="n">{html_text(line.number)}</td>{"".join(cells)}</tr>\n'


def _right(flush: bool) -> str:
    return ' class="r"' if flush else ""
