"""Policies: the dated settings of a branch.

A policy value comes from a plugin's rule pack, overlaid by `policy set` entries in the order they were recorded. The
version of a policy is the ledger position of the last setting that was known and in force; 0 is the pack alone. A
duty pins the version it was born under, so a later setting never re-judges it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import msgspec

from branchops.core.output.messages import N_

ValueType = Literal["text", "choice", "int", "decimal", "bool", "time", "date", "list", "map"]


class Setting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One policy key as a rule pack declares it. `default` None with `required` means: somebody must decide."""

    key: str
    type: ValueType
    default: Any = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    en: str
    zh: str


class PolicySet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody decided a policy value, in force from the start of a day (or at once)."""

    key: str
    value: str
    reason: str
    since: date | None = None


class Change(msgspec.Struct, frozen=True):
    """A recorded setting: its ledger position, the instant from which it is in force, key and parsed value."""

    pos: int
    since: datetime
    key: str
    value: Any
    reason: str = ""
    by: str = ""


class BadValue(ValueError):
    """A value that does not fit its key's type; the text is a message id, `facts` fill it."""

    def __init__(self, text: str, **facts: str) -> None:
        super().__init__(text)
        self.text = text
        self.facts = facts


def parse_value(setting: Setting, text: str) -> Any:
    """The typed value of `text` for a key. Raises BadValue with a message that names what would fit."""
    try:
        return _PARSERS[setting.type](setting, text.strip())
    except (ValueError, InvalidOperation) as error:
        if isinstance(error, BadValue):
            raise
        raise BadValue(N_("“{value}” is not a {type}."), value=text, type=setting.type) from None


def _choice(setting: Setting, text: str) -> str:
    if text not in setting.choices:
        raise BadValue(N_("“{value}” is none of: {choices}."), value=text, choices=", ".join(setting.choices))
    return text


def _bool(_: Setting, text: str) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if text.lower() not in words:
        raise BadValue(N_("“{value}” is none of: {choices}."), value=text, choices="yes, no")
    return words[text.lower()]


def _int(_: Setting, text: str) -> int:
    value = int(text)
    if value < 0:
        raise BadValue(N_("“{value}” is below zero."), value=text)
    return value


def _decimal(_: Setting, text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise BadValue(N_("“{value}” is not a {type}."), value=text, type="decimal")
    return value


def _list(setting: Setting, text: str) -> tuple[str, ...]:
    """Parts of a list; where the key names choices, each part is one of them."""
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    return tuple(_choice(setting, part) for part in parts) if setting.choices else parts


def _map(_: Setting, text: str) -> dict[str, str]:
    pairs = [part.split("=", 1) for part in text.split(",") if part.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise BadValue(N_("“{value}” is not a list of name=value, name=value."), value=text)
    return {name.strip(): value.strip() for name, value in pairs}


_PARSERS: dict[str, Any] = {
    "text": lambda _, text: text,
    "choice": _choice,
    "int": _int,
    "decimal": _decimal,
    "bool": _bool,
    "time": lambda _, text: time.fromisoformat(text),
    "date": lambda _, text: date.fromisoformat(text),
    "list": _list,
    "map": _map,
}


def default_of(setting: Setting) -> Any:
    """The pack's default as a typed value, or None when the key is unset."""
    value = setting.default
    if value is None or setting.type in ("int", "bool", "text", "choice"):
        return value
    if setting.type == "list":
        return tuple(value)
    if setting.type == "map":
        return {name: str(item) for name, item in value.items()}
    return parse_value(setting, str(value))


class Policy:
    """The values in force at one instant. `version` is the ledger position of the newest setting counted, or 0."""

    __slots__ = ("_values", "version")

    def __init__(self, values: Mapping[str, Any], version: int) -> None:
        self._values = values
        self.version = version

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or `default` when the key is unknown or unset."""
        value = self._values.get(key)
        return default if value is None else value

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def items(self) -> Iterable[tuple[str, Any]]:
        """All keys with their values, unset ones as None."""
        return self._values.items()


class Policies:
    """The history of all settings: answers what was in force at any instant."""

    def __init__(self, settings: Iterable[Setting], changes: Iterable[Change]) -> None:
        self.settings = {setting.key: setting for setting in settings}
        self.changes = tuple(sorted(changes, key=lambda change: change.pos))
        self._defaults = {key: default_of(setting) for key, setting in self.settings.items()}
        self._in_turn = sorted(self.changes, key=lambda change: (change.since, change.pos))
        self._sinces = [change.since for change in self._in_turn]
        self._known: dict[int, Policy] = {}

    def at(self, moment: datetime) -> Policy:
        """The policy in force at an aware instant."""
        count = bisect_right(self._sinces, moment)
        policy = self._known.get(count)
        if policy is None:
            chosen = self._in_turn[:count]
            values = {**self._defaults, **{change.key: change.value for change in chosen}}
            policy = self._known[count] = Policy(values, max((change.pos for change in chosen), default=0))
        return policy

    def with_change(self, change: Change) -> Policies:
        """The same history with one more setting: for simulation."""
        return Policies(self.settings.values(), (*self.changes, change))

    def unset(self, moment: datetime) -> tuple[str, ...]:
        """Required keys that nobody has decided yet, in alphabetical order."""
        policy = self.at(moment)
        return tuple(sorted(k for k, s in self.settings.items() if s.required and k not in policy))
