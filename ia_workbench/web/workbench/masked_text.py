"""The masked text of a source as its second reader sees it: every decision beside it, to sign or to send back."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import corpus, masking
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.mask_views import groups_of

masked_text = Blueprint("masked_text", __name__, url_prefix="/s/<study_key>/sources/<source_key>/mask")


@masked_text.get("/text")
@open_to(*TEAM)
def one(source_key: str) -> str:
    """Show the masked text as readers would have it, with every decision beside it."""
    return _text_page(source_key)


def _text_page(source_key: str, sentence: str | None = None) -> str:
    source = corpus.source_keyed(session(), study().id, source_key)
    made = masking.masked_text_of(session(), source)
    if made is None:
        raise NotFound("There is no masked text of {key} yet. Make it first.", key=source_key)
    words = corpus.text_of(session(), made.revision)
    edits = [(each.new_start, each.new_end) for each in corpus.edits_of(made.revision)]
    marks = masking.marks_on(session(), made.raw_id)
    return render_template(
        "team/masking/text.html",
        section="sources",
        source=source,
        made=made,
        standing=masking.standing_of(session(), source),
        turns=[
            (turn, _pieces(words, turn.speech_start, turn.end, edits))
            for turn in corpus.turns_of(session(), made.revision)
        ],
        groups=groups_of(marks),
        seen=masking.seen_of_text(session(), source),
        may_sign=made.by != actor().username and {each.decided_by for each in marks} != {actor().username},
        sentence=sentence,
    )


def _pieces(words: str, start: int, end: int, edits: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut a stretch of the masked text into what stood there and what was put there."""
    pieces, at = [], start
    for first, last in edits:
        if last <= start or first >= end:
            continue
        pieces += [(words[at : max(at, first)], False), (words[max(at, first) : min(last, end)], True)]
        at = min(last, end)
    return [each for each in [*pieces, (words[at:end], False)] if each[0]]


@masked_text.post("/sign")
@open_to(*TEAM)
@changes_data
def sign(source_key: str) -> Response | tuple[str, int]:
    """Sign the masked text as a second person."""
    return _second(source_key, masking.sign_masked_text, said="mask-signed")


@masked_text.post("/back")
@open_to(*TEAM)
@changes_data
def back(source_key: str) -> Response | tuple[str, int]:
    """Send the masked text back to the first reader."""
    return _second(source_key, masking.send_back_masked_text, said="mask-sent-back")


def _second(source_key: str, act: Callable[..., object], said: str) -> Response | tuple[str, int]:
    source = corpus.source_keyed(session(), study().id, source_key)
    try:
        act(session(), actor(), source=source, seen=request.form.get("seen", ""))
    except Refused as refusal:
        session().rollback()
        return _text_page(source_key, refusal_words(refusal)), refusal.status
    return redirect(url_of("masked_text.one", source_key=source_key, said=said), code=303)
