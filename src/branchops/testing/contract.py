"""What every plugin owes the core (filled in below)."""

from __future__ import annotations


class PluginContract:
    """Subclass it in a test module and set `plugin`."""

    plugin: str = ""
