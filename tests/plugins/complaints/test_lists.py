"""Lists and pages, and histories that nobody thought of: whatever is recorded folds the same from scratch."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchops.core.entry import New
from branchops.core.errors import BranchOpsError
from branchops.plugins.complaints import events as ev
from branchops.testing import BranchKit

C, D, E = "C-2026-0001", "C-2026-0002", "C-2026-0003"
Take = Callable[..., Any]


@pytest.fixture
def three(desk: BranchKit, take: Take) -> BranchKit:
    """An oral complaint of Wang's, a letter of Li's with a cause, and one that was taken back."""
    take("oral", "--business", "B3")
    take("letter", as_="li")
    take("book", as_="li")
    desk.ok("complaints", "cause", D, "C7", "--text", "fee", as_="li")
    desk.ok("complaints", "withdraw", E, as_="li")
    return desk


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), [D, C]),
        (("--all",), [E, D, C]),
        (("--channel", "oral"), [C]),
        (("--owner", "Li Na"), [D]),
        (("--status", "withdrawn"), [E]),
        (("--cause", "c7"), [D]),
        (("--business", "b3"), [C]),
        (("--period", "2026-11", "--all"), [E, D, C]),
        (("--period", "2026-10", "--all"), []),
        (("--all", "--limit", "1"), [E]),
        (("--kind", "praise"), []),
    ],
)
def test_complaints_are_found_by_what_is_known_of_them(
    three: BranchKit, words: tuple[str, ...], found: list[str]
) -> None:
    assert [row["id"] for row in three.ok("complaints", "list", *words)] == found


def test_a_row_of_the_list_tells_programs_the_codes_and_the_instants(three: BranchKit) -> None:
    (row,) = three.ok("complaints", "list", "--channel", "letter")
    assert row == {
        "id": D,
        "received_on": "2026-11-23",
        "received_at": "2026-11-23T10:00:00+08:00",
        "channel": "letter",
        "channel_title": "letter",
        "kind": "complaint",
        "gist": "***",
        "owner": "li",
        "status": "received",
        "status_title": "received",
        "due_on": "2026-11-26",
        "due": "2026-11-26T17:00:00+08:00",
        "reply": "open",
        "reply_title": "open",
        "cause": "C7",
        "business": "",
        "outcome": "",
    }


def test_the_list_fits_a_terminal_of_eighty_columns(three: BranchKit) -> None:
    for lang in ("en", "zh"):
        out = three.run("complaints", "list", "--all", lang=lang).out
        assert max(map(len, out.splitlines())) <= 80


LISTS = [
    ("complaints", "overdue"),
    ("complaints", "gaps", "2026-11"),
    ("complaints", "mine"),
    ("complaints", "pingpong"),
    ("report", "complaints-overdue"),
    ("report", "complaint-gaps"),
    ("report", "complaint-pingpong"),
]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_people_are_shown_the_first_rows_of_a_long_list_and_programs_all(
    desk: BranchKit, take: Take, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note says how many more there are, and how to get them: with --limit 0 people are shown all."""
    monkeypatch.setattr("branchops.showing.PAGE", 2)
    for number in range(3):
        case = take("letter")["id"]
        if "pingpong" in "".join(words):
            for giver, to in (("wang", "li"), ("li", "wang")):
                desk.ok("complaints", "handover", case, "--to", to, as_=giver)
                desk.ok("complaints", "accept", case, as_=to)
        assert case == f"C-2026-000{number + 1}"

    def seen(*more: str) -> tuple[list[bool], str]:
        done = desk.run(*words, *more, as_="wang", at="2026-11-27 12:00")
        return [case in done.out for case in (C, D, E)], " ".join(done.out.split())

    rows = desk.run(*words, "--json", as_="wang", at="2026-11-27 12:00").json()
    said = f"{len(rows) - 2} more; for all of them: --limit 0"
    assert len(rows) >= 3
    assert (said in seen()[1], seen()[0][2]) == (True, False)
    assert (seen("--limit", "0")[0], "more;" in seen("--limit", "0")[1]) == ([True, True, True], False)
    assert len(desk.run(*words, "--json", "--limit", "1", as_="wang", at="2026-11-27 12:00").json()) == 1
    assert desk.run(*words, "--limit", "-1", as_="wang").exit == 2


@pytest.mark.parametrize("name", ["opinion-register", "complaint-statistics"])
def test_registers_and_statistics_are_always_whole(
    desk: BranchKit, take: Take, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branchops.showing.PAGE", 1)
    for _number in range(3):
        take("letter")
    whole = desk.run("report", name, "--format", "html").out
    assert (C in whole and D in whole and E in whole) is (name == "opinion-register")
    assert "more;" not in whole
    assert desk.fails("report", name, "--limit", "1", exit=2)["message"] == (
        f"The report {name} is no list: it is always whole."
    )


@pytest.mark.parametrize("words", [("--limit", "0"), ("--status", "lost"), ("--period", "2026-13")])
def test_a_question_that_makes_no_sense_is_a_mistake_of_usage(desk: BranchKit, words: tuple[str, ...]) -> None:
    assert desk.run("complaints", "list", *words).exit == 2


def test_what_is_judged_anew_replaces_and_the_rest_stays(three: BranchKit) -> None:
    three.ok("complaints", "classify", C, "--level", "complex", "--tag", "media", "--tag", "vulnerable", as_="li")
    three.ok("complaints", "classify", C, "--urgency", "II", as_="li")
    case = three.row("complaints.case", C)
    assert (case.level, case.urgency, case.sensitivity, case.business) == (
        "complex",
        "II",
        ("media", "vulnerable"),
        "B3",
    )


WORDS = st.sampled_from(["a", "b", "电话 13812345601", "", " "])
STAFF = st.sampled_from(["li", "wang", "chen", "zhao"])
OUTCOMES: Any = st.sampled_from(["upheld", "not-upheld"])
EVENTS = st.one_of(
    st.builds(ev.HandedOver, to=STAFF),
    st.builds(ev.Accepted, by=STAFF, enters=st.booleans()),
    st.builds(ev.Replied, by=STAFF, via=st.just("phone"), text=WORDS, interim=st.booleans(), on_the_spot=st.booleans()),
    st.builds(ev.CauseFound, code=st.sampled_from(["C1", "C99", "C77"]), text=WORDS),
    st.builds(ev.Resolved, outcome=OUTCOMES, facts=WORDS, amount=st.sampled_from([None, Decimal("0.10")])),
    st.builds(ev.Investigated, finding=WORDS, investigator=STAFF),
    st.builds(ev.KindJudged, kind=st.sampled_from(["complaint", "praise"]), reason=WORDS),
    st.builds(ev.Withdrawn, reason=WORDS),
    st.builds(ev.Linked, to=st.sampled_from([C, D])),
    st.builds(ev.Merged, into=st.sampled_from([C, D])),
    st.builds(ev.Unmerged, reason=WORDS),
    st.builds(ev.Surveyed, score=st.integers(0, 6)),
    st.builds(ev.HqStatus, text=WORDS, result=st.booleans()),
)  # fmt: skip
_stores = itertools.count()


@settings(max_examples=12)
@given(st.lists(st.tuples(EVENTS, STAFF, st.sampled_from([C, D])), max_size=14))
def test_any_history_is_taken_or_refused_and_folds_the_same_from_scratch(
    make_kit: Callable[..., BranchKit], history: list[tuple[Any, str, str]]
) -> None:
    """Nothing but a told refusal comes back, every duty can be derived, and rebuilt rows equal those that grew."""
    kit = make_kit()
    for channel in ("oral", "letter"):
        kit.record(ev.Received(channel=channel, gist="x", taker="wang", readback="yes"), New("C"), actor="wang")  # type: ignore[arg-type]
    stored = 2
    refused: list[str] = []
    for event, actor, stream in history:
        try:
            kit.record(event, stream, actor=actor)
            stored += 1
        except BranchOpsError as error:
            refused.append(error.message)
        kit.clock.tick(minutes=7)
    assert len([one for one in kit.events() if one.type.startswith("complaints.")]) == stored
    assert "" not in refused
    kit.duties(everything=True)
    grown = kit.rows("complaints.case"), kit.rows("complaints.complainant")
    kit.close()
    (kit.store / "views.db").unlink()
    assert (kit.rows("complaints.case"), kit.rows("complaints.complainant")) == grown
