"""Real transcripts by other people: every one is taken in whole or refused in a sentence. `-s` prints the counts.

The expected turns are those that the folder's own README gives, published or counted by its makers. Turns without a
speaker (a title line, front matter) are not among them.
"""

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import FoundTurns, ReadFile, SourceKind, SourceRecord, Treatment, Turn
from ia_workbench.corpus.importers.conversion import FAILED
from ia_workbench.kernel import Refused, Span, normalise_text
from tests.support import Home

FOLDERS = ("data/1_transcripts", "data/2_coded", "data/3_childwelfare", "data/6_awkward", "seeds")
SLOWEST = 30.0  # seconds for one file; the longest has 247 pages
STORED = 5  # of so many files one is stored; all are read
BROKEN = "broke its reader"
SAMPLED = 12  # turns of a file that the store is asked to cut out

TRANSCRIPTS = {
    "made_same_text/longevity.txt": (60, 2),
    "made_same_text/longevity.md": (60, 2),
    "made_same_text/longevity.docx": (60, 2),
    "made_same_text/longevity.odt": (60, 2),
    "made_same_text/longevity.rtf": (60, 2),
    "made_same_text/longevity.html": (60, 2),
    "metamuse_txt_json/49-software-longevity.txt": (74, 2),
    "metamuse_txt_json/65-trademarks.txt": (129, 3),
    "metamuse_txt_json/74-linking.txt": (154, 3),
    "changelog_md/away-from-keyboard-3.md": (37, 3),
    "changelog_md/backstage-5.md": (474, 3),
    "sheffield_orda_docx_txt/David.txt": (74, 2),
    "sheffield_orda_docx_txt/David.docx": (74, 2),
    "sheffield_orda_docx_txt/Jessica.txt": (147, 2),
    "sheffield_orda_docx_txt/Jessica.docx": (147, 2),
    "sheffield_orda_docx_txt/Michelle.txt": (128, 2),
    "sheffield_orda_docx_txt/Pauline.txt": (179, 2),
    "sheffield_orda_docx_txt/Pauline.docx": (179, 2),
}


def read(path: Path) -> tuple[ReadFile, FoundTurns]:
    file = corpus.read_file(path.name, path.read_bytes())
    return file, corpus.find_turns(file.text, suggested=file.convention)


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def told(path: Path, found: FoundTurns | None, outcome: str) -> str:
    spoken = [turn for turn in found.turns if turn.speaker] if found else []
    turns, convention = (len(found.turns), found.convention.value) if found else (0, "")
    return f"{path.name[:44]:44} {turns:6} {len(spoken):6} {convention:16} {outcome}"


def take_in(session: Session, home: Home, path: Path, *, is_stored: bool) -> str:
    """Read a file, store it where asked, and return its line of the table; what is no sentence fails the test."""
    begun = time.monotonic()
    try:
        file, found = read(path)
    except Refused as refused:
        return told(path, None, f"{BROKEN if refused.sentence == FAILED else 'refused'}: {refused}")
    assert time.monotonic() - begun < SLOWEST, path.name
    if not is_stored:
        return told(path, found, f"{len(file.notes)} notes")
    record = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent")
    source = corpus.import_source(
        session, session.info["actor"], study_id=home.study_id, record=record, file=file, found=found, allow_same=True
    )
    revision = corpus.newest_revision(session, source)
    text = corpus.text_of(session, revision)
    turns = corpus.turns_of(session, revision)
    assert text == file.text
    assert leaves_out_blanks_only(text, turns)
    for turn in turns[:: max(1, len(turns) // SAMPLED)]:
        assert corpus.words_at(session, revision, Span(turn.start, turn.end)) == text[turn.start : turn.end]
    return told(path, found, f"{len(file.notes)} notes")


def leaves_out_blanks_only(text: str, turns: Sequence[Turn]) -> bool:
    ends = [0, *(turn.end for turn in turns)]
    starts = [*(turn.start for turn in turns), len(text)]
    return all(not text[end:start].strip() for end, start in zip(ends, starts, strict=True))


def test_every_file_is_taken_in_whole_or_refused_in_a_sentence(home: Home, shared_data: Path) -> None:
    with home.session(home.actor("ana")) as session:
        shared = shared_data.parent
        paths = [path for folder in FOLDERS for path in files_in(shared / folder)]
        table = [take_in(session, home, path, is_stored=number % STORED == 0) for number, path in enumerate(paths)]
    print(f"\n{'file':44} {'turns':>6} {'spoken':>6} {'convention':16}", *table, sep="\n")
    assert len(table) > 340
    assert sum("refused: " in line for line in table) < 80
    assert not [line for line in table if BROKEN in line]


@pytest.mark.parametrize(("name", "expected"), TRANSCRIPTS.items())
def test_turns_and_speakers_are_those_that_were_counted(
    name: str, expected: tuple[int, int], shared_data: Path
) -> None:
    _, found = read(shared_data / "1_transcripts" / name)
    assert (sum(turn.speaker is not None for turn in found.turns), len(found.speakers)) == expected


def test_the_same_talk_is_the_same_in_six_formats(shared_data: Path) -> None:
    folder = shared_data / "1_transcripts" / "made_same_text"
    files = {ending: read(folder / f"longevity.{ending}") for ending in ("txt", "md", "docx", "odt", "rtf", "html")}
    plain = files["txt"][0].text
    assert len(plain) == 42_057
    assert sum(len(each.split()) for each in plain.split("\n")) == 7_530
    spoken = {
        ending: [file.text[turn.speech_start : turn.end] for turn in found.turns]
        for ending, (file, found) in files.items()
    }
    assert all(each == spoken["txt"] for each in spoken.values())
    for ending in ("docx", "odt", "rtf", "html"):
        assert files[ending][0].text == plain.rstrip("\n")


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("docx_mammoth/endnotes.docx", "endnote", 2),
        ("docx_docx2python/nested_paragraphs.docx", "text box", 1),
        ("docx_odt_rtf_pandoc/track_changes_insertion.docx", "tracked insertion", 1),
        ("docx_odt_rtf_pandoc/track_changes_deletion.docx", "tracked deletion", 1),
        ("docx_odt_rtf_pandoc/track_changes_move.docx", "passage where it was moved to", 1),
        ("docx_odt_rtf_pandoc/trackedChanges.odt", "tracked deletion", 1),
        ("docx_odt_rtf_pandoc/endnote.odt", "endnote", 1),
        ("docx_odt_rtf_pandoc/footnote.rtf", "footnote", 2),
        ("odt_odfdo/note.odt", "comment", 1),
        ("rtf_striprtf/Example_text.rtf", "picture", 2),
        ("docx_poi/60316.docx", "linked file", 1),
        ("docx_poi/checkboxes.docx", "form field", 9),
    ],
)
def test_what_was_kept_or_left_out_is_told_at_its_place(name: str, kind: str, number: int, shared_data: Path) -> None:
    file, _ = read(shared_data / "6_awkward" / name)
    assert sum(each.what == kind for each in file.changes) == number
    for each in file.changes:
        if each.treatment is Treatment.KEPT and each.end is not None:
            assert each.words[:1999] == file.text[each.at : each.end][:1999]


def test_six_documents_of_one_case_hold_the_same_words_in_word_and_in_markdown(shared_data: Path) -> None:
    case = shared_data / "3_childwelfare" / "synthetic_case_files_dss_sc" / "case_42-0892_physical_abuse"
    marked = {path.stem: path for path in case.rglob("*.md")}
    compared = [path for path in case.rglob("*.docx") if path.stem in marked]
    assert len(compared) == 6
    for path in compared:
        of_markdown = re.sub(r"\bPage \d+", "", read(marked[path.stem])[0].text)  # which Word counts by itself
        assert words_of(of_markdown) == words_of(re.sub(r"\bPage \d+", "", read(path)[0].text)), path.name


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_long_documents_from_right_to_left_keep_their_paragraphs_and_tables(shared_data: Path) -> None:
    folder = shared_data / "6_awkward" / "docx_rtl_asvs"
    for path in folder.glob("*.docx"):
        file, _ = read(path)
        document = Document(str(path))
        lines = [normalise_text(paragraph.text).strip() for paragraph in document.paragraphs]
        assert len(lines) in (618, 343)
        missing = [line for line in lines if "\n".join(part.strip() for part in line.split("\n")) not in file.text]
        assert len(missing) <= len(lines) // 50  # python-docx puts page breaks where the text has none


def test_word_and_text_of_the_same_interview_are_equal(shared_data: Path) -> None:
    folder = shared_data / "1_transcripts" / "sheffield_orda_docx_txt"
    for name in ("David", "Jessica", "Pauline"):
        assert read(folder / f"{name}.docx")[0].text == read(folder / f"{name}.txt")[0].text


def test_speakers_on_lines_of_their_own_are_found(shared_data: Path) -> None:
    _, found = read(shared_data / "1_transcripts" / "sheffield_orda_docx_txt" / "Lisa.txt")
    assert (found.convention, found.speakers) == ("name-line", ("Researcher 1", "Lisa"))


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("1_transcripts/sheffield_orda_docx_txt/David.docx", ["Reading left out 9 comments."]),
        ("6_awkward/docx_docx2python/test_file_with_comments.docx", ["Reading left out 12 comments."]),
        ("6_awkward/docx_mammoth/comments.docx", ["Reading left out 2 comments."]),
        ("6_awkward/docx_python-docx/comments-rich-para.docx", ["Reading left out 4 comments."]),
        ("6_awkward/docx_poi/stress008.docx", ["Reading kept 182 footnotes below the paragraph beside."]),
        # 32 in the README count six marks that stand in remembered old formatting and insert nothing.
        (
            "6_awkward/docx_poi/delins.docx",
            [
                "Reading kept 26 tracked insertions as if accepted.",
                "Reading left out 4 tracked deletions as if accepted.",
            ],
        ),
        (
            "6_awkward/docx_poi/58067.docx",
            [
                "Reading kept 4 tracked insertions as if accepted.",
                "Reading left out 3 tracked deletions as if accepted.",
            ],
        ),
    ],
)
def test_what_was_left_out_is_counted(name: str, notes: list[str], shared_data: Path) -> None:
    assert [note for note in read(shared_data / name)[0].notes if note in notes] == notes


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("6_awkward/docx_poi/bug53475-password-is-pass.docx", "is locked by a password"),
        ("6_awkward/docx_poi/ExternalEntityInText.docx", "XML document type"),
        ("6_awkward/docx_poi/AIOOB-Tap.doc", "is in an old Office format"),
        ("6_awkward/docx_poi/headerFooter.docx", "holds words only where reading leaves them out"),
        ("6_awkward/docx_poi/comment.docx", "holds words only where reading leaves them out"),
        ("6_awkward/docx_poi/zero-length.docx", "holds no words"),
        (
            "3_childwelfare/state_policy_documents/michigan-kin-placement-case-review-meeting-template.pptx",
            "is of a kind",
        ),
        ("2_coded/made_taguette/taguette_sample.sqlite3", "is of a kind that cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str, sentence: str, shared_data: Path) -> None:
    with pytest.raises(Refused) as caught:
        read(shared_data / name)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("sample-chinese.txt", "big5"),
        ("sample-french-1.txt", "cp1252"),
        ("sample-greek.txt", "cp1253"),
        ("sample-hebrew-2.txt", "cp1255"),
        ("sample-korean.txt", "cp949"),
        ("sample-turkish.txt", "cp1254"),
    ],
)
def test_old_encodings_are_recognised(name: str, encoding: str, shared_data: Path) -> None:
    path = shared_data / "6_awkward" / "text_encodings_charset_normalizer" / name
    file, _ = read(path)
    assert file.notes == (f"The file is not in UTF-8; it was read as {encoding}. Check its accented letters.",)
    assert file.text.split() == path.read_bytes().decode(encoding).split()
