"""Plans: targets with actuals from the ledger, principles and their wordings, tasks that are owed, measures by kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

TARGETS = "plan.set-targets"
PRINCIPLES = "plan.state-principles"
TASKS = "plan.list-main-tasks"
MEASURES = "plan.classify-measure"
ON_TIME = "metric=complaints.on-time,goal=95,due=2026-12-31,owner=li"


def plan(desk: Any, *targets: str, period: str = "2026-Q4", **how: Any) -> str:
    """A plan; its number."""
    told = [word for target in targets or (ON_TIME,) for word in ("--target", target)]
    return str(desk.kit.ok("improve", "plan", "new", "--title", "Better", "--period", period, *told, **how)["id"])


def run(desk: Any, *argv: Any, **how: Any) -> Any:
    """`improve plan ...`, which must go well."""
    return desk.kit.ok("improve", "plan", *argv, **how)


def fails(desk: Any, *argv: Any, exit: int = 4) -> Any:  # noqa: A002 - the word of the contract
    """`improve plan ...`, which must be refused."""
    return desk.kit.fails("improve", "plan", *argv, exit=exit)


@pytest.mark.rule(TARGETS)
def test_a_plan_without_a_target_is_refused(desk: Any) -> None:
    """It names nothing by which anybody could tell whether things got better."""
    error = fails(desk, "new", "--title", "Better", "--period", "2027")
    assert (error["rule"], desk.kit.rows("improve.plan")) == (TARGETS, [])


@pytest.mark.rule(TARGETS)
@pytest.mark.parametrize(
    "target",
    [
        "metric=complaints.smiles,goal=95,due=2026-12-31,owner=li",
        "metric=own.smiles,goal=95,due=2026-12-31,owner=li,unit=%,baseline=80",
        "metric=own.smiles,goal=95,due=2026-12-31,owner=li,unit=%,observable=sheet",
        "metric=own.smiles,goal=95,due=2026-12-31,owner=li,baseline=80,observable=sheet",
        "metric=complaints.on-time,goal=95,due=2026-11-01,owner=li",
        "metric=complaints.on-time,goal=95,due=2026-12-31,owner=li,direction=sideways",
    ],
    ids=["unknown metric", "no observable", "no baseline", "no unit", "past", "direction"],
)
def test_a_target_that_cannot_be_measured_is_refused(desk: Any, target: str) -> None:
    """Qualitative goals are lawful with an observable, a baseline and a unit; nothing is measured in the past."""
    assert fails(desk, "new", "--title", "Better", "--period", "2026-Q4", "--target", target)["rule"] == TARGETS


@pytest.mark.parametrize("target", ["metric=x", "goal", "metric=x,goal=y,due=2026-12-31,owner=li", "colour=red"])
def test_a_target_that_is_half_written_is_told_what_it_lacks(desk: Any, target: str) -> None:
    """That is a slip of the pen, exit 2, before any rule is asked."""
    assert "target" in fails(desk, "new", "--title", "B", "--period", "2027", "--target", target, exit=2)[
        "message"
    ] or ("number" in fails(desk, "new", "--title", "B", "--period", "2027", "--target", target, exit=2)["message"])


METRICS = (
    "complaints.on-time", "complaints.upheld", "complaints.first-contact", "counter.forced-pass",
    "counter.differences", "hygiene.score", "training.attendance", "improve.on-time", "improve.repeat-rate",
    "day.missed",
)  # fmt: skip


@pytest.mark.rule(TARGETS)
def test_a_target_for_a_metric_without_events_says_no_data(desk: Any) -> None:
    """Not 0 and not 100 %: nothing was counted, and every query ran without a fault over the others' rows.
    People read so, programs get nothing."""
    number = plan(desk, *(f"metric={metric},goal=95,due=2026-12-31,owner=li" for metric in METRICS))
    lines = run(desk, "status", number)
    assert desk.kit.run("improve", "plan", "status", number).out.count("no data") >= 2 * len(METRICS)
    assert [(line["metric"], line["actual"], line["value"], line["n"], line["baseline"]) for line in lines] == [
        (metric, None, None, 0, None) for metric in METRICS
    ]
    assert {row["code"]: row["why"] for row in desk.kit.ok("report", "indicators")} == dict.fromkeys(METRICS, "")


@pytest.mark.rule(TARGETS)
def test_the_actual_is_counted_from_the_ledger(desk: Any) -> None:
    """Of two complaints one was answered within the limit: 50 % of n = 2, which reaches 40 and not 95."""
    first, second = (
        desk.kit.ok("complaints", "receive", "--channel", "oral", "--gist", "slow", "--readback", "yes")["id"]
        for _ in range(2)
    )
    desk.kit.ok("complaints", "reply", first, "--via", "phone", "--text", "sorry")
    desk.kit.clock.set("2026-12-07 09:00")
    desk.kit.ok("complaints", "reply", second, "--via", "phone", "--text", "sorry")
    low = ON_TIME.replace("95", "40").replace("li", "li,title=Half")
    lines = run(desk, "status", plan(desk, ON_TIME, low))
    assert [(line["code"], line["value"], line["n"], line["state"]) for line in lines] == [
        ("T1", "50.0", 2, "under-way"),
        ("T2", "50.0", 2, "reached"),
    ]
    assert "received_at" in lines[0]["source"]


def test_a_plugin_that_is_absent_leaves_its_metrics_without_data(make_kit: Any) -> None:
    """Improve alone: nothing breaks, and the board says why there is no data."""
    import branchops.plugins.improve as improve

    kit = make_kit(bundled=False, given=[improve])
    rows = {row["code"]: (row["value"], bool(row["why"])) for row in kit.ok("report", "indicators")}
    assert (rows["complaints.on-time"], rows["hygiene.score"]) == ((None, True), (None, True))
    assert rows["improve.repeat-rate"] == (None, False)
    assert kit.ok("improve", "board")["open_findings"] == 0


def test_a_bank_may_add_metrics_and_a_wrong_one_says_so(desk: Any) -> None:
    """An overlay of the pack brings a figure of the bank's own; one with broken SQL has no data and names the fault."""
    folder = desk.kit.store / "packs"
    folder.mkdir()
    row = '[[metric]]\ncode = "{code}"\nen = "e"\nzh = "z"\nkind = "{kind}"\nview = "improve.finding"\nsql = "{sql}"\n'
    texts = (
        row.format(code="bank.open", kind="count", sql="SELECT count(*), sum(open) FROM {table}"),
        row.format(code="bank.odd", kind="share", sql="SELECT count(*), sum(smiles) FROM {table}"),
        row.format(code="bank.row", kind="duty", sql="smiles > 1") + 'rule = "x"\n',
        row.format(code="bank.kind", kind="guess", sql="1"),
    )
    (folder / "improve.toml").write_text("".join(texts), encoding="utf-8")
    desk.open()
    rows = {row["code"]: row for row in desk.kit.ok("report", "indicators")}
    assert (rows["bank.open"]["value"], rows["bank.open"]["n"]) == ("1", 1)
    assert [rows[code]["value"] for code in ("bank.odd", "bank.row", "bank.kind")] == [None, None, None]
    assert ["smiles" in rows[code]["why"] for code in ("bank.odd", "bank.row")] == [True, True]


@pytest.mark.rule(TARGETS)
def test_what_the_ledger_counts_cannot_be_typed_in(desk: Any) -> None:
    """An own metric takes values with their source; a counted one takes none."""
    own = "metric=own.cards,title=Cards,goal=300,due=2026-12-31,owner=wang,unit=cards,baseline=200,observable=report 7"
    number = plan(desk, ON_TIME, own)
    assert fails(desk, "actual", number, "T1", "--value", "99", "--source", "me")["rule"] == TARGETS
    assert fails(desk, "actual", number, "T2", "--value", "310", "--source", " ")["rule"] == TARGETS
    run(desk, "actual", number, "T2", "--value", "310", "--source", "core system")
    line = run(desk, "status", number)[1]
    assert (line["value"], line["n"], line["state"]) == ("310", 1, "reached")
    assert desk.kit.row("improve.plan", number).seen[0].value == Decimal(310)


@pytest.mark.rule(PRINCIPLES)
def test_a_principle_worded_anew_leaves_the_old_plan_as_it_was(desk: Any) -> None:
    """The document of a past day prints the wording that was in force then."""
    number = plan(desk)
    assert fails(desk, "principle", "add", number, "--text", " ")["rule"] == PRINCIPLES
    run(desk, "principle", "add", number, "--text", "customers first")
    desk.kit.clock.set("2026-12-01 09:00")
    run(desk, "principle", "add", number, "--text", "customers first, staff close behind", "--code", "n1")
    now = run(desk, "report", number)["principles"]
    then = run(desk, "report", number, "--on", "2026-11-30")["principles"]
    assert (now, then) == (
        [{"code": "N1", "text": "customers first, staff close behind"}],
        [{"code": "N1", "text": "customers first"}],
    )


@pytest.mark.rule(PRINCIPLES)
def test_lint_tells_what_a_plan_lacks(desk: Any) -> None:
    """No principle, no task, no data; then no measure that serves a principle, a task without a day; then nothing."""
    number = plan(desk)
    assert [row["rule"] for row in run(desk, "lint", number)] == [PRINCIPLES, TARGETS, TASKS]
    told = run(desk, "task", "add", number, "--kind", "method", "--text", "one queue", "--owner", "li")
    assert [verdict["rule"] for verdict in told["verdicts"]] == [PRINCIPLES, TASKS]
    run(desk, "principle", "add", number, "--text", "customers first")
    assert [row["rule"] for row in run(desk, "lint", number)] == [TARGETS, TASKS, PRINCIPLES]
    run(desk, "measure", "add", "--kind", "safety", "--text", "x", "--plan", number, "--principle", "N1",
        "--problem", desk.open())  # fmt: skip
    run(desk, "task", "drop", number, "K1", "--reason", "head office does it")
    assert [row["rule"] for row in run(desk, "lint", number)] == [TARGETS]
    checks = desk.kit.run("rules", "check", "--json")
    assert f"{number} T1 has no data yet." in checks.out


@pytest.mark.rule(TASKS)
def test_a_task_is_owed_by_its_owner_until_there_is_evidence(desk: Any) -> None:
    """Done needs a file or a record; then it is met, and cannot be done twice."""
    number = plan(desk)
    told = run(desk, "task", "add", number, "--kind", "method", "--text", "one {queue}", "--owner", "li",
               "--due", "2026-11-27")  # fmt: skip
    (owed,) = [duty for duty in told["duties"] if duty["rule"] == TASKS]
    assert (owed["subject"], owed["who"], owed["title"], owed["status"]) == (
        f"{number}#K1", "li", "Task K1: one {queue}", "open",
    )  # fmt: skip
    assert fails(desk, "task", "done", number, "K1")["rule"] == TASKS
    run(desk, "task", "done", number, "K1", "--evidence", desk.photo)
    assert fails(desk, "task", "done", number, "K1", "--evidence", desk.photo)["rule"] == TASKS
    assert [duty for duty in desk.kit.duties() if duty.rule == TASKS] == []
    assert run(desk, "report", number)["tasks"][0]["state"] == "done"


@pytest.mark.rule(TASKS)
@pytest.mark.parametrize(
    "said",
    [
        ("--kind", "magic", "--text", "x", "--owner", "li"),
        ("--kind", "cost", "--text", " ", "--owner", "li"),
        ("--kind", "cost", "--text", "x", "--owner", "li", "--due", "2026-11-01"),
    ],
    ids=["unknown kind", "no words", "past"],
)
def test_a_task_that_says_nothing_or_comes_too_late_is_refused(desk: Any, said: tuple[str, ...]) -> None:
    """Kinds are marketing, cost, design, method, other; a day lies ahead."""
    assert fails(desk, "task", "add", plan(desk), *said)["rule"] == TASKS


@pytest.mark.rule(TASKS)
def test_when_a_tasks_owner_leaves_the_head_owes_it(desk: Any) -> None:
    """Nobody who has left is given a task; the head owes it until another has it."""
    number = plan(desk)
    run(desk, "task", "add", number, "--kind", "cost", "--text", "print less", "--owner", "zhao", "--due", "2026-12-18")
    desk.kit.ok("staff", "leave", "zhao", "--gone", "--from", "2026-11-24")
    desk.kit.clock.set("2026-11-25 09:00")
    assert [duty.who for duty in desk.kit.duties() if duty.rule == TASKS] == ["chen"]
    assert "zhao has left" in str(run(desk, "lint", number))
    assert fails(desk, "task", "assign", number, "K1", "--owner", "zhao")["rule"] == TASKS
    run(desk, "task", "assign", number, "K1", "--owner", "sun")
    assert [duty.who for duty in desk.kit.duties() if duty.rule == TASKS] == ["sun"]


@pytest.mark.rule(TASKS)
def test_a_task_may_serve_two_plans(desk: Any) -> None:
    """It is owed once and printed in both."""
    one, two = plan(desk), plan(desk, period="2027-Q1")
    run(desk, "task", "add", one, "--kind", "design", "--text", "new counter", "--owner", "li", "--serves", two,
        "--due", "2026-12-18")  # fmt: skip
    assert [row["code"] for row in run(desk, "report", two)["tasks"]] == [f"{one} K1"]
    assert len([duty for duty in desk.kit.duties() if duty.rule == TASKS]) == 1


@pytest.mark.rule(MEASURES)
def test_an_unknown_kind_of_measure_or_problem_is_refused(desk: Any) -> None:
    """There are five kinds; a finding that is not there is no problem."""
    error = fails(desk, "measure", "add", "--kind", "magic", "--text", "x", "--problem", desk.open())
    assert (error["rule"], "preventive" in error["hint"]) == (MEASURES, True)
    assert fails(desk, "measure", "add", "--kind", "safety", "--text", "x", "--problem", "F-99", exit=10)
    assert desk.kit.rows("improve.measure") == []


@pytest.mark.rule(MEASURES)
def test_a_measure_is_classified_anew_by_an_entry_and_counted_by_its_last_kind(desk: Any) -> None:
    """Begun as contingency, kept as preventive: both stand in its history; one of two answers a real problem."""
    number = run(desk, "measure", "add", "--kind", "contingency", "--text", "stand-in", "--problem", desk.open())["id"]
    told = run(desk, "measure", "add", "--kind", "safety", "--text", "a second lock")
    assert [verdict["rule"] for verdict in told["verdicts"]] == [MEASURES]
    for kind in ("contingency", "magic"):
        assert fails(desk, "measure", "reclassify", number, "--kind", kind, "--reason", "x")["rule"] == MEASURES
    run(desk, "measure", "reclassify", number, "--kind", "preventive", "--reason", "kept for good")
    counted = {
        row["kind"]: (row["measures"], row["real"], row["reclassified"]) for row in desk.kit.ok("report", "measures")
    }
    assert {kind: numbers for kind, numbers in counted.items() if numbers[0]} == {
        "preventive": (1, 1, 1), "safety": (1, 0, 0),
    }  # fmt: skip
    assert [row["kind"] for row in run(desk, "measure", "show", number)["kinds"]] == ["contingency", "preventive"]
    assert "50.0 % (n = 2)" in desk.kit.run("report", "measures").out


def test_the_example_of_the_source_text_prints_as_a_document(desk: Any) -> None:
    """Targets of quantity and quality, principles, the four kinds of task, in that order; data is escaped in HTML."""
    quantity = "metric=own.products,title=理财产品销量,goal=1200,due=2026-12-31,owner=wang,unit=笔"
    quantity += ",baseline=900,observable=核心系统"
    number = plan(desk, quantity, "metric=complaints.on-time,goal=98,due=2026-12-31,owner=li")
    run(desk, "principle", "add", number, "--text", "以客户关注为中心 <b>")
    run(desk, "principle", "add", number, "--text", "迎合并创造市场需求")
    tasks = (("marketing", "拓展业务"), ("cost", "降低成本"), ("design", "创新"), ("method", "改进方法"))
    for kind, text in tasks:
        run(desk, "task", "add", number, "--kind", kind, "--text", text, "--owner", "li", "--due", "2026-12-31")
    document = run(desk, "report", number)
    keys = [key for key in document if key in ("targets", "principles", "tasks")]
    assert keys == ["targets", "principles", "tasks"]
    assert [row["kind"] for row in document["tasks"]] == [kind for kind, _text in tasks]
    page = desk.kit.run("--format", "html", "improve", "plan", "report", number).out
    places = [page.index(text) for text in ("理财产品销量", "以客户关注为中心 &lt;b&gt;", "拓展业务")]
    assert places == sorted(places)
