"""An address is one: house, street, flat, town, region, code and country, on one line or several, of any country."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.privacy import IdentifierClass, propose

# Invented streets and towns, each in the order of its country.
WHOLE = (
    "12 Larkmoor Street, Apt. 4B, Donnville, OH 44123",
    "7 rue des Tisserins\n69007 Orvelle\nFrance",
    "Amselgrund 14, 50999 Hollenbeck, Germany",
    "Calle de los Alfareros 23, 3º, 28099 Valdeluna, Spain",
    "Rua das Amoreiras 310\nApt. 12\nSão Velho\nPortugal",
    "Via dei Cordai 9\nMontefalso, TV\n31099",
    "ul. Borowikowa 44\nStarodrzew\n, MZ\nPoland 05999",
    "Kastanjelaan 88 Suite 3\nOudveen\nNetherlands",
    "Grenvegen 5, 9799 Skogvik, Norway",
    "Harjutie 31\nKOIVULA\n, UU\n51799",
    "Gombos utca 17.\nApt. 2\nKisréti\nHungary 4099",
    "Οδός Ελαιώνα 12\nΛΕΥΚΑΔΙ\nGreece 20199",
    "Unit 4411 Box 0032\nDPO AE 09799",
    "P.O. Box 4410\nDonnville, OH 44123",
)


def only(text: str) -> list[tuple[str, str]]:
    """The words proposed in a text, with their class."""
    return [(text[each.start : each.end], each.identifier_class.value) for each in propose(text)]


@pytest.mark.parametrize("address", WHOLE)
def test_an_address_of_any_country_is_one_proposal_over_all_its_lines(address: str) -> None:
    text = f"You can write to me at {address}\n\nWhat happened then?"
    assert only(text) == [(address.rstrip("."), "address")] or only(text) == [(address, "address")]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Meet me at the corner of Larkmoor Street and 12 Ashvale Road.",
            "the corner of Larkmoor Street and 12 Ashvale Road",
        ),
        ("I stay in Apt. 604 DONNVILLE OH, since May.", "Apt. 604 DONNVILLE OH"),
        ("> 44 Rue Tisserin\n> Suite 9\n> Orvelle\n> Chad", "44 Rue Tisserin\n> Suite 9\n> Orvelle\n> Chad"),
        ("write to Postfach 7712, please", "Postfach 7712"),
        ("he stays at 19 talvik 1268\n apt. 013\n", "19 talvik 1268\n apt. 013"),
    ],
)
def test_pieces_that_stand_beside_an_address_belong_to_it(text: str, whole: str) -> None:
    assert (whole, "address") in [(words.rstrip("."), kind) for words, kind in only(text)]


def test_the_number_of_a_house_goes_with_a_name_that_only_capitals_show() -> None:
    assert only("We moved into Estrelwood 57 last spring.")[0] == ("Estrelwood 57", "place")
    assert only("We moved into Estrelwood 57 years ago.")[0][0] != "Estrelwood 57"


@pytest.mark.parametrize(
    "text",
    [
        "She was placed on any day from 8 to 12 with us.",
        "The placement changed and I waited 45 min for the bus.",
        "We went by the route they gave us, 3 times a week.",
        "Estuvo en la calle por largo tiempo, 5 veces.",
        "They offered us 2 visits, and 4 hours of class.",
        "I have 3 kids and 12 cousins at home and I work nights.",
    ],
)
def test_numbers_in_talk_make_no_address(text: str) -> None:
    assert "address" not in {kind for _words, kind in only(text)}


@given(st.sampled_from(WHOLE), st.text("ab \n,.12éΩ", max_size=12), st.text("ab \n,.12éΩ", max_size=12))
@settings(max_examples=120, deadline=None)
def test_whatever_stands_around_it_places_of_an_address_are_those_of_the_text(
    address: str, before: str, after: str
) -> None:
    text = f"{before}\n\n{address}\n\n{after}"
    proposals = propose(text)
    for each in proposals:
        assert 0 <= each.start < each.end <= len(text)
        assert not text[each.start].isspace()
        assert not text[each.end - 1].isspace()
    at = len(before) + 2
    masked = {place for each in proposals for place in range(each.start, each.end)}
    house = next(place for place, letter in enumerate(address) if letter.isdigit())
    assert at + house in masked
    assert IdentifierClass.ADDRESS in {each.identifier_class for each in proposals}


@pytest.mark.parametrize(
    "unit", ["Apt 4, ", "12 Elm, ", "12 Elm\n", "rue A 1 ", "Aa Bb ", "12, ", "A\n, ", "OH 44123\n"]
)
def test_addresses_without_end_take_time_in_proportion(unit: str) -> None:
    times = []
    for length in (3_000, 12_000):
        began = process_time()
        propose(unit * (length // len(unit)))
        times.append(process_time() - began)
    assert times[1] < 9 * times[0] + 1
