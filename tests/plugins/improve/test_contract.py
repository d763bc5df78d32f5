"""The contract cases hold for the improve plugin."""

from __future__ import annotations

from typing import Any

from branchops.testing import PluginContract


class TestImprove(PluginContract):
    plugin = "improve"

    def history(self, kit: Any) -> None:
        """A finding closed, one voided, a plan with a task, a measure classified anew."""
        kit.pins("sun", "chen")
        photo = kit.root / "a.jpg"
        photo.write_bytes(b"x")
        for unit in ("A1", "A1", "B2"):
            kit.ok("improve", "finding", "open", "--text", "open lock", "--unit", unit, "--rule", "day.closed")
        kit.ok("improve", "finding", "assign", "1", "--owner", "zhao")
        kit.ok(
            "improve", "finding", "rectify", "1", "--by", "zhao", "--what", "x", "--evidence", photo, "--practice", "y"
        )
        kit.ok("improve", "finding", "analogues", "1", "--where", "all", "--result", "none")
        kit.ok("improve", "finding", "verify", "1", "--by", "sun")
        kit.ok("improve", "finding", "close", "1")
        kit.ok("void", kit.events("improve.opened", "F-2026-0002")[0].id, "--reason", "twice")
        target = "metric=complaints.on-time,goal=95,due=2026-12-31,owner=li"
        kit.ok("improve", "plan", "new", "--title", "Better", "--period", "2026", "--target", target)
        kit.ok("improve", "plan", "task", "add", "1", "--kind", "cost", "--text", "x", "--owner", "li")
        kit.ok("improve", "plan", "measure", "add", "--kind", "safety", "--text", "x", "--problem", "F-1")
        kit.ok("improve", "plan", "measure", "reclassify", "1", "--kind", "preventive", "--reason", "kept")
