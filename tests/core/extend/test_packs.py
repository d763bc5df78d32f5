"""Rule packs: data a bank edits, by laying its own file over the plugin's."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchops.core.errors import UsageError
from branchops.core.extend.packs import load_pack

BASE = """
[[rule]]
id = "a.first"
source = "Book §1"
severity = "low"
kind = "duty"
en = "First"
zh = "第一"

[policy."a.limit"]
type = "int"
default = 3
en = "Limit"
zh = "上限"

[[channel]]
code = "oral"
en = "Oral"
days = 3

[[channel]]
code = "letter"
en = "Letter"
days = 5

[texts]
greeting = "Hello"
closing = "Bye"
"""


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRANCHOPS_CACHE", str(tmp_path / "cache"))


def pack(tmp_path: Path, overlay: str | None = None) -> tuple[Path, Path | None]:
    base = tmp_path / "pack.toml"
    base.write_text(BASE, encoding="utf-8")
    if overlay is None:
        return base, None
    over = tmp_path / "over.toml"
    over.write_text(overlay, encoding="utf-8")
    return base, over


def test_a_pack_is_rules_settings_and_the_plugins_own_tables(tmp_path: Path) -> None:
    found = load_pack(*pack(tmp_path))
    assert [rule.id for rule in found.rules] == ["a.first"]
    assert [(setting.key, setting.default) for setting in found.settings] == [("a.limit", 3)]
    assert sorted(found.data) == ["channel", "texts"]


def test_an_overlay_replaces_key_by_key_and_row_by_row(tmp_path: Path) -> None:
    """Rows are known by `id` or `code`; what the overlay does not name stays."""
    overlay = """
    [policy."a.limit"]
    default = 9
    [[channel]]
    code = "letter"
    days = 7
    [[channel]]
    code = "web"
    en = "Web"
    days = 1
    [texts]
    greeting = "Good day"
    """
    found = load_pack(*pack(tmp_path, overlay))
    assert [(setting.default, setting.en) for setting in found.settings] == [(9, "Limit")]
    assert [(row["code"], row["en"], row["days"]) for row in found.data["channel"]] == [
        ("oral", "Oral", 3),
        ("letter", "Letter", 7),
        ("web", "Web", 1),
    ]
    assert found.data["texts"] == {"greeting": "Good day", "closing": "Bye"}


def test_an_overlay_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    base, _none = pack(tmp_path)
    assert load_pack(base, tmp_path / "missing.toml") == load_pack(base)


def test_a_plugin_without_a_pack_has_an_empty_one() -> None:
    found = load_pack(None)
    assert (found.rules, found.settings, dict(found.data)) == ((), (), {})


def test_an_edited_pack_is_read_again(tmp_path: Path) -> None:
    """The cache knows a file by path, size and time."""
    base, _none = pack(tmp_path)
    load_pack(base)
    base.write_text(BASE.replace('"Hello"', '"Salut, cher client"'), encoding="utf-8")
    assert load_pack(base).data["texts"]["greeting"] == "Salut, cher client"


@pytest.mark.parametrize(
    "overlay",
    [
        "[[rule",
        '[[rule]]\nid = "a.x"\n',
        '[policy."a.limit"]\ntype = "number"\n',
        '[[rule]]\nid = "a.first"\nseverity = "huge"\n',
    ],
    ids=["no TOML", "an incomplete rule", "no such type", "no such severity"],
)
def test_a_pack_that_is_not_right_is_named_with_its_fault(tmp_path: Path, overlay: str) -> None:
    base, over = pack(tmp_path, overlay)
    with pytest.raises(UsageError) as caught:
        load_pack(base, over)
    assert str(over) in caught.value.message


def test_values_come_out_of_the_cache_as_they_went_in(tmp_path: Path) -> None:
    """Dates and times of TOML too: the first and the second reading are equal."""
    base, _none = pack(tmp_path)
    base.write_text(BASE + "[when]\nday = 2026-11-23\nat = 09:30:00\n", encoding="utf-8")
    assert load_pack(base) == load_pack(base)
