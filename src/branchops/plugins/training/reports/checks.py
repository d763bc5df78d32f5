"""What the branch still lacks before training works: asked by `rules check`."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Reading, Verdict, warn

OBSERVER = "service-observer"


def who_signs(reading: Reading) -> Iterator[Verdict]:
    """Somebody here may sign off practice, and a second person may sign off theirs."""
    roles = reading.policy.get("training.signoff.roles", ())
    people = reading.people
    able = {
        people.person(one.id)
        for one in people
        if people.active(one.id, reading.today) and people.roles(one.id, reading.today).intersection(roles)
    }
    if len(able) < 2:
        yield warn(
            N_("Fewer than two people here may sign off practice ({roles})."),
            N_("branchops staff role ID trainer"),
            roles=", ".join(roles),
        )


def who_observes(reading: Reading) -> Iterator[Verdict]:
    """Somebody is there to observe how customers are served."""
    if not reading.people.holders(OBSERVER, reading.today):
        yield warn(
            N_("Nobody here holds the role {role}: observations are owed to nobody."),
            N_("branchops staff role ID {role}"),
            role=OBSERVER,
        )
