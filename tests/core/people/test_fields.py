"""Marks on event fields: personal data and signers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec
import pytest

from branchops.core.people.events import EVENTS, PinUnlocked
from branchops.core.rulebook.fields import Event, Personal, SignerField, Signs, personal_fields, signer_fields


class Base(Event, frozen=True):
    customer: Personal
    head: Annotated[str, Signs(role="outlet-head", rule="x.head-signs")]


class Full(Base, frozen=True):
    contact: Personal | None = None
    note: Annotated[str | None, msgspec.Meta(extra={"personal": True})] = None
    public: str = ""
    limited: Annotated[str, msgspec.Meta(max_length=5)] = ""
    amount: Decimal = Decimal(0)
    seen: datetime | None = None
    day: date | None = None
    witness: Annotated[str, Signs()] | None = None
    deputy: Annotated[str | None, Signs(role="teller")] = None
    counters: Annotated[tuple[str, ...], Signs(role="teller")] = ()
    carriers: tuple[Annotated[str, Signs()], ...] = ()


class InList(Event, frozen=True):
    names: list[Personal]


class Inner(msgspec.Struct, frozen=True):
    name: Personal


class InStruct(Event, frozen=True):
    people: tuple[Inner, ...] = ()


class Plain(Event, frozen=True):
    text: str


def test_personal_fields_are_found_inherited_and_optional() -> None:
    assert personal_fields(Full) == ("customer", "contact", "note")
    assert personal_fields(Plain) == ()


def test_signer_fields_are_found_inherited_optional_and_many() -> None:
    assert signer_fields(Full) == (
        SignerField("head", "outlet-head", "x.head-signs", False),
        SignerField("witness", "", "", False),
        SignerField("deputy", "teller", "", False),
        SignerField("counters", "teller", "", True),
        SignerField("carriers", "", "", True),
    )
    assert signer_fields(Plain) == ()


@pytest.mark.parametrize("hidden", [InList, InStruct])
def test_personal_text_where_sealing_cannot_reach_is_refused(hidden: type[Event]) -> None:
    with pytest.raises(TypeError, match=rf"{hidden.__name__}\.(names|people): Personal"):
        personal_fields(hidden)


def test_the_inspectors_answer_from_a_cache() -> None:
    assert signer_fields(Full) is signer_fields(Full)
    assert personal_fields(Full) is personal_fields(Full)


def test_msgspec_reads_and_writes_structs_with_marks_decimals_and_times() -> None:
    event = Full(
        customer="Zhang",
        head="0001",
        amount=Decimal("12.30"),
        seen=datetime.fromisoformat("2026-11-02T08:10:00+00:00"),
        day=date(2026, 11, 2),
        counters=("a", "b"),
    )
    text = msgspec.json.encode(event)
    assert text == (
        b'{"customer":"Zhang","head":"0001","amount":"12.30","seen":"2026-11-02T08:10:00Z","day":"2026-11-02",'
        b'"counters":["a","b"]}'
    )
    assert msgspec.json.decode(text, type=Full) == event


def test_a_field_nobody_declared_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(b'{"text":"a","more":1}', type=Plain)


def test_of_the_staff_events_only_the_unlocking_is_signed_and_none_is_personal() -> None:
    signed = {name: signer_fields(kind) for name, kind in EVENTS.items() if signer_fields(kind)}
    assert signed == {"staff.pin-unlocked": (SignerField("by", "", "", False),)}
    assert signer_fields(PinUnlocked)[0].name == "by"
    assert [name for name, kind in EVENTS.items() if personal_fields(kind)] == []
