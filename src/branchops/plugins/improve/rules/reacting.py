"""What opens a finding by itself: breaches, upheld complaints, checks that failed. By policy, and once each.

Other plugins are known by the names of their types only, and their data may be a struct or a plain mapping: whatever
is not there is left out. Nothing a customer said is copied; the record it stands in is named instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from branchops.api import Ask, Entry, Facts, New, Policy, Recorded, reaction
from branchops.plugins.improve.events import Opened, Severity

RECURRENCE = "complaints.prevent-recurrence"
REVIEW = "counter.review-work-done"
UNITS = ("unit", "device", "zone", "area", "room")
PEOPLE = ("about", "owners", "person", "teller", "staff", "who", "by")


def get(data: Any, name: str, default: Any = "") -> Any:
    """A field of a struct or of a mapping."""
    found = data.get(name, default) if isinstance(data, dict) else getattr(data, name, default)
    return default if found is None else found


def unit_of(recorded: Recorded) -> str:
    """Where it happened: the unit, machine or zone an entry names, else the outlet."""
    named = (get(recorded.data, name) for name in UNITS)
    return next((text for text in named if isinstance(text, str) and text), recorded.meta.outlet)


def about(data: Any, facts: Facts) -> tuple[str, ...]:
    """The staff an entry is about: of the first field that names any."""
    for name in PEOPLE:
        found = get(data, name)
        ids = (found,) if isinstance(found, str) else tuple(found) if isinstance(found, (list, tuple)) else ()
        known = tuple(one for one in ids if isinstance(one, str) and facts.people.knows(one))
        if known:
            return known
    return ()


def severity_of(rule: str, facts: Facts, default: Severity = "medium") -> Severity:
    """How grave a rule is, by its pack."""
    return facts.rules[rule].severity if rule in facts.rules else default


def _wanted(rule: str, facts: Facts, policy: Policy) -> bool:
    if rule in policy.get("improve.open.never", ()):
        return False
    if rule in policy.get("improve.open.rules", ()):
        return True
    return severity_of(rule, facts, "high") in policy.get("improve.open.severities", ())


@reaction(on=("*breach*",))
def on_breach(recorded: Recorded, facts: Facts, policy: Policy) -> Iterator[Entry]:
    """A breach of a rule that the policy names, or of its severity, is a finding."""
    for rule in dict.fromkeys(verdict.rule for verdict in recorded.meta.breaches if verdict.rule):
        if _wanted(rule, facts, policy):
            yield Entry(
                Opened(
                    severity=severity_of(rule, facts, "high"),
                    rule=rule,
                    unit=unit_of(recorded),
                    about=about(recorded.data, facts),
                    origin="breach",
                    record=recorded.stream,
                    mark=f"{recorded.id}|{rule}",
                ),
                New("F"),
            )


@reaction(
    RECURRENCE,
    on=("complaints.resolved",),
    asks={"marked": Ask("improve.mark", lambda recorded, _state: f"{recorded.stream}|{RECURRENCE}")},
)
def on_upheld(recorded: Recorded, facts: Facts, policy: Policy) -> Iterator[Entry]:
    """Art. 7(5): a complaint upheld, wholly or in part, is a finding; settled again, it stays that one."""
    data = recorded.data
    if get(data, "outcome") not in ("upheld", "partly") or facts["marked"] is not None:
        return
    if policy.get("improve.open.complaints", True):
        yield Entry(
            Opened(
                severity=severity_of(RECURRENCE, facts, "high"),
                rule=RECURRENCE,
                cause=get(data, "cause"),
                unit=unit_of(recorded),
                about=about({"about": get(data, "about", ())}, facts),
                origin="complaint",
                record=recorded.stream,
                mark=f"{recorded.stream}|{RECURRENCE}",
            ),
            New("F"),
        )


class Failed:
    """One thing a check found wrong."""

    __slots__ = ("about", "cause", "critical", "rule", "text", "unit")

    def __init__(
        self,
        cause: str,
        unit: str,
        *,
        rule: str = "",
        text: str = "",
        critical: bool = False,
        about: tuple[str, ...] = (),
    ) -> None:
        self.cause, self.unit, self.rule, self.text = cause, unit, rule, text
        self.critical, self.about = critical, about


def titles(row: Any) -> str:
    """A checklist row's titles, in both languages: whoever reads the finding knows one of them."""
    return " · ".join(dict.fromkeys(text for text in (get(row, "zh"), get(row, "en")) if text))


def _inspected(recorded: Recorded, facts: Facts) -> Iterator[Failed]:
    data = recorded.data
    for row in get(data, "results", ()):
        if get(row, "answer") == "fail":
            yield Failed(
                get(row, "code"),
                unit_of(recorded),
                rule=get(row, "rule"),
                text=titles(row) or get(row, "code"),
                critical=bool(get(row, "critical", False)),
                about=about({"owners": get(data, "owners", ())}, facts),
            )


def _reviewed(recorded: Recorded, _facts: Facts) -> Iterator[Failed]:
    for unit, what in dict(get(recorded.data, "failed", {})).items():
        yield Failed("", str(unit), rule=REVIEW, text=str(what), critical=True)


def _ticked(recorded: Recorded, facts: Facts) -> Iterator[Failed]:
    data = recorded.data
    if get(data, "ok", True) is False:
        item = get(data, "item")
        yield Failed(item, recorded.meta.outlet, rule=item if item in facts.rules else "", text=item)


def _observed(recorded: Recorded, facts: Facts) -> Iterator[Failed]:
    staff = get(recorded.data, "staff")
    book = {row.get("code"): row for row in facts.table("training", "checklist")}
    for score in get(recorded.data, "scores", ()):
        item = get(score, "item")
        if get(score, "points", None) == 0:
            row = book.get(item, {})
            yield Failed(
                item,
                staff,
                rule=next(iter(row.get("rules", ())), ""),
                text=titles(row) or item,
                critical=bool(row.get("hard", False)),
                about=about({"staff": staff}, facts),
            )


CHECKS = {
    "hygiene.inspected": _inspected,
    "counter.inspection-done": _reviewed,
    "counter.ticked": _ticked,
    "training.observed": _observed,
}


@reaction(on=tuple(CHECKS))
def on_failed_check(recorded: Recorded, facts: Facts, policy: Policy) -> Iterator[Entry]:
    """What an inspection, a review, a list or an observation found wrong is a finding, if the policy says so.

    What is a breach of the same entry, and a finding as such, is not found a second time.
    """
    which = policy.get("improve.open.checks", "critical")
    if which == "none":
        return
    broken = {verdict.rule for verdict in recorded.meta.breaches if _wanted(verdict.rule, facts, policy)}
    for failed in CHECKS[recorded.type](recorded, facts):
        if (which == "all" or failed.critical) and failed.rule not in broken:
            yield Entry(
                Opened(
                    severity=severity_of(failed.rule, facts, "high" if failed.critical else "medium"),
                    text=failed.text,
                    rule=failed.rule,
                    cause=failed.cause,
                    unit=failed.unit,
                    about=failed.about,
                    origin="check",
                    record=recorded.stream,
                    mark=f"{recorded.id}|{failed.rule}|{failed.cause}|{failed.unit}",
                ),
                New("F"),
            )
