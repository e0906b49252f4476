"""Unpacking an archive of sources: a plain zip, judged as strictly as a document that is one."""

import stat
import zipfile
from contextlib import suppress
from pathlib import PurePosixPath

from ia_workbench.corpus.importers.packing import UTF8_FLAG, ZippedFile, is_zip
from ia_workbench.corpus.importers.values import Unpacked
from ia_workbench.kernel import Refused

# An entry of these tells a document: Office packages have the first, OpenDocument and books the second.
PACKAGE_ENTRIES = {"[Content_Types].xml", "mimetype", "_rels/.rels", "word/document.xml"}
ARCHIVE_ENDINGS = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"}
ARCHIVE_BEGINNINGS = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx"}
PASSED_OVER = "Passed over {path}: hidden files and files of the system are not read."
EMPTY = "Passed over {path}: the folder is empty."
NOTHING = "{name} holds no file that can be read."
LINKS = "{name} holds a link or a device instead of a file, which could do harm, and was not read."
NESTED = "{name} holds another archive, {inner}. Unpack that one and import what is in it."


def unpack_here(name: str, content: bytes) -> Unpacked | None:
    """Unpack an archive in this very process; None for a zip that is a document. See `unpacked`."""
    zipped = ZippedFile(name, content)
    if PACKAGE_ENTRIES & zipped.entries:
        return None
    files: list[tuple[str, bytes]] = []
    notes: dict[str, None] = {}  # each once, in order
    for entry in sorted(zipped.infos, key=path_of):
        path = path_of(entry)
        _refuse_link(name, entry)
        if hidden := _hidden_part(path):
            notes[PASSED_OVER.format(path=hidden)] = None
        elif not entry.is_dir():
            files.append((path, _content(zipped, entry, path)))
        elif not any(path_of(other).startswith(path) for other in zipped.infos if other is not entry):
            notes[EMPTY.format(path=path)] = None
    if not files:
        raise Refused(NOTHING, name=name)
    return Unpacked(tuple(files), tuple(notes))


def path_of(entry: zipfile.ZipInfo) -> str:
    """Return an entry's path with `/` between folders; an old archiver's UTF-8 is recognised though not declared."""
    path = entry.filename
    if not entry.flag_bits & UTF8_FLAG:
        with suppress(UnicodeError):
            path = path.encode("cp437").decode("utf-8")
    return "".join(character for character in path.replace("\\", "/") if character.isprintable())


def is_hidden(path: str) -> bool:
    """Say whether a path is of the system's own making: a dot before a name, `__MACOSX`, `Thumbs.db`."""
    return any(part.startswith(".") or part.lower() in SYSTEM_FILES for part in path.split("/"))


def _hidden_part(path: str) -> str | None:
    """The path up to its first hidden part: what is hidden with its folder is told once."""
    parts = path.split("/")
    return next(("/".join(parts[: at + 1]) for at, part in enumerate(parts) if is_hidden(part)), None)


def _refuse_link(name: str, entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Refused(LINKS, name=name)


def _content(zipped: ZippedFile, entry: zipfile.ZipInfo, path: str) -> bytes:
    content = zipped.read(entry)
    if PurePosixPath(path).suffix.lower() in ARCHIVE_ENDINGS or content.startswith(ARCHIVE_BEGINNINGS):
        raise Refused(NESTED, name=zipped.name, inner=path)
    if is_zip(content) and _is_archive(path, content):
        raise Refused(NESTED, name=zipped.name, inner=path)
    return content


def _is_archive(path: str, content: bytes) -> bool:
    """Whether a zip inside is no document. One that cannot be opened is left to its reader, who refuses it alone."""
    try:
        return not PACKAGE_ENTRIES & ZippedFile(path, content).entries
    except Refused:
        return False
