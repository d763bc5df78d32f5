"""The checklist of a zone: rows of the pack that are on, that fit the zone, with what the assets make inapplicable."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from branchops.api import NotFound, Reading, UsageError, _
from branchops.plugins.hygiene.events.inspections import Result
from branchops.plugins.hygiene.rules.common import packs

Row = Mapping[str, Any]


def scopes_of(reading: Reading, zone: str) -> set[str]:
    """What rows may ask of a zone: its kind, its code, and the groups that the catalogue gives it."""
    row = reading.row("hygiene.zone", f"zone-{zone}")
    known = next((one for one in reading.pack("hygiene").data.get("zone", ()) if one["code"] == zone), None)
    if row is None and known is None:
        raise NotFound(_("There is no zone {code}.").format(code=zone), _("See: branchops hygiene zones list"))
    kind = row.kind if row is not None else known["kind"]  # type: ignore[index]
    return {kind, zone, *((known or {}).get("groups", ()))}


def rows_for(reading: Reading, zone: str, *, closing: bool = False) -> list[Row]:
    """The rows of the packs that are on, for a zone, in the order of the pack. NotFound for an unknown zone."""
    wanted = scopes_of(reading, zone) | ({"closing"} if closing else set())
    on = packs(reading.policy)
    rows = reading.pack("hygiene").data.get("checklist", ())
    return [row for row in rows if on & set(row["packs"]) and wanted & set(row["scope"])]


def template_digest(rows: list[Row]) -> str:
    """What identifies the rows used: results of different templates are not one series."""
    return hashlib.sha256(msgspec.json.encode(rows, order="sorted")).hexdigest()[:16]


def owner_of(reading: Reading, zone: str, day: date) -> tuple[tuple[str, ...], bool]:
    """The staff who own a zone on a day, and whether the contractor does."""
    row = reading.row("hygiene.zone", f"zone-{zone}")
    owner = row.owner(day) if row is not None else None
    return (row.people(day) if row is not None else (), owner is not None and owner.kind == "contractor")


def answered(
    reading: Reading, rows: list[Row], given: Mapping[str, str], *, rest: str = "", vacant: bool = False
) -> tuple[Result, ...]:
    """Every row with its answer. UsageError that names the rows nobody has answered: silence is no pass."""
    gone = assets_gone(reading)
    found, missing = [], []
    for row in rows:
        text = given.get(row["code"], "")
        if not text and vacant:
            text = "na:vacant"
        elif not text and row.get("asset") in gone:
            text = "na:no-asset"
        text = text or rest
        if not text:
            missing.append(row["code"])
            continue
        found.append(_result(row, text))
    if missing:
        raise UsageError(
            _("Not answered: {codes}.").format(codes=", ".join(missing)),
            _("Answer each with --item CODE=ANSWER, or say --rest pass."),
        )
    return tuple(found)


def assets_gone(reading: Reading) -> set[str]:
    """Kinds of assets of which the outlet listed some and has none left: their rows are not applicable."""
    assets = list(reading.rows("hygiene.asset"))
    return {one.kind for one in assets} - {one.kind for one in assets if not one.gone}


def _result(row: Row, text: str) -> Result:
    answer, _colon, more = text.partition(":")
    answer = answer.strip().lower()
    got, slash, of = answer.partition("/")
    if slash and got.isdigit() and of == str(row.get("points", 1)) and int(got) <= int(of):
        return msgspec.structs.replace(_answer(row, "scored", more.strip()), got=int(got))
    if answer not in ("pass", "fail", "na"):
        raise UsageError(
            _("“{text}” is no answer.").format(text=text), _("Write pass, fail:note, na:reason, or points such as 1/2.")
        )
    reasons = row.get("reasons", ())
    if reasons and answer == "fail" and more.strip() not in reasons:
        raise UsageError(
            _("{code} is answered by code only.").format(code=row["code"]),
            _("One of: {names}").format(names=", ".join(reasons)),
        )
    return _answer(row, answer, more.strip())


def _answer(row: Row, answer: str, more: str) -> Result:
    return Result(
        code=row["code"],
        answer=answer,  # type: ignore[arg-type]
        en=row["en"],
        zh=row["zh"],
        section=row["section"],
        rule=row["rules"][0],
        points=row.get("points", 1),
        critical=row.get("critical", False),
        note_on_fail=row.get("note_on_fail", False),
        action_days=row.get("action_days", 3),
        reason=more if answer == "na" else "",
        note=more if answer != "na" else "",
    )
