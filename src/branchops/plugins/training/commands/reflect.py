"""`branchops training reflect`: hand in a reflection."""

from pathlib import Path
from typing import Annotated

import typer

from branchops.api import N_, NotFound, UsageError, _, act, file_digest, number, session
from branchops.plugins.training.commands.shared import staff
from branchops.plugins.training.rules.decide_learning import Reflect, decide_reflect
from branchops.plugins.training.rules.likeness import plain, sketch

app = typer.Typer()


@app.command()
def reflect(
    file: Annotated[Path, typer.Option(help=N_("the text, UTF-8; only its digest and a sketch are kept"))],
    by: Annotated[str, typer.Option(help=N_("who wrote it (default: who is acting)"))] = "",
    session_: Annotated[str, typer.Option("--session", help=N_("the session it is about"))] = "",
    complaint: Annotated[str, typer.Option(help=N_("the upheld complaint it is about"))] = "",
    theme: Annotated[str, typer.Option(help=N_("a theme of the pack, such as gratitude"))] = "",
) -> None:
    """Hand in a personal reflection after a session, an upheld complaint, or on a theme.

    Example: branchops training reflect --session TS-1 --file essay.txt --by zhao
    """
    one = staff(by)
    target = number(session_, "TS") if session_ else ""
    text = _text(file)
    if theme:
        _known(theme)
    row = session().branch.row("training.session", target) if target else None
    command = Reflect(
        staff=one,
        sha256=file_digest(file),
        length=len(plain(text)),
        sketch=sketch(text),
        topics=row.topics if row else (),
        session=target,
        complaint=number(complaint, "C") if complaint else "",
        theme=theme,
        file=file.name,
    )
    act(decide_reflect, command, f"learner-{one}", opens=True)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(_("{path} is not UTF-8 text.").format(path=path), _("Save it as UTF-8 text.")) from None
    except OSError as error:
        raise NotFound(
            _("The file {path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
            _("Check the path and its permissions."),
        ) from None


def _known(theme: str) -> None:
    themes = [row["code"] for row in session().reading().pack("training").data.get("theme", ())]
    if theme not in themes:
        raise NotFound(_("There is no theme “{theme}”.").format(theme=theme), ", ".join(themes))
