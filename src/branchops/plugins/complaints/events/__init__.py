"""What happens to a complaint. Stream: the complaint's number, `C-2026-0113`.

Everything a customer says or is known by is `Personal`: sealed with the key of this complaint before it is stored.
"""

from __future__ import annotations

from branchops.api import event_types
from branchops.plugins.complaints.events.answering import (
    Apologised,
    Closed,
    ContactTried,
    Corrected,
    Explained,
    Promised,
    Replied,
    ReplyImpossible,
    Resolved,
    SignedOff,
    Surveyed,
)
from branchops.plugins.complaints.events.book import BookChecked, BookReplied, VolumeEnded, VolumeStarted
from branchops.plugins.complaints.events.handling import (
    Accepted,
    CauseFound,
    Checked,
    CheckedItem,
    Conduct,
    HandedOver,
    HeadInformed,
    Instructed,
    Investigated,
    Misbehaved,
    Notified,
    Proposed,
)
from branchops.plugins.complaints.events.linking import Linked, Merged, Relation, Unlinked, Unmerged
from branchops.plugins.complaints.events.registers import HandlerDesignated, Printed, Reported
from branchops.plugins.complaints.events.taking import (
    Archived,
    Channel,
    Classified,
    Entered,
    Finding,
    Kind,
    KindJudged,
    Level,
    Received,
    SuggestionDecided,
    Urgency,
    Withdrawn,
)
from branchops.plugins.complaints.events.upward import (
    BeyondAuthorityConfirmed,
    Escalated,
    HotlineCalled,
    HqStatus,
    LimitExtended,
)

WORK: tuple[type, ...] = (
    Archived, Entered, Classified, KindJudged, SuggestionDecided, Withdrawn, HandedOver, Accepted, HeadInformed,
    Instructed, Notified, Investigated, Proposed, CauseFound, Promised, Replied, ContactTried, ReplyImpossible,
    Resolved, Apologised, Explained, Corrected, SignedOff, Closed, BookReplied, BeyondAuthorityConfirmed, Escalated,
    LimitExtended, HotlineCalled, Merged,
)  # fmt: skip
"""What is done about an open complaint."""

AFTERWARDS: tuple[type, ...] = (HqStatus, Surveyed, Linked, Unlinked, Unmerged)
"""What may still be recorded once it is closed."""

EVENTS = (
    *event_types("complaints", Received, *WORK, *AFTERWARDS, state="complaints.case"),
    *event_types("complaints", Misbehaved, Checked),
    *event_types("complaints", VolumeStarted, VolumeEnded, BookChecked, state="complaints.book"),
    *event_types("complaints", HandlerDesignated, Printed, Reported),
)

__all__ = [
    "AFTERWARDS",
    "EVENTS",
    "WORK",
    "Accepted",
    "Apologised",
    "Archived",
    "BeyondAuthorityConfirmed",
    "BookChecked",
    "BookReplied",
    "CauseFound",
    "Channel",
    "Checked",
    "CheckedItem",
    "Classified",
    "Closed",
    "Conduct",
    "ContactTried",
    "Corrected",
    "Entered",
    "Escalated",
    "Explained",
    "Finding",
    "HandedOver",
    "HandlerDesignated",
    "HeadInformed",
    "HotlineCalled",
    "HqStatus",
    "Instructed",
    "Investigated",
    "Kind",
    "KindJudged",
    "Level",
    "LimitExtended",
    "Linked",
    "Merged",
    "Misbehaved",
    "Notified",
    "Printed",
    "Promised",
    "Proposed",
    "Received",
    "Relation",
    "Replied",
    "ReplyImpossible",
    "Reported",
    "Resolved",
    "SignedOff",
    "SuggestionDecided",
    "Surveyed",
    "Unlinked",
    "Unmerged",
    "Urgency",
    "VolumeEnded",
    "VolumeStarted",
    "Withdrawn",
]
