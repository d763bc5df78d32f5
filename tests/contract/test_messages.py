"""Every catalogue of the tree is complete, current and true to its placeholders."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("branchops_tools_messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def tree(root: Path, source: str) -> Path:
    (root / "src" / "branchops" / "plugins" / "stamps").mkdir(parents=True)
    (root / "src" / "branchops" / "plugins" / "stamps" / "__init__.py").write_text(source, encoding="utf-8")
    return root


def translate(root: Path, english: str, chinese: str) -> Path:
    po = root / "src/branchops/plugins/stamps/locale/zh/LC_MESSAGES/stamps.po"
    old = f'msgid "{english}"\nmsgstr ""'
    text = po.read_text(encoding="utf-8")
    assert old in text
    po.write_text(text.replace(old, f'msgid "{english}"\nmsgstr "{chinese}"'), encoding="utf-8")
    return po


def test_the_catalogues_of_this_tree_are_complete_and_current(tool: ModuleType) -> None:
    """When it fails: run tools/messages.py, translate what it lists, and run it again."""
    assert tool.check() == []


def test_messages_are_marked_literals_help_texts_and_the_docstrings_of_commands(tool: ModuleType) -> None:
    source = """
@app.command("lend")
def lend(who: str = Option(..., help="Who takes it.")):
    '''Lends a stamp.

    branchops stamps lend 3
    '''
    raise Gone(_("No stamp "
                 "{id}.").format(id=1), N_("Look again."), _(text))

def helper():
    "Not a command."
"""
    assert sorted(tool.messages_of(source)) == [
        "Lends a stamp.\n\nbranchops stamps lend 3",
        "Look again.",
        "No stamp {id}.",
        "Who takes it.",
    ]


@pytest.mark.parametrize("call", ['_(f"No {x}")', "N_(text)"])
def test_a_marked_text_that_cannot_be_translated_is_refused(tool: ModuleType, call: str) -> None:
    with pytest.raises(ValueError, match=r"line 1: .* needs a plain literal"):
        list(tool.messages_of(call))


def test_a_translation_survives_updates_and_goes_with_its_message(tool: ModuleType, tmp_path: Path) -> None:
    root = tree(tmp_path, '_("Stamp {id}")\n_("Desk")\n')
    tool.update(root)
    assert tool.check(root) == ["stamps: no Chinese text: 'Desk'", "stamps: no Chinese text: 'Stamp {id}'"]
    po = translate(translate(root, "Stamp {id}", "章 {id}").parents[7], "Desk", "桌")
    assert tool.check(root) == [
        "src/branchops/plugins/stamps/locale/zh/LC_MESSAGES/stamps.mo is not current; run tools/messages.py"
    ]
    tool.update(root)
    assert tool.check(root) == []
    first = po.read_bytes(), po.with_suffix(".mo").read_bytes()
    tool.update(root)
    assert (po.read_bytes(), po.with_suffix(".mo").read_bytes()) == first
    tree_file = root / "src/branchops/plugins/stamps/__init__.py"
    tree_file.write_text('_("Desk")\n', encoding="utf-8")
    tool.update(root)
    assert tool.translations(tool.domains(root)[1]) == {"Desk": "桌"}


@pytest.mark.parametrize(
    ("english", "chinese", "found"),
    [
        ("Stamp {id}", "", ["no Chinese text"]),
        ("Stamp {id}", "章 {ID}", ["other placeholders in the Chinese text"]),
        ("Stamp {id}", "章", ["other placeholders in the Chinese text"]),
        ("Stamp {id} {id}", "章 {id}", ["other placeholders in the Chinese text"]),
        ("Stamp {id}", "章 {id} }", ["stray braces in the Chinese text"]),
        ("{a} of {b:,}", "{b:,}之{a}", []),
    ],
)
def test_a_translation_keeps_the_placeholders(tool: ModuleType, english: str, chinese: str, found: list[str]) -> None:
    assert tool.faults(english, chinese) == found
