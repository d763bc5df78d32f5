"""Each rule, met and broken."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


def record(desk: Any, **fields: Any) -> Any:
    from branchops_cfpb.events import ComplaintReceived

    event = ComplaintReceived(source_id="7", product="Mortgage", **fields)
    return desk.record(event, "CFPB-7")


def breaches(outcome: Any) -> list[str]:
    return [verdict.rule for verdict in outcome.first.meta.breaches]


@pytest.mark.rule("cfpb.received-once")
def test_a_number_is_received_once(desk: Any) -> None:
    from branchops.api import Rejected

    assert breaches(record(desk)) == []
    with pytest.raises(Rejected, match="Complaint 7 is recorded already"):
        record(desk, company="Another")
    assert len(desk.events("cfpb.complaint-received")) == 1


@pytest.mark.rule("cfpb.answered-in-time")
@pytest.mark.parametrize(("timely", "found"), [(True, []), (None, []), (False, ["cfpb.answered-in-time"])])
def test_a_late_answer_is_kept_as_a_breach(desk: Any, timely: bool | None, found: list[str]) -> None:
    assert breaches(record(desk, timely=timely)) == found


@pytest.mark.rule("cfpb.sent-after-received")
@pytest.mark.parametrize(("sent", "found"), [(3, []), (4, []), (2, ["cfpb.sent-after-received"])])
def test_sending_before_receiving_is_kept_as_a_breach(desk: Any, sent: int, found: list[str]) -> None:
    outcome = record(desk, received=date(2019, 5, 3), sent=date(2019, 5, sent))
    assert breaches(outcome) == found


@pytest.mark.rule("cfpb.concentration")
def test_the_concentration_counts_companies_whatever_their_case(desk: Any) -> None:
    from branchops_cfpb.events import ComplaintReceived

    for number, company in enumerate(("Acme", "ACME", "Bolt", "")):
        event = ComplaintReceived(source_id=str(number), product="Loan", company=company, received=date(2019, 1, 2))
        desk.record(event, f"CFPB-{number}")
    assert desk.ok("report", "cfpb-insight") == [
        {"product": "loan", "year": 2019, "total": 4, "companies": 2, "highest": 50}
    ]
