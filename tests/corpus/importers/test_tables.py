"""Tables that are transcripts: a row an utterance."""

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.corpus import ReadFile, find_turns, read_file
from ia_workbench.corpus.importers.tables import moment
from ia_workbench.kernel import Refused

ROWS = [
    ["speaker", "words", "timestamp", "tags"],
    ["Ana", "The visits began in May, she said.", "0:01:02", "visits"],
    ["", "And nobody came.", "", ""],
    ["BEN:", "Why &amp; when?\nNote: none", "1:00", ""],
]


def table(rows: list[list[str]], *, name: str = "a.csv", delimiter: str = ",", encoding: str = "utf-8") -> ReadFile:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return read_file(name, out.getvalue().encode(encoding))


def test_rows_become_turns_and_a_row_without_a_speaker_goes_on() -> None:
    file = table(ROWS)
    assert file.text == "Ana: The visits began in May, she said. And nobody came.\nBEN: Why & when? Note: none"
    assert [(each.at, each.label) for each in file.anchors] == [(0, "00:01:02"), (57, "00:01:00")]
    found = find_turns(file.text, file.convention)
    assert [turn.speaker for turn in found.turns] == ["Ana", "BEN"]


def test_what_other_columns_say_and_what_changed_is_told_at_its_row() -> None:
    file = table(ROWS)
    told = [(each.what, each.words, file.text[each.at or 0 :][:3]) for each in file.changes]
    assert told == [
        ("cell of another column", "tags: visits", "The"),
        ("character written as code", "&amp;", "Why"),
        ("line end within a cell", "", "Why"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_any_delimiter_and_encoding_is_read(delimiter: str, encoding: str) -> None:
    rows = [["who", "text"], ["Ana", "Así fue, señora; ¿y después?"], ["Ben", 'Dijo "no", según él.']] * 3
    file = table(rows[:1] + rows[1:3] * 3, delimiter=delimiter, encoding=encoding)
    assert file.text.split("\n")[:2] == ["Ana: Así fue, señora; ¿y después?", 'Ben: Dijo "no", según él.']


def test_empty_rows_are_counted_and_left_out() -> None:
    file = table([*ROWS[:2], ["", "", "", ""], ROWS[3]])
    assert "Reading left out 1 empty row." in file.notes


def test_a_speaker_whose_name_cannot_be_read_back_is_renamed_and_told() -> None:
    file = table([["speaker", "text"], ["Roberts, Jr.", "Yes."], ["???", "No."], ["Note", "Sure."]])
    assert file.text == "Roberts Jr.: Yes.\nSpeaker 2: No.\nSpeaker 3: Sure."
    assert [each.words for each in file.changes] == ["Roberts, Jr.", "???", "Note"]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("0:01:02", 62), ("[02:03]", 123), ("1:02:03.5", 3723.5), ("12.25", 12.25), ("noon", None), ("9" * 400, None)],
)
def test_times_are_read_as_tables_write_them(written: str, seconds: float | None) -> None:
    assert moment(written) == seconds


@pytest.mark.parametrize("content", ["speaker,text", "speaker,text\n,\n", "\n\n"])
def test_a_table_without_rows_is_refused(content: str) -> None:
    with pytest.raises(Refused, match="holds no (rows|words)"):
        read_file("a.csv", content.encode())


def test_a_cell_beyond_all_measure_is_read_or_refused_in_a_sentence() -> None:
    long = "word " * 100_000
    assert read_file("a.csv", f"who,text\nAna,{long}\nBen,No.".encode()).text.startswith("Ana: word word")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="&"), max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["Ana", "Ben", ""]), WORDS), min_size=1, max_size=20))
def test_no_word_of_a_row_is_lost(rows: list[tuple[str, str]]) -> None:
    whole = [("Ana", "x"), *((who, f"x {words} y") for who, words in rows)]
    file = table([["who", "text", "time"], *([who, words, f"0:{n:02}"] for n, (who, words) in enumerate(whole))])
    as_stored = read_file("b.txt", "\n".join(words for _, words in whole).encode()).text
    spoken = find_turns(file.text, file.convention).turns
    assert " ".join(file.text[turn.speech_start : turn.end] for turn in spoken).split() == as_stored.split()
    assert len(file.anchors) == len(whole)
    assert all(before.at < after.at for before, after in pairwise(file.anchors))
