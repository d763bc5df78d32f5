"""Canonical JSON: two encoders, one sequence of bytes; and a decoder that takes nothing on trust."""

from __future__ import annotations

import enum
import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.errors import UsageError
from branchops.core.ledger.canonical import encode, is_canonical, reference_encode, strict_decode

KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "e\u0301",
        "\u1100\u1161",
        "\n\u0301",
        '"\u0338',
        "\u2028\u2029",
        "\x7f\x00\x1f",
        '\u0661":',
        "\ufb01",
        "\U0001f600",
        '中":1.5',
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**30), max_value=10**30)
    | TEXT
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.datetimes(timezones=st.just(UTC))
    | st.dates()
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 3


class Inner(msgspec.Struct, omit_defaults=True):
    note: str | None = None
    when: date | None = None


class Outer(msgspec.Struct, tag="outer", rename="kebab"):
    paid_in: Decimal
    at: datetime
    colour: Colour
    level: Level
    inner: Inner
    many: list[Inner]
    codes: set[str]
    more: dict[str, Any]


def normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: normal(inner) for key, inner in value.items()}
    return [normal(inner) for inner in value] if isinstance(value, list) else value


@given(VALUES)
def test_the_fast_encoder_writes_the_reference_bytes(value: Any) -> None:
    assert encode(value) == reference_encode(value)


@given(TEXT, st.decimals(allow_nan=False, allow_infinity=False), st.dictionaries(KEYS, TEXT, max_size=3))
def test_structs_encode_as_the_reference_does(text: str, money: Decimal, more: dict[str, str]) -> None:
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    value = Outer(money, moment, Colour.RED, Level.HIGH, Inner(text), [Inner(when=date(2026, 1, 2))], {text, "b"}, more)
    assert encode(value) == reference_encode(value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT, lambda v: st.lists(v) | st.dictionaries(KEYS, v), max_leaves=8
    )
)
def test_what_is_encoded_decodes_to_the_same_content_in_normal_form(value: Any) -> None:
    raw = encode(value)
    assert strict_decode(raw) == normal(value)
    assert is_canonical(raw)


def test_every_character_encodes_as_the_reference_does() -> None:
    for start in range(0, 0x110000, 0x400):
        text = "".join(chr(code) for code in range(start, start + 0x400) if not 0xD800 <= code < 0xE000)
        assert encode([text, *text]) == reference_encode([text, *text])


def test_naughty_strings_encode_as_the_reference_does(shared: Path) -> None:
    strings = json.loads((shared / "nasty" / "blns.json").read_text("utf-8"))
    assert len(strings) > 500
    for text in strings:
        assert encode({"text": text}) == reference_encode({"text": text})
        assert strict_decode(encode(text)) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        ({"paid": Decimal("12.50")}, b'{"paid":"12.50"}'),
        (2**70, b"1180591620717411303424"),
        ("e\u0301", '"\u00e9"'.encode()),
        ("\x7f\u2028\x01\t/", b'"\x7f\xe2\x80\xa8\\u0001\\t/"'),
        (10**4299, b"1" + b"0" * 4299),
    ],
)
def test_the_canonical_form_is_this(value: Any, raw: bytes) -> None:
    assert encode(value) == raw
    assert reference_encode(value) == raw


class WithFloat(msgspec.Struct):
    ratio: Any


def deep(levels: int) -> Any:
    value: Any = []
    for _level in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        {"a": [1, {"b": 2.0}]},
        float("nan"),
        [float("inf")],
        WithFloat(0.5),
        WithFloat({"deep": (1, float("nan"))}),
        {"x": Decimal("NaN")},
        Decimal("-Infinity"),
        "\ud800",
        {"a": "x\udfff"},
        {"\ud800": 1},
        {"é": 1},
        {"中文": {"a": 1}},
        [{"ok": 1}, {"nöt": 2}],
        {1: 2},
        {None: 1},
        10**4300,
        [-(10**5000)],
        object(),
        {"raw": msgspec.Raw(b'{"b":1,  "a":2}')},
        deep(100_000),
    ],
    ids=lambda value: type(value).__name__,
)
def test_both_encoders_refuse_what_is_not_canonical(value: Any) -> None:
    with pytest.raises(UsageError):
        encode(value)
    with pytest.raises(UsageError):
        reference_encode(value)


def test_an_error_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="surrogate") as caught:
        encode({"a": "\udc80"})
    assert caught.value.hint == "Remove it, or decode the source with its right encoding."


@pytest.mark.parametrize(
    "raw",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b"1.0",
        '"e\u0301"'.encode(),
        b'"\\u0041"',
        b'{"\xc3\xa9":1}',
        b"{",
        b"\xff",
        b"null ",
    ],
)
def test_other_spellings_are_not_canonical(raw: bytes) -> None:
    assert not is_canonical(raw)


def suite(shared: Path, pattern: str) -> list[Path]:
    files = sorted((shared / "nasty" / "JSONTestSuite").glob(pattern))
    assert files
    return files


def test_every_valid_text_of_the_suite_is_taken_in_lenient_mode(shared: Path) -> None:
    for file in suite(shared, "y_*.json"):
        raw = file.read_bytes()
        assert strict_decode(raw, floats="decimal", duplicates="last") == json.loads(raw, parse_float=Decimal), (
            file.name
        )


def test_canonical_mode_refuses_of_the_valid_texts_only_floats_and_duplicate_keys(shared: Path) -> None:
    refused = set()
    for file in suite(shared, "y_*.json"):
        try:
            strict_decode(file.read_bytes())
        except UsageError:
            refused.add(file.stem)
    numbers = {name for name in refused if name.startswith("y_number")}
    assert refused - numbers == {
        "y_object_duplicated_key",
        "y_object_duplicated_key_and_value",
        "y_object_extreme_numbers",
        *({"y_structure_lonely_negative_real"} & refused),
    }
    assert "y_number_negative_int" not in numbers


def test_every_invalid_text_of_the_suite_is_refused(shared: Path) -> None:
    for file in suite(shared, "n_*.json"):
        with pytest.raises(UsageError):
            strict_decode(file.read_bytes(), floats="decimal", duplicates="last")


def test_texts_that_the_suite_leaves_open_never_crash(shared: Path) -> None:
    taken = set()
    for file in suite(shared, "i_*.json"):
        try:
            strict_decode(file.read_bytes(), floats="decimal", duplicates="last")
        except UsageError:
            continue
        taken.add(file.stem)
    assert {name for name in taken if name.startswith("i_string")} == set()
    assert "i_structure_UTF-8_BOM_empty_object" in taken


@pytest.mark.parametrize(
    "raw", [b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000]
)
def test_deep_nesting_is_refused_without_a_crash(raw: bytes) -> None:
    with pytest.raises(UsageError):
        strict_decode(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"NaN",
        b"[Infinity]",
        b'"\\ud800"',
        b'{"\\udc00":1}',
        b"\xef\xbb\xbf\xef\xbb\xbf1",
        b"1" * 5000,
        b"",
        b"1 2",
        b'"\t"',
    ],
)
def test_strict_decoding_refuses(raw: bytes) -> None:
    with pytest.raises(UsageError):
        strict_decode(raw, floats="decimal", duplicates="last")


def test_a_float_decodes_to_an_exact_decimal_on_request() -> None:
    assert strict_decode(b'\xef\xbb\xbf{"a":1.10,"s":"\\ud83d\\ude00"}', floats="decimal") == {
        "a": Decimal("1.10"),
        "s": "😀",
    }


@given(st.binary(max_size=40))
def test_strict_decoding_raises_nothing_but_usage_errors(raw: bytes) -> None:
    try:
        value = strict_decode(raw)
    except UsageError:
        return
    assert json.loads(raw.decode("utf-8-sig")) == value
