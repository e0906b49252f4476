"""What rules find in one text: whole words, folded, never across turns; answers, speakers, sentences."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.autocoding.matching import (
    Place,
    Rule,
    Said,
    answers,
    folded,
    grown,
    phrase_pattern,
    phrase_places,
    turns_of_speaker,
    words_in,
)
from ia_workbench.coding import CodedUnit, RuleKind
from ia_workbench.kernel import Refused, Span

TEXT = (
    "INTERVIEWER: How do you get to visits?\n"
    "PARENT: Two buses. The Court-house bus is late; the bus (that) I need, anyway.\n"
    "MOTHER'S AIDE: Busses cost. ÉLAN énorme.\n"
    "INTERVIEWER: And the court house?\n"
    "PARENT: It is far."
)


def turns_in(text: str) -> list[Said]:
    """Each line as a turn, its label before the colon."""
    made, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        label, colon, _speech = line.partition(": ")
        speech = start + (len(label) + 2 if colon else 0)
        made.append(Said(number, speech, start + len(line), label if colon else None))
        start += len(line) + 1
    return made


def found(phrase: str, text: str = TEXT) -> list[str]:
    pattern = phrase_pattern([(word,) for word in words_in(phrase)])
    return [span.of(text) for _turn, span in phrase_places(text, turns_in(text), pattern)]


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("bus", ["bus", "bus"]),
        ("BUS", ["bus", "bus"]),
        ("court house", ["Court-house", "court house"]),
        ("bus that i need", ["bus (that) I need"]),
        ("elan enorme", ["ÉLAN énorme"]),
        ("Énorme", ["énorme"]),
        ("visits two", []),  # in two turns
        ("parent", []),  # a label is not said
        ("us", []),  # within a word
    ],
)
def test_a_phrase_is_found_whole_without_regard_to_capitals_accents_and_marks(phrase: str, wanted: list[str]) -> None:
    assert found(phrase) == wanted


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.lists(st.sampled_from(["bus", "Büs", "the", "of", "—", " ", ". ", "\n"]), max_size=30))
def test_a_phrase_is_found_wherever_a_plain_search_by_words_finds_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    plain = [
        match.group()
        for line in text.split("\n")
        for match in re.finditer(r"\w+", line)
        if folded(match.group()) == "bus"
    ]
    assert found("bus", text) == plain


def test_speakers_are_compared_without_capitals_accents_and_colons() -> None:
    turns = [Said(1, 0, 5, "José:"), Said(2, 6, 9, "JOSE"), Said(3, 9, 12, "Josefa"), Said(4, 12, 15, None)]
    assert [each.number for each in turns_of_speaker(turns, "jose")] == [1, 2]


def answered(question: str, text: str) -> list[str]:
    turns = turns_in(text)
    asked = list(phrase_places(text, turns, phrase_pattern([(word,) for word in words_in(question)])))
    return [place.whole.of(text) for place in answers(text, turns, asked)]


def test_answers_are_all_turns_until_whoever_asked_speaks_again() -> None:
    assert answered("how do you get", TEXT) == [
        "Two buses. The Court-house bus is late; the bus (that) I need, anyway.",
        "Busses cost. ÉLAN énorme.",
    ]
    assert answered("court house", TEXT)[-1] == "It is far."


def test_the_answer_to_a_question_of_a_survey_stands_in_its_own_turn() -> None:
    survey = (
        "R1: [What helped you?] The bus pass. It helped.\nR1: [Why?] So.\nR2: [What helped you?] Nobody, what helped?"
    )
    assert answered("what helped", survey) == ["The bus pass. It helped.", "Nobody, what helped?"]


def test_where_nobody_is_named_the_next_paragraph_answers() -> None:
    assert answered("how long", "How long?\nA year.\nAnd then?") == ["A year."]


def sentences_of(text: str) -> object:
    def cut(turn: Said) -> Sequence[Span]:
        return [
            Span(turn.start + m.start(), turn.start + m.end())
            for m in re.finditer(r"[^.]+\.", text[turn.start : turn.end])
        ]

    return cut


def test_what_is_coded_are_the_words_their_sentences_or_their_turn_each_once() -> None:
    text = "PARENT: A bus came. No bus. And a bus, a bus."
    turn = turns_in(text)[0]
    places = [Place(turn, turn.speech, Span(m.start(), m.end())) for m in re.finditer("bus", text)]
    units = {
        unit: [match.span.of(text) for match in grown(text, places, unit, sentences_of(text))]  # type: ignore[arg-type]
        for unit in CodedUnit
    }
    assert units[CodedUnit.FOUND] == ["bus"] * 4
    assert units[CodedUnit.SENTENCE] == ["A bus came.", "No bus.", "And a bus, a bus."]
    assert units[CodedUnit.TURN] == ["A bus came. No bus. And a bus, a bus."]


@pytest.mark.parametrize("words", ["", "  ", "?!", "x" * 501, "a\x00b"])
def test_a_rule_needs_words(words: str) -> None:
    with pytest.raises(Refused):
        Rule(RuleKind.PHRASE, words, CodedUnit.FOUND)


def test_a_speaker_and_an_answer_are_coded_by_turns_where_words_were_asked_for() -> None:
    assert Rule(RuleKind.SPEAKER, "PARENT", CodedUnit.FOUND).unit is CodedUnit.TURN
    assert Rule(RuleKind.QUESTION, "how long", CodedUnit.FOUND).unit is CodedUnit.TURN
    assert Rule(RuleKind.QUESTION, "how long", CodedUnit.SENTENCE).unit is CodedUnit.SENTENCE
