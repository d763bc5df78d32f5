"""Verdicts as the user meets them: a text in the present language, or the error that stops a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from branchops.core.errors import NotEntitled, PluginFailed, Rejected
from branchops.core.output.messages import _, listing
from branchops.core.people.roles import role_words
from branchops.core.rulebook.verdict import Outcome, Verdict

_LIST = re.compile(r"[\w#.+-]+(?:, [\w#.+-]+)+")
"""Codes, ids or numbers strung together, as a rule gives them."""


def refuse(verdicts: Iterable[Verdict]) -> None:
    """Raises for the first rejection among the verdicts: NotEntitled for want of entitlement, else Rejected."""
    for verdict in verdicts:
        if verdict.outcome is Outcome.REJECT:
            kind = NotEntitled if verdict.forbidden else Rejected
            raise kind(told(verdict), _filled(verdict.hint, verdict.facts), rule=verdict.rule)


def told(verdict: Verdict) -> str:
    """A verdict's text in the present language; a role in it is called by its title, as no command is in a text."""
    facts = {**verdict.facts, "role": role_words(role)} if (role := verdict.facts.get("role")) else verdict.facts
    return _filled(verdict.text, facts)


def unjudged(target: str, error: BaseException) -> PluginFailed:
    """The error for a rule that raised where it should have judged. `target` is its `module:function`."""
    return PluginFailed(
        _("The rule {target} cannot judge: {error}").format(target=target, error=f"{type(error).__name__}: {error}"),
        _("See `branchops plugins list`; update the plugin or remove it."),
        target=target,
    )


def _filled(text: str, facts: Mapping[str, str]) -> str:
    strung = {key: _strung(value) for key, value in facts.items()}
    return _(text).format_map(_Facts(strung)) if text else ""


def _strung(value: str) -> str:
    """A list as the present language strings one together; anything else as it is."""
    return listing(value.split(", ")) if _LIST.fullmatch(value) else value


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
