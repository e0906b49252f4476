"""The materials people brought: sources, the files they came as, and their text by revision and turn.

A file is read (`read_file`), its turns are found (`find_turns`), and it is taken in (`import_source`, or
`propose_import` and `accept_import` where a person looks first). From then on its text never changes: a correction
would be a further revision. Whoever quotes asks `words_at`; whoever displays asks `text_of` and `turns_of`. A withdrawn
source gives no words to anyone.
"""

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.importers import LARGEST_FILE, ReadFile, read_file
from ia_workbench.corpus.lines import LINE_WIDTH, line_at
from ia_workbench.corpus.manifest import RecordRow, read_records, write_records
from ia_workbench.corpus.models import CaseCluster, Participant, PendingImport, Revision, Source, SourceFile, Turn
from ia_workbench.corpus.operations import (
    accept_import,
    discard_import,
    import_source,
    propose_import,
    withdraw_source,
)
from ia_workbench.corpus.queries import (
    case_clusters,
    file_of,
    newest_revision,
    newest_revision_at,
    offices_of,
    participants,
    pending_import,
    pending_imports,
    record_of,
    revision_numbered,
    same_content,
    source_keyed,
    sources,
    text_of,
    turn_at,
    turns_by_source,
    turns_of,
    words_at,
)
from ia_workbench.corpus.records import SourceRecord, read_record
from ia_workbench.corpus.register import check_standpoint, standpoints_of
from ia_workbench.corpus.rules import (
    FAMILY_STANDPOINTS,
    STANDPOINTS,
    ConsentScope,
    RevisionKind,
    SourceKind,
)
from ia_workbench.corpus.turns import FoundTurn, FoundTurns, find_turns

__all__ = [
    "FAMILY_STANDPOINTS",
    "LARGEST_FILE",
    "LINE_WIDTH",
    "STANDPOINTS",
    "CaseCluster",
    "ConsentScope",
    "Convention",
    "FoundTurn",
    "FoundTurns",
    "Participant",
    "PendingImport",
    "ReadFile",
    "RecordRow",
    "Revision",
    "RevisionKind",
    "Source",
    "SourceFile",
    "SourceKind",
    "SourceRecord",
    "Turn",
    "accept_import",
    "check_standpoint",
    "case_clusters",
    "discard_import",
    "file_of",
    "find_turns",
    "import_source",
    "line_at",
    "newest_revision",
    "newest_revision_at",
    "offices_of",
    "participants",
    "pending_import",
    "pending_imports",
    "propose_import",
    "read_file",
    "read_record",
    "read_records",
    "record_of",
    "revision_numbered",
    "same_content",
    "source_keyed",
    "sources",
    "standpoints_of",
    "text_of",
    "turn_at",
    "turns_by_source",
    "turns_of",
    "withdraw_source",
    "words_at",
    "write_records",
]
