"""Identifiers: keys of a fixed width, and slugs of names."""

from ia_workbench.kernel import format_key, slug_of


def test_a_key_has_its_prefix_and_a_number_of_a_fixed_width() -> None:
    assert format_key("INT", 14, 3) == "INT-014"


def test_a_slug_holds_small_letters_without_accents_and_is_never_empty() -> None:
    assert slug_of("Families’ own means, Añejo") == "families-own-means-anejo"
    assert slug_of("???") == "code"
