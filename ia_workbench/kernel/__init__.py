"""The ground every room stands on: errors, time, identifiers, text spans, the one XML parser and the one YAML reader.

Nothing here knows a database, a page or the domain.
"""

from ia_workbench.kernel.clock import Clock, iso_utc, parse_iso_utc, utc_now
from ia_workbench.kernel.errors import Conflict, NotAllowed, NotFound, Refused
from ia_workbench.kernel.fields import Fields
from ia_workbench.kernel.identifiers import format_key, new_guid, slug_of
from ia_workbench.kernel.spans import (
    Span,
    digest_of,
    normalise_text,
)
from ia_workbench.kernel.xml import XmlElement, parse_xml
from ia_workbench.kernel.yaml import line_in_yaml, parse_yaml, write_yaml

__all__ = [
    "Clock",
    "Conflict",
    "Fields",
    "NotAllowed",
    "NotFound",
    "Refused",
    "Span",
    "XmlElement",
    "digest_of",
    "format_key",
    "iso_utc",
    "line_in_yaml",
    "new_guid",
    "normalise_text",
    "parse_iso_utc",
    "parse_xml",
    "parse_yaml",
    "slug_of",
    "utc_now",
    "write_yaml",
]
