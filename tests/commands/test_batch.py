"""`branchops batch`: many commands, one process, one line each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def lines(*commands: Any) -> str:
    return "".join(json.dumps(one) + "\n" if not isinstance(one, str) else one + "\n" for one in commands)


def results(done: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def add(name: str, *more: str, key: str = "") -> dict[str, Any]:
    argv = ["staff", "add", name, "--name", name.title(), *more]
    return {"argv": argv, "key": key} if key else {"argv": argv}


def test_each_line_answers_with_its_number_exit_and_output(kit: Any) -> None:
    done = kit.run("batch", stdin=lines(add("ann"), "", {"argv": ["staff", "list"]}))
    first, second = results(done)
    assert (done.exit, first["line"], first["exit"], second["line"]) == (0, 1, 0, 3)
    assert first["out"]["id"] == "staff-ann"
    assert "ann" in [row["id"] for row in second["out"]]


def test_a_failure_is_told_and_the_rest_goes_on_unless_told_to_stop(kit: Any, tmp_path: Path) -> None:
    commands = lines({"argv": ["staff", "ad"]}, "no json", {"argv": "staff list"}, {"argv": ["batch"]}, add("bob"))
    file = tmp_path / "commands.jsonl"
    file.write_text(commands, encoding="utf-8")
    stopped = kit.run("batch", file, "--stop")
    assert (stopped.exit, [row["exit"] for row in results(stopped)]) == (9, [2])
    done = kit.run("batch", file)
    assert (done.exit, [row["exit"] for row in results(done)]) == (9, [2, 2, 2, 2, 0])
    assert [row["error"]["message"] for row in results(done)[:1]] == ["There is no command ad."]
    assert results(done)[3]["error"]["message"] == "A batch cannot hold a batch."


def test_a_key_makes_a_line_safe_to_run_again(kit: Any) -> None:
    commands = lines(add("cat", key="k-1"))
    first, second = results(kit.run("batch", stdin=commands))[0], results(kit.run("batch", stdin=commands))[0]
    assert (first["key"], first["out"]["replayed"], second["out"]["replayed"]) == ("k-1", False, True)
    other = results(kit.run("batch", stdin=lines(add("dog", key="k-1"))))[0]
    assert (other["exit"], other["error"]["code"]) == (6, "conflict")


def test_global_options_of_the_batch_hold_for_lines_and_lines_may_have_their_own(kit: Any) -> None:
    commands = lines(add("eve"), {"argv": ["--lang", "zh", "staff", "lst"]}, {"argv": ["staff", "lst"]})
    done = kit.run("batch", "--dry-run", stdin=commands)
    first, second, third = results(done)
    assert first["out"]["stored"] is False
    assert second["error"]["message"] != third["error"]["message"] == "There is no command lst."
    assert results(kit.run("batch", stdin=lines({"argv": ["staff", "list", "--store", "x"]})))[0]["exit"] == 2


def test_ten_lines_cost_one_open_branch(kit: Any, monkeypatch: Any) -> None:
    from branchops.core.branch import Branch

    opened: list[int] = []
    original = Branch.open
    monkeypatch.setattr(Branch, "open", lambda *a, **k: opened.append(1) or original(*a, **k))
    done = kit.run("batch", stdin=lines(*({"argv": ["staff", "list"]} for _ in range(10))))
    assert (done.exit, len(results(done)), len(opened)) == (0, 10, 1)
