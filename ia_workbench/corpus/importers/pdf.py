"""Reading a PDF that has text: paragraphs in reading order, pages as anchors, all that is no text told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ia_workbench.corpus.importers import pdf_lines
from ia_workbench.corpus.importers.pdf_hyphens import AROUND, BREAK, Hyphens
from ia_workbench.corpus.importers.pdf_margins import counts_in, margins_of
from ia_workbench.corpus.importers.pdf_pages import UNREAD, Page, PdfFile, PdfLine, opened
from ia_workbench.corpus.importers.stored import StoredText
from ia_workbench.corpus.importers.values import AnchorKind, Read, Treatment
from ia_workbench.kernel import Refused

SCANNED = "{name} holds pictures of pages and no text. Have its text recognised (OCR) and import that."
NO_LETTERS = (
    "{name} is written in fonts that do not say which letters they show. "
    "Ask for the document it was made from, or have its text recognised (OCR) and import that."
)
SHORTEST_REPEATED = 40  # characters of a line that no two people say by chance around a page break
FEWEST_LETTERS = 25  # a page, on average; captions of pictures have as many
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "▪", "\uf076": "•", "\uf0d8": "‣", "\uf02d": "–"}
PRIVATE = "\ue000-\uf8ff"
SOFT_HYPHEN = "\u00ad"
ODD = re.compile(f"([{''.join(LIGATURES)}{PRIVATE}{UNREAD}{SOFT_HYPHEN}{BREAK}])")


def read(name: str, content: bytes) -> Read:
    """Read a PDF. Raises Refused for one that is locked or damaged, has no text, or none that says its letters."""
    found = opened(name, content)
    _refuse_unreadable(name, found)
    return _Reading(found).read()


def letters_on(page: Page) -> int:
    """Count the letters and digits of a page."""
    return sum(character.isalnum() for line in page.lines for character in line.words)


def _refuse_unreadable(name: str, found: PdfFile) -> None:
    letters = sum(map(letters_on, found.pages))
    unread = sum(page.unread for page in found.pages)
    private = sum("\ue000" <= each <= "\uf8ff" for page in found.pages for line in page.lines for each in line.words)
    if unread + private > letters:
        raise Refused(NO_LETTERS, name=name)
    pictured = sum(page.pictures > 0 for page in found.pages)
    is_drawn = any(not page.is_blank for page in found.pages)
    has_few = letters < FEWEST_LETTERS * len(found.pages)
    if (letters == 0 and is_drawn) or (has_few and 2 * pictured >= len(found.pages)):
        raise Refused(SCANNED, name=name)


class _Reading:
    """A PDF on its way into a text."""

    def __init__(self, found: PdfFile) -> None:
        self._found = found
        self._text = StoredText()
        self._repeated: dict[int, str] = {}  # by the number of the page that begins with it
        self._hyphens = Hyphens(line.words for page in found.pages for line in page.lines)

    def read(self) -> Read:
        """Set the lines of all pages as paragraphs, page by page."""
        pages = self._without_counts()
        margins = margins_of(pages)
        left_out = {place for places in margins.values() for place in places}
        kept = [
            (number, line)
            for number, page in enumerate(pages)
            for index, line in enumerate(page.lines)
            if (number, index) not in left_out
        ]
        kept = self._without_repeated(kept)
        ends = pdf_lines.breaks_between([line for _, line in kept])
        self._set(kept, ends)
        for words, places in margins.items():
            self._text.note("page header or footer line", words=_told(words, len(places)))
        for attached in self._found.attachments:
            self._text.note("attachment", words=attached)
        return self._text.read()

    def _without_counts(self) -> list[Page]:
        """The pages without the numbers that count lines or paragraphs beside the text; each run of them is told."""
        pages = []
        for page, counted in zip(self._found.pages, counts_in(self._found.pages), strict=True):
            for run in counted:
                first, last = page.lines[run.start].words, page.lines[run.stop - 1].words
                self._text.note("count in the margin", words=f"{first}–{last}")
            gone = {index for run in counted for index in run}
            pages.append(replace(page, lines=tuple(x for index, x in enumerate(page.lines) if index not in gone)))
        return pages

    def _without_repeated(self, kept: Sequence[tuple[int, PdfLine]]) -> list[tuple[int, PdfLine]]:
        """The lines without those that end a page and begin the next again, as pages cut out of a web page do."""
        again = {
            place
            for place, ((before, last), (number, first)) in enumerate(pairwise(kept), start=1)
            if number == before + 1 and first.words == last.words and len(first.words) >= SHORTEST_REPEATED
        }
        self._repeated = {kept[place][0]: kept[place][1].words for place in again}
        return [each for place, each in enumerate(kept) if place not in again]

    def _set(self, kept: Sequence[tuple[int, PdfLine]], ends: Sequence[bool]) -> None:
        by_page = {number: [line for each, line in kept if each == number] for number in {each for each, _ in kept}}
        glue = ["", *("\n" if is_end else " " for is_end in ends)]
        position = 0
        for number, page in enumerate(self._found.pages):
            lines = by_page.get(number, [])
            places: list[int] = []
            for index, line in enumerate(lines):
                self._text.add(_glue(glue[position], self._text))
                if index == 0:
                    self._begin(number, page)
                places.append(self._text.place)
                self._add(line.words)
                position += 1
            if not lines:
                self._begin(number, page)
            self._tell(page, lines, places)

    def _begin(self, number: int, page: Page) -> None:
        self._text.anchor(AnchorKind.PAGE, page.label)
        if number in self._repeated:
            self._text.note("line repeated on the next page", self._text.place, words=self._repeated[number])

    def _add(self, words: str) -> None:
        """Add a line's words. What stands for letters without being them becomes letters, or is told."""
        rest = 0
        for match in ODD.finditer(words):
            self._text.add(words[rest : match.start()])
            rest = match.end()
            self._add_odd(words, match.start())
        self._text.add(words[rest:])

    def _add_odd(self, words: str, at: int) -> None:
        odd, place = words[at], self._text.place
        if odd in (BREAK, SOFT_HYPHEN):
            self._add_hyphen(words, at)
        elif odd in LIGATURES:
            self._text.add(LIGATURES[odd])
            self._text.note("ligature", place, self._text.place, words=odd)
        elif odd in BULLETS:
            self._text.add(BULLETS[odd])
            self._text.note("symbol of a picture font", place, place + 1, treatment=Treatment.CHANGED)
        else:
            self._text.add(UNREAD)
            self._text.note("character that cannot be read", place, place + 1)

    def _add_hyphen(self, words: str, at: int) -> None:
        """Keep a hyphen at a line end, or join the parts of the word; either is told, since the file does not say."""
        around = next((each for each in AROUND.finditer(words) if each.end(1) == at), None)
        place = self._text.place
        if around is None:  # a soft hyphen, which says itself that it is none
            self._text.note("hyphen at a line end", place)
        elif self._hyphens.belongs(around[1], around[2]):
            self._text.add("-")
            self._text.note("hyphen at a line end", place, place + 1, treatment=Treatment.KEPT)
        else:
            self._text.note("hyphen at a line end", place, words=f"{around[1]}-{around[2]}")

    def _tell(self, page: Page, lines: Sequence[PdfLine], places: Sequence[int]) -> None:
        """Tell of what is on a page besides text, at the line beside which it stands."""
        start = places[0] if places else self._text.place
        if not letters_on(page):
            self._text.note("page without text", start, words=page.label)
        for _ in range(page.pictures):
            self._text.note("picture", start)
        for mark in page.marks:
            near = min(
                range(len(lines)), key=lambda index: abs(lines[index].place.first_base - mark.height), default=None
            )
            at = start if near is None else places[near]
            self._text.note(mark.what, at, words=mark.words, by=mark.by)


def _glue(between: str, text: StoredText) -> str:
    """What stands between two lines: nothing behind a hyphen that ends one."""
    return "" if between == " " and text.ends_with("-") else between


def _told(words: str, times: int) -> str:
    return words if times == 1 else f"{words} ({times})"
