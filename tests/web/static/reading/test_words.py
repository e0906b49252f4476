"""Where words and characters begin and end, as the keys and the mouse find them."""

import pytest
from playwright.sync_api import Page

TEXT = "I don't know, the ten-twenty bus… \U0001f469\u200d\U0001f467 mañana."


def ask(page: Page, name: str, *arguments: object) -> object:
    """Ask a function of words.js."""
    call = "async ([name, rest]) => (await import('/static/reading/words.js'))[name](...rest)"
    return page.evaluate(call, [name, list(arguments)])


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def at(words: str, *, after: bool = False) -> int:
    """The place of words in TEXT, in UTF-16 code units."""
    place = TEXT.index(words)
    return units(TEXT[: place + len(words)] if after else TEXT[:place])


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (at("on't"), at("kno", after=True), "don't know"),
        (at("now"), at("know,", after=True), "know,"),
        (at(" the"), at("the ", after=True), "the"),
        (at("en-tw"), at("twen", after=True), "ten-twenty"),
        (at("bus"), at("bus…", after=True), "bus…"),
        (at("\U0001f469"), at("\U0001f467", after=True), "\U0001f469\u200d\U0001f467"),
        (at("ana."), at("ana.", after=True), "mañana."),
    ],
)
def test_a_selection_grows_to_whole_words_and_loses_the_blank_space_at_its_ends(
    script_page: Page, start: int, end: int, words: str
) -> None:
    found = ask(script_page, "snapped", TEXT, start, end)
    assert found == [at(words), at(words, after=True)]


def test_nothing_but_blank_space_is_no_selection(script_page: Page) -> None:
    assert ask(script_page, "snapped", "a   b", 1, 4) is None
    assert ask(script_page, "snapped", "", 0, 0) is None


def test_one_goes_from_word_to_word_and_back(script_page: Page) -> None:
    there = [0]
    while there[-1] < units(TEXT):
        there.append(ask(script_page, "nextWord", TEXT, there[-1]))  # type: ignore[arg-type]
    starts = [at(word) for word in ("I ", "don't", "know", "the", "ten-", "bus", "mañana")]
    assert there == [*starts, units(TEXT)]
    back = [units(TEXT)]
    while back[-1] > 0:
        back.append(ask(script_page, "previousWord", TEXT, back[-1]))  # type: ignore[arg-type]
    assert back[::-1] == [*starts, units(TEXT)]


def test_the_marks_that_close_a_word_go_with_it(script_page: Page) -> None:
    assert ask(script_page, "endOfNextWord", TEXT, at("know")) == at("know,", after=True)
    assert ask(script_page, "endOfNextWord", TEXT, at("mañ")) == units(TEXT)


def test_one_character_on_never_ends_inside_an_emoji_or_before_an_accent(script_page: Page) -> None:
    text = "z\u0332o\U0001f469\u200d\U0001f467!"
    there = [0]
    while there[-1] < units(text):
        there.append(ask(script_page, "nextCharacter", text, there[-1], 1))  # type: ignore[arg-type]
    assert there == [0, 2, 3, 8, 9]
    assert ask(script_page, "nextCharacter", text, 8, -1) == 3
    assert ask(script_page, "nextCharacter", text, 0, -1) == 0


def test_characters_far_into_a_long_text_are_found(script_page: Page) -> None:
    text = "\U0001f600" * 500
    assert ask(script_page, "nextCharacter", text, 600, 1) == 602
    assert ask(script_page, "nextCharacter", text, 600, -1) == 598
