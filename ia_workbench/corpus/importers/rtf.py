"""Reading RTF: every word that a reader of the document sees, in order, however its groups are nested.

A group can be a destination of its own (a footnote, a picture, the table of fonts), whose words are gathered and go
where they belong when it closes. There is no recursion: the groups that are open stand in a list.
"""

from dataclasses import replace

from ia_workbench.corpus.importers.asides import Comment
from ia_workbench.corpus.importers.rtf_lines import UNREADABLE, Gathered, RtfLines, State
from ia_workbench.corpus.importers.rtf_tokens import (
    ANSI,
    CHARSETS,
    PAGES,
    SYMBOL,
    WESTERN,
    Token,
    decoded,
    page_numbered,
    tokens_of,
)
from ia_workbench.corpus.importers.rtf_words import (
    AUTHORED_BY,
    CHARACTERS,
    GATHERED,
    MARKS,
    PROPERTIES,
    SIGNS,
    SKIPPED,
    TRANSPARENT,
)
from ia_workbench.corpus.importers.values import Read
from ia_workbench.kernel import Refused

DEEPEST = 10_000  # open groups; real documents have some twenty
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
PICTURE_FONTS = range(0xF000, 0xF100)
BELOW = {"footnote", "endnote", "text box"}
MARGINS = {"page header", "page footer"}
TOLD_HERE = {
    "pict": "picture",
    "object": "embedded object",
    "list number or mark": "list number or mark",
}
GONE = ("tracked deletion", "passage where it was moved from")
DESCRIPTIONS = {"wzDescription", "wzName"}


def read(name: str, content: bytes) -> Read:
    """Read an RTF document.

    One line a paragraph and one a table row, its cells divided by tabs; text boxes, footnotes and endnotes below the
    paragraph they belong to; no line end at the end. Raises Refused when groups are nested beyond reason.
    """
    walk = RtfWalk(name)
    for token in tokens_of(content):
        walk.take(token)
    return walk.end()


class RtfWalk:
    """One walk over the tokens of a document."""

    def __init__(self, name: str) -> None:
        """Begin at the document's beginning."""
        self._name, self._lines = name, RtfLines()
        self._body = Gathered("")
        self._state, self._open = State(self._body), list[State]()
        self._bytes, self._to_skip, self._high = bytearray(), 0, 0
        self._page, self._fonts, self._font = WESTERN, dict[int, int](), 0
        self._authors, self._author, self._described, self._property = list[str](), "", "", ""
        self._is_starred = False

    def take(self, token: Token) -> None:
        """Take the next token."""
        if self._to_skip and self._is_skipped(token):
            return
        if token.kind in {"text", "hex"}:
            if not self._state.into or self._state.into.kind == "pict":
                return  # the bytes of a picture are as many as all others
            self._bytes += token.value[self._to_skip :] if token.kind == "text" else token.value
            self._to_skip = 0
            return
        self._flush()
        self._to_skip = 0
        if token.kind == "brace":
            self._open_group() if token.value == b"{" else self._close_group()
        elif token.kind == "sign":
            self._sign(token.value)
        else:
            self._word(token.value.decode("ascii"), token.number)

    def end(self) -> Read:
        """Return what was read, once all tokens are taken."""
        self._flush()
        while self._open:
            self._close_group()
        self._lines.tell_deleted()
        self._lines.write_below()
        return self._lines.text.read(stripped="\n")

    def _is_skipped(self, token: Token) -> bool:
        """Whether a token stands in for a character of Unicode that was read already, as a whole."""
        if token.kind == "brace" or (token.kind == "text" and len(token.value) > self._to_skip):
            return False
        self._to_skip -= len(token.value) if token.kind == "text" else 1
        return True

    def _open_group(self) -> None:
        if len(self._open) >= DEEPEST:
            raise Refused("{name} is nested far deeper than a document needs and was not read.", name=self._name)
        self._open.append(self._state)
        self._is_starred = False

    def _close_group(self) -> None:
        self._is_starred = False
        if not self._open:
            return
        closed, self._state = self._state.into, self._open.pop()
        if closed is not None and closed is not self._state.into:
            self._finish(closed)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._is_starred = True
        elif sign in b"\r\n":
            self._paragraph_end()
        else:
            self._say(SIGNS.get(sign, ""))

    def _word(self, word: str, number: int | None) -> None:
        starred, self._is_starred = self._is_starred, False
        if self._state.into is None:
            return
        if (
            word == "ud" and self._is_in("upr") and len(self._open) > 1
        ):  # the same words once more, in Unicode, for whom can read it
            self._state = replace(self._state, into=self._open[-2].into)
        elif word in GATHERED:
            self._gather(word)
        elif word in SKIPPED or (starred and word not in TRANSPARENT) or (word[:1] == "m" and word.endswith("Pr")):
            self._state = replace(self._state, into=None)
        elif word in CHARACTERS:
            self._say(CHARACTERS[word])
        elif word in MARKS:
            self._mark(word, number)
        elif word == "u":
            self._unicode((number or 0) % 0x10000)
        elif word in PROPERTIES:
            self._property_word(word, number or 0)
        else:
            self._layout(word)

    def _gather(self, word: str) -> None:
        kind = GATHERED[word]
        if kind == "pict":
            self._described = ""
        self._state = replace(self._state, into=Gathered(kind), marks=frozenset())

    def _mark(self, word: str, number: int | None) -> None:
        mark = MARKS[word]
        marks = self._state.marks - {mark} if number == 0 else self._state.marks | {mark}
        self._state = replace(self._state, marks=marks)

    def _property_word(self, word: str, number: int) -> None:
        """Words that say how the following bytes are written, or by whom."""
        if word == "f" and self._is_in("fonttbl"):
            self._font = number
        elif word == "f":
            self._state = replace(self._state, font=number)
        elif word == "fcharset":
            self._fonts[self._font] = number
        elif word == "uc":
            self._state = replace(self._state, skip=max(0, min(number, 100)))
        elif word in PAGES:
            self._page = PAGES[word]
        elif word == "ansicpg":
            self._page = page_numbered(number)
        elif word == "ftnalt" and self._state.into is not None:
            self._state.into.kind = "endnote"
        elif word == "fftype" and number == 1:  # a box to tick, which is no text
            self._note("form field")
        else:
            authors = dict(self._state.authors) | {word: number}
            self._state = replace(self._state, authors=tuple(authors.items()))

    def _layout(self, word: str) -> None:
        if word in {"par", "sect"}:
            self._paragraph_end(only_if_words=word == "sect")
        elif word in {"cell", "nestcell", "nestrow"}:
            self._cell_end(is_nested=word != "cell")
        elif word == "row":
            if self._state.into is self._body:
                self._lines.row_end()
        elif word in {"page", "column"}:
            self._lines.page_break()
        elif word == "plain":
            self._state = replace(self._state, marks=self._state.marks - {"hidden passage"}, font=-1)
        elif word in {"pard", "intbl"}:
            self._state = replace(self._state, in_table=word == "intbl")

    def _flush(self) -> None:
        """Decode the bytes that gathered up by the font they are written in."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        charset = self._fonts.get(self._state.font, 1)
        if charset == SYMBOL and self._state.into is self._body:
            self._tell_symbol(data.decode("latin-1"))
        else:
            page = WESTERN if charset == ANSI else CHARSETS.get(charset, self._page)
            self._say(decoded(data, (page, self._page, WESTERN)))

    def _unicode(self, code: int) -> None:
        self._to_skip = self._state.skip
        if code in HIGH:
            self._high = code
        elif code in LOW:
            self._say(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00) if self._high else UNREADABLE)
            self._high = 0
        elif code in PICTURE_FONTS:
            self._tell_symbol(chr(code))
        else:
            self._say(chr(code))

    def _tell_symbol(self, words: str) -> None:
        if self._state.into is self._body and words.strip():
            self._note("symbol of a picture font", words)

    def _say(self, words: str) -> None:
        """Add words to what is open. What was deleted is gathered to be told."""
        into = self._state.into
        if into is None or not words:
            return
        gone = next((each for each in GONE if each in self._state.marks), "")
        if gone:
            self._lines.delete(gone, words, self._by(gone))
        elif into is not self._body:
            into.parts.append(words)
        else:
            self._lines.say(words, {mark: self._by(mark) for mark in self._state.marks})

    def _by(self, mark: str) -> str:
        number = dict(self._state.authors).get(AUTHORED_BY.get(mark, ""), -1)
        return self._authors[number] if 0 <= number < len(self._authors) else ""

    def _paragraph_end(self, *, only_if_words: bool = False) -> None:
        if self._state.into is not self._body or self._state.marks.intersection(GONE):
            self._say("\n")
        else:
            self._lines.paragraph_end(in_table=self._state.in_table, only_if_words=only_if_words)

    def _cell_end(self, *, is_nested: bool) -> None:
        if self._state.into is self._body:
            self._lines.cell_end(is_nested=is_nested)
        else:
            self._say("\t")

    def _is_in(self, kind: str) -> bool:
        return self._state.into is not None and self._state.into.kind == kind

    def _finish(self, closed: Gathered) -> None:
        """Put the words of a destination where they belong."""
        words, kind = closed.words, closed.kind
        if kind in BELOW:
            self._lines.below += [closed] if words else []
        elif kind in TOLD_HERE:
            self._note(TOLD_HERE[kind], words if kind != "pict" else self._described)
        elif kind in MARGINS and words:
            self._lines.text.note(kind, words=words)
        elif kind == "fldinst":
            self._finish_field(words)
        elif kind == "revtbl":
            self._authors = words.split(";")
        elif kind == "sn":
            self._property = words
        elif kind == "sv" and self._property in DESCRIPTIONS:
            self._described = self._described or words
        else:
            self._finish_comment(closed, words)

    def _finish_field(self, code: str) -> None:
        """Tell of a file that a field would bring in."""
        command, _, rest = code.partition(" ")
        if command.upper() in {"INCLUDEPICTURE", "INCLUDETEXT", "LINK", "IMPORT"}:
            self._note("linked file", rest.strip())

    def _finish_comment(self, closed: Gathered, words: str) -> None:
        """Take in what is said of a comment before and within it, and tell of it at its end."""
        ranges, place = self._lines.ranges, self._lines.text.place
        if closed.kind == "atrfstart":
            ranges.opening.append(words)
        elif closed.kind == "atrfend":
            ranges.close(words, place)
        elif closed.kind == "atnauthor":
            self._author = words
        elif closed.kind == "atnref" and self._state.into is not None:
            self._state.into.key = words
        elif closed.kind == "annotation":
            ranges.tell(self._lines.text, closed.key, Comment(words, self._author))

    def _note(self, what: str, words: str = "") -> None:
        self._lines.text.note(what, self._lines.text.place, words=words)
