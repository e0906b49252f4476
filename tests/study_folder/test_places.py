"""Paths that a file names lead only to where a study's files may lie."""

import os
from pathlib import Path

import pytest

from ia_workbench.config import shipped_folder
from ia_workbench.kernel import Refused, about, read_text
from ia_workbench.study_folder.places import StudyPlace, study_place


@pytest.fixture
def place(tmp_path: Path) -> StudyPlace:
    """A study's folder two levels deep, with shared folders beside and above it, and a secret."""
    folder = tmp_path / "corpora" / "mine"
    (folder / "sources").mkdir(parents=True)
    for path in (
        folder / "study.yaml",
        folder / "codebook.yaml",
        folder / "sources" / "a.txt",
        tmp_path / "codebooks" / "shared.yaml",
        tmp_path / "secret.yaml",
        tmp_path / "secrets" / "b.txt",
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text("key: x\n", encoding="utf-8")
    return study_place(folder)


def test_files_in_the_folder_and_in_shared_folders_are_found(place: StudyPlace) -> None:
    assert place.named_file("codebook.yaml") == place.folder / "codebook.yaml"
    assert place.named_file("../../codebooks/shared.yaml").name == "shared.yaml"
    assert place.named_file("codebooks/levers.yaml") == shipped_folder("codebooks") / "levers.yaml"
    assert place.source_file("a.txt") == place.source_file("sources/a.txt")


@pytest.mark.parametrize(
    "named", ["/etc/passwd", "../../secret.yaml", "../../codebooks/../secret.yaml", "C:/x.yaml", "..\\x.yaml", "a\0b"]
)
def test_a_path_that_leads_elsewhere_is_refused(place: StudyPlace, named: str) -> None:
    with pytest.raises(Refused):
        place.named_file(named)


@pytest.mark.parametrize(
    "named", ["/etc/passwd", "../study.yaml", "../../../secrets/b.txt", "x/../../study.yaml", "no"]
)
def test_a_source_lies_in_its_folder(place: StudyPlace, named: str) -> None:
    with pytest.raises(Refused):
        place.source_file(named)


def test_symbolic_links_that_leave_the_study_are_refused(place: StudyPlace, tmp_path: Path) -> None:
    os.symlink(tmp_path / "secret.yaml", place.folder / "link.yaml")
    os.symlink(tmp_path / "secrets" / "b.txt", place.folder / "sources" / "link.txt")
    with pytest.raises(Refused, match="leads out"):
        place.named_file("link.yaml")
    with pytest.raises(Refused, match="leads out"):
        place.source_file("link.txt")
    (place.folder / "sources").rename(place.folder / "was")
    os.symlink(tmp_path / "secrets", place.folder / "sources")
    with pytest.raises(Refused, match="leads out"):
        place.source_file("b.txt")


def test_what_is_no_study_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder or file"):
        study_place(tmp_path / "none")
    with pytest.raises(Refused, match=r"holds no study\.yaml"):
        study_place(tmp_path)
    (tmp_path / "pointer.yaml").write_text("folder: gone\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"holds no study\.yaml"):
        study_place(tmp_path / "pointer.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"title: caf\xe9\n")
    with pytest.raises(Refused, match="is not UTF-8"):
        read_text(tmp_path / "latin.yaml")


def test_a_refusal_keeps_its_words_and_gets_its_place() -> None:
    with pytest.raises(Refused, match=r"^codings\.csv line 3: There is no code a\{b\}\.$"), about("codings.csv line 3"):
        raise Refused("There is no code {path}.", path="a{b}")
