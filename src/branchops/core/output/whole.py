"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from branchops.core.errors import UsageError
from branchops.core.output.messages import _


@contextmanager
def whole(path: Path, newline: str = "\n") -> Iterator[TextIO]:
    """A stream into a file that appears under its name when it is complete; one that was there stays until then.

    A link is followed, and what is no file (a device, a pipe) is written to as it is, never put in its place. Raises
    UsageError when it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline=newline) as stream:
                yield stream
            return
        place = path.resolve()
        part = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8", newline=newline) as stream:
                yield stream
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            _("The file {path} cannot be written: {reason}.").format(path=path, reason=error.strerror),
            _("Name another with --out."),
        ) from None
