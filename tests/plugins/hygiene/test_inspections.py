"""Inspections, zones and spot checks: who may look, what is answered, what it comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.extend.packs import load_pack
from branchops.plugins import hygiene as plugin
from branchops.plugins.hygiene.events.spotchecks import SpotChecksPlanned
from branchops.plugins.hygiene.rules.spotting import commitment, draw

PACK = load_pack(plugin.HERE / "pack.toml")
ROWS = PACK.data["checklist"]
BY_RULE = {rule: row for row in ROWS for rule in row["rules"]}
CHECKED = [
    pytest.param("hygiene.copier-no-waste", marks=pytest.mark.rule("hygiene.copier-no-waste")),
    pytest.param("hygiene.desk-cables-orderly", marks=pytest.mark.rule("hygiene.desk-cables-orderly")),
    pytest.param("hygiene.desk-dust-free", marks=pytest.mark.rule("hygiene.desk-dust-free")),
    pytest.param("hygiene.desk-essentials-only", marks=pytest.mark.rule("hygiene.desk-essentials-only")),
    pytest.param("hygiene.desk-floor-clean", marks=pytest.mark.rule("hygiene.desk-floor-clean")),
    pytest.param("hygiene.desk-items-tidy", marks=pytest.mark.rule("hygiene.desk-items-tidy")),
    pytest.param("hygiene.devices-clean", marks=pytest.mark.rule("hygiene.devices-clean")),
    pytest.param("hygiene.doors-windows-glass", marks=pytest.mark.rule("hygiene.doors-windows-glass")),
    pytest.param("hygiene.equipment-no-grime", marks=pytest.mark.rule("hygiene.equipment-no-grime")),
    pytest.param("hygiene.fax-paper-stocked", marks=pytest.mark.rule("hygiene.fax-paper-stocked")),
    pytest.param("hygiene.floor-air-fresh", marks=pytest.mark.rule("hygiene.floor-air-fresh")),
    pytest.param("hygiene.floor-cables-protected", marks=pytest.mark.rule("hygiene.floor-cables-protected")),
    pytest.param("hygiene.food-waste-cleared", marks=pytest.mark.rule("hygiene.food-waste-cleared")),
    pytest.param("hygiene.good-personal-habits", marks=pytest.mark.rule("hygiene.good-personal-habits")),
    pytest.param("hygiene.kettles-in-order", marks=pytest.mark.rule("hygiene.kettles-in-order")),
    pytest.param("hygiene.keyboard-clean", marks=pytest.mark.rule("hygiene.keyboard-clean")),
    pytest.param("hygiene.meeting-rooms-dustfree", marks=pytest.mark.rule("hygiene.meeting-rooms-dustfree")),
    pytest.param("hygiene.no-littering", marks=pytest.mark.rule("hygiene.no-littering")),
    pytest.param("hygiene.no-spitting", marks=pytest.mark.rule("hygiene.no-spitting")),
    pytest.param("hygiene.no-stray-belongings", marks=pytest.mark.rule("hygiene.no-stray-belongings")),
    pytest.param("hygiene.others-in-drawers", marks=pytest.mark.rule("hygiene.others-in-drawers")),
    pytest.param("hygiene.plants-fresh", marks=pytest.mark.rule("hygiene.plants-fresh")),
    pytest.param("hygiene.public-floor-items", marks=pytest.mark.rule("hygiene.public-floor-items")),
    pytest.param("hygiene.rags-in-place", marks=pytest.mark.rule("hygiene.rags-in-place")),
    pytest.param("hygiene.sink-clean", marks=pytest.mark.rule("hygiene.sink-clean")),
    pytest.param("hygiene.water-bar-dry-clean", marks=pytest.mark.rule("hygiene.water-bar-dry-clean")),
    pytest.param("hygiene.wiring-neat", marks=pytest.mark.rule("hygiene.wiring-neat")),
]
ZONE_OF = {
    "personal": "desk-zhao", "public": "shared-floor", "office": "gm-office", "outside": "stairs",
    "meeting": "reception",
    "equipment": "copier-corner", "water-bar": "water-bar", "gm-office": "gm-office", "closing": "desk-zhao",
    "small-meeting-room": "small-meeting-room",
}  # fmt: skip


@pytest.fixture
def zones(hygiene: Any) -> Any:
    """The catalogue drawn, desks for zhao and sun."""
    hygiene.ok("hygiene", "zones", "adopt", "--desks", "zhao,sun")
    return hygiene


def codes(kit: Any, zone: str, *more: str) -> list[str]:
    return [line["code"] for line in kit.ok("hygiene", "sheet", zone, *more)]


@pytest.mark.parametrize("rule", CHECKED)
def test_every_checklist_rule_is_a_row_that_is_asked_and_scored(zones: Any, rule: str) -> None:
    """The row of the rule is on the sheet of a zone it fits; failing it takes its points and stands under its rule."""
    row = BY_RULE[rule]
    zone = ZONE_OF[row["scope"][0]]
    answer = f"{row['code']}=fail:{next(iter(row.get('reasons', ())), 'seen')}"
    part = zones.ok("hygiene", "inspect", zone, "--item", answer, "--rest", "pass", "--by", "chen")
    found = zones.row("hygiene.inspection", part["id"])
    assert (found.possible - found.reached, found.score < 100) == (row.get("points", 1), True)
    result = next(one for one in part["data"]["results"] if one["code"] == row["code"])
    assert (result["answer"], result["rule"]) == ("fail", row["rules"][0])


def test_the_list_of_checklist_rules_is_whole() -> None:
    """Every rule of kind checklist with a row is in the list above, so that none goes unasked."""
    assert sorted(rule.id for rule in PACK.rules if rule.kind == "checklist" and rule.id in BY_RULE) == [
        param.values[0] for param in CHECKED
    ]


@pytest.mark.rule("hygiene.consciously-keep-office")
def test_the_office_as_a_whole_is_scored_by_its_sections_only(zones: Any) -> None:
    """The purpose clause is a section without a row: no inspection asks it, every score counts for it."""
    (root,) = [row for row in PACK.data["section"] if row.get("rules")]
    assert root["rules"] == ["hygiene.consciously-keep-office"]
    assert [row["code"] for row in ROWS if row["section"] == root["code"]] == []
    zones.ok("hygiene", "inspect", "desk-zhao", "--item", "D01=fail:papers", "--rest", "pass", "--by", "chen")
    lines = zones.ok("report", "hygiene-scores")
    assert [(line["zone"], line["n"]) for line in lines] == [("desk-zhao", 1), ("all", 1)]


def test_what_is_not_applicable_stays_out_of_the_score(zones: Any) -> None:
    """A vacant desk has no score at all; without the fail and the rows that do not apply the rest is a hundred."""
    vacant = zones.ok("hygiene", "inspect", "desk-zhao", "--vacant", "--by", "chen")
    assert "score" not in zones.ok("show", vacant["id"])
    some = zones.ok("hygiene", "inspect", "desk-zhao", "--item", "D03=na:repair", "--rest", "pass", "--by", "chen")
    page = zones.ok("show", some["id"])
    every = sum(row["points"] for row in page["results"])
    left = next(row["points"] for row in page["results"] if row["code"] == "D03")
    assert (page["score"], page["points"]) == ("100.0", f"{every - left}/{every - left}")


@pytest.mark.rule("hygiene.consciously-keep-office")
def test_a_scored_row_gets_what_it_was_given_and_sections_roll_up(zones: Any) -> None:
    """One of two points for dust: the section and the whole show it; more points than there are is no answer."""
    done = zones.ok("hygiene", "inspect", "desk-zhao", "--item", "D02=1/2", "--rest", "pass", "--by", "chen")
    page = zones.ok("show", done["id"])
    assert [(line["section"], line["possible"] - line["reached"]) for line in page["sections"]] == [
        ("desk", 1), ("conduct", 0), ("office", 1),
    ]  # fmt: skip
    assert zones.fails("hygiene", "inspect", "desk-zhao", "--item", "D02=3/2", "--rest", "pass", "--by", "chen", exit=2)


def test_silence_is_no_pass(zones: Any) -> None:
    """A row nobody answered is asked for by name; not-applicable and a judgement's fail need words."""
    error = zones.fails("hygiene", "inspect", "desk-zhao", "--item", "D01=pass", "--by", "chen", exit=2)
    assert error["message"].startswith("Not answered: D02")
    assert zones.fails("hygiene", "inspect", "desk-zhao", "--item", "D01=na", "--rest", "pass", "--by", "chen", exit=4)
    error = zones.fails(
        "hygiene", "inspect", "shared-floor", "--item", "P02=fail", "--rest", "pass", "--by", "chen", exit=4
    )
    assert error["message"] == "P02 is a judgement: a fail needs a note."
    assert zones.fails(
        "hygiene", "inspect", "desk-zhao", "--item", "D13=fail:hair", "--rest", "pass", "--by", "chen", exit=2
    )


@pytest.mark.rule("hygiene.random-spot-checks", "hygiene.desk-dust-free")
def test_nobody_inspects_an_own_desk_under_any_id(zones: Any) -> None:
    """Zhao's desk is not inspected by Zhao, nor by Zhao's second id."""
    zones.ok("staff", "add", "zhao2", "--name", "Zhao Lei", "--role", "teller", "--person", "zhao")
    for who in ("zhao", "zhao2"):
        error = zones.fails("hygiene", "inspect", "desk-zhao", "--rest", "pass", "--by", who, exit=4)
        assert error["rule"] == "hygiene.random-spot-checks"


@pytest.mark.rule("hygiene.floor-cables-protected")
def test_a_critical_fail_is_put_right_by_a_day_and_verified_by_somebody_else(zones: Any) -> None:
    """Uncovered cables: two working days, critical; who put it right does not verify it."""
    done = zones.ok(
        "hygiene", "inspect", "copier-corner", "--item", "E05=fail:by the door", "--rest", "pass", "--by", "chen"
    )
    (duty,) = [d for d in zones.duties() if d.subject == "HI-2026-0001#E05"]
    assert (duty.rule, duty.critical, f"{duty.due:%m-%d}") == ("hygiene.floor-cables-protected", True, "11-25")
    assert zones.ok("show", done["id"])["critical_fail"] is True
    assert zones.fails("hygiene", "action", "done", "1", "E05", "--by", "sun", "--verified-by", "sun", exit=4)
    zones.ok("hygiene", "action", "done", "1", "E05", "--by", "sun", "--verified-by", "li")
    assert zones.ok("hygiene", "action", "list") == []
    assert [d for d in zones.duties() if d.subject == "HI-2026-0001#E05"] == []


@pytest.mark.rule("hygiene.fax-paper-stocked")
def test_no_fax_any_more_is_not_applicable_by_the_asset_list(zones: Any) -> None:
    """Not a permanent pass and not a permanent fail."""
    zones.ok("hygiene", "zones", "asset", "fax-1", "--kind", "fax", "--zone", "copier-corner")
    zones.ok("hygiene", "zones", "asset", "fax-1", "--gone")
    done = zones.ok("hygiene", "inspect", "copier-corner", "--rest", "pass", "--by", "chen")
    (fax,) = [one for one in done["data"]["results"] if one["code"] == "E02"]
    assert (fax["answer"], fax["reason"]) == ("na", "no-asset")


@pytest.mark.rule("hygiene.cleaner-zones")
def test_the_cleaners_fails_are_the_contractors_and_never_a_fine(zones: Any) -> None:
    """Stairs fail: the contractor puts it right, no violation arises; giving stairs to staff is a breach."""
    zones.ok("hygiene", "inspect", "stairs", "--item", "O01=fail:mud", "--rest", "pass", "--by", "chen", "--violations")
    (duty,) = [d for d in zones.duties() if d.subject == "HI-2026-0001#O01"]
    assert (duty.who, duty.role) == ("", "cleaner")
    assert zones.rows("hygiene.violation") == []
    told = zones.ok("hygiene", "zones", "own", "stairs", "--person", "zhao")
    assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", "hygiene.cleaner-zones")]


@pytest.mark.rule("hygiene.personal-area-daily")
def test_a_tick_against_the_evidence_is_told_and_both_stay(zones: Any) -> None:
    """Sun ticked the desk; the spot check finds it dirty: a breach; both stay; the violation names the inspection."""
    zones.ok("hygiene", "duty", "done", "tidy", "--who", "sun", as_="sun")
    zones.clock.tick(minutes=30)
    told = zones.ok(
        "hygiene", "inspect", "desk-sun", "--item", "D01=fail:papers", "--rest", "pass", "--by", "chen", "--violations"
    )
    assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", "hygiene.personal-area-daily")]
    assert [tick.who for tick in zones.rows("hygiene.clean-day")[0].ticks] == ["sun"]
    (row,) = zones.rows("hygiene.violation")
    assert (row.kind, row.who, row.evidence) == ("desk", "sun", "HI-2026-0001")


def test_a_photo_is_kept_by_its_digest(zones: Any) -> None:
    """Path and SHA-256 of the photo stand with the row."""
    import hashlib

    photo = zones.root / "desk.jpg"
    photo.write_bytes(b"not really a photo")
    done = zones.ok(
        "hygiene",
        "inspect",
        "desk-sun",
        "--item",
        "D01=fail:papers",
        "--rest",
        "pass",
        "--by",
        "chen",
        "--photo",
        f"D01={photo}",
    )
    result = next(one for one in done["data"]["results"] if one["code"] == "D01")
    assert result["sha256"] == hashlib.sha256(b"not really a photo").hexdigest()


def test_announced_and_unannounced_and_inspectors_are_set_side_by_side(zones: Any) -> None:
    """The gap between expected and unexpected looks, and each inspector against the others of the same zones."""
    zones.ok("hygiene", "inspect", "desk-sun", "--rest", "pass", "--by", "chen", "--announced")
    zones.ok("hygiene", "inspect", "desk-sun", "--item", "D02=fail:dust", "--rest", "pass", "--by", "qian")
    line = zones.ok("report", "hygiene-scores")[0]
    assert (line["announced_n"], line["announced"], line["unannounced_n"]) == (1, "100.0", 1)
    assert Decimal(line["gap"]) == 100 - Decimal(line["unannounced"])
    effect = {one["inspector"]: float(one["effect"]) for one in zones.ok("report", "hygiene-inspectors")}
    assert effect == {"chen Chen Jie": float(line["gap"]), "qian Qian Bo": -float(line["gap"])}


# --- zones


@pytest.mark.rule("hygiene.applies-to-all-offices", "hygiene.public-area-defined")
def test_a_room_in_no_zone_is_told_of_from_its_day_on(zones: Any) -> None:
    """A room added mid-month counts from its day; a zone that covers it settles it; the catalogue is the pack's."""
    zones.ok("hygiene", "zones", "room", "vault-lobby", "--from", "2026-12-15")
    lacks = lambda: [line["message"] for line in zones.run("hygiene", "check", "--json").json()]  # noqa: E731
    assert "Room vault-lobby is in no zone." not in lacks()
    zones.clock.set("2026-12-15 09:00")
    assert "Room vault-lobby is in no zone." in lacks()
    assert [line["covered"] for line in zones.ok("report", "hygiene-rooms")] == [False]
    zones.ok("hygiene", "zones", "add", "vault", "--kind", "office", "--rooms", "vault-lobby")
    assert "Room vault-lobby is in no zone." not in lacks()
    known = {line["code"] for line in zones.ok("report", "hygiene-zones") if line["kind"] == "public"}
    assert known == {row["code"] for row in PACK.data["zone"] if row["kind"] == "public"}


@pytest.mark.rule("hygiene.gm-office-by-admin-assistant", "hygiene.gm-office-by-gm-assistant")
def test_the_general_managers_office_waits_for_a_choice(hygiene: Any) -> None:
    """C2: with both documents nobody is set until the branch chooses; then the other one is a breach."""
    hygiene.ok("hygiene", "zones", "adopt")
    own = ["hygiene", "zones", "own", "gm-office", "--role"]
    assert hygiene.fails(*own, "gm-assistant", exit=4)["rule"].startswith("hygiene.gm-office-by-")
    messages = [line["message"] for line in hygiene.run("rules", "check", "--json").json()]
    assert any(text.startswith("Both documents hold and name different people") for text in messages)
    hygiene.ok("policy", "set", "hygiene.zone.gm-office.owner", "gm-assistant", "--reason", "choice")
    hygiene.ok(*own, "gm-assistant")
    told = hygiene.ok(*own, "admin-assistant")
    assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", "hygiene.gm-office-by-gm-assistant")]
    hygiene.clock.tick(minutes=1)
    hygiene.ok("policy", "set", "hygiene.packs", "doc2", "--reason", "choice")
    told = hygiene.ok(*own, "gm-assistant")
    assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", "hygiene.gm-office-by-admin-assistant")]


def test_the_check_demands_a_choice_where_both_speak_and_is_content_with_one(hygiene: Any) -> None:
    """C1, C3, C4, C5 are named until somebody decided each; with one document none of them is asked."""

    def both_speak() -> list[str]:
        """The settings that wait for a choice; of the office, which has no default, the word after “hold”."""
        told = [line["message"] for line in hygiene.run("hygiene", "check", "--json").json()]
        return [text.split()[3] for text in told if text.startswith("Both documents")]

    settings = ["hygiene.smoking.exempt", "hygiene.bins.mode", "hygiene.public.mode", "hygiene.bigclean.rule"]
    assert both_speak() == ["and", *settings]
    hygiene.ok("policy", "set", "hygiene.bins.mode", "split", "--reason", "as it was")
    assert both_speak() == ["and", *(key for key in settings if key != "hygiene.bins.mode")]
    hygiene.ok("policy", "set", "hygiene.packs", "doc3", "--reason", "one only")
    assert both_speak() == []


def test_a_pack_that_is_off_asks_none_of_its_rows(zones: Any) -> None:
    """Document 3 alone asks its own rows and the shared ones; document 2 alone likewise."""
    for pack in ("doc2", "doc3"):
        zones.clock.tick(minutes=1)
        zones.ok("policy", "set", "hygiene.packs", pack, "--reason", "choice")
        asked = set(codes(zones, "desk-zhao"))
        assert asked == {row["code"] for row in ROWS if pack in row["packs"] and "personal" in row["scope"]}


# --- spot checks


@pytest.mark.rule("hygiene.random-spot-checks")
@given(st.text("0123456789abcdef", min_size=8, max_size=64), st.integers(1, 20), st.integers(1, 5))
def test_the_draw_follows_from_the_seed_alone(seed: str, checks: int, count: int) -> None:
    """Same seed, same checks; every zone comes before one comes twice; hours and days are the plan's."""
    from datetime import date, time

    days = tuple(date(2026, 12, day) for day in (1, 2, 3, 4))
    zones = tuple(f"z{number}" for number in range(count))
    plan = SpotChecksPlanned(
        days=days, zones=zones, checks=checks, start=time(9), end=time(17), commitment="", seed=seed
    )
    drawn = draw(plan, seed)
    assert drawn == draw(plan, seed) == sorted(drawn)
    assert len(drawn) == checks
    counts = [sum(1 for one in drawn if one.zone == zone) for zone in zones]
    assert max(counts) - min(counts) <= 1
    assert all(one.day in days and time(9) <= one.at < time(17) for one in drawn)
    assert commitment(plan, seed) != commitment(plan, seed + "0")


@pytest.mark.rule("hygiene.random-spot-checks")
def test_too_few_spot_checks_in_a_month_are_missed_without_telling_when_they_come(zones: Any) -> None:
    """The least number is owed by the administration on the month's last business day, nothing else is in sight."""
    zones.ok("hygiene", "inspect", "desk-sun", "--rest", "pass", "--by", "chen")
    zones.clock.set("2026-11-30 09:00")
    (duty,) = [d for d in zones.duties() if d.rule == "hygiene.random-spot-checks"]
    assert (duty.subject, duty.role, duty.args) == ("2026-11-30", "admin-dept", {"done": "1", "wanted": "2"})
    zones.ok("hygiene", "inspect", "desk-zhao", "--rest", "pass", "--by", "chen")
    assert [d for d in zones.duties() if d.rule == "hygiene.random-spot-checks" and d.met is None] == []


@pytest.mark.rule("hygiene.random-spot-checks")
def test_predictable_checks_are_called_so(zones: Any) -> None:
    """Eight Mondays at nine are predictable; coverage names the zones never looked at."""
    assert zones.ok("report", "hygiene-spot-checks")["verdict"] == "No data."
    for week in range(8):
        zones.clock.set("2026-11-30 09:10")
        zones.clock.tick(days=7 * week)
        zones.ok("hygiene", "inspect", "desk-sun", "--rest", "pass", "--by", "chen")
    page = zones.ok("report", "hygiene-spot-checks")
    assert page["verdict"].startswith("Predictable")
    assert (page["n"], page["zones_covered"], page["weekday_evenness"]) == (8, 1, "0.00")
