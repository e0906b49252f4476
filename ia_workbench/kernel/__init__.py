"""The ground every room stands on: errors, time, identifiers, spans and where they go, the XML and the YAML reader.

Nothing here knows a database, a page or the domain.
"""

from ia_workbench.kernel.cells import harmless_cell, raw_cell
from ia_workbench.kernel.characters import has_words, is_storable, storable
from ia_workbench.kernel.clock import Clock, iso_utc, parse_day, parse_iso_utc, utc_now
from ia_workbench.kernel.errors import Conflict, NotAllowed, NotFound, Refused, about
from ia_workbench.kernel.fields import Fields
from ia_workbench.kernel.files import LARGEST_FILE, read_bytes, read_text
from ia_workbench.kernel.identifiers import first_twice, format_key, is_key, is_numbered_key, new_guid, slug_of
from ia_workbench.kernel.reanchoring import (
    Edit,
    MovedSpan,
    SpanOutcome,
    composed,
    edits_between,
    map_offset,
    moved_span,
)
from ia_workbench.kernel.spans import (
    Span,
    digest_of,
    normalise_text,
)
from ia_workbench.kernel.xml import XmlElement, parse_xml
from ia_workbench.kernel.yaml import given, parse_yaml, write_yaml

__all__ = [
    "Clock",
    "Conflict",
    "Edit",
    "Fields",
    "LARGEST_FILE",
    "MovedSpan",
    "NotAllowed",
    "NotFound",
    "Refused",
    "Span",
    "SpanOutcome",
    "XmlElement",
    "about",
    "composed",
    "digest_of",
    "edits_between",
    "first_twice",
    "format_key",
    "given",
    "harmless_cell",
    "has_words",
    "is_key",
    "is_numbered_key",
    "is_storable",
    "map_offset",
    "moved_span",
    "iso_utc",
    "new_guid",
    "normalise_text",
    "parse_day",
    "parse_iso_utc",
    "parse_xml",
    "parse_yaml",
    "raw_cell",
    "read_bytes",
    "read_text",
    "slug_of",
    "storable",
    "utc_now",
    "write_yaml",
]
