"""Which characters a stored text may hold."""

import re
import unicodedata

from ia_workbench.kernel.spans import normalise_text

BREAKS = re.compile("[\x0b\x0c]")  # what word processors put for a line end inside a paragraph, or for a new page
# No text needs these, and XML or one of the databases cannot hold them. The others of Unicode's control characters can
# stand in a source, so that whoever quotes it must be able to type them.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """Return typed text as it may be stored: NFC, line ends as `\\n`, without characters that no store can hold."""
    return normalise_text(UNSTORABLE.sub("", BREAKS.sub("\n", text)))


def is_storable(text: str) -> bool:
    """Say whether every character of a text can be stored. It may still not be normal: `storable` makes it so."""
    return UNSTORABLE.search(text) is None


def has_words(text: str) -> bool:
    """Say whether a reader would see anything: a letter, a digit or a sign, not mere space."""
    return any(unicodedata.category(each)[0] in "LNPS" for each in text)
