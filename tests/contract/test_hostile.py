"""Whatever a plugin does wrong, the tool works without it, names it, and the ledger stays readable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from branchops.core.extend.discovery import Found
from branchops.core.extend.loader import Loader
from branchops.testing import BranchKit

Kit = BranchKit
Source = Callable[..., Any]

GOOD = """
    from branchops.api import Event, EventType, Group, Offer, Plugin, Rulebook, View, event_types, hookimpl
    import msgspec

    @hookimpl
    def branchops_plugin():
        return Plugin(name="mad", api_version=1, en="Mad", zh="疯")
"""


@pytest.fixture
def importable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Found]]:
    """Puts a module on the path and gives the entry point of a distribution that would bring it."""
    import sys
    import textwrap

    monkeypatch.syspath_prepend(tmp_path)
    names = []

    def make(name: str, text: str) -> Found:
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        names.append(name)
        return Found(name.removeprefix("hostile_"), name, "hostile-dist", "6.6")

    yield make
    for name in names:
        sys.modules.pop(name, None)


IMPORTS = {
    "raises": ("raise RuntimeError('boom')", "RuntimeError: boom"),
    "exits": ("import sys\nsys.exit(3)", "SystemExit: 3"),
    "has a syntax error": ("def (:", "SyntaxError"),
    "lacks a dependency": ("import no_such_module_anywhere", "ModuleNotFoundError"),
    "is no plugin": ("x = 1", "no hook branchops_plugin"),
    "misspells a hook": (GOOD + "\n    def branchops_comands(): return ()", "did you mean branchops_commands?"),
    "is of another api": (GOOD.replace("api_version=1", "api_version=99"), "plugin API 99"),
    "describes itself by a text": (
        GOOD.replace('Plugin(name="mad", api_version=1, en="Mad", zh="疯")', '"mad"'),
        "not str",
    ),
    "raises in its description": (
        GOOD.replace("return Plugin", "raise KeyError('x')\n        return Plugin"),
        "KeyError",
    ),
    "takes a reserved name": (GOOD.replace('"mad"', '"staff"'), "“staff” cannot be a plugin's name"),
    "takes a name with a dot": (GOOD.replace('"mad"', '"a.b"'), "“a.b” cannot be a plugin's name"),
}


@pytest.mark.parametrize(("text", "told"), IMPORTS.values(), ids=IMPORTS)
def test_a_plugin_that_cannot_be_loaded_is_named_and_left_out(
    toy_kit: Kit, importable: Callable[[str, str], Found], text: str, told: str
) -> None:
    """Unrelated commands work, and the list names distribution, entry point and fault."""
    toy_kit.plugins = [importable("hostile_mad", text)]
    assert toy_kit.ok("toy", "open", "--title", "Lamp")["id"] == "T-2026-0001"
    listed = {row["source"]: row for row in toy_kit.ok("plugins", "list")}
    row = listed["hostile-dist (mad = hostile_mad)"]
    assert row["status"] == "failed"
    assert told in row["error"]


def test_the_command_of_a_plugin_that_failed_says_what_happened(
    toy_kit: Kit, importable: Callable[[str, str], Found]
) -> None:
    toy_kit.plugins = [importable("hostile_mad", "raise RuntimeError('boom')")]
    error = toy_kit.fails("mad", "anything", exit=12)
    assert error["code"] == "plugin"
    assert error["message"] == "The plugin “mad” from hostile-dist (mad = hostile_mad) failed: RuntimeError: boom"


def test_of_two_plugins_of_one_name_the_first_stands_and_the_other_is_told_of(
    toy_kit: Kit, plugin_of: Source, toy: ModuleType
) -> None:
    """Bundled plugins come first, so nothing installed can take their place."""
    impostor = plugin_of(GOOD.replace('"mad"', '"toy"'))
    toy_kit.give(impostor, "toy")
    assert toy_kit.ok("toy", "open", "--title", "Lamp")["id"] == "T-2026-0001"
    statuses = toy_kit.branch.registry.loader.statuses
    assert [(one.name, one.status) for one in statuses if one.name == "toy"] == [("toy", "loaded"), ("toy", "failed")]
    assert "already taken" in statuses[-1].error


def test_a_command_group_of_a_taken_name_is_told_of(toy_kit: Kit, plugin_of: Source) -> None:
    """The plugin loaded first keeps it, whatever the names: a bundled one cannot be pushed aside."""
    thief = plugin_of(
        GOOD
        + """
    @hookimpl
    def branchops_commands():
        return (Group(name="toy", app="nowhere:app", help="mine"),)
    """.replace('"mad"', '"zz"')
    )
    toy_kit.give(thief, "mad")
    rows = {row["name"]: row for row in toy_kit.ok("plugins", "list")}
    assert (rows["toy"]["status"], rows["mad"]["status"]) == ("loaded", "shadowed")
    assert rows["mad"]["error"] == "its command “toy” is taken"


HOOKS = ("commands", "events", "rules", "views", "duties", "reports")


@pytest.mark.parametrize("how", ["raise RuntimeError('boom')", "import sys; sys.exit(1)", "return 7", "return [7]"])
@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_that_fails_or_answers_nonsense_stops_nobody_else(
    toy_kit: Kit, plugin_of: Source, hook: str, how: str
) -> None:
    """Recording, duties, the log, reports and the list of plugins go on without it."""
    mad = plugin_of(f"{GOOD}\n    @hookimpl\n    def branchops_{hook}():\n        {how}\n")
    toy_kit.give(mad, "mad")
    toy_kit.ok("toy", "open", "--title", "Lamp")
    toy_kit.ok("toy", "note", "T-2026-0001", "x", "--amount", "3")
    assert [duty["subject"] for duty in toy_kit.ok("due")] == ["T-2026-0001"]
    assert toy_kit.ok("report", "toy.topics") == [{"topic": "x", "total": 3}]
    assert toy_kit.ok("log", "--limit", "1")
    toy_kit.run("--help")
    rows = {row["name"]: row for row in toy_kit.ok("plugins", "list")}
    assert (rows["toy"]["status"], rows["mad"]["name"]) == ("loaded", "mad")


def test_a_float_in_an_event_is_refused_when_it_is_recorded(toy_kit: Kit, plugin_of: Source) -> None:
    """A float differs from machine to machine, so it never reaches the ledger; the message says what to use."""
    mad = plugin_of(
        GOOD
        + """
    class Weighed(Event, frozen=True):
        "Something was weighed."
        kilos: float

    @hookimpl
    def branchops_events():
        return event_types("mad", Weighed)
    """
    )
    toy_kit.give(mad, "mad")
    before = toy_kit.branch.ledger.head().size
    from branchops.core.errors import BranchOpsError

    with pytest.raises(BranchOpsError):
        toy_kit.record(mad.Weighed(kilos=1.5), "W-1")
    assert toy_kit.branch.ledger.head().size == before


@pytest.mark.parametrize(
    "steps", ["{}", "{1: lambda d: d}", "{1: lambda d: d, 2: lambda d: d, 3: lambda d: d}", "{0: len, 1: len, 2: len}"]
)
def test_a_type_whose_upcasts_have_gaps_or_too_many_is_refused_with_its_plugin(
    toy_kit: Kit, plugin_of: Source, steps: str
) -> None:
    """The fault is told in the list; other plugins' entries are recorded."""
    mad = plugin_of(
        GOOD
        + f"""
    class Done(Event, frozen=True):
        "It was done."
        what: str

    @hookimpl
    def branchops_events():
        return (EventType(name="mad.done", struct=Done, schema=3, upcasts={steps}),)
    """
    )
    toy_kit.give(mad, "mad")
    toy_kit.ok("toy", "open", "--title", "Lamp")
    from branchops.core.errors import PluginFailed

    with pytest.raises(PluginFailed):
        toy_kit.record(mad.Done(what="x"), "M-1")
    toy_kit.branch.registry.event_types()
    assert toy_kit.statuses["mad"].status == "failed"
    assert "upcasts" in toy_kit.statuses["mad"].error


def test_an_upcast_that_raises_costs_its_own_entries_only(toy_kit: Kit, plugin_of: Source, toy: ModuleType) -> None:
    """The log tells of the entry without its plugin's help, and others go on."""
    mad = plugin_of(
        GOOD
        + """
    class Done(Event, frozen=True):
        "It was done."
        what: str

    @hookimpl
    def branchops_events():
        return (EventType(name="mad.done", struct=Done, schema=2, upcasts={1: lambda data: data["nothing"]}),)
    """
    )
    toy_kit.give(mad, "mad")
    toy_kit.write_raw("mad.done", {"what": "x"}, stream="M-1", schema=1)
    toy_kit.ok("toy", "open", "--title", "Lamp")
    assert [row["type"] for row in toy_kit.ok("log", "--type", "mad.done")] == ["mad.done"]
    assert toy_kit.ok("verify", "--full")["ok"] is True


def test_a_plugin_may_not_name_events_or_views_of_others(toy_kit: Kit, plugin_of: Source) -> None:
    """What does not carry its own name is passed over, so that no type can be taken over."""
    mad = plugin_of(
        GOOD
        + """
    class Opened(Event, frozen=True):
        "Not mine."
        title: str

    class Row(msgspec.Struct, frozen=True):
        id: str

    @hookimpl
    def branchops_events():
        return (EventType(name="toy.opened", struct=Opened), EventType(name="staff.added", struct=Opened))

    @hookimpl
    def branchops_views():
        return (View(name="core.staff", row=Row), View(name="toy.case", row=Row))
    """
    )
    toy_kit.give(mad, "mad")
    registry = toy_kit.branch.registry
    registry.event_types()
    assert registry.event_type("toy.opened").struct.__module__ == "toys_toy"
    assert registry.event_type("staff.added").struct.__name__ == "StaffAdded"
    assert registry.view("core.staff").row is not None
    assert registry.views_of("mad") == {}


def test_commands_that_cannot_be_imported_stop_no_other_command(toy_kit: Kit, plugin_of: Source) -> None:
    """Using the group tells why (exit 12); the rest, and the list, do not import it."""
    mad = plugin_of(
        GOOD
        + """
    @hookimpl
    def branchops_commands():
        return (Group(name="mad", app="no_such_module_anywhere:app", help="mad things"),)
    """
    )
    toy_kit.give(mad, "mad")
    toy_kit.ok("toy", "open", "--title", "Lamp")
    assert toy_kit.fails("mad", "go", exit=12)["code"] == "plugin"
    assert {row["name"]: row["status"] for row in toy_kit.ok("plugins", "list")}["mad"] in ("loaded", "failed")
    checked = toy_kit.run("plugins", "check", "--json")
    assert "mad" in checked.out + checked.err


BAD_VALIDATORS = {
    "a validator that raises": "raise ZeroDivisionError",
    "a validator that yields nonsense": "return [7]",
}


@pytest.mark.parametrize("body", BAD_VALIDATORS.values(), ids=BAD_VALIDATORS)
def test_a_listening_validator_that_fails_is_told_by_name(
    toy_kit: Kit, plugin_of: Source, toy: ModuleType, body: str
) -> None:
    """A rule that cannot be asked is no rule obeyed: the entry is refused with the plugin's name, not a traceback."""
    mad = plugin_of(
        GOOD.replace('zh="疯"', 'zh="疯", listens=("toy.opened",)')
        + f"""
    from branchops.api import Validator, validator

    @validator(on="toy.opened")
    def judge(event, state, facts, policy):
        {body}

    @hookimpl
    def branchops_rules():
        return Rulebook(validators=(judge,))
    """
    )
    toy_kit.give(mad, "mad")
    error = toy_kit.fails("toy", "open", "--title", "Lamp", exit=12)
    assert ":judge" in error["message"]
    assert toy_kit.events("toy.opened") == []


def test_two_plugins_that_answer_each_other_come_to_an_end(toy_kit: Kit, plugin_of: Source, toy: ModuleType) -> None:
    """A chain of answers is cut, told as a warning, and what began it is stored."""

    def parrot(name: str, hears: str) -> ModuleType:
        return plugin_of(
            GOOD.replace('name="mad"', f'name="{name}"').replace('zh="疯"', f'zh="疯", listens=({hears})')
            + f"""
    from branchops.api import Entry, reaction

    class Said(Event, frozen=True):
        "It spoke."
        what: str

    @reaction(on=({hears}))
    def answer(recorded, facts, policy):
        yield Entry(Said(what="again"), "{name}")

    @hookimpl
    def branchops_events():
        return event_types("{name}", Said)

    @hookimpl
    def branchops_rules():
        return Rulebook(reactions=(answer,))
    """
        )

    toy_kit.give(parrot("polly", '"toy.opened", "jacko.said",'), "polly")
    toy_kit.give(parrot("jacko", '"polly.said",'), "jacko")
    done = toy_kit.record(toy.Opened(title="Lamp"), "T-a")
    assert len(done.entries) < 50
    assert any(verdict.outcome == "warning" for verdict in done.verdicts)
    assert toy_kit.events("toy.opened")[0].id == done.first.id


def test_a_duty_that_raises_is_told_and_the_others_are_owed(toy_kit: Kit, plugin_of: Source) -> None:
    """`due` lists what it could derive and says on stderr what it could not."""
    mad = plugin_of(
        GOOD
        + """
    from branchops.api import duty

    @duty("mad.never", view="toy.case")
    def never(row, facts):
        raise ZeroDivisionError

    @hookimpl
    def branchops_duties():
        return (never,)
    """
    )
    toy_kit.give(mad, "mad")
    toy_kit.ok("toy", "open", "--title", "Lamp")
    done = toy_kit.run("due", "--json")
    assert [duty["subject"] for duty in done.json()] == ["T-2026-0001"]
    assert f"{mad.__name__}:never" in done.err
    assert toy_kit.run("due", "--check").exit == 12


def test_a_duty_that_raises_closes_no_day(toy_kit: Kit, plugin_of: Source) -> None:
    """A day is not clean because a rule could not be asked."""
    mad = plugin_of(
        GOOD
        + """
    from branchops.api import duty

    @duty("mad.never", daily=True)
    def never(day, facts):
        raise ZeroDivisionError

    @hookimpl
    def branchops_duties():
        return (never,)
    """
    )
    toy_kit.give(mad, "mad")
    toy_kit.ok("day", "open")
    assert toy_kit.run("day", "close", "--json").exit == 12
    assert toy_kit.events("day.closed") == []


# --- a plugin that has gone


def test_a_store_with_entries_of_a_removed_plugin_stays_whole(toy_kit: Kit, make_kit: Any) -> None:
    """Without the plugin: the log, verification, export, staff and due all work; only its own command is unknown."""
    toy_kit.ok("toy", "open", "--title", "Lamp")
    toy_kit.ok("toy", "note", "T-2026-0001", "x", "--amount", "101")
    toy_kit.given.clear()
    logged = toy_kit.ok("log", "--stream", "T-2026-0001")
    assert [(row["type"], row["data"]) for row in logged] == [
        ("toy.opened", {"title": "Lamp"}),
        ("toy.noted", {"amount": 101, "topic": "x"}),
    ]
    assert toy_kit.ok("verify", "--full")["ok"] is True
    exported = toy_kit.run("export", "jsonl")
    assert exported.exit == 0
    assert '"toy.noted"' in exported.out
    assert len(toy_kit.ok("staff", "list")) == 7
    assert toy_kit.ok("due") == []
    assert toy_kit.fails("toy", "open", "--title", "x", exit=2)["code"] == "usage"


def test_installed_plugins_do_not_leak_into_a_kit(make_kit: Any) -> None:
    """A kit knows the bundled plugins and what it was given; what else is installed plays no part."""
    kit: Kit = make_kit()
    assert {status.source for status in kit.statuses.values()} <= {"branchops"}
    bare: Kit = make_kit(bundled=False)
    assert bare.statuses == {}


def test_a_loader_without_entry_points_loads_nothing() -> None:
    loader = Loader([])
    assert (loader.plugins, loader.statuses) == ({}, [])
