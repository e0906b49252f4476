"""Taking RTF apart into tokens, and the code pages that its bytes are written in."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n\x00]+)"
)
BINARY = b"bin"  # what follows this word is data, as many bytes as its number says

# \fcharset of a font, as the specification lists it
CHARSETS = {
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
ANSI, SYMBOL = 0, 2
WESTERN = "cp1252"
PAGES = {"ansi": WESTERN, "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
NUMBERED_PAGES = {10000: "mac-roman", 936: "gb18030", 65001: "utf-8"}


@dataclass(frozen=True)
class Token:
    """One token: a control word with its number, a sign after a backslash, a brace, or bytes of text."""

    kind: str  # word, sign, brace, hex or text
    value: bytes
    number: int | None = None


def tokens_of(content: bytes) -> Iterator[Token]:
    """Yield the tokens in order. Line ends between them mean nothing, nor does what cannot be a token."""
    position = 0
    while found := TOKEN.search(content, position):
        position = found.end()
        kind = str(found.lastgroup) if found.lastgroup != "number" else "word"
        number = int(found["number"]) if found["number"] else None
        if found["word"] == BINARY:
            position += max(number or 0, 0)
        yield Token(kind, bytes.fromhex(found["hex"].decode()) if kind == "hex" else found[kind], number)


def page_numbered(number: int) -> str:
    """Return the code page of `\\ansicpg`, the Western one when there is none of that number."""
    name = NUMBERED_PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return WESTERN
    return name


def decoded(data: bytes, pages: tuple[str, ...]) -> str:
    """Decode bytes by the first code page that can; where none can, the marks for it stand in the words."""
    for page in pages:
        try:
            return data.decode(page)
        except UnicodeDecodeError:
            continue
    return data.decode(pages[0], errors="replace")
