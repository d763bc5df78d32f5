"""The front door: argv → session → command; errors → exit codes, in this one place."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from itertools import takewhile
from typing import Any, NoReturn

from branchops.core.errors import BranchOpsError, Exit
from branchops.core.output.messages import _, pick_language, set_language
from branchops.session import Session, enter, leave

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


def main() -> None:
    """The console script."""
    import gc

    gc.set_threshold(100_000, 20, 20)  # start-up makes many objects that stay: looking through them again frees nothing
    _end(run(sys.argv[1:], Session()))


def _end(code: int) -> NoReturn:
    """Ends the process as soon as all it said has gone out: taking some hundred modules apart first is a fifth of the
    time of a command, and everything that has to be closed is closed by then (docs/decisions/0011)."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            code = _hushed()
    os._exit(code)


def run(argv: Sequence[str], session: Session) -> int:
    """Runs one command line in a session and gives its exit code. Never raises, except for a second Ctrl-C."""
    told = _early(argv, "--lang")
    set_language(pick_language(told if told in ("en", "zh") else None, session.environ))
    store = _early(argv, "--store")
    if store:
        from pathlib import Path

        session.store = Path(store)
    if "--json" in argv[: argv.index("--") if "--" in argv else None]:
        session.format = "json"
    token = enter(session)
    try:
        return _dispatch(list(argv), session)
    except BranchOpsError as error:
        return report(error, session)
    except KeyboardInterrupt:
        session.end_line()
        session.say(_("Interrupted. What was reported as stored is stored."))
        return INTERRUPTED
    except BrokenPipeError:
        return _hushed()
    except Exception as error:
        return _fault(error, session)
    finally:
        session.close()
        leave(token)


def _early(argv: Sequence[str], name: str) -> str | None:
    """The value of a global option that is needed before the command line is parsed."""
    for i, word in enumerate(argv):
        if word == "--":
            return None
        if word == name and i + 1 < len(argv):
            return argv[i + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def _dispatch(argv: list[str], session: Session) -> int:
    import typer
    from typer.exceptions import TyperException

    from branchops.tree import COMPLETE, Root

    if COMPLETE in session.environ:
        from branchops.completing import prepare

        prepare()

    if argv == ["--version"]:
        from branchops import __version__

        session.stdout.write(f"branchops {__version__}\n")
        return 0
    try:
        with redirect_stdout(session.stdout):  # Typer prints help itself
            result = Root().main(args=argv, prog_name="branchops", standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as stop:  # Typer ends so after completing a word, and when the reader of stdout has gone
        if isinstance(stop.__context__, BrokenPipeError):
            return _hushed()
        return stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    except TyperException as error:
        return _usage(error, session, argv)
    if result == INTERRUPTED:  # Typer has caught Ctrl-C, and says nothing
        raise KeyboardInterrupt
    return result if isinstance(result, int) and result else session.exit


def _usage(error: Any, session: Session, argv: list[str]) -> int:
    """Typer's complaints about words and values, in the form of ours."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        session.stderr.write(f"{context.get_help() if context is not None else ''}\n")
        return int(Exit.USAGE)
    if "--json" in argv:
        session.format = "json"
    from branchops.helping import complaint

    words = takewhile(lambda word: not word.startswith("-"), argv)
    path = context.command_path if context is not None else " ".join(["branchops", *words])
    return report(complaint(error, path), session)


def report(error: BranchOpsError, session: Session) -> int:
    """Tells an error on stderr, as text or as one JSON object, and gives its exit code."""
    from branchops.core.output.safe import json_text, safe

    if session.machine:
        import json

        text = json.dumps({"error": error.as_dict()}, ensure_ascii=False, default=str)
        session.stderr.write(json_text(text) + "\n")
        return int(error.exit)
    lines = [_("Error: {message}").format(message=error.message)]
    if error.rule:
        lines.append(_("Rule:  {rule}").format(rule=error.rule))
    if error.hint:
        lines.append(_("Hint:  {hint}").format(hint=error.hint))
    session.stderr.write(safe("\n".join(lines), keep_newlines=True) + "\n")
    return int(error.exit)


def _hushed() -> int:
    """The reader of stdout has gone: no traceback, no complaint at shutdown."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _fault(error: Exception, session: Session) -> int:
    """A fault in branchops itself: told with its traceback, because somebody has to mend it."""
    import traceback

    if session.machine:
        message = f"{type(error).__name__}: {error}"
        return report(BranchOpsError(message, _("This is a fault in branchops; please report it.")), session)
    session.stderr.write("".join(traceback.format_exception(error)))
    return report(
        BranchOpsError(
            _("A fault in branchops itself: {error}").format(error=f"{type(error).__name__}: {error}"),
            _("Nothing that was not reported as stored is stored. Please report the lines above."),
        ),
        session,
    )


if __name__ == "__main__":
    main()
