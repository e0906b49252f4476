"""Words as the XML of office files takes them: what no such file may hold is told from what it may."""

import re
from html import escape

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 has no way to write
INSTEAD = "\ufffd"


def xml_words(words: str) -> str:
    """Return words fit for XML; a character that XML cannot hold becomes the sign for one that is missing."""
    if not words.isprintable():  # what is printable can be written: most words are, and asking is quick
        words = UNWRITABLE.sub(INSTEAD, words)
    return escape(words, quote=False)
