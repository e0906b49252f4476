"""The source register's record of one source, and what makes it well formed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from ia_workbench.corpus.rules import ConsentScope, SourceKind


@dataclass(frozen=True)
class SourceRecord:
    """What the source register says of one source. Keys are those of the study; `key` None asks for the next one.

    `consent` is the narrowest scope unless someone says otherwise. `convention` is set only when a person chose how the
    turns are written. An empty `title` becomes the kind and the key.
    """

    kind: SourceKind
    standpoint: str
    key: str | None = None
    title: str = ""
    subkind: str | None = None
    worker_role: str | None = None
    participants: tuple[str, ...] = ()
    case: str | None = None
    office: str | None = None
    agency: str | None = None
    collectors: tuple[str, ...] = ()
    date: datetime.date | None = None
    language: str = "en"
    consent: ConsentScope = ConsentScope.ANALYSIS_ONLY
    text_id: str | None = None
    event_id: str | None = None
    nodes: tuple[str, ...] = ()
    convention: str | None = None


def read_record(fields: Mapping[str, str]) -> SourceRecord:
    """Read a record from named texts, as a row of `sources.csv` or a form gives them.

    Blank fields count as not given; several participants, collectors or nodes are joined by `;`. Raises Refused naming
    the field for an unknown kind, consent scope or field, a malformed key, date or language.
    """
    raise NotImplementedError
