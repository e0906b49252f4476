"""A corrected study as files: every text, who corrected it and why, and words that stand in an earlier one."""

import shutil
from pathlib import Path

import pytest

from ia_workbench import coding, corpus, findings, masking
from ia_workbench.kernel import Refused, Span
from tests.study_folder import making
from tests.support import Home, make_home

WHY = "Heard again, on the recording."


def corrected(home: Home, tmp_path: Path) -> Path:
    """Load a study by hand, correct INT-001 so that one link changes and one is gone, correct it again, and export."""
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        revision = corpus.newest_revision(session, source)
        finding = findings.finding_keyed(session, loaded.study_id, "F-01")
        text = corpus.text_of(session, revision)
        code = coding.codings(session, loaded.study_id)[0].code
        start = text.index("my shift")
        coding.apply_code(session, ana, revision=revision, span=Span(start, start + 8), code=code)
        excerpt = coding.excerpt_of(session, ana, revision=revision, span=Span(start, start + 8))
        findings.link_evidence(
            session, ana, finding=finding, excerpt=excerpt, stance=findings.Stance.SUPPORTS,
            role=findings.LinkRole.HAPPENS,
        )  # fmt: skip
    with home.session(ben) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        coding.correct_source(session, ben, source=source, text=text.replace("my shift", ""), note=WHY)
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        coding.correct_source(session, ben, source=source, text=text.replace("two times", "three times"))
        assert sorted(coding.unsettled_on(session, source).values()) == ["changed", "gone"]
    return making.export(home, loaded.study_id, tmp_path / "first")


def test_a_corrected_study_comes_back_byte_for_byte(home: Home, migrated_stores: Path, tmp_path: Path) -> None:
    first = corrected(home, tmp_path)
    other = make_home(Path(shutil.copytree(migrated_stores, tmp_path / "other")), clock=home.clock)
    loaded = making.load(other, first)
    second = making.export(other, loaded.study_id, tmp_path / "second")
    with other.session(other.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        made = corpus.raw_revisions(session, source)
        assert [(each.number, each.created_by, each.note) for each in made][1:] == [(2, "ben", WHY), (3, "ben", "")]
        assert list(coding.unsettled_on(session, source).values()) == ["gone"]
        assert coding.mismatched_excerpts(session, loaded.study_id) == []
    other.close()
    assert making.contents(second) == making.contents(first)
    table = (first / "revisions.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "source,file,by,at,note"
    assert table[1].startswith("INT-001,INT-001.2.txt,ben,")
    assert (first / "codings.csv").read_text(encoding="utf-8").splitlines()[0].endswith(",at,text")
    assert "text: 1" in (first / "findings.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("source,file", "source,datei", "must name the columns"),
        ("INT-001,INT-001.2.txt", "INT-009,INT-001.2.txt", "there is no source INT-009"),
        ("INT-001.2.txt", "../study.yaml", "leads out of the folder revisions/"),
        ("INT-001.3.txt", "INT-001.2.txt", "revisions.csv line 3: The text of INT-001 is the same as before"),
        (",ben,2", ",ben,on 2", "line 2 needs `at`|Line 2 needs `at`"),
    ],
)
def test_what_is_wrong_in_the_table_of_revisions_is_told_with_its_place(
    home: Home, migrated_stores: Path, tmp_path: Path, old: str, new: str, why: str
) -> None:
    table = corrected(home, tmp_path) / "revisions.csv"
    content = table.read_text(encoding="utf-8")
    assert old in content
    table.write_text(content.replace(old, new, 1), encoding="utf-8")
    other = make_home(Path(shutil.copytree(migrated_stores, tmp_path / "other")), clock=home.clock)
    with pytest.raises(Refused, match=why):
        making.load(other, table.parent)
    other.close()


def test_a_study_that_was_never_corrected_has_no_table_of_revisions(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    first = making.export(home, loaded.study_id, tmp_path / "first")
    assert not (first / "revisions.csv").exists()
    assert not (first / "revisions").exists()
    assert (first / "codings.csv").read_text(encoding="utf-8").splitlines()[0].endswith(",coder,at")


def test_who_made_a_report_is_in_no_file_of_an_export_and_what_is_coded_comes_back(
    home: Home, migrated_stores: Path, tmp_path: Path
) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        named = text.replace("INTERVIEWER:", "INTERVIEWER: Ms. Quillfeather called you in.", 1)
        coding.correct_source(session, ana, source=source, text=named)
        start = named.index("Ms. Quillfeather")
        masking.withhold_reporter(session, ana, source=source, spans=[Span(start, start + 16)])
        assert len(coding.codings(session, loaded.study_id, source=source)) == 1
    first = making.export(home, loaded.study_id, tmp_path / "first")
    files = making.contents(first)
    assert not [name for name, content in files.items() if b"uillfeather" in content]
    assert files["sources/INT-001.txt"].startswith(b"INTERVIEWER: [reporter] called you in.")
    assert not (first / "revisions.csv").exists()
    other = make_home(Path(shutil.copytree(migrated_stores, tmp_path / "other")), clock=home.clock)
    again = making.load(other, first)
    assert making.contents(making.export(other, again.study_id, tmp_path / "second")) == files
    with other.session(other.actor("ana"), writes=False) as session:
        assert [each.excerpt.quote for each in coding.codings(session, again.study_id)][0] == making.QUOTE
    other.close()
