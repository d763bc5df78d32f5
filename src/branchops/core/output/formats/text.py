"""plain and md, by tabulate: one row a line, full-width text aligned, for pipes, mails and wikis."""

from __future__ import annotations

from datetime import tzinfo
from typing import TextIO

from branchops.core.output.formats.words import Spell, cells, facts, remarks, visible
from branchops.core.output.layout import pad, width
from branchops.core.output.safe import md_text, safe
from branchops.core.output.sink import narrow, narrow_encoding
from branchops.core.output.table import Page, Table


def write_plain(thing: Table | Page, stream: TextIO, tz: tzinfo) -> None:
    """Columns under a dashed rule. A row is one line; the lines of a page's facts stay lines."""
    encoding = narrow_encoding(stream)

    def spell(text: str) -> str:
        return narrow(safe(text), encoding)

    def spell_lines(text: str) -> str:
        return narrow(safe(text, keep_newlines=True), encoding)

    if isinstance(thing, Table):
        blocks = _table(thing, tz, "simple", spell, spell(thing.title))
    else:
        blocks = [spell(thing.title), _facts(facts(thing, tz, spell_lines))]
        for section in thing.sections:
            blocks += _table(section, tz, "simple", spell, spell(section.title))
    _put(blocks, stream)


def write_markdown(thing: Table | Page, stream: TextIO, tz: tzinfo) -> None:
    """Pipe tables under headings; a page's facts are a list. Data is inert: no markup of it is obeyed."""
    encoding = narrow_encoding(stream)

    def spell(text: str) -> str:
        return narrow(md_text(text), encoding, "xmlcharrefreplace")

    if isinstance(thing, Table):
        blocks = _table(thing, tz, "pipe", spell, _heading("## ", spell(thing.title)))
    else:
        listed = "\n".join(f"- **{label}:** {value}".rstrip() for label, value in facts(thing, tz, spell))
        blocks = [_heading("# ", spell(thing.title)), listed]
        for section in thing.sections:
            blocks += _table(section, tz, "pipe", spell, _heading("## ", spell(section.title)))
    _put(blocks, stream)


def _heading(marks: str, title: str) -> str:
    return marks + title if title else ""


def _table(table: Table, tz: tzinfo, style: str, spell: Spell, title: str) -> list[str]:
    columns = visible(table)
    rows = [cells(row, columns, tz, spell) for row in table.rows]
    aligns = tuple("right" if column.right else "left" for column in columns)
    body = _tabulated(rows, [spell(column.title) for column in columns], style, aligns) if rows else ""
    return [title, body, *map(spell, remarks(table, not rows))]


def _tabulated(rows: list[list[str]], headers: list[str], style: str, aligns: tuple[str, ...]) -> str:
    import tabulate

    return str(tabulate.tabulate(rows, headers=headers, tablefmt=style, colalign=aligns, disable_numparse=True))


def _facts(pairs: list[tuple[str, str]]) -> str:
    """Labels beside what they say: too little for the table library, which takes long to load."""
    wide = max((width(label) for label, _value in pairs), default=0)
    lines = []
    for label, value in pairs:
        for number, line in enumerate(value.split("\n")):
            lines.append(f"{pad('' if number else label, wide)}  {line}".rstrip())
    return "\n".join(lines)


def _put(blocks: list[str], stream: TextIO) -> None:
    """The blocks that hold something, an empty line between them."""
    stream.write("\n\n".join(filter(None, blocks)) + "\n")
