"""The board on a terminal: 80 cells by 24 lines, so that it is read at one look. Lines of (text, style) spans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from branchops.api import _, cell_width

if TYPE_CHECKING:
    from branchops.plugins.improve.reports.board import Board, Count, Line

Span = tuple[str, str]
BARS = "▁▂▃▄▅▆▇█"
LIGHTS = {"good": "green", "fair": "yellow", "bad": "bold red", "": ""}


def cut(text: str, cells: int, *, right: bool = False) -> str:
    """The text in exactly so many cells: cut with an ellipsis, or filled."""
    text = " ".join(text.split())
    if cell_width(text) > cells:
        while text and cell_width(text) > cells - 1:
            text = text[:-1]
        text += "…"
    space = " " * (cells - cell_width(text))
    return space + text if right else text + space


def room(rows: Sequence[Mapping[str, str]], key: str, most: int) -> int:
    """How many cells the texts under a key need, at most so many."""
    return min(most, max((cell_width(row[key]) for row in rows), default=0))


def spark(values: Sequence[Decimal | None]) -> str:
    """Small bars between the least and the greatest value; a dot where there is no data."""
    known = [value for value in values if value is not None]
    if not known:
        return "·" * len(values)
    low, high = min(known), max(known)
    if low == high:
        return "".join("·" if value is None else BARS[3] for value in values)
    steps = len(BARS) - 1
    return "".join("·" if value is None else BARS[int((value - low) * steps / (high - low))] for value in values)


def lines(board: Board, width: int) -> Iterator[tuple[Span, ...]]:
    """The lines of the board, none wider than `width`."""
    width = max(60, min(width, 110))
    made = _("made {time}").format(time=board.made)
    head = f"{board.outlet} · {board.title} · {board.period}"
    yield ((cut(head, width - cell_width(made) - 1), "bold"), (" " + made, "dim"))
    yield (("─" * width, "dim"),)
    yield from _counts(board.counts, width)
    yield from _owed(board, width)
    yield from _findings(board, width)
    yield from _indicators(board.lines, board.measured, width)


def _counts(counts: Sequence[Count], width: int) -> Iterator[tuple[Span, ...]]:
    each = width // len(counts)
    values = []
    for one in counts:
        shown = _("no data") if one.value is None else str(one.value)
        values.append((cut(f"{shown} {one.title}", each), "bold red" if one.alarm else "bold"))
    yield tuple(values)
    yield tuple((cut(one.of, each - 1) + " ", "dim") for one in counts)


def _owed(board: Board, width: int) -> Iterator[tuple[Span, ...]]:
    shown = board.next_due[:4]
    more = board.owed - len(shown)
    title = _("Owed next")
    yield ((title + (_(" ({n} more: branchops due)").format(n=more) if more else ""), "bold"),)
    if not shown:
        yield ((_("Nothing is owed."), "dim"),)
    about, who = room(shown, "about", 20), room(shown, "owed_by", 18)
    for row in shown:
        said = width - 11 - 2 - 1 - about - 1 - who
        yield (
            (cut(row["due"], 11) + "  ", "bold red" if row["late"] else ""),
            (cut(row["what"], said), ""),
            (" " + cut(row["about"], about) + " " + cut(row["owed_by"], who, right=True), "dim"),
        )


def _findings(board: Board, width: int) -> Iterator[tuple[Span, ...]]:
    shown = board.findings[:3]
    more = len(board.findings) - len(shown)
    title = _("Open findings")
    yield ((title + (_(" ({n} more: branchops improve finding list)").format(n=more) if more else ""), "bold"),)
    if not shown:
        yield ((_("None is open."), "dim"),)
    owner = room(shown, "owned_by", 14)
    for row in shown:
        said = width - 12 - 1 - owner - 1 - 11 - 18
        yield (
            (cut(row["id"], 12), "bold red" if row["late"] else ""),
            (cut(row["what"], said), ""),
            (" " + cut(row["owned_by"], owner) + " " + cut(row["due"], 11), "dim"),
            (cut(row["state"], 18), "bold red" if row["late"] else ""),
        )


def _indicators(found: Sequence[Line], measured: str, width: int) -> Iterator[tuple[Span, ...]]:
    name = width - 12 - 7 - 2 - 6
    yield (
        (cut(f"{_('Indicator')} ({measured})", name), "bold"),
        (cut(_("Value"), 12, right=True) + cut(_("n"), 7, right=True), "bold"),
        ("  " + _("trend"), "bold"),
    )
    for line in found:
        now = line.now
        yield (
            (cut(now.title, name), ""),
            (cut(now.words, 12, right=True), LIGHTS[now.light] or ("dim" if now.value is None else "")),
            (cut(str(now.n), 7, right=True) + "  ", "dim"),
            (spark(line.before), ""),
        )
