"""The shape of the house: imports go down the floors, plugins come through the door, pure rooms are pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from branchops.testing import source
from branchops.testing.contract import IMPURE, PURE_ROOMS

SRC = Path(__file__).resolve().parents[2] / "src"
ROOT = SRC / "branchops"

FLOORS: tuple[tuple[str, ...], ...] = (
    ("core.errors", "core.clock", "core.memo", "core.output"),
    ("core.ledger", "core.rulebook"),
    ("core.people", "core.views"),
    ("core.extend",),
    ("core",),
    ("api", "cli", "session", "doing", "showing", "tree", "__main__"),
    ("commands", "plugins", "testing"),
)
"""From the ground up; the longest name that fits a module is its room. A room may import its own floor and below."""

PEERS = {("core.ledger", "core.output"), ("core.errors", "core.output")}

MAY_LOOK_UP: dict[str, set[str]] = {}
"""Modules with a reason to import from above, each with what it may import."""


def module_name(path: Path) -> str:
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(path: Path) -> str:
    name = module_name(path)
    return name if path.name == "__init__.py" else name.rpartition(".")[0]


@cache
def files() -> tuple[Path, ...]:
    return tuple(sorted(ROOT.rglob("*.py")))


def room_of(name: str) -> str:
    """The room of a module, such as `core.ledger` for `branchops.core.ledger.tree`."""
    inner = name.removeprefix("branchops").removeprefix(".")
    rooms = [room for floor in FLOORS for room in floor if inner == room or inner.startswith(f"{room}.")]
    return max(rooms, key=len, default="")


def floor_of(room: str) -> int:
    return next(i for i, floor in enumerate(FLOORS) if room in floor)


def runtime_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Modules of branchops that a file imports when it runs: line and full name; type checking blocks are left out."""
    tree = ast.parse(path.read_text("utf-8"))
    hidden = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for one in node.body
        for inner in ast.walk(one)
    }
    for node in ast.walk(tree):
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.startswith("branchops"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("branchops"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                place = SRC / inner.replace(".", "/")
                yield node.lineno, inner if place.is_dir() or place.with_suffix(".py").is_file() else str(node.module)


def test_every_module_has_its_floor() -> None:
    """A new room is put on a floor of this test before it is furnished."""
    homeless = [module_name(path) for path in files() if not room_of(module_name(path)) and path.parent != ROOT]
    assert homeless == []


def test_imports_only_go_down() -> None:
    """No module imports, at any time, from a floor above its own."""
    wrong = []
    for path in files():
        name = module_name(path)
        room = room_of(name)
        if not room:
            continue
        for line, imported in runtime_imports(path):
            target = room_of(imported)
            if target and floor_of(target) > floor_of(room) and imported not in MAY_LOOK_UP.get(name, set()):
                wrong.append(f"{name}:{line} imports {imported}")
    assert wrong == []


def test_no_module_is_in_a_circle() -> None:
    """Imports at the top of modules form no circle, so that any module can be the first one imported."""
    names = {module_name(path) for path in files()}
    graph: dict[str, set[str]] = {}
    for path in files():
        tree = ast.parse(path.read_text("utf-8"))
        top = {node.lineno for node in tree.body}
        graph[module_name(path)] = {
            imported for line, imported in runtime_imports(path) if line in top and imported in names
        }
    state: dict[str, int] = {}
    circles = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if state.get(name) == 2:
            return
        if name in path:
            circles.append(" → ".join((*path[path.index(name) :], name)))
            return
        for imported in sorted(graph.get(name, ())):
            visit(imported, (*path, name))
        state[name] = 2

    for name in sorted(graph):
        visit(name, ())
    assert circles == []


def test_core_knows_no_plugin_and_no_command() -> None:
    wrong = [
        f"{module_name(path)}:{line} imports {imported}"
        for path in files()
        if module_name(path).startswith("branchops.core")
        for line, imported in runtime_imports(path)
        if imported.startswith(("branchops.plugins", "branchops.commands", "branchops.testing"))
    ]
    named = [
        f"{module_name(path)} names “{plugin}.”"
        for path in files()
        if module_name(path).startswith("branchops.core")
        for plugin in bundled()
        for text in texts_of(path)
        if text.startswith(f"{plugin}.")
    ]
    assert wrong + named == []


def texts_of(path: Path) -> Iterator[str]:
    """The string literals of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def bundled() -> list[str]:
    return sorted(path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py"))


@pytest.mark.parametrize("plugin", bundled())
def test_a_plugin_comes_through_the_door(plugin: str) -> None:
    """Type checking included, a bundled plugin imports `branchops.api` and its own rooms only."""
    home = f"branchops.plugins.{plugin}"
    wrong = []
    for path in sorted((ROOT / "plugins" / plugin).rglob("*.py")):
        for name in source.modules(path.read_text("utf-8"), package=package_of(path)):
            inside = name == home or name.startswith(f"{home}.")
            if name.startswith("branchops") and name != "branchops.api" and not inside:
                wrong.append(f"{module_name(path)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("plugin", bundled())
def test_the_pure_rooms_of_a_plugin_are_pure(plugin: str) -> None:
    """Events, rules, views and duties import no terminal, no database, no clock, no dice."""
    home = ROOT / "plugins" / plugin
    wrong = {}
    for path in sorted(home.rglob("*.py")):
        if path.relative_to(home).parts[0].removesuffix(".py") in PURE_ROOMS:
            text = path.read_text("utf-8")
            found = [*sorted(source.imports(text) & set(IMPURE)), *source.clock_readings(text)]
            if found:
                wrong[str(path.relative_to(home))] = found
    assert wrong == {}


def test_judging_is_pure() -> None:
    """The rulebook room of the core itself has no terminal, no database, no clock, no dice."""
    wrong = {}
    for path in sorted((ROOT / "core" / "rulebook").rglob("*.py")):
        text = path.read_text("utf-8")
        found = [*sorted(source.imports(text) & set(IMPURE)), *source.clock_readings(text)]
        if found:
            wrong[path.name] = found
    assert wrong == {}


def test_only_the_ledger_opens_the_ledger() -> None:
    """No other room names the file to connect to, and sqlite3 is imported only where a database is kept."""
    allowed = ("core.ledger", "core.views", "core.people")
    wrong = [
        module_name(path)
        for path in files()
        if "sqlite3" in source.imports(path.read_text("utf-8"))
        and room_of(module_name(path)) not in allowed
        and module_name(path) not in MAY_USE_SQLITE
    ]
    assert wrong == []


MAY_USE_SQLITE = {"branchops.commands.doctor", "branchops.commands.rebuild"}
"""One tells the build of SQLite, the other knows its errors from a damaged views.db; neither opens anything."""


def test_no_module_outgrows_its_reader() -> None:
    """At most 400 lines a module."""
    long = {module_name(path): n for path in files() if (n := len(path.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_no_function_outgrows_a_screen() -> None:
    """At most 60 lines a function, decorators and docstring included."""
    long = {}
    for path in files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                lines = (node.end_lineno or first) - first + 1
                if lines > 60:
                    long[f"{module_name(path)}.{node.name}"] = lines
    assert long == {}


def test_modules_are_short_as_a_rule() -> None:
    """The median module has fewer than 120 lines."""
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in files())
    assert lengths[len(lengths) // 2] < 120


def test_every_module_says_what_holds_in_it() -> None:
    silent = [
        module_name(path)
        for path in files()
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_the_door_is_in_order() -> None:
    """`branchops.api` lists its names, each once (the linter keeps them sorted), and each can be had."""
    import branchops.api as door

    assert sorted(door.__all__) == sorted(set(door.__all__)) == sorted(door._HOMES)
    missing = []
    for name in door.__all__:
        try:
            getattr(door, name)
        except (AttributeError, ImportError) as error:
            missing.append(f"{name}: {error}")
    assert missing == []
    with pytest.raises(AttributeError, match=r"branchops\.api has no Nonsense"):
        door.Nonsense  # noqa: B018 - the asking is the test


def test_what_the_type_checker_sees_of_the_door_is_what_there_is() -> None:
    """The names imported for type checking are those offered at run time, from the same homes, each as itself."""
    import branchops.api as door

    tree = ast.parse((ROOT / "api.py").read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname or alias.name: f"{node.module}:{alias.name}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == door._HOMES
    unmarked = [
        alias.name
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname != alias.name
    ]
    assert unmarked == []
