"""Memos as a file of a study: beside words, beside a source, beside words that a correction took away."""

import shutil
from pathlib import Path

import pytest

from ia_workbench import coding, corpus
from ia_workbench.kernel import Refused, Span
from tests.study_folder import making
from tests.support import Home, make_home

HEADER = "source,text,start,end,quote,words,origin,comment,by,at"
AT = "2026-03-02T14:28:00Z"


def noted(home: Home, tmp_path: Path) -> Path:
    """Load a study by hand, note three memos, correct the text so that one stays behind, and export."""
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    ben = home.actor("ben")
    with home.session(ben) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        revision = corpus.newest_revision(session, source)
        text = corpus.text_of(session, revision)
        for words in ("my shift", "two times 🙂"):
            start = text.index(words)
            span = Span(start, start + len(words))
            coding.add_memo(session, ben, about=coding.on_words(revision, span), words=f"On, {words}:\n“so”")
        coding.add_memo(session, ben, about=coding.on_source(source), words="Listen again.")
        coding.correct_source(session, ben, source=source, text=text.replace("my shift", ""))
    return making.export(home, loaded.study_id, tmp_path / "first")


def test_memos_come_back_byte_for_byte(home: Home, migrated_stores: Path, tmp_path: Path) -> None:
    first = noted(home, tmp_path)
    other = make_home(Path(shutil.copytree(migrated_stores, tmp_path / "other")), clock=home.clock)
    loaded = making.load(other, first)
    second = making.export(other, loaded.study_id, tmp_path / "second")
    with other.session(other.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, loaded.study_id, "INT-001")
        its = coding.memos_of(session, source)
        assert {(each.by, each.excerpt.quote if each.excerpt else None) for each in its} == {
            ("ben", "my shift"),
            ("ben", "two times 🙂"),
            ("ben", None),
        }
        assert coding.mismatched_excerpts(session, loaded.study_id) == []
    other.close()
    assert making.contents(second) == making.contents(first)
    assert (first / "memos.csv").read_text(encoding="utf-8").splitlines()[0] == HEADER


def test_a_study_without_memos_has_no_file_of_them(home: Home, tmp_path: Path) -> None:
    loaded = making.load(home, making.by_hand(tmp_path / "by-hand"))
    assert not (making.export(home, loaded.study_id, tmp_path / "first") / "memos.csv").exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f"INT-009,,,,,Words,team,,ben,{AT}", "memos.csv line 2: there is no source INT-009"),
        (f"INT-001,,0,5,Other,Words,team,,ben,{AT}", "memos.csv line 2: the quote does not match the text"),
        (f"INT-001,,,,,,team,,ben,{AT}", "the memo is empty"),
        (f"INT-001,,,,,Words,nobody,,ben,{AT}", "Line 2 needs whole numbers, the origin file-comment or team"),
        ("INT-001,,,,,Words,team,,ben,today", "Line 2 needs whole numbers"),
        ("INT-001,,,,,Words,team,,ben", "Line 2 has 9 cells, not 10"),
        (
            f"INT-001,,,,,Words,file-comment,3,ben,{AT}\nINT-001,,,,,Words,file-comment,3,ben,{AT}",
            "memos.csv line 3: comment 3 of INT-001 is a memo already",
        ),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(home: Home, tmp_path: Path, row: str, sentence: str) -> None:
    folder = making.by_hand(tmp_path / "by-hand")
    (folder / "memos.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        making.load(home, folder)
    assert sentence in str(refused.value)
