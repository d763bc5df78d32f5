"""Rules as pages and rows: their text, what enforces them (real objects, never a list kept by hand), the settings read.

Invariant: `enforced_by` is derived from the objects that plugins return from their hooks: validators, duties,
reactions, marked functions, reports, signer fields of events, checklist rows of a pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

from msgspec.structs import replace

from branchops.core.extend.registry import Registry
from branchops.core.output.messages import N_, _, pick
from branchops.core.output.table import Column, Page, Table
from branchops.core.rulebook.reads import policy_keys
from branchops.core.rulebook.rule import EACH_DAY, DutyRule, Enforcer, Reaction, Rule, Validator
from branchops.session import Session

SEVERITIES = {"critical": N_("critical"), "high": N_("high"), "medium": N_("medium"), "low": N_("low")}
"""How grave a rule is, for people."""
KINDS = {
    "validator": N_("validator"),
    "duty": N_("duty"),
    "checklist": N_("checklist"),
    "role": N_("role"),
    "register": N_("register"),
    "statistic": N_("statistic"),
    "schedule": N_("schedule"),
    "penalty": N_("penalty"),
}
"""What enforces a rule, for people."""
OWED_SHOWN = 50
"""So many duties people see on the page of a rule; programs see all."""
UNITS = (
    *(N_("days"), N_("working days"), N_("minutes"), N_("months"), N_("percent"), N_("percentage points"), N_("CNY")),
    *(N_("points"), N_("times"), N_("attempts"), N_("characters"), N_("checks"), N_("observations")),
)
"""The units that the bundled rule packs use; another pack's are shown as they stand."""


def targets(registry: Registry) -> dict[str, list[str]]:
    """For each rule id named anywhere, the dotted names of what enforces it, in the order found, none twice."""
    found: dict[str, dict[str, None]] = {}
    for rule, target in _pairs(registry):
        found.setdefault(rule, {})[target] = None
    return {rule: list(names) for rule, names in found.items()}


def _pairs(registry: Registry) -> Iterator[tuple[str, str]]:
    for enforcer in registry.enforcers():
        for rule in enforcer.rules:
            yield rule, enforcer.target
    for _owner, offer in registry.offers():
        for report in offer.reports:
            for rule in report.rules:
                yield rule, f"{report.make.__module__}:{report.make.__qualname__}"
    yield from _signed(registry)
    for owner in registry.owners:
        for code, rules in _checklist(registry.pack(owner).data):
            for rule in rules:
                yield rule, f"pack:{owner}:checklist:{code}"


def _signed(registry: Registry) -> Iterator[tuple[str, str]]:
    """Rules that a signer field of an event enforces by asking for the signature."""
    from branchops.core.rulebook.fields import signer_fields

    for event_type in registry.event_types():
        struct = event_type.struct
        for field in signer_fields(struct):
            if field.rule:
                yield field.rule, f"{struct.__module__}:{struct.__qualname__}.{field.name}"


def _checklist(data: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    items = data.get("checklist", ())
    for place, item in enumerate(items if isinstance(items, list) else (), 1):
        if isinstance(item, dict) and item.get("rules"):
            yield str(item.get("code") or item.get("id") or place), tuple(item["rules"])


def code_of(enforcer: Enforcer) -> Callable[..., Any] | None:
    """The function of an enforcer that is one."""
    match enforcer:
        case Validator():
            return enforcer.check
        case DutyRule():
            return enforcer.derive
        case Reaction():
            return enforcer.react
    return None


def keys_read(registry: Registry) -> dict[str, list[Enforcer]]:
    """For each policy key, the enforcers that read it."""
    known = frozenset(setting.key for setting in registry.settings())
    found: dict[str, list[Enforcer]] = {}
    for enforcer in registry.enforcers():
        function = code_of(enforcer)
        for key in policy_keys(function, known) if function is not None else ():
            found.setdefault(key, []).append(enforcer)
        if isinstance(enforcer, DutyRule) and enforcer.daily:  # on which days it is asked
            found.setdefault(EACH_DAY, []).append(enforcer)
    return found


def keys_of(registry: Registry, *rules: str) -> list[str]:
    """The policy keys that the enforcers of any of the rules read, sorted."""
    wanted = frozenset(rules)
    return sorted(
        key for key, readers in keys_read(registry).items() if any(wanted.intersection(one.rules) for one in readers)
    )


def rule_facts(registry: Registry, owner: str, rule: Rule) -> dict[str, Any]:
    """A rule as the page of `explain` and `rules show` tells it."""
    return {
        "id": rule.id,
        "plugin": owner,
        "source": rule.source,
        "severity": rule.severity,
        "kind": rule.kind,
        "title": pick(rule.en, rule.zh),
        "why": pick(rule.why_en, rule.why_zh),
        "enforced_by": targets(registry).get(rule.id, []),
    }


def rule_page(run: Session, owner: str, rule: Rule) -> Page:
    """A rule: text, source, severity, what enforces it, the settings it reads, and what is owed under it now."""
    from branchops.core.owed import duties
    from branchops.showing import duty_table

    registry = run.branch.registry
    facts = rule_facts(registry, owner, rule)
    if not run.machine:
        facts = {key: value for key, value in facts.items() if value}
        facts |= {"severity": _(SEVERITIES[rule.severity]), "kind": _(KINDS[rule.kind])}
    owed = [duty for duty in duties(run.branch, under=rule.id) if duty.rule == rule.id]
    shown = owed if run.machine else owed[:OWED_SHOWN]
    left = len(owed) - len(shown)
    notes = (_("{count} more; all that is owed: branchops due --limit 0").format(count=left),) if left else ()
    sections = [
        settings_table(run, keys_of(registry, rule.id)),
        replace(duty_table(run, shown, _("Owed now")), notes=notes),
    ]
    labels = (Column("enforced_by", _("Enforced by")), Column("why", _("Explanation")))
    return Page(_("Rule"), facts, tuple(one for one in sections if run.machine or one.rows), labels)


def told_value(value: Any) -> Any:
    """A setting's value as rows hold it: times as `16:30`."""
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value


def with_unit(value: Any, unit: str) -> Any:
    """A value with its unit, for people."""
    return value if value in (None, "") or not unit else f"{value} {_(unit)}"


def settings_table(run: Session, keys: list[str], values: Any = None) -> Table:
    """Policy keys with their values: those in force now unless a `Policy` is given."""
    policies = run.branch.house.policies
    values = policies.at(run.clock.now()) if values is None else values
    rows = []
    for key in keys:
        setting = policies.settings[key]
        value = told_value(values.get(key))
        shown = value if run.machine else with_unit(value, setting.unit)
        rows.append({"key": key, "value": shown, "unit": setting.unit, "title": pick(setting.en, setting.zh)})
    columns = (
        Column("key", _("Setting")),
        Column("value", _("Value")),
        Column("unit", _("Unit"), shown=False),
        Column("title", _("What it is")),
    )
    return Table(columns, rows, title=_("Settings read"), key="settings")
