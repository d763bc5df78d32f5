"""Questions over the read model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from branchops.api import Column, Page, Reading, Table, _, csv_cell, enforces

INSIGHT = """
WITH by_company AS (
  SELECT lower(product) AS product, substr(received, 1, 4) AS year, lower(company) AS company, count(*) AS n
  FROM {table} WHERE received >= ? AND received <= ? GROUP BY 1, 2, 3
)
SELECT product, year, sum(n), count(nullif(company, '')), max(CASE WHEN company <> '' THEN n ELSE 0 END)
FROM by_company GROUP BY product, year ORDER BY product, year
"""
PRODUCTS = """
SELECT product, count(*) FROM {table} WHERE ?3 OR received BETWEEN ?1 AND ?2
GROUP BY product ORDER BY count(*) DESC, product
"""
TIMELY = """
SELECT product, count(*), sum(timely IS 1), sum(timely IS 0), sum(timely IS NULL), sum(disputed IS 1)
FROM {table} WHERE ?3 OR received BETWEEN ?1 AND ?2 GROUP BY product ORDER BY product
"""


def per_cent(part: int, whole: int) -> int:
    """A share in whole per cent, halves rounded up."""
    return (200 * part + whole) // (2 * whole)


def _period(reading: Reading) -> tuple[str, str]:
    return reading.first.isoformat(), reading.last.isoformat()


def _all(reading: Reading) -> tuple[str, str, bool]:
    return (*_period(reading), not reading.period)


def insight_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Product in lower case, year, complaints, companies complained about, largest company's share in per cent."""
    for product, year, total, companies, largest in reading.select("cfpb.complaint", INSIGHT, _period(reading)):
        share = per_cent(largest, total)
        yield {"product": product, "year": int(year), "total": total, "companies": companies, "highest": share}


@enforces("cfpb.concentration")
def insight(reading: Reading) -> Table:
    """By product and year: how many complaints, about how many companies, and the largest share of one."""
    columns = (
        Column("product", _("Product")),
        Column("year", _("Year"), kind="number"),
        Column("total", _("Complaints"), kind="number"),
        Column("companies", _("Companies"), kind="number"),
        Column("highest", _("Largest share, %"), kind="number"),
    )
    return Table(columns, insight_rows(reading), title=_("Complaints by product and year"))


def write_insight(reading: Reading, stream: TextIO) -> None:
    """The rows of `insight` as CSV without a header."""
    import csv

    writer = csv.writer(stream, lineterminator="\n")
    for row in insight_rows(reading):
        writer.writerow([csv_cell(row["product"]), *list(row.values())[1:]])


def products(reading: Reading) -> Table:
    """Complaints by product, the most first."""
    found = reading.select("cfpb.complaint", PRODUCTS, _all(reading))
    columns = (Column("product", _("Product")), Column("complaints", _("Complaints"), kind="number"))
    rows = [{"product": product, "complaints": count} for product, count in found]
    total = sum(row["complaints"] for row in rows)
    return Table(columns, rows, title=_("Complaints by product"), notes=(_("{n} complaints").format(n=total),))


def timely(reading: Reading) -> Table:
    """By product: answered in time, late, no answer on file, and disputed by the consumer."""
    keys = ("product", "complaints", "in_time", "late", "unknown", "disputed")
    titles = (_("Product"), _("Complaints"), _("In time"), _("Late"), _("Unknown"), _("Disputed"))
    found = reading.select("cfpb.complaint", TIMELY, _all(reading))
    columns = tuple(
        Column(key, title, kind="text" if key == "product" else "number")
        for key, title in zip(keys, titles, strict=True)
    )
    return Table(columns, [dict(zip(keys, row, strict=True)) for row in found], title=_("Answered in time"))


def page(row: Any, _reading: Reading) -> Page:
    """One complaint for `show`."""
    facts = {name: getattr(row, name) for name in row.__struct_fields__}
    return Page(row.id, facts)
