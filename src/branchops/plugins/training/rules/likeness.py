"""How alike two texts are, told from digests: the texts themselves need not be kept.

Invariant: a sketch is a pure function of the text. It holds the `SIZE` smallest digests of the text's shingles (runs of
`RUN` letters or digits, width, letter case, spaces and punctuation aside), so that the share of shingles two texts have
in common (Jaccard's index) can be estimated from two sketches. Of texts with fewer shingles the answer is exact; else
the standard error is at most 1/(2 * sqrt(SIZE)), about three percentage points. (Broder 1997, bottom-k sampling.)
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

RUN = 5
SIZE = 256


def plain(text: str) -> str:
    """The letters and digits of a text, width and letter case aside."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def shingles(text: str) -> frozenset[str]:
    """All runs of `RUN` characters of the plain text; a shorter text is its own one run; of no text, none."""
    bare = plain(text)
    if len(bare) <= RUN:
        return frozenset({bare} if bare else ())
    return frozenset(bare[i : i + RUN] for i in range(len(bare) - RUN + 1))


def sketch(text: str) -> tuple[str, ...]:
    """The smallest digests (12 hex digits each) of a text's shingles, in order."""
    digests = {hashlib.sha256(run.encode()).hexdigest()[:12] for run in shingles(text)}
    return tuple(sorted(digests)[:SIZE])


def likeness(a: Iterable[str], b: Iterable[str]) -> int:
    """How alike the texts of two sketches are, from 0 (nothing in common) to 100 (the same shingles), in percent."""
    one, other = frozenset(a), frozenset(b)
    union = sorted(one | other)[:SIZE]
    if not union:
        return 0
    common = one & other
    return round(100 * sum(digest in common for digest in union) / len(union))
