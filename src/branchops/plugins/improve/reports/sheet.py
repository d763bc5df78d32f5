"""The board as a sheet of HTML: tiles, drawn charts, tables, and the source of every number at the foot.

Invariant: whatever comes out of the ledger is escaped; the sheet loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from branchops.api import _, html_text
from branchops.plugins.improve.reports.charts import bars, rows_of_bars, small_line

if TYPE_CHECKING:
    from branchops.plugins.improve.reports.board import Board, Count, Line

STYLE = """\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --tile: #f4f6f9;
  --a: #2f6db5; --b: #d07a1f; --c: #8a93a0; --good: #1e7f4a; --fair: #a56a00; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181e; --ink: #e6eaf0; --soft: #9ba7b6; --line: #333c48;
  --tile: #1d232c; --a: #6aa6ea; --b: #e9a04f; --c: #76818f; --good: #57c08a; --fair: #e0b050; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, "Noto Sans CJK SC", "Microsoft YaHei",
  "PingFang SC", sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.2rem 1.4rem 2rem; }
header { align-items: baseline; border-bottom: 2px solid var(--ink); display: flex; flex-wrap: wrap; gap: .2rem 1rem;
  padding-bottom: .4rem; }
h1 { font-size: 1.35rem; margin: 0; } header span { color: var(--soft); } header .made { margin-left: auto; }
h2 { font-size: 1rem; margin: 0 0 .5rem; } h2 .soft { font-weight: 400; }
section { margin-top: 1.2rem; min-width: 0; }
.tiles { display: grid; gap: .7rem; grid-template-columns: repeat(4, minmax(0, 1fr)); margin-top: 1rem; }
.tile { background: var(--tile); border-left: 4px solid var(--c); border-radius: 4px; padding: .55rem .8rem .6rem; }
.tile.alarm { border-left-color: var(--bad); } .tile.alarm b { color: var(--bad); }
.tile b { display: block; font-size: 2rem; line-height: 1.15; }
.tile b.none { font-size: 1.15rem; line-height: 2.2rem; }
.tile small { color: var(--soft); display: block; }
.two { display: grid; gap: 0 2rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
table { border-collapse: collapse; width: 100%; }
th { color: var(--soft); font-size: .82rem; font-weight: 600; text-align: left; white-space: nowrap; }
th, td { border-bottom: 1px solid var(--line); padding: .28em .8em .28em 0; vertical-align: middle; }
td { overflow-wrap: anywhere; } td.keep { overflow-wrap: normal; white-space: nowrap; }
.r { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
.late, .bad { color: var(--bad); font-weight: 600; } .good { color: var(--good); } .fair { color: var(--fair); }
.soft { color: var(--soft); } .none { color: var(--soft); }
svg { display: block; max-width: 100%; } svg text { fill: var(--ink); font-size: 11px; }
svg .axis { fill: var(--soft); } svg .grid { stroke: var(--line); }
.key { color: var(--soft); font-size: .82rem; } .key i { border-radius: 2px; display: inline-block; height: .7em;
  margin: 0 .3em 0 .9em; width: .7em; } .key i:first-child { margin-left: 0; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .78rem; margin-top: 1.4rem;
  padding-top: .5rem; }
footer table { font-size: .78rem; } footer code { font-family: ui-monospace, Consolas, monospace; font-size: .95em;
  overflow-wrap: anywhere; }
@media (max-width: 52rem) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .two { grid-template-columns: minmax(0, 1fr); } }
@page { margin: 12mm; size: A4; }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --tile: #fff;
  --a: #1f5fa8; --b: #b8650f; --c: #777; --good: #11663a; --fair: #7a4e00; --bad: #a11810; }
  html, body { font-size: 10px; } body { max-width: none; padding: 0;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .tile { border: 1px solid var(--line); border-left-width: 4px; } section, .tile { break-inside: avoid; }
  .two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .tiles { grid-template-columns: repeat(4, 1fr); }
  thead { display: table-header-group; } tr { break-inside: avoid; } }
"""

SHOWN = 8


def markup(board: Board) -> Iterator[str]:
    """The pieces of the sheet's body."""
    yield "<header>"
    yield f"<h1>{html_text(board.outlet)} · {html_text(board.title)}</h1><span>{html_text(board.period)}</span>"
    yield f'<span class="made">{html_text(_("made {time}").format(time=board.made))}</span></header>\n'
    yield '<div class="tiles">' + "".join(_tile(one) for one in board.counts) + "</div>\n"
    yield '<div class="two">\n'
    yield from _owed(board)
    yield from _findings(board)
    yield "</div>\n"
    yield from _indicators(board.lines, board.measured)
    yield '<div class="two">\n'
    yield from _trend(board)
    yield from _ages(board)
    yield "</div>\n"
    yield from _sources(board)


def _tile(one: Count) -> str:
    alarm = " alarm" if one.alarm else ""
    shown = f"<b>{one.value}</b>" if one.value is not None else f'<b class="none">{html_text(_("no data"))}</b>'
    return f'<div class="tile{alarm}">{html_text(one.title)}{shown}<small>{html_text(one.of)}</small></div>'


def _table(titles: Sequence[tuple[str, str]], rows: Iterable[str]) -> str:
    head = "".join(f'<th class="{kind}">{html_text(title)}</th>' for title, kind in titles)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>\n"


def _more(left: int, command: str) -> str:
    said = _("{n} more: {command}").format(n=left, command=command)
    return f'<p class="soft">{html_text(said)}</p>\n' if left > 0 else ""


def _owed(board: Board) -> Iterator[str]:
    yield f"<section><h2>{html_text(_('Owed next'))}</h2>\n"
    if board.next_due:
        titles = ((_("Due"), ""), (_("What"), ""), (_("Who"), ""))
        yield _table(titles, (_owed_row(row) for row in board.next_due[:SHOWN]))
    else:
        yield f'<p class="soft">{html_text(_("Nothing is owed."))}</p>'
    yield _more(board.owed - SHOWN, "branchops due") + "</section>\n"


def _owed_row(row: Mapping[str, str]) -> str:
    late = " late" if row["late"] else ""
    return (
        f'<tr><td class="keep{late}">{html_text(row["due"])}</td><td>{html_text(row["what"])} '
        f'<span class="soft">{html_text(row["about"])}</span></td>'
        f'<td class="keep">{html_text(row["owed_by"])}</td></tr>'
    )


def _findings(board: Board) -> Iterator[str]:
    yield f"<section><h2>{html_text(_('Open findings'))}</h2>\n"
    if board.findings:
        titles = ((_("Finding"), ""), (_("Owner"), ""), (_("Due"), ""), (_("Status"), ""))
        yield _table(titles, (_finding_row(row) for row in board.findings[:SHOWN]))
    else:
        yield f'<p class="soft">{html_text(_("None is open."))}</p>'
    yield _more(len(board.findings) - SHOWN, "branchops improve finding list") + "</section>\n"


def _finding_row(row: Mapping[str, str]) -> str:
    late = ' class="late"' if row["late"] else ""
    again = f' <b class="bad">×{int(row["repeats"]) + 1}</b>' if row["repeats"] else ""
    return (
        f'<tr><td><span class="soft">{html_text(row["id"])}</span> {html_text(row["what"])}{again}</td>'
        f'<td class="keep">{html_text(row["owned_by"])}</td><td class="keep">{html_text(row["due"])}</td>'
        f"<td{late}>{html_text(row['state'])}</td></tr>"
    )


def _indicators(found: Sequence[Line], measured: str) -> Iterator[str]:
    yield f'<section><h2>{html_text(_("Indicators"))} <span class="soft">{html_text(measured)}</span></h2>\n'
    span = f"{found[0].labels[0]} – {found[0].labels[-1]}" if found and found[0].labels else ""
    titles = (
        (_("Indicator"), ""),
        (_("Value"), "r"),
        (_("n"), "r"),
        (_("Good from"), "r"),
        (f"{_('Trend')} {span}", ""),
    )
    yield _table(titles, (_indicator(line) for line in found)) + "</section>\n"


def _indicator(line: Line) -> str:
    now = line.now
    kind = "none" if now.value is None else now.light
    sign = "≥" if now.better == "up" else "≤"
    goal = "" if now.good is None else f"{sign} {now.good} {now.unit}".strip()
    why = f' <span class="soft">({html_text(now.why)})</span>' if now.why else ""
    chart = small_line(line.before, line.labels, f"{now.title}: {now.words}", now.good)
    return (
        f'<tr><td>{html_text(now.title)}{why}</td><td class="r {kind}">{html_text(now.words)}</td>'
        f'<td class="r">{now.n}</td><td class="r soft">{html_text(goal)}</td><td>{chart}</td></tr>'
    )


def _trend(board: Board) -> Iterator[str]:
    names = (_("Findings opened"), _("Findings closed"), _("Duties missed"))
    series = (
        tuple(one.opened for one in board.trend),
        tuple(one.closed for one in board.trend),
        tuple(one.missed for one in board.trend),
    )
    yield f"<section><h2>{html_text(_('Trend'))}</h2>\n"
    keys = "".join(
        f'<i style="background: var(--{colour})"></i>{html_text(name)}'
        for colour, name in zip("abc", names, strict=True)
    )
    yield f'<p class="key">{keys}</p>\n'
    yield bars(tuple(one.label for one in board.trend), series, names) + "</section>\n"


def _ages(board: Board) -> Iterator[str]:
    yield f"<section><h2>{html_text(_('Open findings by age'))}</h2>\n"
    labelled = tuple((_("{days} days").format(days=label), count) for label, count in board.ages)
    yield rows_of_bars(labelled, _("Open findings by age")) + "</section>\n"


def _sources(board: Board) -> Iterator[str]:
    numbers = [(one.title, one.value, one.n, one.source) for one in board.counts]
    numbers += [(line.now.title, line.now.words, line.now.n, line.now.source) for line in board.lines]  # type: ignore[misc]
    yield f"<footer><h2>{html_text(_('Where the numbers come from'))}</h2>\n"
    titles = ((_("Number"), ""), (_("Value"), "r"), (_("n"), "r"), (_("Source"), ""))
    rows = (
        f'<tr><td>{html_text(title)}</td><td class="r">{html_text(_("no data") if value is None else str(value))}</td>'
        f'<td class="r">{n}</td><td><code>{html_text(source)}</code></td></tr>'
        for title, value, n, source in numbers
    )
    yield _table(titles, rows) + "</footer>\n"
