"""Observations, accommodations, appearance, refusals, good deeds, care, incidents, check-ins."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import branchops.plugins.training as plugin

PACK = tomllib.loads(Path(plugin.__file__).with_name("pack.toml").read_text(encoding="utf-8"))
ITEMS = {row["code"]: row for row in PACK["checklist"]}
HARD = [code for code, row in ITEMS.items() if row.get("hard")]
ANNOUNCED = ("--visit", "announced")


def observe(kit: Any, *scores: str, who: str = "zhao", by: str = "li", more: tuple[str, ...] = ()) -> Any:
    args = [word for score in scores for word in ("--score", score)]
    return kit.ok("training", "observe", "add", who, "--by", by, *args, *more)


def refused(kit: Any, *words: str, exit: int = 4) -> Any:  # noqa: A002
    return kit.fails("training", "observe", "add", "zhao", "--by", "li", *words, exit=exit)


CHECKLIST_RULES = {
    "training.courtesy-first": {"greeting"},
    "training.smile-sincerely": {"smile"},
    "training.know-the-business": {"knows-business"},
    "training.customer-centred-empathy": {"empathy"},
    "training.not-slack-at-post": {"awake", "grooming"},
    "training.not-cold-or-stiff": {"warm-words", "easy-manner", "friendly-face"},
    "training.mind-details": {"details"},
    "training.observe-and-anticipate": {"anticipates"},
    "training.careful-patient-warm": {"careful", "patient", "warm"},
    "training.not-servile": {"upright"},
    "training.appearance-neat": {"neat"},
    "training.respect-customers-colleagues": {"respects-customer", "respects-colleague"},
    "training.no-tossing": {"hands-over"},
    "training.no-shouting-amounts": {"quiet-amounts"},
    "training.never-refuse-small-business": {"small-business"},
    "training.leave-own-mood-outside": {"own-mood"},
    "training.explain-risk-rules": {"explains-rules"},
}


@pytest.mark.rule(
    "training.courtesy-first",
    "training.smile-sincerely",
    "training.know-the-business",
    "training.customer-centred-empathy",
    "training.not-slack-at-post",
    "training.not-cold-or-stiff",
    "training.mind-details",
    "training.observe-and-anticipate",
    "training.careful-patient-warm",
    "training.not-servile",
    "training.appearance-neat",
    "training.respect-customers-colleagues",
    "training.no-tossing",
    "training.no-shouting-amounts",
    "training.never-refuse-small-business",
    "training.leave-own-mood-outside",
    "training.explain-risk-rules",
)
@pytest.mark.parametrize(("rule", "codes"), CHECKLIST_RULES.items())
def test_each_courtesy_rule_is_scored_by_its_items(kit: Any, rule: str, codes: set[str]) -> None:
    """The sheet that observers fill in holds the rule's items, and each takes points up to its last anchor."""
    rows = {row["item"]: row for row in kit.ok("training", "sheet")}
    assert {code for code, row in rows.items() if rule in row["rules"]} == codes
    for code in sorted(codes):
        item = ITEMS[code]
        assert len(item["anchors_en"]) == len(item["anchors_zh"]) == item["most"] + 1
        observe(kit, f"{code}={item['most']}")
        assert refused(kit, "--score", f"{code}={item['most'] + 1}")["rule"] == "training.smile-sincerely"


@pytest.mark.rule("training.no-tossing", "training.no-shouting-amounts", "training.never-refuse-small-business")
@pytest.mark.parametrize("code", HARD)
def test_a_hard_fail_is_a_breach_of_its_own_rule(kit: Any, code: str) -> None:
    """Tossing, calling amounts aloud and refusing small business are stored and flagged, each under its rule."""
    told = observe(kit, f"{code}=0", "smile=2")
    assert [(v["outcome"], v["rule"]) for v in told["verdicts"]] == [("breach", ITEMS[code]["rules"][0])]
    assert observe(kit, f"{code}=1", "smile=0")["verdicts"] == []


@pytest.mark.rule("training.no-tossing")
def test_pushing_through_a_tray_is_not_tossing(kit: Any) -> None:
    """Where only a tray is used the item does not apply, and costs nothing."""
    told = observe(kit, "smile=2", more=("--na", "hands-over=tray"))
    assert told["verdicts"] == []
    (line,) = kit.ok("training", "observations")
    assert (line["n"], str(line["share"]), line["failed"]) == (1, "100.0", 0)


@pytest.mark.rule("training.not-servile")
def test_refusing_an_improper_request_politely_scores_full() -> None:
    """The highest anchor is the polite refusal, the lowest grovelling."""
    anchors = ITEMS["upright"]["anchors_en"]
    assert (anchors[0], anchors[2]) == ("gives in or grovels", "declines politely and says why")


@pytest.mark.rule("training.smile-sincerely")
def test_what_does_not_apply_has_a_coded_reason(kit: Any) -> None:
    """A mask excuses the smile; laziness does not, and neither does a reason beside points."""
    observe(kit, "greeting=1", more=("--na", "smile=mask"))
    assert "mask, illness, grief, fraud-distress" in refused(kit, "--score", "greeting=1", "--na", "smile=lazy")["hint"]
    assert refused(kit, "--score", "smile=1", "--na", "smile=mask")["message"] == (
        "“smile” is not on the sheet, or stands on it twice."
    )
    assert refused(kit, "--score", "juggling=1")["rule"] == "training.smile-sincerely"
    assert refused(kit, "--score", "smile", exit=2)["message"] == "“smile” is not ITEM=VALUE."
    assert refused(kit, "--score", "smile=two", exit=2)["message"] == "“two” is not a number of points."


@pytest.mark.rule("training.smile-sincerely")
def test_nobody_observes_oneself_and_the_second_observer_is_a_third_person(kit: Any) -> None:
    """Persons are compared, not accounts."""
    kit.ok("staff", "add", "zhao2", "--name", "Zhao Lei", "--role", "teller", "--person", "zhao")
    own = kit.fails("training", "observe", "add", "zhao", "--by", "zhao2", "--score", "smile=2", exit=4)
    assert own["message"] == "Nobody observes oneself."
    first = observe(kit, "smile=2", "greeting=1")["id"]
    second = ("training", "observe", "second", first, "--score", "smile=1", "--by")
    for who in ("li", "zhao", "zhao2"):
        assert kit.fails(*second, who, exit=4)["rule"] == "training.smile-sincerely"
    kit.ok(*second, "wang")
    assert kit.fails(*second, "sun", exit=4)["message"] == f"{first} has its second sheet."


@pytest.mark.rule("training.smile-sincerely")
def test_two_observers_are_compared_by_kappa(kit: Any) -> None:
    """All paired marks of the period make the agreement; what one observer left out is no pair."""
    for i, (one, other) in enumerate([(2, 2), (0, 0), (2, 0), (0, 0)]):
        first = observe(kit, f"smile={one}", "greeting=1")["id"]
        kit.ok("training", "observe", "second", first, "--score", f"smile={other}", "--by", "wang", at=f"09:{10 + i}")
    rows = {row["item"]: row for row in kit.ok("training", "stats", "agreement", "--period", "2026-11")}
    assert (rows["smile"]["n"], str(rows["smile"]["equal"]), str(rows["smile"]["kappa"])) == (4, "0.75", "0.50")
    assert rows["all"]["n"] == 4
    assert kit.ok("training", "stats", "agreement", "--period", "2025")[0]["kappa"] is None


@pytest.mark.rule("training.heart-not-surface")
def test_a_gap_between_announced_and_mystery_visits_is_surface_work(kit: Any) -> None:
    """The gap is told with the n of both kinds; without one of them there is no gap."""
    observe(kit, "smile=2", "greeting=2", more=ANNOUNCED)
    assert "No gap" in kit.run("training", "stats", "gap").out
    observe(kit, "smile=1", "greeting=1", more=("--visit", "mystery"))
    rows = kit.ok("training", "stats", "gap")
    assert [(row["visit"], row["n"], row["share"] and str(row["share"])) for row in rows] == [
        ("announced", 1, "100.0"),
        ("mystery", 1, "50.0"),
        ("routine", 0, None),
    ]
    assert "Gap 50.0 points, 10 or more: surface work." in kit.run("training", "stats", "gap").out


@pytest.mark.rule("training.mind-details")
def test_persistence_takes_three_observations(kit: Any) -> None:
    """Two observations show no trend; three do."""
    for points in (0, 1):
        observe(kit, f"details={points}")
    (line,) = kit.ok("training", "stats", "service")
    assert (line["n"], line["change"], line["first"]) == (2, "no trend: n < 3", None)
    observe(kit, "details=2")
    (line,) = kit.ok("training", "stats", "service")
    assert (line["n"], line["change"]) == (3, "+100.0")


@pytest.mark.rule("training.appearance-neat")
def test_an_accommodation_takes_an_item_off_the_sheet(kit: Any) -> None:
    """A coded ground lifts an item until its day: it is not scored against the person; no hard fail is lifted."""
    args = ("training", "accommodate", "zhao", "--reason", "pregnancy", "--until", "2026-12-31", "--item")
    kit.ok(*args, "neat")
    assert refused(kit, "--score", "neat=0")["hint"].endswith("--item neat --reason CODE")
    observe(kit, "smile=2", more=("--na", "neat=accommodation"))
    assert refused(kit, "--score", "smile=2", "--na", "greeting=accommodation")["rule"] == "training.smile-sincerely"
    assert kit.fails(*args, "hands-over", exit=4)["message"] == "“hands-over” cannot be lifted."
    bad = kit.fails("training", "accommodate", "zhao", "--item", "neat", "--reason", "a long story", exit=4)
    assert bad["hint"] == "Grounds: faith, culture, pregnancy, disability, medical"
    kit.clock.set("2027-01-04 09:00")
    observe(kit, "neat=2")


@pytest.mark.rule("training.appearance-neat")
def test_the_check_before_opening_takes_two_people(kit: Any) -> None:
    """One's own eyes and a colleague's; points of the standard by code."""
    args = ("training", "appearance", "zhao", "--peer")
    told = kit.ok(*args, "sun", "--missing", "badge,shoes")
    assert [v["message"] for v in told["verdicts"]] == ["To put right before opening: badge, shoes."]
    assert kit.fails(*args, "zhao", exit=4)["rule"] == "training.appearance-neat"
    assert kit.fails(*args, "sun", "--missing", "smile", exit=4)["hint"] == "Points: uniform, badge, hair, hands, shoes"


@pytest.mark.rule("training.never-refuse-small-business")
def test_a_refusal_without_a_lawful_ground_is_a_breach(kit: Any) -> None:
    """Stored and flagged; a ground makes it lawful if it fits the business and was explained where it must be."""
    add = ("training", "service-refusal", "add", "--by", "wang", "--business")

    def verdicts(*words: str) -> list[tuple[str, str]]:
        return [(v["outcome"], v["rule"]) for v in kit.ok(*add, *words)["verdicts"]]

    broken = [("breach", "training.never-refuse-small-business")]
    assert verdicts("coins") == broken
    assert verdicts("damaged-notes", "--ground", "below-standard") == broken
    assert verdicts("damaged-notes", "--ground", "below-standard", "--explained") == []
    assert verdicts("coins", "--ground", "below-standard", "--explained") == broken
    assert verdicts("coins", "--ground", "after-hours") == []
    assert kit.fails(*add, "coins", "--ground", "no-mood", exit=4)["message"] == "“no-mood” is no lawful ground."
    assert kit.fails(*add, "mortgage", exit=4)["hint"] == "Codes: change-notes, coins, damaged-notes, small-deposit"
    rows = kit.ok("training", "service-refusal", "list")
    assert [row["unlawful"] for row in rows] == [True, True, False, True, False]
    assert kit.ok("show", "TR-1")["breach"] is True


def test_a_register_without_lines_says_nil(kit: Any) -> None:
    """Nothing refused, no good deed and no care are told as nil."""
    for words in (("service-refusal", "list"), ("good-deed", "list"), ("care", "stats")):
        assert "Nil" in kit.run("training", *words).out


@pytest.mark.rule("training.thankful-devoted", "training.observe-and-anticipate")
def test_good_deeds_are_noted_by_others(kit: Any) -> None:
    """Nobody praises oneself; what was done unasked is marked."""
    args = ("training", "good-deed", "add", "zhao", "--what", "walked a lost customer home", "--anticipated")
    assert kit.fails(*args, exit=5, as_="zhao")["message"] == "Good deeds are noted by others."
    kit.ok(*args, as_="sun")
    (line,) = kit.ok("training", "good-deed", "list")
    assert (line["staff"], line["anticipated"]) == ("zhao", True)
    assert (
        kit.fails("training", "good-deed", "add", "zhao", "--what", " ", exit=4)["rule"] == "training.thankful-devoted"
    )


@pytest.mark.rule("training.thankful-devoted")
def test_reflections_have_themes_of_gratitude(kit: Any, essay: Any) -> None:
    """A theme of the pack is a subject for a reflection; another word is not."""
    assert kit.ok("training", "reflect", "--theme", "gratitude", "--file", essay())["data"]["theme"] == "gratitude"
    assert kit.fails("training", "reflect", "--theme", "money", "--file", essay(), exit=10)["hint"].startswith(
        "gratitude"
    )


@pytest.mark.rule("training.care-for-tellers")
def test_care_is_counted_and_never_shown_by_person(kit: Any) -> None:
    """The ledger holds whom it was for sealed; report, log and view hold counts."""
    kit.ok("training", "care", "add", "zhao", "--kind", "talk")
    kit.ok("training", "care", "add", "sun", "--kind", "talk")
    assert kit.ok("training", "care", "stats") == [{"month": "2026-11", "kind": "talk", "kind_title": "talk", "n": 2}]
    log = kit.run("log", "--type", "training.care-given", "--json").out
    assert "zhao" not in log
    assert {row.staff for row in kit.rows("training.note")} == {""}
    assert all("zhao" not in event.data.staff for event in kit.events("training.care-given"))


@pytest.mark.rule("training.leave-own-mood-outside")
def test_a_check_in_is_private_and_opt_in(kit: Any) -> None:
    """Off until the bank offers it; then sealed, read with its writer's PIN alone, and written by nobody else."""
    from branchops.core.errors import NotEntitled
    from branchops.plugins.training.events.conduct import CheckedIn

    add = ("training", "check-in", "add", "--mood", "tired-of-it-all")
    assert kit.fails(*add, as_="zhao", exit=4)["rule"] == "training.leave-own-mood-outside"
    kit.ok("policy", "set", "training.checkin.enabled", "yes", "--reason", "staff asked for it")
    kit.ok(*add, as_="zhao")
    assert kit.fails("training", "check-in", "mine", as_="zhao", exit=5)["code"] == "not-entitled"
    kit.pins("chen")
    assert kit.fails("training", "check-in", "mine", as_="zhao", exit=5)["code"] == "not-entitled"
    kit.pins("zhao")
    assert [row["mood"] for row in kit.ok("training", "check-in", "mine", as_="zhao")] == ["tired-of-it-all"]
    assert kit.ok("training", "check-in", "mine", as_="chen") == []
    assert "tired-of-it-all" not in kit.run("log", "--json").out
    assert b"tired-of-it-all" not in (kit.store / "ledger.db").read_bytes()
    with pytest.raises(NotEntitled, match="one's own"):
        kit.record(CheckedIn(mood="x"), "checkin-zhao", actor="chen")


@pytest.mark.rule("training.explain-risk-rules")
def test_explanations_are_at_hand_in_both_languages(kit: Any) -> None:
    """The library tells what to say when a customer minds a rule."""
    rows = kit.ok("training", "explanations")
    assert [row["code"] for row in rows] == ["identity", "second-person", "no-filling", "waiting", "damaged-note"]
    assert "多一双眼睛" in kit.run("training", "explanations", lang="zh").out


def test_an_observation_is_shown_with_its_anchors(kit: Any) -> None:
    """Points are told with what they mean, beside the second observer's."""
    first = observe(kit, "smile=1:tired", more=("--na", "warm=not-occurred"))["id"]
    kit.ok("training", "observe", "second", first, "--score", "smile=2", "--by", "wang")
    page = kit.ok("training", "show", first)
    assert [(row["item"], row["points"], row["second_points"], row["anchor"]) for row in page["sheet"]] == [
        ("smile", 1, 2, "mechanical"),
        ("warm", None, None, "the occasion did not arise"),
    ]


@pytest.mark.rule("training.care-for-tellers")
def test_care_is_kept_in_its_own_register(kit: Any) -> None:
    """Whatever way it comes in, care is written nowhere but in the register, so that no record of a person holds it."""
    from branchops.core.errors import Rejected
    from branchops.plugins.training.events.conduct import CareGiven

    with pytest.raises(Rejected) as refused:
        kit.record(CareGiven(kind="talk", staff="zhao"), "learner-zhao")
    assert refused.value.rule == "training.care-for-tellers"
