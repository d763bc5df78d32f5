"""`branchops completion`: what to add to a shell's start-up file."""

from typing import Annotated

import typer

from branchops.completing import SHELLS, script
from branchops.core.errors import UsageError
from branchops.core.output.messages import N_, _
from branchops.session import session

app = typer.Typer()


@app.command()
def completion(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help=N_("bash, zsh, fish or powershell"))],
) -> None:
    """Print the lines that make a shell complete commands, people, records and codes.

    Example: branchops completion bash >> ~/.bashrc
    """
    if shell not in SHELLS:
        raise UsageError(
            _("There is no completion for {shell}.").format(shell=shell),
            _("Use one of: {names}.").format(names=", ".join(SHELLS)),
        )
    session().stdout.write(script(shell) + "\n")
