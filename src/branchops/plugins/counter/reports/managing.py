"""Assessments, rewards and sanctions, suggestions, readings of the statement."""

from __future__ import annotations

from datetime import timedelta

from branchops.api import Column, Page, Reading, Said, Table, _
from branchops.plugins.counter.views.managing import Assessment, Merit, Suggestion


def _who(reading: Reading, staff: str) -> str:
    """A name for those entitled; initials of nobody otherwise."""
    return reading.name(staff) if reading.reveal else "***"


def assessments(reading: Reading) -> Table:
    """Assessments of the period; names are masked unless revealed."""
    columns = (
        Column("id", _("No.")),
        Column("period", _("Period")),
        Column("person", _("Person")),
        Column("assessor", _("Assessor")),
        Column("total", _("Total"), kind="number"),
        Column("appeal", _("Appeal")),
    )
    rows = [
        {
            "id": row.id,
            "period": row.period,
            "person": _who(reading, row.person),
            "assessor": reading.name(row.assessor),
            "total": row.total,
            "appeal": row.appeal,
        }
        for row in reading.rows("counter.assessment", order="at, id")
        if reading.within(row.at)
    ]
    pay = (
        _("Assessments bear on pay.") if reading.policy["counter.assess.pay"] else _("Assessments do not bear on pay.")
    )
    return Table(columns, rows, title=_("Assessments"), notes=(pay,))


def assessment_page(row: Assessment, reading: Reading) -> Page:
    """One assessment."""
    facts = {
        "id": row.id,
        "period": row.period,
        "person": _who(reading, row.person),
        "assessor": reading.name(row.assessor),
        "total": row.total,
        "appeal": row.appeal,
        "note": row.note if reading.reveal else "",
    }
    marks = Table(
        (Column("name", _("Headline")), Column("mark", _("Mark"), kind="number")),
        [{"name": name, "mark": mark} for name, mark in sorted(row.marks.items())],
        title=_("Assessment marks"),
        key="marks",
    )
    return Page(_("Assessment {id}").format(id=row.id), facts, (marks,))


def merit_kinds() -> dict[str, str]:
    """The kinds of merits with their words."""
    return {"reward": _("reward"), "sanction": _("sanction")}


def suggestion_states() -> dict[str, str]:
    """How suggestions stand, with the words."""
    return {"open": _("open"), "accepted": _("accepted"), "declined": _("declined")}


def merits(reading: Reading) -> Table:
    """III.2: rewards and sanctions of the period, with totals both ways; names are masked unless revealed."""
    found = [row for row in reading.rows("counter.merit", order="at, id") if reading.within(row.at)]
    columns = (
        Column("id", _("No.")),
        Column("at", _("When"), kind="time"),
        Column("kind", _("Kind")),
        Column("person", _("Person")),
        Column("basis", _("Basis")),
        Column("text", _("What")),
        Column("approver", _("Approved by")),
    )
    words = merit_kinds()
    rows = [
        {
            "id": row.id,
            "at": row.at,
            "kind": words[row.kind],
            "person": _who(reading, row.person),
            "basis": row.basis,
            "text": row.text if reading.reveal else "***",
            "approver": reading.name(row.approver),
        }
        for row in found
    ]
    count = {kind: sum(row.kind == kind for row in found) for kind in words}
    notes = (
        _("Rewards {rewards}, sanctions {sanctions}.").format(rewards=count["reward"], sanctions=count["sanction"]),
    )
    return Table(columns, rows, title=_("Rewards and sanctions"), notes=notes)


def merit_page(row: Merit, reading: Reading) -> Page:
    """One reward or sanction."""
    kind = Said(row.kind, merit_kinds()[row.kind])
    facts = {"id": row.id, "kind": kind, "person": _who(reading, row.person), "basis": row.basis, "at": row.at}
    return Page(
        _("Reward or sanction {id}").format(id=row.id), {**facts, "what": row.text if reading.reveal else "***"}
    )


def suggestions(reading: Reading) -> Table:
    """III.1: proposals to change the rules, and what was decided."""
    columns = (
        Column("id", _("No.")),
        Column("at", _("When"), kind="time"),
        Column("by", _("By")),
        Column("rule", _("Rule")),
        Column("text", _("What")),
        Column("state", _("Status")),
        Column("effective", _("From"), kind="date"),
        Column("policy_key", _("Setting"), shown=False),
        Column("status", _("Status"), shown=False),
    )
    words = suggestion_states()
    rows = [
        {
            "id": row.id,
            "at": row.at,
            "by": reading.name(row.by),
            "rule": row.rule,
            "text": row.text,
            "state": words[row.status],
            "status": row.status,
            "effective": row.effective,
            "policy_key": row.policy_key,
        }
        for row in reading.rows("counter.suggestion", order="at, id")
        if reading.within(row.at)
    ]
    return Table(columns, rows, title=_("Suggestions"), notes=() if rows else (_("None: a nil return."),))


def suggestion_page(row: Suggestion, reading: Reading) -> Page:
    """One suggestion."""
    status = Said(row.status, suggestion_states()[row.status])
    facts = {"id": row.id, "by": reading.name(row.by), "rule": row.rule, "what": row.text, "status": status}
    return Page(_("Suggestion {id}").format(id=row.id), {**facts, "reason": row.reason, "effective": row.effective})


def readings(reading: Reading) -> Table:
    """III.1: who has read and signed the statement in force within a year; never a score of belief."""
    version = reading.policy["counter.statement.version"]
    known = {row.staff: row for row in reading.rows("counter.reading")}
    columns = (
        Column("staff", _("Staff")),
        Column("at", _("Signed"), kind="time"),
        Column("version", _("Version")),
        Column("valid", _("Valid"), kind="bool"),
        Column("quiz", _("Quiz"), kind="number"),
    )
    rows = []
    for person in reading.people:
        if person.left_on is not None:
            continue
        row = known.get(person.id)
        valid = row is not None and row.version == version and row.at > reading.now - timedelta(days=365)
        rows.append(
            {
                "staff": reading.name(person.id),
                "at": row.at if row else None,
                "version": row.version if row else "",
                "valid": valid,
                "quiz": row.quiz if row else None,
            }
        )
    done = sum(bool(row["valid"]) for row in rows)
    share = f"{done * 100 // len(rows)} %" if rows else _("no data")
    notes = (_("Signed: {done} of {n} ({share}).").format(done=done, n=len(rows), share=share),)
    return Table(columns, rows, title=_("Statement on internal control: who has signed"), notes=notes)
