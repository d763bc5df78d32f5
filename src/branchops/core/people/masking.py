"""Masks: what a screen shows of personal data by default.

Invariant: a mask never shows a whole value, not even a very short one, and its length does not tell the value's.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MaskKind = Literal["name", "phone", "card", "other"]
HIDDEN = "***"
_LONG_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){11,18}[Xx]?(?![0-9])")


def mask(text: str, kind: MaskKind = "other") -> str:
    """The masked form: names 李**, phones 138******01, cards ****6789, all else ***. Empty stays empty.

    Full-width letters and digits count as plain ones, separators not at all. A value too short to hide half of is ***.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    if kind == "name":
        letters = [letter for letter in plain if letter.isalnum()]
        return f"{letters[0]}**" if len(letters) > 1 else HIDDEN
    digits = "".join(letter for letter in plain if letter.isdecimal())
    if kind == "phone" and len(digits) >= 10:
        return f"{digits[:3]}******{digits[-2:]}"
    if kind == "card" and len(digits) >= 8:
        return f"****{digits[-4:]}"
    return HIDDEN


def tidy(text: str) -> str:
    """The text trimmed; numbers of twelve digits and more (cards, accounts, identity papers) keep their last four."""
    return _LONG_NUMBER.sub(lambda found: f"****{re.sub('[ -]', '', found.group())[-4:]}", text.strip())
