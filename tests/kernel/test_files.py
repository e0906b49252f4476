"""Reading files that people name."""

import os
from pathlib import Path

import pytest

from ia_workbench.kernel import LARGEST_FILE, Refused, read_bytes, read_text


def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path(os.devnull), tmp_path):
        with pytest.raises(Refused, match=f"{path.name} is not a file"):
            read_bytes(path)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(Refused, match="larger than 50 MB"):
        read_bytes(large)


def test_a_file_that_is_not_there_or_no_text_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"absent\.txt cannot be read: No such file"):
        read_text(tmp_path / "absent.txt")
    (tmp_path / "latin.txt").write_bytes(b"one\nPe\xf1asco")
    with pytest.raises(Refused, match=r"latin\.txt is not UTF-8 text: look at line 2"):
        read_text(tmp_path / "latin.txt")
