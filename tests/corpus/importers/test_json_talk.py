"""Transcripts in JSON, of whatever shape: found by what they hold, all other data told."""

import json
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import ReadFile, read_file
from ia_workbench.kernel import Refused

SAID = "Ana: The visits began in May.\nBen: When?"


def read(data: Any) -> ReadFile:
    return read_file("a.json", json.dumps(data).encode())


def times(file: ReadFile) -> list[tuple[int, str]]:
    return [(each.at, each.label) for each in file.anchors]


LIST = [
    {"speaker": "Ana", "text": "The visits", "start": 0.5, "end": 2},
    {"speaker": "Ana", "text": "began in May.", "start": 2, "end": 3},
    {"speaker": "Ben", "text": "When?", "start": 62.5, "end": 63},
]


@pytest.mark.parametrize(
    "data",
    [
        LIST,
        {"segments": LIST, "language": "en"},
        {"data": {"monologues": {"utterances": LIST}}},
        [
            {"speaker": {"name": each["speaker"], "id": 7}, "body": each["text"], "startTime": each["start"]}
            for each in LIST
        ],
        [{"who": each["speaker"], "transcript": each["text"], "start_time": f"{each['start']}s"} for each in LIST],
        {
            "speakers": [{"id": "spk_0", "name": "Ana"}, {"id": "spk_1", "name": "Ben"}],
            "items": [
                {
                    "speaker_id": f"spk_{int(each['speaker'] == 'Ben')}",
                    "text": each["text"],
                    "start_ms": each["start"] * 1000,
                }
                for each in LIST
            ],
        },
    ],
)
def test_a_transcript_is_found_in_any_shape(data: Any) -> None:
    file = read(data)
    assert file.text == SAID
    assert times(file) == [(0, "00:00:00"), (16, "00:00:02"), (30, "00:01:02")]
    assert file.convention == "name-colon"


def test_whole_numbers_that_would_be_far_too_slow_are_thousandths() -> None:
    file = read(
        [
            {"speaker": "A", "text": "The visits began.", "start": 250},
            {"speaker": "B", "text": "When?", "start": 62_500},
        ]
    )
    assert [label for _, label in times(file)] == ["00:00:00", "00:01:02"]


def test_turns_with_passages_are_one_list_over_all_sections() -> None:
    def turn(who: str | None, *passages: str) -> dict[str, Any]:
        blocks = [{"text": words, "start": number * 10} for number, words in enumerate(passages)]
        return {"speaker": {"name": who} if who else None, "text_blocks": blocks}

    sections = [
        {"turns": [turn("Ana", "She said yes.", "In May.")]},
        {"turns": [turn("Ana", "No."), turn(None, "(Laughter)")]},
    ]
    file = read({"title": "Hearing", "sections": sections})
    assert file.text == "Ana: She said yes. In May.\nAna: No.\nUnnamed: (Laughter)"
    assert len(file.anchors) == 4
    assert ("field of the recording", "title: Hearing") in [(each.what, each.words) for each in file.changes]
    assert "Reading kept 1 utterance without a speaker." in file.notes


def test_single_words_are_joined_to_sentences_and_signs_to_their_words() -> None:
    words = ["The", "visits", "began", "in", "May", ".", "Nobody", "came", ",", "though", "."] * 3
    items = [
        {
            "type": "punctuation" if word in ".," else "pronunciation",
            "alternatives": [{"confidence": "0.9", "content": word}],
            "start_time": f"{number}.0",
            "speaker_label": "spk_0" if number < 22 else "spk_1",
        }
        for number, word in enumerate(words)
    ]
    file = read({"results": {"items": items, "transcripts": [{"transcript": "all"}]}})
    once = "The visits began in May. Nobody came, though."
    assert file.text == f"spk_0: {once} {once}\nspk_1: {once}"
    assert len(file.anchors) == 6


def test_words_of_an_item_are_read_from_its_list_of_words() -> None:
    data = {
        "segments": [{"speaker_id": "A-1", "wdlist": [{"word": "Yes, ", "start": 1.0}, {"word": "she ", "start": 2}]}]
    }
    assert (read(data).text, times(read(data))) == ("A-1: Yes, she", [(0, "00:00:01")])


def test_without_speakers_it_is_set_in_paragraphs() -> None:
    file = read(
        {
            "text": "whole",
            "segments": [
                {"start": n, "end": n + 1, "text": words} for n, words in enumerate((" We went", " home.", " Late."))
            ],
        }
    )
    assert (file.text, file.convention) == ("We went home.\nLate.", "paragraphs")


def test_what_is_left_out_is_a_line_a_field() -> None:
    data = {"case": {"docket": "19-1"}, "turns": [{**each, "confidence": 0.5} for each in LIST]}
    told = [(each.what, each.words) for each in read(data).changes]
    assert ("field of the recording", "case.docket: 19-1") in told
    assert ("field of an utterance", "turns[].confidence: 3 values, the first 0.5") in told


@pytest.mark.parametrize("start", ["NaN", "Infinity", "1e999", "9" * 5000, "-5", '"noon"', "true", "null"])
def test_a_time_that_is_none_is_no_anchor(start: str) -> None:
    content = (
        f'[{{"speaker": "Ana", "text": "Yes.", "start": {start}}}, {{"speaker": "Ben", "text": "No.", "start": 5}}]'
    )
    file = read_file("a.json", content.encode())
    assert (file.text, [label for _, label in times(file)]) == ("Ana: Yes.\nBen: No.", ["00:00:05"])


def test_of_a_key_that_stands_twice_the_first_counts_and_the_other_is_told() -> None:
    file = read_file(
        "a.json", b'[{"speaker": "Ana", "text": "Yes.", "text": "No."}, {"speaker": "Ben", "text": "Why?"}]'
    )
    assert file.text == "Ana: Yes.\nBen: Why?"
    assert [(each.what, each.words) for each in file.changes] == [("repeated key", "text: No.")]


def test_characters_that_no_text_can_hold_are_left_out_and_told() -> None:
    file = read_file("a.json", b'[{"speaker": "Ana", "text": "Y\\u0000es\\ud800."}, {"speaker": "Ben", "text": "No."}]')
    assert file.text.startswith("Ana: Yes.")
    assert "Reading left out 2 control characters that no text needs." in file.notes


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is not JSON that can be read: look at line 1"),
        ('{"a": 1,\n"b": }', "look at line 2"),
        ("[" * 100_000, "nested far deeper"),
        ("[" * 200 + "1" + "]" * 200, "nested far deeper"),
        ("[]", "holds no transcript"),
        ("null", "holds no transcript"),
        ('{"name": "A case", "facts": "Long ago."}', "holds no transcript"),
        ('[{"text": "a policy"}, {"text": "another"}]', "holds no transcript"),
    ],
)
def test_what_is_no_transcript_is_refused_in_a_sentence(content: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_file("a.json", content.encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["speaker", "text", "start", "end", "words", "alternatives", "id", "name"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_data_is_read_or_refused(data: Any) -> None:
    with suppress(Refused):
        file = read(data)
        assert all(before.at <= after.at for before, after in pairwise(file.anchors))
        assert all(0 <= each.at < len(file.text) for each in file.anchors)


SENTENCE = st.text("abc é", max_size=20).map(lambda words: f"x {words} y")


@given(st.lists(st.tuples(st.sampled_from(["Ana", "Ben"]), SENTENCE), min_size=1, max_size=15))
def test_no_word_is_lost_and_every_utterance_has_its_anchor(said: list[tuple[str, str]]) -> None:
    file = read([{"speaker": who, "text": words, "start": number} for number, (who, words) in enumerate(said)])
    plain = file.text.replace("Ana: ", "").replace("Ben: ", "")
    assert plain.split() == [word for _, words in said for word in words.split()]
    assert len(file.anchors) == len(said)
    assert all(file.text[each.at :].startswith(("x ", "Ana: ", "Ben: ")) for each in file.anchors)
