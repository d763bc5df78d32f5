"""What the formats for people share: columns to show, cells as safe text, the line that stands for no rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from branchops.core.output.cells import shown
from branchops.core.output.messages import _
from branchops.core.output.table import Column, Page, Table

Spell = Callable[[str], str]


def visible(table: Table) -> list[Column]:
    """The columns people see."""
    return [column for column in table.columns if column.shown]


def cells(row: Mapping[str, Any], columns: list[Column], tz: tzinfo, spell: Spell) -> list[str]:
    """A row's cells in the present language, each passed through `spell`."""
    return [spell(shown(row.get(column.key), column.kind, tz)) for column in columns]


def facts(page: Page, tz: tzinfo, spell: Spell) -> list[tuple[str, str]]:
    """Label and value of each fact to show, each passed through `spell`."""
    pairs = ((one, shown(page.facts[one.key], one.kind, tz)) for one in page.columns() if one.shown)
    return [(spell(one.title), spell(value)) for one, value in pairs]


def remarks(table: Table, empty: bool) -> tuple[str, ...]:
    """What follows the rows: the notes, or for an empty table without any a word that it is empty."""
    return table.notes or ((_("Nothing to show."),) if empty else ())
