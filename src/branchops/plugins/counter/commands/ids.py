"""`branchops counter ids`: the bank's systems know our people by ids; those without business there go."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, NotFound, UsageError, _, act, parse_day, session
from branchops.plugins.counter.commands.shared import Note, Reason, day_of_it, record, staff, today
from branchops.plugins.counter.events.ids import IdPurged, IdsReviewed, IdWaived, UserIdSeen
from branchops.plugins.counter.reports.registers import user_ids
from branchops.plugins.counter.rules.decide import ListIds, decide_list_ids

app = typer.Typer(help=N_("user ids: import, list, review, purge, waive, conflicts"))

System = Annotated[str, typer.Option(help=N_("the system"))]
User = Annotated[str, typer.Argument(metavar="ID", help=N_("the user id"))]
NAMES = {"user": ("user", "userid", "user_id", "id", "工号"),
         "staff": ("staff", "employee", "员工号"), "name": ("name", "姓名"),
         "last_used": ("last_used", "last_login", "最后登录")}  # fmt: skip


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help=N_("CSV with the columns user, staff, name, last_used"))],
    system: System = "savings",
    as_of: Annotated[str, typer.Option(help=N_("day of the list (default today)"))] = "",
) -> None:
    """Read a system's whole user list, all or nothing; large ones go by `import counter-ids`.

    Example: branchops counter ids import users.csv --system savings
    """
    day = parse_day(as_of, today()) if as_of else today()
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = [
                {key.strip().lower(): (value or "").strip() for key, value in row.items() if key}
                for row in csv.DictReader(stream)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NotFound(
            _("The file {path} cannot be read: {reason}.").format(
                path=file, reason=getattr(error, "strerror", None) or error
            )
        ) from None
    seen = []
    for row in rows:
        cells = {name: next((row[one] for one in names if row.get(one)), "") for name, names in NAMES.items()}
        if not cells["user"]:
            raise UsageError(_("A line without a user id."), _("The list needs the column “user”."))
        used = parse_day(cells["last_used"], day) if cells["last_used"] else None
        seen.append(
            UserIdSeen(
                system=system, user=cells["user"], as_of=day, staff=cells["staff"], name=cells["name"], last_used=used
            )
        )
    if not seen:
        raise UsageError(_("The list is empty."), _("A system without users is not imported."))
    act(decide_list_ids, ListIds(rows=tuple(seen)), f"ids-{system}", opens=True)


@app.command("list")
def list_(
    system: Annotated[str, typer.Option(help=N_("one system"))] = "",
    all_: Annotated[bool, typer.Option("--all", help=N_("those that may stay, too"))] = False,
) -> None:
    """List ids that have no business where they are.

    Example: branchops counter ids list --system savings
    """
    run = session()
    run.show(user_ids(run.reading(), system=system, everything=all_))


@app.command()
def conflicts() -> None:
    """List ids of corporate tellers in other systems.

    Example: branchops counter ids conflicts
    """
    run = session()
    run.show(user_ids(run.reading(), conflicts=True))


@app.command()
def review(
    system: System = "savings",
    by: Annotated[str, typer.Option(help=N_("who reviewed (default: who is acting)"))] = "",
    note: Note = "",
) -> None:
    """Record a review: what is found now goes with it; nothing found is recorded as well.

    Example: branchops counter ids review --system savings
    """
    run = session()
    found = tuple(str(row["user"]) for row in user_ids(run.reading(), system=system).rows)
    record(IdsReviewed(system=system, day=day_of_it(), reviewer=staff(by), found=found, note=note), f"ids-{system}")
    run.say(_("Found: {n}.").format(n=len(found)))


@app.command()
def purge(
    user: User,
    reviewer: Annotated[str, typer.Option(help=N_("who reviews it, not who asks"))],
    system: System = "savings",
    requester: Annotated[str, typer.Option(help=N_("who asks for it (default: who is acting)"))] = "",
    reason: Reason = "",
) -> None:
    """Record that an id was cleared: one asks, another reviews.

    Example: branchops counter ids purge u017 --system savings --reviewer chen
    """
    fact = IdPurged(
        system=system, user=user, day=day_of_it(), requester=staff(requester), reviewer=staff(reviewer), reason=reason
    )
    record(fact, f"ids-{system}")


@app.command()
def waive(
    user: User,
    until: Annotated[str, typer.Option(help=N_("last day"))],
    reason: Reason,
    system: System = "savings",
    approver: Annotated[str, typer.Option(help=N_("who approves (default: who is acting)"))] = "",
) -> None:
    """Approve a dual role until a day.

    Example: branchops counter ids waive c009 --system savings --until 2026-12-31 --reason "covers the hall"
    """
    last = parse_day(until, today())
    record(IdWaived(system=system, user=user, approver=staff(approver), until=last, reason=reason), f"ids-{system}")
