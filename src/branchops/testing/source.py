"""Reads sources without running them: what a module imports, which texts it marks, where it asks for the time."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import msgspec

_CLOCKS = ("now", "today", "utcnow", "time", "monotonic")


def files_of(module: ModuleType) -> list[Path]:
    """The Python files of a package (or of a module that is a file), without its tests."""
    path = Path(module.__file__ or "")
    if path.name != "__init__.py":
        return [path]
    return sorted(found for found in path.parent.rglob("*.py") if "tests" not in found.relative_to(path.parent).parts)


def room_of(path: Path, module: ModuleType) -> str:
    """The room a file belongs to: `rules` for `rules.py` as for `rules/closing.py`."""
    home = Path(module.__file__ or "").parent
    return path.relative_to(home).parts[0].removesuffix(".py")


def modules(text: str, *, package: str = "") -> set[str]:
    """The full names of the modules a source imports anywhere, type checking included; `from x import y` gives x."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            found.add(".".join(filter(None, (base if node.level else "", node.module or ""))))
    return found


def imports(text: str) -> set[str]:
    """The top-level names a source imports."""
    return {name.partition(".")[0] for name in modules(text)}


def clock_readings(text: str) -> list[str]:
    """Calls such as `datetime.now()` and `date.today()`."""
    return [
        f"line {node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date", "time")
    ]


def marked(text: str) -> Iterator[str]:
    """The texts a source marks for translation: literals in `_()` and `N_()`, and the help of its commands."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ("_", "N_") and node.args and isinstance(node.args[0], ast.Constant):
                value = node.args[0].value
                if isinstance(value, str) and value:
                    yield value
        elif isinstance(node, ast.FunctionDef) and any(_makes_command(one) for one in node.decorator_list):
            docstring = ast.get_docstring(node, clean=False)
            if docstring:
                yield cleandoc(docstring)


def _makes_command(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in ("command", "callback")
    )


def mentions(hint: Any, wanted: type, seen: frozenset[Any] = frozenset()) -> bool:
    """Whether a type hint holds `wanted` anywhere, the fields of nested structs included."""
    if hint is wanted:
        return True
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        if hint in seen:
            return False
        return any(mentions(inner, wanted, seen | {hint}) for inner in get_type_hints(hint).values())
    return any(mentions(inner, wanted, seen) for inner in get_args(hint))


def rules_in(data: Any) -> Iterator[str]:
    """The rule ids that rows of a pack's own tables name under `rule` or `rules`."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "rule" and isinstance(value, str):
                yield value
            elif key == "rules" and isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
                yield from value
            else:
                yield from rules_in(value)
    elif isinstance(data, (list, tuple)):
        for one in data:
            yield from rules_in(one)
