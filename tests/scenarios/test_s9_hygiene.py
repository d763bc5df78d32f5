"""S9, the hygiene part: odd-week Saturdays, a month that has three, a swap, a missed turn, last night's light."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.core.people.events import RoleGiven


@pytest.fixture
def branch(kit: Any) -> Any:
    """Zones and desks are drawn, December's rota is made for four people; wang is the steward."""
    for staff, role in (("li", "admin-dept"), ("wang", "hygiene-steward")):
        kit.record(RoleGiven(staff=staff, role=role, start=kit.clock.today), f"staff-{staff}", actor="system")
    kit.ok("hygiene", "zones", "adopt", "--desks", "zhao,li,sun,qian")
    kit.ok("hygiene", "rota", "make", "--from", "2026-12-01", "--to", "2026-12-31", "--people", "zhao,li,sun,qian")
    return kit


def who(kit: Any, day: str) -> dict[str, str]:
    (line,) = [line for line in kit.ok("hygiene", "rota", "show", "--month", "2026-12") if line["date"] == day]
    return {name: line[name] for name in ("who", "planned", "via")}


def owed(kit: Any, rule: str, day: str) -> list[tuple[str, str, str]]:
    from branchops.core.rulebook.duty import status

    now = kit.clock.now()
    found = [duty for duty in kit.duties(everything=True) if duty.rule == rule and duty.subject.startswith(day)]
    return [(duty.who, duty.role, status(duty, now)) for duty in found]


@pytest.mark.rule("hygiene.big-clean-odd-saturday-pm")
def test_the_hour_is_asked_for_until_somebody_sets_it(branch: Any) -> None:
    """The hour of the clean-up is never guessed: the check and the plan say so until it is set."""
    messages = [line["message"] for line in branch.run("hygiene", "check", "--json").json()]
    assert "The hour of the big clean-up is not set." in messages
    told = branch.run("hygiene", "cleanup", "plan", "--period", "2026-12", "--format", "plain").out
    assert "Time not set" in told
    branch.ok("policy", "set", "hygiene.bigclean.time", "16:30", "--reason", "agreed")
    messages = [line["message"] for line in branch.run("hygiene", "check", "--json").json()]
    assert "The hour of the big clean-up is not set." not in messages
    assert (
        "Begins at 16:30." in branch.run("hygiene", "cleanup", "plan", "--period", "2026-12", "--format", "plain").out
    )


@pytest.mark.rule("hygiene.big-clean-twice-monthly", "hygiene.periodic-big-clean")
def test_january_2027_has_three_odd_saturdays_and_keeps_two(branch: Any) -> None:
    """W53 and W01 are both odd; 2 January is in the New Year holiday, so two of three stay, with the reason."""
    early = branch.run("hygiene", "cleanup", "plan", "--period", "2027-01", "--format", "plain").out
    assert "The statutory holidays of 2027 are not known yet" in early
    branch.ok("policy", "set", "calendar.holidays", "2027-01-01,2027-01-02,2027-01-03", "--reason", "New Year")
    lines = branch.ok("hygiene", "cleanup", "plan", "--period", "2027-01")
    assert [(line["date"], line["week"], line["state"]) for line in lines] == [
        ("2027-01-02", "W53", "dropped"),
        ("2027-01-09", "W01", "to-come"),
        ("2027-01-23", "W03", "to-come"),
    ]
    told = branch.run("hygiene", "cleanup", "plan", "--period", "2027-01", "--format", "plain").out
    assert "2027-01: 3 by the schedule, 2 kept; the rule asks for two." in told
    branch.ok("policy", "set", "hygiene.bigclean.holiday", "keep", "--reason", "try")
    kept = branch.run("hygiene", "cleanup", "plan", "--period", "2027-01", "--format", "plain").out
    assert "2027-01-02 and 2027-01-09 are odd weeks one after the other (a year of 53 weeks)." in kept


@pytest.mark.rule("hygiene.big-clean-twice-monthly")
def test_who_is_not_named_is_unrecorded_and_not_absent(branch: Any) -> None:
    """Two are excused with a reason, one is unrecorded; set right later, and the first record stays in the ledger."""
    branch.clock.set("2026-12-19 18:00")
    branch.ok(
        "hygiene", "cleanup", "record", "--planned", "2026-12-19", "--start", "16:30",
        "--present", "chen,zhao,qian", "--excused", "sun=ill", "--excused", "wang=at head office",
    )  # fmt: skip
    page = branch.ok("hygiene", "cleanup", "show", "2026-12-19")
    presence = {line["who"]: line["presence"] for line in page["attendance"]}
    assert presence == {
        "chen": "present", "li": "unrecorded", "qian": "present", "sun": "excused",
        "wang": "excused", "zhao": "present",
    }  # fmt: skip
    assert branch.fails("hygiene", "cleanup", "attend", "2026-12-19", "--excused", "li=", exit=4)
    branch.ok("hygiene", "cleanup", "attend", "2026-12-19", "--absent", "li")
    page = branch.ok("hygiene", "cleanup", "show", "2026-12-19")
    assert {line["who"]: line["presence"] for line in page["attendance"]}["li"] == "absent"


@pytest.mark.rule("hygiene.daily-duty-rota")
def test_a_swap_needs_both_consents_and_keeps_who_was_due_at_first(branch: Any) -> None:
    """One consent is not enough; with both, recorded or signed, the turns change and the plan stays visible."""
    days = {line["who"]: line["date"] for line in reversed(branch.ok("hygiene", "rota", "show", "--month", "2026-12"))}
    swap = ["hygiene", "rota", "swap", "zhao", "li", "--on-a", days["zhao"], "--on-b", days["li"]]
    assert branch.fails(*swap, exit=4)["rule"] == "hygiene.daily-duty-rota"
    assert branch.fails(*swap, "--consent", "zhao", exit=4)["message"] == "li has not agreed to the swap."
    branch.ok(*swap, "--consent", "both")
    assert who(branch, days["zhao"]) == {"who": "li", "planned": "zhao", "via": "swap"}
    assert who(branch, days["li"]) == {"who": "zhao", "planned": "li", "via": "swap"}
    branch.pins("zhao", "li")
    back = ["hygiene", "rota", "swap", "li", "zhao", "--on-a", days["zhao"], "--on-b", days["li"], "--sign"]
    branch.ok(*back)
    assert who(branch, days["zhao"])["who"] == "zhao"
    assert [len(event.meta.signatures) for event in branch.events("hygiene.turns-swapped")] == [0, 2]


@pytest.mark.rule("hygiene.daily-duty-rota")
def test_who_took_the_turn_and_did_not_come_missed_it(branch: Any) -> None:
    """After the swap Li is due on Zhao's day; nobody comes: Li missed it, Zhao is untouched."""
    days = {line["who"]: line["date"] for line in reversed(branch.ok("hygiene", "rota", "show", "--month", "2026-12"))}
    branch.ok(
        "hygiene", "rota", "swap", "zhao", "li", "--on-a", days["zhao"], "--on-b", days["li"], "--consent", "both"
    )
    branch.clock.set(f"{days['zhao']} 20:00")
    assert owed(branch, "hygiene.daily-duty-rota", days["zhao"]) == [("li", "", "missed")]
    done = branch.run("day", "close", "--json")
    missed = [one for one in done.json()["missed"] if one["rule"] == "hygiene.daily-duty-rota"]
    assert [one["who"] for one in missed if one["subject"] == days["zhao"]] == ["li"]


@pytest.mark.rule("hygiene.power-off-on-leaving", "hygiene.no-rubbish-overnight")
def test_last_nights_light_belongs_to_last_nights_person(branch: Any) -> None:
    """What Tuesday's opening finds goes to Monday's last one out, and cannot be put on anybody else."""
    branch.clock.set("2026-12-04 18:30")  # a Friday
    branch.ok("hygiene", "round", "--last-out", "--left-on", "alarm", as_="sun")
    branch.clock.set("2026-12-07 08:20")  # the Monday after
    error = branch.fails("hygiene", "violation", "add", "--kind", "power-left-on", "--who", "qian", exit=4)
    assert error["message"] == "On 2026-12-04 it was sun, not qian."
    found = branch.ok("hygiene", "violation", "add", "--kind", "power-left-on", "--note", "hall lights")
    assert (found["data"]["who"], found["data"]["day"]) == ("sun", "2026-12-04")
    assert [v["rule"] for v in found["verdicts"] if v["outcome"] == "breach"] == ["hygiene.power-off-on-leaving"]
    rubbish = branch.ok("hygiene", "violation", "add", "--kind", "rubbish-overnight")
    friday = who(branch, "2026-12-04")["who"]
    assert (rubbish["data"]["who"], rubbish["data"]["day"]) == (friday, "2026-12-04")
    error = branch.fails("hygiene", "violation", "add", "--kind", "rubbish-overnight", "--for", "2026-12-07", exit=4)
    assert error["rule"] == "hygiene.no-rubbish-overnight"
