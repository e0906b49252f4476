"""Which way a text is read: by its language, else by its letters."""

import pytest

from ia_workbench.web.workbench.direction import direction_of, has_right_to_left
from tests.support.looks import ARABIC, HEBREW


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("ar", "", "rtl"),
        ("fa-AF", "a name in Latin letters", "rtl"),
        ("en", "The form opens at nine.", "ltr"),
        ("en", HEBREW, "rtl"),
        ("und", ARABIC, "rtl"),
        ("es", "Dijo «שלום» y se fue a su casa.", "ltr"),
        ("en", "", "ltr"),
    ],
)
def test_a_text_is_read_as_its_language_is_written_else_as_most_of_its_letters(
    language: str, text: str, way: str
) -> None:
    assert direction_of(language, text) == way


def test_a_single_letter_from_right_to_left_is_found_and_none_where_there_is_none() -> None:
    assert has_right_to_left("She said שלום to them.")
    assert not has_right_to_left("Mañana, a las “nueve” 👩‍👧, z̲o̲e̲")
