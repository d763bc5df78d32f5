"""Penalties and the fund as tables: the table of penalties, the book of how they came about, notices, the statement.

Invariant: the book's lines of one violation add up to what the penalty table says of it now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from branchops.api import Column, Facts, N_, Page, PrintedRegister, Reading, Recorded, Table, _
from branchops.plugins.hygiene.rules.funding import owed_back, payable
from branchops.plugins.hygiene.rules.penalty import NOTHING, Penalty, Terms, penalties, terms_of
from branchops.plugins.hygiene.views.fund import Purse, paid
from branchops.plugins.hygiene.views.violation import VIOLATION, Violation, deeds

KINDS = {
    "smoking": N_("smoking"),
    "desk": N_("untidy desk"),
    "unreturned": N_("materials not returned"),
    "litter": N_("litter"),
    "food-waste": N_("food waste left"),
    "stray": N_("belongings left about"),
    "eating": N_("eating in the office area"),
    "spitting": N_("spitting"),
    "rubbish-overnight": N_("rubbish overnight"),
    "other": N_("other"),
}
STATUS = {
    "reported": N_("reported"),
    "confirmed": N_("confirmed"),
    "appealed": N_("appeal pending"),
    "dropped": N_("dropped on appeal"),
    "merged": N_("same occasion as another"),
}
WHAT = {"fine": N_("fine"), "reminder": N_("reminder"), "none": N_("no penalty")}
OFFENDERS = {"staff": N_("staff"), "visitor": N_("visitor"), "unknown": N_("unknown person")}


class BookLine(msgspec.Struct, frozen=True):
    """One line of the penalty book: when, which violation, what changed, by how much."""

    at: datetime
    id: str
    person: str
    text: str
    args: dict[str, str]
    amount: Decimal
    unit: str
    cause: str


def facts_of(reading: Reading) -> Facts:
    """The facts that the rules of money ask for, as of now."""
    return Facts(
        record=None, now=reading.now, people=reading.people, calendar=reading.calendar, policies=reading.policies
    )


def staff_rows(reading: Reading) -> list[Violation]:
    """All violations of staff."""
    return list(reading.rows("hygiene.violation", {"offender": "staff"}))


def table_of(reading: Reading, rows: Iterable[Violation], *, final: bool = False) -> dict[str, Penalty]:
    """What the rows cost, by violation."""
    return penalties(deeds(rows, final=final), terms_at(reading), reading.day_of)


def terms_at(reading: Reading) -> Callable[[datetime], Terms]:
    """The terms in force at an instant."""
    return lambda at: terms_of(reading.policies.at(at))


def purse(reading: Reading) -> Purse:
    """The fund, empty when nothing has moved yet."""
    found: Purse | None = reading.row("hygiene.purse", "fund")
    return found or Purse(id="fund", currency="CNY")


# --- the table of penalties


def penalty_table(reading: Reading) -> Table:
    """Every violation that stands, with its occasion, its penalty, what is payable and what was paid."""
    rows = staff_rows(reading)
    table, due = table_of(reading, rows), payable(rows, facts_of(reading))
    lines = tuple(reading.rows("hygiene.fund-line"))
    columns = (
        Column("id", _("Id")),
        Column("at", _("When"), kind="time"),
        Column("name", _("Who")),
        Column("who", _("Staff id"), shown=False),
        Column("kind", _("Kind"), shown=False),
        Column("kind_title", _("Kind")),
        Column("occasion", _("Occasion"), kind="number"),
        Column("what", _("Penalty"), shown=False),
        Column("amount", _("Amount"), kind="money"),
        Column("unit", _("Unit")),
        Column("status", _("Status"), shown=False),
        Column("status_title", _("Status")),
        Column("payable", _("Payable"), kind="money"),
        Column("paid", _("Paid"), kind="money"),
    )
    found = []
    for row in sorted(rows, key=lambda row: (row.at, row.id)):
        if row.id not in table or not reading.within(row.at):
            continue
        penalty = table[row.id]
        found.append(
            {
                "id": row.id,
                "at": row.at,
                "name": reading.name(row.who),
                "who": row.who,
                "kind": row.kind,
                "kind_title": _(KINDS[row.kind]),
                "occasion": penalty.occasion,
                "what": penalty.what,
                "amount": penalty.amount,
                "unit": penalty.unit or "-",
                "status": row.status,
                "status_title": _(STATUS[row.status]),
                "payable": due.get(row.id, NOTHING),
                "paid": paid(lines, row.id),
            }
        )
    return Table(columns, found, title=_("Penalties"), notes=(terms_note(reading),), key="penalties")


def terms_note(reading: Reading) -> str:
    """The terms in force today, in a sentence."""
    terms = terms_of(reading.policy)
    if not terms.unit:
        return _("Penalties are off: violations are recorded and cost nothing.")
    return _("{unit} {each} each; occasions counted by {window}; policy version {version}.").format(
        unit=terms.unit, each=terms.each, window=terms.window, version=reading.policy.version
    )


# --- the penalty book


def violation_changes(reading: Reading) -> Iterator[tuple[Recorded, str, Violation | None]]:
    """Every entry that changed a violation, with the violation's id and its row as it stood after that entry."""
    live: dict[str, dict[str, Recorded]] = {}
    for event in reading.events(*VIOLATION.types, "entry.voided"):
        if event.type == "entry.voided":
            if event.stream not in live or event.data.target not in live[event.stream]:
                continue
            del live[event.stream][event.data.target]
        else:
            live.setdefault(event.stream, {})[event.id] = event
        row = None
        for one in live[event.stream].values():
            row = VIOLATION.apply(row, one)
        yield event, event.stream, row


def book(reading: Reading) -> list[BookLine]:
    """How the penalties came to be what they are: assessments, and compensating lines when history changed."""
    rows: dict[str, Violation] = {}
    known: dict[str, dict[str, Penalty]] = {}
    lines: list[BookLine] = []
    for event, name, row in violation_changes(reading):
        old = rows.pop(name, None)
        if row is not None:
            rows[name] = row
        touched = row or old
        if touched is None or touched.offender != "staff":
            continue
        person = touched.person
        before = known.get(person, {})
        after = table_of(reading, [row for row in rows.values() if row.person == person])
        known[person] = after
        lines += _differences(event, before, after)
    return lines


def _differences(event: Recorded, before: dict[str, Penalty], after: dict[str, Penalty]) -> Iterator[BookLine]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        one = new or old
        assert one is not None
        change = (new.amount if new else NOTHING) - (old.amount if old else NOTHING)
        if old is None:
            text, args = N_("{what}, occasion {n}"), {"what": one.what, "n": str(one.occasion)}
        elif new is None:
            text, args = N_("taken back (was occasion {n})"), {"n": str(old.occasion)}
        elif old.occasion != new.occasion:
            text, args = N_("occasion {old} becomes {new}"), {"old": str(old.occasion), "new": str(new.occasion)}
        else:
            text, args = N_("computed anew"), {}
        yield BookLine(event.recorded_at, name, one.person, text, args, change, one.unit, f"{event.stream} #{event.pos}")


def book_table(reading: Reading) -> Table:
    """The penalty book as a table."""
    columns = (
        Column("at", _("Recorded"), kind="time"),
        Column("id", _("Id")),
        Column("person", _("Who")),
        Column("text", _("What")),
        Column("amount", _("Amount"), kind="money"),
        Column("unit", _("Unit")),
        Column("cause", _("Because of")),
    )
    rows = []
    for line in book(reading):
        if reading.within(line.at):
            args = {**line.args, **({"what": _(WHAT[line.args["what"]])} if "what" in line.args else {})}
            text = _(line.text).format(**args)
            compensating = line.text not in (N_("{what}, occasion {n}"),) and line.amount != 0
            if compensating:
                text = _("{text}: compensating entry {amount}").format(text=text, amount=f"{line.amount:+}")
            rows.append(
                {
                    "at": line.at,
                    "id": line.id,
                    "person": reading.name(line.person),
                    "text": text,
                    "amount": line.amount,
                    "unit": line.unit or "-",
                    "cause": line.cause,
                }
            )
    return Table(columns, rows, title=_("Penalty book"), key="book")


# --- one violation, and its notice


def violation_page(row: Violation, reading: Reading) -> Page:
    """One violation with what it costs."""
    rows = list(reading.rows("hygiene.violation", {"person": row.person})) if row.person else []
    penalty = table_of(reading, rows).get(row.id)
    facts: dict[str, Any] = {
        "id": row.id,
        "kind": _(KINDS[row.kind]),
        "offender": _(OFFENDERS[row.offender]),
        "who": reading.name(row.who),
        "zone": row.zone,
        "at": row.at,
        "recorded_at": row.recorded,
        "answers_for": row.day,
        "reporter": reading.name(row.reporter),
        "status": _(STATUS[row.status]),
        "occasion": penalty.occasion if penalty else None,
        "penalty": _(WHAT[penalty.what]) if penalty else _(WHAT["none"]),
        "amount": penalty.amount if penalty else None,
        "unit": penalty.unit if penalty else "",
        "evidence": row.evidence,
        "sha256": row.sha256,
        "note": row.note,
        "appeal": row.appeal,
        "decision": row.decision,
        "same_as": row.merged_into,
    }
    labels = (
        Column("id", _("Id")),
        Column("at", _("When"), kind="time"),
        Column("amount", _("Amount"), kind="money"),
        Column("sha256", "SHA-256"),
    )
    shown = {key: value for key, value in facts.items() if value not in ("", None)}
    return Page(_("Violation {id}").format(id=row.id), shown, labels=labels)


def notice(reading: Reading, row: Violation) -> PrintedRegister:
    """The notice given to the person: what, when, which occasion, what follows, and how to contest it."""
    rows = list(reading.rows("hygiene.violation", {"person": row.person})) if row.person else []
    penalty = table_of(reading, rows).get(row.id)
    said = [
        (_("Number"), row.id),
        (_("Name"), reading.name(row.who) or _(OFFENDERS[row.offender])),
        (_("What"), _(KINDS[row.kind])),
        (_("When"), f"{row.at.astimezone(reading.tz):%Y-%m-%d %H:%M}"),
        (_("Occasion"), str(penalty.occasion) if penalty else "-"),
        (_("Penalty"), _amount(penalty)),
        (_("State"), _(STATUS[row.status])),
        (_("Evidence"), " ".join(part for part in (row.evidence, row.sha256[:16], row.note) if part) or "-"),
        (_("Paid into"), _("the fund for collective activities, as a contribution; nobody keeps it")),
        (_("To contest it"), f"branchops hygiene violation appeal {row.id} --reason …"),
    ]
    columns = (Column("what", _("Item")), Column("text", _("Text")))
    lines = tuple({"what": what, "text": text} for what, text in said)
    return _register(reading, _("Hygiene notice"), row.id, columns, lines, (_("Administration department"), _("Person concerned")))


def _amount(penalty: Penalty | None) -> str:
    if penalty is None or penalty.what == "none":
        return _(WHAT["none"])
    if penalty.what == "reminder":
        return _(WHAT["reminder"])
    return f"{penalty.unit} {penalty.amount}"


def _register(
    reading: Reading, title: str, period: str, columns: tuple[Column, ...], lines: Any, signatures: tuple[str, ...]
) -> PrintedRegister:
    outlet = reading.outlet
    return PrintedRegister(
        title=title,
        outlet=f"{outlet.code} {outlet.name}" if outlet else "",
        period=period,
        columns=columns,
        lines=tuple(lines),
        signatures=signatures,
    )


# --- the fund


def balance_page(reading: Reading) -> Page:
    """What is in the fund, what is still to come in, what is to be given back, what may be spent."""
    rows, lines, now = staff_rows(reading), tuple(reading.rows("hygiene.fund-line")), facts_of(reading)
    state, due = purse(reading), payable(rows, now)
    back = owed_back(rows, lines, now)
    receivable = sum((max(due[name] - paid(lines, name), NOTHING) for name in due), NOTHING)
    owed = sum(back.values(), NOTHING)
    facts = {
        "currency": state.currency,
        "balance": state.balance,
        "received": state.received,
        "spent": state.spent,
        "refunded": state.refunded,
        "receivable": receivable,
        "owed_back": owed,
        "free": max(state.balance - owed, NOTHING),
    }
    titles = (
        ("balance", _("Balance")),
        ("received", _("Received")),
        ("spent", _("Spent")),
        ("refunded", _("Given back")),
        ("receivable", _("Still to come in")),
        ("owed_back", _("To be given back")),
        ("free", _("Free to spend")),
    )
    labels = tuple(Column(key, title, kind="money") for key, title in titles)
    return Page(_("Activity fund"), facts, (_owed_back_table(back),) if back else (), labels=labels)


def _owed_back_table(back: dict[str, Decimal]) -> Table:
    columns = (Column("id", _("Violation")), Column("amount", _("Amount"), kind="money"))
    rows = [{"id": name, "amount": amount} for name, amount in back.items()]
    return Table(columns, rows, title=_("To be given back"), key="refunds")


def statement(reading: Reading) -> PrintedRegister:
    """The fund's statement of a period: opening balance, every line with the balance after it, closing balance."""
    columns = (
        Column("date", _("Date"), kind="date"),
        Column("what", _("What")),
        Column("ref", _("Penalty / activity")),
        Column("signed", _("Payer / received or approved by")),
        Column("in", _("In"), kind="money"),
        Column("out", _("Out"), kind="money"),
        Column("balance", _("Balance"), kind="money"),
    )
    balance = NOTHING
    lines: list[dict[str, Any]] = []
    opening: Decimal | None = None
    for line in reading.rows("hygiene.fund-line", order="key"):
        day: date = reading.day_of(line.recorded)
        if day > reading.last:
            break
        if day >= reading.first and opening is None:
            opening = balance
        balance += line.amount
        if day >= reading.first:
            lines.append(_statement_line(line, day, balance, late=reading.day_of(line.at) != day))
    opening = balance if opening is None else opening
    first = {"date": None, "what": _("Brought forward"), "balance": opening, "_number": ""}
    last = {"date": None, "what": _("Carried forward"), "balance": balance, "_number": ""}
    every = [first, *lines, last] if lines or opening else []
    return _register(
        reading, _("Statement of the activity fund"), reading.period or _("all"), columns, every,
        (_("Kept by"), _("Checked by")),
    )  # fmt: skip


FUND_WORDS = {
    "hygiene.fund-received": N_("penalty paid"),
    "hygiene.fund-spent": N_("activity"),
    "hygiene.fund-refunded": N_("given back"),
}


def _statement_line(line: Any, day: date, balance: Decimal, *, late: bool) -> dict[str, Any]:
    return {
        "date": day,
        "what": _(FUND_WORDS[line.type]),
        "ref": line.violation or f"{line.activity} ({line.purpose})",
        "signed": f"{line.payer} / {line.approver}",
        "in": line.amount if line.amount > 0 else None,
        "out": -line.amount if line.amount < 0 else None,
        "balance": balance,
        "_late": late,
    }
