"""Changing a coding by a form, for everyone without scripts: words, code, rating, the sign of importance."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, corpus
from ia_workbench.coding import Coding
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Refused, Span, normalise_text
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import version_seen, whole_number
from ia_workbench.web.workbench.codings import coding_of_source, newest_revision
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.reading import reading_page

changing_coding = Blueprint("changing_coding", __name__)


@changing_coding.post("/s/<study_key>/sources/<source_key>/codings/<guid>/change")
@open_to(*TEAM)
@changes_data
def change(source_key: str, guid: str) -> Response | tuple[Response, int]:
    """Make of a coding what a form says; shows the page again with the reason when that is refused."""
    newest = newest_revision(source_key)
    made = coding_of_source(newest, guid)
    try:
        _change(newest, made)
    except Refused as refusal:
        session().rollback()
        typed = {name: request.form.get(name, "") for name in ("words", "code", "rating", "important")}
        page = reading_page(source_key, sentence=refusal_words(refusal), typed=typed | {"changing": guid})
        return page, refusal.status
    turn = corpus.turn_at(session(), made.excerpt.revision_id, made.excerpt.start).number
    kept = url_of("reading.code", source_key=source_key, coding=guid, said="coding-changed")
    return redirect(f"{kept}#turn-{turn}", code=303)


def _change(newest: Revision, made: Coding) -> None:
    """Do what differs from what is there, one act each; whoever saw an older version is told first."""
    form, seen = request.form, version_seen(request.form)
    words = normalise_text(form.get("words", ""))
    if words.strip() != made.excerpt.quote.strip():
        span = _span(newest, made, words.strip())
        coding.resize_coding(session(), actor(), coding=made, revision=newest, span=span, seen=seen)
        seen = made.version
    code = codebook.code_at(session(), study().id, form.get("code", ""))
    if code.id != made.code_id:
        coding.recode(session(), actor(), coding=made, code=code, seen=seen)
        seen = made.version
    rating = whole_number(form.get("rating", "")) or None
    if "rating" in form and rating != made.rating:
        coding.rate_coding(session(), actor(), coding=made, rating=rating, seen=seen)
        seen = made.version
    coding.mark_important(session(), actor(), coding=made, is_important=form.get("important") == "1", seen=seen)


def _span(revision: Revision, made: Coding, words: str) -> Span:
    """Find words in the turn in which a coding begins, else in the whole text, where they must stand once."""
    text = corpus.text_of(session(), revision)
    turn = corpus.turn_at(session(), revision.id, made.excerpt.start)
    try:
        found = coding.find_quote(text[turn.start : turn.end], words)
    except Refused:
        return coding.find_quote(text, words)
    return Span(turn.start + found.start, turn.start + found.end)
