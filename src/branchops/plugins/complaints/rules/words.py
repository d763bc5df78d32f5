"""What is done is told in words: an entry whose words are empty would keep a duty, and say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Event, Facts, Policy, Verdict, reject, validator
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.shared import under
from branchops.plugins.complaints.views import Case

LINE = N_("A line is enough: --text “...”.")
REASON = N_("A line is enough: --reason “...”.")
NEEDED: dict[type, tuple[str, str, str, str]] = {
    ev.Proposed: ("proposal", "complaints.oral-offer-solution", N_("Say what was proposed."), LINE),
    ev.Instructed: ("text", "complaints.oral-ask-head", N_("Say what the instruction is."), LINE),
    ev.Investigated: (
        "finding", "complaints.verify-and-investigate", N_("Say what was found out."),
        N_("A line is enough: --finding “...”."),
    ),
    ev.Replied: (
        "via", "complaints.handler-resolves-and-replies", N_("Say how the customer was answered."),
        N_("In person, by telephone, by letter: --via phone"),
    ),
    ev.ContactTried: (
        "via", "complaints.handler-resolves-and-replies", N_("Say how the customer was tried."),
        N_("In person, by telephone, by letter: --via phone"),
    ),
    ev.Corrected: ("text", "complaints.correct-promptly", N_("Say what was put right."), LINE),
    ev.HqStatus: ("text", "complaints.track-escalated", N_("Say what head office said."), LINE),
    ev.LimitExtended: ("reason", "complaints.track-escalated", N_("Say why it takes longer."), REASON),
    ev.Unmerged: ("reason", "complaints.record-every-one", N_("Say why they are two matters."), REASON),
}  # fmt: skip
"""Which words an entry cannot do without, the rule it would seem to keep without them, and what to say."""


@validator(*sorted({rule for _field, rule, _text, _hint in NEEDED.values()}), on=tuple(NEEDED))
def words_are_said(event: Event, _case: Case | None, _facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Art. 6, 7, 8, 10: a reply, a finding or an instruction without words is none."""
    field, rule, text, hint = NEEDED[type(event)]
    if not getattr(event, field).strip():
        yield from under(rule, [reject(text, hint)])
