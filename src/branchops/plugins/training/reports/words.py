"""The words by which facts of our events and pages are labelled: looked up by the key's name when a page is shown."""

from __future__ import annotations

from branchops.api import N_

LABELS = (
    N_("After"), N_("Anticipated"), N_("At"), N_("Attempt"), N_("Before"), N_("Breach"), N_("Business"),
    N_("Comment"), N_("Complaint"), N_("Held on"), N_("Essay"), N_("Expected"), N_("Explained"), N_("File"), N_("Gist"),
    N_("Ground"), N_("Head"), N_("Held at"), N_("Items"), N_("Kind"), N_("Kinds"), N_("Lasted"), N_("Length"),
    N_("Minutes"),
    N_("Missing"), N_("Mood"), N_("Note"), N_("Observer"), N_("On"), N_("Out of"), N_("Passed"), N_("Peer"),
    N_("Points"), N_("Reason"), N_("Record"), N_("Reflections"), N_("Reviewer"), N_("Scope"), N_("Score"),
    N_("Scores"), N_("Second"), N_("Session"), N_("Sha256"), N_("Sketch"), N_("Staff"), N_("Start"), N_("Status"),
    N_("Task"), N_("Text"), N_("Text sha256"), N_("Theme"), N_("Title"), N_("Topic"), N_("Topics"), N_("Trainer"),
    N_("Until"), N_("Visit"), N_("What"),
)  # fmt: skip
