"""Opening a zipped file without being harmed by it: nothing is unpacked to disk, and sizes are judged first."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from itertools import pairwise

from ia_workbench.kernel import Refused, XmlElement, parse_xml

ZIP_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
LARGEST_UNPACKED = 200_000_000  # bytes of all entries together
STEEPEST_RATIO = 100  # unpacked to packed; Word documents reach about 20
MOST_ENTRIES = 2_000
ENCRYPTED_FLAG = 0x1
UTF8_FLAG = 0x800
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the two that documents use; others take any amount of memory
LOCAL = struct.Struct("<4s22xHH")  # what stands before an entry's bytes: mark, length of name, length of extras
DRIVE = re.compile(r"[A-Za-z]:")

# Everything that the standard library raises on bytes that only look like a zip.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)
DAMAGED = "{name} is damaged or incomplete. Open it in the program it comes from, save it again and import that."
LEADS_OUT = "{name} holds a path that leads out of it, which could do harm, and was not read."
MACROS = "{name} holds macros. Save it without them and import it again."

BRINGS_IN = (
    "{name} brings in content from outside of itself, which could do harm. Save a copy without it and import that."
)
FETCHED = {"oleObject", "aFChunk", "subDocument", "frame"}
ON_NETWORK = re.compile(r"(?:https?|ftp|mhtml):|(?:file:)?(?://|\\\\)[^/\\]", re.IGNORECASE)

# Where Office and OpenDocument keep programs. OpenDocument names its libraries even when they are empty.
MACRO_ENTRIES = re.compile(r"(?:.*/)?vbaProject\.bin|Basic/[^/]+/(?!script-l[bc]\.xml)[^/]+|Scripts/.+", re.IGNORECASE)


def is_zip(content: bytes) -> bool:
    """Say whether a file begins as a zip does: an archive, or a document that is one."""
    return content.startswith(ZIP_BEGINNINGS)


class ZippedFile:
    """A zipped file that has passed the checks; its entries are read one at a time, into memory."""

    def __init__(self, name: str, content: bytes) -> None:
        """Open the bytes; raises Refused for what is damaged, locked, made to harm, or unpacks to too much."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self.infos = self._zip.infolist()
            in_order = _is_in_order(self._zip, content)
        except BROKEN:
            raise Refused(DAMAGED, name=name) from None
        self._judge_sizes(len(content))
        if not in_order or any(entry.compress_type not in METHODS for entry in self.infos):
            raise Refused(DAMAGED, name=name)
        if any(leads_out(entry.filename) for entry in self.infos):
            raise Refused(LEADS_OUT, name=name)
        self.entries = frozenset(entry.filename for entry in self.infos)
        if any(MACRO_ENTRIES.fullmatch(entry) for entry in self.entries):
            raise Refused(MACROS, name=name)
        if any(
            _brings_in(relation) for entry in self.entries if entry.endswith(".rels") for relation in self._xml(entry)
        ):
            raise Refused(BRINGS_IN, name=name)

    def _judge_sizes(self, packed: int) -> None:
        unpacked = sum(entry.file_size for entry in self.infos)
        if len(self.infos) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > STEEPEST_RATIO * packed:
            raise Refused("{name} unpacks to far more than a document needs and was not read.", name=self.name)
        if any(entry.flag_bits & ENCRYPTED_FLAG for entry in self.infos):
            raise Refused("{name} is locked by a password. Save it without one and import it again.", name=self.name)

    def _xml(self, entry: str) -> XmlElement:
        return parse_xml(self.read(entry))

    def read(self, entry: str | zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry, as many as it declared; raises Refused when it is absent or damaged."""
        try:
            info = self._zip.getinfo(entry) if isinstance(entry, str) else entry
            content = self._zip.read(info)
        except BROKEN:
            raise Refused(DAMAGED, name=self.name) from None
        if len(content) != info.file_size:
            raise Refused(DAMAGED, name=self.name)
        return content


def _is_in_order(opened: zipfile.ZipFile, content: bytes) -> bool:
    """Whether each entry has bytes of its own and a name of its own, from the first byte of the file on.

    A few bytes that many entries share unpack to any amount; two entries of a name, or a zip behind other bytes, are
    read differently by different programs.
    """
    entries = sorted(opened.infolist(), key=lambda entry: entry.header_offset)
    if not entries:
        return True
    starts = [entry.header_offset for entry in entries] + [opened.start_dir]
    ends = []
    for entry in entries:
        mark, name, extra = LOCAL.unpack_from(content, entry.header_offset)
        if mark != ZIP_BEGINNINGS[0]:
            return False
        ends.append(entry.header_offset + LOCAL.size + name + extra + entry.compress_size)
    has_own_bytes = starts[0] == 0 and all(end <= start for end, start in zip(ends, starts[1:], strict=True))
    names = sorted(entry.filename for entry in entries)
    return has_own_bytes and all(left != right for left, right in pairwise(names))


def _brings_in(relation: XmlElement) -> bool:
    """Whether a relation of an Office package has a program fetch content from elsewhere when it opens the file.

    Ordinary links stay with whoever follows them. Most documents name their template on a disk; one on a network is how
    programs are smuggled in.
    """
    if relation.get("TargetMode") != "External":
        return False
    kind = str(relation.get("Type")).rpartition("/")[2]
    target = str(relation.get("Target"))
    return kind in FETCHED or (kind == "attachedTemplate" and ON_NETWORK.match(target) is not None)


def leads_out(path: str) -> bool:
    """Say whether a path inside a file would lead out of the folder it is unpacked to, on any system."""
    parts = path.replace("\\", "/").split("/")
    return parts[0] == "" or ".." in parts or DRIVE.match(path) is not None
