"""What counts as the same problem again: a pure function of the findings that stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.improve.views.series import Case, Series, came, recurred, repeats, within

START = datetime(2026, 1, 1, tzinfo=UTC)
spans = st.lists(st.tuples(st.integers(0, 900), st.none() | st.integers(0, 200)), min_size=1, max_size=8)


def series(found: list[tuple[int, int | None]]) -> Series:
    """Findings opened so many days after the start, closed so many days later."""
    cases = [
        Case(
            f"F-{place}",
            START + timedelta(days=opened),
            None if length is None else START + timedelta(days=opened + length),
        )
        for place, (opened, length) in enumerate(found)
    ]
    return Series(
        key="r||u", rule="r", unit="u", cases=tuple(sorted(cases, key=lambda case: (case.opened_at, case.id)))
    )


@given(found=spans, window=st.integers(0, 400))
def test_a_repeat_looks_back_over_the_window_and_nothing_else(found: list[tuple[int, int | None]], window: int) -> None:
    """Exactly the earlier findings opened at most so many days before; the first never repeats anything."""
    row = series(found)
    for place, own in enumerate(row.cases):
        expected = [c.id for c in row.cases[:place] if own.opened_at - c.opened_at <= timedelta(days=window)]
        assert list(repeats(row, own.id, window)) == expected
    assert repeats(row, row.cases[0].id, window) == ()


@given(found=spans, window=st.integers(0, 400))
def test_only_a_closed_finding_comes_back(found: list[tuple[int, int | None]], window: int) -> None:
    """Later findings opened after the closing and within the window; an open one has not come back."""
    row = series(found)
    for place, own in enumerate(row.cases):
        later = row.cases[place + 1 :]
        closed = own.closed_at
        expected = [
            c.id for c in later if closed is not None and timedelta() <= c.opened_at - closed <= timedelta(days=window)
        ]
        assert list(recurred(row, own.id, window)) == expected


@given(found=spans, window=st.integers(0, 400), hours=st.integers(-48, 24_000))
def test_the_cases_of_a_window_are_found_without_reading_the_whole_series(
    found: list[tuple[int, int | None]], window: int, hours: int
) -> None:
    """Whole days before an instant, as the window counts them; none after it."""
    row, at = series(found), START + timedelta(hours=hours)
    assert within(row, at, window) == tuple(case for case in row.cases if 0 <= (at - case.opened_at).days <= window)
    assert within(None, at, window) == ()


@given(found=spans)
def test_cases_stand_in_the_order_of_their_opening_however_they_come(found: list[tuple[int, int | None]]) -> None:
    row = series(found)
    grown = Series(key="r||u", rule="r", unit="u")
    for place, (opened, _length) in enumerate(found):
        grown = came(grown, SimpleNamespace(stream=f"F-{place}", occurred_at=START + timedelta(days=opened)))  # type: ignore[arg-type]
    assert [case.id for case in grown.cases] == [case.id for case in row.cases]


def test_an_unknown_series_or_finding_repeats_nothing() -> None:
    """No row, no repeats."""
    row = series([(0, 1)])
    assert (repeats(None, "F-0", 9), repeats(row, "F-9", 9), recurred(None, "F-0", 9), recurred(row, "F-9", 9)) == (
        (), (), (), (),
    )  # fmt: skip
