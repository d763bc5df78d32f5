"""Words that several commands take, and the way from words to facts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from branchops.api import N_, New, NotFound, UsageError, _, act, ask_hidden, session, staff_ids
from branchops.plugins.counter.events.registers import Ticked
from branchops.plugins.counter.rules.decide import as_told

Amount = Annotated[str, typer.Option(help=N_("amount, such as 152400.00"))]
Currency = Annotated[str, typer.Option(help=N_("currency code"))]
Single = Annotated[
    bool, typer.Option("--single", help=N_("there was only one person; kept as a breach, with --reason"))
]
Reason = Annotated[str, typer.Option(help=N_("why"))]
By = Annotated[list[str] | None, typer.Option("--by", help=N_("who: two people, A,B"))]
With = Annotated[str, typer.Option("--with", help=N_("the second person"))]
Note = Annotated[str, typer.Option(help=N_("a few words"))]


def money(text: str) -> Decimal:
    """An exact amount: 152400, 152 400.00, 152,400.00, -500. UsageError for anything else."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace(",", "").replace("，", "")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UsageError(_("“{text}” is not an amount.").format(text=text), _("Write it like 152400.00 or -500."))
    return found


def count(given: str, question: str) -> tuple[Decimal, bool]:
    """A count and whether it was typed unseen: given as an option, else asked for hidden on a terminal."""
    if given:
        return money(given), False
    if not session().may_prompt:
        raise UsageError(_("A count is missing."), _("Without a terminal: --count and --witness-count."))
    try:
        return money(ask_hidden(question)), True
    except EOFError:
        raise UsageError(_("A count is missing."), _("Without a terminal: --count and --witness-count.")) from None


def today() -> date:
    """The outlet's date now."""
    run = session()
    return run.clock.now().astimezone(run.branch.house.tz).date()


def day_of_it() -> date:
    """The outlet's date of what is recorded: of `--at`, else today."""
    run = session()
    at = run.occurred_at or run.clock.now()
    return at.astimezone(run.branch.house.tz).date()


def staff(text: str) -> str:
    """A staff id of an id or name; the acting person when nothing is given."""
    run = session()
    return run.branch.house.people.resolve(text) if text else run.actor


def maybe(text: str) -> str:
    """A staff id of an id or name; nothing of nothing."""
    return session().branch.house.people.resolve(text) if text else ""


def both(by: Iterable[str] | None, second: str) -> tuple[str, ...]:
    """The people named with --by and --with."""
    return staff_ids([*(by or ()), *([second] if second else ())])


def why(single: bool, reason: str) -> str:
    """The reason for being alone; empty when two were there. UsageError for the one without the other."""
    if single and not reason.strip():
        raise UsageError(_("--single needs a reason."), _("Say why: --reason “...”"))
    return reason if single else ""


def tail(text: str) -> str:
    """The last four digits of a card or account number behind stars: nothing else of it is kept."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    return f"****{digits[-4:]}" if digits else text


def record(fact: Any, stream: str | New, decide: Any = as_told) -> Any:
    """Records a fact in a stream that may be new, and tells."""
    return act(decide, fact, stream, opens=isinstance(stream, str))


def away(text: str) -> str:
    """The number of an open absence: given, or of the teller named. Raises NotFound."""
    run = session()
    if text.upper().startswith("AW"):
        from branchops.api import number

        return number(text, "AW")
    teller = staff(text)
    for row in run.branch.rows("counter.absence", {"teller": teller, "open": True}):
        return str(row.id)
    raise NotFound(_("{teller} is not away.").format(teller=teller), _("See who is: branchops counter away"))


def tick_rows(name: Any, good: Iterable[str], bad: Iterable[str], by: str, note: str) -> None:
    """Records that rows of a list were looked at. UsageError for a row that the list does not have."""
    run = session()
    rows = {str(row["code"]) for row in run.reading().pack("counter").data.get("list", ()) if row["list"] == name}
    looked = {
        code.strip(): ok for ok, texts in ((True, good), (False, bad)) for text in texts for code in text.split(",")
    }
    strange = sorted(set(looked) - rows)
    if strange:
        raise UsageError(
            _("The list has no row {names}.").format(names=", ".join(strange)),
            _("One of: {names}").format(names=", ".join(sorted(rows))),
        )
    who, day = staff(by), day_of_it()
    facts = tuple(Ticked(day=day, list=name, item=code, by=who, ok=ok, note=note) for code, ok in looked.items())
    run.act(as_told, facts, f"list-{day}", opens=True)
