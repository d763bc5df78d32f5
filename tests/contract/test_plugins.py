"""The bundled plugins keep the contract that is asked of every plugin."""

from __future__ import annotations

from pathlib import Path

import branchops.plugins
from branchops.testing import PluginContract

FOLDER = Path(branchops.plugins.__file__).parent

for _init in sorted(FOLDER.glob("*/__init__.py")):
    _name = f"Test{_init.parent.name.title()}"
    globals()[_name] = type(_name, (PluginContract,), {"plugin": _init.parent.name, "__doc__": PluginContract.__doc__})
