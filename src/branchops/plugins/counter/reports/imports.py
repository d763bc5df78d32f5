"""What can be imported: counts of machines, seal verifications, user lists. Each row is a command like any other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from branchops.api import N_, ImportKind, Prepared, _
from branchops.plugins.counter.events.differences import DeviceCounted
from branchops.plugins.counter.events.ids import UserIdSeen
from branchops.plugins.counter.events.registers import SealChecked
from branchops.plugins.counter.rules.decide import (
    CountDevice,
    as_told,
    decide_count_device,
)

PAIR = re.compile(r"['\"]?(\d+(?:\.\d+)?)['\"]?\s*:\s*(\d+)")


def _amount(row: Mapping[str, str], name: str) -> Decimal | None:
    text = row.get(name, "").strip().replace(",", "")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ValueError(_("“{text}” is not an amount").format(text=row[name]))
    return found


def _day(row: Mapping[str, str], name: str) -> date | None:
    text = row.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(_("“{text}” is not a date").format(text=text)) from None


def _needed(row: Mapping[str, str], name: str) -> str:
    text = row.get(name, "").strip()
    if not text:
        raise ValueError(_("{name} is empty").format(name=name))
    return text


def _notes(text: str) -> tuple[int | None, Decimal | None]:
    """Number and worth of the notes in a cell such as `{'100': 12, '50': 10}`; nothing of nothing."""
    pairs = PAIR.findall(text)
    if not pairs:
        return None, None
    return sum(int(n) for _worth, n in pairs), sum((Decimal(worth) * int(n) for worth, n in pairs), Decimal(0))


def device_count(row: Mapping[str, str]) -> Prepared:
    """A count of a machine: what it held or took, and, where the source tells it, what it should have been."""
    device, day = _needed(row, "device"), _day(row, "day")
    counted, declared = _amount(row, "counted"), _amount(row, "declared")
    if day is None:
        raise ValueError(_("{name} is empty").format(name="day"))
    if counted is None:
        raise ValueError(_("{name} is empty").format(name="counted"))
    notes, worth = _notes(row.get("denominations", ""))
    if worth is not None and worth != counted:
        raise ValueError(_("the notes are worth {worth}, counted is {counted}").format(worth=worth, counted=counted))
    bills = row.get("bills", "").strip()
    ref = row.get("ref", "").strip()
    fact = DeviceCounted(
        device=device,
        counted=counted,
        at_day=day,
        declared=declared,
        currency=row.get("currency", "").strip() or "CNY",
        bills=int(bills) if bills.isascii() and bills.isdigit() else None,
        notes=notes,
        ref=ref,
    )
    card = "".join(letter for letter in row.get("card", "") if letter.isdecimal())[-4:]
    command = CountDevice(fact=fact, card=f"****{card}" if card else "")
    return Prepared(decide=decide_count_device, command=command, key=f"{device}/{ref or day.isoformat()}")


def seal_check(row: Mapping[str, str]) -> Prepared:
    """A verification as the verification system logged it; a forced pass nobody authorised is a breach, and kept."""
    ref, teller, day = _needed(row, "ref"), _needed(row, "teller"), _day(row, "day")
    if day is None:
        raise ValueError(_("{name} is empty").format(name="day"))
    result: Any = _needed(row, "result").lower()
    if result not in ("pass", "manual", "forced"):
        raise ValueError(_("“{text}” is none of pass, manual, forced").format(text=row["result"]))
    account = "".join(letter for letter in row.get("account", "") if letter.isdecimal())[-4:]
    forced = result == "forced"
    fact = SealChecked(
        result=result,
        teller=teller,
        account=f"****{account}",
        day=day,
        reason=(row.get("reason", "").strip() or N_("not told by the system")) if forced else "",
        unauthorised=N_("imported without a signature") if forced else "",
        ref=ref,
    )
    return Prepared(decide=as_told, command=fact, key=ref, target=f"seal-{day.isoformat()}", opens=True)


def user_id(row: Mapping[str, str]) -> Prepared:
    """One id of a system's user list. The same id on a later list is a new row, so that what comes back is noticed."""
    system, user = _needed(row, "system"), _needed(row, "user")
    listed = _day(row, "as_of")
    if listed is None:
        raise ValueError(_("{name} is empty").format(name="as_of"))
    fact = UserIdSeen(
        system=system,
        user=user,
        as_of=listed,
        staff=row.get("staff", "").strip(),
        name=row.get("name", "").strip(),
        last_used=_day(row, "last_used"),
    )
    key = f"{system}/{user}/{listed.isoformat()}"
    return Prepared(decide=as_told, command=fact, key=key, target=f"ids-{system}", opens=True)


IMPORTS = (
    ImportKind(
        name="counter-devices",
        title=N_("Counts of machines, with the differences they bring to light"),
        fields={
            "device": N_("number of the machine"),
            "day": N_("day of the count"),
            "counted": N_("amount counted"),
            "declared": N_("amount that it should have been"),
            "currency": N_("currency code"),
            "bills": N_("number of notes as told"),
            "denominations": N_("notes by worth, such as {'100': 12}"),
            "card": N_("card number; only the last four digits are kept"),
            "ref": N_("the source's own number"),
        },
        prepare=device_count,
        defaults={"device": ("device", "machine_id", "atm"), "day": ("day", "date")},
        required=("device", "day", "counted"),
    ),
    ImportKind(
        name="counter-seals",
        title=N_("Seal verifications of the verification system"),
        fields={
            "ref": N_("the source's own number"),
            "day": N_("day of the verification"),
            "result": N_("pass, manual or forced"),
            "teller": N_("staff id of the teller"),
            "account": N_("account number; only the last four digits are kept"),
            "reason": N_("why a pass was forced"),
        },
        prepare=seal_check,
        required=("ref", "day", "result", "teller", "account"),
    ),
    ImportKind(
        name="counter-ids",
        title=N_("A system's user list"),
        fields={
            "system": N_("the system"),
            "user": N_("user id"),
            "staff": N_("staff id; empty for a shared id"),
            "name": N_("name as the system has it"),
            "last_used": N_("day of the last use"),
            "as_of": N_("day of the list"),
        },
        prepare=user_id,
        required=("user",),
    ),
)
