"""The one path into the ledger: who must sign, what is judged, what is stored, and what is left when it is refused."""

from __future__ import annotations

import hashlib
from types import ModuleType
from typing import Any

import pytest

from branchops.core.branch import Branch
from branchops.core.entry import Act, Entry, New
from branchops.core.errors import Conflict, NotEntitled, NotFound, Rejected, UsageError
from branchops.core.ledger import canonical
from branchops.core.rulebook.policy import PolicySet
from branchops.testing import BranchKit

Kit = BranchKit


def size(kit: Kit) -> int:
    return kit.branch.ledger.head().size


def types(kit: Kit, after: int = 0) -> list[str]:
    return [event.type for event in kit.branch.ledger.read(after=after)]


def given(_state: Any, command: Any, _policy: Any) -> Any:
    return command


@pytest.fixture
def counting(toy_kit: Kit) -> Kit:
    """A branch whose people have their PINs, and a second staff id for Wang, who is also a general teller."""
    toy_kit.ok("staff", "add", "wang2", "--name", "Wang Fang", "--person", "wang", "--role", "general-teller")
    toy_kit.ok("staff", "role", "chen", "general-teller")
    toy_kit.pins("chen", "wang", "qian")
    return toy_kit


# --- two people


def ways(kit: Kit, toy: ModuleType) -> dict[str, Any]:
    """Every way in which somebody can try to record a count."""

    def through_batch(event: Any) -> None:
        with kit.branch.transaction() as tx:
            tx.act(Act(decide=given, command=event, target="counts", actor="chen", opens=True))

    return {
        "record": lambda event: kit.record(event, "counts"),
        "act": lambda event: kit.act(given, event, "counts", opens=True),
        "transaction": through_batch,
        "a plugin's own append": lambda event: kit.branch.record(Entry(event, "counts"), actor="system"),
        "a dry run": lambda event: kit.record(event, "counts", dry_run=True),
    }


@pytest.mark.parametrize("way", ["record", "act", "transaction", "a plugin's own append", "a dry run"])
def test_one_person_never_signs_twice_whichever_way_the_entry_comes(counting: Kit, toy: ModuleType, way: str) -> None:
    """Two staff ids of one human are one signer: rejected with the rule's id, nothing stored."""
    before = size(counting)
    with pytest.raises(Rejected) as caught:
        ways(counting, toy)[way](toy.Counted(amount=5, first="wang", second="wang2"))
    assert (caught.value.rule, caught.value.exit, size(counting)) == ("toy.two-people-count", 4, before)
    assert caught.value.message == "wang and wang2 are the same person (Wang Fang); two people must sign."


def test_one_person_never_signs_twice_on_the_command_line(counting: Kit) -> None:
    error = counting.fails("toy", "count", "5", "--first", "wang", "--second", "wang2", exit=4)
    assert (error["code"], error["rule"]) == ("rejected", "toy.two-people-count")


def test_the_head_is_bound_like_everybody(counting: Kit, toy: ModuleType) -> None:
    """The head may not sign for both, though the head holds the role as well."""
    with pytest.raises(Rejected):
        counting.record(toy.Counted(amount=5, first="chen", second="chen"), "counts")


def test_the_system_needs_signers_like_everybody(counting: Kit, toy: ModuleType) -> None:
    """An entry recorded by no one in particular still wants the PINs of those it names."""
    before = size(counting)
    with pytest.raises(NotEntitled):
        counting.branch.record(Entry(toy.Counted(amount=5, first="wang", second="qian"), "counts"), actor="system")
    assert size(counting) == before


def test_a_signer_must_hold_the_role_that_the_field_demands(counting: Kit, toy: ModuleType) -> None:
    """The refusal names who holds it."""
    with pytest.raises(NotEntitled) as caught:
        counting.record(toy.Counted(amount=5, first="qian", second="wang"), "counts")
    assert (caught.value.message, caught.value.hint, caught.value.rule) == (
        "wang does not hold the role general-teller.",
        "It is held by: chen, qian, wang2",
        "toy.two-people-count",
    )


def test_who_has_left_signs_nothing(counting: Kit, toy: ModuleType) -> None:
    counting.ok("staff", "leave", "wang", "--gone", "--from", "2026-11-23")
    counting.clock.set("2026-11-24 09:00")
    with pytest.raises(NotEntitled):
        counting.record(toy.Counted(amount=5, first="wang", second="qian"), "counts")


def test_a_signature_covers_the_stored_data(counting: Kit, toy: ModuleType) -> None:
    """Its digest is that of the canonical data in the ledger, and it names persons, roles and the instant."""
    done = counting.record(toy.Counted(amount=5, first="wang", second="qian"), "counts")
    stored = counting.branch.ledger.get(done.first.id)
    data = canonical.strict_decode(stored.body)["data"]
    digest = hashlib.sha256(canonical.encode(data)).hexdigest()
    assert [(s.staff, s.person, s.roles, s.digest, s.means) for s in counting.events()[-1].meta.signatures] == [
        ("wang", "wang", ("teller",), digest, "pin"),
        ("qian", "qian", ("general-teller",), digest, "pin"),
    ]


def test_everybody_named_in_a_list_signs(counting: Kit, toy: ModuleType) -> None:
    done = counting.record(toy.Witnessed(what="safe open", by=("wang", "qian", "chen")), "counts")
    assert [one.person for one in done.first.meta.signatures] == ["wang", "qian", "chen"]
    with pytest.raises(Rejected):
        counting.record(toy.Witnessed(what="safe open", by=("wang", "qian", "wang2")), "counts")


def test_a_signer_without_a_pin_cannot_sign(toy_kit: Kit, toy: ModuleType) -> None:
    before = size(toy_kit)
    with pytest.raises(NotEntitled):
        toy_kit.record(toy.Counted(amount=5, first="wang", second="qian"), "counts")
    assert size(toy_kit) == before


def test_a_wrong_pin_is_recorded_and_the_fifth_locks(counting: Kit) -> None:
    """Each attempt leaves a trace though the entry is refused; after the lock the right PIN is refused too."""
    wrong = counting.secrets_file({"wang": "not-it-1", "qian": "qian-5518"}, "wrong.toml")
    before = size(counting)
    for _attempt in range(5):
        counting.fails("--pins", wrong, "toy", "count", "5", "--first", "wang", "--second", "qian", exit=5)
    assert types(counting, before) == ["staff.pin-failed"] * 5 + ["staff.pin-locked"]
    error = counting.fails("toy", "count", "5", "--first", "wang", "--second", "qian", exit=5)
    assert "locked" in error["message"]
    assert not list(counting.branch.ledger.read(types=["toy.counted"]))


def test_a_dry_run_is_no_way_to_guess_a_pin(counting: Kit) -> None:
    """A wrong PIN counts in a dry run as well."""
    wrong = counting.secrets_file({"wang": "not-it-1", "qian": "qian-5518"}, "wrong.toml")
    before = size(counting)
    counting.fails("--pins", wrong, "--dry-run", "toy", "count", "5", "--first", "wang", "--second", "qian", exit=5)
    assert types(counting, before) == ["staff.pin-failed"]


# --- two clocks


def test_what_has_not_happened_yet_cannot_be_recorded(toy_kit: Kit, toy: ModuleType) -> None:
    before = size(toy_kit)
    with pytest.raises(Rejected):
        toy_kit.record(toy.Opened(title="Lamp"), New("T"), at="2026-11-23 08:31")
    assert size(toy_kit) == before


def test_backdating_is_lawful_and_visible(toy_kit: Kit, toy: ModuleType) -> None:
    """The claimed time is kept beside the machine's, and only the machine's starts the duty's clock."""
    done = toy_kit.ok("toy", "open", "--title", "Lamp", "--at", "2026-11-20 16:00")
    assert (done["occurred_at"], done["recorded_at"]) == ("2026-11-20T16:00:00+08:00", "2026-11-23T08:30:00+08:00")
    assert [duty.due.isoformat() for duty in toy_kit.duties()] == ["2026-11-26T00:30:00+00:00"]


# --- keys


def test_a_retry_with_its_key_is_answered_with_what_was_stored(toy_kit: Kit, toy: ModuleType) -> None:
    """All entries of the first try come back, nothing is added, and the claimed time plays no part."""
    command = (Entry(toy.Opened(title="Lamp"), New("T")), Entry(toy.Opened(title="Door"), New("T")))
    first = toy_kit.act(given, command, actor="chen", key="k-1", opens=True)
    before = size(toy_kit)
    toy_kit.clock.tick(hours=3)
    again = toy_kit.act(given, command, actor="chen", key="k-1", opens=True, at="2026-11-23 09:00")
    assert (again.replayed, size(toy_kit)) == (True, before)
    assert again.entries == first.entries


def test_a_keyed_command_of_many_streams_keeps_the_order_of_its_entries(toy_kit: Kit, toy: ModuleType) -> None:
    """Entries of one command may go to and fro between streams, and the store verifies with its keys."""
    from branchops.core.ledger.verify import verify

    command = [
        Entry(toy.Opened(title="a"), "T-a"),
        Entry(toy.Opened(title="b"), "T-b"),
        Entry(toy.Noted(topic="x"), "T-a"),
    ]
    before = size(toy_kit)
    done = toy_kit.act(given, command, key="k-2", opens=True)
    stored = list(toy_kit.branch.ledger.read(after=before))
    assert [(event.pos, event.stream, event.version) for event in stored[:3]] == [
        (before + 1, "T-a", 1),
        (before + 2, "T-b", 1),
        (before + 3, "T-a", 2),
    ]
    assert [entry.pos for entry in done.entries[:3]] == [before + 1, before + 2, before + 3]
    toy_kit.close()
    assert verify(toy_kit.store, full=True).ok


def test_a_key_used_for_something_else_is_a_conflict(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"), key="k-1")
    before = size(toy_kit)
    with pytest.raises(Conflict):
        toy_kit.record(toy.Opened(title="Door"), New("T"), key="k-1")
    assert size(toy_kit) == before


def test_the_command_line_tells_a_replay_from_a_conflict(toy_kit: Kit) -> None:
    toy_kit.ok("toy", "open", "--title", "Lamp", "--key", "k-1")
    assert toy_kit.ok("toy", "open", "--title", "Lamp", "--key", "k-1")["replayed"] is True
    assert toy_kit.fails("toy", "open", "--title", "Door", "--key", "k-1", exit=6)["code"] == "conflict"


# --- all or nothing


def test_a_dry_run_judges_and_stores_nothing(toy_kit: Kit, toy: ModuleType) -> None:
    """It shows the number that would be given, and neither ledger, views nor keys change."""
    done = toy_kit.record(toy.Opened(title="Lamp"), New("T"), dry_run=True)
    assert (done.stored, done.stream) == (False, "T-2026-0001")
    assert toy_kit.record(toy.Opened(title="Lamp"), New("T"), dry_run=True).stream == "T-2026-0001"
    assert (toy_kit.events("toy.opened"), toy_kit.rows("toy.case")) == ([], [])


def test_a_dry_run_with_personal_data_leaves_no_key_behind(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(toy.Told(name="Zhou"), "T-2026-0001", dry_run=True)
    assert list(toy_kit.branch.keys.subjects()) == []


def test_a_rejected_command_leaves_none_of_its_entries(toy_kit: Kit, toy: ModuleType) -> None:
    """The last entry's rejection takes the first ones with it, and their number is given again."""
    before = size(toy_kit)
    command = [toy.Opened(title="Lamp"), toy.Noted(topic="light"), toy.Noted(topic="light", amount=-1)]
    with pytest.raises(Rejected) as caught:
        toy_kit.act(given, [Entry(one) for one in command], New("T"))
    assert (size(toy_kit), caught.value.message, caught.value.rule) == (before, "-1 is below zero.", "toy.cap")
    assert toy_kit.record(toy.Opened(title="Lamp"), New("T")).stream == "T-2026-0001"
    assert toy_kit.rows("toy.topic") == []


def test_a_refused_command_of_a_batch_leaves_the_others_alone(toy_kit: Kit, toy: ModuleType) -> None:
    """Within one transaction, what follows a refused command is numbered, judged and folded as if it had never been."""

    def opened(*entries: Any) -> Act:
        return Act(decide=given, command=entries, target=New("T"), actor="chen")

    with toy_kit.branch.transaction() as tx:
        tx.act(opened(toy.Opened(title="a"), toy.Noted(topic="x", amount=2)))
        with pytest.raises(Rejected):
            tx.act(opened(toy.Opened(title="b"), toy.Noted(topic="x", amount=3), toy.Noted(topic="x", amount=-1)))
        tx.act(opened(toy.Opened(title="c"), toy.Noted(topic="x", amount=5)))
    assert [(row.id, row.title, row.total) for row in toy_kit.rows("toy.case")] == [
        ("T-2026-0001", "a", 2),
        ("T-2026-0002", "c", 5),
    ]
    assert [(row.topic, row.count, row.total) for row in toy_kit.rows("toy.topic")] == [("x", 2, 7)]


def test_an_entry_that_the_ledger_cannot_hold_takes_its_command_with_it(toy_kit: Kit, toy: ModuleType) -> None:
    """A stream name that is no text is found before anything is stored, also inside a batch that goes on."""
    before = size(toy_kit)
    with toy_kit.branch.transaction() as tx:
        bad = (Entry(toy.Opened(title="a"), New("T")), Entry(toy.Opened(title="b"), "half \ud800"))
        with pytest.raises(UsageError):
            tx.act(Act(decide=given, command=bad, target=None, actor="chen", opens=True))
        tx.act(Act(decide=given, command=toy.Opened(title="c"), target=New("T"), actor="chen"))
    assert [(e.pos, e.stream, e.version) for e in toy_kit.branch.ledger.read(after=before)] == [
        (before + 1, "T-2026-0001", 1)
    ]
    assert [row.title for row in toy_kit.rows("toy.case")] == ["c"]


def test_a_record_that_is_not_there_cannot_be_acted_on(toy_kit: Kit, toy: ModuleType) -> None:
    with pytest.raises(NotFound):
        toy_kit.act(given, toy.Noted(topic="x"), "T-2026-0007")


def test_a_decision_that_decides_nothing_is_an_error(toy_kit: Kit) -> None:
    with pytest.raises(UsageError):
        toy_kit.act(lambda _state, _command, _policy: (), None, New("T"))


def test_who_has_seen_an_older_version_is_told_so(toy_kit: Kit, toy: ModuleType) -> None:
    """The conflict carries the version the record is at."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(toy.Noted(topic="x"), "T-2026-0001")
    with pytest.raises(Conflict) as caught:
        toy_kit.act(given, toy.Noted(topic="x"), "T-2026-0001", expected=1)
    assert caught.value.details == {"actual": 2}
    toy_kit.act(given, toy.Noted(topic="x"), "T-2026-0001", expected=2)


def test_data_that_does_not_fit_its_type_is_refused(toy_kit: Kit, toy: ModuleType) -> None:
    """A plugin's slip (a text where a number belongs) is told, not stored."""
    before = size(toy_kit)
    with pytest.raises(UsageError):
        toy_kit.record(toy.Noted(topic="x", amount="three"), "T-a")
    assert size(toy_kit) == before


# --- verdicts


def test_a_breach_is_stored_with_its_rule_for_ever(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    done = toy_kit.record(toy.Noted(topic="x", amount=101), "T-2026-0001")
    stored = toy_kit.events("toy.noted")[-1]
    assert stored.meta.breaches == (done.verdicts[0],)
    assert (stored.meta.breaches[0].rule, stored.meta.breaches[0].facts) == (
        "toy.cap",
        {"topic": "x", "total": "101", "cap": "100"},
    )


def test_a_warning_is_shown_and_not_stored(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    done = toy_kit.record(toy.Noted(topic="x", amount=60), "T-2026-0001")
    assert [verdict.outcome for verdict in done.verdicts] == ["warning"]
    assert toy_kit.events("toy.noted")[-1].meta.breaches == ()


def test_a_want_of_entitlement_is_told_apart_from_an_impossible_claim(toy_kit: Kit, toy: ModuleType) -> None:
    with pytest.raises(NotEntitled) as caught:
        toy_kit.record(toy.Opened(title="Lamp"), New("T"), actor="guard")
    assert (caught.value.rule, caught.value.hint) == ("toy.guards-do-not-open", "Ask a teller.")


def test_a_validator_sees_the_facts_of_the_entries_before_it_in_its_command(toy_kit: Kit, toy: ModuleType) -> None:
    """The cap is broken by the second of two notes of one command, and only by that."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    notes = (toy.Noted(topic="x", amount=50), toy.Noted(topic="x", amount=51))
    done = toy_kit.act(given, notes, "T-2026-0001")
    assert [bool(entry.meta.breaches) for entry in done.entries[:2]] == [False, True]


# --- personal data


def test_personal_data_is_sealed_before_it_is_stored(toy_kit: Kit, toy: ModuleType) -> None:
    """No byte of it reaches ledger.db or views.db in clear, and the store's key opens it."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    done = toy_kit.record(toy.Told(name="Zhou Xun"), "T-2026-0001")
    assert toy_kit.branch.keys.unseal(done.first.data.name) == "Zhou Xun"
    assert toy_kit.row("toy.case", "T-2026-0001").told == done.first.data.name
    toy_kit.close()
    found = [path.name for path in toy_kit.store.iterdir() if path.is_file() and b"Zhou Xun" in path.read_bytes()]
    assert found == []


def test_a_sealed_text_carried_over_is_not_sealed_twice(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    first = toy_kit.record(toy.Told(name="Zhou Xun"), "T-2026-0001").first.data.name
    assert toy_kit.record(toy.Told(name=first), "T-2026-0001").first.data.name == first


def test_an_erased_person_gets_no_new_key(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    toy_kit.record(toy.Told(name="Zhou Xun"), "T-2026-0001")
    toy_kit.branch.keys.destroy("T-2026-0001")
    with pytest.raises(Rejected):
        toy_kit.record(toy.Told(name="Zhou Xun"), "T-2026-0001")


# --- answers of other plugins


def test_another_plugin_answers_in_the_same_transaction(toy_kit: Kit, toy: ModuleType) -> None:
    """Its entry follows at once, by the same actor, with the id of what it answers as its source."""
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    done = toy_kit.record(toy.Noted(topic="light"), "T-2026-0001", actor="li")
    assert [(entry.type, entry.stream, entry.actor) for entry in done.entries] == [
        ("toy.noted", "T-2026-0001", "li"),
        ("echo.heard", "E-2026-0001", "li"),
    ]
    assert done.entries[1].meta.source == f"reaction:{done.first.id}"


def test_an_answer_that_fails_is_a_warning_and_stops_nothing(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    done = toy_kit.record(toy.Noted(topic="crash"), "T-2026-0001")
    assert [(v.outcome, v.facts) for v in done.verdicts] == [
        ("warning", {"name": "echo", "error": "RuntimeError: no echo today"})
    ]
    assert [event.type for event in toy_kit.events()][-1] == "toy.noted"


def test_a_breach_is_heard_by_who_listens_for_breaches(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    done = toy_kit.record(toy.Noted(topic="x", amount=101), "T-2026-0001")
    assert [(e.type, e.data) for e in done.entries if e.type == "echo.alarmed"] == [
        ("echo.alarmed", type(done.entries[-1].data)(rule="toy.cap"))
    ]


def test_an_answer_that_fails_half_way_leaves_a_store_that_verifies(toy_kit: Kit, toy: ModuleType) -> None:
    """What it had yielded before it failed stays; ledger, numbers and views go on in step."""
    from branchops.core.ledger.verify import verify

    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    done = toy_kit.record(toy.Noted(topic="half"), "T-2026-0001")
    assert [entry.type for entry in done.entries] == ["toy.noted", "echo.heard"]
    assert toy_kit.record(toy.Noted(topic="light"), "T-2026-0001").entries[1].stream == "E-2026-0002"
    toy_kit.close()
    assert verify(toy_kit.store, full=True).ok


# --- struck out


def void(kit: Kit, event: Any, *, actor: str = "chen", **lies: str) -> Any:
    from branchops.core.own.events import Voided

    facts = {
        "target": event.id,
        "target_pos": event.pos,
        "target_type": event.type,
        "target_actor": event.actor,
        "reason": "typed wrongly",
    } | lies
    return kit.record(Voided(**facts), event.stream, actor=actor)


def test_who_recorded_it_or_the_head_strikes_it_out(toy_kit: Kit, toy: ModuleType) -> None:
    done = toy_kit.record(toy.Opened(title="Lamp"), New("T"), actor="wang")
    with pytest.raises(NotEntitled):
        void(toy_kit, done.first, actor="zhao")
    void(toy_kit, done.first, actor="wang")
    with pytest.raises(Rejected):
        void(toy_kit, done.first, actor="chen")


@pytest.mark.parametrize(
    "lie",
    [
        {"target_actor": "zhao"},
        {"target_type": "toy.noted"},
        {"target_pos": 1},
        {"target": "01a00000-0000-7000-8000-000000000000"},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_a_voiding_tells_the_truth_about_its_target(toy_kit: Kit, toy: ModuleType, lie: dict[str, Any]) -> None:
    """Nobody becomes entitled by naming another actor, type, position or entry than there is."""
    done = toy_kit.record(toy.Opened(title="Lamp"), New("T"), actor="wang")
    before = size(toy_kit)
    with pytest.raises((Rejected, NotFound)):
        void(toy_kit, done.first, actor="zhao" if "target_actor" in lie else "chen", **lie)
    assert size(toy_kit) == before


def test_a_voiding_goes_to_the_stream_of_its_target(toy_kit: Kit, toy: ModuleType) -> None:
    from branchops.core.own.events import Voided

    done = toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    event = Voided(
        target=done.first.id, target_pos=done.first.pos, target_type="toy.opened", target_actor="chen", reason="x"
    )
    with pytest.raises(Rejected):
        toy_kit.record(event, "elsewhere")


def test_what_follows_a_voiding_in_its_transaction_is_judged_without_the_voided(toy_kit: Kit, toy: ModuleType) -> None:
    """In one batch: a case is closed, the closing struck out, and a note goes on the open case."""
    from branchops.core.own.events import Voided

    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    closed = toy_kit.record(toy.Closed(), "T-2026-0001").first
    event = Voided(target=closed.id, target_pos=closed.pos, target_type=closed.type, target_actor="chen", reason="x")
    with toy_kit.branch.transaction() as tx:
        for one in (event, toy.Noted(topic="x")):
            tx.act(Act(decide=given, command=one, target="T-2026-0001", actor="chen"))
    row = toy_kit.row("toy.case", "T-2026-0001")
    assert (row.closed_at, row.notes) == (None, 1)


# --- opening and closing


def test_a_store_closed_and_opened_again_goes_on(toy_kit: Kit, toy: ModuleType) -> None:
    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    branch: Branch = toy_kit.reopen()
    assert branch.row("toy.case", "T-2026-0001").title == "Lamp"
    assert toy_kit.record(toy.Opened(title="Lamp"), New("T")).stream == "T-2026-0002"


def test_a_struck_out_role_counts_no_more_for_what_follows_in_its_transaction(toy_kit: Kit, toy: ModuleType) -> None:
    """The house itself is judged anew: a role given and struck out in one batch is not held."""
    from branchops.core.own.events import Voided
    from branchops.core.people.events import RoleGiven

    toy_kit.pins("wang", "zhao")
    proved = dict.fromkeys(("wang", "zhao"), "2026-11-23T00:30:00.000000Z")
    with toy_kit.branch.transaction(proved) as tx:
        role = RoleGiven(staff="zhao", role="general-teller", start=toy_kit.clock.today)
        given_role = tx.act(Act(decide=given, command=role, target="staff-zhao", actor="chen")).first
        count = Act(
            decide=given,
            command=toy.Counted(amount=1, first="wang", second="zhao"),
            target="counts",
            actor="chen",
            opens=True,
        )
        tx.act(count)
        event = Voided(
            target=given_role.id,
            target_pos=given_role.pos,
            target_type=given_role.type,
            target_actor=given_role.actor,
            reason="x",
        )
        tx.act(Act(decide=given, command=event, target="staff-zhao", actor="chen"))
        with pytest.raises(NotEntitled):
            tx.act(count)
    assert [event.type for event in toy_kit.events()][-3:] == ["staff.role-given", "toy.counted", "entry.voided"]


def test_a_command_that_strikes_out_and_records_anew_is_judged_in_one_piece(toy_kit: Kit, toy: ModuleType) -> None:
    """Refused, it leaves the case as it was also for the next command of the batch."""
    from branchops.core.own.events import Voided

    toy_kit.record(toy.Opened(title="Lamp"), New("T"))
    closed = toy_kit.record(toy.Closed(), "T-2026-0001").first
    event = Voided(target=closed.id, target_pos=closed.pos, target_type=closed.type, target_actor="chen", reason="x")

    def act(*entries: Any) -> Act:
        return Act(decide=given, command=entries, target="T-2026-0001", actor="chen")

    with toy_kit.branch.transaction() as tx:
        with pytest.raises(Rejected):
            tx.act(act(event, toy.Noted(topic="x"), toy.Noted(topic="x", amount=-1)))
        with pytest.raises(Rejected):
            tx.act(act(toy.Noted(topic="x")))
        tx.act(act(event, toy.Noted(topic="y"), toy.Closed()))
    assert [(row.topic, row.count) for row in toy_kit.rows("toy.topic")] == [("y", 1)]
    assert toy_kit.row("toy.case", "T-2026-0001").notes == 1


def test_a_view_first_asked_in_the_middle_of_a_command_holds_what_the_command_did_before(
    toy_kit: Kit, toy: ModuleType
) -> None:
    """The second entry's validator asks a view that nothing had asked before, and finds the first entry in it."""
    done = toy_kit.act(given, (toy.Opened(title="Lamp"), toy.Renamed(title="Lamp")), New("T"))
    assert [verdict.facts for verdict in done.verdicts] == [{"title": "Lamp"}]


def test_an_actor_who_is_nobody_here_records_nothing(kit: BranchKit) -> None:
    """The append path itself asks who acts: a plugin's own call is no way round the staff book."""
    with pytest.raises(NotEntitled):
        kit.record(PolicySet(key="outlet.hotline", value="95500", reason="test"), "policy", actor="nobody")
    assert not kit.events("policy.set")


def test_an_actor_who_has_left_records_nothing(kit: BranchKit) -> None:
    kit.ok("staff", "leave", "sun", "--gone", "--from", "2026-11-20")
    with pytest.raises(NotEntitled):
        kit.record(PolicySet(key="outlet.hotline", value="95500", reason="test"), "policy", actor="sun")
