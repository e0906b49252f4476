"""A listed name is found however people write it, at its own place."""

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import Span
from ia_workbench.release.spelling import FoldedText, places_of_name, spelling_of

NAMES = ("Okoro", "José Núñez", "Tanya O'Brien", "Mary-Ann Lee", "Strauß", "Mr. Reed", "INT-001", "P-01", "Łukasz")
DASHES = "-\u2010\u2011\u2012\u2013\u2212"
APOSTROPHES = "'\u2019\u02bc\u00b4"
INVISIBLE = ("", "", "", "\u00ad", "\u200b", "\u2060", "\ufeff")
ENDINGS = ("", "'s", "\u2019s", "s", "'", "es")


def found(name: str, text: str, *, with_parts: bool = True) -> list[str]:
    """The places of a name in a text, as the text has them."""
    folded = FoldedText(text)
    places = places_of_name(spelling_of(name, with_parts=with_parts), folded, everyday=folded.small_words)
    return [place.of(text) for place in places]


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Tanya O'Brien", "Tanya O\u2019Brien", "Tanya O\u2019Brien"),
        ("José Núñez", "as Jose Nunez said", "Jose Nunez"),
        ("José Núñez", unicodedata.normalize("NFD", "José Núñez."), unicodedata.normalize("NFD", "José Núñez")),
        ("Okoro", "the Okoros say", "Okoros"),
        ("Okoro", "_Okoro_", "Okoro"),
        ("Okoro", "Oko\u00adro", "Oko\u00adro"),
        ("Okoro", "Ok\u200boro", "Ok\u200boro"),
        ("Okoro", "OKORO\u2019S", "OKORO\u2019S"),
        ("Mary-Ann Lee", "Mary\u2011Ann Lee", "Mary\u2011Ann Lee"),
        ("Mary-Ann Lee", "maryann lee", "maryann lee"),
        ("INT-001", "see INT\u2011001.", "INT\u2011001"),
        ("INT-001", "see int 001.", "int 001"),
        ("INT-001", "see INT001.", "INT001"),
        ("P-01", "P\u201301 says", "P\u201301"),
        ("Strauß", "STRAUSS", "STRAUSS"),
        ("Strauss", "Strauß", "Strauß"),
        ("Mr. Okoro", "Mr Okoro", "Mr Okoro"),
        ("Tanya Okoro", "okoro, tanya", "okoro, tanya"),
        ("Smith & Sons", "smith & sons", "smith & sons"),
        ("Łukasz", "Lukasz", "Lukasz"),
        ("Jo Jo", "xjo jo jo", "jo jo"),
        ("काम दास", "कहा काम दास ने", "काम दास"),
    ],
)
def test_ordinary_spellings_of_a_name_are_found_at_their_place(name: str, text: str, there: str) -> None:
    assert there in found(name, text)


@pytest.mark.parametrize("text", ["Tanya said so", "Ms. OKORO said so", "the Okoros"])
def test_a_part_of_a_name_counts_alone_where_it_has_a_capital(text: str) -> None:
    assert found("Tanya Okoro", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Will Grace", "Will they call? They will, with grace."),
        ("Al Okoro", "Al final"),
        ("North Park School", "North of the School, in the Park"),
        ("Ree", "Three agreed, Reed among them"),
        ("William", "Will I am"),
        ("P-01", "P-012 or GRP-01"),
        ("INT-001", "form 001"),
        ("Jo Jo", "xjo jox"),
        ("--", "a -- b"),
        ("", "nothing"),
    ],
)
def test_words_of_every_day_and_longer_words_are_no_names(name: str, text: str) -> None:
    assert found(name, text) == []


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, str]:
    """A name and one way in which somebody may write it."""
    name = draw(st.sampled_from(NAMES))
    written = draw(st.sampled_from([name, name.upper(), name.lower(), name.title()]))
    pieces = [draw(st.sampled_from(INVISIBLE)) + _character(draw, each) for each in written]
    core = "".join(pieces)
    form = draw(st.sampled_from(["NFC", "NFD", "plain"]))
    return name, _without_marks(core) if form == "plain" else unicodedata.normalize(form, core)


def _character(draw: st.DrawFn, each: str) -> str:
    if each == "-":
        return draw(st.sampled_from([*DASHES, " ", ""]))
    if each == "'":
        return draw(st.sampled_from([*APOSTROPHES, ""]))
    if each == " ":
        return draw(st.sampled_from([" ", "\u00a0", "\n  ", "-"]))
    return each


def _without_marks(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if unicodedata.category(each) != "Mn")


AROUND = st.text(st.characters(exclude_categories=("L", "M", "N", "Cs", "Cf")), max_size=12)
ANYTHING = st.text(max_size=40)


@given(both=spelled(), ending=st.sampled_from(ENDINGS), before=AROUND, after=AROUND, start=ANYTHING, end=ANYTHING)
def test_any_spelling_is_found_in_any_text_and_the_place_covers_it(
    both: tuple[str, str], ending: str, before: str, after: str, start: str, end: str
) -> None:
    name, written = both
    written += ending if not name[-1].isdigit() else ""
    text = f"{start} {before} {written} {after} {end}"
    at = len(f"{start} {before} ")
    bare = written.lstrip("".join(INVISIBLE)).rstrip("".join(APOSTROPHES) + "".join(INVISIBLE))
    wanted = Span(at + len(written) - len(written.lstrip("".join(INVISIBLE))), 0 + at + written.rindex(bare[-1]) + 1)
    places = places_of_name(spelling_of(name), FoldedText(text))
    assert any(place.start <= wanted.start and wanted.end <= place.end for place in places), (name, written, places)


@given(name=ANYTHING, text=ANYTHING)
def test_no_text_and_no_name_is_too_odd(name: str, text: str) -> None:
    for place in places_of_name(spelling_of(name, with_parts=True), FoldedText(text)):
        assert place.of(text)


@given(name=st.text(st.characters(categories=("Ll", "Lu", "Lo")), min_size=1, max_size=12))
def test_every_name_is_found_as_it_is_listed(name: str) -> None:
    assert places_of_name(spelling_of(name), FoldedText(f"as {name} said")) == [Span(3, 3 + len(name))]


def test_long_texts_take_time_in_proportion() -> None:
    names = [spelling_of(f"Ab{chr(97 + n % 26)} C{n}d Efgh", with_parts=True) for n in range(50)]

    def seconds(times: int) -> float:
        text = "Aba C. Efgh said that abc   -- defgh and the Efghs went on. " * times
        began = perf_counter()
        for name in names:
            places_of_name(name, FoldedText(text[:200]))
        folded = FoldedText(text)
        for name in names:
            places_of_name(name, folded, everyday=folded.small_words)
        return perf_counter() - began

    assert seconds(3400) < 50 * max(seconds(340), 0.02)  # ten times as long: far from its square


def test_spaces_without_end_take_no_time() -> None:
    assert found("Tanya Okoro", "tanya" + " " * 200_000 + "x " + "tanya " * 20_000) == []
