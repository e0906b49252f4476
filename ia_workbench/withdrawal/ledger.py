"""The ledger of withdrawals: one line of JSON a withdrawal, in a file of the home and in neither store.

A backup that is older than a withdrawal would bring back what was taken out; the ledger says that it was. A line holds
identifiers, digests and counts, and never a reason, a name or a word of anyone. It is written, and safe on the disk,
before the store acknowledges, so that a machine that stops in between finds here what is still to be done.
"""

import json
import os
import sys
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ia_workbench.corpus import WithdrawalOutcome
from ia_workbench.kernel import Refused, Span

if sys.platform != "win32":
    import fcntl

VERSION = 1
FOR_ITS_OWNER = 0o600
AS_BYTES = getattr(os, "O_BINARY", 0)  # Windows would write line ends of its own
SOURCE, PARTICIPANT, SHARE, BACKUP = "source", "participant", "share", "backup"
OF_A_SHARE = ("participant", "participant_key", "places", "language")
BROKEN = "Line {line} of {name} cannot be read. It says what was withdrawn: put back a copy of it that is whole."
NEWER = "{name} was written by a newer program. Use that one."


@dataclass(frozen=True)
class LedgerEntry:
    """One withdrawal: of what (`kind`, by its GUID), how far, when (ISO 8601) and by whom.

    `sha256` is of the bytes of a source's file, `study` the key of its study, by which files that come again are known.
    `counts` say how many rows of which kind were taken out.

    A `share` is what one participant said in the source that it names: `participant` and `participant_key` say who, and
    `places` where their turns stand in each raw text of it, by the text's SHA-256, in code points. So a copy of the
    source that does not know their label loses the same turns. `language` is the one of the words put in their place.
    """

    at: str
    outcome: WithdrawalOutcome
    study: str
    study_guid: uuid.UUID
    kind: str
    guid: uuid.UUID
    key: str
    by: str
    sha256: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    participant: uuid.UUID | None = None
    participant_key: str | None = None
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    language: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON has it."""
        written = {name: str(value) if name.endswith("guid") else value for name, value in asdict(self).items()}
        if self.kind == SHARE:
            spans = {digest: [[each.start, each.end] for each in here] for digest, here in self.places.items()}
            written |= {"participant": str(self.participant), "places": spans}
        else:
            written = {name: value for name, value in written.items() if name not in OF_A_SHARE}
        return {"version": VERSION} | written | {"outcome": self.outcome.value, "counts": dict(self.counts)}


class Ledger:
    """The file of a home. Lines are added and never changed; a line that was cut off by a crash does not count."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[dict[str, Any]]:
        """Return what stands in it, oldest first; none where there is no file. Raises Refused for a line that is
        damaged or of a newer program.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return []
        whole = content[: _whole_length(content)].decode("utf-8", "replace").splitlines()
        return [_read(line, number, self.path.name) for number, line in enumerate(whole, start=1)]

    def withdrawals(self) -> list[LedgerEntry]:
        """Return the withdrawals, oldest first."""
        return [_entry(each, self.path.name) for each in self.lines() if each["kind"] in (SOURCE, PARTICIPANT, SHARE)]

    def backups(self) -> list[str]:
        """Return when backups were made that are known here, oldest first."""
        return [str(each["at"]) for each in self.lines() if each["kind"] == BACKUP]

    def append(self, entries: Iterable[LedgerEntry]) -> None:
        """Add withdrawals, all or none, and return when they are on the disk. Raises OSError when they cannot be."""
        self._write([each.to_json() for each in entries])

    def note_backup(self, at: str) -> None:
        """Note that a backup was made, and when: it still holds what is withdrawn later."""
        self._write([{"version": VERSION, "kind": BACKUP, "at": at}])

    def take_in(self, other: "Ledger") -> int:
        """Add what another ledger says and this one does not; its own lines stay. Returns how many were added."""
        known = self.lines()
        new = [each for each in other.lines() if each not in known]
        self._write(new)
        return len(new)

    def _write(self, lines: list[dict[str, Any]]) -> None:
        if not lines:
            return
        is_new = not self.path.exists()
        text = "".join(json.dumps(each, sort_keys=True, separators=(",", ":")) + "\n" for each in lines).encode()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | AS_BYTES, FOR_ITS_OWNER)
        try:
            _keep_others_out(handle)
            content = _content_of(handle)
            end = _whole_length(content)
            os.ftruncate(handle, end)  # a line that was cut off was never acknowledged
            os.lseek(handle, end, os.SEEK_SET)
            is_ended = not end or content[end - 1 : end] == b"\n"
            _write_all(handle, text if is_ended else b"\n" + text, end)
        finally:
            os.close(handle)
        if is_new:
            _sync_folder(self.path.parent)


def _keep_others_out(handle: int) -> None:
    """Wait for the file until the handle is closed. On Windows the lock of the store that is being written must do."""
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX)


def _content_of(handle: int) -> bytes:
    content = b""
    while piece := os.read(handle, 1 << 20):
        content += piece
    return content


def _whole_length(content: bytes) -> int:
    """How many bytes are whole lines. The last may lack its end, as editors leave it: what was cut off is no JSON."""
    last = content.rfind(b"\n") + 1
    try:
        is_whole = isinstance(json.loads(content[last:]), dict)
    except ValueError:
        is_whole = False
    return len(content) if is_whole else last


def _write_all(handle: int, text: bytes, end: int) -> None:
    written = 0
    try:
        while written < len(text):
            written += os.write(handle, text[written:])
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, end)
        raise


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a folder cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(line: str, number: int, name: str) -> dict[str, Any]:
    try:
        read = json.loads(line)
        version, _kind, _at = int(read["version"]), str(read["kind"]), str(read["at"])
    except (ValueError, TypeError, KeyError):
        raise Refused(BROKEN, line=number, name=name) from None
    if version > VERSION:
        raise Refused(NEWER, name=name)
    content: dict[str, Any] = read
    return content


def _entry(read: dict[str, Any], name: str) -> LedgerEntry:
    try:
        given = {each: value for each, value in read.items() if each != "version"}
        guids = {"guid": uuid.UUID(read["guid"]), "study_guid": uuid.UUID(read["study_guid"])}
        if read["kind"] == SHARE:
            guids |= {"participant": uuid.UUID(read["participant"])}
            given["places"] = {digest: tuple(Span(*each) for each in here) for digest, here in read["places"].items()}
        return LedgerEntry(**(given | guids | {"outcome": WithdrawalOutcome(read["outcome"])}))
    except (ValueError, TypeError, KeyError, AttributeError, Refused):
        raise Refused(BROKEN, line=read.get("key", "?"), name=name) from None
