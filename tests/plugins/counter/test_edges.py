"""Slips and abuses at every command: each is told by its rule and stores nothing."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

LEAVE, BALANCE = "counter.leave-seat-dual-count", "counter.leave-seat-interim-balance"
SIGN_OFF, DIFF, SAFE = "counter.long-absence-signoff", "counter.atm-difference-same-day", "counter.large-cash-to-safe"
OPEN, SEAL = "counter.cash-bag-dual-open-morning", "counter.cash-bag-dual-seal-evening"
ENTRY, EXIT = "counter.van-two-person-entry", "counter.van-two-person-exit"
STATEMENTS, REVIEW = "counter.statement-custodian", "counter.review-work-done"
NAMED, FORCED, FORMS = (
    "counter.named-responsible-and-implementer",
    "counter.seal-forced-pass-minimise",
    "counter.no-form-filling-for-customer",
)
GONE = "counter leave zhao --witness sun --count 5 --witness-count 5"
SUSPENDED = "counter diff suspend 1 --approver chen --account 8800 --by qian"
SHORT = "counter diff open --atm A1 --amount -5"

REFUSED: list[tuple[tuple[str, ...], str, int, str]] = [
    ((GONE,), GONE, 4, LEAVE),
    ((), "counter leave zhao --witness sun --count 5 --witness-count 5 --single --reason x", 4, LEAVE),
    ((), "counter leave zhao --witness sun --count 5 --witness-count 5 --currency yuan", 4, LEAVE),
    ((GONE,), "counter return zhao --at 07:00", 4, SIGN_OFF),
    ((GONE, "counter return zhao"), "counter return AW-1", 4, SIGN_OFF),
    ((GONE, "counter return zhao"), "counter signoff AW-1", 4, SIGN_OFF),
    ((GONE,), "counter attest AW-1 --witness wang --witness-count 5", 4, LEAVE),
    ((), "counter return zhao", 10, ""),
    ((), "counter balance zhao --interim --final --book 1", 2, ""),
    ((), "counter balance zhao --book 1", 2, ""),
    ((), "counter balance zhao --interim --book 1 --currency x", 4, BALANCE),
    ((), "counter vault-in zhao --amount 0", 4, SAFE),
    ((), "counter vault-in zhao --amount -5", 4, SAFE),
    ((), "counter diff open --amount 5", 2, ""),
    ((), "counter diff open --atm A1 --till zhao --amount 5", 2, ""),
    ((), "counter diff open --atm A1 --amount 5 --teller nobody", 10, ""),
    ((SHORT,), "counter diff follow 1 --note x", 4, DIFF),
    ((SHORT,), "counter diff dispose 1 --disposition customer-card --approver chen --by qian", 4, DIFF),
    ((SHORT, SUSPENDED), SUSPENDED, 4, DIFF),
    ((SHORT, SUSPENDED), "counter diff resolve 1", 4, DIFF),
    ((SHORT, SUSPENDED), "counter diff dispose 1 --disposition customer-card --approver chen --by chen", 4, DIFF),
    ((SHORT, "counter diff resolve 1"), "counter diff resolve 1", 4, DIFF),
    ((SHORT, "counter diff claim 1 --claim C-1"), "counter diff claim 1 --claim C-1", 4, DIFF),
    ((SHORT,), "counter diff claim 1 --claim C-1 --amount -5", 4, DIFF),
    ((SHORT,), 'counter diff suspend 1 --approver chen --account " " --by qian', 4, DIFF),
    ((), 'counter bag seal B1 --seal " " --amount 1 --by li,wang', 4, SEAL),
    ((), "counter bag seal B1 --seal 1 --amount -1 --by li,wang", 4, SEAL),
    (("counter bag open B1 --seal 1 --by li,wang",), "counter bag open B1 --seal 1 --by li,wang", 4, OPEN),
    ((), "counter van arrive --am --by li,wang --boxes -1", 4, ENTRY),
    ((), 'counter van none --am --reason " "', 4, ENTRY),
    (("counter van arrive --am --by li,wang",), "counter van none --am --reason x", 4, ENTRY),
    (("counter van arrive --am --by li,wang",), "counter van depart --am --by li,wang --at 07:00", 4, EXIT),
    (("counter van arrive --am --by li,wang",), "counter van depart --am --by li", 4, EXIT),
    (("counter van none --am --reason x",), "counter van depart --am --by li,wang", 4, EXIT),
    ((), "counter statement receive --count 3 --by li", 4, STATEMENTS),
    ((), "counter statement handover --from li --to qian", 4, STATEMENTS),
    (("counter statement custodian li",), "counter statement receive --count 0 --by li", 4, STATEMENTS),
    ((), "counter seal-check --result pass --account x --teller wang --date 2027-01-01", 4, FORCED),
    ((), "counter seal-total --total 1 --forced 2", 4, FORCED),
    ((), "counter inspect plan --area a --checker li --due 11-30 --unit x --size 2 --seed s", 4, REVIEW),
    ((), "counter inspect plan --area a --checker li --due 11-30 --unit x --size 0 --seed s", 4, REVIEW),
    ((), "counter control set k --responsible chen --implementer ' '", 4, NAMED),
    ((), "counter control retire k --reason x", 10, ""),
    ((), "counter appeal 1 --reason x", 10, ""),
    ((), "counter ack --by zhao --quiz 101", 4, "counter.internal-control-first"),
    ((), "counter suggest --text ' '", 4, "counter.improve-and-obey-rules"),
    ((), "counter decide 1 --decline", 10, ""),
    ((), "counter ids purge u1 --requester qian --reviewer chen", 4, "counter.purge-idle-savings-ids"),
    ((), "counter ids waive u1 --until 2026-12-31 --reason x", 4, "counter.purge-corporate-ids-elsewhere"),
    ((), "counter ids import missing.csv", 10, ""),
    ((), "counter special add --kind reversal --ref ' ' --by qian", 4, "counter.special-register-entered"),
    ((), "counter special print --date nonsense", 2, ""),
    ((), "counter breach list --period nonsense", 2, ""),
    ((), "counter nonsense", 2, ""),
]


@pytest.mark.parametrize(("before", "words", "code", "rule"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_slip_is_told_and_nothing_is_stored(
    cheap: Any, before: tuple[str, ...], words: str, code: int, rule: str
) -> None:
    """The exit code and the rule of the contract, words without holes, and the ledger as it was."""
    for line in before:
        cheap.ok(*shlex.split(line))
    size = len(cheap.events())
    error = cheap.fails(*shlex.split(words), exit=code)
    assert error.get("rule", "") == rule
    assert error["message"]
    assert "{" not in error["message"] + error.get("hint", "")
    assert len(cheap.events()) == size


@pytest.mark.parametrize("words", ["counter control set k --responsible chen --implementer qian", SHORT])
def test_the_future_is_refused_everywhere(cheap: Any, words: str) -> None:
    """Nothing has happened yet that is said to happen in an hour."""
    error = cheap.fails(*words.split(), "--at", "23:59", exit=4)
    assert error["message"].endswith("has not come yet.")
