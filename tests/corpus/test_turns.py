"""Speakers' turns: every convention that transcripts use, and no turn where nobody speaks."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ia_workbench.corpus import Convention, FoundTurns, choosing, find_turns
from ia_workbench.kernel import Refused

TALK = [
    ("Ana", "So how did the visit go?"),
    ("Ben", "It went: fine, I guess. The rule is simple: you call first."),
    ("Ana", "And then?"),
    ("Ben", "Then we left at 10:30."),
]


def written(pattern: str, talk: list[tuple[str, str]] = TALK, between: str = "\n") -> str:
    return between.join(pattern.format(name=name, words=words, minute=n) for n, (name, words) in enumerate(talk))


def spoken(found: FoundTurns, text: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker, text[turn.speech_start : turn.end]) for turn in found.turns]


@pytest.mark.parametrize(
    ("pattern", "convention"),
    [
        ("{name}: {words}", Convention.NAME_COLON),
        ("{name}:\t{words}", Convention.NAME_COLON),
        ("{name} : {words}", Convention.NAME_COLON),
        ("[00:0{minute}:02] {name}: {words}", Convention.TIME_NAME),
        ("00:0{minute}:02 {name}: {words}", Convention.TIME_NAME),
        ("(0{minute}:02) {name}: {words}", Convention.TIME_NAME),
        ("#00:0{minute}:02-5# {name}: {words}", Convention.TIME_NAME),
        ("{name} (00:0{minute}:02) - {words}", Convention.NAME_TIME),
        ("{name} (00:0{minute}:02): {words}", Convention.NAME_TIME),
        ("{name} [00:0{minute}:02] {words}", Convention.NAME_TIME),
        ("{name} [00:0{minute}:02]\n{words}", Convention.NAME_TIME),
        ("{name}  0:0{minute}\n{words}", Convention.NAME_TIME),
        ("**{name}:** {words}", Convention.BOLD_NAME),
        ("**{name}**: {words}", Convention.BOLD_NAME),
        ("**{name}** (00:0{minute}:02): {words}", Convention.BOLD_NAME),
        ("[00:0{minute}:02] **{name}:** {words}", Convention.BOLD_NAME),
        ("__{name}:__ {words}", Convention.BOLD_NAME),
        ("{name}:\n{words}", Convention.NAME_LINE),
        ("{name}\n{words}", Convention.NAME_LINE),
        ("{name}\n{words}\n", Convention.NAME_LINE),
        ("{name}\t{words}", Convention.TABLE),
        ("00:0{minute}:02\t{name}\t{words}", Convention.TABLE),
        ("[{name}] {words}", Convention.BRACKET_NAME),
        ("<{name}> {words}", Convention.BRACKET_NAME),
        ("{name}\uff1a{words}", Convention.NAME_COLON),
        ("00:00:0{minute} --> 00:00:0{minute}\n{name}: {words}", Convention.NAME_COLON),
        ("7{minute}\n\n{name}: {words}\n", Convention.NAME_COLON),
        ("[02/03/2026, 10:0{minute}] {name}: {words}", Convention.TIME_NAME),
        ("{name}\n00:0{minute}\n{words}\n", Convention.NAME_LINE),
        ("[00:00:0{minute}.12] - {name}\n{words}\n", Convention.NAME_LINE),
        ("## {name}\n{words}\n", Convention.NAME_LINE),
        ("*{name}:* {words}", Convention.BOLD_NAME),
        ("{minute}\t{name}\t{words}", Convention.TABLE),
        (">> {name}: {words}", Convention.MARKED_NAME),
        ("— {name}: {words}", Convention.MARKED_NAME),
        ("1{minute} {name}: {words}", Convention.NUMBERED_NAME),
        ("(1{minute}) {name}: {words}", Convention.NUMBERED_NAME),
        ("{name} — {words}", Convention.NAME_DASH),
        ("{name} - {words}", Convention.NAME_DASH),
    ],
)
def test_a_convention_is_recognised(pattern: str, convention: Convention) -> None:
    text = written(pattern)
    found = find_turns(text)
    assert found.convention is convention
    assert spoken(found, text) == TALK
    assert found.speakers == ("Ana", "Ben")
    assert not found.is_chosen


@pytest.mark.parametrize(
    "name",
    [
        "P1",
        "I",
        "INTERVIEWER",
        "THE COURT",
        "Ms. O'Neil-Ruiz",
        "Researcher 1",
        "J. P.",
        "Mamá",
        "MARÍA JOSÉ NÚÑEZ",
        "مُقابِل",
        "דנה לוי",
        "采访者",
    ],
)
def test_names_have_spaces_initials_numbers_and_accents(name: str) -> None:
    talk = [(name if who == "Ana" else who, words) for who, words in TALK]
    text = written("{name}: {words}", talk)
    assert spoken(find_turns(text), text) == talk


def test_a_speaker_may_be_described_in_brackets() -> None:
    text = "Ana (on the phone): Hello.\nBen: Hi.\nAna (on the phone): Bye.\nBen: Bye."
    assert find_turns(text).speakers == ("Ana (on the phone)", "Ben")


def test_questions_and_answers_are_recognised() -> None:
    text = "Q. And then?\nA. We went home.\nWhich took a while.\nQ. How long?\nA. An hour."
    found = find_turns(text)
    assert found.convention is Convention.QUESTION_ANSWER
    assert [turn.speaker for turn in found.turns] == ["Q", "A", "Q", "A"]


def test_questions_in_italics_and_the_paragraphs_below_are_two_speakers() -> None:
    text = "\n\n".join(["Talk 4", "*So?*", "It went.", "And well.", "*And then?*", "Home.", "*When?*", "At ten."])
    found = find_turns(text)
    assert found.convention is Convention.ITALIC_QUESTIONS
    assert [turn.speaker for turn in found.turns] == [None, "Q", "A", "Q", "A", "Q", "A"]
    assert text[found.turns[2].start : found.turns[2].end] == "It went.\n\nAnd well."


def test_a_record_of_fields_is_read_by_its_speaker() -> None:
    text = "\n".join(f'{{"start": 1.5, "speaker": "{name}", "text": "{words}"}},' for name, words in TALK)
    found = find_turns(text)
    assert (found.convention, found.speakers) == (Convention.JSON_LINES, ("Ana", "Ben"))
    assert text[found.turns[0].speech_start :].startswith("So how did the visit go?")


def test_marks_of_direction_are_no_part_of_a_name() -> None:
    text = "\u200fآنا: نعم\nبن\u200f: لا\n\u200fآنا: نعم\nبن\u200f: لا"
    assert find_turns(text).speakers == ("آنا", "بن")


def test_the_lines_of_times_and_numbers_around_a_label_belong_to_its_turn() -> None:
    cues = [f"{n}\n00:00:0{n}.000 --> 00:00:0{n}.900\n{name}: {words}\n" for n, (name, words) in enumerate(TALK, 1)]
    text = "\n".join(cues)
    found = find_turns(text)
    assert [text[turn.start] for turn in found.turns] == ["1", "2", "3", "4"]
    assert found.turns[0].mark == "00:00:01.000 --> 00:00:01.900"
    assert spoken(found, text) == TALK


def test_a_number_on_a_line_of_its_own_is_an_answer_where_labels_have_none() -> None:
    text = "I:\nHow many?\nP:\n3\nI:\nWhen?\nP:\nMonday.\nI:\nSure?\nP:\nSure."
    assert spoken(find_turns(text), text)[1] == ("P", "3")


def test_what_the_format_says_is_believed_of_one_speaker_and_yields_to_a_person() -> None:
    text = "ana: Yes.\nana: It was."
    assert find_turns(text).convention is Convention.PARAGRAPHS
    found = find_turns(text, suggested="name-colon")
    assert (found.convention, found.speakers, found.is_chosen) == (Convention.NAME_COLON, ("ana",), False)
    assert find_turns(text, "paragraphs", suggested="name-colon").speakers == ()
    assert find_turns("Ana\tYes.\nBen\tNo.\n" * 2, suggested="name-colon").convention is Convention.TABLE
    assert find_turns("Ana: Yes.\nBen: No.\n" * 2, suggested="paragraphs").speakers == ()


def test_initials_need_a_key_that_explains_them() -> None:
    talk = "AB So how did it go?\n\nCD Fine.\n\nAB And then?\n\nCD Home."
    found = find_turns(f"AB - Ana Bravo\nCD - Carla Dunn\n\n{talk}")
    assert found.convention is Convention.INITIALS
    assert [turn.speaker for turn in found.turns] == [None, None, "AB", "CD", "AB", "CD"]
    assert find_turns(talk).convention is Convention.PARAGRAPHS


def test_time_marks_are_kept_as_written_and_are_no_speech() -> None:
    text = "[00:00:01] Ana: One.\nBen: Two.\n[00:00:09] Ana: Three.\nBen: [00:00:12] Four."
    found = find_turns(text)
    assert [turn.mark for turn in found.turns] == ["[00:00:01]", None, "[00:00:09]", "[00:00:12]"]
    assert [words for _, words in spoken(found, text)] == ["One.", "Two.", "Three.", "Four."]


def test_a_time_that_is_the_answer_is_speech() -> None:
    text = "INTERVIEWER: When?\nP: 10:30\nINTERVIEWER: Sharp?\nP: Sharp."
    assert spoken(find_turns(text), text)[1] == ("P", "10:30")


def test_paragraphs_after_a_label_belong_to_its_turn_and_those_before_the_first_stand_alone() -> None:
    text = "Interview 4\nNorth office, 2 March\n\nP: Well.\n\nIt was late.\n[pause]\n\nI: And?\nP: That's all.\n"
    found = find_turns(text)
    assert [(turn.speaker, text[turn.start : turn.end]) for turn in found.turns] == [
        (None, "Interview 4"),
        (None, "North office, 2 March"),
        ("P", "P: Well.\n\nIt was late.\n[pause]"),
        ("I", "I: And?"),
        ("P", "P: That's all."),
    ]


def test_a_speaker_heard_once_is_recognised_among_others_of_the_kind() -> None:
    text = "P1: Yes.\nP2: No.\nP1: Yes.\nP2: No.\nWhich is odd.\nIt is.\nP7: Maybe.\nP1: No."
    assert find_turns(text).speakers == ("P1", "P2", "P7")


@pytest.mark.parametrize(
    "word", ["Note", "Example", "Date", "The rule is simple", "http", "He said", "But remember this"]
)
def test_words_before_a_colon_in_prose_never_begin_a_turn(word: str) -> None:
    text = f"P: Well.\n{word}: you call first.\nI: And?\nP: I called.\n{word}: you call again.\nI: Right."
    assert find_turns(text).speakers == ("P", "I")
    assert len(find_turns(text).turns) == 4


@pytest.mark.parametrize(
    "text",
    [
        "The rule is simple: call first.\nNobody does: it takes an hour.\nSo: nothing.",
        "Purpose: to set visits.\nScope: all offices.\nOffice: North.\nForm: 214.\nSigned: ________",
        "1. Purpose\n1.1 Visits are weekly: see 6.3.\n2. Scope\nA. All offices.\nB. All workers.",
        "Job\tHeld\tMissed\nHourly\t12\t30\nSalaried\t14\t9",
        "Hourly\t12\nSalaried\t14\nShift\t9",
        "12:20 Room. Long table.\n12:27 Staff come in: eight of them.\n12:34 A parent comes in.",
        "At home\nWe wait.\nAt court\nWe wait.",
        "Just one line",
    ],
)
def test_a_text_in_which_nobody_speaks_is_paragraphs(text: str) -> None:
    found = find_turns(text)
    assert found.convention is Convention.PARAGRAPHS
    assert [text[turn.start : turn.end] for turn in found.turns] == text.split("\n")
    assert found.speakers == ()


def test_lines_broken_to_fit_a_width_make_one_paragraph() -> None:
    first = "The form has two boxes for the time of a visit and no\nbox for the reason why a visit was missed, and so\n"
    first += "nobody asks."
    text = f"{first}\n\nA second paragraph is broken in the very same way, as\nwhoever wrote it down liked that."
    assert [text[turn.start : turn.end].count("\n") for turn in find_turns(text).turns] == [2, 1]


def test_front_matter_is_one_paragraph() -> None:
    text = "---\ntitle: Talk\ndate: 2026-03-02\n---\nAna: Yes.\nBen: No.\nAna: Yes."
    assert [turn.speaker for turn in find_turns(text).turns] == [None, "Ana", "Ben", "Ana"]


def test_the_header_of_a_table_is_no_turn() -> None:
    text = "Speaker\tWords\nAna\tYes.\nBen\tNo.\nAna\tYes.\nBen\tNo."
    assert [turn.speaker for turn in find_turns(text).turns] == [None, "Ana", "Ben", "Ana", "Ben"]


def test_a_short_answer_on_its_own_line_is_no_speaker() -> None:
    text = "ANA\nDid you go?\n\nBEN\nOh.\n\nANA\nDid you?\n\nBEN\nMaybe\n\nANA\nMaybe?"
    found = find_turns(text)
    assert found.convention is Convention.NAME_LINE
    assert [turn.speaker for turn in found.turns] == ["ANA", "BEN", "ANA", "BEN", "ANA"]


def test_a_person_may_name_the_convention_and_an_unknown_one_is_refused() -> None:
    text = "Ana: Yes.\nIt was."
    assert find_turns(text).convention is Convention.PARAGRAPHS
    chosen = find_turns(text, "name-colon")
    assert (chosen.convention, chosen.speakers, chosen.is_chosen) == (Convention.NAME_COLON, ("Ana",), True)
    with pytest.raises(Refused, match="name-colon, time-name"):
        find_turns(text, "morse")


def test_a_very_long_text_is_judged_by_its_beginning_and_found_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "ENOUGH_LINES", 4)
    found = find_turns(f"{written('{name}: {words}')}\nCarla: Late.\nCarla: Later.")
    assert found.convention is Convention.NAME_COLON
    assert found.speakers == ("Ana", "Ben", "Carla")


def test_a_blank_text_has_no_turns() -> None:
    assert find_turns(" \n\t\n").turns == ()


def test_an_empty_speech_lies_at_the_end_of_its_turn() -> None:
    text = "Ana: Yes.\nBen:\nAna: Yes.\nBen: No."
    turn = find_turns(text).turns[1]
    assert (turn.speech_start, turn.end) == (len("Ana: Yes.\nBen:"), len("Ana: Yes.\nBen:"))


def test_turns_are_numbered_and_their_lines_follow_each_other() -> None:
    text = f"Ana: {'a' * 72}\nBen: {'b' * 73}\nAna: one\n\ntwo\nBen: end"
    assert [(turn.number, turn.line) for turn in find_turns(text).turns] == [(1, 1), (2, 2), (3, 4), (4, 6)]


def assert_whole(text: str, found: FoundTurns) -> None:
    """Turns lie in order without overlap, have no blank edges, and leave out blank characters only."""
    end = 0
    for number, turn in enumerate(found.turns, start=1):
        assert text[end : turn.start].strip() == ""
        assert turn.number == number
        assert end <= turn.start < turn.end <= len(text)
        assert turn.start <= turn.speech_start <= turn.end
        assert text[turn.start : turn.end].strip() == text[turn.start : turn.end]
        by_type_face = found.convention is Convention.ITALIC_QUESTIONS
        assert turn.speaker is None or by_type_face or turn.speaker.split()[0] in text[turn.start : turn.speech_start]
        assert turn.mark is None or turn.mark in text[turn.start : turn.speech_start]
        end = turn.end
    assert text[end:].strip() == ""


pieces = st.sampled_from([
    "Ana", "P1", "INTERVIEWER", ":", "**", " ", "\n", "\n\n", "\t", "[00:01:02]", "(0:07)", "-", "Q.", "A.", "yes",
    "It's", "é", "e\u0301", "\u00a0", "\u2028", "\x1c", "😀", "[id1]", "AB - Ana Bravo", "AB", "word " * 20, "---",
    "من", "\uff1a", "\\[",
])  # fmt: skip


@given(st.lists(pieces, max_size=60).map("".join) | st.text(max_size=300))
@example("---\n---\n---")
@example("P:\nP:\nI:")
@example("\x1cAna: a\u2028Ben: b\nAna:\x0b")
def test_every_visible_character_is_in_exactly_one_turn_whatever_the_text(text: str) -> None:
    assert_whole(text, find_turns(text))
    assert find_turns(text) == find_turns(text)


@given(st.lists(pieces, max_size=40).map("".join), st.sampled_from(Convention))
def test_every_visible_character_is_in_exactly_one_turn_by_any_convention_a_person_names(
    text: str, convention: Convention
) -> None:
    found = find_turns(text, convention)
    assert_whole(text, found)
    assert found.convention is convention


@pytest.mark.parametrize("text", ["a:" * 500_000, " " * 10**6, "[" * 100_000, "a" + " " * 10**6 + "b", "a\t" * 500_000])
def test_a_hostile_line_takes_no_time(text: str) -> None:
    began = time.process_time()
    assert_whole(text, find_turns(text))
    for convention in Convention:
        find_turns(text, convention)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("line", ["a:\n", "1\n", "[00:01] Ana: a\nBen: b\n", "Ana\nYes, it was.\nBen\nNo.\n"])
def test_the_time_for_many_lines_grows_with_their_number_alone(line: str) -> None:
    def taken(size: int) -> float:
        text = line * (size // len(line))
        began = time.process_time()
        find_turns(text)
        return time.process_time() - began

    assert taken(40_000) < 1 + 20 * taken(10_000)
