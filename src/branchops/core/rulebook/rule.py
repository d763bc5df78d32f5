"""Rules and the things that enforce them.

A `Rule` is data (a row of a plugin's `pack.toml`). What enforces it is exactly one *kind* of thing, and every such
thing names the ids of the rules it enforces: a `Validator` judges an entry, a `DutyRule` derives what is owed, a
report, a checklist row, a role constraint or a penalty does what its kind says. `enforced_by` is derived from these
objects, never written down twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any, Literal, TypeVar

import msgspec

from branchops.core.rulebook.duty import Duty
from branchops.core.rulebook.verdict import Verdict

Kind = Literal["validator", "duty", "checklist", "role", "register", "statistic", "schedule", "penalty"]
Severity = Literal["critical", "high", "medium", "low"]
EACH_DAY = "calendar.business_days"
"""The setting that says on which days daily duties are owed."""


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule of the rulebook: `en` and `zh` are its titles, the `why` texts its explanation in our own words."""

    id: str
    source: str
    severity: Severity
    kind: Kind
    en: str
    zh: str
    why_en: str = ""
    why_zh: str = ""


class Ask(msgspec.Struct, frozen=True):
    """A fact a validator asks for: rows of a view.

    `key(event, state)` gives one row key (answer: the row or None) or, with `many`, the SQL-free equality filter
    (a mapping of column to value; answer: a tuple of rows).
    """

    view: str
    key: Callable[[Any, Any], Any]
    many: bool = False


class Enforcer:
    """Anything in a plugin's rooms that names the rules it enforces."""

    rules: tuple[str, ...] = ()
    target: str = ""


Check = Callable[[Any, Any, Any, Any], Iterable[Verdict]]


class Validator(Enforcer):
    """A pure function of (event, state of its stream, facts asked for, policy) that yields verdicts."""

    def __init__(self, rules: tuple[str, ...], on: tuple[Any, ...], asks: Mapping[str, Ask], check: Check) -> None:
        self.rules = rules
        self.on = on
        self.asks = dict(asks)
        self.check = check
        self.target = f"{check.__module__}:{check.__qualname__}"
        self.__doc__ = check.__doc__

    def __call__(self, event: Any, state: Any, facts: Any, policy: Any) -> list[Verdict]:
        """The verdicts of this rule, each carrying the rule's id."""
        found = list(self.check(event, state, facts, policy))
        if not found:
            return found
        for one in found:
            if not isinstance(one, Verdict):
                raise TypeError(f"a validator yields verdicts, not {type(one).__name__}")
        if self.rules:
            name = self.rules[0]
            found = [one if one.rule else msgspec.structs.replace(one, rule=name) for one in found]
        return found


def validator(*rules: str, on: Any, asks: Mapping[str, Ask] | None = None) -> Callable[[Check], Validator]:
    """Makes a pure function the validator of `rules`, run whenever an entry of a struct in `on` is appended.

    `on` is an event struct, a tuple of them, or event type names (for another plugin's types). The first rule id is
    the one its verdicts carry unless a verdict names another.
    """
    types = tuple(on) if isinstance(on, (tuple, list)) else (on,)

    def wrap(check: Check) -> Validator:
        return Validator(rules, types, asks or {}, check)

    return wrap


class DutyRule(Enforcer):
    """A pure function that derives duties: of one row of a view (`view`), or of one business day (`daily`)."""

    def __init__(
        self,
        rules: tuple[str, ...],
        derive: Callable[..., Iterable[Duty]],
        *,
        view: str,
        where: Mapping[str, Any],
        daily: bool,
        asks: Mapping[str, Ask],
    ) -> None:
        self.rules = rules
        self.derive = derive
        self.view = view
        self.where = dict(where)
        self.daily = daily
        self.asks = dict(asks)
        self.target = f"{derive.__module__}:{derive.__qualname__}"
        self.__doc__ = derive.__doc__


def duty(
    *rules: str,
    view: str = "",
    where: Mapping[str, Any] | None = None,
    daily: bool = False,
    asks: Mapping[str, Ask] | None = None,
) -> Callable[[Callable[..., Iterable[Duty]]], DutyRule]:
    """Makes a pure function the source of duties for `rules`.

    With `view`: called as `derive(row, facts)` for each row; `where` (column = value) names the rows on which anything
    can still be owed, so that `due` need not read closed ones. With `daily=True`: called as `derive(day, facts)` for
    each business day. `asks` maps a name to an `Ask` whose key function is given (row or day, None); the answer is
    `facts[name]`.
    """

    def wrap(derive: Callable[..., Iterable[Duty]]) -> DutyRule:
        return DutyRule(rules, derive, view=view, where=where or {}, daily=daily, asks=asks or {})

    return wrap


class Reaction(Enforcer):
    """A pure function of (recorded event, facts, policy) that answers another plugin's event with own entries."""

    def __init__(
        self, rules: tuple[str, ...], on: tuple[str, ...], asks: Mapping[str, Ask], react: Callable[..., Any]
    ) -> None:
        self.rules = rules
        self.on = on
        self.asks = dict(asks)
        self.react = react
        self.target = f"{react.__module__}:{react.__qualname__}"
        self.__doc__ = react.__doc__


def reaction(
    *rules: str, on: Iterable[str], asks: Mapping[str, Ask] | None = None
) -> Callable[[Callable[..., Any]], Reaction]:
    """Makes a pure function answer events of the types in `on` (`"*breach*"` means any entry that carries a breach).

    It is called as `react(recorded, facts, policy)` and yields `Entry` values; `asks` keys are given (recorded, None).
    """

    def wrap(react: Callable[..., Any]) -> Reaction:
        return Reaction(rules, tuple(on), asks or {}, react)

    return wrap


class Marker(Enforcer):
    """Names the rules that a function, class or table enforces when it is none of the kinds above."""

    def __init__(self, rules: tuple[str, ...], target: str) -> None:
        self.rules = rules
        self.target = target


_T = TypeVar("_T")


def enforces(*rules: str) -> Callable[[_T], _T]:
    """Notes on a function or class that it enforces `rules`: a schedule, a penalty, a register, a statistic."""

    def wrap(thing: _T) -> _T:
        thing.__enforces__ = rules  # type: ignore[attr-defined]
        return thing

    return wrap


def gather(module: ModuleType, wanted: type[_T]) -> tuple[_T, ...]:
    """The objects of a class defined at the top of a module, in the order they are written."""
    return tuple(value for value in vars(module).values() if isinstance(value, wanted))


def markers(module: ModuleType) -> tuple[Marker, ...]:
    """The functions and classes of a module that carry `@enforces`."""
    return tuple(
        Marker(value.__enforces__, f"{module.__name__}:{value.__qualname__}")
        for value in vars(module).values()
        if hasattr(value, "__enforces__") and getattr(value, "__module__", "") == module.__name__
    )
