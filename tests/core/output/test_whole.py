"""Files that are written whole or not at all, and what is no file."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from branchops.core.errors import UsageError
from branchops.core.output.whole import whole


def test_the_old_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with suppress(KeyError), whole(path) as stream:
        stream.write("ne")
        raise KeyError
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text() == "old"
    with whole(path) as stream:
        stream.write("new")
        assert path.read_text() == "old"
    assert (path.read_text(), len(list(tmp_path.iterdir()))) == ("new", 1)


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with whole(link) as stream:
        stream.write("new")
    assert (link.is_symlink(), target.read_text()) == (True, "new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """As root, `--out /dev/null` once put a file in the place of the device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with whole(pipe) as stream:
        stream.write("told")
    reader.join(timeout=10)
    assert read == ["told"]
    assert pipe.is_fifo()
    assert len(list(tmp_path.iterdir())) == 1


def test_what_cannot_be_written_is_told_with_a_remedy(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "such"):
        with pytest.raises(UsageError, match="cannot be written") as caught, whole(path):
            pass
        assert caught.value.hint == "Name another with --out."
