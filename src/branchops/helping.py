"""Help pages and complaints about words and values, in the user's language and measured as a terminal shows them.

Typer's own texts are English and count letters; here every word comes from the catalogue and an ideograph takes two
cells. Imported only when help is shown or a word of the command line was off: no other command pays for it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from typing import Any

from branchops.core.errors import UsageError
from branchops.core.output.layout import fold, pad, width
from branchops.core.output.messages import N_, _, listing

WIDEST = 80
LEFT = 30
"""How wide the column of names may be before a text goes below its name."""

METAVARS = {"str": N_("TEXT"), "int": N_("NUMBER"), "float": N_("NUMBER"), "path": N_("FILE")}
NAMES = (N_("DIR"), N_("STAFF"), N_("FILE"), N_("TIME"), N_("FORMAT"), N_("LANGUAGE"), N_("KEY"), N_("PERIOD"))
"""Placeholders in help; those that a command names itself are looked up too."""


def page(command: Any, context: Any) -> str:
    """The help of a command or a group, without a newline at its end."""
    cells = max(50, min(shutil.get_terminal_size().columns, WIDEST))
    parts = [_usage(command, context), *_told(command.help or "", cells)]
    mine: dict[str, list[tuple[str, str]]] = {"argument": [], "option": [], "global": []}
    for param in command.get_params(context):
        if getattr(param, "hidden", False):
            continue
        shared = (param.name or "").startswith("global_") or param.name == "help"
        mine["global" if shared else param.param_type_name].append((_named(param), _about(param, context)))
    rows = [row for section in mine.values() for row in section]
    commands = list(_commands(command, context))
    left = min(LEFT, max((width(first) for first, _second in [*rows, *commands]), default=0))
    titles = {"argument": _("Arguments"), "option": _("Options"), "global": _("Global options")}
    for kind, section in mine.items():
        parts += _listed(titles[kind], section, left, cells)
    return "\n".join([*parts, *_listed(_("Commands"), commands, left, cells)])


def _usage(command: Any, context: Any) -> str:
    arguments = [_named(one) for one in command.params if one.param_type_name == "argument"]
    rest = [_("COMMAND [ARGS]...")] if hasattr(command, "list_commands") else arguments
    return _("Usage: {line}").format(line=" ".join([context.command_path, _("[OPTIONS]"), *rest]))


def _placeholder(text: str) -> str:
    """A placeholder such as `STAFF` or `[PERIOD]`, its words translated."""
    return re.sub("[A-Z]{2,}", lambda word: _(word[0]), text)


def _told(text: str, cells: int) -> Iterator[str]:
    """What a command is for: its paragraphs, refolded to the width of the terminal."""
    for paragraph in text.split("\n\n"):
        yield ""
        yield from (f"  {line}" for line in fold(" ".join(paragraph.split()), cells - 2))


def _named(param: Any) -> str:
    """`--gist TEXT`, `--adopted / --not-adopted`, `ID`. What only undoes a switch that is off anyway is left out."""
    if param.param_type_name == "argument":
        return named(param)
    words = list(param.opts)
    if param.is_flag:
        undoing = [word for word in param.secondary_opts if not (word.startswith("--no-") and not param.default)]
        return " / ".join([*words, *undoing])
    return f"{', '.join(words)} {_value(param)}"


def _value(param: Any) -> str:
    if param.metavar:
        return _placeholder(param.metavar)
    choices = choices_of(param)
    return "|".join(choices) if choices else _(METAVARS.get(param.type.name, "TEXT"))


def choices_of(param: Any) -> list[str]:
    """The values that a parameter takes, if they can be counted."""
    return [str(choice) for choice in getattr(param.type, "choices", None) or () if str(choice)]


def _about(param: Any, context: Any) -> str:
    if param.name == "help":
        return _("show this help and end")
    default = None if getattr(param, "is_flag", False) else param.get_default(context, call=False)
    told = getattr(param, "help", "") or ""
    if default in (None, "", (), [], False, 0) or str(default) in told:
        return told
    return f"{told} [{_('default: {value}').format(value=default)}]"


def _commands(group: Any, context: Any) -> Iterator[tuple[str, str]]:
    for name in group.list_commands(context) if hasattr(group, "list_commands") else ():
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield name, (command.help or "").partition("\n\n")[0].replace("\n", " ")


def _listed(title: str, rows: list[tuple[str, str]], left: int, cells: int) -> Iterator[str]:
    """A heading and two columns; a name that is too wide for its column has its text below it."""
    if not rows:
        return
    yield from ("", _("{title}:").format(title=title))
    for name, text in rows:
        lines = fold(text, cells - left - 4)
        if width(name) > left:
            yield f"  {name}"
        else:
            yield f"  {pad(name, left)}  {lines.pop(0)}".rstrip()
        yield from (f"{'':{left + 4}}{line}" for line in lines)


# --- what was typed and cannot be understood


def complaint(error: Any, path: str) -> UsageError:
    """Typer's complaint about words or values as an error of ours: what is wrong, and what would be right.

    `path` is the command that was typed, for the hint.
    """
    see = _("See: {path} --help").format(path=path)
    kind = type(error).__name__
    text = str(error.format_message())
    if kind == "NoSuchOption":
        hint = " ".join(nearest(error.option_name, sorted(error.possibilities or ()))) or see
        return UsageError(_("There is no option {name}.").format(name=error.option_name), hint)
    if kind == "BadOptionUsage":
        takes = " requires " in text
        told = _("{name} needs a value.") if takes else _("{name} takes no value.")
        return UsageError(told.format(name=error.option_name), see)
    if kind == "MissingParameter":
        return UsageError(_("{name} is missing.").format(name=named(error.param)), see)
    if kind == "BadParameter" and error.param is not None:
        return _unfit(error, see)
    extra = re.fullmatch(r"Got unexpected extra argument\S* \((.*)\)", text, re.DOTALL)
    if extra:
        return UsageError(_("Nothing here takes this: {words}").format(words=extra[1]), see)
    return UsageError(text, see)


def named(param: Any) -> str:
    """What people type for a parameter: `--gist`, or an argument's placeholder."""
    if param.param_type_name == "option":
        return str(param.opts[-1])
    return _placeholder(param.metavar or str(param.human_readable_name).upper())


def _unfit(error: Any, see: str) -> UsageError:
    value = re.match(r"""(?:'([^']*)'|"([^"]*)") """, error.message)
    if value is None:
        return UsageError(str(error.format_message()), see)
    typed = value[1] if value[1] is not None else value[2]
    choices = choices_of(error.param)
    if choices:
        told = _("“{value}” is no value of {name}.").format(value=typed, name=named(error.param))
        return UsageError(told, " ".join([*nearest(typed, choices), _one_of(choices)]))
    if error.param.type.name in ("int", "float"):
        told = _("“{value}” is no number, as {name} needs one.").format(value=typed, name=named(error.param))
        return UsageError(told, see)
    if error.param.type.name in ("boolean", "bool"):
        told = _("{name} is answered yes or no, not “{value}”.").format(value=typed, name=named(error.param))
        return UsageError(told, see)
    return UsageError(str(error.format_message()), see)


def _one_of(choices: Iterable[str]) -> str:
    return _("Use one of: {names}.").format(names=listing(choices))


def nearest(typed: str, known: list[str]) -> Iterator[str]:
    """“Did you mean ...?”, if something known is close to what was typed."""
    import difflib

    near = difflib.get_close_matches(typed, known, 2)
    if near:
        yield _("Did you mean {names}?").format(names=listing(near))
