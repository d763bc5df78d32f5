"""What happened: a consumer's complaint reached the CFPB and was handed to a company."""

from __future__ import annotations

from datetime import date

from branchops.api import Event, Personal, event_types


class ComplaintReceived(Event, frozen=True):
    """A complaint as published. `source_id` is the CFPB's number; what the file left blank is left out.

    `received` and `sent` are the days on which the CFPB received it and sent it to the company; `timely` says whether
    the company answered in time, `disputed` whether the consumer disputed the answer.
    """

    source_id: str
    product: str = ""
    sub_product: str = ""
    issue: str = ""
    sub_issue: str = ""
    state: str = ""
    zip: str = ""
    received: date | None = None
    sent: date | None = None
    company: str = ""
    response: str = ""
    public_response: str = ""
    timely: bool | None = None
    disputed: bool | None = None
    submitted_via: str = ""
    tags: str = ""
    consent: str = ""
    narrative: Personal = ""


EVENTS = event_types("cfpb", ComplaintReceived, state="cfpb.complaint")
