"""`show --json` of every kind of record: programs get what is stored, whatever language people read."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from branchops.core.branch import Branch
from branchops.core.output.formats import render
from branchops.core.output.messages import set_language
from branchops.core.output.table import Page
from branchops.core.reading import Reading
from branchops.testing import BranchKit

WORDS = {"title", "state", "anchor", "channel_title", "kind_title", "status_title", "answer_title", "owed_by"}
"""Columns whose values are words beside a column that holds the code."""
STEPS = (
    "complaints receive --channel other --subtype web --gist x --caller y --contact 1 --business B1 --about zhao",
    "complaints classify 1 --level major --tag media",
    "complaints cause 1 C1 --text z",
    "complaints reply 1 --via phone",
    "complaints receive --channel letter --gist x",
    "complaints link 1 --to 2",
    "complaints resolve 1 --outcome upheld --facts z",
    "complaints no-reply 2 --reason anonymous",
    "counter leave zhao --witness sun --count 5 --witness-count 4",
    "counter diff open --atm A1 --amount -5 --card 6222020200001234",
    "counter special add --kind enquiry --ref V1 --by qian",
    "counter control set vault --responsible chen --implementer sun",
    "counter inspect plan --area a --checker li --due 11-30 --unit x,y --size 1 --seed s",
    "counter bag open B7 --seal 1 --by li,wang --broken",
    "counter reward add --person sun --basis D-1 --text thanks",
    "counter suggest --text more",
    "counter cash zhao --amount 60000",
    "counter van arrive --am --by li,wang --boxes 2",
    "counter stamp assign S1 --to zhao",
    "counter statement custodian li",
    "hygiene violation add --kind desk --who zhao",
    "training session --topic rules --type study --type summary --expected zhao,sun",
    "training attend 1 --present zhao --absent sun",
    "training correct 1 sun --to late --reason queue",
    "training plan --topic courtesy --on 2026-12-19",
    "training observe add zhao --score smile=1 --visit mystery --by li",
    "training service-refusal add --by zhao --business coins",
    "improve plan new --title B --period 2026-Q4 --target metric=complaints.on-time,goal=95,due=2026-12-31,owner=li",
    "improve plan measure add --kind preventive --text z --plan 1",
    "improve finding open --text unlocked --unit A1 --rule counter.long-absence-stamps-stowed",
    "improve finding analogues 1 --where all --result nothing",
)


@pytest.fixture
def full(kit: BranchKit, monkeypatch: pytest.MonkeyPatch) -> BranchKit:
    """A branch with many kinds of records, in which proving a PIN costs nothing."""
    monkeypatch.setattr(Branch, "prove", lambda self, *_: "2026-11-23T00:30:00.000000Z")
    for step in STEPS:
        kit.ok(*step.split(), as_="li" if step.startswith("complaints") else "chen", at="11:00")
    return kit


def pages(kit: BranchKit) -> Iterator[tuple[str, Page, Page]]:
    """Every record there is as a page in English and in Chinese."""
    for _owner, offer in kit.branch.registry.offers():
        for showing in offer.shows:
            for row in kit.branch.rows(showing.view, {}):
                made = []
                for lang in ("en", "zh"):
                    set_language(lang)
                    made.append(showing.page(row, Reading(kit.branch)))
                yield f"{showing.prefix} {row.id}", made[0], made[1]
    set_language("en")


def read(page: Page, kit: BranchKit) -> dict[str, Any]:
    """What programs read of a page, without the columns of words."""
    from json import loads

    out = StringIO()
    render(page, "json", out, tz=kit.branch.house.tz)
    found: dict[str, Any] = loads(out.getvalue())
    for rows in found.values():
        for row in rows if isinstance(rows, list) else ():
            for key in WORDS & set(row if isinstance(row, dict) else ()):
                del row[key]
    return found


def test_programs_read_the_same_of_every_record_in_any_language(full: BranchKit) -> None:
    told = [(name, read(english, full), read(chinese, full)) for name, english, chinese in pages(full)]
    assert [(name, one, other) for name, one, other in told if one != other] == []
    assert len({name.split()[0] for name, *_pages in told}) > 15
