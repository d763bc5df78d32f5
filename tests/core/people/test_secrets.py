"""Where a PIN may come from."""

from __future__ import annotations

import getpass
import os
import warnings
from pathlib import Path

import pytest

from branchops.core.errors import BranchOpsError, NotEntitled, NotFound, UsageError
from branchops.core.people.secrets import FirstOf, NoSecrets, Prompt, SecretsFile

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


def write(path: Path, content: bytes, mode: int = 0o600) -> SecretsFile:
    path.write_bytes(content)
    path.chmod(mode)
    return SecretsFile(path)


def test_a_private_file_gives_the_pins_in_it_and_no_others(tmp_path: Path) -> None:
    secrets = write(tmp_path / "pins", '\ufeff0012 = "84-li"\n"a.b" = "密码"\r\n'.encode())
    assert [secrets.pin_for(staff) for staff in ("0012", "a.b", "b")] == ["84-li", "密码", None]
    assert "84-li" not in repr(secrets)


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_file_others_have_rights_on_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    secrets = write(tmp_path / "pins", b'li = "7301"\n', mode)
    with pytest.raises(NotEntitled, match=f"mode {mode:04o}") as caught:
        secrets.pin_for("li")
    assert caught.value.hint == f"Make it yours alone: chmod 600 {tmp_path / 'pins'}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"li = 7301\n", "the entry li is not a text in quotes"),
        (b'a.b = "7301"\n', "the entry a is not a text in quotes"),
        (b"li = s3cret\n", "at line 1, column 6"),
        (b'li = "7301"\nli = "s3cret"\n', "at line 2, column 14"),
        (b'li = "s3cret', "at line 1, column 13"),
        (b'li = "7301\xff"\n', "it is not UTF-8"),
    ],
)
def test_a_malformed_file_is_refused_without_quoting_it(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        write(tmp_path / "pins", content).pin_for("li")
    assert f": {reason}." in caught.value.message or "end of document" in caught.value.message
    assert "7301" not in str(caught.value.as_dict())
    assert "s3cret" not in str(caught.value.as_dict())
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_missing_or_unreadable_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    for path, kind in ((tmp_path / "none", NotFound), (tmp_path, BranchOpsError)):
        with pytest.raises(kind):
            SecretsFile(path).pin_for("li")


def test_a_prompt_asks_only_where_it_is_allowed() -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "7301"

    assert Prompt(False, answer).pin_for("li") is None
    assert asked == []
    assert Prompt(True, answer).pin_for("li") == "7301"
    assert asked == ["PIN of li: "]


def test_no_answer_is_no_pin() -> None:
    def hung_up(_question: str) -> str:
        raise EOFError

    assert Prompt(True, hung_up).pin_for("li") is None
    assert Prompt(True, lambda _: "").pin_for("li") is None


def test_a_terminal_that_would_show_the_pin_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def visible(_question: str) -> str:
        warnings.warn("cannot control echo", getpass.GetPassWarning, stacklevel=2)
        return "seen by all"

    monkeypatch.setattr(getpass, "getpass", visible)
    assert Prompt(True).pin_for("li") is None


def test_the_first_source_that_knows_answers(tmp_path: Path) -> None:
    file = write(tmp_path / "pins", b'li = "7301"\n')
    secrets = FirstOf(NoSecrets(), file, Prompt(True, lambda _: "typed"))
    assert [secrets.pin_for(staff) for staff in ("li", "wang")] == ["7301", "typed"]
    assert FirstOf(file).pin_for("wang") is None
