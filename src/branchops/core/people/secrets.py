"""Where a PIN comes from at the moment of signing: a secrets file, a hidden prompt, or one after the other.

Invariant: a PIN never comes from argv or the environment, is never echoed, never part of a message or a repr, and a
file that others could read is refused before it is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from branchops.core.errors import BranchOpsError, NotEntitled, NotFound, UsageError
from branchops.core.output.messages import _


class Secrets(Protocol):
    """Anything that knows, or can ask for, a staff member's PIN."""

    def pin_for(self, staff: str) -> str | None:
        """The PIN as the person gave it; None when it cannot be had from here."""


class NoSecrets:
    """Knows nobody's PIN and asks nobody."""

    def pin_for(self, staff: str) -> str | None:  # noqa: ARG002 - it knows nobody
        return None


class SecretsFile:
    """A TOML file of `staff = "pin"` lines. Read once, at the first question.

    Raises NotEntitled when group or others have any right on it (POSIX), NotFound when there is none, UsageError when
    it is anything but such lines.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._pins: dict[str, str] | None = None

    def pin_for(self, staff: str) -> str | None:
        if self._pins is None:
            self._pins = self._read()
        return self._pins.get(staff)

    def _read(self) -> dict[str, str]:
        import tomllib

        try:
            with self.path.open("rb") as file:
                self._refuse_open_rights(os.fstat(file.fileno()).st_mode)
                lines = tomllib.loads(file.read().decode("utf-8-sig"))
        except FileNotFoundError:
            raise NotFound(_("No such secrets file: {path}.").format(path=self.path)) from None
        except OSError as error:
            text = _("The secrets file {path} cannot be read: {reason}.")
            raise NotEntitled(text.format(path=self.path, reason=error.strerror)) from None
        except UnicodeDecodeError:
            raise self._malformed(_("it is not UTF-8")) from None
        except tomllib.TOMLDecodeError as error:
            # The parser's own words may quote a character of a PIN; only the place in brackets is passed on.
            place = str(error).rpartition("(")[2].rstrip(")")
            raise self._malformed(place) from None
        for staff, pin in lines.items():
            if not isinstance(pin, str):
                raise self._malformed(_("the entry {staff} is not a text in quotes").format(staff=staff))
        return lines

    def _refuse_open_rights(self, mode: int) -> None:
        if os.name == "posix" and mode & 0o077:
            text = _("The secrets file {path} can be read or changed by others (mode {mode}).")
            mode_text = f"{mode & 0o777:04o}"
            hint = _("Make it yours alone: chmod 600 {path}").format(path=self.path)
            raise NotEntitled(text.format(path=self.path, mode=mode_text), hint)

    def _malformed(self, reason: str) -> BranchOpsError:
        text = _("The secrets file {path} is malformed: {reason}.").format(path=self.path, reason=reason)
        return UsageError(text, _('One line for each person: 0012 = "PIN", the PIN in quotes, an id with dots too.'))


class Prompt:
    """Asks the person, hidden, if `allowed`: on a terminal and not with --json, which the caller knows.

    `ask` gets the question and returns the answer unseen. Where the terminal cannot hide the typing, nothing is asked.
    """

    def __init__(self, allowed: bool, ask: Callable[[str], str] | None = None) -> None:
        self._allowed = allowed
        self._ask = ask or ask_hidden

    def pin_for(self, staff: str) -> str | None:
        if not self._allowed:
            return None
        try:
            return self._ask(_question(staff)) or None
        except EOFError:
            return None


def _question(staff: str) -> str:
    """What is asked; `li.new` is the PIN that li wants from now on, `li.again` the same once more."""
    who, dot, which = staff.rpartition(".")
    if dot and which == "new":
        return _("New PIN of {staff}: ").format(staff=who)
    if dot and which == "again":
        return _("Once more, PIN of {staff}: ").format(staff=who)
    return _("PIN of {staff}: ").format(staff=staff)


class FirstOf:
    """The first source that knows the PIN: usually a secrets file, then a prompt."""

    def __init__(self, *sources: Secrets) -> None:
        self._sources = sources

    def pin_for(self, staff: str) -> str | None:
        return next((pin for source in self._sources if (pin := source.pin_for(staff)) is not None), None)


def ask_hidden(question: str) -> str:
    """An answer typed unseen. Raises EOFError when there is none, or when typing could be seen."""
    import getpass
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(question)
        except getpass.GetPassWarning:
            raise EOFError from None
