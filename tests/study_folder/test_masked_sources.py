"""Identities, marks and who decided come back from a folder; signatures do not: two people of the new home sign."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ia_workbench import corpus, masking
from ia_workbench.kernel import Refused
from ia_workbench.masking import MarkState, TextState
from tests.study_folder import making
from tests.support import Home, make_home
from tests.support.masking import make, mask_whole, sign

NAMED = making.PARENT.replace("P: They", "P: Oriel Quillfeather and I. They")


def masked_study(home: Home, tmp_path: Path) -> Path:
    """Load a study whose interview names somebody, mask it whole by two people, and export it."""
    study = making.STUDY.replace("rule: default", "names: [Oriel Quillfeather]\nrule: default")
    folder = making.by_hand(tmp_path / "by-hand", study=study, codings=None, findings=None)
    (folder / "sources" / "parent.txt").write_text(NAMED, encoding="utf-8")
    loaded = making.load(home, folder)
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        mask_whole(session, ana, ben, source)
    return making.export(home, loaded.study_id, tmp_path / "first")


@pytest.fixture
def other(home: Home, migrated_stores: Path, tmp_path: Path) -> Iterator[Home]:
    """Another home, without any study of ours."""
    made = make_home(Path(shutil.copytree(migrated_stores, tmp_path / "other")), clock=home.clock)
    yield made
    made.close()


def test_marks_and_identities_come_back_byte_for_byte_and_the_signature_counts_for_nothing(
    home: Home, other: Home, tmp_path: Path
) -> None:
    first = masked_study(home, tmp_path)
    assert "Oriel Quillfeather" in (first / "pseudonyms.yaml").read_text(encoding="utf-8")
    assert "Oriel Quillfeather" in (first / "marks.csv").read_text(encoding="utf-8")
    loaded = making.load(other, first)
    assert making.contents(making.export(other, loaded.study_id, tmp_path / "second")) == making.contents(first)
    ana, ben = other.actor("ana"), other.actor("ben")
    with other.session(ana) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        marks = masking.marks_of(session, source)
        assert {(each.state, each.decided_by) for each in marks} == {(MarkState.ACCEPTED, "ana")}
        assert {each.pseudonym.instead for each in marks if each.pseudonym}
        assert masking.standing_of(session, source).state is TextState.DECIDED
        made = make(session, ana, source)
        assert "Quillfeather" not in corpus.text_of(session, made.revision)
        with pytest.raises(Refused, match="yourself"):
            sign(session, ana, source)
        assert sign(session, ben, source).signed_by == "ben"


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("marks.csv", "source,start", "source,from", "must name the columns"),
        ("marks.csv", "INT-001,", "INT-009,", "marks.csv line 2: there is no source INT-009"),
        ("marks.csv", ",Oriel Quillfeather,", ",Oriel Quillfeathers,", "other words stand at"),
        ("marks.csv", ",person,", ",name,", "line 2 needs one of|Line 2 needs one of"),
        ("marks.csv", ",accepted,1,", ",accepted,7,", "there is no identity 7"),
        ("pseudonyms.yaml", "class: person", "class: name", "pseudonyms.yaml"),
        ("pseudonyms.yaml", "  by: ana", "  participant: P-88\n    by: ana", "there is no participant P-88"),
    ],
)
def test_what_is_wrong_in_the_files_of_masking_is_told_with_its_place(
    home: Home, other: Home, tmp_path: Path, name: str, old: str, new: str, why: str
) -> None:
    path = masked_study(home, tmp_path) / name
    content = path.read_text(encoding="utf-8")
    assert old in content, content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused, match=why):
        making.load(other, path.parent)


def test_a_study_in_which_nobody_looked_for_identifiers_has_neither_file(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    first = making.export(home, loaded.study_id, tmp_path / "first")
    assert not (first / "marks.csv").exists()
    assert not (first / "pseudonyms.yaml").exists()
