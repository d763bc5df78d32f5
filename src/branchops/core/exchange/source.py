"""The file an import reads: plain or gzip, from disk or standard input, in any encoding, as lines of text.

Invariant: nothing is guessed silently and no byte disappears. A byte that the encoding cannot spell becomes a lone low
surrogate (U+DC00 plus the byte), which no sound text holds, so the row it stands in can be refused by itself; line ends
stay as they are. At most one line is in memory, and no line is longer than `LONGEST` characters.
"""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from branchops.core.errors import NotFound, UsageError
from branchops.core.output.messages import _

LONGEST = 8_000_000
HANDLER = "branchops.bytes"
_GZIP = b"\x1f\x8b"


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(HANDLER, _keep)


class Source:
    """An open input. `name` is the file's own name; iterate over it once, then `close`.

    `damaged` and `nul` are set by a line with undecodable bytes or a NUL character and reset by whoever reads them.
    """

    def __init__(self, path: Path, raw: BinaryIO, encoding: str = "") -> None:
        self.name = path.name
        self.damaged = False
        self.nul = False
        self._raw = raw
        binary: Any = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)
        self._counted = binary
        if binary.peek(2)[:2] == _GZIP:
            import gzip

            binary = io.BufferedReader(gzip.GzipFile(fileobj=binary), 1 << 17)
        with _readable(self.name):
            start = bytes(binary.peek(4)[:4])
        self.binary = binary
        self.text = io.TextIOWrapper(binary, encoding=_codec(encoding, start), errors=HANDLER, newline="")
        self.jsonl = _is_jsonl(path, binary)

    def __iter__(self) -> Iterator[str]:
        """The lines with their ends."""
        readline = self.text.readline
        with _readable(self.name):
            while line := readline(LONGEST):
                if not line.isascii() and not _sound(line):
                    self.damaged = True
                if "\0" in line:
                    self.nul = True
                if len(line) == LONGEST and line[-1] not in "\r\n":
                    raise UsageError(
                        _("{file} holds a line of more than {count} characters.").format(file=self.name, count=LONGEST),
                        _("It is no table of rows: export it again as CSV or JSON lines."),
                    )
                yield line

    def position(self) -> int:
        """How many bytes of the file have been taken in (compressed ones, where it is compressed)."""
        try:
            return self._counted.tell()  # type: ignore[no-any-return]
        except (OSError, ValueError):
            return 0

    def close(self) -> None:
        """Closes the file."""
        self.text.close()
        self._raw.close()


def open_source(path: Path, encoding: str = "", stdin: Any = None) -> Source:
    """The input at `path` (`-`: standard input). NotFound and UsageError name the file and what to do."""
    if str(path) == "-":
        return Source(Path("stdin"), getattr(stdin, "buffer", stdin), encoding)
    try:
        raw = path.open("rb")
    except OSError as error:
        raise NotFound(
            _("The file {path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
            _("Check the path and its permissions."),
        ) from None
    try:
        return Source(path, raw, encoding)
    except BaseException:
        raw.close()
        raise


class _readable:  # noqa: N801 - a context manager, used like a function
    """A damaged archive as an error of ours."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (EOFError, zlib.error)) or (isinstance(error, OSError) and error.errno is None):
            raise UsageError(
                _("The archive {file} is damaged: {reason}.").format(file=self._name, reason=error),
                _("Fetch it again; rows already stored are recognised and not stored twice."),
            ) from error


def _sound(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _codec(name: str, start: bytes) -> str:
    """The codec to read with: the one asked for, else the one the byte order mark tells, else UTF-8."""
    if not name:
        return "utf-16" if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except LookupError:
        raise UsageError(
            _("There is no text encoding {name}.").format(name=name),
            _("Common ones: {names}.").format(names="utf-8, gbk, gb18030, big5, latin-1, cp1252, utf-16"),
        ) from None
    return "utf-8-sig" if found.name == "utf-8" else found.name


def _is_jsonl(path: Path, binary: Any) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    if suffixes and suffixes[-1] in (".jsonl", ".ndjson"):
        return True
    if suffixes and suffixes[-1] in (".csv", ".tsv", ".txt"):
        return False
    start: bytes = binary.peek(64)
    return start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")
