"""Reading an HTML page: in which encoding, and which of its characters are the page's words."""

import codecs
import re

from ia_workbench.corpus.importers.html_walk import HtmlWalk
from ia_workbench.corpus.importers.text import MARKS, characters_of, require_text
from ia_workbench.corpus.importers.values import Read

DECLARED = re.compile(
    rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
LOOKED_AT = 4096  # bytes among which a page says how it is encoded; browsers look at fewer
# Browsers take these names for more than they say, because pages do.
TAKEN_FOR = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# What is no page's words and is taken out first: a parser that looks for each one's end anew could look for ever.
SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)


def read(name: str, content: bytes) -> Read:
    """Read an HTML page.

    One line a block and one a table row, its cells divided by tabs; a table that only lays out a page is none. Nothing
    that the page points to is ever fetched. Raises Refused for bytes that are no text.
    """
    words, notes = _characters_of(name, content)
    return HtmlWalk().walk(_markup_of(words), notes)


def _markup_of(page: str) -> str:
    """The page without scripts and comments; what stands after its last tag holds none, whatever it looks like."""
    page = COMMENTS.sub("", SCRIPTS.sub("", page))
    last = page.rfind(">") + 1
    return page[:last] + page[last:].replace("<", "&lt;")


def _characters_of(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode by a byte-order mark, then as the page says, then as any text."""
    encoding = None if any(content.startswith(mark) for mark, _ in MARKS) else _declared(content)
    if encoding is not None:
        try:
            return require_text(name, content.decode(encoding)), ()
        except UnicodeDecodeError:
            pass  # it is not what it says
    return characters_of(name, content)


def _declared(content: bytes) -> str | None:
    found = DECLARED.search(content[:LOOKED_AT])
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    wide = name.startswith(("utf-16", "utf-32"))  # whoever could read the declaration does not read that
    return "utf-8" if wide else TAKEN_FOR.get(name, name)
