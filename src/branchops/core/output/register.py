"""A printed register on a stream: pages for people and printers, its lines as rows for programs.

Invariant: every format carries all lines; the paginated ones (table, plain, html) carry the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, TextIO

from branchops.core.output.messages import _
from branchops.core.output.printing import PrintedRegister, as_text, nil_line
from branchops.core.output.sink import MARKUP, narrow, narrow_encoding
from branchops.core.output.table import Column, Table


def render_register(register: PrintedRegister, format: str, stream: TextIO, *, tz: tzinfo) -> None:  # noqa: A002
    """Writes a register in one of `formats.FORMATS`. UsageError for another name."""
    encoding = narrow_encoding(stream)
    if format in ("table", "plain"):
        stream.write(narrow(as_text(register, tz, page_break="\n"), encoding))
        return
    if format == "html":
        from branchops.core.output.printing_html import as_html

        stream.write(narrow(as_html(register, tz), encoding, MARKUP))
        return
    from branchops.core.output.formats import render

    render(_table(register), format, stream, tz=tz)


def _table(register: PrintedRegister) -> Table:
    """The lines as a table, with their number and marks in columns of their own."""
    own = (Column("number", _("No."), kind="number"),)
    marks = (Column("late", _("late"), kind="bool"), Column("void", _("void"), kind="bool"))
    digest = (_("Digest: {digest}").format(digest=register.digest),) if register.digest else ()
    nil = (nil_line(register),) if not register.lines else ()
    return Table((*own, *register.columns, *marks), _rows(register), title=register.title, notes=(*nil, *digest))


def _rows(register: PrintedRegister) -> Iterator[dict[str, Any]]:
    for place, line in enumerate(register.lines, 1):
        yield {
            **line,
            "number": line.get("_number", place),
            "late": bool(line.get("_late")),
            "void": bool(line.get("_struck")),
        }
