"""Errors, time, identifiers and the one XML parser."""

from datetime import UTC, datetime

import pytest

from ia_workbench.kernel import (
    Conflict,
    NotAllowed,
    NotFound,
    Refused,
    format_key,
    iso_utc,
    parse_iso_utc,
    parse_xml,
    slug_of,
    utc_now,
)


def test_a_refusal_fills_its_facts_only_when_it_is_shown() -> None:
    refusal = Refused("There is no code {path} here.", path="a/{b}")
    assert str(refusal) == "There is no code a/{b} here."
    assert refusal.sentence == "There is no code {path} here."


def test_a_refusal_without_facts_may_hold_braces() -> None:
    assert str(Refused("Braces { stay.")) == "Braces { stay."


def test_each_refusal_has_its_own_status() -> None:
    assert [kind("x").status for kind in (Refused, NotFound, NotAllowed, Conflict)] == [422, 404, 403, 409]


def test_moments_are_written_in_utc_and_read_back() -> None:
    moment = datetime(2026, 3, 2, 14, 28, tzinfo=UTC)
    assert iso_utc(moment) == "2026-03-02T14:28:00Z"
    assert parse_iso_utc("2026-03-02T14:28:00Z") == parse_iso_utc("2026-03-02T16:28:00+02:00") == moment
    assert parse_iso_utc("2026-03-02T14:28:00") == moment
    assert utc_now().microsecond == 0


def test_keys_and_slugs() -> None:
    assert format_key("INT", 14, 3) == "INT-014"
    assert slug_of("Families’ own means, Añejo") == "families-own-means-anejo"
    assert slug_of("???") == "code"


ENTITY_BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize("data", [ENTITY_BOMB, EXTERNAL, b"<!DOCTYPE a><a/>"])
def test_xml_with_a_document_type_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="document type"):
        parse_xml(data)


def test_damaged_xml_is_refused_and_whole_xml_is_read() -> None:
    with pytest.raises(Refused, match="damaged"):
        parse_xml(b"<a><b></a>")
    assert parse_xml(b"<a><b/></a>").tag == "a"
