"""One value, as people read it (`shown`) and as machines do (`plain`).

Invariant: both take any value a row may hold without raising, and `plain` is exact: an instant keeps its seconds and
offset, an amount its digits. Neither is safe to print yet; the formats pass texts through `safe.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from branchops.core.output.messages import _, pick
from branchops.core.output.safe import PLAIN_NUMBER
from branchops.core.output.table import Said


def shown(value: Any, kind: str, tz: tzinfo) -> str:
    """`value` in the present language: "" for None, yes or no, `2026-11-23 10:05` in the outlet's zone, `1,234.50`."""
    match _typed(value, kind):
        case None:
            return ""
        case Said(words=words):
            return shown(words, kind, tz)
        case bool(flag):
            return _("yes") if flag else _("no")
        case str(text):
            return text
        case datetime() as moment:
            return _local(moment, tz).strftime("%Y-%m-%d %H:%M")
        case date() as day:
            return day.isoformat()
        case int() | Decimal() as number:
            return _money(number) if kind == "money" else _digits(number)
        case Mapping() as pairs:
            return pick("; ", "；").join(f"{key}{pick(': ', '：')}{shown(one, '', tz)}" for key, one in pairs.items())
        case Iterable() as many:
            return pick(", ", "、").join(shown(one, "", tz) for one in many)
        case other:
            return str(other)


def plain(value: Any, kind: str, tz: tzinfo) -> Any:
    """`value` as JSON holds it: instants in ISO 8601 with the outlet's offset, Decimals as decimal strings."""
    if kind == "bool" and type(value) is int and value in (0, 1):
        return bool(value)
    match value:
        case None | bool() | int() | str():
            return value
        case Said():
            return plain(value.value, kind, tz)
        case datetime():
            return _local(value, tz).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return _digits(value)
        case Mapping():
            return {str(key): plain(one, "", tz) for key, one in value.items()}
        case bytes():
            return value.hex()
        case Iterable():
            return [plain(one, "", tz) for one in value]
        case _:
            return str(value)


def _typed(value: Any, kind: str) -> Any:
    """What a stored text or number of this kind stands for; the value itself where it stands for nothing else."""
    if type(value) is int and kind == "bool" and value in (0, 1):
        return bool(value)
    if type(value) is str:
        try:
            if kind == "time" and "T" in value:
                return datetime.fromisoformat(value)
        except ValueError:
            return value
        if kind == "money" and PLAIN_NUMBER.fullmatch(value):
            return Decimal(value)
    return value.hex() if isinstance(value, bytes) else value


def _local(moment: datetime, tz: tzinfo) -> datetime:
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(tz)
    except OverflowError:  # the first or last day a calendar can hold
        return moment


def _digits(number: int | Decimal) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else str(int(number))


def _money(number: int | Decimal) -> str:
    """Grouped by thousands, exact, never fewer than two decimals."""
    text = f"{Decimal(number):,f}"
    _whole, point, cents = text.partition(".")
    if not text[-1:].isdigit():
        return text
    return text + ("" if point else ".") + "0" * max(0, 2 - len(cents))
