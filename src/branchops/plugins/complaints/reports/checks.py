"""What the desk still lacks, for `rules check`."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Reading, Verdict, reject, warn
from branchops.plugins.complaints.rules.shared import HANDLER, under
from branchops.plugins.complaints.views import BOOK


def desk_ready(reading: Reading) -> Iterator[Verdict]:
    """Whether there is a handler, a head, a number on the plate and a book in the hall."""
    if not reading.people.holders(HANDLER, reading.today):
        missing = reject(
            N_("Nobody is designated as complaint handler."), N_("branchops complaints handler set STAFF --by HEAD")
        )
        yield from under("complaints.designated-handler", [missing])
    if reading.people.head(reading.today) is None:
        none = reject(N_("Nobody can act as head of the outlet."), N_("branchops staff role ID outlet-head"))
        yield from under("complaints.head-primarily-responsible", [none])
    number = reading.policy.get("outlet.hotline", "")
    if not any(letter.isdigit() for letter in str(number)):
        unset = warn(
            N_("The complaint telephone number is not set."),
            N_("branchops policy set outlet.hotline NUMBER --reason R"),
        )
        yield from under("complaints.hotline-plate-displayed", [unset])
    book = reading.row("complaints.book", BOOK)
    if book is None or book.current is None:
        absent = warn(
            N_("No volume of the opinion book was started."), N_("branchops complaints volume start 1 --pages 100")
        )
        yield from under("complaints.book-on-display", [absent])
