"""`branchops policy`: the dated settings of the branch, who decided them, and what differs from the rule packs."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from branchops import looking
from branchops.core.entry import Entry, Outcome
from branchops.core.errors import NotFound
from branchops.core.extend.packs import load_pack
from branchops.core.output.messages import N_, _, pick
from branchops.core.output.table import Column, Page, Table
from branchops.core.rulebook.policy import Change, PolicySet, Setting, default_of
from branchops.rulepages import keys_read, told_value, with_unit
from branchops.session import Session, parse_day, session

app = typer.Typer(help=N_("dated settings: show, set, diff"))


@app.command()
def show(
    key: Annotated[str, typer.Argument(metavar="[KEY]", help=N_("one setting, with its history (default all)"))] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help=N_("as in force at the end of that day"))] = "",
) -> None:
    """Show settings and their values.

    Example: branchops policy show outlet.closes --on 2026-12-01
    """
    run = session()
    moment = _end_of(run, parse_day(on, looking.today(run))) if on else run.clock.now()
    if key:
        run.show(_setting_page(run, _setting(run, key), moment))
        return
    policies = run.branch.house.policies
    newest = {change.key: change for change in _in_force(run, moment)}
    rows = [
        _row(setting, policies.at(moment).get(name), newest.get(name)) for name, setting in policies.settings.items()
    ]
    if not run.machine:
        rows = [{**row, "value": with_unit(row["value"], row["unit"])} for row in rows]
    run.show(Table(_columns(), rows, title=_("Settings")))


@app.command("set")
def set_(
    key: Annotated[str, typer.Argument(metavar="KEY", help=N_("the setting"))],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=N_("the value"))],
    reason: Annotated[str, typer.Option(help=N_("why"))],
    start: Annotated[str, typer.Option("--from", metavar="DATE", help=N_("first day in force (default at once)"))] = "",
) -> None:
    """Decide a setting, from now or from a day on.

    Example: branchops policy set outlet.closes 16:30 --reason "winter hours" --from 2026-12-01
    """
    run = session()
    setting = _setting(run, key)
    since = parse_day(start, looking.today(run)) if start else None
    old = run.branch.house.policies.at(_start_of(run, since)).get(key)
    outcome = run.branch.record(
        Entry(PolicySet(key=key, value=value, reason=reason, since=since), "policy"),
        actor=run.actor,
        at=run.occurred_at,
        key=run.key,
        secrets=run.secrets,
        dry_run=run.dry_run,
    )
    run.show(_set_page(run, setting, outcome, old))


@app.command()
def diff() -> None:
    """Show what differs from the rule packs as shipped: who decided it, when and why.

    Example: branchops policy diff
    """
    run = session()
    rows = [*_overlaid(run), *_decided(run)]
    columns = (
        Column("key", _("Setting")),
        Column("default", _("Shipped")),
        Column("value", _("Here")),
        Column("by", _("By")),
        Column("at", _("Decided at"), kind="time"),
        Column("since", _("In force from"), kind="time", shown=False),
        Column("reason", _("Reason")),
        Column("pos", _("Position"), kind="number", shown=False),
    )
    notes = () if rows else (_("Nothing differs from the rule packs as shipped."),)
    run.show(Table(columns, rows, title=_("Different from the rule packs"), notes=notes))


def _setting(run: Session, key: str) -> Setting:
    settings = run.branch.house.policies.settings
    if key not in settings:
        raise NotFound(
            _("There is no policy key {key}.").format(key=key),
            looking.nearest(key, settings) or _("The keys: branchops policy show"),
        )
    return settings[key]


def _start_of(run: Session, day: date | None) -> datetime:
    now = run.clock.now()
    return now if day is None else max(now, datetime.combine(day, time(), run.branch.house.tz).astimezone(UTC))


def _end_of(run: Session, day: date) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time(), run.branch.house.tz)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def _in_force(run: Session, moment: datetime) -> list[Change]:
    """The recorded settings in force at an instant, the one that counts last."""
    found = (change for change in run.branch.house.policies.changes if change.since <= moment)
    return sorted(found, key=lambda change: (change.since, change.pos))


def _row(setting: Setting, value: Any, change: Change | None) -> dict[str, Any]:
    return {
        "key": setting.key,
        "value": told_value(value),
        "unit": setting.unit,
        "title": pick(setting.en, setting.zh),
        "type": setting.type,
        "choices": list(setting.choices),
        "default": told_value(default_of(setting)),
        "required": setting.required,
        "by": change.by if change else "",
        "since": change.since if change else None,
        "reason": change.reason if change else "",
        "pos": change.pos if change else 0,
    }


def _columns() -> tuple[Column, ...]:
    return (
        Column("key", _("Setting")),
        Column("value", _("Value")),
        Column("unit", _("Unit"), shown=False),
        Column("title", _("What it is")),
        Column("type", _("Type"), shown=False),
        Column("choices", _("Choices"), shown=False),
        Column("default", _("Default"), shown=False),
        Column("required", _("Required"), kind="bool", shown=False),
        Column("by", _("By"), shown=False),
        Column("since", _("In force from"), kind="time", shown=False),
        Column("reason", _("Reason"), shown=False),
        Column("pos", _("Position"), kind="number", shown=False),
    )


def _setting_page(run: Session, setting: Setting, moment: datetime) -> Page:
    """One setting: value, type, what reads it, and everything that was ever decided about it."""
    policies = run.branch.house.policies
    changes = [change for change in policies.changes if change.key == setting.key]
    newest = next((change for change in reversed(_in_force(run, moment)) if change.key == setting.key), None)
    facts = {**_row(setting, policies.at(moment).get(setting.key), newest), "read_by": _readers(run, setting.key)}
    if not run.machine:
        facts = {
            name: value for name, value in facts.items() if value not in (None, "", [], 0, False) or name == "value"
        }
    rows = [
        {"since": one.since, "value": told_value(one.value), "by": one.by, "reason": one.reason, "pos": one.pos}
        for one in changes
    ]
    columns = (
        Column("since", _("In force from"), kind="time"),
        Column("value", _("Value")),
        Column("by", _("By")),
        Column("reason", _("Reason")),
        Column("pos", _("Position"), kind="number", shown=False),
    )
    history = Table(columns, rows, title=_("History"), key="history")
    labels = (
        Column("read_by", _("Read by")),
        Column("pos", _("Policy version")),
        Column("since", _("In force from"), kind="time"),
    )
    return Page(_("Setting"), facts, (history,) if rows or run.machine else (), labels)


def _readers(run: Session, key: str) -> list[str]:
    """The rules whose enforcers read a key."""
    return list(dict.fromkeys(rule for one in keys_read(run.branch.registry).get(key, ()) for rule in one.rules))


def _set_page(run: Session, setting: Setting, outcome: Outcome, old: Any) -> Page:
    data: PolicySet = outcome.first.data
    policies = run.branch.house.policies
    since = _start_of(run, data.since)
    new = policies.at(since).get(setting.key) if outcome.stored else data.value
    affected = _readers(run, setting.key)
    facts = {
        "key": setting.key,
        "old": told_value(old),
        "new": told_value(new),
        "unit": setting.unit,
        "since": data.since,
        "reason": data.reason,
        "by": outcome.first.actor,
        "pos": outcome.first.pos if outcome.stored else None,
        "affects": affected,
        "stored": outcome.stored,
        "replayed": outcome.replayed,
    }
    if not run.machine:
        facts = {name: value for name, value in facts.items() if value not in (None, "", []) or name in ("old", "new")}
        facts.pop("replayed")
    if affected:
        run.say(
            _("What is owed already keeps the setting it was born under; what comes later is judged by the new one.")
        )
    if outcome.stored and old == new and not outcome.replayed:
        run.say(_("The value was {value} before.").format(value=told_value(new)))
    labels = (
        Column("old", _("Before")),
        Column("new", _("Now")),
        Column("since", _("In force from"), kind="date"),
        Column("pos", _("Policy version")),
        Column("affects", _("Rules that read it")),
    )
    title = _("Setting decided") if outcome.stored else _("Judged, not stored (dry run)")
    return Page(_("Recorded before") if outcome.replayed else title, facts, (), labels)


def _decided(run: Session) -> list[dict[str, Any]]:
    """The last decision about each key, where it is not what the pack says."""
    policies = run.branch.house.policies
    last = {change.key: change for change in sorted(policies.changes, key=lambda one: (one.since, one.pos))}
    rows = []
    for key in sorted(last):
        change, default = last[key], default_of(policies.settings[key])
        if change.value != default:
            recorded = run.branch.ledger.get(change.pos).recorded_at
            rows.append(
                {
                    "key": key,
                    "default": told_value(default),
                    "value": told_value(change.value),
                    "by": change.by,
                    "at": recorded,
                    "since": change.since,
                    "reason": change.reason,
                    "pos": change.pos,
                }
            )
    return rows


def _overlaid(run: Session) -> list[dict[str, Any]]:
    """Defaults that the bank's own pack files change."""
    registry = run.branch.registry
    rows = []
    for owner in registry.owners:
        overlay: Path = run.branch.store / "packs" / f"{owner}.toml"
        if not overlay.is_file():
            continue
        shipped = {setting.key: default_of(setting) for setting in load_pack(registry.rulebook(owner).pack).settings}
        changed = datetime.fromtimestamp(overlay.stat().st_mtime, UTC)
        rows += [
            {
                "key": setting.key,
                "default": told_value(shipped.get(setting.key)),
                "value": told_value(default_of(setting)),
                "by": f"packs/{owner}.toml",
                "at": changed,
                "since": None,
                "reason": "",
                "pos": 0,
            }
            for setting in registry.pack(owner).settings
            if shipped.get(setting.key) != default_of(setting)
        ]
    return rows
