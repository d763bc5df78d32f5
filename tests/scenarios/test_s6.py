"""S6: a letter that exceeds the outlet goes to head office, and the customer is not forgotten meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchops.testing import BranchKit

C = "C-2026-0001"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4 the letter")
    return path


@pytest.fixture
def letter(kit: BranchKit, scan: Path) -> BranchKit:
    """A letter that arrived on Friday, opened and taken by Li on Monday."""
    kit.pins("chen", "li")
    told = ("--gist", "a loan nobody signed", "--file", scan, "--received-on", "2026-11-20", "--postmark", "2026-11-18")
    made = kit.ok("complaints", "receive", "--channel", "letter", *told, at="2026-11-23 09:05", as_="li")
    assert (made["id"], made["data"]["enters"], made["verdicts"]) == (C, True, [])
    return kit


def due(kit: BranchKit) -> dict[str, tuple[str, str, str]]:
    """What is owed about the complaint: subject → due, status, who."""
    shown = [one for one in kit.ok("due") if one["subject"].startswith(C)]
    return {f"{one['rule']}@{one['subject']}": (one["due"], one["status"], one["who"]) for one in shown}


@pytest.mark.rule("complaints.letter-handler-registers")
def test_the_clock_of_a_letter_runs_from_its_arrival(letter: BranchKit) -> None:
    """Arrived Friday 20th: not counted; Saturday, Sunday, Monday; ends Monday at five."""
    assert due(letter)[f"complaints.reply-within-three-days@{C}"][:2] == ("2026-11-23T17:00:00+08:00", "open")
    wrong = ("--channel", "letter", "--gist", "x", "--received-on", "2026-11-20", "--postmark", "2026-11-21")
    error = letter.fails("complaints", "receive", *wrong, exit=4, as_="li")
    assert (error["rule"], error["message"]) == (
        "complaints.letter-handler-registers",
        "The postmark 2026-11-21 is later than the arrival.",
    )


@pytest.mark.rule("complaints.escalate-after-head-confirms")
def test_it_does_not_go_up_before_the_head_has_confirmed(letter: BranchKit, scan: Path) -> None:
    error = letter.fails("complaints", "escalate", C, "--copy", scan, exit=4, as_="li")
    assert (error["rule"], error["message"]) == (
        "complaints.escalate-after-head-confirms",
        f"The head has not confirmed that {C} is beyond the outlet's authority.",
    )


@pytest.fixture
def confirmed(letter: BranchKit) -> BranchKit:
    letter.ok("complaints", "confirm-beyond-authority", C, "--by", "chen", "--reason", "credit", at="09:30")
    return letter


@pytest.mark.rule("complaints.letter-copy-retained")
def test_a_letter_does_not_go_up_without_its_copy(confirmed: BranchKit) -> None:
    error = confirmed.fails("complaints", "escalate", C, "--to", "service standards", exit=4, as_="li")
    assert (error["rule"], error["hint"]) == (
        "complaints.letter-copy-retained",
        "Scan it: --copy FILE, or file the paper: --paper-copy NUMBER",
    )
    confirmed.ok("complaints", "escalate", C, "--paper-copy", "2026-17", as_="li")


@pytest.fixture
def escalated(confirmed: BranchKit, scan: Path) -> BranchKit:
    """Monday 10:00: with its copy to head office."""
    confirmed.ok("complaints", "escalate", C, "--to", "service standards", "--copy", scan, at="10:00", as_="li")
    return confirmed


@pytest.mark.rule("complaints.escalate-beyond-outlet")
def test_a_confirmed_case_is_owed_upward_within_a_working_day(confirmed: BranchKit, scan: Path) -> None:
    rule = f"complaints.escalate-beyond-outlet@{C}"
    assert due(confirmed)[rule] == ("2026-11-24T17:00:00+08:00", "open", "li")
    confirmed.ok("complaints", "escalate", C, "--copy", scan, at="10:00", as_="li")
    assert rule not in due(confirmed)
    (shown,) = [one for one in confirmed.ok("show", C)["duties"] if one["rule"] == "complaints.escalate-beyond-outlet"]
    assert shown["status"] == "met"


def test_going_up_stops_no_clock_and_the_regulators_runs_beside(escalated: BranchKit) -> None:
    """An interim reply is still owed by Monday five; fifteen calendar days end on Tuesday the 8th."""
    kit = escalated
    found = due(kit)
    assert found[f"complaints.reply-within-three-days@{C}"][1] == "open"
    assert found[f"complaints.reply-within-three-days@{C}#regulator"][0] == "2026-12-08T17:00:00+08:00"
    kit.clock.set("2026-11-23 17:05")
    assert due(kit)[f"complaints.reply-within-three-days@{C}"][1] == "overdue"
    kit.clock.set("2026-11-23 16:00")
    kit.ok("complaints", "reply", C, "--via", "letter", "--interim", "--text", "at head office", as_="li")
    kit.clock.set("2026-11-25 09:00")
    found = due(kit)
    assert f"complaints.reply-within-three-days@{C}" not in found
    assert found[f"complaints.reply-within-three-days@{C}#regulator"][1] == "open"


@pytest.mark.rule("complaints.letter-follow-hq")
def test_head_office_is_asked_every_five_days_and_its_silence_becomes_the_heads(escalated: BranchKit) -> None:
    kit = escalated
    first = f"complaints.letter-follow-hq@{C}#hq1"
    assert due(kit)[first] == ("2026-11-30T17:00:00+08:00", "open", "li")
    kit.clock.set("2026-12-01 09:00")
    assert due(kit)[first] == ("2026-11-30T17:00:00+08:00", "overdue", "chen")
    assert first.split("@")[1] in {one["subject"] for one in kit.ok("complaints", "overdue")}
    kit.ok("complaints", "hq-status", "add", C, "--text", "with the credit department", as_="li")
    assert due(kit)[f"complaints.letter-follow-hq@{C}#hq2"] == ("2026-12-07T17:00:00+08:00", "open", "li")
    kit.ok("complaints", "hq-status", "add", C, "--text", "loan cancelled", "--result", at="2026-12-02 10:00", as_="li")
    found = due(kit)
    assert not any("follow-hq" in name for name in found)
    assert found[f"complaints.track-escalated@{C}#result"] == ("2026-12-03T17:00:00+08:00", "open", "li")
    assert "loan cancelled" in kit.ok("report", "opinion-register")[0]["handling"]


@pytest.mark.rule("complaints.track-escalated")
def test_the_customer_hears_of_the_result(escalated: BranchKit) -> None:
    kit = escalated
    kit.ok("complaints", "hq-status", C, "--text", "loan cancelled", "--result", at="2026-12-02 10:00", as_="li")
    kit.ok("complaints", "reply", C, "--via", "letter", "--text", "loan cancelled", at="2026-12-02 15:00", as_="li")
    assert f"complaints.track-escalated@{C}#result" not in due(kit)


def test_a_scan_edited_later_is_found(escalated: BranchKit, scan: Path) -> None:
    """The ledger keeps the digest of the file: what was changed since is named, and the exit code says integrity."""
    assert {row["state"] for row in escalated.ok("complaints", "evidence")} == {"same"}
    scan.write_bytes(b"%PDF-1.4 another letter")
    done = escalated.run("complaints", "evidence", "--json")
    assert (done.exit, [row["state"] for row in done.json()]) == (8, ["changed", "changed"])
    verified = escalated.run("verify", "--json")
    found = [(one["code"], one["pos"]) for one in verified.json()["findings"]]
    kept = [one.pos for one in escalated.events() if getattr(one.data, "sha256", "")]
    assert (verified.exit, verified.json()["ok"], found) == (8, False, [("file-changed", pos) for pos in kept])
    scan.unlink()
    assert [row["state"] for row in escalated.ok("complaints", "evidence")] == ["gone", "gone"]
    assert escalated.ok("verify")["ok"]


def test_the_sheet_for_head_office_carries_the_copy_and_the_clocks(escalated: BranchKit) -> None:
    sheet = escalated.ok("complaints", "sheet", C)
    assert (sheet["to"], sheet["confirmed_by"], len(sheet["copy_kept"])) == ("service standards", "chen Chen Jie", 64)
    assert {one["id"] for one in sheet["duties"]} >= {f"complaints.reply-within-three-days@{C}#regulator"}
