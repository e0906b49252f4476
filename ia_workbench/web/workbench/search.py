"""Searching the words of a study: hits in their context, each leading to its turn."""

from flask import Blueprint, render_template, request

from ia_workbench import codebook, corpus, process_map
from ia_workbench import search as searching
from ia_workbench.corpus import SourceKind
from ia_workbench.kernel import Refused
from ia_workbench.search import MemoResults, Narrowing, Results
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.current import TEAM, search_index, study
from ia_workbench.web.workbench.memo_views import told

search = Blueprint("search", __name__, url_prefix="/s/<study_key>/search")

AT_ONCE = 100  # hits on the page
MEMOS_AT_ONCE = 30
CONTEXT = 60  # characters of context beyond which a hit was cut


@search.get("")
@open_to(*TEAM)
def results() -> str | tuple[str, int]:
    """Search the study; the address holds the words and what they are narrowed to."""
    study()
    try:
        return _page(_results(), memos=_memo_results())
    except Refused as refusal:
        return _page(None, refusal_words(refusal)), refusal.status


def _results() -> Results | None:
    words = request.args.get("q", "").strip()
    if not words:
        return None
    return searching.search(session(), search_index(), study().id, words, narrowing=_narrowing(), limit=AT_ONCE)


def _memo_results() -> MemoResults | None:
    """Memos are searched while nothing narrows the search: filters are about sources."""
    words = request.args.get("q", "").strip()
    if not words or _narrowing() != Narrowing():
        return None
    return searching.search_memos(session(), search_index(), study().id, words, limit=MEMOS_AT_ONCE)


def _narrowing() -> Narrowing:
    asked = {name: request.args.get(name) or None for name in ("kind", "standpoint", "code", "node")}
    kind = next((each for each in SourceKind if each.value == asked["kind"]), None)
    return Narrowing(kind=kind, standpoint=asked["standpoint"], code=asked["code"], node=asked["node"])


def _page(found: Results | None, sentence: str | None = None, memos: MemoResults | None = None) -> str:
    here = study().id
    hits = memos.hits if memos else ()
    told_of = told([each.memo for each in hits])
    return render_template(
        "team/search.html",
        results=found,
        memos=memos,
        memo_hits=list(zip(told_of, hits, strict=True)),
        sentence=sentence,
        asked=request.args,
        context=CONTEXT,
        sources=len({hit.source for hit in found.hits}) if found else 0,
        kinds=[each.value for each in SourceKind],
        standpoints=corpus.standpoints_of(study()),
        codes=codebook.codes(session(), here),
        nodes=process_map.nodes(session(), here),
        languages_of={each.key: each.language for each in corpus.sources(session(), here)},
    )
