"""Penalties as a function of history: any order of recording, voiding and backdating gives the same ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.plugins.hygiene.rules.penalty import Deed, Terms, penalties

START = datetime(2026, 1, 5, 1, tzinfo=UTC)
KINDS = ("smoking", "desk", "unreturned", "litter")


def terms(window: str = "calendar-year", unit: str = "CNY") -> Terms:
    return Terms(unit=unit, each=Decimal("10.00"), window=window, guest_exempts=False)


def day_of(at: datetime) -> date:
    return at.date()


def deeds_of(raw: Iterable[tuple[int, str, str]]) -> list[Deed]:
    return [
        Deed(f"V-{number:03d}", person, kind, START + timedelta(hours=6 * when, seconds=number))
        for number, (when, person, kind) in enumerate(raw)
    ]


histories = st.lists(st.tuples(st.integers(0, 2000), st.sampled_from("abc"), st.sampled_from(KINDS)), max_size=12)
windows = st.sampled_from(["calendar-year", "calendar-month", "rolling-12-months", "lifetime"])


def naive(deeds: list[Deed], window: str) -> dict[str, Decimal]:
    """The rule read aloud, slowly: for each deed count those before it, then look the price up."""
    found = {}
    for deed in deeds:
        before = [
            other
            for other in deeds
            if (other.person, other.kind) == (deed.person, deed.kind) and (other.at, other.id) < (deed.at, deed.id)
        ]
        year, month = deed.at.year, deed.at.month
        counted = {
            "lifetime": before,
            "calendar-year": [one for one in before if one.at.year == year],
            "calendar-month": [one for one in before if (one.at.year, one.at.month) == (year, month)],
            "rolling-12-months": [one for one in before if (deed.at.date() - one.at.date()).days <= 365],
        }[window]
        free = deed.kind == "litter" or (deed.kind == "desk" and not counted)
        found[deed.id] = Decimal("0.00") if free else Decimal("10.00")
    return found


@pytest.mark.rule("hygiene.fine-smoking-10", "hygiene.fine-desk-from-second", "hygiene.fine-unreturned-10")
@given(histories, windows)
def test_the_table_is_the_rule_read_aloud(raw: list[tuple[int, str, str]], window: str) -> None:
    """Smoking and materials cost from the first time, desks from the second, anything else never."""
    deeds = deeds_of(raw)
    found = penalties(deeds, lambda _at: terms(window), day_of)
    assert {name: one.amount for name, one in found.items()} == naive(deeds, window)


@pytest.mark.rule("hygiene.penalise-poor-hygiene")
@given(histories, windows, st.randoms(use_true_random=False), st.sets(st.integers(0, 11)))
def test_order_and_voiding_leave_the_same_ledger(raw: Any, window: str, shuffle: Any, voided: set[int]) -> None:
    """However they were recorded, what remains decides: shuffled, with some recorded and taken out again."""
    deeds = deeds_of(raw)
    remaining = [deed for number, deed in enumerate(deeds) if number not in voided]
    shuffled = list(remaining)
    shuffle.shuffle(shuffled)
    assert penalties(shuffled, lambda _at: terms(window), day_of) == penalties(
        remaining, lambda _at: terms(window), day_of
    )


@pytest.mark.rule("hygiene.penalise-poor-hygiene")
@given(histories)
def test_without_a_mode_nothing_costs(raw: list[tuple[int, str, str]]) -> None:
    """With penalties off every deed is recorded and none costs."""
    found = penalties(deeds_of(raw), lambda _at: terms(unit=""), day_of)
    assert {(one.what, one.amount) for one in found.values()} <= {("none", Decimal("0.00"))}


# --- through the ledger


def add(kit: Any, *words: str, **how: Any) -> str:
    outcome = kit.ok("hygiene", "violation", "add", *words, **how)
    return str(outcome["id"])


def table(kit: Any) -> list[tuple[str, int, str]]:
    rows = kit.ok("hygiene", "penalty", "list")
    return [(row["at"][:10], row["occasion"], row["amount"]) for row in rows]


STORY = (
    ("2026-11-24 10:00", "desk"),
    ("2026-11-25 10:00", "desk"),
    ("2026-11-26 10:00", "smoking"),
    ("2026-11-27 10:00", "desk"),
)


@pytest.mark.rule("hygiene.penalise-poor-hygiene", "hygiene.fine-desk-from-second")
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_backdated_entries_give_the_ledger_that_orderly_ones_give(hygiene: Any, order: tuple[int, ...]) -> None:
    """Recorded in any order with --at, and one extra recorded and voided: the same occasions and amounts."""
    hygiene.clock.set("2026-11-30 09:00")
    for number in order:
        at, kind = STORY[number]
        add(hygiene, "--kind", kind, "--who", "qian", "--at", at)
    add(hygiene, "--kind", "desk", "--who", "qian", "--at", "2026-11-23 09:00")
    assert table(hygiene)[1][1:] == (2, "10.00")
    extra = hygiene.events("hygiene.violation-added")[-1]
    hygiene.ok("void", str(extra.pos), "--reason", "wrong desk")
    assert table(hygiene) == [
        ("2026-11-24", 1, "0.00"), ("2026-11-25", 2, "10.00"), ("2026-11-26", 1, "10.00"), ("2026-11-27", 3, "10.00"),
    ]  # fmt: skip


@pytest.mark.rule("hygiene.penalise-poor-hygiene")
def test_the_book_adds_up_to_the_table(hygiene: Any) -> None:
    """Every change of history is a line, and the lines of each violation add up to what it costs now."""
    hygiene.clock.set("2026-11-30 09:00")
    for at, kind in STORY:
        add(hygiene, "--kind", kind, "--who", "qian", "--at", at)
    first = hygiene.events("hygiene.violation-added")[0]
    hygiene.ok("void", str(first.pos), "--reason", "shared desk")
    sums: dict[str, Decimal] = {}
    for line in hygiene.ok("hygiene", "penalty", "book"):
        sums[line["id"]] = sums.get(line["id"], Decimal(0)) + Decimal(line["amount"])
    now = {row["id"]: Decimal(row["amount"]) for row in hygiene.ok("hygiene", "penalty", "list")}
    assert {name: amount for name, amount in sums.items() if name in now} == now
    assert sums[first.stream] == 0
    assert list(now.values()) == [Decimal("0.00"), Decimal("10.00"), Decimal("10.00")]


@pytest.mark.rule("hygiene.penalise-poor-hygiene")
def test_two_ids_of_one_person_are_one_history(hygiene: Any) -> None:
    """The person counts, not the account: the second desk under another id is the second occasion."""
    hygiene.ok("staff", "add", "qian2", "--name", "Qian Bo", "--role", "teller", "--person", "qian")
    add(hygiene, "--kind", "desk", "--who", "qian")
    add(hygiene, "--kind", "desk", "--who", "qian2", at="2026-11-24 09:00")
    assert [row[1:] for row in table(hygiene)] == [(1, "0.00"), (2, "10.00")]


@pytest.mark.rule("hygiene.penalise-poor-hygiene")
def test_only_the_administration_confirms_and_never_about_itself(hygiene: Any) -> None:
    """Another role is not entitled; somebody of the administration cannot confirm the own violation."""
    add(hygiene, "--kind", "smoking", "--who", "sun")
    add(hygiene, "--kind", "smoking", "--who", "li")
    assert (
        hygiene.fails("hygiene", "violation", "confirm", "1", "--by", "zhao", exit=5)["rule"]
        == "hygiene.penalise-poor-hygiene"
    )
    assert (
        hygiene.fails("hygiene", "violation", "confirm", "2", "--by", "li", exit=4)["rule"]
        == "hygiene.penalise-poor-hygiene"
    )
    assert hygiene.fails("hygiene", "fund", "in", "1", exit=2)["message"] == "Nothing is payable for V-2026-0001."
    assert [duty.subject for duty in hygiene.duties() if duty.rule == "hygiene.penalise-poor-hygiene"] == [
        "V-2026-0001", "V-2026-0002",
    ]  # fmt: skip


@pytest.mark.rule("hygiene.penalise-poor-hygiene")
def test_points_and_off_are_other_modes_from_the_day_they_are_set(hygiene: Any) -> None:
    """In points nothing comes into the fund; off nothing costs; what was done before keeps its terms."""
    add(hygiene, "--kind", "smoking", "--who", "sun")
    hygiene.clock.set("2026-11-24 08:00")
    hygiene.ok("policy", "set", "hygiene.penalty.mode", "points", "--reason", "advice")
    add(hygiene, "--kind", "smoking", "--who", "sun", at="2026-11-24 09:00")
    hygiene.ok("hygiene", "violation", "confirm", "2", "--by", "li", as_="li")
    assert (
        hygiene.fails("hygiene", "fund", "in", "2", "--amount", "1", exit=4)["rule"]
        == "hygiene.penalties-fund-activities"
    )
    hygiene.clock.set("2026-11-24 09:30")
    hygiene.ok("policy", "set", "hygiene.penalty.mode", "off", "--reason", "advice")
    add(hygiene, "--kind", "smoking", "--who", "sun", at="2026-11-24 10:00")
    rows = hygiene.ok("hygiene", "penalty", "list")
    assert [(row["amount"], row["unit"]) for row in rows] == [("10.00", "CNY"), ("1", "points"), ("0.00", "-")]


@pytest.mark.rule("hygiene.no-smoking-visitors-exempt", "hygiene.no-smoking-absolute")
@pytest.mark.parametrize(
    ("packs", "exempt", "who", "breaches"),
    [
        ("doc2", "visitor", "visitor", []),
        ("doc2", "none", "visitor", ["hygiene.no-smoking-visitors-exempt"]),
        ("doc3", "visitor", "visitor", ["hygiene.no-smoking-absolute"]),
        ("doc2,doc3", "visitor", "visitor", ["hygiene.no-smoking-absolute"]),
        ("doc2", "occasion", "sun", []),
        ("doc2", "visitor", "sun", ["hygiene.no-smoking-visitors-exempt"]),
        ("doc2,doc3", "occasion", "sun", ["hygiene.no-smoking-visitors-exempt", "hygiene.no-smoking-absolute"]),
    ],
)
def test_the_two_documents_read_smoking_as_chosen(
    hygiene: Any, packs: str, exempt: str, who: str, breaches: list[str]
) -> None:
    """C1: the exemption covers the visitor, the occasion or nobody; with document 3 the stricter prohibition stands."""
    hygiene.ok("policy", "set", "hygiene.packs", packs, "--reason", "choice")
    hygiene.ok("policy", "set", "hygiene.smoking.exempt", exempt, "--reason", "choice")
    hygiene.clock.tick(minutes=1)
    told = hygiene.ok("hygiene", "violation", "add", "--kind", "smoking", "--who", who, "--with-guest")
    assert [verdict["rule"] for verdict in told["verdicts"] if verdict["outcome"] == "breach"] == breaches


@pytest.mark.rule("hygiene.fine-smoking-10")
def test_two_reports_of_one_cigarette_are_one_occasion_once_a_reviewer_says_so(hygiene: Any) -> None:
    """The second report is pointed out; merged, it costs nothing and the first stands."""
    add(hygiene, "--kind", "smoking", "--who", "sun")
    told = hygiene.ok(
        "hygiene", "violation", "add", "--kind", "smoking", "--who", "sun", at="2026-11-23 08:40", as_="wang"
    )
    assert "It may be the same occasion as V-2026-0001." in [verdict["message"] for verdict in told["verdicts"]]
    add(hygiene, "--kind", "desk", "--who", "zhao")
    assert (
        hygiene.fails("hygiene", "violation", "merge", "2", "--into", "3", exit=4)["rule"] == "hygiene.fine-smoking-10"
    )
    hygiene.ok("hygiene", "violation", "merge", "2", "--into", "1")
    assert [row["id"] for row in hygiene.ok("hygiene", "penalty", "list") if row["kind"] == "smoking"] == [
        "V-2026-0001"
    ]


@pytest.mark.rule("hygiene.fine-unreturned-10", "hygiene.materials-returned")
def test_ten_files_of_one_consultation_are_one_occasion(hygiene: Any) -> None:
    """Materials are owed back by the end of the day; ten pieces not put back cost ten once."""
    hygiene.ok("hygiene", "borrow", "loan files", "--who", "zhao", "--pieces", "10", at="2026-11-23 10:00")
    (duty,) = [duty for duty in hygiene.duties() if duty.rule == "hygiene.materials-returned"]
    assert (duty.who, f"{duty.due:%m-%d %H:%M}") == ("zhao", "11-23 17:00")
    told = hygiene.ok("hygiene", "violation", "add", "--kind", "unreturned", "--who", "zhao", "--pieces", "10")
    assert {v["rule"] for v in told["verdicts"]} == {"hygiene.materials-returned", "hygiene.fine-unreturned-10"}
    assert [row["amount"] for row in hygiene.ok("hygiene", "penalty", "list")] == ["10.00"]
    hygiene.ok("hygiene", "return", "1")
    assert hygiene.fails("hygiene", "return", "1", exit=4)["rule"] == "hygiene.materials-returned"


@pytest.mark.rule("hygiene.lunch-in-small-room-only", "hygiene.no-littering", "hygiene.food-waste-cleared")
def test_other_kinds_are_breaches_without_money(hygiene: Any) -> None:
    """Litter, food waste, belongings, spitting and eating are recorded against their rule and cost nothing."""
    rules = {
        "litter": "hygiene.no-littering",
        "food-waste": "hygiene.food-waste-cleared",
        "stray": "hygiene.no-stray-belongings",
        "spitting": "hygiene.no-spitting",
        "eating": "hygiene.lunch-in-small-room-only",
    }
    for kind, rule in rules.items():
        told = hygiene.ok("hygiene", "violation", "add", "--kind", kind, "--who", "sun")
        assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", rule)]
        assert hygiene.fails("hygiene", "violation", "add", "--kind", kind, "--who", "sun", "--fine", "10", exit=4)[
            "rule"
        ]
    assert {row["amount"] for row in hygiene.ok("hygiene", "penalty", "list")} == {"0.00"}


def test_a_visitor_or_nobody_is_never_somebody_of_the_staff(hygiene: Any) -> None:
    """An unknown staff id is not found, and through the append path a visitor with a staff id is rejected."""
    from branchops.core.entry import New
    from branchops.core.errors import Rejected
    from branchops.plugins.hygiene.events.violations import ViolationAdded

    assert hygiene.fails("hygiene", "violation", "add", "--kind", "desk", "--who", "nobody", exit=10)
    with pytest.raises(Rejected):
        hygiene.record(ViolationAdded(kind="smoking", offender="visitor", who="sun", person="sun"), New("V"))
    with pytest.raises(Rejected):
        hygiene.record(ViolationAdded(kind="smoking", offender="staff", who="sun", person="zhao"), New("V"))


def test_only_who_is_blamed_contests(hygiene: Any) -> None:
    """An appeal is the person's own; pending, nothing is payable; refused, it stands as before."""
    add(hygiene, "--kind", "smoking", "--who", "sun")
    hygiene.ok("hygiene", "violation", "confirm", "1", "--by", "li", as_="li")
    assert hygiene.fails("hygiene", "violation", "appeal", "1", "--reason", "x", exit=5, as_="zhao")
    hygiene.ok("hygiene", "violation", "appeal", "1", "--reason", "not me", as_="sun")
    assert [row["payable"] for row in hygiene.ok("hygiene", "penalty", "list")] == ["0.00"]
    hygiene.ok("hygiene", "violation", "decide", "1", "--refused", "--by", "li", as_="li")
    assert [row["payable"] for row in hygiene.ok("hygiene", "penalty", "list")] == ["10.00"]
