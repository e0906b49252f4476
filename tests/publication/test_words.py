"""Words by language."""

from ia_workbench.publication import Said, Words


def test_words_fall_back_to_the_other_language_and_say_so() -> None:
    assert Words("visit", "visita").said_in("es") == Said("visita", "es")
    assert Words("visit").said_in("es") == Said("visit", "en")
    assert Words(es="visita").said_in("en") == Said("visita", "es")


def test_no_words_at_all_are_empty_in_the_language_asked_for() -> None:
    assert Words().said_in("es") == Said("", "es")
    assert not Words()


def test_an_unknown_language_gets_english() -> None:
    assert Words("visit", "visita").said_in("xx") == Said("visit", "en")
    assert not Words("visit").has("__class__")


def test_a_stored_column_becomes_words() -> None:
    assert Words.by_language({"en": "visit", "fr": "visite"}) == Words("visit", "")
    assert Words.by_language(None) == Words()
