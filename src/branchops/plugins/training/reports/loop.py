"""What became of the people whom an upheld complaint was about: reflection, observation, competence."""

from __future__ import annotations

from branchops.api import Column, Reading, Table, _


def loop(reading: Reading) -> Table:
    """The upheld complaints of the causes named by policy, by person, with the customer's satisfaction beside."""
    causes = reading.policy.get("training.loop.causes", ("C1",))
    rows = []
    for row in reading.rows("training.loop", order="id"):
        if row.upheld_at is None or row.cause not in causes or not reading.within(row.upheld_at):
            continue
        for staff in row.about:
            steps = row.steps.get(staff)
            rows.append(
                {
                    "complaint": row.id,
                    "staff": staff,
                    "upheld": reading.day_of(row.upheld_at),
                    "reflected": reading.day_of(steps.reflected) if steps and steps.reflected else None,
                    "observed": reading.day_of(steps.observed) if steps and steps.observed else None,
                    "competent": reading.day_of(steps.competent) if steps and steps.competent else None,
                    "lifted": bool(steps and steps.lifted),
                    "satisfied": row.satisfied or None,
                }
            )
    columns = (
        Column("complaint", _("Complaint")),
        Column("staff", _("Who")),
        Column("upheld", _("Upheld"), kind="date"),
        Column("reflected", _("Reflected"), kind="date"),
        Column("observed", _("Observed"), kind="date"),
        Column("competent", _("Competent"), kind="date"),
        Column("lifted", _("Lifted"), kind="bool", shown=False),
        Column("satisfied", _("Satisfied (1-5)"), kind="number"),
    )
    note = _("A satisfied customer does not prove right conduct, nor the other way round.")
    notes = (note,) if rows else (_("Nil: no complaint about attitude was upheld."),)
    return Table(columns, rows, title=_("After upheld complaints"), notes=notes)
