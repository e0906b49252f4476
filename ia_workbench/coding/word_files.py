"""Codings as a Word document, by code: what the code means, then each quote once with where it stands and who coded it.

The library makes the document and its styles; the paragraphs are written straight into its text, since the library
takes half a minute for ten thousand of them.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, BinaryIO

import docx
from docx.shared import Cm, Pt, RGBColor

from ia_workbench.codebook import Code
from ia_workbench.coding.escaping import xml_words
from ia_workbench.coding.exported import ExportedCoding

TEXT = "word/document.xml"
HERE = "the codings come here"
DEEPEST = 6  # levels of headings that are told apart
AT_ONCE = 300  # paragraphs written in one piece
LEVEL = 2  # of compression
INK = RGBColor(0x1F, 0x2A, 0x37)
SOFT = RGBColor(0x55, 0x60, 0x6E)
RAW_FACT = "Words as they were said, for the team alone. Keep this file where nobody else can read it."
MASKED_FACT = "Words as the signed masked texts have them."


@dataclass(frozen=True)
class WordFileWords:
    """What the document says beside codes and quotes. `facts` are lines under its title.

    `turn` has the place `{number}`, `count` `{count}`; `day` says a moment.
    """

    title: str
    facts: Sequence[str] = ()
    turn: str = "turn {number}"
    one: str = "1 coding"
    count: str = "{count} codings"
    use_for: str = "Use for"
    not_for: str = "Not for"
    important: str = "important"
    nothing: str = "There are no codings."

    def day(self, at: datetime) -> str:
        """The day of a moment, as the file has it."""
        return at.date().isoformat()


def write_codings_docx(
    rows: Sequence[ExportedCoding], codes: Sequence[Code], out: BinaryIO, *, words: WordFileWords
) -> None:
    """Write codings as a document, one heading for each code that has some or stands above one, in their order."""
    with (
        zipfile.ZipFile(_skeleton(words)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as to,
    ):
        for name in made.namelist():
            if name != TEXT:
                to.writestr(name, made.read(name))
        before, after = _around(made.read(TEXT).decode())
        with to.open(TEXT, "w") as text:
            text.write(before.encode())
            for piece in _in_pieces(_paragraphs(rows, codes, words)):
                text.write(piece.encode())
            text.write(after.encode())


def _skeleton(words: WordFileWords) -> io.BytesIO:
    document = docx.Document()
    _look(document)
    document.core_properties.title, document.core_properties.author = words.title, "IA Workbench"
    document.core_properties.comments = ""
    document.add_paragraph(words.title, style="Title")
    for line in words.facts:
        document.add_paragraph(line, style="Subtitle")
    document.add_paragraph(HERE)
    made = io.BytesIO()
    document.save(made)
    return made


def _look(document: Any) -> None:
    """Give the library's own styles a quiet look: dark ink, quotes set in, what stands below a quote kept with it."""
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
    styles = document.styles
    _style(styles["Normal"], size=10.5, before=0, after=4)
    _style(styles["Title"], size=22, before=0, after=6)
    _style(styles["Subtitle"], size=10, before=0, after=2, color=SOFT)
    for level, size in zip(range(1, DEEPEST + 1), (15, 13, 12, 11, 11, 11), strict=True):
        _style(styles[f"Heading {level}"], size=size, before=16 if level == 1 else 12, after=3)
    quote = styles["Quote"]
    _style(quote, size=10.5, before=7, after=0)
    quote.font.italic = False
    quote.paragraph_format.left_indent, quote.paragraph_format.keep_with_next = Cm(0.7), True
    caption = styles["Caption"]
    _style(caption, size=8.5, before=0, after=2, color=SOFT)
    caption.font.bold = False
    caption.paragraph_format.left_indent = Cm(0.7)


def _style(style: Any, *, size: float, before: float, after: float, color: RGBColor = INK) -> None:
    style.font.size, style.font.color.rgb, style.font.italic = Pt(size), color, False
    style.font.name = "Calibri"
    for wide in style.element.xpath("./w:rPr/w:spacing"):  # the library spaces letters of some out
        wide.getparent().remove(wide)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _around(text: str) -> tuple[str, str]:
    """Cut the document's XML where the paragraph that keeps the place stands."""
    at = text.index(HERE)
    start, end = text.rindex("<w:p>", 0, at), text.index("</w:p>", at) + len("</w:p>")
    return text[:start], text[end:]


def _in_pieces(paragraphs: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for each in paragraphs:
        held.append(each)
        if len(held) == AT_ONCE:
            yield "".join(held)
            held.clear()
    yield "".join(held)


def _paragraphs(rows: Sequence[ExportedCoding], codes: Sequence[Code], words: WordFileWords) -> Iterator[str]:
    of_code: dict[str, list[ExportedCoding]] = {}
    for each in rows:
        of_code.setdefault(each.code, []).append(each)
    needed = {"/".join(path.split("/")[:depth]) for path in of_code for depth in range(1, path.count("/") + 2)}
    for code in codes:
        if code.path in needed:
            yield from _of_code(code, of_code, words)
    if not rows:
        yield _paragraph("Normal", words.nothing)


def _of_code(code: Code, of_code: Mapping[str, Sequence[ExportedCoding]], words: WordFileWords) -> Iterator[str]:
    rows = of_code.get(code.path, ())
    yield _paragraph(f"Heading{min(code.path.count('/') + 1, DEEPEST)}", code.name)
    counted = words.one if len(rows) == 1 else words.count.format(count=len(rows))
    yield _paragraph("Subtitle", f"{code.path} · {counted}" if rows else code.path)
    for label, meaning in (("", code.definition), (words.use_for, code.include), (words.not_for, code.exclude)):
        if meaning:
            yield _paragraph("Normal", f"{label}: {meaning}" if label else meaning)
    for _excerpt, same in groupby(rows, key=attrgetter("excerpt_id")):
        of_quote = list(same)
        yield _paragraph("Quote", of_quote[0].quote, language=of_quote[0].language)
        yield _paragraph("Caption", _said(of_quote, words))


def _said(of_quote: Sequence[ExportedCoding], words: WordFileWords) -> str:
    """Return where a quote stands and who coded it when: those who did alike on one day by their names together."""
    first = of_quote[0]
    place = f"{first.source} {first.title}".strip()
    if first.turn:
        place += ", " + words.turn.format(number=first.turn)
    alike: dict[tuple[str, str, bool], str] = {}
    for each in of_quote:
        how = (words.day(each.at), each.step, each.important)
        alike[how] = f"{alike[how]}, {each.coder}" if how in alike else each.coder
    by_whom = [
        " · ".join(filter(None, (names, day, step, words.important if important else "")))
        for (day, step, important), names in alike.items()
    ]
    return f"{place} · {'; '.join(by_whom)}"


def _paragraph(style: str, said: str, *, language: str = "") -> str:
    marked = f'<w:rPr><w:lang w:val="{xml_words(language)}"/></w:rPr>' if language.replace("-", "").isalnum() else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(xml_words(said).split("\n"))
    run = f'<w:r>{marked}<w:t xml:space="preserve">{lines}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
