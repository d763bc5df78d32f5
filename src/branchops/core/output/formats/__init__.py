"""Seven ways to write a table or a page. Each format's room is imported by the first use of it.

Invariant: whatever the data holds, `render` writes only safe text, in the stream's encoding, and raises for no value.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import TextIO

from branchops.core.errors import UsageError
from branchops.core.output.messages import _
from branchops.core.output.table import Page, Table

FORMATS = ("table", "plain", "json", "jsonl", "csv", "md", "html")


def render(
    thing: Table | Page,
    format: str,  # noqa: A002 - the word of the command line
    stream: TextIO,
    *,
    tz: tzinfo,
    width: int | None = None,
    colour: bool = False,
) -> None:
    """Writes `thing` to `stream` in one of FORMATS, the wording in the present language. UsageError for another name.

    `tz` is the outlet's zone. `width` (cells) and `colour` are for "table" alone; without a width it asks the
    terminal. csv follows RFC 4180 and ends lines with CR LF, so a file for it is opened with `newline=""`.
    """
    match format:
        case "table":
            from branchops.core.output.formats.screen import write_screen

            write_screen(thing, stream, tz, width, colour)
        case "plain":
            from branchops.core.output.formats.text import write_plain

            write_plain(thing, stream, tz)
        case "md":
            from branchops.core.output.formats.text import write_markdown

            write_markdown(thing, stream, tz)
        case "json":
            from branchops.core.output.formats.machine import write_json

            write_json(thing, stream, tz)
        case "jsonl":
            from branchops.core.output.formats.machine import write_jsonl

            write_jsonl(thing, stream, tz)
        case "csv":
            from branchops.core.output.formats.sheet import write_csv

            write_csv(thing, stream, tz)
        case "html":
            from branchops.core.output.formats.web import write_html

            write_html(thing, stream, tz)
        case _unknown:
            raise UsageError(
                _("No such format: {format}.").format(format=format),
                _("Use one of: {formats}.").format(formats=", ".join(FORMATS)),
            )
