"""Finding what stands in the margins of a PDF's pages: running headers, footers and page numbers. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ia_workbench.corpus.importers.pdf_pages import Page, PdfLine

NEAR_EDGE = 3  # lines from the top or the bottom among which a header or footer stands
LONGEST_COUNT = 6  # digits
FEWEST_COUNTED = 5  # numbers in a row on some page; then they count the lines or paragraphs beside
FEWEST_LEFT = 2  # of them on another page
FEWEST_PAGES = 3  # that show the same line at the same height; in longer documents one more
LONG_DOCUMENT = 6  # pages
LEAST_SHARE = 0.5  # of the pages from the first to the last that show it: left and right pages may differ
SAME_HEIGHT = 4.0  # points
NUMBERS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|página|p\.|pg\.?)\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de)\s*\d{1,4})?\W*\Z", re.I
)
Position = tuple[int, int]  # a page and a line of it, from 0


def margins_of(pages: Sequence[Page]) -> dict[str, set[Position]]:
    """Return the lines that are headers, footers or page numbers: their words, and where each stands.

    A line is one where it returns near the top or bottom of pages at the same height, numbers aside; or where it is
    the number of its page and nothing else.
    """
    shown: dict[str, list[Position]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index in _near_edges(page.lines):
            line = page.lines[index]
            shown[NUMBERS.sub("#", " ".join(line.words.split())).casefold()].append((number, index))
    found: dict[str, set[Position]] = defaultdict(set)
    for alike in shown.values():
        for places in _at_one_height(alike, pages):
            if _returns(places, pages) or _are_page_numbers(places, pages):
                number, index = places[0]
                found[pages[number].lines[index].words].update(places)
    gone = {place for places in found.values() for place in places}
    emptied = sum(all((number, index) in gone for index in range(len(page.lines))) for number, page in enumerate(pages))
    return found if 2 * emptied <= len(pages) else {}  # what fills most pages is their text


def _at_one_height(places: Sequence[Position], pages: Sequence[Page]) -> list[list[Position]]:
    """Divide lines by how high on their pages they stand; each part in the order of the pages."""

    def height(place: Position) -> float:
        return pages[place[0]].lines[place[1]].place.first_base

    parts: list[list[Position]] = []
    for place in sorted(places, key=height):
        if parts and height(place) - height(parts[-1][-1]) <= SAME_HEIGHT:
            parts[-1].append(place)
        else:
            parts.append([place])
    return [sorted(part) for part in parts]


def counts_in(pages: Sequence[Page]) -> list[list[range]]:
    """Return for each page the runs of lines that are nothing but numbers, each one more than the last.

    They count lines or paragraphs beside a text, where one page at least has a long run.
    """
    runs = [_runs(page.lines) for page in pages]
    if not any(len(run) >= FEWEST_COUNTED for page in runs for run in page):
        return [[] for _ in pages]
    return [[run for run in page if len(run) >= FEWEST_LEFT] for page in runs]


def _runs(lines: Sequence[PdfLine]) -> list[range]:
    runs: list[range] = []
    for index, line in enumerate(lines):
        counted = line.words.isdecimal() and len(line.words) < LONGEST_COUNT
        if counted and runs and runs[-1].stop == index and int(line.words) == int(lines[index - 1].words) + 1:
            runs[-1] = range(runs[-1].start, index + 1)
        elif counted:
            runs.append(range(index, index + 1))
    return runs


def _near_edges(lines: Sequence[PdfLine]) -> set[int]:
    """The lines nearest the top and the bottom of a page, wherever they stand in the file."""
    by_height = sorted(range(len(lines)), key=lambda index: -lines[index].place.first_base)
    return set(by_height[:NEAR_EDGE]) | set(by_height[-NEAR_EDGE:])


def _returns(places: Sequence[Position], pages: Sequence[Page]) -> bool:
    """Whether lines return on enough pages; a page's only line is its text, as on a slide."""
    on = sorted({number for number, _ in places if len(pages[number].lines) > 1})
    needed = FEWEST_PAGES + (len(pages) > LONG_DOCUMENT)
    return len(on) >= needed and len(on) >= LEAST_SHARE * (on[-1] - on[0] + 1)


def _are_page_numbers(places: Sequence[Position], pages: Sequence[Page]) -> bool:
    """Whether lines are nothing but numbers, each that of its page: by its label, or counted on from the first."""
    offsets = set()
    for number, index in places:
        match = PAGE_NUMBER.match(pages[number].lines[index].words)
        if match is None or not _is_outermost(pages[number].lines, index):
            return False
        if match[1].casefold() != pages[number].label.casefold():
            if not match[1].isdigit():
                return False
            offsets.add(int(match[1]) - number)
    return not offsets or (len(offsets) == 1 and len(places) > 1)


def _is_outermost(lines: Sequence[PdfLine], index: int) -> bool:
    """Whether nothing stands above a line, or nothing below it."""
    bases = [line.place.first_base for line in lines]
    return len(lines) > 1 and bases[index] in (max(bases), min(bases))
