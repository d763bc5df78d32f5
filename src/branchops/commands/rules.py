"""`branchops rules`: the rulebook as it is enforced here, and what the branch still lacks for it."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from branchops import looking
from branchops.core.errors import BranchOpsError, Exit, UsageError
from branchops.core.output.messages import N_, _, pick
from branchops.core.output.table import Column, Table
from branchops.core.rulebook.verdict import Verdict, reject, warn
from branchops.rulepages import SEVERITIES, rule_page, targets
from branchops.session import Session, session
from branchops.showing import verdict_rows

app = typer.Typer(help=N_("the rulebook: list, show, check"))


@app.command("list")
def list_(
    plugin: Annotated[str, typer.Option(help=N_("only rules of this plugin"))] = "",
    severity: Annotated[str, typer.Option(help=N_("only critical, high, medium or low ones"))] = "",
    kind: Annotated[str, typer.Option(help=N_("only one kind: validator, duty, checklist, ..."))] = "",
) -> None:
    """List the rules with what enforces each.

    Example: branchops rules list --severity critical
    """
    run = session()
    registry = run.branch.registry
    _known(plugin, "--plugin", registry.owners)
    _known(severity, "--severity", ("critical", "high", "medium", "low"))
    _known(kind, "--kind", ("validator", "duty", "checklist", "role", "register", "statistic", "schedule", "penalty"))
    enforced = targets(registry)
    told = run.chosen_format in ("table", "plain", "md", "html")
    rows = [
        {
            "id": rule.id,
            "plugin": owner,
            "source": rule.source,
            "severity": _(SEVERITIES[rule.severity]) if told else rule.severity,
            "kind": rule.kind,
            "title": pick(rule.en, rule.zh),
            "enforced_by": enforced.get(rule.id, []),
        }
        for owner, rule in registry.rules()
        if plugin in ("", owner) and severity in ("", rule.severity) and kind in ("", rule.kind)
    ]
    columns = (
        Column("id", _("Id")),
        Column("plugin", _("Plugin"), shown=False),
        Column("source", _("Source"), shown=False),
        Column("severity", _("Severity")),
        Column("kind", _("Kind"), shown=False),
        Column("title", _("Title")),
        Column("enforced_by", _("Enforced by"), shown=False),
    )
    run.show(Table(columns, rows, title=_("Rules")))


@app.command()
def show(id: Annotated[str, typer.Argument(metavar="ID", help=N_("the rule's id"))]) -> None:  # noqa: A002
    """Show one rule: text, source, what enforces it, settings, what is owed under it.

    Example: branchops rules show complaints.reply-within-three-days
    """
    run = session()
    found = looking.rule(run, id)
    if found is None:
        raise looking.no_rule(run, id)
    run.show(rule_page(run, *found))


@app.command()
def check() -> None:
    """Name what is missing: settings, people, controls, enforcers. Exit code 3 when anything is, silence otherwise.

    Example: branchops rules check
    """
    run = session()
    rows = [
        {"plugin": owner, **row, "hint": _(verdict.hint).format(**verdict.facts)}
        for owner, verdict in lacking(run)
        for row in verdict_rows(run, (verdict,))
    ]
    columns = (
        Column("grade", _("Verdict")),
        Column("plugin", _("Plugin")),
        Column("message", _("Message")),
        Column("hint", _("Remedy")),
        Column("outcome", _("Verdict"), shown=False),
        Column("rule", _("Rule"), shown=False),
    )
    if rows or run.machine:
        run.show(Table(columns, rows, title=_("Missing")))
    if rows:
        run.exit = int(Exit.OWED)


def lacking(run: Session) -> Iterator[tuple[str, Verdict]]:
    """What the branch lacks, each with who says so: core first, then the plugins."""
    for check_ in (_settings, _head, _roles, _unenforced, _unknown_rules):
        for verdict in check_(run):
            yield "core", verdict
    for owner, offer in run.branch.registry.offers():
        for ask in offer.checks:
            try:
                found = tuple(ask(run.reading()))
            except BranchOpsError as error:
                found = (reject(N_("A check could not be made: {error}"), error=error.message),)
            except Exception as error:
                found = (reject(N_("A check could not be made: {error}"), error=f"{type(error).__name__}: {error}"),)
            for verdict in found:
                yield owner, verdict


def _settings(run: Session) -> Iterator[Verdict]:
    policies = run.branch.house.policies
    for key in policies.unset(run.clock.now()):
        setting = policies.settings[key]
        yield reject(
            N_("The setting {key} is not decided: {what}."),
            N_("branchops policy set {key} VALUE --reason R"),
            key=key,
            what=pick(setting.en, setting.zh),
        )


def _head(run: Session) -> Iterator[Verdict]:
    people, day = run.branch.house.people, looking.today(run)
    appointed = people.appointed_head(day)
    if appointed is None:
        yield reject(N_("The outlet has no head."), N_("branchops staff role ID outlet-head"))
    elif people.head(day) is None:
        yield warn(
            N_("The head {staff} is on leave and nobody acts in the role."),
            N_("branchops staff delegate {staff} TO --role outlet-head --until DATE"),
            staff=appointed,
        )


def _roles(run: Session) -> Iterator[Verdict]:
    """Roles that owe something today and that nobody present holds."""
    people, day = run.branch.house.people, looking.today(run)
    wanted: dict[str, str] = {}
    for duty in run.reading().duties():
        if duty.role and not duty.who:
            wanted.setdefault(duty.role, duty.rule)
    for role, rule in wanted.items():
        if not people.holders(role, day):
            yield warn(
                N_("Nobody here holds the role {role}, which owes something under {rule}."),
                N_("branchops staff role ID {role}"),
                role=role,
                rule=rule,
            )


def _unenforced(run: Session) -> Iterator[Verdict]:
    enforced = targets(run.branch.registry)
    for _owner, rule in run.branch.registry.rules():
        if rule.id not in enforced:
            yield warn(
                N_("Nothing enforces the rule {id} ({kind})."),
                N_("Name it on the {kind} that does, or take it out of the pack."),
                id=rule.id,
                kind=rule.kind,
            )


def _unknown_rules(run: Session) -> Iterator[Verdict]:
    registry = run.branch.registry
    known = {rule.id for _owner, rule in registry.rules()}
    for rule, names in targets(registry).items():
        if rule not in known:
            yield warn(
                N_("{target} names the rule {id}, which no pack has."),
                N_("Add the rule to the plugin's pack.toml, or mend the id."),
                target=names[0],
                id=rule,
            )


def _known(value: str, option: str, names: Any) -> None:
    if value and value not in names:
        raise UsageError(
            _("{option} has no value {value}.").format(option=option, value=value),
            looking.nearest(value, names) or _("Use one of: {names}.").format(names=", ".join(names)),
        )
