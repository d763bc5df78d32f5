"""Which language is spoken, and where its texts come from."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.output import messages
from branchops.core.output.messages import N_, _, add_catalogue, pick, pick_language, set_language
from branchops.core.output.mofile import Catalogue


def compiled(pairs: dict[str, str]) -> bytes:
    catalog = Catalog(locale="zh")
    for message, text in pairs.items():
        catalog.add(message, text)
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def install(folder: Path, domain: str, data: bytes) -> Path:
    place = folder / domain / "zh" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / f"{domain}.mo").write_bytes(data)
    return folder / domain


@pytest.mark.parametrize(
    ("option", "environ", "language"),
    [
        ("zh", {"BRANCHOPS_LANG": "en"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"BRANCHOPS_LANG": "zh_CN", "LC_ALL": "C"}, "zh"),
        (None, {"BRANCHOPS_LANG": "fr", "LC_ALL": "zh_CN"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "zh_CN"}, "en"),
        (None, {"LANG": "ZH_cn.GBK"}, "zh"),
        (None, {"LANG": "de_DE"}, "en"),
    ],
)
def test_the_first_wish_that_is_set_decides(option: str | None, environ: dict[str, str], language: str) -> None:
    assert pick_language(option, environ) == language


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked for its own locale then")
def test_without_any_wish_it_is_english() -> None:
    assert pick_language(None, {}) == "en"


def test_english_is_the_source_text_and_a_mark_changes_nothing() -> None:
    assert (_("yes"), N_("yes"), _("")) == ("yes", "yes", "")


def test_chinese_comes_from_cores_catalogue_first_then_from_plugins_in_order(tmp_path: Path) -> None:
    add_catalogue("one", install(tmp_path, "one", compiled({"yes": "对", "Stamp {id}": "章 {id}"})))
    add_catalogue("two", install(tmp_path, "two", compiled({"Stamp {id}": "印 {id}", "Desk": "桌"})))
    set_language("zh")
    assert [_(text) for text in ("yes", "Stamp {id}", "Desk", "Unknown", "")] == ["是", "章 {id}", "桌", "Unknown", ""]


def test_a_catalogue_added_after_the_first_lookup_is_asked_too(tmp_path: Path) -> None:
    set_language("zh")
    assert _("Desk") == "Desk"
    add_catalogue("two", install(tmp_path, "two", compiled({"Desk": "桌"})))
    assert _("Desk") == "桌"


@pytest.mark.parametrize("damage", [b"", b"not a catalogue", b"\xde\x12\x04\x95" + b"\xff" * 30])
def test_a_damaged_or_missing_catalogue_costs_only_its_translations(tmp_path: Path, damage: bytes) -> None:
    add_catalogue("bad", install(tmp_path, "bad", damage))
    add_catalogue("gone", tmp_path / "nowhere")
    set_language("zh")
    assert (_("yes"), _("Desk")) == ("是", "Desk")


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), st.text("是否x")
    )
)
def test_every_message_of_a_compiled_catalogue_is_found_and_no_other(pairs: dict[str, str]) -> None:
    catalogue = Catalogue(compiled(pairs))
    assert {message: catalogue.find(message) or "" for message in pairs} == pairs
    assert catalogue.find("no such message \ud800") is None


def test_bilingual_data_shows_the_present_language_and_never_an_empty_text() -> None:
    english = (pick("Rule", "规则"), pick("", "规则"))
    set_language("zh")
    assert (english, pick("Rule", "规则"), pick("Rule", "")) == (("Rule", "规则"), "规则", "Rule")


def test_no_other_language_can_be_set() -> None:
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")


def test_english_loads_no_catalogue_machinery() -> None:
    """The start-up path of every command: neither gettext nor the reader of compiled files."""
    code = (
        "import sys; before = set(sys.modules); from branchops.core.output.messages import _; _('yes');"
        "heavy = {'gettext', 'locale', 'struct', 'pathlib', 'branchops.core.output.mofile'};"
        "print(sorted(heavy & (set(sys.modules) - before)))"
    )
    src = Path(messages.__file__).parents[3]
    answer = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(src)}
    )
    assert answer.stdout == "[]\n"


def test_what_a_plugin_says_is_looked_up_in_its_own_catalogue_first(tmp_path: Path) -> None:
    """A short word means one thing in one plugin and another in the next; core's own words stay core's."""
    add_catalogue("first", install(tmp_path, "first", compiled({"Ward": "病房", "yes": "对"})))
    add_catalogue("mine", install(tmp_path, "mine", compiled({"Ward": "部门"})), package=__name__)
    set_language("zh")
    try:
        speaker = {"__name__": "somebody.else"}
        exec("from branchops.core.output.messages import _; said = _('Ward')", speaker)
        assert (_("Ward"), speaker["said"], _("yes")) == ("部门", "病房", "是")
    finally:
        set_language("en")
