"""Training keeps every promise that a plugin makes to the core."""

from __future__ import annotations

from typing import Any

from branchops.testing import PluginContract


class TestTraining(PluginContract):
    """The contract cases, over a history with a correction and a voided entry."""

    plugin = "training"

    def history(self, kit: Any) -> None:
        """A session, corrected; a quiz, voided; an observation; a refusal."""
        session = kit.ok("training", "session", "--topic", "rules", at="10:00")["id"]
        kit.ok("training", "attend", session, "--present", "zhao", "--absent", "sun")
        kit.ok("training", "correct", session, "sun", "--to", "late", "--reason", "stood at the back")
        quiz = kit.ok("training", "quiz", "zhao", "--topic", "rules", "--score", "90")
        kit.ok("void", quiz["event"], "--reason", "another person's sheet")
        kit.ok("training", "observe", "add", "zhao", "--score", "smile=1", "--score", "hands-over=0", "--by", "li")
        kit.ok("training", "service-refusal", "add", "--business", "coins", "--by", "wang")
        kit.ok("training", "good-deed", "add", "zhao", "--what", "stayed late")
        kit.ok("policy", "set", "training.quiz.pass", "85", "--reason", "stricter")
