"""Complaints from a file: rows of CSV or JSONL as complaints that are open, or were dealt with elsewhere before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from branchops.api import N_, ImportKind, New, Prepared, _
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.decide import Archive, Receive, decide_archive, decide_receive

FIELDS = {
    "id": N_("the source's own key"),
    "received": N_("when it was received: ISO date, or date and time"),
    "channel": N_("oral, book, letter, phone or other"),
    "subtype": N_("other: how it came"),
    "gist": N_("what it is about"),
    "kind": N_("complaint, suggestion or praise"),
    "taker": N_("staff id of who took it (default: who imports)"),
    "caller": N_("how the customer wants to be called"),
    "contact": N_("how to reach the customer"),
    "unit": N_("unit complained about"),
    "business": N_("business code"),
    "product": N_("product"),
    "cause": N_("cause code"),
    "customer_cause": N_("the cause as the customer sees it"),
    "demand": N_("what the customer wants"),
    "level": N_("ordinary, complex or major"),
    "regulator": N_("the regulator that transferred it"),
    "outcome": N_("upheld, partly or not-upheld: it was dealt with before"),
    "closed_on": N_("the day it was closed: it was dealt with before"),
    "replied_on": N_("the day the customer was answered"),
    "response": N_("what the answer was: it was dealt with before"),
    "timely": N_("yes or no: answered in time"),
    "amount": N_("money returned"),
}
COPIED = ("subtype", "taker", "caller", "contact", "unit", "product", "customer_cause", "demand", "regulator")


def prepare(row: Mapping[str, str]) -> Prepared:
    """One row as a command. ValueError with the reason when the row cannot be one."""
    told = {name: text.strip() for name, text in row.items() if text and text.strip()}
    gist = told.get("gist") or told.get("product") or ""
    if not gist:
        raise ValueError(_("neither gist nor product is given"))
    received: dict[str, Any] = {name: told[name] for name in COPIED if name in told}
    command = Receive(
        channel=_one(told, "channel", get_args(ev.Channel), "other"),
        gist=gist,
        kind=_one(told, "kind", get_args(ev.Kind), "complaint"),
        level=_one(told, "level", get_args(ev.Level), ""),
        business=told.get("business", ""),
        origin="import",
        **received,
    )
    how: dict[str, Any] = {"key": told.get("id", ""), "target": New("C"), "at": _instant(told)}
    if not any(told.get(name) for name in ("outcome", "closed_on", "response")):
        return Prepared(decide=decide_receive, command=command, **how)
    archived = ev.Archived(
        outcome=_one(told, "outcome", get_args(ev.Finding), ""),
        closed_on=_day(told, "closed_on"),
        replied_on=_day(told, "replied_on"),
        cause=told.get("cause", "").upper(),
        response=told.get("response", ""),
        timely=_yes(told, "timely"),
        amount=_amount(told),
    )
    return Prepared(decide=decide_archive, command=Archive(received=command, archived=archived), **how)


def _one(told: Mapping[str, str], name: str, known: tuple[str, ...], default: str) -> Any:
    value = told.get(name)
    if value is None:
        return default
    if value not in known:
        names = ", ".join(one for one in known if one)
        raise ValueError(_("{name}: “{value}” is none of {names}").format(name=name, value=value, names=names))
    return value


def _instant(told: Mapping[str, str]) -> datetime | None:
    text = told.get("received")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_("received: “{value}” is no date").format(value=text)) from None
    if found.tzinfo is None:
        moment = found.time() if len(text) > len("2026-11-23") else time()
        found = datetime.combine(found.date(), moment, UTC)
    return found


def _day(told: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(told[name][:10]) if name in told else None
    except ValueError:
        raise ValueError(_("{name}: “{value}” is no date").format(name=name, value=told[name])) from None


def _yes(told: Mapping[str, str], name: str) -> bool | None:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if name not in told:
        return None
    if told[name].lower() not in words:
        raise ValueError(_("{name}: “{value}” is none of {names}").format(name=name, value=told[name], names="yes, no"))
    return words[told[name].lower()]


def _amount(told: Mapping[str, str]) -> Decimal | None:
    try:
        return Decimal(told["amount"]) if "amount" in told else None
    except InvalidOperation:
        raise ValueError(_("amount: “{value}” is no number").format(value=told["amount"])) from None


KIND = ImportKind(
    name="complaints", title=N_("Complaints, open or dealt with elsewhere"), fields=FIELDS, prepare=prepare
)
