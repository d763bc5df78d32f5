"""`branchops day`: opens, shows and closes the business day. Closing says what was missed and keeps the tree's root."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from branchops.core.entry import Outcome
from branchops.core.errors import Exit, PluginFailed
from branchops.core.output.messages import N_, _, pick
from branchops.core.output.table import Column, Page, Table
from branchops.core.own.events import DayClosed, DayOpened, MissedDuty
from branchops.core.rulebook.duty import Duty, duty_id, status
from branchops.looking import today
from branchops.session import Session, parse_day, session
from branchops.showing import FOR_PEOPLE, about, duty_table, first_page, owed_by, tell_unasked

app = typer.Typer(help=N_("the business day: open, show, close"))

Day = Annotated[str, typer.Argument(metavar="[DATE]", help=N_("the day (default today)"))]


@app.command("open")
def open_(day: Day = "") -> None:
    """Open the business day: what is overdue, what is due today, what the day before missed.

    Example: branchops day open
    """
    run = session()
    date_ = _date(run, day)
    outcome = run.act(_opening, date_, f"day-{date_}", opens=True)
    clean, tables = _standing(run, date_)
    facts = {"date": date_, "state": "open", "clean": clean, "checkpoint": None, **_entry(outcome)}
    run.show(_page(run, date_, facts, tables, _title(outcome, _("Day opened"))))
    tell_unasked(run)


@app.command()
def show(day: Day = "") -> None:
    """Show a day: open or closed, what is still owed or was missed.

    Example: branchops day show yesterday
    """
    run = session()
    run.show(day_page(run, _date(run, day)))
    tell_unasked(run)


@app.command()
def close(day: Day = "") -> None:
    """Close the business day: what is unmet is recorded as missed. Exit code 3 when anything is.

    Example: branchops day close
    """
    run = session()
    date_ = _date(run, day)
    outcome = run.act(_closing(run), date_, f"day-{date_}", opens=True)
    closed: DayClosed = outcome.first.data
    facts = {
        "date": closed.date,
        "state": "closed",
        "clean": closed.clean,
        "checkpoint": _checkpoint(closed.size, closed.root),
        **_entry(outcome),
    }
    run.show(_page(run, date_, facts, [_missed(run, closed.missed)], _title(outcome, _("Day closed"))))
    if not closed.clean:
        run.exit = int(Exit.OWED)
        if not run.machine:
            run.say(_("Not clean: {count} missed.").format(count=len(closed.missed)))
    tell_unasked(run, closed.unasked)


def _opening(_state: Any, day: date, _policy: Any) -> DayOpened:
    return DayOpened(date=day)


def _closing(run: Session) -> Callable[[Any, date, Any], DayClosed]:
    """The decision to close, made under the writer lock: duties and root are those of the moment before the entry."""

    def decide_close(_state: Any, day: date, _policy: Any) -> DayClosed:
        from branchops.core.owed import unasked, unmet

        head = run.branch.ledger.head()
        missed = tuple(map(_as_missed, unmet(run.branch, day)))  # a rule that raises closes no day
        silent = unasked(run.branch)
        return DayClosed(
            date=day,
            clean=not missed and not silent,
            size=head.size,
            root=head.root.hex(),
            missed=missed,
            unasked=silent,
        )

    return decide_close


def _as_missed(duty: Duty) -> MissedDuty:
    return MissedDuty(
        rule=duty.rule, subject=duty.subject, who=duty.who, due=duty.due, role=duty.role, critical=duty.critical
    )


def day_page(run: Session, day: date) -> Page:
    """A day as it stands: what `day show` and `show DATE` show."""
    row = run.branch.row("core.day", day.isoformat())
    if row is not None and row.closed_at is not None:
        facts = {
            "date": day,
            "state": "closed",
            "clean": row.clean,
            "opened_at": row.opened_at,
            "opened_by": row.opened_by,
            "closed_at": row.closed_at,
            "closed_by": row.closed_by,
            "checkpoint": _checkpoint(row.size, row.root),
        }
        return _page(run, day, facts, [_missed(run, row.missed)], _("Day"))
    clean, tables = _standing(run, day)
    facts = {"date": day, "state": "open" if row else "not opened", "clean": clean, "checkpoint": None}
    if row is not None:
        facts |= {"opened_at": row.opened_at, "opened_by": row.opened_by}
    return _page(run, day, facts, tables, _("Day"))


def _date(run: Session, text: str) -> date:
    return parse_day(text, today(run)) if text else today(run)


def _entry(outcome: Outcome) -> dict[str, Any]:
    first = outcome.first
    return {
        "event": first.id,
        "pos": first.pos if outcome.stored else None,
        "at": first.occurred_at,
        "actor": first.actor,
        "stored": outcome.stored,
        "replayed": outcome.replayed,
    }


def _title(outcome: Outcome, done: str) -> str:
    if outcome.replayed:
        return _("Recorded before")
    return done if outcome.stored else _("Judged, not stored (dry run)")


def _checkpoint(size: int, root: str) -> dict[str, Any]:
    return {"size": size, "root": root, "signed": False}


def _page(run: Session, day: date, facts: dict[str, Any], sections: list[Table], title: str) -> Page:
    shown = dict(facts)
    if not run.machine:
        shown["state"] = {"open": _("opened"), "closed": _("closed"), "not opened": _("not opened")}[facts["state"]]
        shown["kind_of_day"] = _(run.branch.house.calendar_of(run.branch.house.policies.at(run.clock.now())).why(day))
        if shown["checkpoint"]:
            words = {"size": _("Size"), "root": _("Root"), "signed": _("Signed")}
            shown["checkpoint"] = {words[key]: value for key, value in shown["checkpoint"].items()}
        shown = {
            key: value for key, value in shown.items() if value not in (None, "") and key not in ("event", "replayed")
        }
    labels = (Column("clean", _("Clean"), kind="bool"), Column("kind_of_day", _("Kind of day")))
    more = _("{count} more; for all of them: --json")
    tables = (table for table in sections if run.machine or table.rows or table.key == "missed")
    return Page(title, shown, tuple(first_page(run, table, note=more) for table in tables), labels)


def _standing(run: Session, day: date) -> tuple[bool, list[Table]]:
    """A day not closed yet: whether it is clean so far; what is missed or overdue by now, what is due by its close,
    and what the day before left behind."""
    from branchops.core.owed import unmet

    now = run.clock.now()
    failures: list[PluginFailed] = []
    found = unmet(run.branch, day, failures=failures)
    for failure in failures:
        run.say(failure.message)
    late = [duty for duty in found if status(duty, now) != "open"]
    open_ones = [duty for duty in found if status(duty, now) == "open"]
    return not late, [
        _missed(run, map(_as_missed, late), _("Overdue or missed")),
        replace(duty_table(run, open_ones, _("Due by the close of the day")), key="due"),
        _left_behind(run, day),
    ]


def _left_behind(run: Session, day: date) -> Table:
    """What the last business day before missed; that it was never closed is an alarm of its own."""
    house = run.branch.house
    before = house.calendar_of(house.policies.at(run.clock.now())).previous_business_day(day)
    row = run.branch.row("core.day", before.isoformat())
    rows: list[dict[str, Any]] = []
    if row is not None and row.closed_at is not None:
        rows = [{"date": before, **one} for one in _missed(run, row.missed).rows]
    elif house.outlet is not None and house.outlet.since.astimezone(house.tz).date() <= before:
        text = _("{date} was not closed: branchops day close {date}").format(date=before)
        blank = dict.fromkeys(("rule", "who", "role", "owed_by"), "")
        subject = f"day-{before}"
        rows = [{**blank, "date": before, "subject": subject, "about": subject, "title": text, "due": None}]
    columns = (Column("date", _("Date"), kind="date"), *_columns(run))
    return Table(columns, rows, title=_("Alarms of the day before"), key="alarms")


def _missed(run: Session, missed: Iterable[MissedDuty], title: str = "") -> Table:
    titles = {rule.id: pick(rule.en, rule.zh) for _owner, rule in run.branch.registry.rules()}
    rows = [
        {
            "rule": one.rule,
            "subject": one.subject,
            "about": about(one.subject),
            "title": titles.get(one.rule, one.rule),
            "who": one.who,
            "role": one.role,
            "owed_by": owed_by(run.branch.house.people, one.who, one.role),
            "due": one.due,
            "critical": one.critical,
            "id": duty_id(Duty(one.rule, one.subject, "", run.clock.now(), one.due)),
        }
        for one in missed
    ]
    return Table(_columns(run), rows, title=title or _("Missed"), notes=() if rows else (_("Nothing."),), key="missed")


def _columns(run: Session) -> tuple[Column, ...]:
    """People read what it is about and who owes it in words."""
    if run.chosen_format in FOR_PEOPLE:
        return (
            Column("due", _("Due"), kind="time"),
            Column("about", _("Subject")),
            Column("title", _("What")),
            Column("owed_by", _("Who")),
        )
    return (
        Column("due", _("Due"), kind="time"),
        Column("subject", _("Subject")),
        Column("title", _("What")),
        Column("who", _("Who")),
        Column("role", _("Role")),
        Column("critical", _("Critical"), kind="bool", shown=False),
        Column("rule", _("Rule"), shown=False),
        Column("id", _("Id"), shown=False),
    )
