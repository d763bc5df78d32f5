"""The report sheet that goes up with an escalated complaint."""

from __future__ import annotations

from branchops.api import Column, Page, Reading, Table, _, duty_id, state_title, status
from branchops.plugins.complaints.reports.lists import page
from branchops.plugins.complaints.views import Case


def sheet_of(reading: Reading, case: Case) -> Page:
    """Everything head office needs: the complaint, who confirmed it, the copy kept here, the clocks that run."""
    shown = page(case, reading)
    facts = {
        "to": case.escalated_to,
        "from": f"{reading.outlet.code} {reading.outlet.name}" if reading.outlet else "",
        **shown.facts,
        "confirmed_by": reading.name(case.confirmed_by),
        "confirmed_at": case.confirmed_at,
        "escalated_at": case.escalated_at,
        "copy_kept": case.copy_sha256,
    }
    clocks = [
        {
            "title": _(duty.title).format(**duty.args),
            "due": duty.due,
            "state": state_title(status(duty, reading.now)),
            "id": duty_id(duty),
        }
        for duty in reading.duties_of("complaints.case", case)
    ]
    columns = (
        Column("title", _("What")),
        Column("due", _("Due"), kind="time"),
        Column("state", _("Status")),
        Column("id", _("Id"), shown=False),
    )
    table = Table(columns, clocks, title=_("Clocks"), key="duties")
    labels = (Column("to", _("Addressed to")), Column("from", _("Sent by")), *shown.labels)
    kept = {key: value for key, value in facts.items() if value}
    return Page(_("Report to head office: {id}").format(id=case.id), kept, (table,), labels)
