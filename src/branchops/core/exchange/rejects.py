"""The rejects file of an import: line, key, reason, then the record as it came.

Invariant: the file appears with the first rejected row and is readable by its owner alone, since it holds what the
source held. Cells are spelled so that a spreadsheet runs none of them, and an import of the file undoes that.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from branchops.core.errors import UsageError
from branchops.core.exchange.rows import REJECTS, Row
from branchops.core.output.messages import _
from branchops.core.output.safe import csv_cell


class Rejects:
    """Counts rejected rows and writes them to `path` (None: counts only). `reasons` keeps the first few."""

    def __init__(self, path: Path | None, columns: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self.reasons: list[tuple[int, str]] = []
        self._columns = columns
        self._file: TextIO | None = None

    def add(self, row: Row, key: str, reason: str) -> None:
        """Notes one row."""
        self.count += 1
        if len(self.reasons) < 5:
            self.reasons.append((row.line, reason))
        if self.path is None:
            return
        if self._file is None:
            self._file = self._open(self.path)
            columns = self._columns or ("record",)
            csv.writer(self._file).writerow([*REJECTS, *map(csv_cell, columns)])
        cells = (row.text,) if row.columns is not None else row.cells
        line = [str(row.line), *(csv_cell(_shown(text)) for text in (key, reason, *cells))]
        csv.writer(self._file).writerow(line)

    def flush(self) -> None:
        """Brings what was noted to the file."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()

    def _open(self, path: Path) -> TextIO:
        try:
            handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        except OSError as error:
            raise UsageError(
                _("The rejects file {path} cannot be written: {reason}.").format(path=path, reason=error.strerror),
                _("Name another with --rejects."),
            ) from None
        return open(handle, "w", encoding="utf-8", newline="")


def _shown(text: str) -> str:
    """Undecodable bytes as `\\xNN`."""
    if text.isascii():
        return text
    return "".join(f"\\x{ord(c) - 0xDC00:02x}" if 0xDC00 <= ord(c) <= 0xDCFF else c for c in text)


def beside(path: Path, folder: Path) -> Path:
    """A free name for the rejects of a file: beside it, or in `folder` when that cannot be written to."""
    home = path.parent if str(path) != "-" and os.access(path.parent, os.W_OK) else folder
    stem = "stdin" if str(path) == "-" else path.name.removesuffix(".gz").rpartition(".")[0] or path.name
    chosen, number = home / f"{stem}.rejects.csv", 1
    while chosen.exists():
        number += 1
        chosen = home / f"{stem}.rejects-{number}.csv"
    return chosen
