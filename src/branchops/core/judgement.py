"""Verdicts as the user meets them: a text in the present language, or the error that stops a command."""

from __future__ import annotations

import re
from collections.abc import Iterable

from branchops.core.errors import NotEntitled, PluginFailed, Rejected
from branchops.core.output.messages import _, listing
from branchops.core.rulebook.verdict import Outcome, Verdict

_LIST = re.compile(r"[\w#.+-]+(?:, [\w#.+-]+)+")
"""Codes, ids or numbers strung together, as a rule gives them."""


def refuse(verdicts: Iterable[Verdict]) -> None:
    """Raises for the first rejection among the verdicts: NotEntitled for want of entitlement, else Rejected."""
    for verdict in verdicts:
        if verdict.outcome is Outcome.REJECT:
            kind = NotEntitled if verdict.forbidden else Rejected
            raise kind(told(verdict), _filled(verdict.hint, verdict), rule=verdict.rule)


def told(verdict: Verdict) -> str:
    """A verdict's text in the present language."""
    return _filled(verdict.text, verdict)


def unjudged(target: str, error: BaseException) -> PluginFailed:
    """The error for a rule that raised where it should have judged. `target` is its `module:function`."""
    return PluginFailed(
        _("The rule {target} cannot judge: {error}").format(target=target, error=f"{type(error).__name__}: {error}"),
        _("See `branchops plugins list`; update the plugin or remove it."),
        target=target,
    )


def _filled(text: str, verdict: Verdict) -> str:
    facts = {key: _strung(value) for key, value in verdict.facts.items()}
    return _(text).format_map(_Facts(facts)) if text else ""


def _strung(value: str) -> str:
    """A list as the present language strings one together; anything else as it is."""
    return listing(value.split(", ")) if _LIST.fullmatch(value) else value


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
