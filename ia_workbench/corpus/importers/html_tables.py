"""Telling tables of data from those that only lay out a page, before a page is read."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_BLOCKS = 4  # in a cell of data
DIVIDING = {"p", "div", "ul", "ol", "section", "article", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Table:
    """What is known of a table so far."""

    widest: int = 0  # cells in its widest row
    cells: int = 0  # in this row
    blocks: int = 0  # in this cell
    is_layout: bool = False


@dataclass
class Tables(HTMLParser):
    """Looks through a page for its tables: `layout` says of each, in the order they begin, whether it only lays out."""

    layout: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with no table open."""
        super().__init__(convert_charrefs=False)
        self._found, self._open = list[Table](), list[Table]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count what a table holds."""
        if tag == "table":
            if self._open:
                self._open[-1].is_layout = True
            self._open.append(Table())
            self._found.append(self._open[-1])
        elif self._open:
            table = self._open[-1]
            if tag == "tr":
                table.cells = 0
            elif tag in {"td", "th"}:
                table.cells, table.blocks = table.cells + 1, 0
                table.widest = max(table.widest, table.cells)
            elif tag in DIVIDING:
                table.blocks += 1
                table.is_layout |= table.blocks > MOST_BLOCKS

    def handle_endtag(self, tag: str) -> None:
        """Close a table."""
        if tag == "table" and self._open:
            self._open.pop()

    def judge(self, page: str) -> list[bool]:
        """Return of each table of a page whether it only lays out."""
        self.feed(page)
        self.close()
        return [table.is_layout or table.widest < 2 for table in self._found]
