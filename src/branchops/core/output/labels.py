"""The words beside the facts of a page, where a command names none of its own.

`Page.columns` makes such a label from the fact's key ("opened_at" is "Opened at") and translates it. The words of
core's own facts and entries stand here so that the catalogue has them, and so that none of them is looked up among the
plugins' words, where the same word may mean another thing. A plugin does the same for its own keys.
"""

from __future__ import annotations

from branchops.core.output.messages import N_

LABELS = (
    # what every command tells
    *(N_("At"), N_("Event"), N_("Key"), N_("Pos"), N_("Replayed"), N_("Store"), N_("Stored"), N_("Stream")),
    # people
    *(N_("Attempt"), N_("From staff"), N_("Kind"), N_("Left on"), N_("Name"), N_("On"), N_("On leave"), N_("Os user")),
    *(N_("Person"), N_("Role"), N_("Roles"), N_("Staff"), N_("Start"), N_("To staff"), N_("Until")),
    # outlet, settings, day
    *(N_("Checkpoint"), N_("Closed at"), N_("Closed by"), N_("Code"), N_("Opened at"), N_("Opened by"), N_("Outlet")),
    *(N_("Root"), N_("Since"), N_("Size"), N_("State"), N_("Timezone"), N_("Unasked"), N_("Unset")),
    # voiding
    *(N_("Target"), N_("Target actor"), N_("Target pos"), N_("Target type")),
    # files, import and export
    *(N_("Duplicates"), N_("Format"), N_("Ms"), N_("Out"), N_("Read"), N_("Rejected"), N_("Rejects"), N_("Seconds")),
)
"""Marked for the catalogue; nothing reads it."""
TYPES = (
    *(N_("outlet.registered"), N_("policy.set"), N_("day.opened"), N_("day.closed"), N_("entry.voided")),
    *(N_("staff.added"), N_("staff.role-given"), N_("staff.role-ended"), N_("staff.on-leave"), N_("staff.left")),
    *(N_("staff.delegated"), N_("staff.delegation-ended"), N_("staff.pin-set"), N_("staff.pin-failed")),
    *(N_("staff.pin-locked"), N_("staff.pin-unlocked"), N_("staff.pin-cleared"), N_("staff.bound")),
)
"""Core's own types of entries, by their stored names."""
