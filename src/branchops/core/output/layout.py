"""Text in columns, measured as a terminal shows it: an ideograph takes two cells, a combining mark none.

Invariant: `fold` and `pad` lose no character (`fold` drops the white space it breaks at) and cut no cluster of marks,
joined emoji or flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CLOSING = frozenset("，。、；：？！）」』”’》】…—%％,.;:?!)]}")
_JOINTS = frozenset("/._:-@,=")
_OPENING = frozenset("（「『“‘《【([{")
_CLUSTER = re.compile("[\U0001f1e6-\U0001f1ff]{2}|.", re.DOTALL)
_SINGLE = re.compile("[ -~\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*")
"""Characters that nothing joins and that join nothing: each is its own cluster, of one cell or two."""


def width(text: str) -> int:
    """Cells that `text`, one line, takes on a terminal."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


cell_width = width  # its name at the door


def pad(text: str, cells: int, right: bool = False) -> str:
    """`text` filled with spaces to `cells`, on the left if it is set flush `right`."""
    space = " " * (cells - width(text))
    return space + text if right else text + space


def fold(text: str, cells: int) -> list[str]:
    """The lines of `text`, none wider than `cells` (at least 2), broken at white space where there is some."""
    return [folded for line in text.split("\n") for folded in _fold_line(line, max(2, cells))]


def share(natural: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Column widths within `room`: each its natural width if that fits, else no less than its least; None if it cannot.

    What is left over goes to the columns cell by cell alike, so that narrow ones are whole before wide ones grow.
    """
    widths = [min(pair) for pair in zip(natural, least, strict=True)]
    spare = room - sum(widths)
    if spare < 0:
        return None
    while spare and (hungry := [place for place, have in enumerate(widths) if have < natural[place]]):
        ration = max(1, spare // len(hungry))
        for place in hungry:
            given = min(ration, natural[place] - widths[place], spare)
            widths[place] += given
            spare -= given
    return widths


def least_width(texts: Sequence[str], rigid: bool) -> int:
    """How narrow a column of `texts` may become: never below its numbers and times (`rigid`) or its longest id."""
    if rigid:
        return max(map(width, texts), default=0)
    words = (word for text in texts for word in text.split() if word.isascii())
    return max(8, min(20, max(map(len, words), default=0)))


def _clusters(line: str) -> Iterator[str]:
    """What must not be torn apart: a character with its marks, an emoji with its joiners, a flag."""
    if _SINGLE.fullmatch(line):
        yield from line
        return
    held = ""
    for match in _CLUSTER.finditer(line):
        piece = match[0]
        if held and (width(piece) == 0 or width(held + piece) == width(held)):
            held += piece
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _fold_line(line: str, cells: int) -> Iterator[str]:
    if width(line) <= cells:
        yield line
        return
    kept: list[str] = []
    used = 0
    for cluster in _clusters(line):
        size = 1 if cluster.isascii() and len(cluster) == 1 else width(cluster)
        if used + size > cells:
            if cluster.isspace():
                yield "".join(kept).rstrip()
                kept, used = [], 0
                continue
            place = _break(kept, cluster)
            if width("".join(kept[place:])) + size > cells:  # what is carried over would not fit either
                place = len(kept)
            head, kept = kept[:place], kept[place:]
            yield "".join(head).rstrip()
            while kept and kept[0].isspace():
                kept = kept[1:]
            used = width("".join(kept))
        kept.append(cluster)
        used += size
    if kept:
        yield "".join(kept)


def _break(kept: Sequence[str], coming: str) -> int:
    """Where a full line is broken before `coming`: after white space, or beside an ideograph; else right there.

    No line begins with a closing mark or ends with an opening one, as Chinese is set, and no word is torn that fits. A
    word too long for a line, an id or a path, is broken at a joint if it has one.
    """
    after = [*kept, coming]
    for place in range(len(kept), 0, -1):
        left, right = after[place - 1], after[place]
        if left.isspace() or right.isspace():
            return place
        if max(width(left), width(right)) > 1 and right[0] not in _CLOSING and left[0] not in _OPENING:
            return place
    joints = (place for place in range(len(kept), len(kept) // 2, -1) if after[place - 1] in _JOINTS)
    return next(joints, len(kept))
