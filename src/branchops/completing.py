"""Shell completion: commands and options come from the tree, people, records and codes from the store.

Nothing here runs in an ordinary command. A store that cannot be read completes to nothing and says nothing: a person
is in the middle of typing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from branchops.session import session
from branchops.tree import COMPLETE

SHELLS = ("bash", "zsh", "fish", "powershell")
PEOPLE = frozenset(
    ("who", "as", "by", "to", "with", "about", "taker", "owner", "witness", "staff", "teller", "head", "handler",
     "responsible", "implementer", "approver", "payer", "requester", "reviewer", "interviewed", "inspector", "trainer",
     "observer", "second", "giver", "custodian", "people")
)  # fmt: skip
RECENT = 30
Offered = list[tuple[str, str]]


def script(shell: str) -> str:
    """The lines that teach a shell to complete `branchops`."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    return get_completion_script(prog_name="branchops", complete_var=COMPLETE, shell=shell)


def prepare() -> None:
    """Registers the shells. Called when the environment asks for completions."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()


def teach(param: Any) -> None:
    """Gives a parameter of free text the completion that its name calls for."""
    if getattr(param.type, "choices", None) or getattr(param, "is_flag", False):
        return
    name = str(param.name).removeprefix("global_").strip("_")
    source: Callable[[str], Offered] | None = {"id": records, "code": codes, "rule": rules, "key": settings}.get(name)
    if name in PEOPLE:
        source = people
    if source is not None:
        param._custom_shell_complete = _offering(source)


def _offering(source: Callable[[str], Offered]) -> Any:
    def complete(context: Any, _param: Any, incomplete: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        group = context.parent.info_name if context.parent is not None else ""
        try:
            found = source(group)
        except Exception:
            return []
        return [CompletionItem(value, help=told) for value, told in found if value.startswith(incomplete)]

    return complete


def people(_group: str) -> Offered:
    """Staff ids with names."""
    return [(row.id, row.name) for row in session().branch.house.people if row.left_on is None]


def records(group: str) -> Offered:
    """The newest records of a plugin, by the prefixes it shows; of staff for core's `staff`."""
    if group == "staff":
        return people(group)
    branch = session().branch
    found: Offered = []
    for show in branch.registry.offer(group).shows:
        view = branch.view(show.view)
        key = branch.models.columns(view).names[0]
        rows = branch.models.select(f"SELECT {key} FROM {view.table} ORDER BY rowid DESC LIMIT {RECENT}")  # noqa: S608
        found += [(str(value), "") for (value,) in rows]
    return found


def codes(group: str) -> Offered:
    """The codes in a plugin's pack, with titles."""
    from branchops.core.output.messages import pick

    tables = session().branch.registry.pack(group).data.values()
    rows = (row for table in tables if isinstance(table, list) for row in table if isinstance(row, dict))
    return [(str(row["code"]), pick(row.get("en", ""), row.get("zh", ""))) for row in rows if "code" in row]


def rules(_group: str) -> Offered:
    """The rule ids, with titles."""
    from branchops.core.output.messages import pick

    return [(rule.id, pick(rule.en, rule.zh)) for _owner, rule in session().branch.registry.rules()]


def settings(_group: str) -> Offered:
    """The policy keys, with titles."""
    from branchops.core.output.messages import pick

    return [(setting.key, pick(setting.en, setting.zh)) for setting in session().branch.registry.settings()]
