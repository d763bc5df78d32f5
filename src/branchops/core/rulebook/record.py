"""An entry of the ledger as rules and views see it: typed, immutable, with both of its clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from branchops.core.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from branchops.core.people.staff import People
    from branchops.core.rulebook.calendar import Calendar
    from branchops.core.rulebook.policy import Policies, Policy
    from branchops.core.rulebook.rule import Rule


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Who vouched: a staff id and its person, the roles held that day, when, and the SHA-256 of the data signed."""

    staff: str
    person: str
    roles: tuple[str, ...]
    at: str
    digest: str
    means: str = "pin"


class Meta(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the append path knows of an entry, stored beside its data.

    `policy` is the version it was judged by, `breaches` the rules it broke, `key` and `asked` the idempotency key and
    the digest of what was asked, `cause` the id of the event that it answers, `source` where an import took it from.
    """

    outlet: str = ""
    policy: int = 0
    signatures: tuple[Signature, ...] = ()
    breaches: tuple[Verdict, ...] = ()
    key: str = ""
    asked: str = ""
    cause: str = ""
    source: str = ""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `occurred_at` is claimed, `recorded_at` is the machine's; both aware. `data` is the type's struct, or
    a plain dict when no loaded plugin knows the type. `pos` is 0 while the entry is still being judged."""

    pos: int
    id: str
    stream: str
    version: int
    type: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    data: Any
    meta: Meta


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule may know besides the event, the state of its stream and the policy: values only, no I/O.

    `now` is the instant of the append (its `recorded_at`). `asked` holds the answers to what the rule asked for,
    `packs` the tables of each plugin's rule pack beside its rules and settings, `rules` the rules of all packs by id.
    """

    record: Recorded | None
    now: datetime
    people: People
    calendar: Calendar
    policies: Policies
    asked: Mapping[str, Any] = {}
    packs: Mapping[str, Mapping[str, Any]] = {}
    rules: Mapping[str, Rule] = {}

    def __getitem__(self, name: str) -> Any:
        """The answer to one question of a rule's `asks`."""
        return self.asked[name]

    def table(self, plugin: str, name: str) -> tuple[Mapping[str, Any], ...]:
        """The rows of a table `[[name]]` of a plugin's rule pack, with the bank's overlay; empty without one."""
        return tuple(self.packs[plugin].get(name, ())) if plugin in self.packs else ()

    def policy_at(self, moment: datetime) -> Policy:
        """The policy in force at an instant: what a duty born then is pinned to."""
        return self.policies.at(moment)
