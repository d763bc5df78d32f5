"""`branchops counter special`: the special-business register."""

from typing import Annotated

import typer

from branchops.api import N_, New, _, pages, parse_day, session, tell
from branchops.plugins.counter.commands.shared import Note, day_of_it, record, staff, today
from branchops.plugins.counter.events.registers import SpecialEntered
from branchops.plugins.counter.reports.registers import special_lines, special_register, specials
from branchops.plugins.counter.rules.decide import PrintSpecial, decide_print_special

app = typer.Typer(help=N_("special-business register: add, print, list"))

Date = Annotated[str, typer.Option("--date", help=N_("day of the register (default today)"))]


@app.command()
def add(
    kind: Annotated[str, typer.Option(help=N_("code of the business"))],
    ref: Annotated[str, typer.Option(help=N_("voucher or account it is about"))],
    by: Annotated[str, typer.Option(help=N_("who did it (default: who is acting)"))] = "",
    note: Note = "",
) -> None:
    """Enter special business; it gets the next number, and the note is kept sealed.

    Example: branchops counter special add --kind reversal --ref V20261123-07 --by qian
    """
    record(SpecialEntered(kind=kind, ref=ref, by=staff(by), day=day_of_it(), note=note), New("SB"))


@app.command("print")
def print_(
    date: Date = "", by: Annotated[str, typer.Option(help=N_("who prints (default: who is acting)"))] = ""
) -> None:
    """Print a day's register and record the print; later entries make a supplement, a reprint is marked.

    Example: branchops counter special print --date 2026-11-23
    """
    run = session()
    day = parse_day(date, today()) if date else today()
    reading = run.reading()
    before = run.branch.row("counter.print", f"special-print-{day}")
    prints = before.prints if before else ()
    late = special_lines(reading, day, after=prints[-1].upto) if prints else None
    supplement = late is not None and bool(late.lines)
    lines = late if supplement and late is not None else special_lines(reading, day)
    register = special_register(reading, day, lines, copy=len(prints) + 1, supplement=supplement)
    command = PrintSpecial(
        day=day,
        by=staff(by),
        pages=len(pages(register, run.tz)),
        lines=len(lines.lines),
        digest=lines.digest,
        supplement=supplement,
        upto=max(lines.upto, prints[-1].upto if prints else 0),
    )
    outcome = run.act(decide_print_special, command, f"special-print-{day}", opens=True)
    if run.machine:
        tell(run, outcome)
        return
    run.show(register)
    run.say(_("Recorded: print {copy} of {day}.").format(copy=outcome.first.data.copy, day=day))


@app.command("list")
def list_(date: Date = "") -> None:
    """List a day's lines.

    Example: branchops counter special list
    """
    run = session()
    run.show(specials(run.reading(), parse_day(date, today()) if date else today()))
