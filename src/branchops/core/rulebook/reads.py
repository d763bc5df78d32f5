"""Which policy keys a function reads, found in its code: so that nobody writes the list down a second time.

Invariant: only keys written as literals are found, whole or as the fixed ends of an f-string
(`f"complaints.handover.{channel}.within"`), in the function itself and in what it calls by name of its own package.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any


def policy_keys(function: Callable[..., Any], known: Collection[str]) -> tuple[str, ...]:
    """Those of the `known` keys that occur in the code of `function` or of what it calls, sorted."""
    start = _plain(function)
    if start is None:
        return ()
    package = start.__module__.partition(".")[0]
    seen: set[FunctionType] = set()
    waiting = [start]
    found: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        texts, names = _read(one.__code__)
        found.update(key for key in known if key in texts or _pieced(key, texts))
        for name in names:
            value = one.__globals__.get(name)
            if isinstance(value, str) and value in known:
                found.add(value)
            inside = [getattr(value, part, None) for part in names] if isinstance(value, ModuleType) else [value]
            called = (plain for plain in map(_plain, inside) if plain is not None)
            waiting += (plain for plain in called if (plain.__module__ or "").partition(".")[0] == package)
    return tuple(sorted(found))


def _pieced(key: str, texts: set[str]) -> bool:
    """Whether an f-string of these constant pieces can spell the key."""
    tails = [text for text in texts if text.startswith(".")]
    heads = (text for text in texts if text.count(".") > 1 and text.endswith(".") and key.startswith(text))
    return any(not tails or any(key.endswith(tail) for tail in tails) for _head in heads)


def _plain(value: Any) -> FunctionType | None:
    while hasattr(value, "__wrapped__"):
        value = value.__wrapped__
    return value if isinstance(value, FunctionType) else None


def _read(code: CodeType) -> tuple[set[str], set[str]]:
    """The text constants of a code object and of those inside it, and the global names that they use."""
    texts: set[str] = set()
    names: set[str] = set()
    for one in _nested(code):
        texts.update(constant for constant in one.co_consts if isinstance(constant, str))
        names.update(one.co_names)
    return texts, names


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)
