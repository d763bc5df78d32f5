"""What may leave the program: text in which nothing moves a cursor, hides itself, or turns reading around.

Invariant: the results hold no C0 or C1 control, no DEL, no bidirectional control, no invisible or unassigned format
character and no lone surrogate, and none of these functions raises for any `str`. Letters, ideographs, private-use
characters (names outside Unicode live there), combining marks and emoji, joined ones too, pass untouched.

Three spellings of what may not pass:

* `safe`: for eyes. Control pictures (`␛`) where there are some, else `\\u202e`. Not reversible, nor meant to be.
* `csv_cell`: for files. Reversible: `read_csv_cell` gives the text back.
* `json_text`: for JSON that is already encoded. Any JSON reader gives the text back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

# Printable for Python and yet blank on every screen: fillers, and controls of scripts that are not shown by themselves.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u3164\uffa0")
# Code points kept free for ideographs and pictographs: unassigned only for an older Python than the data.
_RESERVED = ((0x20000, 0x3FFFD), (0x1F000, 0x1FAFF))
# Variation selectors, printable too, have a place after one character and hide text in a row.
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_LOOK_TWICE = _BLANKS | _SELECTORS


@cache
def _joining() -> re.Pattern[str]:
    """Finds joiners, selectors and tags; group 1 holds those that are rightful parts of emoji and ideographs.

    Compiled at first need: wide character sets take milliseconds, and most texts have none of these characters.
    """
    pictures, selectors = "\u2190-\u2bff\U0001f000-\U0001faff", "\ufe00-\ufe0f\U000e0100-\U000e01ef"
    return re.compile(
        f"((?<=[{pictures}\ufe0f])\u200d(?=[{pictures}])"
        f"|(?<=[^{selectors}\\s\0-\x1f])[{selectors}]"
        "|(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)"
        f"|[\u200d{selectors}\U000e0020-\U000e007f]"
    )


_FORMULA = "=+-@\u2212"
_TRIGGERS = frozenset(_FORMULA + "'")
# A number that a spreadsheet reads as one and that cannot blow up when it is formatted.
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|U((?:000[0-9a-f]|0010)[0-9a-f]{4}))")
_NOT_AN_ESCAPE = re.compile(r"\\(?=u[0-9a-f]{4}|U[0-9a-f]{8})")
_MARKDOWN = re.compile(r"[\\`*_\[\]|~]")


def escaped(char: str) -> str:
    r"""`char` as `\u202e`, or `\U000e0001` beyond the basic plane."""
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_escaped(char: str) -> str:
    r"""`char` as JSON escapes it: `\u202e`, and a pair of surrogates beyond the basic plane."""
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else escaped(char)


def _harmless(char: str) -> bool:
    """Whether `char` may pass by itself. Joiners, selectors and tags may: `_joining` has judged them already."""
    if char.isprintable():
        return char not in _BLANKS
    category = unicodedata.category(char)
    if category == "Cn":
        return any(first <= ord(char) <= last for first, last in _RESERVED)
    return category in ("Zs", "Co") or char == "\u200d" or "\U000e0020" <= char <= "\U000e007f"


class _Spelling(dict[int, str]):
    """A `str.translate` table that decides about a character when it first meets it."""

    def __init__(self, spell: Callable[[str], str], kept: str) -> None:
        super().__init__((ord(char), char) for char in kept)
        self.spell = spell

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = shown = char if _harmless(char) else self.spell(char)
        return shown

    def __call__(self, text: str) -> str:
        if text.isprintable() and (text.isascii() or _LOOK_TWICE.isdisjoint(text)):
            return text
        return _joining().sub(lambda match: match[1] or self.spell(match[0]), text).translate(self)


_EYES = _Spelling(_picture, "")
_EYES[ord("\t")] = " "
_EYES_AND_LINES = _Spelling(_picture, "\n")
_EYES_AND_LINES[ord("\t")] = " "
_FILE = _Spelling(escaped, "\n\t")
_JSON = _Spelling(json_escaped, "\n")


def safe(text: str, keep_newlines: bool = False) -> str:
    """`text` as a terminal or a page may receive it. A tab becomes a space, CR LF one line end.

    A line end is shown as `␊` unless `keep_newlines`, where it stays and is the only control character that does.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return _EYES_AND_LINES(text) if keep_newlines else _EYES(text)


def json_text(encoded: str) -> str:
    r"""JSON text whose strings are not ASCII-escaped yet, made safe by `\u` escapes: the same values to any reader.

    The line ends between values stay; inside strings JSON itself has escaped them.
    """
    return _JSON(encoded)


def csv_cell(text: str, numeric: bool = False) -> str:
    r"""`text` as the content of a CSV cell (not yet quoted), inert in a spreadsheet; `read_csv_cell` undoes it.

    * A text that a spreadsheet would run, one that begins with `= + - @`, their full-width or small forms, the minus
      sign U+2212 or a tab, after any white space, gets one apostrophe in front; so does one that begins with an
      apostrophe, so that every first apostrophe is ours.
    * With `numeric` (the column holds money or numbers) a plain decimal such as `-12.50` stays a number.
    * Unsafe characters other than tab and line feed become `\uXXXX` or `\UXXXXXXXX`; where the text itself spells such
      an escape, its backslash becomes `\u005c`.
    """
    if numeric and PLAIN_NUMBER.fullmatch(text):
        return text
    if "\\" in text:
        text = _NOT_AN_ESCAPE.sub(r"\\u005c", text)
    text = _FILE(text)
    begin = unicodedata.normalize("NFKC", text.lstrip()[:1])
    risky = begin in _TRIGGERS or text.startswith("\t")
    return f"'{text}" if risky else text


def read_csv_cell(cell: str) -> str:
    """The text that `csv_cell` was given, from the content of the cell it gave."""
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), cell.removeprefix("'"))


def html_text(text: str) -> str:
    """`text` as character data or a quoted attribute of HTML, lines kept."""
    import html

    return html.escape(safe(text, keep_newlines=True))


def md_text(text: str) -> str:
    """`text` as inline Markdown that means nothing but itself, also in a cell of a table: no markup, HTML or image.

    (A reader's program may still underline a bare web address; it shows where it leads.)
    """
    shown = safe(text, keep_newlines=True).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\g<0>", shown).replace("\n", "<br>")
