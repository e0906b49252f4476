"""Walking the body of a Word document: every word that a reader of the document sees, in order.

Tracked insertions and content controls are kept and tracked deletions left out, as if every change were accepted.
(The usual way, python-docx's `paragraph.text`, silently drops insertions and content controls.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ia_workbench.corpus.importers.asides import Comment, Joined, Notes, Ranges
from ia_workbench.corpus.importers.stored import StoredText
from ia_workbench.corpus.importers.values import Treatment
from ia_workbench.corpus.importers.word_xml import (
    CHARACTERS,
    attribute,
    child_named,
    end_marks,
    first_choice,
    marks_of,
    name_of,
    plain_words,
)
from ia_workbench.kernel import XmlElement

DELETED = {"del": "tracked deletion", "moveFrom": "passage where it was moved from"}
INSERTED = {"ins": "tracked insertion", "moveTo": "passage where it was moved to"}
WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag"}  # around whole paragraphs, rows or cells
SILENT = {"instrText", "delText", "delInstrText", "tblGrid"}  # properties, whose names end in Pr, besides
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
LEFT_OUT = {
    "altChunk": "embedded document",
    "other:blip": "picture",
    "other:imagedata": "picture",
    "other:OLEObject": "embedded object",
    "other:chart": "chart",
    "other:relIds": "diagram",
}
PARAGRAPH_END = "¶"
DESCRIBED = ("descr", "title", "alt", "{urn:schemas-microsoft-com:office:office}title")


@dataclass
class Beside:
    """What a document keeps beside its body: notes by kind and number, comments, and the styles that number."""

    notes: dict[tuple[str, str], XmlElement] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    numbering: frozenset[str] = frozenset()


class WordBody:
    """One walk over a document's body, which writes its lines into a text: a paragraph or a table row each."""

    def __init__(self, text: StoredText, beside: Beside) -> None:
        """Write into `text`. The notes and comments met are taken out of `beside`."""
        self._text, self._beside = text, beside
        self._boxes: list[Sequence[XmlElement]] = []
        self._notes, self._ranges = Notes(), Ranges()
        self._within_line = 0  # rows and notes around: a note below would break their line
        self._spoke, self._breaks = False, 0
        self._is_at_note = False  # Word sets a blank between a note's number and its words
        self._description = ""

    def walk(self, body: XmlElement) -> None:
        """Write the body, then tell of the comments and notes that nothing in it refers to."""
        lines = Joined(self._text, "\n")
        self._blocks(body, lines, between_cells="\t")
        self._notes.write(self._text, lines, self._note_words)
        for comment in self._beside.comments.values():
            self._text.note("comment", words=comment.words, by=comment.by)
        for (kind, _), element in self._beside.notes.items():
            self._text.note(kind, words=plain_words(element), treatment=Treatment.LEFT_OUT)

    def _blocks(self, container: Iterable[XmlElement], lines: Joined, between_cells: str) -> None:
        runs_on = False  # the words of a paragraph whose end was deleted run on into the next
        for child in container:
            name = name_of(child)
            if name == "p":
                if not runs_on:
                    lines.begin()
                    self._spoke, self._breaks = False, 0
                runs_on = self._paragraph(child)
                if not runs_on:
                    self._below(lines)
            elif name == "tbl":
                self._rows(child, lines, between_cells)
            elif name in WRAPPERS or name in INSERTED:
                start = self._text.place
                self._blocks(child, lines, between_cells)
                self._tell_inserted(name, child, start)
            else:
                self._tell(child, name)
        self._below(lines)

    def _below(self, lines: Joined) -> None:
        """Write what waited for the paragraph to end: its text boxes, which may hold further ones, and its notes."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            lines.begin()
            start = self._text.place
            between = " " if self._within_line else "\n"
            self._blocks(box, Joined(self._text, between), " ")
            self._text.note("text box", start, self._text.place)
        if not self._within_line:
            self._notes.write(self._text, lines, self._note_words)

    def _note_words(self, note: XmlElement) -> None:
        self._within_line += 1
        self._is_at_note = True
        self._blocks(note, Joined(self._text, " "), " ")
        self._within_line -= 1
        self._is_at_note = False

    def _rows(self, table: XmlElement, lines: Joined, between_cells: str) -> None:
        for child in table:
            name = name_of(child)
            if name == "tr":
                self._row(child, lines, between_cells)
                self._below(lines)
            elif name in WRAPPERS or name in INSERTED:
                start = self._text.place
                self._rows(child, lines, between_cells)
                self._tell_inserted(name, child, start)
            else:
                self._tell(child, name)

    def _row(self, row: XmlElement, lines: Joined, between_cells: str) -> None:
        marks = marks_of(child_named(row, "trPr"))
        for name in DELETED.keys() & marks:
            self._text.note(
                DELETED[name], self._text.place, words=plain_words(row), by=attribute(marks[name], "author")
            )
            return
        lines.begin()
        start = self._text.place
        self._within_line += 1
        self._cells(row, Joined(self._text, between_cells))
        self._within_line -= 1
        for name in INSERTED.keys() & marks:
            self._tell_inserted(name, marks[name], start)

    def _cells(self, row: XmlElement, cells: Joined) -> None:
        """Write each cell; a table inside a cell is laid flat, with spaces."""
        for child in row:
            name = name_of(child)
            if name == "tc":
                cells.begin()
                self._blocks(child, Joined(self._text, " "), " ")
            elif name in WRAPPERS or name in INSERTED:
                self._cells(child, cells)
            else:
                self._tell(child, name)

    def _paragraph(self, paragraph: XmlElement) -> bool:
        """Write a paragraph; returns whether its end was deleted."""
        properties = marks_of(child_named(paragraph, "pPr"))
        if self._is_numbered(properties):
            self._text.note("list number or mark", self._text.place)
        self._words(paragraph)
        marks = end_marks(paragraph)
        for name in INSERTED.keys() & marks:
            self._text.note(INSERTED[name], self._text.place, self._text.place + 1, by=attribute(marks[name], "author"))
        for name in DELETED.keys() & marks:
            by = attribute(marks[name], "author")
            self._text.note(DELETED[name], self._text.place, words=PARAGRAPH_END, by=by)
        return bool(DELETED.keys() & marks)

    def _is_numbered(self, properties: dict[str, XmlElement]) -> bool:
        if "numPr" in properties:
            return attribute(child_named(properties["numPr"], "numId"), "val") != "0"
        return attribute(properties.get("pStyle"), "val") in self._beside.numbering

    def _words(self, element: XmlElement) -> None:
        for child in element:
            name = name_of(child)
            if name == "t":
                self._say((child.text or "").replace("\n", " "))
            elif name == "other:t":
                self._foreign_text(child)
            elif name in CHARACTERS:
                self._say(CHARACTERS[name])
            elif name == "br":
                self._break(attribute(child, "type"))
            elif name == "AlternateContent":
                self._words(first_choice(child))
            elif name in {"txbxContent", "p"}:  # a paragraph inside a paragraph is not Word's, but others write it
                self._boxes.append(list(child) if name == "txbxContent" else [child])
            elif name.endswith("Pr") or name in SILENT or name in DELETED:
                self._tell(child, name)
            else:
                self._tell(child, name)
                self._passage(child, name)

    def _passage(self, element: XmlElement, name: str) -> None:
        """Write the words within an element, and tell of them if they are no plain ones."""
        start = self._text.place
        if name in {"drawing", "pict", "object"}:
            self._description = ""
        if name == "rt":
            self._text.note("pronunciation above a word", start, words=plain_words(element))
            return
        self._words(element)
        if name == "other:oMath":
            self._text.note("formula", start, self._text.place)
        elif name == "r" and "vanish" in marks_of(child_named(element, "rPr")) and self._text.place > start:
            self._text.note_on("hidden passage", start, self._text.place)
        self._tell_inserted(name, element, start)

    def _say(self, words: str) -> None:
        """Add words of a paragraph. A page break divides words and leaves nothing at the paragraph's edges."""
        words = words.lstrip() if self._is_at_note else words
        if words:
            self._is_at_note = False
            self._text.add("\n" * self._breaks if self._spoke else "")
            self._spoke, self._breaks = True, 0
            self._ranges.speak(self._text.place)
            self._text.add(words)

    def _break(self, kind: str) -> None:
        if kind in {"page", "column"}:
            self._breaks += 1
        else:
            self._say("\n")

    def _foreign_text(self, element: XmlElement) -> None:
        """Keep the characters of a formula; other words that are no text of the document stand in a drawing."""
        if "math" in str(element.tag):
            self._say((element.text or "").replace("\n", " "))
        elif (element.text or "").strip():
            self._text.note("drawing", self._text.place, words=element.text or "")

    def _tell_inserted(self, name: str, element: XmlElement, start: int) -> None:
        if name in INSERTED:
            self._text.note(INSERTED[name], start, self._text.place, by=attribute(element, "author"))

    def _tell(self, element: XmlElement, name: str) -> None:
        """Tell of an element that gives no words to the text, if it is one to be told of."""
        place, key = self._text.place, attribute(element, "id")
        if name in LEFT_OUT:
            words = str(element.get("ProgID") or "") if name == "other:OLEObject" else self._description
            self._text.note(LEFT_OUT[name], place, words=words)
        elif name in DELETED:
            self._text.note(DELETED[name], place, words=plain_words(element), by=attribute(element, "author"))
        elif name in NOTES:
            self._refer(NOTES[name], key)
        elif name == "commentReference":
            self._ranges.tell(self._text, key, self._beside.comments.pop(key, None))
        elif name == "commentRangeStart":
            self._ranges.opening.append(key)
        elif name == "commentRangeEnd":
            self._ranges.close(key, place)
        elif name == "sym":
            words = f"{attribute(element, 'font')} {attribute(element, 'char')}".strip()
            self._text.note("symbol of a picture font", place, words=words)
        elif name == "ffData":
            self._tell_field(element)
        elif described := next((str(element.get(each)) for each in DESCRIBED if element.get(each)), ""):
            self._description = described if name.startswith("other:") else self._description

    def _refer(self, kind: str, key: str) -> None:
        note = self._beside.notes.pop((kind, key), None)
        if note is None:
            self._text.note(kind, self._text.place, treatment=Treatment.LEFT_OUT)
        else:
            self._notes.waiting.append((kind, note))

    def _tell_field(self, data: XmlElement) -> None:
        """Tell what a form field shows that is no text: a box that is ticked or not, an entry that is chosen."""
        box, choice = child_named(data, "checkBox"), child_named(data, "ddList")
        if box is not None:
            is_ticked = bool({"checked", "default"} & marks_of(box).keys())
            self._text.note("form field", self._text.place, words="[x]" if is_ticked else "[ ]")
        elif choice is not None:
            entries = [attribute(each, "val") for each in choice if name_of(each) == "listEntry"]
            chosen = attribute(child_named(choice, "result"), "val") or "0"
            words = entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
            self._text.note("form field", self._text.place, words=words)
