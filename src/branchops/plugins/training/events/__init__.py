"""Everything that can be recorded about training and service."""

from __future__ import annotations

from branchops.api import event_types
from branchops.plugins.training.events import conduct, learning, records, sessions

EVENTS = (
    *event_types(
        "training",
        sessions.SessionPlanned,
        sessions.Booked,
        sessions.SessionHeld,
        sessions.Attended,
        sessions.MinutesKept,
        state="training.session",
    ),
    *event_types(
        "training",
        learning.QuizTaken,
        learning.SignedOff,
        learning.ReflectionWritten,
        learning.ReflectionReviewed,
        learning.Acknowledged,
        learning.Waived,
        state="training.learner",
    ),
    *event_types("training", conduct.Observed, conduct.SecondSheet, state="training.observation"),
    *event_types("training", conduct.RefusalRecorded, state="training.refusal"),
    *event_types(
        "training",
        conduct.Accommodated,
        conduct.AppearanceChecked,
        conduct.GoodDeedNoted,
        conduct.CareGiven,
        conduct.IncidentNoted,
        conduct.CheckedIn,
        records.RecordImported,
    ),
)
