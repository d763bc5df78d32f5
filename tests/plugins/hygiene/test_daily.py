"""Daily duties: who owes what until when, ticked in one round, and never cured afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.core.rulebook.duty import status


@pytest.fixture
def clean(hygiene: Any) -> Any:
    """Desks for zhao and sun, a rota of zhao alone, wang the steward."""
    hygiene.ok("hygiene", "zones", "adopt", "--desks", "zhao,sun")
    hygiene.ok("hygiene", "rota", "make", "--from", "2026-11-23", "--to", "2026-11-27", "--people", "zhao")
    return hygiene


def owed(kit: Any) -> list[tuple[str, str, str, str]]:
    """Rule, who or role, due, status; of hygiene only."""
    now = kit.clock.now()
    return sorted(
        (
            duty.rule.removeprefix("hygiene."),
            duty.who or duty.role,
            f"{duty.due.astimezone(kit.clock.zone):%m-%d %H:%M}",
            status(duty, now),
        )
        for duty in kit.duties(everything=True)
        if duty.rule.startswith("hygiene.") and duty.subject.startswith("2026-11-23")
    )


@pytest.mark.rule(
    "hygiene.own-bin-emptied-daily",
    "hygiene.personal-area-daily",
    "hygiene.tidy-on-leaving",
    "hygiene.power-off-on-leaving",
    "hygiene.all-bins-by-duty-person",
    "hygiene.clear-up-after-lunch",
    "hygiene.public-area-steward",
    "hygiene.daily-duty-rota",
)
def test_a_day_owes_what_both_documents_ask(clean: Any) -> None:
    """Each desk its bin, area, tidying and power; the duty person bins, areas, lunch; the steward supervises."""
    close = "11-23 17:00"
    assert owed(clean) == sorted(
        [
            *[(rule, who, close, "open") for who in ("zhao", "sun") for rule in DESK],
            ("power-off-on-leaving", "zhao", "11-23 23:59", "open"),
            ("all-bins-by-duty-person", "zhao", close, "open"),
            ("daily-duty-rota", "zhao", close, "open"),
            ("clear-up-after-lunch", "zhao", "11-23 13:30", "open"),
            ("public-area-steward", "wang", close, "open"),
        ]
    )


DESK = ("own-bin-emptied-daily", "personal-area-daily", "tidy-on-leaving", "power-off-on-leaving")


@pytest.mark.rule("hygiene.tidy-on-leaving", "hygiene.personal-area-daily", "hygiene.own-bin-emptied-daily")
def test_one_round_ticks_many_and_one_tick_serves_two_rules(clean: Any) -> None:
    """One command ends the day; the tidy tick meets both the tidying and the daily cleaning."""
    clean.clock.set("2026-11-23 16:50")
    done = clean.ok("hygiene", "round", "--who", "all", "--shared", "--last-out")
    assert len(done["also"]) + 1 == 10
    clean.ok("hygiene", "duty", "done", "supervise", as_="wang")
    left = [line for line in owed(clean) if line[3] != "met"]
    assert left == [("clear-up-after-lunch", "zhao", "11-23 13:30", "late")]
    assert clean.fails("hygiene", "round", "--who", "all", exit=2)["message"] == "Nothing new to tick."


@pytest.mark.rule("hygiene.own-bin-emptied-daily", "hygiene.daily-duty-rota")
def test_a_tick_of_the_next_morning_cures_nothing(clean: Any) -> None:
    """Ticked on Tuesday for Monday, even with --at: it counts when it was recorded, so Monday stays late."""
    clean.clock.set("2026-11-24 08:30")
    clean.ok("hygiene", "round", "--who", "zhao", "--for", "2026-11-23", "--at", "2026-11-23 16:55")
    states = {(rule, who): state for rule, who, _due, state in owed(clean)}
    assert states["own-bin-emptied-daily", "zhao"] == "late"
    assert states["own-bin-emptied-daily", "sun"] == "missed"


@pytest.mark.rule("hygiene.own-bin-emptied-daily", "hygiene.all-bins-by-duty-person")
@pytest.mark.parametrize(("mode", "own", "all_"), [("split", True, True), ("each", True, False), ("duty", False, True)])
def test_bins_follow_the_choice_between_the_documents(clean: Any, mode: str, own: bool, all_: bool) -> None:
    """C3: each the own and the duty person the common ones, each only, or the duty person all."""
    clean.clock.set("2026-11-23 08:50")
    clean.ok("policy", "set", "hygiene.bins.mode", mode, "--reason", "choice")
    rules = {rule for rule, *_rest in owed(clean)}
    assert ("own-bin-emptied-daily" in rules, "all-bins-by-duty-person" in rules) == (own, all_)


@pytest.mark.rule("hygiene.daily-duty-rota", "hygiene.public-area-steward")
@pytest.mark.parametrize(
    ("mode", "steward", "rota"), [("both", True, True), ("cleaners", True, False), ("rota", False, True)]
)
def test_public_areas_follow_the_choice_between_the_documents(clean: Any, mode: str, steward: bool, rota: bool) -> None:
    """C4: the steward supervises and the rota cleans, cleaners under the steward, or the rota alone."""
    clean.clock.set("2026-11-23 08:50")
    clean.ok("policy", "set", "hygiene.public.mode", mode, "--reason", "choice")
    rules = {rule for rule, *_rest in owed(clean)}
    assert ("public-area-steward" in rules, "daily-duty-rota" in rules) == (steward, rota)


def test_one_document_alone_asks_for_its_own_duties_only(clean: Any) -> None:
    """Document 2 alone: own bins and the steward; document 3 alone: no own bins, no steward."""
    clean.ok("policy", "set", "hygiene.packs", "doc2", "--reason", "choice")
    assert {rule for rule, *_rest in owed(clean)} == {"own-bin-emptied-daily", "public-area-steward"}
    clean.clock.set("2026-11-23 08:50")
    clean.ok("policy", "set", "hygiene.packs", "doc3", "--reason", "choice")
    rules = {rule for rule, *_rest in owed(clean)}
    assert "own-bin-emptied-daily" not in rules
    assert {"personal-area-daily", "all-bins-by-duty-person", "power-off-on-leaving"} <= rules


@pytest.mark.rule("hygiene.all-bins-by-duty-person")
def test_without_a_duty_person_the_steward_is_asked(clean: Any) -> None:
    """On leave without cover, bins and areas fall to the steward; desks of people on leave owe nothing."""
    clean.ok("staff", "leave", "zhao", "--from", "2026-11-23", "--until", "2026-11-23", "--reason", "sick")
    found = {(rule, who) for rule, who, *_rest in owed(clean)}
    assert ("all-bins-by-duty-person", "hygiene-steward") in found
    assert ("own-bin-emptied-daily", "zhao") not in found
    assert ("own-bin-emptied-daily", "sun") in found


@pytest.mark.rule("hygiene.power-off-on-leaving")
def test_only_the_exclusion_list_may_stay_on(clean: Any) -> None:
    """C22: alarm and cameras stay on; a printer left on is a breach; the list is the branch's."""
    fine = clean.ok("hygiene", "duty", "done", "last-out", "--left-on", "alarm,cctv")
    assert [verdict["outcome"] for verdict in fine["verdicts"]] == []
    wrong = clean.ok("hygiene", "duty", "done", "power", "--who", "sun", "--left-on", "printer")
    assert [(v["outcome"], v["rule"]) for v in wrong["verdicts"]] == [("breach", "hygiene.power-off-on-leaving")]


@pytest.mark.rule("hygiene.public-area-steward")
def test_only_the_steward_supervises(clean: Any) -> None:
    """Somebody else's supervision is no supervision."""
    assert (
        clean.fails("hygiene", "duty", "done", "supervise", exit=5, as_="sun")["rule"] == "hygiene.public-area-steward"
    )


@pytest.mark.rule("hygiene.meeting-room-after-use")
def test_a_room_is_cleaned_within_half_an_hour_by_who_booked_it(hygiene: Any) -> None:
    """The booker owes it; for a visitor the steward; late stays late; a second cleaning is none."""
    hygiene.ok("hygiene", "room", "used", "reception", "--by", "zhao", at="2026-11-23 10:00")
    hygiene.ok("hygiene", "room", "used", "large-meeting-room", "--visitor", "head office")
    found = [(d.who, d.role, f"{d.due.astimezone(hygiene.clock.zone):%H:%M}") for d in hygiene.duties()
             if d.rule == "hygiene.meeting-room-after-use"]  # fmt: skip
    assert found == [("zhao", "", "10:30"), ("", "hygiene-steward", "10:30")]
    hygiene.ok("hygiene", "room", "cleaned", "1", at="2026-11-23 10:45", as_="zhao")
    (late,) = [d for d in hygiene.duties(everything=True) if d.subject == "RU-2026-0001"]
    assert status(late, hygiene.clock.now()) == "late"
    assert hygiene.fails("hygiene", "room", "cleaned", "1", exit=4)["rule"] == "hygiene.meeting-room-after-use"


@pytest.mark.rule("hygiene.microwave-in-small-room")
def test_the_microwave_is_moved_once(hygiene: Any) -> None:
    """Listed elsewhere it is owed to be moved; moved, nothing is owed any more."""
    told = hygiene.ok("hygiene", "zones", "asset", "mw-1", "--kind", "microwave", "--zone", "water-bar")
    assert [verdict["rule"] for verdict in told["verdicts"]] == ["hygiene.microwave-in-small-room"]
    assert [d.subject for d in hygiene.duties() if d.rule == "hygiene.microwave-in-small-room"] == ["asset-mw-1"]
    hygiene.ok("hygiene", "zones", "asset", "mw-1", "--zone", "small-meeting-room")
    assert [d for d in hygiene.duties(everything=True) if d.rule == "hygiene.microwave-in-small-room"] == []


@pytest.mark.rule("hygiene.big-clean-twice-monthly", "hygiene.periodic-big-clean")
def test_a_clean_up_nobody_recorded_is_missed_by_the_clock(clean: Any) -> None:
    """Saturday 5 December is of an odd week: its record is owed on Monday, and missed on Tuesday."""
    clean.clock.set("2026-12-07 09:00")
    (due,) = [d for d in clean.duties() if d.rule == "hygiene.big-clean-twice-monthly" and "2026-12-05" in d.subject]
    assert status(due, clean.clock.now()) == "open"
    clean.clock.set("2026-12-08 09:00")
    (due,) = [
        d for d in clean.duties(everything=True) if d.rule == "hygiene.big-clean-twice-monthly" and "12-05" in d.subject
    ]
    assert status(due, clean.clock.now()) == "missed"


@pytest.mark.rule("hygiene.big-clean-odd-saturday-pm")
def test_another_day_or_a_morning_is_a_breach(clean: Any) -> None:
    """The truth is recorded: held on Sunday morning instead, flagged twice."""
    clean.clock.set("2026-12-06 12:00")
    told = clean.ok(
        "hygiene", "cleanup", "record", "--planned", "2026-12-05", "--held", "2026-12-06", "--start", "09:00"
    )
    assert [v["message"] for v in told["verdicts"] if v["outcome"] == "breach"] == [
        "The clean-up of 2026-12-05 was held on 2026-12-06.",
        "The clean-up began at 09:00; it belongs to the afternoon.",
    ]  # fmt: skip


@pytest.mark.rule("hygiene.periodic-big-clean")
def test_the_schedule_follows_the_rule_that_was_chosen(clean: Any) -> None:
    """C5, C7: nth Saturdays or every fortnight from a date instead of odd ISO weeks."""
    clean.ok("policy", "set", "hygiene.bigclean.rule", "nth-saturday", "--reason", "choice")
    dates = [line["date"] for line in clean.ok("hygiene", "cleanup", "plan", "--period", "2026-12")]
    assert dates == ["2026-12-05", "2026-12-19"]
    clean.ok("policy", "set", "hygiene.bigclean.nth", "2,4", "--reason", "choice")
    assert [line["date"] for line in clean.ok("hygiene", "cleanup", "plan", "--period", "2026-12")] == [
        "2026-12-12",
        "2026-12-26",
    ]
    clean.ok("policy", "set", "hygiene.bigclean.rule", "odd-iso-saturday", "--reason", "choice")
    clean.ok("policy", "set", "calendar.week_parity", "anchor", "--reason", "choice")
    clean.ok("policy", "set", "hygiene.bigclean.anchor", "2026-12-12", "--reason", "choice")
    assert [line["date"] for line in clean.ok("hygiene", "cleanup", "plan", "--period", "2026-12")] == [
        "2026-12-12",
        "2026-12-26",
    ]


@pytest.mark.rule("hygiene.no-rubbish-overnight")
def test_a_night_cleaner_takes_the_morning_find_off_the_staff(clean: Any) -> None:
    """Where a cleaner comes at night the rubbish of the morning is recorded about nobody of the staff."""
    clean.clock.set("2026-11-24 08:20")
    clean.ok("policy", "set", "hygiene.night-cleaner", "yes", "--reason", "contract")
    clean.clock.tick(minutes=1)
    told = clean.ok("hygiene", "violation", "add", "--kind", "rubbish-overnight")
    assert (told["data"]["offender"], told["data"]["day"]) == ("unknown", "2026-11-23")


@pytest.mark.rule("hygiene.devices-clean")
def test_a_shared_device_lists_everybody_who_uses_it(clean: Any) -> None:
    """Two people share a computer: both stand beside it."""
    clean.ok("hygiene", "zones", "asset", "pc-1", "--kind", "computer", "--zone", "desk-sun", "--users", "sun,zhao")
    (line,) = clean.ok("hygiene", "zones", "assets")
    assert line["users"] == ["sun Sun Yue", "zhao Zhao Lei"]


@pytest.mark.rule("hygiene.big-clean-twice-monthly", "hygiene.periodic-big-clean")
def test_a_clean_up_moved_by_a_holiday_is_owed_and_recorded_where_it_went(clean: Any) -> None:
    """2027-01-02 is a holiday and moves to the 16th: owed the Monday after, recorded under either date."""
    clean.ok("policy", "set", "calendar.holidays", "2027-01-01,2027-01-02,2027-01-03", "--reason", "New Year")
    clean.ok("policy", "set", "hygiene.bigclean.holiday", "move", "--reason", "choice")
    lines = clean.ok("hygiene", "cleanup", "plan", "--period", "2027-01")
    assert [line["date"] for line in lines] == ["2027-01-16", "2027-01-09", "2027-01-23"]
    clean.clock.set("2027-01-18 09:00")
    assert "2027-01-18/2027-01-16" in [d.subject for d in clean.duties()]
    told = clean.ok("hygiene", "cleanup", "record", "--planned", "2027-01-16", "--present", "chen")
    assert (told["id"], [v for v in told["verdicts"] if v["outcome"] == "breach"]) == ("bigclean-2027-01-02", [])
    met = [d for d in clean.duties(everything=True) if d.subject == "2027-01-18/2027-01-16"]
    assert [d.met is not None for d in met] == [True]
