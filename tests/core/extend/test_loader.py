"""Loading: what is told of each plugin, names that may be taken, and the cache of entry points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from branchops.api import EventType, Plugin, hookimpl
from branchops.core import own
from branchops.core.errors import NotFound, PluginFailed
from branchops.core.extend import discovery
from branchops.core.extend.descriptors import event_types, kebab
from branchops.core.extend.discovery import Found, discover
from branchops.core.extend.loader import Loader
from branchops.core.extend.registry import Registry
from branchops.testing import BranchKit


def described(**what: Any) -> Any:
    """An object that is a plugin and no more."""
    facts = {"name": "tiny", "api_version": 1, "en": "Tiny", "zh": "小"} | what

    class Hooks:
        @hookimpl
        def branchops_plugin(self) -> Plugin:
            return Plugin(**facts)

    return Hooks()


def test_the_bundled_plugins_are_found_first() -> None:
    """So that they win a quarrel about a name."""
    found = discover()
    bundled = [point.dist == "branchops" for point in found]
    assert bundled == sorted(bundled, reverse=True)
    assert {"complaints", "counter", "hygiene", "improve", "training"} <= {
        p.name for p in found if p.dist == "branchops"
    }


def test_a_plugin_that_works_is_told_with_its_source_and_time(toy: ModuleType) -> None:
    loader = Loader([])
    status = loader.add("toy", toy)
    assert (status.name, status.source, status.status, status.error) == ("toy", "given", "loaded", "")
    assert status.ms >= 0
    assert list(loader.plugins) == ["toy"]


def test_an_object_can_be_a_plugin() -> None:
    loader = Loader([])
    assert loader.add("tiny", described(version="3.1")).version == "3.1"


@pytest.mark.parametrize(
    "name", ["core", "staff", "policy", "day", "outlet", "entry", "plugins", "a b", "", "ä", "a.b"]
)
def test_a_name_that_would_confuse_is_refused(name: str) -> None:
    loader = Loader([])
    assert loader.add("x", described(name=name)).status == "failed"
    assert loader.plugins == {}


def test_an_entry_point_may_name_an_attribute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "holder_of_plugin.py").write_text(
        "from branchops.api import Plugin, hookimpl\n"
        "class Hooks:\n"
        "    @hookimpl\n"
        "    def branchops_plugin(self):\n"
        "        return Plugin(name='held', api_version=1, en='H', zh='持')\n"
        "hooks = Hooks()\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    loader = Loader([Found("held", "holder_of_plugin:hooks", "dist", "1.0")])
    assert list(loader.plugins) == ["held"]


def test_a_hook_that_fails_is_the_default_for_who_asks_and_an_error_for_who_demands() -> None:
    class Hooks:
        @hookimpl
        def branchops_plugin(self) -> Plugin:
            return Plugin(name="tiny", api_version=1, en="T", zh="小")

        @hookimpl
        def branchops_views(self) -> Any:
            raise RuntimeError("boom")

    loader = Loader([])
    loader.add("tiny", Hooks())
    assert loader.call("tiny", "branchops_views", "nothing") == "nothing"
    assert loader.call("tiny", "branchops_duties", "nothing") == "nothing"
    assert loader.call("nobody", "branchops_views", "nothing") == "nothing"
    with pytest.raises(PluginFailed) as caught:
        loader.demand("tiny", "branchops_views")
    assert caught.value.message == "The plugin “tiny” from given failed: branchops_views: RuntimeError: boom"


# --- the cache of entry points


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRANCHOPS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_entry_points_are_looked_for_once(caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = discover()
    monkeypatch.setattr(discovery, "_scan", lambda: pytest.fail("scanned again"))
    assert discover() == first


def test_a_change_of_the_path_is_noticed(caches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution installed since brings its directory's time, or a new directory, with it."""
    discover()
    info = tmp_path / "site-packages" / "newcomer-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: newcomer\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[branchops.plugins.v1]\nnew = newcomer\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    assert Found("new", "newcomer", "newcomer", "1.0") in discover()


@pytest.mark.parametrize("content", [b"", b"{", b'{"fingerprint": 3}', b"\xff\xfe"])
def test_a_damaged_cache_is_not_used(caches: Path, content: bytes) -> None:
    expected = discover()
    (caches / "entry-points.json").write_bytes(content)
    assert discover() == expected


def test_a_cache_that_cannot_be_written_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("BRANCHOPS_CACHE", str(tmp_path / "file" / "below"))
    assert discover()


# --- plugins of a store


def test_a_file_in_the_stores_folder_counts_once_it_is_enabled_and_unchanged(toy_kit: BranchKit) -> None:
    """A change after enabling disables it: what was agreed to was another text."""
    import hashlib

    from branchops.core.branch import enabled_files

    folder = toy_kit.store / "plugins"
    folder.mkdir()
    path = folder / "mine.py"
    path.write_text("from branchops.api import Plugin\n", encoding="utf-8")
    assert enabled_files(toy_kit.store) == []
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "enabled.toml").write_text(f'[sha256]\nmine = "{digest}"\n', encoding="utf-8")
    assert enabled_files(toy_kit.store) == [path]
    path.write_text("import os\n", encoding="utf-8")
    assert enabled_files(toy_kit.store) == []


def test_a_one_file_plugin_works(tmp_path: Path) -> None:
    path = tmp_path / "single.py"
    path.write_text(
        "from branchops.api import Event, Plugin, event_types, hookimpl\n"
        "class Done(Event, frozen=True):\n    what: str\n"
        "@hookimpl\ndef branchops_plugin():\n    return Plugin(name='single', api_version=1, en='S', zh='单')\n"
        "@hookimpl\ndef branchops_events():\n    return event_types('single', Done)\n",
        encoding="utf-8",
    )
    loader = Loader([], [path])
    assert [kind.name for kind in Registry(loader, own).event_types() if kind.name.startswith("single.")] == [
        "single.done"
    ]


# --- names


@pytest.mark.parametrize(
    ("name", "told"), [("HandedOver", "handed-over"), ("Received", "received"), ("A4Printed", "a4-printed")]
)
def test_a_type_is_named_after_its_struct(name: str, told: str) -> None:
    assert kebab(name) == told


def test_event_types_take_schema_and_upcasts_from_the_struct(toy: ModuleType) -> None:
    (kind,) = event_types("toy", toy.Renamed, state="toy.case")
    assert kind == EventType(
        name="toy.renamed", struct=toy.Renamed, schema=3, upcasts=toy.Renamed.__upcasts__, state="toy.case"
    )


def test_the_registry_finds_a_type_by_name_and_by_struct(toy: ModuleType) -> None:
    loader = Loader([])
    loader.add("toy", toy)
    registry = Registry(loader, own)
    assert registry.type_of(toy.Opened) is registry.event_type("toy.opened")
    assert (registry.event_type("toy.nothing"), registry.event_type("nobody.at-all")) == (None, None)
    assert (registry.owner_of("toy.opened"), registry.owner_of("gone.opened")) == ("toy", "core")


def test_a_report_that_there_is_not_is_told_with_near_names(toy: ModuleType) -> None:
    loader = Loader([])
    loader.add("toy", toy)
    with pytest.raises(NotFound) as caught:
        Registry(loader, own).report("toy.topic")
    assert caught.value.hint == "Did you mean toy.topics?"


def test_only_who_listens_is_asked(toy: ModuleType, echo: ModuleType) -> None:
    """Reactions and foreign validators need the type among the plugin's `listens`."""
    loader = Loader([])
    loader.add("toy", toy)
    loader.add("echo", echo)
    registry = Registry(loader, own)
    found = {
        (name, breached): [f"{who}.{answer.react.__name__}" for who, answer in registry.reactions(name, breached)]
        for name in ("toy.noted", "toy.opened")
        for breached in (False, True)
    }
    assert found == {
        ("toy.noted", False): ["echo.hear"],
        ("toy.noted", True): ["echo.hear", "echo.alarm"],
        ("toy.opened", False): [],
        ("toy.opened", True): ["echo.alarm"],
    }


def test_a_plugin_speaks_its_own_catalogue(make_kit: Any, tmp_path: Path, plugin_of: Callable[..., Any]) -> None:
    """The folder named in its description answers for its texts under --lang zh."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalog = Catalog(locale="zh")
    catalog.add("curious things of the speaker", "说话者的奇事")
    place = tmp_path / "locale" / "zh" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "speaker.mo").open("wb") as file:
        write_mo(file, catalog)
    speaker = plugin_of(
        f"""
        from pathlib import Path
        from branchops.api import Group, Plugin, hookimpl

        @hookimpl
        def branchops_plugin():
            return Plugin(name="speaker", api_version=1, en="S", zh="说", locale=Path({str(tmp_path / "locale")!r}))

        @hookimpl
        def branchops_commands():
            return (Group(name="speaker", app="toys_toy_commands:app", help="curious things of the speaker"),)
        """
    )
    kit: BranchKit = make_kit(given=[("speaker", speaker)], bundled=False)
    from branchops.core.output import messages

    try:
        messages.set_language("zh")
        assert kit.branch.registry.loader.plugins["speaker"].plugin.locale == tmp_path / "locale"
        assert messages._("curious things of the speaker") == "说话者的奇事"
    finally:
        messages.set_language("en")
        messages._plugin_catalogues.pop("speaker", None)


def test_views_of_an_owner_carry_its_name(toy: ModuleType) -> None:
    loader = Loader([])
    loader.add("toy", toy)
    names = sorted(view.name for view in Registry(loader, own).all_views())
    assert [name for name in names if name.startswith("toy.")] == ["toy.case", "toy.title", "toy.topic"]
    assert "core.staff" in names
