"""What an event's fields promise beyond their type: whose data they are, and who must sign.

Invariant: a mark is either understood or refused. A `Personal` mark in a place that sealing could not reach (inside a
list, a mapping or a nested struct) raises at first inspection, so that no personal text is stored in the clear.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of everything that can be recorded: frozen, named in the past tense, without behaviour."""


Personal = Annotated[str, msgspec.Meta(extra={"personal": True})]
"""A customer's data: sealed with the subject's key before it is hashed and stored.

The stored form is a longer token, so put no length or pattern limit on a personal field.
"""


class Signs(msgspec.Struct, frozen=True):
    """Marks a staff-id field: this person must sign the event with an own PIN.

    `role` is the role the signer must hold on the day ("" = any); `rule` is the rulebook's id for the demand. On a
    `tuple[str, ...]` field every person named signs.
    """

    role: str = ""
    rule: str = ""


class SignerField(msgspec.Struct, frozen=True):
    """One field of an event type that names signers. `many` is true for a tuple of ids."""

    name: str
    role: str
    rule: str
    many: bool


@cache
def personal_fields(struct_type: type[msgspec.Struct]) -> tuple[str, ...]:
    """Names of the fields marked `Personal`, in field order; inherited and optional ones included.

    Raises TypeError where the mark sits anywhere but on the field itself (optional allowed).
    """
    found = []
    for name, hint in _hints(struct_type):
        if _marked(hint):
            found.append(name)
        elif _hides_personal(hint, frozenset({struct_type})):
            where = f"{struct_type.__name__}.{name}"
            raise TypeError(f"{where}: Personal may mark a text field or an optional one, never a part of a field")
    return tuple(found)


@cache
def signer_fields(struct_type: type[msgspec.Struct]) -> tuple[SignerField, ...]:
    """The fields marked with `Signs`, in field order; inherited, optional and tuple fields included."""
    found = []
    for name, hint in _hints(struct_type):
        for mark, many in _signs(hint, many=False):
            found.append(SignerField(name, mark.role, mark.rule, many))
            break
    return tuple(found)


def _hints(struct_type: type[msgspec.Struct]) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(struct_type, include_extras=True)
    return ((name, hints[name]) for name in struct_type.__struct_fields__)


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _marked(hint: Any) -> bool:
    """Whether the hint is Personal text, or Personal text or None."""
    if _is_union(hint):
        return any(_marked(arm) for arm in get_args(hint))
    if get_origin(hint) is not Annotated:
        return False
    base, *marks = get_args(hint)
    if any(isinstance(mark, msgspec.Meta) and (mark.extra or {}).get("personal") for mark in marks):
        plain = {arm for arm in get_args(base) if arm is not type(None)} if _is_union(base) else {base}
        return plain == {str}
    return _marked(base)


def _hides_personal(hint: Any, seen: frozenset[type]) -> bool:
    """Whether Personal occurs anywhere below the hint, nested structs included."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        if hint in seen:
            return False
        return any(_hides_personal(inner, seen | {hint}) for _, inner in _hints(hint))
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        if any(isinstance(mark, msgspec.Meta) and (mark.extra or {}).get("personal") for mark in marks):
            return True
        return _hides_personal(base, seen)
    return any(_hides_personal(arm, seen) for arm in get_args(hint))


def _signs(hint: Any, *, many: bool) -> Iterator[tuple[Signs, bool]]:
    """Every `Signs` mark on the hint, its optional arm or its tuple's items, outermost first."""
    origin = get_origin(hint)
    if origin is Annotated:
        base, *marks = get_args(hint)
        inner = get_args(base) if _is_union(base) else (base,)
        several = many or any(get_origin(arm) is tuple for arm in inner)
        yield from ((mark, several) for mark in marks if isinstance(mark, Signs))
        yield from _signs(base, many=many)
    elif _is_union(hint):
        for arm in get_args(hint):
            yield from _signs(arm, many=many)
    elif origin is tuple:
        for arm in get_args(hint):
            yield from _signs(arm, many=True)
