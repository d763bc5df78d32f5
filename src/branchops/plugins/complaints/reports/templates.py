"""Letters to start from: filled from the complaint, shown, and never sent by themselves."""

from __future__ import annotations

from branchops.api import Column, NotFound, Reading, Table, _, listing, pick
from branchops.plugins.complaints.views import Case

BLANK = "________"


def filled(reading: Reading, case: Case, name: str) -> Table:
    """A template of the pack, line by line; what is not known yet is a blank. NotFound names those there are."""
    known = {row["code"]: row for row in reading.pack("complaints").data.get("template", ())}
    if name not in known:
        raise NotFound(
            _("There is no template {name}.").format(name=name),
            _("Use one of: {names}.").format(names=listing(known)),
        )
    text = pick(known[name]["en"], known[name]["zh"]).strip()
    values = _values(reading, case)
    lines = text.format_map(_Blanks({key: value for key, value in values.items() if value})).splitlines()
    columns = (Column("text", _("Draft, not sent")),)
    note = _("A draft: read it, change it, and send it yourself.")
    return Table(columns, [{"text": line} for line in lines], title=f"{case.id} {_(name)}", notes=(note,))


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return BLANK


def _values(reading: Reading, case: Case) -> dict[str, str]:
    promise = case.promises[-1].by if case.promises else None
    people = reading.people
    named = {
        role: people.name(who) if people.knows(who) else who
        for role, who in (("handler", case.handler), ("apologiser", case.apologised_by))
    }
    return {
        "id": case.id,
        "caller": reading.clear(case.caller, "name"),
        "gist": reading.clear(case.gist),
        "facts": reading.clear(case.facts),
        "received": str(reading.day_of(case.received_at)),
        "promise": promise.astimezone(reading.tz).strftime("%Y-%m-%d %H:%M") if promise else "",
        "outlet": reading.outlet.name if reading.outlet else "",
        "today": str(reading.today),
        **named,
    }
