"""Reading the files that people bring: Word documents and plain text, judged by their content and never trusted."""

from ia_workbench.corpus.importers.reading import read_file
from ia_workbench.corpus.importers.things import NOTE_FACTS, NOTE_SENTENCES
from ia_workbench.corpus.importers.values import (
    LARGEST_FILE,
    Anchor,
    AnchorKind,
    Change,
    ReadFile,
    Respondent,
    Treatment,
)

__all__ = [
    "LARGEST_FILE",
    "NOTE_FACTS",
    "NOTE_SENTENCES",
    "Anchor",
    "AnchorKind",
    "Change",
    "ReadFile",
    "Respondent",
    "Treatment",
    "read_file",
]
