"""The one XML parser: no document types, no damage."""

import pytest

from ia_workbench.kernel import Refused, parse_xml

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
