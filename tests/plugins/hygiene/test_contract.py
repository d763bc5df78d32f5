"""The hygiene plugin keeps what every plugin promises."""

from __future__ import annotations

from typing import Any

from branchops.testing import PluginContract


class TestHygiene(PluginContract):
    """The contract, on a branch with zones, a rota, a violation and a clean-up."""

    plugin = "hygiene"

    def history(self, kit: Any) -> None:
        """Something of everything."""
        kit.ok("hygiene", "zones", "adopt", "--desks", "zhao,sun")
        kit.ok("hygiene", "rota", "make", "--from", "2026-11-23", "--to", "2026-12-31", "--people", "zhao,sun,qian")
        kit.ok("hygiene", "violation", "add", "--kind", "desk", "--who", "zhao")
        kit.ok("hygiene", "violation", "add", "--kind", "smoking", "--who", "visitor")
        kit.ok("hygiene", "room", "used", "small-meeting-room", "--by", "zhao")
        kit.ok("hygiene", "borrow", "files", "--who", "zhao")
        kit.ok("hygiene", "round", "--who", "all", "--shared")
        kit.ok("hygiene", "inspect", "desk-zhao", "--rest", "pass", "--by", "sun")
