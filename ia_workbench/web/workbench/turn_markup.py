"""The HTML of a source's turns.

Written here and not in a template: a page holds thousands of turns and codings, and a template engine takes five times
as long for them. Everything that comes from outside passes through `html.escape`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

from ia_workbench.codebook import Code
from ia_workbench.coding import Mark
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import language, ngettext
from ia_workbench.web.workbench.transcript import Piece, TurnView, shortened

STRETCH = 16  # turns that are laid out together
LINE_HEIGHT, TURN_GAP = 28, 16  # px, as reading.css has them
HEIGHT_STEP, MOST_STEPS = 500, 60  # px; the heights that stretches.css reserves for a stretch before it is laid out


@dataclass(frozen=True)
class TurnWords:
    """The words that stand in every turn, in the reader's language and fit for HTML."""

    turn: str
    line: str
    codes: str
    language: str


def turns_markup(
    views: Iterable[TurnView],
    text: str,
    codes: Sequence[Code],
    order: dict[int, int],
    *,
    me: str,
    kept: str = "",
    by_coder: bool = False,
    memos: "MemoSigns | None" = None,
) -> Iterator[str]:
    """Yield the HTML of all turns in stretches, which a browser lays out only when they come near: one by one would be
    too many. `order` counts the codings by their number from the oldest.

    A coding is a link to itself, which the page's scripts make a button when its turn comes near: thousands of buttons
    in forms take a browser seconds to look through. `kept` is what such a link takes along (`layer=mine&`); those not
    given by `me` show their coder's initials, `by_coder` shows every coder's name. `memos` are the signs of turns with
    memos.
    """
    words = TurnWords(escape(_("Turn")), escape(_("Line")), escape(_("Codes of turn")), language())
    named = {code.id: (code.color, escape(code.name), [escape(step) for step in code.scale]) for code in codes}
    links = LinkMarkup(text, named, order, me, escape(kept), escape(_("important")), by_coder)
    signs = memos or MemoSigns({}, "", "")
    left = iter(views)
    while part := list(islice(left, STRETCH)):
        height = sum(view.height * LINE_HEIGHT + TURN_GAP for view in part)
        turns = "\n".join(_turn(view, words, links, signs) for view in part)
        yield f'<div class="stretch s{min(-(-height // HEIGHT_STEP), MOST_STEPS)}">{turns}</div>\n'


def _turn(view: TurnView, words: TurnWords, links: "LinkMarkup", signs: "MemoSigns") -> str:
    number, line, speaker = view.number, view.line, escape(view.speaker)
    name = f"{words.turn} {number}, {speaker}" if speaker else f"{words.turn} {number}"
    label, sign = signs.of(number, name)
    look = f"{' ask' if view.is_asking else ''}{' cells' if view.is_row else ''}"
    mark = f'<span class="cap num">{escape(view.mark)}</span>' if view.mark else ""
    speech = "".join(map(_piece, view.pieces))
    way = ' dir="auto"' if view.is_either_way else ""
    listed = "".join(links.item(mark, number) for mark in view.given)
    given = (
        f'<div class="given" lang="{words.language}"><ul aria-label="{words.codes} {number}">{listed}</ul></div>'
        if listed
        else ""
    )
    return (
        f'<section class="turn{look}" id="turn-{number}" role="group" {label} '
        f'data-s="{view.start}" data-l="{line}" data-b="{escape(view.before)}">'
        f'<div class="sp"><a class="key" href="#turn-{number}" tabindex="-1">{number}</a><b>{speaker}</b>{mark}{sign}'
        "</div>"
        f'<a class="no" id="L{line}" href="#L{line}" tabindex="-1" aria-label="{words.line} {line}">{line}</a>'
        f'<p class="speech"{way}>{speech}</p>{given}</section>'
    )


@dataclass(frozen=True)
class MemoSigns:
    """How many memos there are on each turn, by its number; the address of their list, and the drawing of the sign."""

    counts: Mapping[int, int]
    address: str
    icons: str

    def of(self, turn: int, name: str) -> tuple[str, str]:
        """Return the attributes that name a turn, its name fit for HTML, and its sign: empty without memos."""
        count = self.counts.get(turn, 0)
        if not count:
            return f'aria-label="{name}"', ""
        words = escape(ngettext("%(num)s memo", "%(num)s memos", count))
        drawn = f'<svg class="i i-s" aria-hidden="true"><use href="{escape(self.icons)}#memo"></use></svg>'
        place = f'class="memo-sign" href="{escape(self.address)}" title="{words}" aria-label="{name}: {words}"'
        return (
            f'aria-label="{name}, {words}" data-name="{name}"',
            f'<a {place}>{drawn}<span class="num">{count}</span></a>',
        )


def _piece(piece: Piece) -> str:
    words = escape(piece.words, quote=False)
    return f'<mark class="{piece.look}">{words}</mark>' if piece.top else words


@dataclass(frozen=True)
class LinkMarkup:
    """Writes the link of a coding. `named` is the colour, name and scale of each code by its number, escaped."""

    text: str
    named: dict[int, tuple[int, str, list[str]]]
    order: dict[int, int]
    me: str
    kept: str
    important: str
    by_coder: bool

    def item(self, mark: Mark, turn: int) -> str:
        """Return the list item of a coding: its code, who gave it, and the words, for those who do not see the page."""
        color, name, scale = self.named[mark.code_id]
        rated = scale[mark.rating - 1] if mark.rating and mark.rating <= len(scale) else ""
        short = f"{mark.rating}/{len(scale)}" if rated else ""
        said = "".join(f", {each}" for each in (self.important if mark.is_important else "", rated) if each)
        words, coder = escape(shortened(self.text[mark.start : mark.end])), escape(mark.coder)
        shown = coder if self.by_coder else "" if mark.coder == self.me else escape(mark.coder[:2].upper())
        initials = f'<small aria-hidden="true">{shown}</small>' if shown else ""
        return (
            f'<li><a class="c{color}" href="?{self.kept}coding={mark.guid}#turn-{turn}" '
            f'data-s="{mark.start}" data-e="{mark.end}" data-c="{mark.code_id}" data-by="{coder}" '
            f'data-at="{mark.at.isoformat()}" data-o="{self.order[mark.id]}" data-g="{mark.guid}" '
            f'aria-label="{name}, {coder}{said}: {words}">'
            f'<i class="sw"></i><span class="name">{name}</span>{_signs(short, is_important=mark.is_important)}'
            f"{initials}</a></li>"
        )


def _signs(rated: str, *, is_important: bool) -> str:
    star = '<span class="star-sign">★</span>' if is_important else ""
    rating = f'<span class="rated">{rated}</span>' if rated else ""
    return f'<span class="signs">{star}{rating}</span>' if star or rating else ""
