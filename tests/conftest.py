"""What all suites share: toy plugins, and a way to make a plugin module out of a few lines of source.

The fixtures `kit`, `make_kit` and `clock` come from `branchops.testing`, which pytest loads by its entry point.
"""

from __future__ import annotations

import importlib.util
import itertools
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

TOYS = Path(__file__).parent / "toys"
_numbers = itertools.count(1)

settings.register_profile(
    "house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")


def load(path: Path, name: str) -> ModuleType:
    """A module from a file, known to `sys.modules` under `name`."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


@pytest.fixture(scope="session")
def toy() -> ModuleType:
    """The plugin `toy`: cases with notes, counts that two people sign, personal data, a duty, a command group."""
    return load(TOYS / "toys_toy.py", "toys_toy")


@pytest.fixture(scope="session")
def echo() -> ModuleType:
    """The plugin `echo`: listens to `toy` and answers its notes and breaches with entries of its own."""
    return load(TOYS / "toys_echo.py", "toys_echo")


@pytest.fixture
def plugin_of(tmp_path: Path) -> Iterator[Callable[..., ModuleType]]:
    """Makes a module of source text: `plugin_of('''...''')`; `import_it=False` gives the path of an unimported one."""
    made: list[str] = []

    def make(source: str, *, import_it: bool = True) -> ModuleType | Path:
        name = f"made_plugin_{next(_numbers)}"
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        if not import_it:
            return path
        made.append(name)
        return load(path, name)

    yield make  # type: ignore[misc]
    for name in made:
        sys.modules.pop(name, None)


@pytest.fixture
def toy_kit(make_kit: Callable[..., object], toy: ModuleType, echo: ModuleType) -> object:
    """A branch with the plugins `toy` and `echo` and nothing else."""
    load(TOYS / "toys_toy_commands.py", "toys_toy_commands")
    return make_kit(given=[("toy", toy), ("echo", echo)], bundled=False)
