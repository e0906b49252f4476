"""Walking an HTML page: the words that a browser would show, line by line.

The standard library's parser tells of tags one after another, and the elements that are open stand in a list, so that
no page is nested too deeply to be read.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from ia_workbench.corpus.importers.html_lines import BLANKS, HtmlLines
from ia_workbench.corpus.importers.html_tables import Tables
from ia_workbench.corpus.importers.values import Read, Treatment

HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# fmt: off
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
}
# fmt: on
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
SILENT = {"script", "style", "template", "noscript", "head", "rp", "datalist", "colgroup"}
GATHERED = {  # elements whose words are told and not kept
    "del": "tracked deletion",
    "rt": "pronunciation above a word",
    "iframe": "embedded document",
    "object": "embedded object",
    "audio": "recording",
    "video": "recording",
    "canvas": "drawing",
    "svg": "drawing",
    "select": "form field",
    "textarea": "form field",
    "button": "form field",
}
KEPT = {"ins": "tracked insertion", "math": "formula"}
DESCRIBED = {"iframe", "object", "audio", "video", "canvas", "svg"}  # as far as their attributes say what they are
TICKED = {"checkbox", "radio"}
DESCRIBED_BY = ("alt", "title", "aria-label", "src", "data", "name")
IMPLIED = {  # what a tag closes that stands open right before it
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "thead", "tbody"},
    "tfoot": {"td", "th", "tr", "thead", "tbody"},
    "option": {"option"},
}
FENCES = {"td", "th", "table"}  # an end tag inside of these closes nothing outside, unless it is a table's own
OF_TABLES = FENCES | {"tr", "tbody", "thead", "tfoot", "body", "html"}
FARTHEST = 1_000  # open elements among which an end tag looks for its own
Attributes = dict[str, str]


@dataclass
class Element:
    """An element that is open, and what it means for the words inside."""

    tag: str
    start: int = 0
    what: str = ""  # what is to be told of it when it closes
    parts: list[str] | None = None  # where its words go when they are not the text's
    is_pre: bool = False
    in_cell: bool = False  # of a table of data, whose row is one line
    is_layout: bool = False  # the table around, or this one
    has_cells: bool = False  # a row that has begun


class HtmlWalk(HTMLParser):
    """One walk over a page."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        super().__init__(convert_charrefs=True)
        self._lines = HtmlLines()
        self._open = [Element("")]
        self._tags: Counter[str] = Counter()
        self._layout: Iterator[bool] = iter(())

    def walk(self, page: str, notes: tuple[str, ...]) -> Read:
        """Read a whole page; `notes` are what to tell of it besides."""
        self._layout = iter(Tables().judge(page))
        self.feed(page)
        self.close()
        while len(self._open) > 1:
            self._close()
        return self._lines.text.read(notes, stripped="\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, after closing what its tag implies."""
        given = {name: value or "" for name, value in attrs}
        implied = IMPLIED.get(tag, set()) | ({"p"} if tag in BLOCKS else set())
        while self._open[-1].tag in implied:
            self._close()
        if tag not in VOID:
            self._open_element(tag, given)
        elif self._open[-1].parts is None:
            self._tell_void(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; those of drawings close at once, those of HTML do not whatever their tag says."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self._tags["svg"] + self._tags["math"]:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest element of that name, with all inside of it."""
        if not self._tags[tag]:
            return
        for distance, element in enumerate(reversed(self._open[-FARTHEST:]), 1):
            if element.tag == tag:
                for _ in range(distance):
                    self._close()
                return
            if element.tag in FENCES and tag not in OF_TABLES:
                return

    def handle_data(self, data: str) -> None:
        """Take in words."""
        element = self._open[-1]
        if element.parts is not None:
            if element.what or element.tag not in SILENT:
                element.parts.append(data)
        elif element.is_pre:
            self._lines.keep(data)
        else:
            self._lines.flow(data)

    def _open_element(self, tag: str, given: Attributes) -> None:
        around = self._open[-1]
        is_pre = around.is_pre or tag in {"pre", "listing", "xmp"}
        element = Element(tag, 0, "", around.parts, is_pre, around.in_cell, around.is_layout)
        if tag == "table":
            element.is_layout = next(self._layout, True)
        elif tag in {"td", "th"}:
            element.in_cell = around.in_cell or not around.is_layout
        if around.parts is None:
            self._divide(element)
            self._begin(element, given)
        self._open.append(element)
        self._tags[tag] += 1

    def _begin(self, element: Element, given: Attributes) -> None:
        """Say what becomes of an element's words, where none around it says so."""
        tag, element.start = element.tag, self._lines.text.place
        if tag in SILENT:
            element.parts = []
        elif tag in GATHERED:
            element.what = GATHERED[tag]
            described = next((given[each] for each in DESCRIBED_BY if given.get(each)), "")
            element.parts = [described, " "] if tag in DESCRIBED else []
        elif "hidden" in given or HIDING.search(given.get("style", "")):
            element.what, element.parts = "hidden passage", []
        elif tag in KEPT:
            element.what = KEPT[tag]
        elif tag == "li":
            self._lines.waiting.append("list number or mark")

    def _close(self) -> None:
        element = self._open.pop()
        self._tags[element.tag] -= 1
        text, around = self._lines.text, self._open[-1]
        if element.what and element.parts is not None:
            words = BLANKS.sub(" ", "".join(element.parts)).strip()
            if words or element.tag in GATHERED:
                text.note(element.what, text.place, words=words, treatment=Treatment.LEFT_OUT)
        elif element.what:
            text.note(element.what, element.start, text.place)
        is_cell = element.tag in {"td", "th"} and not element.is_layout and not around.in_cell
        if around.parts is None and element.tag in BLOCKS and not is_cell:
            self._block(around)

    def _tell_void(self, tag: str, given: Attributes) -> None:
        """Tell of an element that holds nothing, and break the line where it does."""
        text, kind = self._lines.text, given.get("type", "").lower()
        if tag == "br" and not self._open[-1].in_cell:
            self._lines.line_break()
        elif tag in {"br", "hr"}:
            self._block(self._open[-1])
        elif tag == "img":
            text.note("picture", text.place, words=given.get("alt", ""))
        elif tag == "embed":
            text.note("embedded object", text.place, words=given.get("src", ""))
        elif tag == "input" and kind != "hidden":
            ticked = "[x]" if "checked" in given else "[ ]"
            text.note("form field", text.place, words=ticked if kind in TICKED else given.get("value", ""))

    def _divide(self, element: Element) -> None:
        """Divide words where an element begins."""
        if element.tag in {"td", "th"} and not self._open[-1].in_cell and not element.is_layout:
            self._lines.cell(is_first=not self._open[-1].has_cells)
            self._open[-1].has_cells = True
        elif element.tag in BLOCKS:
            self._block(self._open[-1])

    def _block(self, around: Element) -> None:
        if around.in_cell:
            self._lines.blank()
        else:
            self._lines.line()
