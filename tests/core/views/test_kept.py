"""Answers over spans of rows: kept, and let go as soon as a row of the span changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from branchops.core.views.catchup import ReadModels
from branchops.core.views.kept import Span
from branchops.core.views.table import View


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A row that lies at an instant, or at none yet."""

    id: str
    at: datetime | None = None
    who: str = ""


VIEW = View(name="toy.visit", row=Visit, spans="at")
DAYS: Sequence[Span] = [(f"2026-11-{day:02}", f"2026-11-{day + 1:02}") for day in (21, 22, 23)]


@pytest.fixture
def models(tmp_path: Any) -> Any:
    made = ReadModels(tmp_path / "views.db")
    made.cursor(VIEW)
    store(made, *(visit(f"v{day}", day) for day in (21, 22, 23)))
    yield made
    made.close()


def visit(id_: str, day: int, who: str = "") -> Visit:
    return Visit(id=id_, at=datetime(2026, 11, day, 12, tzinfo=UTC), who=who)


def store(models: ReadModels, *rows: Visit, gone: Sequence[str] = ()) -> None:
    models.store(VIEW, {row.id: row for row in rows} | dict.fromkeys(gone))


def asked(models: ReadModels, view: View = VIEW, question: str = "who") -> tuple[list[Any], list[str]]:
    """The answers of the three days, and the days that had to be looked at."""
    looked: list[str] = []

    def find(span: Span) -> list[Any]:
        looked.append(span[0][-2:])
        return models.select(f"SELECT id, who FROM {view.table} WHERE at >= ? AND at < ?", span)

    return models.answers(view, question, DAYS, find), looked


FIRST = [[["v21", ""]], [["v22", ""]], [["v23", ""]]]


def test_what_was_answered_is_not_looked_for_again(models: ReadModels) -> None:
    assert asked(models) == (FIRST, ["21", "22", "23"])
    assert asked(models) == (FIRST, [])
    assert asked(models, question="another")[1] == ["21", "22", "23"]


@pytest.mark.parametrize(
    ("change", "answers", "looked"),
    [
        (lambda models: store(models, visit("v22", 22, "li")), [FIRST[0], [["v22", "li"]], FIRST[2]], ["22"]),
        (lambda models: store(models, visit("v22", 21)), [[["v21", ""], ["v22", ""]], [], FIRST[2]], ["21", "22"]),
        (lambda models: store(models, visit("new", 23)), [*FIRST[:2], [["new", ""], ["v23", ""]]], ["23"]),
        (lambda models: store(models, gone=["v21"]), [[], *FIRST[1:]], ["21"]),
        (lambda models: store(models, Visit(id="v23")), [*FIRST[:2], []], ["23"]),
        (lambda models: store(models, Visit(id="none"), visit("far", 28)), FIRST, []),
    ],
    ids=["changed", "moved", "new", "gone", "without its instant", "elsewhere"],
)
def test_a_change_lets_go_of_the_spans_a_row_was_and_is_in(
    models: ReadModels, change: Callable[[ReadModels], None], answers: list[Any], looked: list[str]
) -> None:
    asked(models)
    change(models)
    found, again = asked(models)
    assert ([sorted(day) for day in found], again) == (answers, looked)


def test_a_view_made_anew_has_no_answers(models: ReadModels) -> None:
    asked(models)
    models.forget(VIEW)
    models.cursor(VIEW)
    assert asked(models) == ([[], [], []], ["21", "22", "23"])


def test_an_answer_that_could_not_be_found_is_not_kept_and_nothing_stays_open(models: ReadModels) -> None:
    def fails(_span: Span) -> Any:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        models.answers(VIEW, "who", DAYS, fails)
    assert asked(models) == (FIRST, ["21", "22", "23"])


def test_no_spans_no_answers(models: ReadModels) -> None:
    assert models.answers(VIEW, "who", [], lambda _span: 1) == []


def test_an_index_may_be_over_several_columns(tmp_path: Any) -> None:
    both = msgspec.structs.replace(VIEW, index=("who", ("at", "who")))
    models = ReadModels(tmp_path / "views.db")
    models.cursor(both)
    found = models.select("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
    assert [" ".join(sql.split()).partition(" ON ")[2] for (sql,) in found] == [
        '"toy_visit" ("at", "who")',
        '"toy_visit" ("who")',
    ]
    models.close()
