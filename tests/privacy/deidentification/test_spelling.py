"""A listed name is found however people write it, at its own place."""

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import Span
from ia_workbench.privacy.deidentification.spelling import FoldedText, places_of_name, spelling_of

NAMES = ("Okoro", "José Núñez", "Tanya O'Brien", "Mary-Ann Lee", "Strauß", "Mr. Reed", "INT-001", "P-01", "Łukasz")
DASHES = "-\u2010\u2011\u2012\u2013\u2212"
APOSTROPHES = "'\u2019\u02bc\u00b4"
INVISIBLE = ("", "", "", "\u00ad", "\u200b", "\u2060", "\ufeff")
ENDINGS = ("", "'s", "\u2019s", "s", "'", "es")


def found(name: str, text: str, *, with_parts: bool = True) -> list[str]:
    """The places of a name in a text, as the text has them."""
    folded = FoldedText(text)
    places = places_of_name(spelling_of(name, with_parts=with_parts), folded)
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


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Tasha Brennick", "It is Brennick, B-R-E-N-N-I-C-K.", "B-R-E-N-N-I-C-K"),
        ("Tasha Brennick", "b r e n n i c k, with a k", "b r e n n i c k"),
        ("Tasha Brennick", "B. R. E. N. N. I. C. K.", "B. R. E. N. N. I. C. K"),
        ("Tasha Brennick", "spelled T, a, s, h, a", "T, a, s, h, a"),
        ("Tasha Brennick", "O\u2011no, Tasha B-r-e-n-n-i-c-k's", "Tasha B-r-e-n-n-i-c-k's"),
        ("María Núñez", "N-u-\u00f1-e-z", "N-u-\u00f1-e-z"),
        ("Tasha Brennick", "we went to Bren-\nnick's house", "Bren-\nnick's"),
        ("Tasha Brennick", "we went to Ta-sha Bren-nick", "Ta-sha Bren-nick"),
        ("Okoro", "Ms. Oko-\n  ro", "Oko-\n  ro"),
        ("Okoro", "Ms. Oko\u2010ro", "Oko\u2010ro"),
        ("Tanya O'Brien", "O\u2019Bri-\nen", "O\u2019Bri-\nen"),
    ],
)
def test_a_name_that_is_spelled_out_or_broken_at_a_line_end_is_found(name: str, text: str, there: str) -> None:
    assert there in found(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Lee", "a l e e of land"),  # too short to be spelled out by chance
        ("Anna", "an n a b"),
        ("Rose Reed", "he ro-se to re-ed"),
        ("Okoro", "ok-oro-ville"),
        ("Okoro", "o-koro"),
        ("Ana Marin", "in sub-ma-rines"),
    ],
)
def test_what_only_looks_like_a_name_that_was_broken_is_none(name: str, text: str) -> None:
    assert found(name, text) == []


@pytest.mark.parametrize(
    "text",
    ["Tanya said so", "Ms. OKORO said so", "the Okoros", "ms. okoro decides", "Ms. Okoro and ms. okoro", "okoro"],
)
def test_a_part_of_a_name_counts_alone_in_capitals_and_in_small_letters(text: str) -> None:
    assert found("Tanya Okoro", text)


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Denise Kowalczyk", "We heard ms. kowalczyk.", "kowalczyk"),
        ("Denise Kowalczyk", "as denise m. kowalczyk said", "denise m. kowalczyk"),
        ("Denise Kowalczyk", "as Denise M Kowalczyk said", "Denise M Kowalczyk"),
        ("James Hill", "Mr. Hill said", "Hill"),
        ("James Hill", "mr hill said", "hill"),
        ("James Hill", "J. Hill said", "Hill"),
        ("James Hill", "J.R. Hill said", "Hill"),
        ("James Hill", "James R. Hill said", "James R. Hill"),
        ("Grace Park", "Ms. Park said", "Park"),
        ("Grace Park", "Judge Park said", "Park"),
        ("Grace Park", "la Srta. Park dijo", "Park"),
        ("Bea Paz", "doña Paz dijo", "Paz"),
        ("Al Okoro", "Mr. Al said", "Al"),
        ("Dang Van", "Mr. Van said", "Van"),
        ("Sean O'Brien", "Mr. OBrien said", "OBrien"),
        ("Sean O'Brien", "mr. o brien said", "o brien"),
        ("Obrien", "Mr. O\u2019Brien said", "O\u2019Brien"),
        ("Robert McDonald", "Mc Donald said", "Mc Donald"),
        ("Robert Mac Donald", "macdonald said", "macdonald"),
        ("Ana de la Cruz", "Ms. Delacruz said", "Delacruz"),
        ("Ana Delacruz", "Ms. de la Cruz said", "de la Cruz"),
        ("4th Street", "on 4th St. again", "4th St"),
        ("Alma St", "on Alma Street", "Alma Street"),
        ("Fifth Ave", "on fifth avenue", "fifth avenue"),
        ("Hill Road", "on Hill Rd.", "Hill Rd"),
    ],
)
def test_names_after_titles_and_initials_and_joined_or_split_are_found(name: str, text: str, there: str) -> None:
    assert there in found(name, text)


def test_one_use_in_small_letters_hides_no_other() -> None:
    text = "ms. okoro and whitcombe decide alone. Ms. Okoro agrees, and so does Mrs. Whitcombe."
    assert found("Dana Okoro", text) == ["okoro", "Okoro"]
    assert found("Carol Whitcombe", text) == ["whitcombe", "Whitcombe"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Will Grace", "Will they call? They will, with grace."),
        ("Al Okoro", "Al final"),
        ("Will Grace", "The judge will decide; the officer will not."),
        ("Adam Park", "a park, the city's park, the Park"),
        ("Sam Hill", "the city's hill, K. Hill"),
        ("May Bell", "They may ring the bell."),
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


FULL_NAMES = (("Denise", "Kowalczyk"), ("James", "Hill"), ("Grace", "Park"), ("Sean", "O'Brien"), ("Al", "McDonald"))
TITLES = ("Mr", "Mrs", "Ms", "Mx", "Dr", "Sr", "Sra", "Srta")
WORD_TITLES = ("Miss", "Judge", "Officer", "Don", "Doña")
CASES = (str, str.lower, str.upper)


@st.composite
def addressed(draw: st.DrawFn) -> tuple[str, str, str]:
    """A full name, a way to write its last part or all of it, and what stands before that."""
    first, last = draw(st.sampled_from(FULL_NAMES))
    before = draw(st.sampled_from([f"{title}{dot}" for title in TITLES for dot in ("", ".")]))
    before = draw(
        st.sampled_from([draw(st.sampled_from(CASES))(before), *WORD_TITLES, f"{first[0]}.", f"{first[0]}. R."])
    )
    written = last.replace("'", draw(st.sampled_from(["", " ", *APOSTROPHES])))
    written = written.replace("Mc", draw(st.sampled_from(["Mc", "Mc ", "mc "])))
    if draw(st.booleans()):
        before, written = "", f"{first} {draw(st.sampled_from(['', 'M. ', 'm. ', 'M ', 'J. R. ']))}{written}"
    return f"{first} {last}", before, draw(st.sampled_from(CASES))(written)


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


@given(both=addressed(), start=ANYTHING, others=st.sampled_from(["", "kowalczyk hill park obrien mcdonald "]))
def test_whoever_is_addressed_is_found_whatever_else_the_text_holds(
    both: tuple[str, str, str], start: str, others: str
) -> None:
    name, before, written = both
    text = f"{start} {others}- {before} {written}, again"
    wanted = Span(len(text) - len(f"{written}, again"), len(text) - len(", again"))
    assert wanted in places_of_name(spelling_of(name, with_parts=True), FoldedText(text)), (name, text)


@given(name=ANYTHING, text=ANYTHING)
def test_no_text_and_no_name_is_too_odd(name: str, text: str) -> None:
    for place in places_of_name(spelling_of(name, with_parts=True), FoldedText(text)):
        assert place.of(text)


# Unicode has letters that are a mark by itself: with accents folded, nothing is left of them.
LETTERS = st.characters(categories=("Ll", "Lu", "Lo")).filter(lambda each: FoldedText(each).letters != "")


@given(name=st.text(LETTERS, min_size=1, max_size=12))
def test_every_name_is_found_as_it_is_listed(name: str) -> None:
    assert places_of_name(spelling_of(name), FoldedText(f"as {name} said")) == [Span(3, 3 + len(name))]


def test_long_texts_take_time_in_proportion() -> None:
    names = [spelling_of(f"Ab{chr(97 + n % 26)} C{n}d Efgh", with_parts=True) for n in range(50)]

    def seconds(times: int) -> float:
        text = "Aba C. Efgh said that abc   -- defgh and the Efghs went on. " * times
        began = process_time()
        for name in names:
            places_of_name(name, FoldedText(text[:200]))
        folded = FoldedText(text)
        for name in names:
            places_of_name(name, folded)
        return process_time() - began

    assert seconds(3400) < 50 * max(seconds(340), 0.02)  # ten times as long: far from its square


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Will Grace", "will" + " " * 200_000 + "x " + "will " * 20_000 + "grace"[:-1]),
        ("James Hill", "m. " * 60_000 + "the hill " * 20_000 + "james m. m. m. " * 100 + "x"),
        ("North O'Hill", "o" + " " * 100_000 + "north o '" * 20_000),
    ],
)
def test_spaces_and_initials_without_end_take_no_time(name: str, text: str) -> None:
    began = process_time()
    places_of_name(spelling_of(name, with_parts=True), FoldedText(text))
    assert process_time() - began < 5
