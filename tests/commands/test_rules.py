"""`branchops rules`."""

from __future__ import annotations

from typing import Any

ENFORCED = {
    "desk.answer-in-days": ["desk_plugin:answer_in_days"],
    "desk.look-daily": ["desk_plugin:look_daily"],
    "desk.no-shouting": ["desk_plugin:no_shouting"],
    "desk.head-vouches": ["desk_plugin:Vouched.by"],
    "desk.register": ["desk_plugin:cases"],
    "desk.tidy": ["pack:desk:checklist:T1"],
}


def test_every_rule_is_listed_with_the_real_objects_that_enforce_it(shop: Any) -> None:
    """Duty, validator, signer field, report and checklist row; keys exactly as in the contract."""
    rows = shop.json("rules", "list")
    assert [list(row) for row in rows] == [["id", "plugin", "source", "severity", "kind", "title", "enforced_by"]] * 6
    assert {row["id"]: row["enforced_by"] for row in rows} == ENFORCED
    assert rows[0] == {
        "id": "desk.answer-in-days",
        "plugin": "desk",
        "source": "Desk Art. 1",
        "severity": "critical",
        "kind": "duty",
        "title": "Cases are answered within some days",
        "enforced_by": ["desk_plugin:answer_in_days"],
    }


def test_the_list_can_be_narrowed_and_a_wrong_word_names_the_right_ones(shop: Any) -> None:
    """By plugin, severity and kind together."""
    assert [row["id"] for row in shop.json("rules", "list", "--severity", "low", "--kind", "register")] == [
        "desk.register"
    ]
    assert shop.json("rules", "list", "--plugin", "core") == []
    assert shop.run("rules", "list", "--severity", "hihg", "--json").error["hint"] == "Did you mean high?"


def test_titles_come_in_chinese(shop: Any) -> None:
    """`--lang zh` picks the other title."""
    assert shop.json("--lang", "zh", "rules", "list")[5]["title"] == "桌面整洁"


def test_one_rule_is_shown_as_explain_tells_it(shop: Any) -> None:
    """The same page by two names; an unknown rule is not found."""
    shop.case()
    assert shop.json("rules", "show", "desk.answer-in-days") == shop.json("explain", "desk.answer-in-days")
    result = shop.run("rules", "show", "desk.tidyy", "--json")
    assert (result.code, result.error["hint"]) == (10, "Did you mean desk.tidy?")


def test_check_is_silent_when_nothing_is_missing(shop: Any) -> None:
    """Exit 0, nothing on stdout, an empty list as JSON."""
    result = shop.run("rules", "check")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert shop.json("rules", "check") == []


def _said(shop: Any) -> tuple[int, list[tuple[str, str, str]]]:
    result = shop.run("rules", "check", "--json")
    return result.code, [(row["plugin"], row["outcome"], row["message"]) for row in result.data]


def test_check_names_unset_settings_and_a_missing_head(shop: Any, tmp_path: Any) -> None:
    """A store made with nothing but a code and a name lacks both, and tellers too."""
    shop.store = tmp_path / "bare"
    shop.run("init", "--outlet", "0302", "--name", "Bare")
    code, said = _said(shop)
    assert (code, [line[:2] for line in said]) == (
        3,
        [("core", "reject"), ("core", "reject"), ("core", "warning"), ("desk", "warning")],
    )
    assert said[0][2].startswith("The setting outlet.hotline is not decided")
    assert [line[2] for line in said[1:]] == [
        "The outlet has no head.",
        "Nobody here holds the role teller, which owes something under desk.look-daily.",
        "Nobody is a teller.",
    ]


def test_check_names_a_head_on_leave_without_a_delegate(shop: Any) -> None:
    """Somebody must act."""
    shop.run("staff", "leave", "chen", "--from", "2026-11-23", "--until", "2026-11-30")
    assert _said(shop) == (3, [("core", "warning", "The head chen is on leave and nobody acts in the role.")])


def test_check_names_rules_without_enforcer_and_enforcers_without_rule(shop: Any) -> None:
    """The bank's overlay adds a rule that nothing enforces and takes none away."""
    overlay = shop.store / "packs" / "desk.toml"
    overlay.parent.mkdir()
    overlay.write_text(
        '[[rule]]\nid = "desk.smile"\nsource = "House"\nseverity = "low"\n'
        'kind = "validator"\nen = "Smile"\nzh = "微笑"\n'
        '[[checklist]]\ncode = "T2"\nrules = ["desk.frown"]\n',
        encoding="utf-8",
    )
    assert _said(shop) == (
        3,
        [
            ("core", "warning", "Nothing enforces the rule desk.smile (validator)."),
            ("core", "warning", "pack:desk:checklist:T2 names the rule desk.frown, which no pack has."),
        ],
    )


def test_a_check_that_breaks_is_a_line_and_not_a_crash(shop: Any) -> None:
    """The plugin is named, the others are still asked."""
    import types

    from branchops.api import Offer, Plugin, hookimpl

    def check(_reading: Any) -> Any:
        raise RuntimeError("no such luck")

    module = types.ModuleType("rude")
    module.branchops_plugin = hookimpl(branchops_plugin := lambda: Plugin(name="rude", api_version=1, en="R", zh="R"))  # type: ignore[attr-defined]
    module.branchops_reports = hookimpl(lambda: Offer(checks=(check,)))  # type: ignore[attr-defined]
    del branchops_plugin
    shop.plugins = (*shop.plugins, ("rude", module))
    assert _said(shop) == (3, [("rude", "reject", "A check could not be made: RuntimeError: no such luck")])
