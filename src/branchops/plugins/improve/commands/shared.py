"""Words that several commands take."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, NotFound, UsageError, _, file_digest, parse_day, session

Finding = Annotated[str, typer.Argument(help=N_("number of the finding: F-2026-0007, F-7 or 7"), metavar="ID")]
Plan = Annotated[str, typer.Argument(help=N_("number of the plan: P-2026-0001, P-1 or 1"), metavar="ID")]
Evidence = Annotated[Path | None, typer.Option(help=N_("a file that proves it, kept by its digest"))]
Record = Annotated[str, typer.Option(help=N_("a record of this ledger that proves it, such as TS-2026-0003"))]


def staff(text: str) -> str:
    """A staff id of an id or name; the acting person when nothing is given."""
    run = session()
    return run.branch.house.people.resolve(text) if text else run.actor


def head(text: str) -> str:
    """The staff id given, else whoever acts as head today."""
    run = session()
    return run.branch.house.people.resolve(text) if text else run.branch.house.people.head(today()) or run.actor


def today() -> date:
    """The outlet's date."""
    run = session()
    return run.clock.now().astimezone(run.branch.house.tz).date()


def day(text: str) -> date:
    """A date as people write one."""
    return parse_day(text, today())


def decimal(text: str, name: str) -> Decimal:
    """A number. UsageError that names the option."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UsageError(_("“{text}” is not a number.").format(text=text), _("Write {name} 95.5").format(name=name))
    return found


def known_record(text: str) -> str:
    """A record's full id, as written; it must be in the ledger. Raises NotFound otherwise."""
    if text and not session().branch.ledger.version(text):
        raise NotFound(_("There is no record {id}.").format(id=text), _("Look for it with `branchops log`."))
    return text


def proof(evidence: Path | None, record: str) -> dict[str, str]:
    """The fields of an entry that name its evidence."""
    return {
        "evidence": evidence.name if evidence else "",
        "sha256": file_digest(evidence) if evidence else "",
        "record": known_record(record),
    }
