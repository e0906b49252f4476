"""Zips made to harm or to mislead, each built byte by byte from what it claims."""

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable

from tests.support.word_files import OFFICE_RELATION, document_xml, paragraph, relations, word_file, zipped

TALK = b"INTERVIEWER: When?\nP: At noon.\n"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = OFFICE_RELATION.rpartition("/")[0]


def archive(files: dict[str, bytes]) -> bytes:
    """A plain zip of these files."""
    return zipped(dict(files))


def patched(content: bytes, *, flags: int | None = None, method: int | None = None, size: int | None = None) -> bytes:
    """A zip of one entry whose two headers claim other flags, another method or another unpacked size."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.index(mark) + at
        if flags is not None:
            changed[start : start + 2] = struct.pack("<H", flags)
        if method is not None:
            changed[start + 2 : start + 4] = struct.pack("<H", method)
        if size is not None:
            changed[start + 16 : start + 20] = struct.pack("<I", size)
    return bytes(changed)


def with_entry(name: str, content: bytes = TALK, *, mode: int = 0, system: int = 3, raw: bytes | None = None) -> bytes:
    """A zip of one entry of that mode; `raw` puts those bytes, as many as the name has, in place of its name."""
    out = io.BytesIO()
    entry = zipfile.ZipInfo(name)
    entry.create_system = system
    entry.external_attr = mode << 16
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(entry, content)
    made = out.getvalue()
    return made if raw is None else made.replace(name.encode(), raw)


def link() -> bytes:
    """A zip of one symbolic link to a file of the machine."""
    return with_entry("notes.txt", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)


def pipe() -> bytes:
    """A zip of one named pipe."""
    return with_entry("notes.txt", b"", mode=stat.S_IFIFO | 0o644)


def twice() -> bytes:
    """A zip of two entries of the same name."""
    return archive({"a.txt": TALK, "b.txt": b"P: Other words.\n"}).replace(b"b.txt", b"a.txt")


def overlapping(count: int = 20) -> bytes:
    """A zip whose entries all share the bytes of one, few enough that their sum alone would not show it."""
    once = archive({"0000.txt": random.Random(1).randbytes(50_000)})  # noqa: S311 - bytes that do not shrink
    listed = once.index(b"PK\x01\x02")
    ended = once.index(b"PK\x05\x06")
    entry = once[listed:ended]
    entries = b"".join(entry.replace(b"0000.txt", f"{number:04}.txt".encode()) for number in range(count))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), listed, 0)
    return once[:listed] + entries + end


def bomb(size: int = 20_000_000) -> bytes:
    """A zip of one entry of zeros, a thousandth of its size."""
    return archive({"zeros.txt": b"\0" * size})


def long_claim() -> bytes:
    """A zip that claims by its 64-bit fields that one entry is of many gigabytes."""
    small = with_entry("a.txt")
    listed, ended = small.index(b"PK\x01\x02"), small.index(b"PK\x05\x06")
    entry = bytearray(small[listed:ended])
    extra = struct.pack("<HHQ", 1, 8, 1 << 40)
    entry[24:28] = b"\xff" * 4  # unpacked size: see the 64-bit field
    entry[30:32] = struct.pack("<H", len(extra))
    entry += extra
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), listed, 0)
    return small[:listed] + bytes(entry) + end


def with_descriptor() -> bytes:
    """An honest zip as programs write it that do not know sizes beforehand: they follow the bytes."""

    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.parts: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.parts.append(bytes(data))  # type: ignore[call-overload]
            return len(self.parts[-1])

    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:  # type: ignore[call-overload]
        file.writestr("a.txt", TALK)
        file.writestr("b.txt", TALK * 2)
    return b"".join(out.parts)


def behind_other_bytes() -> bytes:
    """A zip that begins as one and holds, further on, another: which of the two it is depends on who reads it."""
    return with_entry("first.txt")[:60] + archive({"second.txt": TALK})


def related(kind: str, target: str) -> bytes:
    """A Word document with one further relation that leads outside."""
    outside = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    parts = {
        "_rels/.rels": relations("word/document.xml"),
        "word/document.xml": document_xml(paragraph("word")),
        "word/_rels/document.xml.rels": outside,
    }
    return zipped(parts)  # type: ignore[arg-type]


def entities(kind: str) -> bytes:
    """A Word document whose main part declares entities: `laughs` that grow, or a file or an address `outside`."""
    laughs = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
    declared = {
        "laughs": f'<!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]>',
        "quadratic": f'<!DOCTYPE d [<!ENTITY a9 "{"x" * 5_000}">]>',
        "outside": '<!DOCTYPE d [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        "address": '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">',
    }[kind]
    return word_file(paragraph("<w:r><w:t>&a9;</w:t></w:r>"), before=declared)


def deep(levels: int = 100_000) -> bytes:
    """A Word document of elements inside each other, without end."""
    return word_file("<w:p>" * levels + "</w:p>" * levels)


# What is refused, by name: how it is made, and words of the sentence that says why.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (bomb, "unpacks to far more"),
    "overlapping entries": (overlapping, "is damaged or incomplete"),
    "one name twice": (twice, "is damaged or incomplete"),
    "a claim of many gigabytes": (long_claim, "unpacks to far more"),
    "a smaller size than there is": (lambda: patched(with_entry("a.txt"), size=3), "is damaged or incomplete"),
    "a larger size than there is": (lambda: patched(with_entry("a.txt"), size=400), "is damaged or incomplete"),
    "another zip further on": (behind_other_bytes, "is damaged or incomplete"),
    "an unknown method": (lambda: patched(with_entry("a.txt"), method=99), "is damaged or incomplete"),
    "a method that takes any memory": (lambda: patched(with_entry("a.txt"), method=14), "is damaged or incomplete"),
    "a password": (lambda: patched(with_entry("a.txt"), flags=1), "locked by a password"),
    "a path from the root": (lambda: with_entry("/etc/cron.d/a.txt"), "a path that leads out of it"),
    "a path upwards": (lambda: with_entry("a/../../../b.txt"), "a path that leads out of it"),
    "a path upwards by backslashes": (lambda: with_entry("a\\..\\..\\b.txt"), "a path that leads out of it"),
    "a path on a drive": (lambda: with_entry("C:\\a.txt"), "a path that leads out of it"),
    "a path to another machine": (lambda: with_entry("\\\\server\\a.txt"), "a path that leads out of it"),
    "a link": (link, "holds a link or a device"),
    "a pipe": (pipe, "holds a link or a device"),
    "an archive in it": (lambda: archive({"in/more.zip": archive({"a.txt": TALK})}), "another archive, in/more.zip"),
    "an archive by another name": (lambda: archive({"more.txt": archive({"a.txt": TALK})}), "archive, more.txt"),
    "another kind of archive": (lambda: archive({"more.txt": b"7z\xbc\xaf\x27\x1c...."}), "archive, more.txt"),
    "nothing": (lambda: archive({}), "holds no file that can be read"),
    "folders alone": (lambda: archive({"a/": b"", "a/b/": b""}), "holds no file that can be read"),
    "hidden files alone": (lambda: archive({".DS_Store": b"x", "__MACOSX/._a.txt": b"x"}), "no file that can be read"),
    "too many entries": (lambda: archive({f"{number}.txt": b"x" for number in range(2_001)}), "unpacks to far more"),
    "macros": (lambda: archive({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}), "holds macros"),
    "OpenDocument macros": (lambda: archive({"mimetype": b"x", "Basic/Standard/Module1.xml": b"x"}), "holds macros"),
    "a template elsewhere": (lambda: related("attachedTemplate", "https://host/t.dotm"), "brings in content from"),
    "a template on a share": (lambda: related("attachedTemplate", r"\\host\t.dotm"), "brings in content from"),
    "an object elsewhere": (lambda: related("oleObject", "http://host/o"), "brings in content from"),
    "a document elsewhere": (lambda: related("subDocument", "file:///c:/d.docx"), "brings in content from"),
}
