"""A dict that makes what it is asked for and does not hold yet, so that a hit costs no call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(dict[Key, Value], Generic[Key, Value]):
    """`memo[key]` is `make(key)`, made once. With `room`, all is forgotten when so many are held."""

    def __init__(self, make: Callable[[Key], Value], room: int = 0) -> None:
        super().__init__()
        self._make = make
        self._room = room

    def __missing__(self, key: Key) -> Value:
        made = self._make(key)
        if self._room and len(self) >= self._room:
            self.clear()
        self[key] = made
        return made
