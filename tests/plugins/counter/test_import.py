"""Imports of machines' counts, user lists and seal verifications, against independent arithmetic."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest


def mapped(kit: Any, text: str) -> str:
    path = kit.root / "map.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_machines_against_a_fixed_target_agree_with_plain_arithmetic(kit: Any, cash_atm: Callable[[str], Path]) -> None:
    """1,474 rows of four machines, each held against 100: overages and shortages apart, blanks and doubles refused."""
    path = cash_atm("atm624_1474.csv")
    mapping = mapped(
        kit,
        '[columns]\ndevice = "ATM"\nday = "DATE"\ncounted = "Cash"\n'
        '[constants]\ndeclared = "100"\ncurrency = "USD"\n[dates]\nday = "%m/%d/%Y %I:%M:%S %p"\n',
    )
    rejects = kit.root / "rejects.csv"
    done = kit.run("import", "counter-devices", path, "--map", mapping, "--rejects", rejects, "--json")
    found = done.json()
    over: dict[str, Decimal] = {}
    short: dict[str, Decimal] = {}
    good = opened = 0
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="ascii"))):
        if not row["ATM"] or not row["Cash"]:
            continue
        good += 1
        gap = Decimal(row["Cash"]) - 100
        opened += gap != 0
        side = over if gap > 0 else short
        side[row["ATM"]] = side.get(row["ATM"], Decimal(0)) + gap
    assert {key: found[key] for key in ("read", "stored", "rejected", "duplicates")} == {
        "read": 1474, "stored": good, "rejected": 1474 - good, "duplicates": 0,
    }  # fmt: skip
    devices = {row.device: row for row in kit.rows("counter.device")}
    assert {name: row.over for name, row in devices.items()} == over | {n: Decimal(0) for n in devices if n not in over}
    assert {name: row.short for name, row in devices.items()} == short | {
        n: Decimal(0) for n in devices if n not in short
    }
    diffs = kit.rows("counter.diff")
    assert (len(diffs), sum(row.amount for row in diffs)) == (opened, sum(over.values()) + sum(short.values()))
    again = kit.run("import", "counter-devices", path, "--map", mapping, "--rejects", rejects, "--json").json()
    assert (again["stored"], again["duplicates"]) == (0, good)


def test_a_wide_file_is_read_one_machine_a_mapping(kit: Any, cash_atm: Callable[[str], Path]) -> None:
    """A semicolon file with a byte order mark and one column a machine: empty cells are refused, the sum is exact."""
    path = cash_atm("nn5_uk_atm_111x791.csv")
    mapping = mapped(
        kit,
        'delimiter = ";"\n[columns]\nday = "Date"\ncounted = "N101"\n[constants]\ndevice = "N101"\ncurrency = "GBP"\n',
    )
    done = kit.run(
        "import", "counter-devices", path, "--map", mapping, "--rejects", kit.root / "r.csv", "--json"
    ).json()
    cells = [row["N101"] for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")]
    numbers = [number for cell in cells if (number := _number(cell)) is not None]
    assert (done["read"], done["stored"]) == (len(cells), len(numbers))
    row = kit.row("counter.device", "device-N101")
    assert (row.counts, row.counted, row.undeclared) == (len(numbers), sum(numbers), len(numbers))


def _number(cell: str) -> Decimal | None:
    try:
        return Decimal(cell) if cell.strip() else None
    except InvalidOperation:
        return None


def test_deposits_are_held_against_what_was_declared(kit: Any, cash_atm: Callable[[str], Path]) -> None:
    """Five deposits whose notes add up: no difference, five wrong numbers of notes pointed out, cards masked."""
    path = cash_atm("deposit_declared_vs_counted_5.csv")
    mapping = mapped(
        kit,
        'key = "transaction_id"\n[columns]\ndevice = "machine_id"\nday = "timestamp"\ndeclared = "amount_declared"\n'
        'counted = "amount_counted"\nbills = "bill_count"\ndenominations = "bill_denominations"\n'
        'card = "card_number_masked"\nref = "transaction_id"\n',
    )
    done = kit.run("import", "counter-devices", path, "--map", mapping, "--json").json()
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="ascii"))))
    gaps = [Decimal(row["amount_counted"]) - Decimal(row["amount_declared"]) for row in rows]
    assert (done["stored"], done["rejected"]) == (5, 0)
    assert sorted(row.amount for row in kit.rows("counter.diff")) == sorted(gap for gap in gaps if gap)
    devices = kit.rows("counter.device")
    assert (sum(row.notes_off for row in devices), sum(row.counted for row in devices)) == (
        5,
        sum(Decimal(row["amount_counted"]) for row in rows),
    )


def test_bad_rows_say_why_and_the_good_ones_go_in(kit: Any) -> None:
    """A count that is no number, notes that do not add up, a missing machine."""
    path = kit.root / "counts.csv"
    path.write_text(
        "device,day,counted,declared,denominations\n"
        "A1,2026-11-20,500,400,\n"
        "A1,2026-11-21,many,400,\n"
        "A1,2026-11-22,100,100,\"{'50': 1}\"\n"
        ",2026-11-22,100,100,\n",
        encoding="utf-8",
    )
    rejects = kit.root / "rejects.csv"
    done = kit.run("import", "counter-devices", path, "--rejects", rejects, "--json")
    assert (done.exit, done.json()["stored"], done.json()["rejected"]) == (9, 1, 3)
    reasons = rejects.read_text(encoding="utf-8")
    for reason in ("“many” is not an amount", "the notes are worth 50, counted is 100", "device is empty"):
        assert reason in reasons
    (diff,) = kit.rows("counter.diff")
    assert (diff.amount, diff.unit, diff.status) == (Decimal(100), "A1", "open")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_seals_and_ids_import_too(kit: Any, lang: str) -> None:
    """A forced pass nobody signed for is a breach and counted; a user list makes idle ids."""
    seals = kit.root / "seals.csv"
    seals.write_text(
        "ref,day,result,teller,account\n1,2026-11-20,pass,wang,62220001\n2,2026-11-20,forced,wang,62220001\n"
    )
    kit.run("import", "counter-seals", seals, "--json", lang=lang)
    row = kit.row("counter.seal-day", "seal-2026-11-20")
    assert (row.total, row.forced, row.accounts) == (2, 1, {"****0001": (1, 1)})
    assert [one.rules for one in kit.rows("counter.breach")] == [("counter.seal-forced-pass-minimise",)]
    users = kit.root / "users.csv"
    users.write_text("system,user,staff,as_of\nsavings,u9,,2026-11-23\n")
    kit.run("import", "counter-ids", users, "--json", lang=lang)
    assert [row["user"] for row in kit.ok("counter", "ids", "list")] == ["u9"]
