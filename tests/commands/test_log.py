"""`branchops log`."""

from __future__ import annotations

from typing import Any

CONTRACT = ["pos", "id", "stream", "version", "type", "schema", "occurred_at", "recorded_at", "actor", "data", "meta"]


def test_rows_have_exactly_the_keys_of_the_contract_and_personal_data_is_masked(shop: Any) -> None:
    """Stored stamps as they are; the sealed gist shows as three stars."""
    case = shop.case("somebody's story")
    rows = shop.json("log", "--stream", case)
    assert [list(row) for row in rows] == [CONTRACT]
    assert {key: rows[0][key] for key in ("stream", "version", "type", "schema", "occurred_at", "actor", "data")} == {
        "stream": case,
        "version": 1,
        "type": "desk.received",
        "schema": 1,
        "occurred_at": "2026-11-23T02:00:00.000000Z",
        "actor": "li",
        "data": {"gist": "***", "taker": "li"},
    }


def test_entries_of_a_missing_plugin_stay_readable(shop: Any) -> None:
    """Without the desk plugin the same rows come, raw data and all."""
    shop.case()
    with_plugin = shop.json("log")
    shop.plugins = ()
    assert shop.json("log") == with_plugin


def test_filters_narrow_by_type_actor_and_short_id(shop: Any) -> None:
    """Types may hold a star; `--by` takes a name; `--stream` takes K-1."""
    case = shop.case()
    shop.answer(case, by="wang")
    types = lambda *argv: [row["type"] for row in shop.json("log", *argv)]  # noqa: E731
    assert types("--type", "desk.*") == ["desk.received", "desk.answered"]
    assert types("--type", "desk.answered", "--type", "desk.received") == ["desk.received", "desk.answered"]
    assert types("--by", "Wang Wei") == ["desk.answered"]
    assert types("--by", "system")[0] == "outlet.registered"
    assert types("--stream", "K-1", "--reverse") == ["desk.answered", "desk.received"]
    assert types("--stream", "li") == ["staff.added", "staff.role-given"]
    assert types("--type", "staff.*", "--limit", "1") == ["staff.added"]


def test_since_and_until_take_times_as_people_write_them(shop: Any) -> None:
    """A bare date begins at its midnight, and as `--until` counts to its end."""
    shop.case()
    shop.clock.set("2026-11-24 15:00")
    shop.case()
    streams = lambda *argv: [r["stream"] for r in shop.json("log", "--type", "desk.received", *argv)]  # noqa: E731
    assert streams("--since", "today") == ["K-2026-0002"]
    assert streams("--until", "yesterday") == ["K-2026-0001"]
    assert streams("--since", "yesterday 09:59", "--until", "2026-11-23 10:00") == []
    assert streams("--since", "11-23 10:00", "--until", "11-23 10:01") == ["K-2026-0001"]
    assert shop.run("log", "--since", "whenever").code == 2


def test_people_see_marks_for_what_must_not_be_overlooked(shop: Any) -> None:
    """Breach, void and backdated."""
    case = shop.case(loud=True)
    pos = shop.json("log", "--stream", case)[0]["pos"]
    shop.run("void", str(pos), "--reason", "wrong")
    shop.run("day", "open", "--at", "08:00")
    out = shop.run("log", "--limit", "99").out
    lines = {line.split()[4]: line for line in out.splitlines() if line.strip()[:1].isdigit()}
    assert lines["desk.received"].endswith("void, breach")
    assert lines["day.opened"].endswith("backdated")


def test_a_limit_below_zero_and_an_unknown_record_are_refused(shop: Any) -> None:
    """Exit 2 and 10."""
    assert shop.run("log", "--limit", "-1").code == 2
    assert shop.run("log", "--stream", "K-77").code == 10


def test_rows_are_streamed(shop: Any) -> None:
    """The table's rows are a generator: the first is there before the last was read."""
    from branchops.commands.log import _table

    session = shop.session()
    try:
        read: list[int] = []

        def events() -> Any:
            for event in session.branch.ledger.read():
                read.append(event.pos)
                yield event

        session.format = "jsonl"
        source = events()
        rows = iter(_table(session, source).rows)
        next(rows)
        assert read == [1]
        source.close()
    finally:
        session.close()
