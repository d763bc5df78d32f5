"""Charts drawn as inline SVG: numbers in, escaped markup out. Colours are the sheet's, so dark and print follow."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from branchops.api import html_text

COLOURS = ("a", "b", "c")


def bars(labels: Sequence[str], series: Sequence[Sequence[int | None]], names: Sequence[str]) -> str:
    """Groups of upright bars, one group a label; a value of None leaves its place empty."""
    width, height, left, foot, top = 520, 170, 28, 30, 12
    high = max([value for one in series for value in one if value is not None], default=0) or 1
    room = height - foot - top
    group = (width - left) / max(1, len(labels))
    thick = min(18.0, group * 0.8 / max(1, len(series)))
    parts = [_grid(left, width, top, room, high)]
    for place, label in enumerate(labels):
        start = left + place * group + (group - thick * len(series)) / 2
        for row, one in enumerate(series):
            value = one[place]
            if value is None:
                continue
            tall = room * value / high
            x, y = start + row * thick, top + room - tall
            told = f"{label} {names[row]}: {value}"
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{thick - 1:.1f}" height="{max(tall, 0):.1f}" '
                f'fill="var(--{COLOURS[row]})"><title>{html_text(told)}</title></rect>'
            )
        if len(labels) <= 8 or place % 2 == (len(labels) - 1) % 2:
            x = left + place * group + group / 2
            short = label[5:] if len(label) == len("2026-11-23") else label
            parts.append(
                f'<text class="axis" x="{x:.1f}" y="{height - 12}" text-anchor="middle">{html_text(short)}</text>'
            )
    said = "; ".join(names)
    return _svg(width, height, said, parts)


def _grid(left: int, width: int, top: int, room: int, high: int) -> str:
    marks = sorted({0, high, high // 2} if high > 1 else {0, high})
    parts = []
    for mark in marks:
        y = top + room - room * mark / high
        parts.append(f'<line class="grid" x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="axis" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{mark}</text>')
    return "".join(parts)


def rows_of_bars(rows: Sequence[tuple[str, int]], title: str) -> str:
    """Lying bars with their label before and their number behind."""
    width, each, left = 520, 30, 96
    high = max((count for _label, count in rows), default=0) or 1
    parts = []
    for place, (label, count) in enumerate(rows):
        y = place * each + 6
        long = (width - left - 50) * count / high
        parts.append(f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{html_text(label)}</text>')
        parts.append(f'<rect x="{left}" y="{y}" width="{max(long, 1):.1f}" height="18" fill="var(--a)"/>')
        parts.append(f'<text x="{left + long + 7:.1f}" y="{y + 14}">{count}</text>')
    return _svg(width, each * len(rows) + 6, title, parts)


def small_line(values: Sequence[Decimal | None], labels: Sequence[str], title: str, goal: Decimal | None = None) -> str:
    """A line through the values that there are, broken where there are none, with the threshold dashed."""
    width, height, pad = 220, 34, 5
    known = [value for value in values if value is not None]
    if not known:
        return f'<span class="none">{html_text("–")}</span>'
    low = min([*known, goal] if goal is not None else known)
    high = max([*known, goal] if goal is not None else known)
    reach = high - low or Decimal(1)
    step = (width - 2 * pad) / max(1, len(values) - 1)

    def place(at: int, value: Decimal) -> tuple[float, float]:
        return pad + at * step, height - pad - float((value - low) / reach) * (height - 2 * pad)

    parts = []
    if goal is not None:
        y = place(0, goal)[1]
        parts.append(f'<line x1="0" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--c)" stroke-dasharray="3 3"/>')
    run: list[str] = []
    for at, value in enumerate([*values, None]):
        if value is not None:
            x, y = place(at, value)
            run.append(f"{x:.1f},{y:.1f}")
            told = f"{labels[at]}: {value}"
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="var(--a)"><title>{html_text(told)}</title></circle>'
            )
        elif run:
            points = " ".join(run)
            parts.append(f'<polyline points="{points}" fill="none" stroke="var(--a)" stroke-width="1.6"/>')
            run = []
    return _svg(width, height, title, parts)


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    said = html_text(title)
    return (
        f'<svg role="img" aria-label="{said}" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>{said}</title>{''.join(parts)}</svg>"
    )
