"""What belongs to a name: its kind in small letters, brackets, initials; countries, origins and other scripts."""

import pytest
from babel import Locale

from ia_workbench.privacy import ListedName, propose
from ia_workbench.privacy.deidentification.countries import country_names

TOO_MANY_LIVE_THERE = {"en": "United States", "es": "Estados Unidos"}


def found(text: str, *names: str, language: str = "en") -> dict[str, str]:
    """The words proposed in a text, with their class."""
    proposals = propose(text, names=[ListedName(each) for each in names], language=language)
    return {text[each.start : each.end]: each.identifier_class.value for each in proposals}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("He lay in the Larkmoor municipal cemetery.", "Larkmoor municipal cemetery", "organisation"),
        (
            "She rang the Ashvale Labour Office (Arbeitsamt) again.",
            "Ashvale Labour Office (Arbeitsamt)",
            "organisation",
        ),
        ("It went to the 8th Chamber of the Larkmoor Court.", "8th Chamber of the Larkmoor Court", "organisation"),
        ("I called the Child Poverty Action Group today.", "Child Poverty Action Group", "organisation"),
        ("They moved from Papua New Guinea.", "Papua New Guinea", "place"),
        ("Vinieron del Reino de Suecia.", "Reino de Suecia", "place"),
        ("she came from paraguay with them", "paraguay", "place"),
        ("He is a Latvian national.", "Latvian national", "rare-fact"),
        ("Es un ciudadano chipriota.", "chipriota", "rare-fact"),
        (
            "El Juzgado de Familia número 3 de Valdeluna no dijo.",
            "Juzgado de Familia número 3 de Valdeluna",
            "organisation",
        ),
        ("Please give it to 花乃 桐山 at noon.", "花乃 桐山", "person"),
        ("el veintiuno de marzo de dos mil doce fuimos", "el veintiuno de marzo de dos mil doce", "date"),
        ("It ran between 5 May 2006 and 24 October 2008.", "between 5 May 2006 and 24 October 2008", "date"),
        ("three weeks before the birth we moved", "three weeks before the birth", "date"),
        ("murió a la edad de veintidós años", "edad de veintidós años", "age"),
        ("The identifier is V2lubmllIFRoZSBQb29o9Q== (base64).", "V2lubmllIFRoZSBQb29o9Q==", "number"),
    ],
)
def test_names_are_proposed_with_all_that_belongs_to_them(text: str, words: str, kind: str) -> None:
    assert found(text)[words] == kind


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Pilar de la Quintana", "we saw delaquintana there", "delaquintana"),
        ("Pilar de la Cruz", "we saw de la cruz there", "de la cruz"),
        ("Joan Hill", "It was Hill, J. who came.", "Hill, J."),
        ("Joan Okoro", "So J. Okoro came.", "J. Okoro"),
        ("Никола Берестов", "там был никола берестов", "никола берестов"),
        ("Γιώργος Ελαιώνας", "εκεί ο ΓΙΏΡΓΟΣ ΕΛΑΙΏΝΑΣ ήταν", "ΓΙΏΡΓΟΣ ΕΛΑΙΏΝΑΣ"),
        ("שרה כרמלי", "and שרה כרמלי came", "שרה כרמלי"),
    ],
)
def test_a_listed_name_is_found_joined_turned_and_in_every_alphabet(name: str, text: str, words: str) -> None:
    assert found(text, name)[words] == "person"


def test_small_de_la_and_a_word_of_every_day_name_nobody_where_others_have_capitals() -> None:
    assert found("Then Ana spoke of the sign de la cruz.", "Pilar de la Cruz").get("de la cruz") is None


def test_an_owner_keeps_an_identity_of_their_own() -> None:
    assert found("He waited in Okoro's office.", "Dana Okoro") == {"Okoro's": "person"}


def test_where_the_study_is_points_at_nobody() -> None:
    assert found("In the United States nobody asks. En Estados Unidos tampoco.") == {}


def test_initials_do_not_make_words_of_every_day_names() -> None:
    text = "It is about S.A. and how, as he said, it went."
    assert [text[each.start : each.end] for each in propose(text)] == ["S.A."]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_country_is_found_under_its_name(language: str) -> None:
    names = [name for code, name in Locale(language).territories.items() if len(code) == 2 and name in country_names()]
    assert len(names) > 200
    texts = {f"so in {name}": name for name in names}
    assert {name for text, name in texts.items() if name not in found(text)} == {TOO_MANY_LIVE_THERE[language]}
