"""What reading a file noted in English, in the reader's language.

The words come from the vocabulary of the importers, which the community side knows nothing of.
"""

from collections.abc import Callable

from ia_workbench.corpus import NOTE_FACTS, NOTE_SENTENCES
from ia_workbench.web.ready_words import NOTES, said_again
from ia_workbench.web.translating import catalogue, language


def note_words(note: str) -> str:
    """Return a note on reading a file in the reader's language."""
    return note_again(note, catalogue(language()).gettext)


def note_again(note: str, translate: Callable[[str], str]) -> str:
    """Return a note on reading a file as another language says it."""
    return said_again(note, (*NOTES, *NOTE_SENTENCES), translate, NOTE_FACTS)
