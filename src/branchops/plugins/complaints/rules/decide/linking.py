"""Decisions about complaints that belong together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from branchops.api import Entry, New, Policy
from branchops.plugins.complaints import events as ev
from branchops.plugins.complaints.rules.decide.tidy import tidy
from branchops.plugins.complaints.views import Case


class LinkTo(msgspec.Struct, frozen=True, kw_only=True):
    """Link two complaints."""

    to: str
    relation: ev.Relation = "related"


def decide_link(case: Case, command: LinkTo, _policy: Policy) -> Iterator[Entry]:
    """The two belong together, as seen from both."""
    yield Entry(ev.Linked(to=command.to, relation=command.relation))
    yield Entry(ev.Linked(to=case.id, relation=command.relation), command.to)


class UnlinkFrom(msgspec.Struct, frozen=True, kw_only=True):
    """Take a link back."""

    to: str
    reason: str = ""


def decide_unlink(case: Case, command: UnlinkFrom, _policy: Policy) -> Iterator[Entry]:
    """The two do not belong together."""
    yield Entry(ev.Unlinked(to=command.to, reason=command.reason))
    yield Entry(ev.Unlinked(to=case.id, reason=command.reason), command.to)


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Merge it into an earlier complaint."""

    into: str
    reason: str = ""


def decide_merge(_case: Case, command: Merge, _policy: Policy) -> ev.Merged:
    """It is the same matter."""
    return ev.Merged(into=command.into, reason=command.reason)


class Unmerge(msgspec.Struct, frozen=True, kw_only=True):
    """Take a merging back."""

    reason: str


def decide_unmerge(_case: Case, command: Unmerge, _policy: Policy) -> ev.Unmerged:
    """It is a matter of its own after all."""
    return ev.Unmerged(reason=command.reason)


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """Take a second matter out of a complaint."""

    gist: str
    taker: str


def decide_split(case: Case, command: Split, _policy: Policy) -> Iterator[Entry]:
    """A second complaint, with the clock, the customer and the channel of the first."""
    carried = (
        "channel", "subtype", "readback", "complainant", "no_contact", "channel_code", "regulator", "received_on",
        "unit",
    )  # fmt: skip
    told: dict[str, Any] = {name: getattr(case, name) for name in carried}
    sealed: dict[str, Any] = {name: getattr(case, name) or None for name in ("caller", "contact")}
    new = ev.Received(
        gist=tidy(command.gist), taker=command.taker, split_from=case.id, since=case.received_at, **told, **sealed
    )
    yield Entry(new, New("C"))
