"""The stream at the end: what its encoding cannot spell is spelled out, never an exception.

A branch terminal may speak cp936, a pipe ASCII; a character that such a stream lacks becomes an escape that suits the
format. Streams without an encoding (`StringIO`) and Unicode streams take the text as it is.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import TextIO

from branchops.core.output.safe import escaped, json_escaped

ESCAPE = "branchops.escape"
JSON = "branchops.json"
MARKUP = "xmlcharrefreplace"


def narrow_encoding(stream: TextIO) -> str | None:
    """The stream's encoding if it cannot spell all of Unicode, else None."""
    name = getattr(stream, "encoding", None)
    if not isinstance(name, str) or name.lower().replace("_", "-").startswith(("utf-8", "utf8", "utf-16", "utf-32")):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "ascii"


def narrow(text: str, encoding: str | None, how: str = ESCAPE) -> str:
    """`text` with every character that `encoding` lacks spelled out in the manner `how`."""
    if encoding is None or text.isascii():
        return text
    return text.encode(encoding, how).decode(encoding)


def _handler(spell: Callable[[str], str]) -> Callable[[UnicodeError], tuple[str, int]]:
    def spelled(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return "".join(map(spell, error.object[error.start : error.end])), error.end

    return spelled


codecs.register_error(ESCAPE, _handler(escaped))
codecs.register_error(JSON, _handler(json_escaped))
