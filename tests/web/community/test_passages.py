"""Evidence as one reader sees it."""

from dataclasses import replace

from ia_workbench.publication import Said, Words
from ia_workbench.web.community.passages import passage_of, quotes_of, speakers_of, title_of
from tests.support.packages import (
    FORM,
    PARENT_QUOTE,
    RECORD,
    SPANISH_QUOTE,
    STRIP,
    VISIT_CENTER,
    WORKER,
    package_content,
)


def test_words_in_the_readers_language_are_shown_as_they_were_said() -> None:
    passage = passage_of(SPANISH_QUOTE, "es")
    assert passage.said == Said(SPANISH_QUOTE.words, "es")
    assert passage.original is None


def test_translated_words_keep_the_original_beside_them() -> None:
    passage = passage_of(SPANISH_QUOTE, "en")
    assert passage.said == Said("They gave me two times and both were during my shift.", "en")
    assert passage.original == Said(SPANISH_QUOTE.words, "es")


def test_words_without_a_translation_are_shown_as_they_were_said() -> None:
    passage = passage_of(replace(PARENT_QUOTE, translation=Words()), "es")
    assert (passage.said, passage.original) == (Said(PARENT_QUOTE.words, "en"), None)


def test_a_paraphrase_is_no_quote_and_what_only_counts_has_no_words() -> None:
    told, counted = passage_of(RECORD, "es"), passage_of(WORKER, "en")
    assert (told.is_quote, told.said) == (False, Said("El expediente anota visitas sin motivo.", "es"))
    assert (counted.is_quote, counted.said) == (False, None)


def test_a_form_is_no_person() -> None:
    assert passage_of(PARENT_QUOTE, "en").is_person
    assert not passage_of(FORM, "en").is_person


def test_the_familys_words_come_first_and_contrary_ones_stand_elsewhere() -> None:
    content = package_content(evidence=(FORM, SPANISH_QUOTE, PARENT_QUOTE, VISIT_CENTER))
    assert [each.key for each in quotes_of(content, "en")] == ["E-0001", "E-0003", "E-0002"]
    assert [each.key for each in quotes_of(package_content(evidence=(FORM,)), "en")] == ["E-0003"]


def test_each_speaker_is_named_once() -> None:
    labels = [each.text for each in speakers_of(package_content(), "en")]
    assert labels == ["A parent", "The visit request form", "A case record", "A worker"]


def test_a_step_without_plain_words_keeps_its_title() -> None:
    content = package_content()
    assert title_of(STRIP[1], "es", content) == Said("Pedido de visita", "es")
    assert title_of(replace(STRIP[1], plain=Words()), "es", content) == Said("Family time", "en")
