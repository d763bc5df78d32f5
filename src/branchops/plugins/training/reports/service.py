"""How customers are served: observations, agreement, announced against mystery, persistence, refusals, registers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from branchops.api import Column, Reading, Table, _, pick
from branchops.plugins.training.rules.agreement import cohen
from branchops.plugins.training.rules.sheet import Item, items, tally
from branchops.plugins.training.views.observation import Observation


def sheet_of(reading: Reading) -> dict[str, Item]:
    """The observation sheet as the bank has it."""
    return items(reading.pack("training").data.get("checklist", ()))


def titles(reading: Reading, table: str) -> dict[str, str]:
    """The titles of a code table in the language of the output."""
    return {row["code"]: pick(row["en"], row["zh"]) for row in reading.pack("training").data.get(table, ())}


def observations_of(reading: Reading) -> list[Observation]:
    """The observations of the period, oldest first."""
    return [row for row in reading.rows("training.observation", order="at, id") if reading.within(row.at)]


def sheet(reading: Reading) -> Table:
    """The sheet with its anchors."""
    rows = [
        {
            "item": item.code,
            "title": item.title,
            "scale": "; ".join(f"{points} {item.anchor(points)}" for points in range(item.most + 1)),
            "hard": item.hard,
            "na": list(item.na),
            "rules": list(item.rules),
        }
        for item in sheet_of(reading).values()
    ]
    columns = (
        Column("item", _("Item")),
        Column("title", _("What is looked at")),
        Column("scale", _("Points")),
        Column("hard", _("Hard"), kind="bool"),
        Column("na", _("May not apply because"), shown=False),
        Column("rules", _("Rules"), shown=False),
    )
    return Table(columns, rows, title=_("Observation sheet"))


VISITS = ("announced", "mystery", "routine")


def gap(reading: Reading) -> Table:
    """Announced against mystery visits: a large gap is the measurable sign of surface work."""
    book = sheet_of(reading)
    found = observations_of(reading)
    rows: list[dict[str, Any]] = []
    shares: dict[str, Decimal | None] = {}
    for visit, title in zip(VISITS, (_("announced"), _("mystery"), _("routine")), strict=True):
        chosen = [row for row in found if row.visit == visit]
        points = sum(tally(row.scores, book).points for row in chosen)
        most = sum(tally(row.scores, book).most for row in chosen)
        shares[visit] = (Decimal(100 * points) / most).quantize(Decimal("0.1")) if most else None
        rows.append({"visit": visit, "visit_title": title, "n": len(chosen), "share": shares[visit]})
    columns = (
        Column("visit", _("Visit"), shown=False),
        Column("visit_title", _("Visit")),
        Column("n", _("n"), kind="number"),
        Column("share", _("% of points"), kind="number"),
    )
    announced, mystery = shares["announced"], shares["mystery"]
    limit = reading.policy.get("training.trend.gap", 10)
    if announced is None or mystery is None:
        note = _("No gap: no data for one of the two kinds.")
    elif announced - mystery >= limit:
        note = _("Gap {gap} points, {limit} or more: surface work.").format(gap=announced - mystery, limit=limit)
    else:
        note = _("Gap {gap} points, below {limit}.").format(gap=announced - mystery, limit=limit)
    return Table(columns, rows, title=_("Announced against mystery visits"), notes=(note,))


def agreement(reading: Reading) -> Table:
    """How far two observers of one visit agree beyond chance, item by item and together (Cohen's kappa)."""
    book = sheet_of(reading)
    pairs: dict[str, list[tuple[object, object]]] = defaultdict(list)
    for row in observations_of(reading):
        second = {score.item: score for score in row.second_scores}
        for score in row.scores:
            other = second.get(score.item)
            if other is not None and score.points is not None and other.points is not None:
                pairs[score.item].append((score.points, other.points))
    rows = []
    every = [pair for marks in pairs.values() for pair in marks]
    for code, marks in (("all", every), *sorted(pairs.items())):
        found = cohen(marks)
        title = _("all items") if code == "all" else book[code].title if code in book else code
        rows.append({"item": code, "title": title, "n": found.n, "equal": found.equal, "kappa": found.kappa})
    columns = (
        Column("item", _("Item"), shown=False),
        Column("title", _("Item")),
        Column("n", _("Pairs (n)"), kind="number"),
        Column("equal", _("Equal"), kind="number"),
        Column("kappa", _("Kappa"), kind="number"),
    )
    notes = (_("Kappa 0 is chance, 1 is full agreement; empty where chance alone would agree or there is no data."),)
    return Table(columns, rows, title=_("Agreement of observers"), notes=notes)


def persistence(reading: Reading) -> Table:
    """Each person's share over time: a trend takes several observations, one shows nothing."""
    book = sheet_of(reading)
    least = reading.policy.get("training.trend.least", 3)
    by_staff: dict[str, list[Observation]] = defaultdict(list)
    for row in observations_of(reading):
        by_staff[row.staff].append(row)
    rows = []
    for staff, found in sorted(by_staff.items()):
        shares = [share for row in found if (share := tally(row.scores, book).share) is not None]
        enough = len(shares) >= least
        rows.append(
            {
                "staff": staff,
                "name": reading.name(staff),
                "n": len(shares),
                "first": shares[0] if enough else None,
                "last": shares[-1] if enough else None,
                "change": f"{shares[-1] - shares[0]:+}" if enough else _("no trend: n < {least}").format(least=least),
                "failed": sum(len(row.failed) for row in found),
            }
        )
    columns = (
        Column("staff", _("Id"), shown=False),
        Column("name", _("Name")),
        Column("n", _("n"), kind="number"),
        Column("first", _("First %"), kind="number"),
        Column("last", _("Last %"), kind="number"),
        Column("change", _("Change"), align="right"),
        Column("failed", _("Hard fails"), kind="number"),
    )
    return Table(columns, rows, title=_("Observations over time"))


def refusals(reading: Reading) -> Table:
    """The register of small business refused: every line, and the counts by ground."""
    grounds, business = titles(reading, "ground"), titles(reading, "business")
    found = [row for row in reading.rows("training.refusal", order="at, id") if reading.within(row.at)]
    counts = Counter(row.ground or "-" for row in found)
    rows = [
        {
            "id": row.id,
            "at": row.at,
            "staff": row.staff,
            "business": row.business,
            "business_title": business.get(row.business, row.business),
            "ground": row.ground,
            "ground_title": grounds.get(row.ground, row.ground),
            "explained": row.explained,
            "unlawful": row.unlawful,
        }
        for row in found
    ]
    columns = (
        Column("id", _("Id")),
        Column("at", _("When"), kind="time"),
        Column("staff", _("Who")),
        Column("business", _("Business"), shown=False),
        Column("business_title", _("Business")),
        Column("ground", _("Ground"), shown=False),
        Column("ground_title", _("Ground")),
        Column("explained", _("Explained"), kind="bool", shown=False),
        Column("unlawful", _("Breach"), kind="bool"),
    )
    told = "; ".join(f"{grounds.get(code, _('no ground'))} {n}" for code, n in sorted(counts.items()))
    note = _("Nil: nothing was refused.") if not found else _("n = {n}: {counts}").format(n=len(found), counts=told)
    return Table(columns, rows, title=_("Small business refused"), notes=(note,))


def good_deeds(reading: Reading) -> Table:
    """The register of good deeds."""
    found = reading.rows("training.note", {"register": "good-deed-noted"}, order="at, id")
    rows = [
        {"at": row.at, "staff": row.staff, "name": reading.name(row.staff), "what": row.what, "anticipated": row.flag}
        for row in found
        if reading.within(row.at)
    ]
    columns = (
        Column("at", _("When"), kind="time"),
        Column("staff", _("Id"), shown=False),
        Column("name", _("Name")),
        Column("what", _("What")),
        Column("anticipated", _("Unasked"), kind="bool"),
    )
    return Table(columns, rows, title=_("Good deeds"), notes=() if rows else (_("Nil: none noted."),))


def care(reading: Reading) -> Table:
    """Care for tellers, counted by kind and month: nobody is named, not even by their number of lines."""
    counts: Counter[tuple[str, str]] = Counter(
        (f"{reading.day_of(row.at):%Y-%m}", row.what)
        for row in reading.rows("training.note", {"register": "care-given"})
        if reading.within(row.at)
    )
    names = {"talk": _("talk"), "rotation": _("rotation"), "break": _("break")}
    rows = [
        {"month": month, "kind": kind, "kind_title": names.get(kind, kind), "n": n}
        for (month, kind), n in sorted(counts.items())
    ]
    columns = (
        Column("month", _("Month")),
        Column("kind", _("Kind"), shown=False),
        Column("kind_title", _("Kind")),
        Column("n", _("n"), kind="number"),
    )
    return Table(columns, rows, title=_("Care for tellers"), notes=() if rows else (_("Nil: none noted."),))


def listed(reading: Reading, rows: Iterable[Observation]) -> Table:
    """Observations as a list."""
    book = sheet_of(reading)
    names = {"announced": _("announced"), "mystery": _("mystery"), "routine": _("routine")}
    lines = []
    for row in rows:
        sums = tally(row.scores, book)
        lines.append(
            {
                "id": row.id,
                "at": row.at,
                "staff": row.staff,
                "observer": row.observer,
                "visit": row.visit,
                "visit_title": names.get(row.visit, row.visit),
                "n": sums.n,
                "share": sums.share,
                "failed": len(row.failed),
                "second": row.second,
            }
        )
    columns = (
        Column("id", _("Id")),
        Column("at", _("When"), kind="time"),
        Column("staff", _("Who")),
        Column("observer", _("Observer")),
        Column("visit", _("Visit"), shown=False),
        Column("visit_title", _("Visit")),
        Column("n", _("Items"), kind="number"),
        Column("share", _("%"), kind="number"),
        Column("failed", _("Hard fails"), kind="number"),
        Column("second", _("Second"), shown=False),
    )
    return Table(columns, lines, title=_("Observations"))
