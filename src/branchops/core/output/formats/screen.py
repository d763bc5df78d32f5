"""table: what a person sees on a terminal, by rich.

Invariant: no line is wider than the width. Text folds inside its column, numbers, times and ids stay whole; where the
columns cannot all be had, each row is written as a list of its facts instead. Data is never read as rich markup.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, TextIO

from branchops.core.output.formats.words import cells, facts, remarks, visible
from branchops.core.output.layout import fold, least_width, share
from branchops.core.output.layout import width as width_of
from branchops.core.output.safe import safe
from branchops.core.output.sink import narrow, narrow_encoding
from branchops.core.output.table import Column, Drawing, Page, Table

if TYPE_CHECKING:
    from rich.console import Console

_GAP = 2
_RIGID = ("money", "time", "date", "number", "bool")
_ASCII_BOX = "    \n    \n -- \n    \n    \n    \n    \n    \n"


def write_screen(thing: Table | Page, stream: TextIO, tz: tzinfo, width: int | None, colour: bool) -> None:
    """Draws into memory, then writes to `stream` once."""
    screen = _Screen(tz, width or shutil.get_terminal_size((80, 24)).columns, colour, narrow_encoding(stream))
    if isinstance(thing, Table):
        screen.table(thing)
    elif thing.drawing is not None:
        screen.drawn_lines(thing.drawing)
    else:
        screen.title(thing.title)
        screen.listed(facts(thing, tz, screen.spell))
        for section in thing.sections:
            screen.gap()
            screen.table(section)
    stream.write(narrow(screen.drawn(), screen.encoding))


class _Screen:
    """A rich console on a buffer, and how wide it is."""

    def __init__(self, tz: tzinfo, width: int, colour: bool, encoding: str | None) -> None:
        self.tz = tz
        self.width = max(20, width)
        self.encoding = encoding
        self._buffer = io.StringIO()
        self._console = self._open(colour)

    def _open(self, colour: bool) -> Console:
        from rich.console import Console

        return Console(
            file=self._buffer,
            width=self.width,
            color_system="standard" if colour else None,
            force_terminal=colour,
            no_color=not colour,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def drawn(self) -> str:
        return self._buffer.getvalue()

    def spell(self, text: str) -> str:
        return narrow(safe(text, keep_newlines=True), self.encoding)

    def spell_cell(self, text: str) -> str:
        return narrow(safe(text), self.encoding)

    def gap(self) -> None:
        self._console.print()

    def say(self, text: str, style: str = "") -> None:
        from rich.text import Text

        for line in fold(self.spell(text), self.width):
            self._console.print(Text(line, style=style))

    def drawn_lines(self, drawing: Drawing) -> None:
        """A page's own drawing, cut where a line is wider than the screen."""
        from rich.text import Text

        for spans in drawing.screen(self.width):
            line = Text(no_wrap=True)
            for text, style in spans:
                line.append(self.spell_cell(text), style=style)
            line.truncate(self.width)
            self._console.print(line)

    def title(self, text: str) -> None:
        if text:
            self.say(text, "bold")

    def table(self, table: Table) -> None:
        """Title, rows under their columns, notes."""
        self.title(table.title)
        columns = visible(table)
        rows = [cells(row, columns, self.tz, self.spell_cell) for row in table.rows]
        if rows:
            self._rows(columns, rows)
        for remark in remarks(table, not rows):
            self.say(remark, "dim")

    def _rows(self, columns: list[Column], rows: list[list[str]]) -> None:
        titles = [self.spell_cell(column.title) for column in columns]
        stacks = [[title, *cells] for title, *cells in zip(titles, *rows, strict=True)]
        natural = [max(map(width_of, stack)) for stack in stacks]
        least = [least_width(stack[1:], column.kind in _RIGID) for column, stack in zip(columns, stacks, strict=True)]
        room = self.width - _GAP * (len(columns) - 1)
        whole = [max(cells, least_width([title], False)) for cells, title in zip(least, titles, strict=True)]
        widths = share(natural, whole, room) or share(natural, least, room)
        if widths is not None:
            self._grid(columns, titles, rows, widths)
            return
        for place, row in enumerate(rows):
            if place:
                self.gap()
            self.listed(list(zip(titles, row, strict=True)))

    def _grid(
        self, columns: Sequence[Column], titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        from rich import box
        from rich.table import Table as Grid
        from rich.text import Text

        style = box.SIMPLE_HEAD if self.encoding is None else box.Box(_ASCII_BOX, ascii=True)
        grid = Grid(box=style, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
        for column, title, cells_wide in zip(columns, titles, widths, strict=True):
            header = Text("\n".join(fold(title, cells_wide)))
            grid.add_column(header, justify="right" if column.right else "left", width=cells_wide, no_wrap=True)
        for row in rows:
            grid.add_row(*(Text("\n".join(fold(cell, size))) for cell, size in zip(row, widths, strict=True)))
        self._console.print(grid)

    def listed(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Label and value side by side, values folded beside the labels."""
        from rich.text import Text

        label_width = min(max((width_of(label) for label, _value in pairs), default=0), self.width // 3)
        for label, value in pairs:
            labels = fold(label, label_width)
            values = fold(value, self.width - label_width - _GAP)
            for place in range(max(len(labels), len(values))):
                left = labels[place] if place < len(labels) else ""
                right = values[place] if place < len(values) else ""
                line = Text(left, style="bold")
                line.append(" " * (label_width + _GAP - width_of(left)) + right, style="not bold")
                line.rstrip()
                self._console.print(line)
