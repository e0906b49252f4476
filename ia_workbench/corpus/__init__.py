"""Sources and their revisions."""

from ia_workbench.corpus.models import CaseCluster, Participant, PendingImport, Revision, Source, SourceFile, Turn
from ia_workbench.corpus.rules import (
    FAMILY_STANDPOINTS,
    STANDPOINTS,
    ConsentScope,
    RevisionKind,
    SourceKind,
)

__all__ = [
    "FAMILY_STANDPOINTS",
    "STANDPOINTS",
    "CaseCluster",
    "ConsentScope",
    "Participant",
    "PendingImport",
    "Revision",
    "RevisionKind",
    "Source",
    "SourceFile",
    "SourceKind",
    "Turn",
]
