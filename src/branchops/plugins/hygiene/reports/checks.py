"""What the branch still lacks in hygiene: choices where both documents speak, people, rooms, dates."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Reading, Verdict, reject, warn
from branchops.plugins.hygiene.rules.common import DOC2, DOC3, packs
from branchops.plugins.hygiene.rules.daily import STEWARD, steward_supervises
from branchops.plugins.hygiene.rules.penalty import terms_of
from branchops.plugins.hygiene.rules.zoning import gm_owner, ownerless, uncovered

CONFLICTS = ("hygiene.smoking.exempt", "hygiene.bins.mode", "hygiene.public.mode", "hygiene.bigclean.rule")
"""C1, C3, C4, C5: both documents speak and a default holds until the branch confirms or changes it. C2 has none."""


def hygiene_is_set_up(reading: Reading) -> Iterator[Verdict]:
    """Everything that hygiene still needs somebody to decide, name or draw."""
    policy = reading.policy
    on = packs(policy)
    unknown = sorted(on - {DOC2, DOC3})
    if unknown or not on:
        yield reject(
            N_("hygiene.packs names no hygiene document ({names})."),
            N_("Set it to doc2, doc3 or doc2,doc3."),
            names=", ".join(unknown) or "-",
        )
    chosen = {change.key for change in reading.policies.changes if change.since <= reading.now}
    if {DOC2, DOC3} <= on:
        if not gm_owner(policy):
            yield reject(
                N_("Both documents hold and name different people for the general manager's office."),
                N_("branchops policy set hygiene.zone.gm-office.owner admin-assistant|gm-assistant --reason R"),
            )
        for key in CONFLICTS:
            if key not in chosen:
                yield warn(
                    N_("Both documents speak; {key} is {value} until somebody chooses."),
                    N_("branchops policy set {key} {value} --reason R"),
                    key=key,
                    value=policy.get(key),
                )
    if policy.get("hygiene.bigclean.time") is None and DOC3 in on:
        yield warn(
            N_("The hour of the big clean-up is not set."),
            N_("branchops policy set hygiene.bigclean.time HH:MM --reason R"),
        )
    anchored = policy.get("hygiene.bigclean.rule") == "anchor-date" or policy.get("calendar.week_parity") == "anchor"
    if anchored and policy.get("hygiene.bigclean.anchor") is None:
        yield warn(
            N_("Counting every 14 days needs a date: ISO weeks are used until then."),
            N_("branchops policy set hygiene.bigclean.anchor DATE --reason R"),
        )
    if terms_of(policy).unit == "CNY" and policy.get("hygiene.penalty.consulted") is None:
        yield warn(
            N_("Penalties are in money and no date is given on which staff were consulted."),
            N_("branchops policy set hygiene.penalty.consulted DATE --reason R (or hygiene.penalty.mode points|off)"),
        )
    yield from _places(reading)


def _places(reading: Reading) -> Iterator[Verdict]:
    policy = reading.policy
    zones = list(reading.rows("hygiene.zone", {"active": True}))
    if not zones:
        yield warn(
            N_("No zones are drawn: no daily hygiene duties arise."), N_("branchops hygiene zones adopt --desks ID,ID")
        )
        return
    for place in uncovered(reading.rows("hygiene.place"), zones, reading.today):
        yield warn(
            N_("Room {room} is in no zone."),
            N_("branchops hygiene zones add CODE --kind KIND --rooms {room}"),
            room=place.code,
        )
    for zone in ownerless(zones, reading.today):
        yield warn(
            N_("Nobody answers for zone {zone}."), N_("branchops hygiene zones own {zone} --role ROLE"), zone=zone.code
        )
    if steward_supervises(policy) and not reading.people.holders(STEWARD, reading.today):
        yield warn(N_("Nobody is hygiene steward."), N_("branchops staff role ID hygiene-steward"))
    roles = {
        name for zone in zones if (owner := zone.owner(reading.today)) and owner.kind == "role" for name in owner.names
    }
    for role in sorted(roles):
        if not reading.people.holders(role, reading.today):
            yield warn(
                N_("Zones belong to the role {role}, which nobody holds."),
                N_("branchops staff role ID {role}"),
                role=role,
            )
