"""Finding files in folders: in order, in the folder alone, and whatever is passed over is told."""

import os
import socket
from pathlib import Path

from ia_workbench.corpus import files_under


def inside(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files_under(folder).files]


def test_files_come_in_the_order_of_their_paths_from_every_folder(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/c/1.txt", "a.txt", "z.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert inside(tmp_path) == ["a.txt", "b/2.txt", "b/c/1.txt", "z.md"]
    assert files_under(tmp_path).notes == ()


def test_a_file_alone_is_itself(tmp_path: Path) -> None:
    (tmp_path / ".a.txt").write_bytes(b"x")
    assert files_under(tmp_path / ".a.txt").files == (tmp_path / ".a.txt",)


def test_links_devices_hidden_files_and_empty_folders_are_passed_over_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    (folder / "in").mkdir(parents=True)
    (folder / "none").mkdir()
    (folder / "in" / "a.txt").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    (tmp_path / "secret.txt").write_bytes(b"x")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(folder / "s"))
        found = files_under(folder)
    assert found.files == (folder / "in" / "a.txt",)
    assert found.notes == (
        "Passed over .DS_Store: hidden files and files of the system are not read.",
        "Passed over link.txt: links are not followed.",
        "Passed over none: the folder is empty.",
        "Passed over pipe.txt: it is a device or a pipe.",
        "Passed over round: links are not followed.",
        "Passed over s: it is a device or a pipe.",
    )


def test_folders_without_end_are_walked_to_their_end(tmp_path: Path) -> None:
    deepest = tmp_path
    for _ in range(300):
        deepest = deepest / "d"
        deepest.mkdir()
    (deepest / "a.txt").write_bytes(b"x")
    assert len(inside(tmp_path)) == 1
