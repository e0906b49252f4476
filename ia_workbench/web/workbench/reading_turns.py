"""The turns of the page of a source: with their codings and memos in them, or bare for a browser that draws these."""

from collections import Counter
from collections.abc import Sequence

from flask import current_app
from markupsafe import Markup
from werkzeug.wrappers import Response

from ia_workbench import coding, corpus
from ia_workbench.codebook import Code
from ia_workbench.coding import Mark
from ia_workbench.corpus import Revision
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import language
from ia_workbench.web.workbench.fidelity_blocks import labels_by_turn
from ia_workbench.web.workbench.kept_turns import KeptTurns, WrittenTurns
from ia_workbench.web.workbench.seeing import BY_CODER, Seeing
from ia_workbench.web.workbench.transcript import turn_views
from ia_workbench.web.workbench.turn_markup import MemoSigns, turns_markup

PLACE = Markup("<!-- turns -->")  # nothing else on a page can be this: what comes from outside is escaped


def with_turns(page: str, turns: WrittenTurns) -> Response:
    """Return a page with the turns in the place kept for them, sent piece by piece: the first words at once."""
    before, _, after = page.partition(str(PLACE))
    return Response([before.encode() + turns.first, turns.rest, after.encode()], mimetype="text/html")


def drawn_turns(
    revision: Revision, text: str, codes: Sequence[Code], marks: Sequence[Mark], drawn: Sequence[Mark], wanted: Seeing
) -> WrittenTurns:
    """Write the turns with codings and signs of memos; `marks` are all codings, `drawn` those that are shown."""
    turns = corpus.turns_of(session(), revision)
    colors = {each.id: each.color for each in codes}
    anchors, by_coder = labels_by_turn(turns, corpus.anchors_of(revision)), wanted.lanes == BY_CODER
    written = turns_markup(
        turn_views(text, turns, drawn, colors, labels=anchors, by_coder=by_coder),
        text,
        codes,
        {each.id: number for number, each in enumerate(marks)},
        me=actor().username,
        kept=_kept(wanted),
        by_coder=by_coder,
        memos=_memo_signs(revision),
    )
    return WrittenTurns.of(written, len(turns))


def plain_turns(revision: Revision, text: str) -> WrittenTurns:
    """Write the turns alone, or take them as they were written before: a text never changes."""
    kept: KeptTurns = current_app.extensions["ia_kept_turns"]
    return kept.of((revision.guid, revision.sha256, language()), lambda: _bare_turns(revision, text))


def _bare_turns(revision: Revision, text: str) -> WrittenTurns:
    turns = corpus.turns_of(session(), revision)
    views = turn_views(text, turns, [], {}, labels=labels_by_turn(turns, corpus.anchors_of(revision)))
    return WrittenTurns.of(turns_markup(views, text, [], {}, me=""), len(turns))


def _kept(wanted: Seeing) -> str:
    """Return what a link to a coding takes along, so that the page shows the same codings after it."""
    query = wanted.address()
    return f"{query}&" if query else ""


def _memo_signs(revision: Revision) -> MemoSigns:
    """Return the signs of the turns of a text that have memos."""
    excerpts = coding.excerpts_with_memos(session(), revision)
    turns = coding.turns_of_excerpts(session(), set(excerpts))
    counts = Counter(turns[each] for each in excerpts if each in turns)
    address = url_of("memos.every", source=revision.source.key)
    return MemoSigns(counts, address, url_of("static", filename="design/icons.svg"))
