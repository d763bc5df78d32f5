"""The words for what an entry holds: its type, its fields, and the codes in them, in the reader's language.

English shows what is stored, for that is English. Otherwise the catalogue of the plugin that recorded it is asked: for
its type by the stored name (`complaints.handed-over`), for a field by the type and the field
(`complaints.handed-over: to`) or else by the field alone (`To`), and for a code by the code. What no catalogue knows,
a free text above all, is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from branchops.core.output.messages import language, said_by
from branchops.core.output.table import Column

_CODE = re.compile("[a-z]+(?:-[a-z]+)*")
_TYPE = re.compile("[a-z-]+[.][a-z-]+")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def type_words(name: str) -> str:
    """What a type of entry is called; its stored name where nobody has a word for it."""
    return said_by(owner(name), name)


def field_words(name: str, field: str) -> str:
    """What a field of a type of entry is called."""
    own = f"{name}: {field}"
    found = said_by(owner(name), own)
    return found if found != own else said_by(owner(name), field.replace("_", " ").capitalize())


def field_column(name: str, field: str, value: Any) -> Column:
    """The label of a field on a page; instants are shown on the outlet's clock."""
    timed = isinstance(value, str) and _STAMP.fullmatch(value)
    return Column(field, field_words(name, field), kind="time" if timed else "text")


def entry_facts(name: str, data: dict[str, Any], ids: Collection[str]) -> tuple[dict[str, Any], tuple[Column, ...]]:
    """The data of an entry as facts of a page for people, and the labels of these facts."""
    shown = {key: worded(name, value, ids) for key, value in data.items()}
    return shown, tuple(field_column(name, key, value) for key, value in shown.items())


def worded(name: str, value: Any, ids: Collection[str]) -> Any:
    """A value of an entry for people: codes in words, fields of parts by their names. `ids` are staff ids, no words."""
    if language() == "en":
        return value
    if isinstance(value, str):
        if _TYPE.fullmatch(value):
            return type_words(value)
        return said_by(owner(name), value) if value not in ids and _CODE.fullmatch(value) else value
    if isinstance(value, dict):
        return {field_words(name, key): worded(name, one, ids) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [worded(name, one, ids) for one in value]
    return value


def owner(name: str) -> str:
    """Whose type it is: the catalogue that is asked first."""
    return name.partition(".")[0]
