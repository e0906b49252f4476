"""Opening a zipped file without being harmed by it: nothing is unpacked to disk, and sizes are judged first."""

import io
import lzma
import struct
import zipfile
import zlib

from ia_workbench.kernel import Refused

LARGEST_UNPACKED = 200_000_000  # bytes of all entries together
STEEPEST_RATIO = 100  # unpacked to packed; Word documents reach about 20
MOST_ENTRIES = 2_000
ENCRYPTED_FLAG = 0x1

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
DAMAGED = "{name} is damaged or incomplete. Open it in Word, save it again and import that."


class ZippedFile:
    """A zipped file that has passed the size checks; its entries are read one at a time, into memory."""

    def __init__(self, name: str, content: bytes) -> None:
        """Open the bytes; raises Refused for a file that is damaged, protected, or unpacks to too much."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except BROKEN:
            raise Refused(DAMAGED, name=name) from None
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > STEEPEST_RATIO * len(content):
            raise Refused("{name} unpacks to far more than a document needs and was not read.", name=name)
        if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
            raise Refused("{name} is locked by a password. Save it without one and import it again.", name=name)
        self.entries = frozenset(entry.filename for entry in entries)

    def read(self, entry: str) -> bytes:
        """Return the bytes of an entry, never more than it declared; raises Refused when it is absent or damaged."""
        try:
            return self._zip.read(entry)
        except BROKEN:
            raise Refused(DAMAGED, name=self.name) from None
