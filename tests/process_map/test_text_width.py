"""Breaking titles so that they fit."""

from hypothesis import example, given
from hypothesis import strategies as st

from ia_workbench.process_map.geometry.text_width import balanced, broken, width_of

plain = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=60)


@given(plain, st.floats(40, 200), st.integers(1, 4))
def test_no_line_is_wider_than_asked_for_and_there_are_not_more_than_asked_for(
    words: str, width: float, most: int
) -> None:
    lines = broken(words, size=12, width=width, most_lines=most)
    assert 1 <= len(lines) <= most
    assert all(width_of(line, 12) <= width for line in lines)


@given(plain, st.floats(60, 200))
def test_nothing_is_lost_where_there_is_room(words: str, width: float) -> None:
    lines = broken(words, size=12, width=width, most_lines=100)
    if not any(line.endswith("…") for line in lines):
        assert "".join(lines).replace(" ", "") == "".join(words.split())


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert broken("Investigation and assessment", size=12, width=90, most_lines=1) == ("Investigation…",)


def test_a_hyphen_breaks_only_a_word_that_is_too_wide() -> None:
    assert broken("Dismissal and after-care", size=12, width=76, most_lines=3) == ("Dismissal", "and", "after-care")
    assert broken("out-of-home-placement", size=12, width=76, most_lines=3) == ("out-of-", "home-", "placement")


def test_balanced_lines_leave_no_word_alone() -> None:
    assert balanced("trial home visit ends well", size=12, width=118, most_lines=2) == ("trial home", "visit ends well")


@given(plain, st.floats(40, 200), st.integers(1, 3))
@example("Y", 118, 2)  # one character cannot be broken any further
@example("", 118, 2)
def test_balanced_lines_are_as_few_as_broken_ones_and_no_wider(words: str, width: float, most: int) -> None:
    lines = balanced(words, size=12, width=width, most_lines=most)
    assert len(lines) == len(broken(words, size=12, width=width, most_lines=most))
    assert all(width_of(line, 12) <= width for line in lines)
