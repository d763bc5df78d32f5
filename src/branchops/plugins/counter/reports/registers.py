"""User ids, the special-business register, seal verification, statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from branchops.api import Column, Page, PrintedRegister, Reading, Recorded, Table, _
from branchops.plugins.counter.rules.measure import colour, rate, wilson
from branchops.plugins.counter.rules.user_ids import ELSEWHERE, foreign, unrelated
from branchops.plugins.counter.views.registers import Custody, SealDay, Special


def user_ids(reading: Reading, *, system: str = "", conflicts: bool = False, everything: bool = False) -> Table:
    """Ids with the reason why they should not be there: person, system, id; when first seen and last used."""
    columns = (
        Column("system", _("System")),
        Column("user", _("User id")),
        Column("staff", _("Staff")),
        Column("first", _("First seen"), kind="time"),
        Column("last_used", _("Last used"), kind="date"),
        Column("why", _("Why it should go")),
        Column("waived_until", _("Waived until"), kind="date"),
    )
    policy = reading.policy
    lists = {row.system: row.listed for row in reading.rows("counter.idlist")}
    rows = []
    for row in reading.rows("counter.userid", {"open": True, **({"system": system} if system else {})}):
        if row.listed < lists.get(row.system, row.listed):
            continue
        why = ELSEWHERE if foreign(row, reading.people, policy, reading.today) else ""
        if not why and not conflicts and row.system in policy["counter.ids.savings_systems"]:
            why = unrelated(row, reading.people, policy, reading.today)
        if why or everything:
            rows.append(
                {
                    "system": row.system,
                    "user": row.user,
                    "staff": reading.name(row.staff),
                    "first": row.first,
                    "last_used": row.last_used,
                    "why": _(why) if why else "",
                    "waived_until": row.waived_until,
                }
            )
    return Table(columns, rows, title=_("User ids"), notes=() if rows else (_("None: nothing to purge."),))


class Lines(NamedTuple):
    """The register of a day as it prints: lines, their digest, and up to which position they reach."""

    lines: tuple[dict[str, Any], ...]
    digest: str
    upto: int


def special_lines(reading: Reading, day: date, *, after: int = 0) -> Lines:
    """The lines of a day, entered or struck after a ledger position; struck ones stay, under their stroke."""
    lines: list[dict[str, Any]] = []
    upto = after
    streams = {row.id for row in reading.rows("counter.special", {"day": day.isoformat()})}
    streams |= {row.stream for row in reading.rows("core.struck", {"type": "counter.special-entered"})}
    entered = (one for stream in sorted(streams) for one in reading.events("counter.special-entered", stream=stream))
    for event in entered:
        if event.data.day != day:
            continue
        struck = reading.row("core.struck", event.id)
        touched = max(event.pos, _struck_pos(reading, event) if struck else 0)
        if touched > after:
            upto = max(upto, touched)
            lines.append(_special_line(event, reading, struck.reason if struck else ""))
    digest = hashlib.sha256("\n".join("\x1f".join(map(str, line.values())) for line in lines).encode()).hexdigest()
    return Lines(tuple(lines), digest, upto)


def _struck_pos(reading: Reading, event: Recorded) -> int:
    found = [void.pos for void in reading.events("entry.voided", stream=event.stream) if void.data.target == event.id]
    return max(found, default=0)


def _special_line(event: Recorded, reading: Reading, struck: str) -> dict[str, Any]:
    return {
        "_number": int(event.stream.rpartition("-")[2]),
        "id": event.stream,
        "at": event.occurred_at,
        "recorded": event.recorded_at,
        "kind": event.data.kind,
        "ref": event.data.ref,
        "by": event.data.by,
        "note": struck or reading.clear(event.data.note),
        "_struck": bool(struck),
        "_late": bool(event.meta.breaches),
    }


def special_register(
    reading: Reading, day: date, lines: Lines, *, copy: int = 1, supplement: bool = False
) -> PrintedRegister:
    """I.7: the register of a day, as paper. The same entries give the same pages and the same digest."""
    columns = (
        Column("id", _("No.")),
        Column("at", _("Done"), kind="time"),
        Column("recorded", _("Entered"), kind="time"),
        Column("kind", _("Code")),
        Column("ref", _("Reference")),
        Column("by", _("By")),
        Column("note", _("Note")),
    )
    outlet = reading.outlet
    return PrintedRegister(
        title=_("Special-business register"),
        outlet=f"{outlet.code} {outlet.name}" if outlet else "",
        period=day.isoformat(),
        columns=columns,
        lines=lines.lines,
        signatures=(_("General teller"), _("Head of the outlet")),
        digest=lines.digest,
        copy=copy,
        supplement=supplement,
        nil=_("No business."),
    )


def special_of_period(reading: Reading) -> PrintedRegister:
    """I.7: the register of a period (else today), for reading; a print that counts is `counter special print`."""
    first, last = (reading.first, reading.last) if reading.period else (reading.today, reading.today)
    lines: list[dict[str, Any]] = []
    for row in _days(reading, first, last):
        lines += special_lines(reading, row).lines
    digest = hashlib.sha256("\n".join("\x1f".join(map(str, line.values())) for line in lines).encode()).hexdigest()
    register = special_register(reading, last, Lines(tuple(lines), digest, 0))
    return PrintedRegister(
        title=register.title,
        outlet=register.outlet,
        period=reading.period or last.isoformat(),
        columns=register.columns,
        lines=register.lines,
        signatures=register.signatures,
        digest=digest,
        nil=register.nil,
    )


def _days(reading: Reading, first: date, last: date) -> Iterable[date]:
    found = {event.data.day for event in reading.events("counter.special-entered")}
    return sorted(day for day in found if first <= day <= last)


def special_page(row: Special, reading: Reading) -> Page:
    """One line of the register."""
    facts = {"id": row.id, "kind": row.kind, "ref": row.ref, "by": row.by, "at": row.at, "recorded": row.recorded_at}
    return Page(_("Special business {id}").format(id=row.id), {**facts, "note": reading.clear(row.note)})


def specials(reading: Reading, day: date) -> Table:
    """The lines of a day, as a list."""
    columns = (
        Column("id", _("No.")),
        Column("at", _("Done"), kind="time"),
        Column("recorded", _("Entered"), kind="time"),
        Column("kind", _("Code")),
        Column("ref", _("Reference")),
        Column("by", _("By")),
        Column("late", _("Late"), kind="bool"),
    )
    rows = [{**line, "late": line["_late"]} for line in special_lines(reading, day).lines if not line["_struck"]]
    return Table(columns, rows, title=_("Special business"), notes=() if rows else (_("No business."),))


def custody_page(row: Custody, reading: Reading) -> Page:
    """Who keeps the statements, who did, and how many there are."""
    facts = {
        "custodian": reading.name(row.custodian),
        "since": row.since,
        "stock": row.stock,
        "received": row.received,
        "issued": row.issued,
        "returned": row.returned,
    }
    spans = Table(
        (Column("holder", _("Holder")), Column("start", _("From"), kind="time"), Column("end", _("To"), kind="time")),
        [{"holder": reading.name(one.holder), "start": one.start, "end": one.end} for one in row.spans],
        title=_("Custody"),
        key="custody",
    )
    labels = (
        Column("since", _("Since"), kind="time"),
        Column("stock", _("Stock")),
        Column("received", _("Came in")),
        Column("issued", _("Went out")),
        Column("returned", _("Came back")),
    )
    return Page(_("Statements of account"), facts, (spans,), labels)


def seal_counts(reading: Reading, by: str) -> dict[str, tuple[int, int]]:
    """Verifications and forced passes of the period, by day, teller or account."""
    found: dict[str, tuple[int, int]] = {}
    for row in _seal_days(reading):
        parts = {row.day: (row.total, row.forced)} if by == "day" else row.tellers if by == "teller" else row.accounts
        for key, (total, forced) in parts.items():
            before = found.get(key, (0, 0))
            found[key] = (before[0] + total, before[1] + forced)
    return found


def _seal_days(reading: Reading) -> list[SealDay]:
    rows = reading.rows("counter.seal-day", order="day")
    return [row for row in rows if reading.first <= date.fromisoformat(row.day) <= reading.last]


def forced_pass(reading: Reading, by: str = "teller") -> Table:
    """II.1: the share of seals passed by force, with n, a 95 % Wilson interval, thresholds, and the trend."""
    policy = reading.policy
    amber, red, small = policy["counter.seal.amber"], policy["counter.seal.red"], policy["counter.seal.small_n"]
    days = _seal_days(reading)
    total, forced = sum(row.total for row in days), sum(row.forced for row in days)
    rows = [_rate_line(_("all"), total, forced, amber, red)]
    rows += [_rate_line(key, n, hits, amber, red) for key, (n, hits) in sorted(seal_counts(reading, by).items())]
    notes = [_("95 % interval after Wilson; amber from {amber}, red from {red}.").format(amber=amber, red=red)]
    if total == 0:
        notes.append(_("No data: nothing was verified, which is not a good rate."))
    elif total < small:
        notes.append(
            _("Small number: {n} verifications; below {small} a share says little.").format(n=total, small=small)
        )
    notes += [*_unreconciled(days), *_specimens(reading), _trend(reading)]
    columns = (
        Column("key", {"day": _("Day"), "teller": _("Teller"), "account": _("Account")}[by]),
        Column("n", _("Verified"), kind="number"),
        Column("forced", _("Forced"), kind="number"),
        Column("rate", _("Share"), kind="number"),
        Column("low", _("From"), kind="number"),
        Column("high", _("To"), kind="number"),
        Column("state", _("State")),
        Column("colour", _("State"), shown=False),
    )
    return Table(columns, rows, title=_("Seals passed by force"), notes=tuple(notes))


def _rate_line(key: str, n: int, forced: int, amber: Decimal, red: Decimal) -> dict[str, Any]:
    share, interval = rate(forced, n), wilson(forced, n)
    state = colour(share, amber, red)
    low, high = interval or (None, None)
    return {
        "key": key, "n": n, "forced": forced, "rate": share, "low": low, "high": high,
        "state": _(state), "colour": state,
    }  # fmt: skip


def _unreconciled(days: list[SealDay]) -> list[str]:
    text = _("{day}: the system counted {system} forced of {total}, recorded here {here} of {n}.")
    return [
        text.format(day=row.day, system=row.system_forced, total=row.system_total, here=row.forced, n=row.total)
        for row in days
        if row.system_total is not None and (row.system_total, row.system_forced) != (row.total, row.forced)
    ]


def _specimens(reading: Reading) -> list[str]:
    """Accounts whose seal was forced so often that a new specimen is worth taking."""
    often = reading.policy["counter.seal.account_forced"]
    text = _("{account}: {forced} forced passes; take a new specimen.")
    counts = seal_counts(reading, "account")
    return [text.format(account=key, forced=hits) for key, (_n, hits) in sorted(counts.items()) if hits >= often]


def _trend(reading: Reading) -> str:
    """The last window against the one before it."""
    days = reading.policy["counter.seal.window_days"]
    end = min(reading.last, reading.today)
    middle, start = end - timedelta(days=days), end - timedelta(days=2 * days)
    sums = {"now": [0, 0], "before": [0, 0]}
    for row in reading.rows("counter.seal-day"):
        day = date.fromisoformat(row.day)
        if start < day <= end:
            part = sums["now" if day > middle else "before"]
            part[0] += row.total
            part[1] += row.forced
    now, before = rate(sums["now"][1], sums["now"][0]), rate(sums["before"][1], sums["before"][0])
    if now is None or before is None:
        return _("Trend over {days} days: not enough data.").format(days=days)
    word = _("falling") if now < before else _("rising") if now > before else _("level")
    return _("Trend over {days} days: {word} ({before} to {now}).").format(days=days, word=word, before=before, now=now)
