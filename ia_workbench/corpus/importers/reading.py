"""Deciding by content what a file is, and having it read."""

from ia_workbench.corpus.importers.values import ReadFile


def read_file(name: str, content: bytes) -> ReadFile:
    """Read a .docx, .txt or .md file into its stored text.

    Returns the text with notes on everything that was left out or changed. Raises Refused, in one plain sentence, for
    any other type, an empty file or one without words, a file over 50 MB, and one that is damaged or protected.
    """
    raise NotImplementedError
