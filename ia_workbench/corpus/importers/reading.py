"""Deciding by content what a file is, and having it read."""

import hashlib
from pathlib import PurePosixPath

from ia_workbench.corpus.importers.formats import ENDINGS, FORMATS, Format
from ia_workbench.corpus.importers.things import in_order, notes_of
from ia_workbench.corpus.importers.values import LARGEST_FILE, ReadFile
from ia_workbench.kernel import Refused

LONGEST_NAME = 200  # characters; every file system in use takes as many

# What the first bytes of a file that is no transcript give away.
FOREIGN_BEGINNINGS = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"ID3": "a sound recording",
    b"RIFF": "a recording",
    b"OggS": "a recording",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3\0": "a database",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps a file locked by a password


def read_file(name: str, content: bytes) -> ReadFile:
    """Read a .docx, .txt or .md file into its stored text.

    Returns the text with notes on everything that was left out or changed. Raises Refused, in one plain sentence, for
    any other type, an empty file or one without words, a file over 50 MB, and one that is damaged or protected.
    """
    plain_name = _plain_name(name)
    ending = PurePosixPath(plain_name).suffix.lower()
    _refuse_unreadable(plain_name, ending, content)
    form = _format_of(plain_name, ending, content)
    read = form.read(plain_name, content)
    if not read.text.strip():
        raise Refused("{name} holds no words.", name=plain_name)
    notes = (*read.notes, *notes_of(read.changes))
    if ending not in form.endings:
        what = form.called
        notes = (f"The file is named {ending} but is {what}, and was read as one.", *notes)
    return ReadFile(
        name=plain_name,
        text=read.text,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        notes=notes,
        format=form.name,
        changes=in_order(read.changes),
        anchors=read.anchors,
        respondents=read.respondents,
        convention=read.convention,
    )


def _format_of(name: str, ending: str, content: bytes) -> Format:
    """The format by what the content begins with, else by the ending among those that are plain text."""
    likely = [form for form in FORMATS if form.beginnings and content.startswith(form.beginnings)]
    if likely:  # formats of one beginning are told apart by an entry that the zip lists by name, else by the ending
        held = [form for form in likely if form.entry and form.entry.encode() in content]
        return next(iter(held or [form for form in likely if ending in form.endings] or likely))
    for form in FORMATS:
        if ending in form.endings and not form.beginnings:
            return form
    called = next(form.called for form in FORMATS if ending in form.endings)
    raise Refused(
        "{name} is not {what}, or it is damaged. Save it again as {ending}.", name=name, what=called, ending=ending
    )


def _plain_name(name: str) -> str:
    """The file's name without the folders before it and without characters that no name should have."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable()).strip()[-LONGEST_NAME:] or "The file"


def _refuse_unreadable(name: str, ending: str, content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise Refused("{name} is larger than 50 MB. Split it into smaller files.", name=name)
    if not content:
        raise Refused("{name} is empty.", name=name)
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED in content:
            raise Refused("{name} is locked by a password. Save it without one and import it again.", name=name)
        raise Refused("{name} is in an old Office format. Save it as .docx and import it again.", name=name)
    if ending not in ENDINGS:
        raise Refused("{name} cannot be read: save it as .docx, .txt or .md and import it again.", name=name)
    for beginning, what in FOREIGN_BEGINNINGS.items():
        if content.startswith(beginning):
            raise Refused("{name} is {what}. Save it as .docx, .txt or .md and import it again.", name=name, what=what)
