"""Deciding by content what a file is, and having it read."""

import hashlib
from pathlib import PurePosixPath

from ia_workbench.corpus.importers.bounds import refuse_exceeding
from ia_workbench.corpus.importers.formats import ENDINGS, FORMATS, LISTED, Format
from ia_workbench.corpus.importers.names import plain_name
from ia_workbench.corpus.importers.packing import ZippedFile
from ia_workbench.corpus.importers.things import in_order, notes_of
from ia_workbench.corpus.importers.values import LARGEST_FILE, ReadFile
from ia_workbench.kernel import Refused

# What the first bytes of a file that is no transcript give away.
FOREIGN_BEGINNINGS = {
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
OTHER_KIND = "{name} is of a kind that cannot be read. Save it as one of these and import it again: {endings}."
NO_WORDS = "{name} holds no words."
ASIDE_ONLY = (
    "{name} holds words only where reading leaves them out, as in page headers, footers and comments. "
    "Move them into its text and import it again."
)
FOREIGN = "{name} is {what}. Bring its words as one of these and import them: {endings}."
FIRST_ENTRY = 200  # bytes in which the first entry of a zip has its name and the beginning of its content
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps a file locked by a password


def read_here(name: str, content: bytes) -> ReadFile:
    """Read a file in this very process: what `read_file` has a child do. See there for what it gives and refuses."""
    called = plain_name(name)
    ending = PurePosixPath(called).suffix.lower()
    _refuse_unreadable(called, ending, content)
    form = _format_of(called, ending, content)
    read = form.read(called, content)
    if not read.text.strip():
        raise Refused(ASIDE_ONLY if any(each.words.strip() for each in read.changes) else NO_WORDS, name=called)
    notes = (*read.notes, *notes_of(read.changes))
    if ending not in form.endings:
        what = form.called
        notes = (f"The file is named {ending} but is {what}, and was read as one.", *notes)
    file = ReadFile(
        name=called,
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
    refuse_exceeding(file)
    return file


def _format_of(name: str, ending: str, content: bytes) -> Format:
    """The format by what the content begins with, else by the ending among those that are plain text."""
    likely = [form for form in FORMATS if form.beginnings and content.startswith(form.beginnings)]
    if likely:  # zipped formats are told apart by an entry of theirs or how the file begins, else by the ending
        entries = ZippedFile(name, content).entries if any(form.entry for form in likely) else frozenset()
        held = [form for form in likely if form.entry and _is_held(form.entry, entries, content)]
        return next(iter(held or [form for form in likely if ending in form.endings] or likely))
    for form in FORMATS:
        if ending in form.endings and not form.beginnings:
            return form
    called = next(form.called for form in FORMATS if ending in form.endings)
    raise Refused(
        "{name} is not {what}, or it is damaged. Save it again as {ending}.", name=name, what=called, ending=ending
    )


def _is_held(entry: str, entries: frozenset[str], content: bytes) -> bool:
    """Whether the zip itself lists an entry, or begins with it; a file inside the zip may list the same."""
    return entry in entries or entry.encode() in content[:FIRST_ENTRY]


def _refuse_unreadable(name: str, ending: str, content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise Refused("{name} is larger than 50 MB. Split it into smaller files.", name=name)
    if not content:
        raise Refused("{name} is empty.", name=name)
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED in content:
            raise Refused("{name} is locked by a password. Save it without one and import it again.", name=name)
        raise Refused("{name} is in an old Office format. Save it as .docx or .xlsx and import it again.", name=name)
    if ending not in ENDINGS:
        raise Refused(OTHER_KIND, name=name, endings=LISTED)
    for beginning, what in FOREIGN_BEGINNINGS.items():
        if content.startswith(beginning):
            raise Refused(FOREIGN, name=name, what=what, endings=LISTED)
