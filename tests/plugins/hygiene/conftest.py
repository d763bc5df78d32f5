"""People with the roles that hygiene knows, beside those of the kit."""

from __future__ import annotations

from typing import Any

import pytest

from branchops.core.people.events import RoleGiven


def give(kit: Any, staff: str, role: str) -> None:
    """Gives a role from today on."""
    kit.record(RoleGiven(staff=staff, role=role, start=kit.clock.today), f"staff-{staff}", actor="system")


@pytest.fixture
def hygiene(kit: Any) -> Any:
    """The kit's branch; li is of the administration department, wang the hygiene steward; everybody has a PIN."""
    give(kit, "li", "admin-dept")
    give(kit, "wang", "hygiene-steward")
    kit.pins()
    return kit
