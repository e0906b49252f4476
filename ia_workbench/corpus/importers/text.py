"""Reading plain text and Markdown: which encoding, and whether it is text at all."""

import codecs

from charset_normalizer import from_bytes

from ia_workbench.corpus.importers.stored import UNWRITABLE, StoredText
from ia_workbench.corpus.importers.things import notes_of
from ia_workbench.corpus.importers.values import Read
from ia_workbench.kernel import Refused

# UTF-32 first: its mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = "{name} is not a text file, or it is damaged. Save it again in the program it comes from and import that."
MOST_UNWRITABLE = 0.01  # share of characters; a real text has a stray one at most
WESTERN = "cp1252"
SAMPLE = 200_000  # bytes enough to recognise an encoding by


def read(name: str, content: bytes) -> Read:
    """Read a text file; raises Refused when it is not text."""
    words, notes = characters_of(name, content)
    text = StoredText()
    text.add(words)
    return text.read(notes)


def decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode the bytes of any format that is text. Returns stored text and notes; raises Refused when it is no text.

    For formats whose text is taken apart afterwards, so that places in it say nothing.
    """
    found = read(name, content)
    return found.text, (*found.notes, *notes_of(found.changes))


def characters_of(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode bytes. Returns characters as they stand and what to tell; raises Refused when they are no text."""
    words, notes = _decoded(name, content)
    return require_text(name, words), notes


def require_text(name: str, words: str) -> str:
    """Return characters that are a text's; raises Refused when too many of them are none that a text needs."""
    unwritable = len(UNWRITABLE.findall(words))
    if "\0" in words or unwritable > MOST_UNWRITABLE * len(words):
        raise Refused(BINARY, name=name)
    return words


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode by byte-order mark, then as strict UTF-8, then by a guess that the notes tell of."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(name, content, encoding), ()
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if b"\0" in content:
        raise Refused(BINARY, name=name)
    guess = _likeliest_encoding(_telling_lines(content))
    if guess is None:
        raise Refused(BINARY, name=name)
    note = f"The file is not in UTF-8; it was read as {guess}. Check its accented letters."
    return _strictly(name, content, guess), (note,)


def _likeliest_encoding(sample: bytes) -> str | None:
    """The encoding that makes most sense of a sample; where several make as much, the Western one of Windows."""
    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        return None
    as_good = {each.encoding for each in matches if (each.chaos, each.coherence) == (best.chaos, best.coherence)}
    return WESTERN if WESTERN in as_good else best.encoding


def _telling_lines(content: bytes) -> bytes:
    """The lines that tell one encoding from another, whole, up to the size of a sample."""
    telling = b"\n".join(line for line in content.split(b"\n") if not line.isascii())
    return telling if len(telling) <= SAMPLE else telling[:SAMPLE].rpartition(b"\n")[0] or telling[:SAMPLE]


def _strictly(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(
            "{name} is not readable as {encoding}. Save it as UTF-8 and import it again.", name=name, encoding=encoding
        ) from None
