"""Whole commands, as processes, against a two-command Typer program of the same Typer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line, rounds

HELLO = """import typer
app = typer.Typer()
@app.command()
def hello(name: str = "you"): print("hello", name)
@app.command()
def bye(name: str = "you"): print("bye", name)
app()
"""
BRANCHOPS = [str(Path(sys.executable).with_name("branchops"))]


def lines(folder: Path, *, quick: bool, large: bool) -> Iterator[Line]:
    """One read, one durable write, against hello-world."""
    _ = large
    store = folder / "commands"
    hello = folder / "hello.py"
    hello.write_text(HELLO, encoding="utf-8")
    environ = {**os.environ, "BRANCHOPS_STORE": str(store), "BRANCHOPS_AS": "chen", "PYTHONDONTWRITEBYTECODE": ""}

    def run(*argv: str) -> None:
        subprocess.run(argv, env=environ, check=True, capture_output=True)

    def branchops(*argv: str) -> None:
        run(*BRANCHOPS, *argv)

    branchops("init", "--outlet", "0301", "--name", "Riverside", "--head", "chen", "--head-name", "Chen Jie")
    for number in range(20):
        branchops("complaints", "receive", "--channel", "letter", "--gist", f"letter {number}")
    found = rounds(
        {
            "hello": lambda: run(sys.executable, str(hello), "hello"),
            "read": lambda: branchops("complaints", "list", "--json"),
            "log": lambda: branchops("log", "--limit", "20", "--json"),
            "write": lambda: branchops("complaints", "receive", "--channel", "letter", "--gist", "x", "--json"),
        },
        5 if quick else 15,
    )
    base = found["hello"]
    detail = f"{base * 1000:.0f} ms hello"
    yield Line("one read command (complaints list --json)", "hello-world", found["read"] / base, 2.0, 1.3, True, detail)
    yield Line("one read command (log --json)", "hello-world", found["log"] / base, 2.0, 1.3, True, detail)
    yield Line("one durable write command (receive)", "hello-world", found["write"] / base, 2.3, 1.5, True, detail)
