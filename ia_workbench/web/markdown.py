"""Markdown of memos as HTML that cannot do anything: no HTML of the writer's, no pictures, links only to pages.

CommonMark with tables and struck words, by markdown-it-py, which escapes whatever is not its own. A heading is a line
in bold: a memo stands inside a page that has its own headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

ELSEWHERE = "noopener noreferrer nofollow"
SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]*:", re.IGNORECASE)
PAGES = re.compile(r"\Ahttps?://[^/\s]", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")


@dataclass(frozen=True)
class Html:
    """HTML that was made here out of Markdown: pages show it as it is."""

    text: str

    def __html__(self) -> str:
        """Return the HTML, as templates ask for it."""
        return self.text


def is_safe_link(url: str) -> bool:
    """Say whether an address leads to a page: `http`, `https`, or a path, query or fragment of this workbench.

    `//host` and whatever a browser reads as that are no paths; signs that nobody sees may stand in none.
    """
    if not url or UNSEEN.search(url) or "\\" in url or "%5c" in url.lower():
        return False
    if SCHEME.match(url):
        return bool(PAGES.match(url))
    return not url.startswith("//") and ":" not in url.partition("/")[0].partition("?")[0].partition("#")[0]


def rendered(words: str) -> Html:
    """Return Markdown as HTML."""
    return Html(_reader().render(words))


@cache
def _reader() -> MarkdownIt:
    careful: type[MarkdownIt] = type("Careful", (MarkdownIt,), {"validateLink": staticmethod(is_safe_link)})
    reader = careful("commonmark", {"html": False, "breaks": True})
    reader.enable(["table", "strikethrough"]).disable(["image", "html_block", "html_inline"])
    reader.add_render_rule("link_open", _link)
    reader.add_render_rule("heading_open", _heading)
    reader.add_render_rule("heading_close", _heading_end)
    return reader


def _link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, _env: Any) -> str:
    tokens[index].attrSet("rel", ELSEWHERE)
    return renderer.renderToken(tokens, index, options, {})


def _heading(_renderer: RendererHTML, _tokens: Sequence[Token], _index: int, _options: Any, _env: Any) -> str:
    return '<p class="md-heading"><strong>'


def _heading_end(_renderer: RendererHTML, _tokens: Sequence[Token], _index: int, _options: Any, _env: Any) -> str:
    return "</strong></p>\n"
