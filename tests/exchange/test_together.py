"""Rows that are judged together: the ledger, the account and the rejects are those of one row after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branchops.core.bulk import Bulk
from branchops.core.errors import Conflict
from branchops.core.exchange import importing
from branchops.core.ledger.event import Firsts, new_ids
from branchops.core.ledger.verify import verify

ROW = st.tuples(
    st.integers(1, 30),
    st.sampled_from(["a", "b", "\u590d\u6838", "same", "forbidden", "e\u0301", "9" * 5000]),
    st.sampled_from(["", "12.50"]),
    st.sampled_from(["", "a customer's words"]),
)


def told(desk: Any) -> list[Any]:
    """The events of the notes, without what differs between any two runs."""
    return [
        (
            event.pos,
            event.stream,
            event.version,
            {**event.data, "words": "words" in event.data},
            {name: value for name, value in event.meta.items() if name not in ("asked", "policy")},
        )
        for event in desk.branch.ledger.read(types="notes.noted")
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=60), size=st.sampled_from([2, 7, 128]))
def test_together_and_one_by_one_come_to_the_same(
    make_kit: Callable[..., Any], notes: Any, tmp_path_factory: pytest.TempPathFactory, rows: list[Any], size: int
) -> None:
    folder = tmp_path_factory.mktemp("together")
    file = folder / "in.csv"
    lines = [",".join((str(number), text, amount, words)) for number, text, amount, words in rows]
    file.write_text("\n".join(["number,text,amount,words", *lines, ""]), encoding="utf-8")
    found = []
    for alone in (False, True):
        desk = make_kit(given=[("notes", notes)], bundled=False)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(importing, "TOGETHER", size)
            if alone:
                patched.setattr(Bulk, "act_all", _refused)
            done = desk.run("import", "notes", file, "--rejects", folder / "bad.csv", "--json")
        bad = (folder / "bad.csv").read_text(encoding="utf-8") if (folder / "bad.csv").exists() else ""
        (folder / "bad.csv").unlink(missing_ok=True)
        rows_found = [(row.id, row.text) for row in desk.branch.rows("notes.note")]
        assert verify(desk.branch.ledger.directory, full=True).findings == []
        found.append((done.exit, {**done.json(), "rejects": ""}, bad, told(desk), rows_found))
    assert found[0] == found[1]


def _refused(_tx: Bulk, _acts: Any) -> None:
    raise ValueError("one by one")


def test_rows_are_judged_together_where_nothing_speaks_against_it(bring: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the test above could compare a thing with itself."""
    monkeypatch.setattr(importing.Importer, "_act", lambda *_told: pytest.fail("judged alone"))
    assert bring("number,text\n" + "".join(f"{n},{n}\n" for n in range(300)))[1]["stored"] == 300


def test_a_refused_row_has_only_its_neighbours_judged_again(bring: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, act = [], importing.Importer._act
    monkeypatch.setattr(importing.Importer, "_act", lambda *told: alone.append(1) or act(*told))
    rows = "".join(f"{n},{'forbidden' if n == 200 else n}\n" for n in range(400))
    code, account, bad = bring("number,text\n" + rows)
    assert (code, account["stored"], [row[1] for row in bad], len(alone)) == (9, 399, ["200"], importing.TOGETHER)


def test_a_block_is_appended_whole_or_not_at_all(desk: Any) -> None:
    """The writer's own promise: streams, versions and keys are looked at before anything is taken in."""

    def firsts(*streams: str, key: str = "", schema: int = 1) -> tuple[Firsts, list[str]]:
        meta = f'{{"asked":"d","key":"{key}"}}'.encode() if key else b"{}"
        moments = ["2026-11-23T09:30:00.000000Z"] * len(streams)
        datas = [b'{"n":%d}' % n for n in range(len(streams))]
        return Firsts("a.b", schema, "li", streams, moments, datas, [meta] * len(streams)), new_ids(len(streams))

    ledger = desk.branch.ledger
    before = ledger.size()
    with ledger.write(desk.clock) as writer:
        writer.append_firsts(*firsts("s", "t"))
        for bad in (
            firsts("u", "u"),
            firsts("u", "s"),
            firsts("u", schema=0),
            firsts("u", ""),
            firsts("u", "v", key="k"),
        ):
            with pytest.raises((ValueError, Conflict)):
                writer.append_firsts(*bad)
        writer.append_firsts(*firsts("u", key="k"))
        with pytest.raises(ValueError, match="own"):
            writer.append_firsts(*firsts("v", key="k"))
        found = writer.find_key("k")
        assert (found.digest, found.first, found.last) == ("d", before + 3, before + 3)
    with desk.branch.ledger.write(desk.clock) as writer, pytest.raises(ValueError, match="own"):
        writer.append_firsts(*firsts("w", key="k"))
    stored = list(ledger.read(after=before))
    assert [(event.pos - before, event.stream, event.version, event.data) for event in stored] == [
        (1, "s", 1, {"n": 0}),
        (2, "t", 1, {"n": 1}),
        (3, "u", 1, {"n": 0}),
    ]
    assert verify(ledger.directory, full=True).findings == []
