"""html: one self-contained document that reads on a screen, light or dark, and prints on paper.

Invariant: all data is escaped text. The document loads nothing and runs nothing; its own policy forbids both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import TextIO

from branchops.core.output.formats.words import cells, facts, remarks, visible
from branchops.core.output.messages import language
from branchops.core.output.safe import html_text
from branchops.core.output.sink import MARKUP, narrow, narrow_encoding
from branchops.core.output.table import Column, Page, Table

STYLE = """\
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 70rem;
  padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8886; padding: .3em .6em; text-align: left; vertical-align: top; }
td, dd { overflow-wrap: anywhere; white-space: pre-wrap; } td { min-width: 3.2em; }
.k { white-space: nowrap; } .r { font-variant-numeric: tabular-nums; text-align: right; }
dl { display: grid; gap: .2em 1.2em; grid-template-columns: max-content 1fr; }
dt { font-weight: 600; } dd { margin: 0; }
@page { margin: 15mm; size: A4; }
@media print { :root { color-scheme: light; } body { margin: 0; max-width: none; padding: 0; }
  thead { display: table-header-group; } tr { break-inside: avoid; } }
"""

_RIGID = ("money", "time", "date", "number", "bool")


def write_html(thing: Table | Page, stream: TextIO, tz: tzinfo) -> None:
    """A whole document, its table rows written as they come."""
    encoding = narrow_encoding(stream)
    style, body = STYLE, _page(thing, tz) if isinstance(thing, Page) else _table(thing, tz, "h1")
    if isinstance(thing, Page) and thing.drawing is not None:
        style, body = thing.drawing.style, iter(thing.drawing.body())
    for piece in document(thing.title, style, body):
        stream.write(narrow(piece, encoding, MARKUP))


def document(title: str, style: str, body: Iterator[str]) -> Iterator[str]:
    """The pieces of a document around `body`, whose pieces are markup already."""
    lang = "zh-CN" if language() == "zh" else "en"
    yield (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html_text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    yield from body
    yield "</body>\n</html>\n"


def _page(page: Page, tz: tzinfo) -> Iterator[str]:
    yield f"<h1>{html_text(page.title)}</h1>\n<dl>\n"
    for label, value in facts(page, tz, html_text):
        yield f"<dt>{label}</dt><dd>{value}</dd>\n"
    yield "</dl>\n"
    for section in page.sections:
        yield from _table(section, tz, "h2")


def _table(table: Table, tz: tzinfo, heading: str) -> Iterator[str]:
    if table.title:
        yield f"<{heading}>{html_text(table.title)}</{heading}>\n"
    columns = visible(table)
    marks = [_mark(column) for column in columns]
    titles = "".join(f"<th{mark}>{html_text(one.title)}</th>" for one, mark in zip(columns, marks, strict=True))
    yield f"<table>\n<thead><tr>{titles}</tr></thead>\n<tbody>\n"
    empty = True
    for row in table.rows:
        empty = False
        texts = cells(row, columns, tz, html_text)
        yield "<tr>" + "".join(f"<td{mark}>{text}</td>" for text, mark in zip(texts, marks, strict=True)) + "</tr>\n"
    yield "</tbody>\n</table>\n"
    for remark in remarks(table, empty):
        yield f"<p>{html_text(remark)}</p>\n"


def _mark(column: Column) -> str:
    """The classes of a column: set flush right, kept on one line."""
    names = [name for name, on in (("r", column.right), ("k", column.right or column.kind in _RIGID)) if on]
    return f' class="{" ".join(names)}"' if names else ""
