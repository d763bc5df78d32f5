"""An event on its way into the ledger: what judging knows of its type, and the bytes it will be stored as.

Invariant: personal text leaves this module sealed or not at all, and the bytes given are the canonical ones of data
that fits the schema of its type.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from branchops.core.errors import UsageError
from branchops.core.extend.descriptors import EventType
from branchops.core.ledger import canonical
from branchops.core.output.messages import _
from branchops.core.people.keys import is_sealed
from branchops.core.rulebook.fields import personal_fields, signer_fields
from branchops.core.rulebook.record import Recorded
from branchops.core.rulebook.rule import Validator
from branchops.core.rulebook.verdict import Verdict
from branchops.core.views.catchup import VOIDED

if TYPE_CHECKING:
    from branchops.core.branch import Branch


class Kind(NamedTuple):
    """A type of event as judging sees it. `state` names the view whose rows are the state of its streams; `house`: it
    is about people, settings or outlets; `voids`: it strikes another event out."""

    name: str
    schema: int
    state: str
    subject: str
    house: bool
    voids: bool
    personal: tuple[str, ...]
    signed: bool
    validators: tuple[Validator, ...]
    decode: Callable[[bytes], Any]


class Judged(msgspec.Struct):
    """An entry that may be appended: as it will be stored, the canonical bytes of its data, its schema number."""

    record: Recorded
    raw: canonical.Ready
    schema: int
    verdicts: tuple[Verdict, ...]


def kind_of(event_type: EventType, house: bool, validators: tuple[Validator, ...]) -> Kind:
    """What judging needs to know of a type of event."""
    return Kind(
        name=event_type.name,
        schema=event_type.schema,
        state=event_type.state,
        subject=getattr(event_type.struct, "__subject__", ""),
        house=house,
        voids=event_type.name == VOIDED,
        personal=personal_fields(event_type.struct),
        signed=bool(signer_fields(event_type.struct)),
        validators=validators,
        decode=msgspec.json.Decoder(event_type.struct).decode,
    )


class Sealer:
    """Seals and checks the data of a transaction's entries."""

    def __init__(self, branch: Branch, late: ExitStack) -> None:
        """`late` is left before the ledger commits, so that keys are on disk before what they seal."""
        self._branch = branch
        self._late = late
        self._open = False

    def checked(self, kind: Kind, data: Any, stream: str) -> tuple[Any, canonical.Ready]:
        """The data, sealed where it is personal and checked against the type's schema, and its canonical bytes."""
        data = self._sealed(kind, data, stream)
        raw = canonical.ready(data)
        try:
            checked = kind.decode(raw)
        except msgspec.ValidationError as error:
            raise UsageError(
                _("{type} does not take this: {error}").format(type=kind.name, error=error),
                _("See docs/events.md for the fields of each event."),
            ) from error
        return checked, raw if checked == data else canonical.ready(checked)

    def checked_all(
        self, kind: Kind, datas: Sequence[Any], streams: Sequence[str]
    ) -> tuple[Sequence[Any], Sequence[canonical.Ready]]:
        """`checked` for many of one type. Raises ValueError, too, when one of them does not fit the schema."""
        datas = list(map(self._sealed, repeat(kind), datas, streams)) if kind.personal else list(datas)
        raws = list(map(canonical.Ready, canonical.encode_all(datas)))
        checked = list(map(kind.decode, raws))
        return checked, raws if checked == datas else list(map(canonical.ready, checked))

    def _sealed(self, kind: Kind, data: Any, stream: str) -> Any:
        if not any(map(data.__getattribute__, kind.personal)):
            return data
        subject = getattr(data, kind.subject, "") or stream
        sealed = {
            name: self._seal(subject, value)
            for name in kind.personal
            if (value := getattr(data, name)) and not self._is_token(value)
        }
        return msgspec.structs.replace(data, **sealed) if sealed else data

    def keep(self) -> None:
        """Brings the keys made so far to the disk: what they seal is about to be stored."""
        self._late.close()
        self._open = False

    def _seal(self, subject: str, text: str) -> str:
        """Seals; all keys that a transaction makes reach the disk together, before the ledger commits."""
        if not self._open:
            self._late.enter_context(self._branch.keys.batch())
            self._open = True
        return self._branch.keys.seal(subject, text)

    def _is_token(self, value: str) -> bool:
        """Whether a text is a token of this store already (a decision carried it over from a row)."""
        return is_sealed(value) and self._branch.keys.unseal(value) is not None
