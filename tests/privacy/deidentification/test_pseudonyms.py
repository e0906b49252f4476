"""One invented name for one person everywhere, in the form in which the person's own stands."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.kernel import Refused
from ia_workbench.privacy import IdentifierClass, InventedName, generalised, in_form_of, invented_name, words_taken
from ia_workbench.privacy.deidentification.everyday import NEVER_ALONE, WITH_A_CAPITAL
from ia_workbench.privacy.deidentification.invented_names import FIRST, LAST
from ia_workbench.privacy.deidentification.spelling import FoldedText

REED = InventedName("Rowan", "Barlow")
NAMES = ("Nkechi Okoro", "Ms. Okoro")


@pytest.mark.parametrize(
    ("words", "names", "told"),
    [
        ("Nkechi", NAMES, "Rowan"),
        ("Okoro", NAMES, "Barlow"),
        ("Ms. Okoro's", NAMES, "Ms. Barlow's"),
        ("NKECHI OKORO", NAMES, "ROWAN BARLOW"),
        ("nkechi", NAMES, "rowan"),
        ("Okoro, Nkechi", NAMES, "Barlow, Rowan"),
        ("N. Okoro", NAMES, "R. Barlow"),
        ("N.O.", NAMES, "R.B."),
        ("Okorro", NAMES, "Barlow"),
        ("Bob", ("Robert Flores",), "Rowan"),
        ("Lupita Ramirez", ("Guadalupe Ramírez Soto",), "Rowan Barlow"),
        ("Ramírez-Soto", ("Guadalupe Ramírez Soto",), "Barlow"),
        ("O’Malley’s", ("Siobhan O'Malley",), "Barlow’s"),
        ("María de la Cruz", ("María de la Cruz",), "Rowan Barlow"),
        ("Okoro", ("Okoro",), "Barlow"),
        ("Joy", ("Joy",), "Rowan"),
    ],
)
def test_an_invented_name_stands_in_the_form_of_the_own(words: str, names: tuple[str, ...], told: str) -> None:
    assert in_form_of(words, names, REED) == told


def test_a_person_is_called_the_same_in_every_source_and_no_two_alike() -> None:
    used: list[InventedName] = []
    for number in range(80):
        name = invented_name(f"P-{number}", seed="a study", used=used)
        assert name == invented_name(f"P-{number}", seed="a study", used=list(reversed(used)))
        used.append(name)
    assert all({a.first, a.last}.isdisjoint({b.first, b.last}) for a, b in combinations(used, 2))
    other = [invented_name(f"P-{number}", seed="another study") for number in range(8)]
    assert other != [invented_name(f"P-{number}", seed="a study") for number in range(8)]


@given(st.sets(st.sampled_from([*FIRST["en", ""], *LAST["en"]]), max_size=120), st.text(max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_name_is_chosen_that_stands_in_a_text_of_the_study(words: set[str], identity: str) -> None:
    taken = words_taken([" ".join(word.upper() for word in words)], ["José"])
    try:
        chosen = invented_name(identity, seed="s", taken=taken)
    except Refused:
        assert {FoldedText(each).folded for each in FIRST["en", ""]} <= taken
        return
    assert {chosen.first.lower(), chosen.last.lower()}.isdisjoint(taken)
    assert "jose" in taken


def test_relatives_keep_one_last_name_and_the_language_its_own_names() -> None:
    mother = invented_name("P-1", seed="s", gender="f", language="es")
    child = invented_name("P-2", seed="s", language="es", used=[mother], family=mother)
    assert mother.first in FIRST["es", "f"]
    assert mother.last == child.last in LAST["es"]
    assert mother.first != child.first


def test_when_every_name_is_used_a_person_is_asked_to_write_one() -> None:
    everything = words_taken([" ".join(FIRST["en", ""])])
    with pytest.raises(Refused, match="Write a name"):
        invented_name("P-1", seed="s", taken=everything)


def test_no_invented_name_is_a_word_of_every_day_or_given_twice() -> None:
    firsts = [FoldedText(each).folded for names in FIRST.values() for each in names]
    lasts = [FoldedText(each).folded for each in LAST["en"]]
    assert not {*firsts, *lasts} & (NEVER_ALONE | WITH_A_CAPITAL)
    assert len(set(lasts)) == len(lasts) > 150
    assert len(FIRST["en", ""]) == len(set(FIRST["en", ""])) > 80


@pytest.mark.parametrize(
    ("words", "kind", "rule", "english", "spanish"),
    [
        ("Lincoln Elementary", IdentifierClass.ORGANISATION, "", "an elementary school", "una escuela primaria"),
        ("Harvest Packing", IdentifierClass.ORGANISATION, "", "a packing plant", "una empacadora"),
        (
            "Cedar County Family Services",
            IdentifierClass.ORGANISATION,
            "",
            "the county office",
            "la oficina del condado",
        ),
        ("Red Willow Band of Ojibwe", IdentifierClass.ORGANISATION, "", "a tribe", "una tribu"),
        ("the 18 bus", IdentifierClass.PLACE, "", "a bus route", "una ruta de autobús"),
        ("March 3rd", IdentifierClass.DATE, "", "in early spring", "a principios de la primavera"),
        ("2023-11-30", IdentifierClass.DATE, "", "in the fall", "en el otoño"),
        ("Tuesday the 4th", IdentifierClass.DATE, "", "on a weekday", "un día de semana"),
        ("seven", IdentifierClass.AGE, "", "a young child", "una criatura pequeña"),
        ("11 months old", IdentifierClass.AGE, "", "an infant", "un bebé"),
        ("91 years old", IdentifierClass.AGE, "", "an older adult", "una persona mayor"),
        ("24-JV-0611", IdentifierClass.NUMBER, "number of a case", "[case number]", "[número de caso]"),
        ("555-0131", IdentifierClass.CONTACT, "telephone", "[telephone number]", "[número de teléfono]"),
        ("Joy", IdentifierClass.PERSON, "", "", ""),
    ],
)
def test_other_words_give_way_to_general_ones_in_both_languages(
    words: str, kind: IdentifierClass, rule: str, english: str, spanish: str
) -> None:
    assert generalised(words, kind, rule=rule) == english
    assert generalised(words, kind, rule=rule, language="es") == spanish


@pytest.mark.parametrize(
    ("words", "instead"),
    [("thirty-one", "an adult"), ("31", "an adult"), ("three", "a toddler"), ("seventeen", "a teenager")],
)
def test_an_age_in_words_is_told_as_one_in_digits(words: str, instead: str) -> None:
    assert generalised(words, IdentifierClass.AGE) == instead
