"""Captions: joined to turns or paragraphs, their times as anchors, everything else of the file told."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.corpus import ReadFile, Treatment, find_turns, read_file
from ia_workbench.kernel import Refused


def vtt(*blocks: str) -> ReadFile:
    return read_file("a.vtt", "\n\n".join(("WEBVTT", *blocks)).encode())


def srt(*cues: str, gap: int = 1) -> ReadFile:
    """Captions of a second each, `gap` seconds apart."""
    starts = [number * (1 + gap) for number in range(len(cues))]
    blocks = [
        f"{number}\n00:00:{start:02},000 --> 00:00:{start + 1:02},000\n{cue}"
        for number, (start, cue) in enumerate(zip(starts, cues, strict=True), start=1)
    ]
    return read_file("a.srt", "\n\n".join(blocks).encode())


def told(file: ReadFile) -> list[tuple[str, str]]:
    return [(each.what, each.words) for each in file.changes]


def spoken(file: ReadFile) -> list[tuple[str | None, str]]:
    found = find_turns(file.text, file.convention)
    return [(turn.speaker, file.text[turn.speech_start : turn.end]) for turn in found.turns]


def test_captions_of_one_voice_are_one_turn_with_an_anchor_each() -> None:
    file = vtt(
        "00:00.000 --> 00:02.500\n<v Ana Bravo>The visits\nbegan",
        "00:02.500 --> 00:04.000\n<v Ana Bravo>in May.",
        "01:00:04.100 --> 01:00:06.000\n<v.loud Ben>When?",
    )
    assert file.text == "Ana Bravo: The visits began in May.\nBen: When?"
    assert [(each.at, each.label) for each in file.anchors] == [(0, "00:00:00"), (28, "00:00:02"), (36, "01:00:04")]
    assert file.convention == "name-colon"
    assert (file.changes, file.notes, file.format) == ((), (), "vtt")


def test_a_name_before_a_colon_lasts_until_the_next() -> None:
    file = srt("Ana: The visits", "began in May.", "Ben: When?", "ANA: In May: I said so.")
    assert spoken(file)[:2] == [("Ana", "The visits began in May."), ("Ben", "When?")]


def test_a_word_before_a_colon_is_no_name_where_nothing_bears_it_out() -> None:
    file = srt("It was fun", "to say one thing: we left early.")
    assert (file.convention, file.text) == ("paragraphs", "It was fun to say one thing: we left early.")


def test_marks_of_another_speaker_begin_a_turn() -> None:
    assert srt(">> ANA: Yes.", ">> BEN: No.", "Never.").text == "ANA: Yes.\nBEN: No. Never."
    assert srt("- Did she come?\n- She did.", "- And you?").text == "- Did she come?\n- She did.\n- And you?"


def test_without_speakers_paragraphs_end_with_sentences_and_at_long_pauses() -> None:
    assert srt("We went", "home.", "It was late").text == "We went home.\nIt was late"
    assert srt("We went", "home again", gap=3).text == "We went\nhome again"


def test_two_voices_in_one_caption_are_two_turns() -> None:
    file = vtt("00:01.000 --> 00:02.000\n<v Ana>Yes.</v> <v Ben>No.</v>")
    assert file.text == "Ana: Yes.\nBen: No."
    assert [each.label for each in file.anchors] == ["00:00:01", "00:00:01"]


def test_a_caption_without_a_voice_among_voices_is_nobodys() -> None:
    file = vtt(
        "00:01.000 --> 00:02.000\n<v Ana>Yes.",
        "00:02.000 --> 00:03.000\nA door.",
        "00:03.000 --> 00:04.000\n<v Ana>No.",
    )
    assert file.text == "Ana: Yes.\nUnnamed: A door.\nAna: No."


def test_tags_go_and_words_in_angle_brackets_that_are_no_tags_stay() -> None:
    file = vtt(
        "00:01.000 --> 00:02.000\n<i>All</i> <c.red>of</c> <00:01.500>us &amp; them <laughs> "
        "<ruby>漢<rt>kan</rt></ruby>"
    )
    assert file.text == "All of us & them <laughs> 漢"


def test_styles_comments_names_and_settings_are_told() -> None:
    file = vtt(
        "STYLE\n::cue { color: red }",
        "NOTE checked by Ana\ntwice",
        "opening\n00:01.000 --> 00:02.000 align:start\nYes.",
        "00:02.000 --> 00:03.000\n",
    )
    assert told(file) == [
        ("style of captions", "::cue { color: red }"),
        ("comment of captions", "checked by Ana\ntwice"),
        ("name of a caption", "opening"),
        ("setting of a caption", "align:start"),
        ("caption without words", "00:02.000 --> 00:03.000"),
    ]
    assert {each.treatment for each in file.changes} == {Treatment.LEFT_OUT}


def test_captions_out_of_order_stay_in_the_order_of_the_file_and_are_told() -> None:
    file = vtt("00:10.000 --> 00:12.000\nFirst.", "00:05.000 --> 00:06.000\nSecond.", "00:11.000 --> 00:13.000\nThird.")
    assert file.text == "First.\nSecond.\nThird."
    assert [(each.what, file.text[each.at :][:6]) for each in file.changes if each.at is not None] == [
        ("caption out of order", "Second"),
        ("caption that begins before the last has ended", "Third."),
    ]


def test_a_caption_whose_time_is_damaged_keeps_its_words() -> None:
    file = vtt("00:01.000 --> 00:02.000\nFirst,", "00:02.000 --> 00:1d.000\nsecond", "00:x\nthird.")
    assert "First, second" in file.text
    assert "third." in file.text
    assert ("caption whose time cannot be read", "") in told(file)


def test_lines_that_live_captions_repeat_are_left_out_once_the_whole_file_scrolls() -> None:
    lines = [f"line {number}" for number in range(15)]
    rolled = [lines[0], *(f"{before}\n{after}" for before, after in pairwise(lines))]
    file = srt(*rolled)
    assert file.text.split("\n")[-1].count("line 14") == 1
    assert sum(each.what == "repeated caption" for each in file.changes) == 14
    assert srt("Yes.", "Yes.", "No.").text == "Yes.\nYes.\nNo."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_any_encoding_and_line_end_is_read(encoding: str) -> None:
    content = "1\r\n00:00:01,000 --> 00:00:02,000\r\nAsí fue.\r\n\r\n2\r\n0:00:03.5 --> 0:00:04.5\r\n¿Sí?\r\n".encode(
        encoding
    )
    file = read_file("a.srt", content)
    assert (file.text, [each.label for each in file.anchors]) == ("Así fue.\n¿Sí?", ["00:00:01", "00:00:03"])


def test_subviewer_captions_are_read() -> None:
    file = read_file("a.sbv", b"0:00:01.000,0:00:02.000\nYes.\n\n0:01:03.000,0:01:04.000\nNo.")
    assert (file.text, [each.label for each in file.anchors]) == ("Yes.\nNo.", ["00:00:01", "00:01:03"])


@pytest.mark.parametrize("words", ["WEBVTT", "some text", "1\n2\n3", "00:00:00,500 --> 00:00:07,000"])
def test_a_file_without_captions_is_refused(words: str) -> None:
    with pytest.raises(Refused, match="holds no captions with times"):
        read_file("a.srt", words.encode())


def test_a_webvtt_file_without_its_first_line_is_read_with_a_remark() -> None:
    file = read_file("a.vtt", b"00:01.000 --> 00:02.000\nYes.")
    assert file.text == "Yes."
    assert file.notes[0].startswith("The file does not begin with WEBVTT")


WORDS = st.text("abcdé\u0301漢 .?", min_size=1, max_size=20).map(lambda words: f"x {words} y")
SPEAKER = st.sampled_from([None, "Ana", "Ben Bravo", "P1"])


@given(st.lists(st.tuples(SPEAKER, WORDS), min_size=1, max_size=25))
def test_no_word_is_lost_and_every_anchor_stands_at_its_caption(cues: list[tuple[str | None, str]]) -> None:
    blocks = [
        f"00:{number:02}.000 --> 00:{number:02}.900\n{f'<v {who}>' if who else ''}{words}"
        for number, (who, words) in enumerate(cues)
    ]
    file = vtt(*blocks)
    names = ("Ana: ", "Ben Bravo: ", "P1: ", "Unnamed: ")
    plain = file.text
    for name in names:
        plain = plain.replace(name, "")
    as_stored = read_file("b.txt", "\n".join(words for _, words in cues).encode()).text
    assert plain.split() == as_stored.split()
    assert len(file.anchors) == len(cues)
    assert all(before.at < after.at for before, after in pairwise(file.anchors))
    for anchor in file.anchors:
        rest = file.text[anchor.at :]
        assert rest.startswith(("x ", *names))


@pytest.mark.parametrize("before", ["\ufeff", "\ufeff\ufeff", "\u00a0\ufeff ", "\ufeff\u2003"])
def test_words_that_begin_with_a_byte_order_mark_are_stored_without_it(before: str) -> None:
    assert srt(f"{before}I waited.").text == "I waited."
