"""`branchops init`: a new store with its outlet, head and first settings."""

from datetime import date
from typing import Annotated

import typer

from branchops.core.entry import Entry
from branchops.core.errors import UsageError
from branchops.core.output.messages import N_, _
from branchops.core.output.table import Page
from branchops.core.own.events import OutletRegistered
from branchops.core.people.events import RoleGiven, StaffAdded
from branchops.core.people.roles import HEAD
from branchops.core.rulebook.policy import PolicySet
from branchops.session import Session, session

app = typer.Typer()


@app.command()
def init(
    outlet: Annotated[str, typer.Option(help=N_("the outlet's code at the bank"))],
    name: Annotated[str, typer.Option(help=N_("the outlet's name"))],
    head: Annotated[str, typer.Option(help=N_("staff id of the head of the outlet"))] = "",
    head_name: Annotated[str, typer.Option(help=N_("name of the head"))] = "",
    hours: Annotated[str, typer.Option(help=N_("business hours, such as 09:00-17:00"))] = "",
    hotline: Annotated[str, typer.Option(help=N_("the complaint telephone number on the plate"))] = "",
    timezone: Annotated[str, typer.Option(help=N_("IANA time zone of the outlet"))] = "Asia/Shanghai",
    demo: Annotated[bool, typer.Option(help=N_("two people and sample values, for trying out"))] = False,
) -> None:
    """Make a new store.

    Example: branchops init --outlet 0301 --name "Riverside" --head chen --head-name "Chen Jie"
    """
    run = session()
    _check_zone(timezone)
    branch = run.create()
    branch.record(
        Entry(OutletRegistered(code=outlet, name=name, timezone=timezone), f"outlet-{outlet}"), actor="system"
    )
    today = run.clock.now().astimezone(branch.house.tz).date()
    if demo:
        head, head_name = head or "chen", head_name or "Chen Jie"
    if head:
        _add(run, today, head, head_name or head, HEAD)
    if demo:
        _add(run, today, "li", "Li Na", "complaint-handler")
    settings: dict[str, str] = {}
    if hours:
        opens, _dash, closes = hours.partition("-")
        settings |= {"outlet.opens": opens.strip(), "outlet.closes": closes.strip()}
    if hotline:
        settings["outlet.hotline"] = hotline
    for key, value in settings.items():
        branch.record(Entry(PolicySet(key=key, value=value, reason="init"), "policy"), actor="system")
    branch.models.catch_up(branch.registry.all_views(), branch.source())  # all tables now, not at the first customer's
    unset = branch.house.policies.unset(run.clock.now())
    if run.may_prompt:
        unset = _ask(run, unset)
    _notes(run)
    run.show(Page(_("A new store"), {"store": str(run.store_path), "outlet": outlet, "unset": list(unset)}))
    _next(run, unset)


def _check_zone(name: str) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(
            _("There is no time zone {name}.").format(name=name), _("Write a name such as Asia/Shanghai.")
        ) from None


def _add(run: Session, today: date, staff: str, name: str, role: str) -> None:
    stream = f"staff-{staff}"
    run.branch.record(
        Entry(StaffAdded(id=staff, name=name, person=staff), stream),
        Entry(RoleGiven(staff=staff, role=role, start=today), stream),
        actor="system",
    )


def _ask(run: Session, unset: tuple[str, ...]) -> tuple[str, ...]:
    from branchops.core.errors import BranchOpsError
    from branchops.core.output.messages import pick

    settings = run.branch.house.policies.settings
    for key in unset:
        setting = settings[key]
        value = run.ask(f"{pick(setting.en, setting.zh)} [{key}]")
        if value:
            try:
                run.branch.record(Entry(PolicySet(key=key, value=value, reason="init"), "policy"), actor="system")
            except BranchOpsError as error:
                run.say(error.message)
    return run.branch.house.policies.unset(run.clock.now())


def _notes(run: Session) -> None:
    """What a pack wants said when a store is made (a legal note, for example)."""
    from branchops.core.output.messages import pick

    for owner in run.branch.registry.owners:
        note = run.branch.registry.pack(owner).data.get("init-note")
        if note:
            run.say(pick(note.get("en", ""), note.get("zh", "")))


def _next(run: Session, unset: tuple[str, ...]) -> None:
    for key in unset:
        run.say(_("Still to be set: branchops policy set {key} VALUE --reason R").format(key=key))
