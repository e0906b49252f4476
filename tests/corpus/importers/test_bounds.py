"""The largest source that is taken in, and one that is larger by a little."""

from dataclasses import replace

import pytest

from ia_workbench.corpus import Change, ReadFile, Respondent, Treatment, find_turns, read_file
from ia_workbench.corpus.importers.bounds import LONGEST_TEXT, MOST_ANSWERS, MOST_CHANGES, MOST_LINES, exceeded
from ia_workbench.corpus.importers.checking import broken_rule
from ia_workbench.corpus.turns import MOST_TURNS
from ia_workbench.kernel import Refused


def test_a_text_of_the_greatest_length_is_read_and_one_character_more_is_refused() -> None:
    line = "a word " * 10 + "\n"
    whole = (line * (LONGEST_TEXT // len(line) + 1))[:LONGEST_TEXT]
    assert len(read_file("a.txt", whole.encode()).text) == LONGEST_TEXT
    with pytest.raises(Refused, match=r"^a\.txt holds more than one source may.* Split it into several files"):
        read_file("a.txt", (whole + "x").encode())


def test_only_lines_that_hold_something_count() -> None:
    lines = "word\n\n" * MOST_LINES
    assert read_file("a.txt", lines.encode()).text == lines
    with pytest.raises(Refused, match="60,000 lines"):
        read_file("a.txt", (lines + "word").encode())


def test_the_largest_file_of_the_shortest_turns_is_refused_soon() -> None:
    with pytest.raises(Refused, match="holds more than one source may"):
        read_file("a.txt", b"A: yes no.\nB: ok ja.\n" * 2_300_000)


def test_as_many_turns_are_found_as_one_source_may_have_and_one_more_is_refused() -> None:
    text = "A: yes.\nB: no.\n" * (MOST_TURNS // 2)
    assert len(find_turns(text).turns) == MOST_TURNS
    with pytest.raises(Refused, match="falls into 20001 turns or paragraphs; one source may have 20,000"):
        find_turns(text + "A: well.\n")


SOUND = ReadFile(name="a.txt", text="P: Yes.", sha256="", content=b"")


@pytest.mark.parametrize(
    "file",
    [
        replace(SOUND, text="a" * (LONGEST_TEXT + 1)),
        replace(SOUND, changes=(Change("picture", Treatment.LEFT_OUT),) * (MOST_CHANGES + 1)),
        replace(SOUND, respondents=(Respondent("R1", (("How long?", "A week"),) * (MOST_ANSWERS + 1)),)),
    ],
    ids=["text", "changes", "answers"],
)
def test_no_answer_of_a_child_is_believed_that_holds_more(file: ReadFile) -> None:
    assert exceeded(file) is not None
    assert broken_rule(file) == "more than one source may hold"
