"""What words are coded with: the codes of a study, their published versions, and its levers.

A code is named everywhere by its path, the keys from the top joined by `/` (`family-time/missed`). Importing a codebook
updates by path and never removes a code: this room cannot see what was coded with it. A published version is kept as it
stood. Levers are reference data of the study, editable like the codes.
"""

from ia_workbench.codebook.file_format import codebook_from, read_codebook, read_levers, write_codebook, write_levers
from ia_workbench.codebook.models import Code, Codebook, CodebookVersion, Lever, LeverSet
from ia_workbench.codebook.operations import (
    ImportedCodebook,
    ImportedLevers,
    add_code,
    import_codebook,
    import_levers,
    publish_codebook,
)
from ia_workbench.codebook.queries import (
    at_or_below,
    code_at,
    codebook_file,
    codes,
    lever_file,
    levers,
    versions,
)
from ia_workbench.codebook.rules import CodebookFile, CodeEntry, LeverEntry, LeverFile

__all__ = [
    "Code",
    "CodeEntry",
    "Codebook",
    "CodebookFile",
    "CodebookVersion",
    "ImportedCodebook",
    "ImportedLevers",
    "Lever",
    "LeverEntry",
    "LeverFile",
    "LeverSet",
    "add_code",
    "at_or_below",
    "code_at",
    "codebook_file",
    "codebook_from",
    "codes",
    "import_codebook",
    "import_levers",
    "lever_file",
    "levers",
    "publish_codebook",
    "read_codebook",
    "read_levers",
    "versions",
    "write_codebook",
    "write_levers",
]
