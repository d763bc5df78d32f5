"""Verdicts as the user meets them: a text in the present language, or the error that stops a command."""

from __future__ import annotations

from collections.abc import Iterable

from branchops.core.errors import NotEntitled, PluginFailed, Rejected
from branchops.core.output.messages import _
from branchops.core.rulebook.verdict import Outcome, Verdict


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
    return _(text).format_map(_Facts(verdict.facts)) if text else ""


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
