"""The HTML of a source's turns.

Written here and not in a template: a page holds thousands of turns and codings, and a template engine takes five times
as long for them. Everything that comes from outside passes through `html.escape`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from ia_workbench.codebook import Code
from ia_workbench.coding import Mark
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import language
from ia_workbench.web.workbench.transcript import Piece, TurnView, shortened

IN_A_STRETCH = 40  # turns
LINE, GAP = 28, 16  # pixels of a line, and below each turn
STEP, LARGEST = 500, 60  # stretches.css reserves space in so many steps of so many pixels


@dataclass(frozen=True)
class TurnWords:
    """The words that stand in every turn, in the reader's language and fit for HTML."""

    turn: str
    line: str
    codes: str
    language: str


def turns_markup(
    views: Iterable[TurnView], text: str, codes: Sequence[Code], order: dict[int, int], *, me: str, kept: str = ""
) -> Markup:
    """Return the HTML of all turns; `order` counts the codings by their number from the oldest.

    A coding is a link to itself, which the page's scripts make a button when its turn comes near: thousands of buttons
    in forms take a browser seconds to look through. `kept` is what such a link takes along (`layer=mine&`); those not
    given by `me` show their coder's initials.
    """
    words = TurnWords(escape(_("Turn")), escape(_("Line")), escape(_("Codes of turn")), language())
    named = {code.id: (code.color, escape(code.name)) for code in codes}
    links = LinkMarkup(text, named, order, me, kept)
    written = [(_turn(view, words, links), view.height) for view in views]
    pieces = [written[start : start + IN_A_STRETCH] for start in range(0, len(written), IN_A_STRETCH)]
    return Markup("\n".join(map(_stretch, pieces)))  # noqa: S704 - escaped part by part


def _stretch(turns: Sequence[tuple[str, int]]) -> str:
    """Put some turns together, so that a browser passes over them as one while they are out of sight."""
    lines = sum(height for _turn, height in turns)
    size = min(max(1, round((lines * LINE + len(turns) * GAP) / STEP)), LARGEST)
    return f'<div class="stretch s{size}">' + "\n".join(turn for turn, _height in turns) + "</div>"


def _turn(view: TurnView, words: TurnWords, links: "LinkMarkup") -> str:
    number, line, speaker = view.number, view.line, escape(view.speaker)
    name = f"{words.turn} {number}, {speaker}" if speaker else f"{words.turn} {number}"
    look = f"{' ask' if view.is_asking else ''}{' cells' if view.is_row else ''}"
    mark = f'<span class="cap num">{escape(view.mark)}</span>' if view.mark else ""
    speech = "".join(map(_piece, view.pieces))
    listed = "".join(links.item(mark, number) for mark in view.given)
    given = (
        f'<div class="given" lang="{words.language}"><ul aria-label="{words.codes} {number}">{listed}</ul></div>'
        if listed
        else ""
    )
    return (
        f'<section class="turn h{view.height}{look}" id="turn-{number}" role="group" aria-label="{name}" '
        f'data-s="{view.start}" data-l="{line}" data-b="{escape(view.before)}">'
        f'<div class="sp"><a class="key" href="#turn-{number}" tabindex="-1">{number}</a><b>{speaker}</b>{mark}</div>'
        f'<a class="no" id="L{line}" href="#L{line}" tabindex="-1" aria-label="{words.line} {line}">{line}</a>'
        f'<p class="speech">{speech}</p>{given}</section>'
    )


def _piece(piece: Piece) -> str:
    words = escape(piece.words, quote=False)
    return f'<mark class="{piece.look}">{words}</mark>' if piece.top else words


@dataclass(frozen=True)
class LinkMarkup:
    """Writes the link of a coding. `named` is the colour and escaped name of each code by its number."""

    text: str
    named: dict[int, tuple[int, str]]
    order: dict[int, int]
    me: str
    kept: str

    def item(self, mark: Mark, turn: int) -> str:
        """Return the list item of a coding: its code, who gave it, and the words, for those who do not see the page."""
        color, name = self.named[mark.code_id]
        words, coder = escape(shortened(self.text[mark.start : mark.end])), escape(mark.coder)
        initials = (
            "" if mark.coder == self.me else f'<small aria-hidden="true">{escape(mark.coder[:2].upper())}</small>'
        )
        return (
            f'<li><a class="c{color}" href="?{self.kept}coding={mark.guid}#turn-{turn}" '
            f'data-s="{mark.start}" data-e="{mark.end}" data-c="{mark.code_id}" data-by="{coder}" '
            f'data-at="{mark.at.isoformat()}" data-o="{self.order[mark.id]}" data-g="{mark.guid}" '
            f'aria-label="{name}, {coder}: {words}">'
            f'<i class="sw"></i><span class="name">{name}</span>{initials}</a></li>'
        )
