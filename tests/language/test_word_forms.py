"""The forms of words, where a model brings them."""

import pytest

from ia_workbench.language import has_word_forms, word_forms

needs_model = pytest.mark.skipif(not has_word_forms("en"), reason="no English language model is installed")


@needs_model
@pytest.mark.parametrize(
    ("word", "among"),
    [
        ("remove", {"removes", "removed", "removing"}),
        ("Removed", {"remove", "removing"}),
        ("children", {"child"}),
        ("went", {"go", "goes", "going", "gone"}),
        ("stopped", {"stop", "stopping", "stops"}),
        ("worst", {"bad", "worse"}),
    ],
)
def test_a_word_has_its_regular_and_its_unusual_forms(word: str, among: set[str]) -> None:
    assert word_forms(word)[0] == word.lower()
    assert among <= set(word_forms(word))


@needs_model
def test_a_word_with_a_past_of_its_own_is_given_none_by_rule() -> None:
    assert "seed" not in word_forms("see")


def test_a_language_without_a_model_has_the_word_alone() -> None:
    assert not has_word_forms("xx")
    assert word_forms("Niños", "xx") == ("niños",)
