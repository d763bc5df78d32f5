"""Events and their identifiers."""

from __future__ import annotations

import time
import uuid

from branchops.core.ledger.event import StoredEvent, new_id, new_ids


def test_ids_are_uuids_of_version_7_and_of_now() -> None:
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert abs((made.int >> 80) / 1000 - time.time()) < 60


def test_ids_rise_strictly_within_a_process_even_faster_than_the_clock() -> None:
    made = new_ids(20_000) + [new_id() for _ in range(100)] + new_ids(3)
    assert made == sorted(set(made))
    assert [str(uuid.UUID(text)) for text in made] == made


def test_data_and_meta_are_read_out_of_the_body() -> None:
    event = StoredEvent(1, "i", "s", 1, "a.b", 1, "o", "r", "li", b'{"data":{"n":1},"meta":{"by":"x"}}', b"l" * 32)
    assert (event.data, event.meta) == ({"n": 1}, {"by": "x"})
    assert event == StoredEvent(1, "i", "s", 1, "a.b", 1, "o", "r", "li", event.body, b"l" * 32)
