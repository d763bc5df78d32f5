"""From a row of the public file to a command. Pure; every refusal says what is wrong with the row.

Invariant: a blank of any spelling is a blank, and no day is guessed: month before day is the publisher's order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache

from branchops.api import N_, ImportKind, Prepared, _
from branchops_cfpb.events import ComplaintReceived
from branchops_cfpb.rules import decide_receive

BLANK = frozenset(("", "None", "N/A", "nan", "null"))
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
WORDS = {"Yes": True, "No": False, "yes": True, "no": False, "true": True, "false": False}
NOON = time(12, tzinfo=UTC)

FIELDS = {
    "source_id": N_("the CFPB's number of the complaint"),
    "product": N_("product"),
    "sub_product": N_("sub-product"),
    "issue": N_("issue"),
    "sub_issue": N_("sub-issue"),
    "state": N_("the consumer's state"),
    "zip": N_("the consumer's ZIP code"),
    "received": N_("day received"),
    "sent": N_("day sent to the company"),
    "company": N_("company"),
    "response": N_("how the company closed it"),
    "public_response": N_("what the company said in public"),
    "timely": N_("answered in time: Yes or No"),
    "disputed": N_("disputed by the consumer: Yes or No"),
    "submitted_via": N_("channel"),
    "tags": N_("groups the consumer belongs to"),
    "consent": N_("consent to publish the narrative"),
    "narrative": N_("what happened, in the consumer's words"),
}

COLUMNS: dict[str, str | tuple[str, ...]] = {
    "source_id": ("Complaint ID", ""),
    "zip": ("ZIP code", "zipcode"),
    "received": "Date received",
    "sent": "Date sent to company",
    "response": ("Company response to consumer", "Company response"),
    "public_response": "Company public response",
    "timely": ("Timely response?", "Timely"),
    "disputed": ("Consumer disputed?", "Disputed"),
    "consent": "Consumer consent provided?",
    "narrative": ("Consumer complaint narrative", "Complaint what happened"),
}


def prepare(row: Mapping[str, str]) -> Prepared:
    """The command of one row. Raises ValueError with the reason."""
    told: dict[str, object] = {name: text for name, cell in row.items() if (text := cell.strip()) not in BLANK}
    number = told.get("source_id")
    if not isinstance(number, str) or NUMBER.fullmatch(number) is None:
        raise ValueError(_("no complaint number") if not number else _("“{id}” is no number").format(id=number))
    at = None
    if received := told.get("received"):
        told["received"], at = day(str(received))
    if sent := told.get("sent"):
        told["sent"] = day(str(sent))[0]
    for name in ("timely", "disputed"):
        if (word := told.get(name)) is not None:
            if word not in WORDS:
                raise ValueError(_("“{word}” is neither Yes nor No ({name})").format(word=word, name=name))
            told[name] = WORDS[str(word)]
    return Prepared(
        decide=decide_receive,
        command=ComplaintReceived(**told),  # type: ignore[arg-type]
        key=number,
        target=f"CFPB-{number}",
        at=at,
        opens=True,
    )


@lru_cache(8192)
def day(text: str) -> tuple[date, datetime]:
    """The day of `3/19/2015`, `03/19/15`, `2015-03-19` or a timestamp, and an instant that falls on it nearly anywhere.

    Two digits of a year are of this century: the database begins in 2011. Raises ValueError.
    """
    try:
        if "/" in text:
            month, dom, year = text.partition(" ")[0].split("/")
            if len(year) not in (2, 4):
                raise ValueError(text)
            found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(dom))
        else:
            found = datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(_("“{text}” is not a date").format(text=text)) from None
    return found, datetime.combine(found, NOON)


KIND = ImportKind(
    name="cfpb",
    title=N_("public complaint files of the US CFPB"),
    fields=FIELDS,
    prepare=prepare,
    defaults=COLUMNS,
    required=("product",),
    key="source_id",
)
