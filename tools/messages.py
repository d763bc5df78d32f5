"""Message catalogues: finds what the program says, keeps the Chinese `.po` files in step, compiles the `.mo` files.

    python tools/messages.py            update and compile every catalogue
    python tools/messages.py --check    change nothing; exit 1 and list what is missing, stale or mistranslated

A catalogue belongs to core, to each bundled plugin and to each package under plugins_contrib. Its messages are the
literals given to `_()` and `N_()`, the literals of `help=`, and the docstrings of command functions (help is translated
when it is shown; the message is what `inspect.cleandoc` makes of the docstring).

Files are a pure function of sources and translations: sorted, without dates, line numbers or obsolete messages.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import string
import sys
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
_MARKERS = ("_", "N_")
_COMMAND_DECORATORS = ("command", "callback")
_PLACEHOLDER = re.compile(r"\{[A-Za-z_][A-Za-z0-9_.]*(?:![rsa])?(?::[^{}]*)?\}")


class Domain(NamedTuple):
    """One catalogue: its name, the folder of its sources, and a folder inside that is not its own."""

    name: str
    sources: Path
    but: Path | None = None

    @property
    def po(self) -> Path:
        return self.sources / "locale" / "zh" / "LC_MESSAGES" / f"{self.name}.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")


class _Steady(Catalog):
    """A catalogue whose header says nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "branchops"),
            ("Language", "zh"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def domains(root: Path = ROOT) -> list[Domain]:
    """Every catalogue of the tree, core first."""
    core = root / "src" / "branchops"
    found = [Domain("branchops", core, core / "plugins")]
    folders = sorted([*(core / "plugins").glob("*/__init__.py"), *root.glob("plugins_contrib/*/src/*/__init__.py")])
    return found + [Domain(init.parent.name, init.parent) for init in folders]


def messages_of(source: str) -> Iterator[str]:
    """The messages in one module's text. ValueError for a marked text that is not a literal."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _call(node)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _is_command(node):
            docstring = ast.get_docstring(node, clean=False)
            if docstring:
                yield cleandoc(docstring)


def extracted(domain: Domain) -> list[str]:
    """The messages of a domain, sorted, each once."""
    found: set[str] = set()
    for path in sorted(domain.sources.rglob("*.py")):
        if domain.but and domain.but in path.parents:
            continue
        try:
            found.update(messages_of(path.read_text(encoding="utf-8")))
        except (SyntaxError, ValueError) as error:
            raise ValueError(f"{path}: {error}") from error
    return sorted(found - {""})


def translations(domain: Domain) -> dict[str, str]:
    """What the domain's `.po` file has: message to translation."""
    if not domain.po.exists():
        return {}
    with domain.po.open("rb") as file:
        catalog = read_po(file, locale="zh", ignore_obsolete=True)
    return {one.id: one.string for one in catalog if isinstance(one.id, str) and one.id and isinstance(one.string, str)}


def compiled(wanted: Iterable[str], known: dict[str, str]) -> tuple[bytes, bytes]:
    """The `.po` and the `.mo` file of these messages."""
    catalog = _Steady(locale="zh", header_comment="", fuzzy=False)
    for message in wanted:
        catalog.add(message, known.get(message, ""), flags=())
    for entry in catalog:
        entry.flags.clear()
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=0, no_location=True, sort_output=True)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue()


def check(root: Path = ROOT) -> list[str]:
    """What is wrong with the tree's catalogues, a sentence each; an empty list is good."""
    wrong = []
    for domain in domains(root):
        wanted = extracted(domain)
        known = translations(domain)
        if not wanted and not domain.po.exists():
            continue
        po, mo = compiled(wanted, known)
        for path, content in ((domain.po, po), (domain.mo, mo)):
            if not path.exists() or path.read_bytes() != content:
                wrong.append(f"{path.relative_to(root)} is not current; run tools/messages.py")
        for message in wanted:
            wrong += [f"{domain.name}: {fault}: {message!r}" for fault in faults(message, known.get(message, ""))]
    return wrong


def faults(message: str, translation: str) -> list[str]:
    """What is wrong with one translation."""
    if not translation:
        return ["no Chinese text"]
    found = []
    if sorted(_PLACEHOLDER.findall(message)) != sorted(_PLACEHOLDER.findall(translation)):
        found.append("other placeholders in the Chinese text")
    if _formats(message) and not _formats(translation):
        found.append("stray braces in the Chinese text")
    return found


def update(root: Path = ROOT) -> None:
    """Writes every catalogue that has messages."""
    for domain in domains(root):
        wanted = extracted(domain)
        if not wanted and not domain.po.exists():
            continue
        domain.po.parent.mkdir(parents=True, exist_ok=True)
        for path, content in zip((domain.po, domain.mo), compiled(wanted, translations(domain)), strict=True):
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)


def _call(node: ast.Call) -> Iterator[str]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name in _MARKERS and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
        elif isinstance(first, ast.JoinedStr) or name == "N_":
            raise ValueError(f"line {node.lineno}: {name}() needs a plain literal, with format() outside")
    for keyword in node.keywords:
        value = keyword.value
        if keyword.arg == "help" and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in _COMMAND_DECORATORS
        for one in node.decorator_list
    )


def _formats(text: str) -> bool:
    try:
        list(string.Formatter().parse(text))
    except ValueError:
        return False
    return True


def main() -> int:
    """The command line: 0 when all is well."""
    parser = argparse.ArgumentParser(description="Update, or check, the message catalogues.")
    parser.add_argument("--check", action="store_true", help="change nothing; list what is wrong and exit 1")
    if not parser.parse_args().check:
        update()
    wrong = check()
    for fault in wrong:
        print(fault, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
