"""The file around a brief: properties that name nobody, and the same bytes for the same package."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from ia_workbench.briefs.tokens import xml_safe
from ia_workbench.publication import PackageContent

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip file can hold
NOBODY = ""
# What Word adds of its own: the program, the company, the people, a thumbnail of the template, a site's own properties.
UNWANTED = (
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
)


def describe(document: Any, content: PackageContent, *, title: str) -> None:
    """Set a document's properties: title, language and subject; no author, and no date of its own making."""
    properties = document.core_properties
    properties.title, properties.subject = xml_safe(title), xml_safe(content.title)
    properties.language = content.language
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = NOBODY
    properties.category = properties.content_status = properties.identifier = properties.version = NOBODY
    properties.revision = 1
    properties.created = properties.modified = datetime(*LONG_AGO, tzinfo=UTC)
    for owner in (document.part, document.part.package):
        for key, relationship in list(owner.rels.items()):
            if relationship.reltype in UNWANTED:
                del owner.rels[key]


def packed(document: Any) -> bytes:
    """Return a document as bytes that depend on its content alone: fixed order, fixed moments."""
    raw, packed_again = BytesIO(), BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed_again, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the default differs between systems
            target.writestr(entry, source.read(name))
    return packed_again.getvalue()
