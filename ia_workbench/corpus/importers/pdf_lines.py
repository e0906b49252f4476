"""Telling the lines of a PDF that were broken to fit a width from those that end a paragraph. Pure.

A line was broken where the first word of the next would not have fitted behind it, the next follows at the usual
distance, in the same size, not indented, and begins with neither a speaker's label nor the mark of a list.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.importers.pdf_pages import PdfLine
from ia_workbench.corpus.labels import labels_of
from ia_workbench.corpus.paragraphs import Line, lines_of

NARROWEST = 18.0  # line heights, some 40 letters; shorter lines are those of lists, forms and poems
SPACE = 0.35  # of a line's height: a space between words, and what the edges of characters are out by
INDENT = 0.8  # of a line's height: further in begins a paragraph
SIDEWAYS = 4.0  # line heights: further aside is another column
WIDER_GAP = 1.25  # of the usual distance between lines
OTHER_SIZE = 0.15  # of a line's height
FEWEST_CALLS = 3  # times a name begins a line; then it is a speaker's
LIST_MARK = re.compile(r"(?:[•◦▪‣·●○■□–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s", re.I)
SPOKEN = (Convention.NAME_COLON, Convention.NAME_TIME, Convention.TIME_NAME, Convention.QUESTION_ANSWER)


def breaks_between(lines: Sequence[PdfLine]) -> list[bool]:
    """Say for each line but the last whether a paragraph ends with it. The lines may be of several pages."""
    blocks = _blocks(lines)
    edges: dict[int, float] = {}
    for block in blocks:
        right = max(lines[index].place.right for index in block)
        edges |= {index: right for index in block}
    usual = _usual_gap(lines, edges)
    speakers = _speakers(lines)
    together = {index for block in blocks for index in block[:-1]}
    return [
        not _runs_on(lines[index], after, edges[index], usual if index in together else None, speakers)
        for index, after in enumerate(lines[1:])
    ]


def _blocks(lines: Sequence[PdfLine]) -> list[list[int]]:
    """Lines that stand below one another: until the next is higher up, or far aside."""
    blocks: list[list[int]] = []
    for index, line in enumerate(lines):
        if blocks and _is_below(lines[index - 1], line):
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return blocks


def _is_below(line: PdfLine, after: PdfLine) -> bool:
    sideways = abs(after.place.left - line.place.left)
    return line.place.last_base > after.place.first_base and sideways <= SIDEWAYS * line.place.height


def _gap(line: PdfLine, after: PdfLine) -> float:
    return line.place.last_base - after.place.first_base


def _is_full(line: PdfLine, after: PdfLine, edge: float) -> bool:
    if line.place.right - line.place.left < NARROWEST * line.place.height:
        return False
    return line.place.right + SPACE * line.place.height + after.place.first_word > edge


def _usual_gap(lines: Sequence[PdfLine], edges: dict[int, float]) -> float:
    """The usual distance between lines, in line heights: that of lines that are full to those below them."""
    gaps = [
        _gap(line, after) / line.place.height
        for index, (line, after) in enumerate(zip(lines, lines[1:], strict=False))
        if line.place.is_one and _is_below(line, after) and _is_full(line, after, edges[index])
    ]
    return median(gaps) if gaps else 0.0


def _runs_on(line: PdfLine, after: PdfLine, edge: float, usual: float | None, speakers: set[str]) -> bool:
    """Whether a paragraph runs on from a line to the next. `usual` is None where they do not stand together."""
    if not (line.place.is_one and after.place.is_one and _is_full(line, after, edge)):
        return False
    height = line.place.height
    if abs(after.place.height - height) > OTHER_SIZE * height or LIST_MARK.match(after.words):
        return False
    if usual is not None:
        is_indented = after.place.left - line.place.left > INDENT * height and not LIST_MARK.match(line.words)
        if is_indented or _gap(line, after) > WIDER_GAP * usual * height:
            return False
    return not speakers.intersection(_called([after]))


def _speakers(lines: Sequence[PdfLine]) -> set[str]:
    heard = Counter(_called(lines))
    return {name for name, times in heard.items() if times >= FEWEST_CALLS}


def _called(lines: Iterable[PdfLine]) -> list[str]:
    """The names that begin lines, in every convention that PDFs are seen to use."""
    written: list[Line] = lines_of("\n".join(line.words.replace("\n", " ") for line in lines))
    return [label.name for convention in SPOKEN for label in labels_of(convention, written)]
