"""A rule made of one example line: literal but for digits, times and blank space, and safe whatever is typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.corpus import TaughtRule, checked_rule, find_turns, rule_of
from ia_workbench.kernel import Refused

TALK = [("Ana", "Yes // no."), ("Ben Ruiz", "10 of them"), ("Ana", "¿Sí?"), ("Ben Ruiz", "(laughs) So.")]


@pytest.mark.parametrize(
    ("example", "written"),
    [
        ("§ Ana // Yes", "§ {name} // {words}"),
        ("§ Ana // 12 of them", "§ {name} // {words}"),
        ("12 | Ana | Yes", "{n} | {name} | {words}"),
        ("<<Ana>> Yes", "<<{name}>> {words}"),
        ("Ana ::= Yes", "{name} ::= {words}"),
        ("Hablante Ana (00:01:02) » Yes", "Hablante {name} (00:00:0{n}) » {words}"),
        ("Ana     Yes", "{name}    {words}"),
        ("== Ana ==", "== {name} ==\n{words}"),
    ],
)
def test_one_line_teaches_how_all_are_written(example: str, written: str) -> None:
    rule = rule_of("odd", example, "Ana")
    text = "\n".join(written.format(name=name, words=words, n=n) for n, (name, words) in enumerate(TALK, 1))
    found = find_turns(text, taught=[rule])
    assert found.convention == rule
    assert found.is_chosen
    assert [(turn.speaker, text[turn.speech_start : turn.end]) for turn in found.turns] == TALK


def test_where_blank_space_ends_the_name_it_has_as_many_words_as_in_the_example() -> None:
    text = "[00:01] Ana Yes.\n[00:02] Ben No.\n[00:03] Ana Yes."
    found = find_turns(text, taught=[rule_of("odd", "[00:01:02] Ana Yes", "Ana")])
    assert found.speakers == ("Ana", "Ben")
    assert [turn.mark for turn in found.turns] == ["00:01", "00:02", "00:03"]


def test_nothing_of_the_speech_or_the_speaker_is_in_the_rule() -> None:
    rule = rule_of("odd", "§ 14 Ana (00:13:48) // Quartz said", "Ana")
    assert rule.example == "§ 0 NAME (0:00) // …"
    for kept in (rule.example, rule.pattern):
        assert not any(word in kept for word in ("Ana", "Quartz", "said", "14", "13"))


@pytest.mark.parametrize(
    ("example", "speaker", "sentence"),
    [
        ("§ Ana // Yes", "Ben", "does not stand in the example"),
        ("§ Ana // Yes", " ", "does not stand in the example"),
        ("Ana Yes", "Ana", "Nothing but words"),
        ("Ana", "Ana", "Nothing but words"),
        ("Then we went home, § Ana // Yes", "Ana", "beginning of the line"),
        ("§ one two three four five six // Yes", "one two three four five six", "at most 5 words"),
        ("§ -- // Yes", "--", "a letter or a digit"),
        ("§ Ana\n// Yes", "Ana", "one line"),
    ],
)
def test_an_example_that_teaches_nothing_is_refused(example: str, speaker: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        rule_of("odd", example, speaker)


def test_a_name_is_small_letters() -> None:
    with pytest.raises(Refused, match="small letters"):
        rule_of("Chat App", "§ Ana // Yes", "Ana")


def test_a_taught_one_is_chosen_by_name_and_an_unknown_one_is_refused() -> None:
    rule = rule_of("odd", "§ Ana // Yes", "Ana")
    assert find_turns("§ Ana // Yes", "odd", taught=[rule]).speakers == ("Ana",)
    with pytest.raises(Refused, match="paragraphs, not as odd|odd"):
        find_turns("§ Ana // Yes", "odd")


@given(st.text(min_size=1, max_size=60), st.text(max_size=200))
def test_whatever_is_typed_becomes_no_pattern_of_its_own(frame: str, text: str) -> None:
    try:
        rule = rule_of("odd", f"{frame}Ana{frame} Yes", "Ana")
    except Refused:
        return
    assert checked_rule(rule.name, rule.before, rule.after, rule.words) == rule
    find_turns(text, "odd", taught=[rule])
    example = f"{frame}Ana{frame} Yes"
    assert [turn.speaker for turn in find_turns(example, "odd", taught=[rule]).turns][-1:] != [None] or "Ana" in frame


@pytest.mark.parametrize(
    "rule", [rule_of("odd", "((( Ana *+?{9}", "Ana"), TaughtRule("odd", "  0 0:00  ", "  0:00", 5)]
)
def test_a_taught_rule_takes_no_time_whatever_the_line(rule: TaughtRule) -> None:
    began = time.process_time()
    for line in ("( " * 500_000, " " * 10**6, "1 " * 500_000, "a " * 500_000):
        find_turns(f"x{line}x", rule.name, taught=[rule])
    assert time.process_time() - began < 2
