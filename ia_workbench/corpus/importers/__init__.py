"""Reading the files that people bring, in a process of their own: judged by their content and never trusted."""

from ia_workbench.corpus.importers.archives import is_hidden
from ia_workbench.corpus.importers.bounds import is_too_long
from ia_workbench.corpus.importers.conversion import unpacked
from ia_workbench.corpus.importers.formats import ENDINGS, LISTED
from ia_workbench.corpus.importers.recognising import read_file
from ia_workbench.corpus.importers.things import NOTE_FACTS, NOTE_SENTENCES
from ia_workbench.corpus.importers.values import (
    LARGEST_FILE,
    Anchor,
    AnchorKind,
    Change,
    ReadFile,
    Respondent,
    Treatment,
    Unpacked,
)

__all__ = [
    "ENDINGS",
    "LARGEST_FILE",
    "LISTED",
    "NOTE_FACTS",
    "NOTE_SENTENCES",
    "Anchor",
    "AnchorKind",
    "Change",
    "ReadFile",
    "Respondent",
    "Treatment",
    "Unpacked",
    "is_hidden",
    "is_too_long",
    "read_file",
    "unpacked",
]
