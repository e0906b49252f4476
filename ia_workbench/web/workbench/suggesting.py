"""Suggestions for the words that somebody selected: asked for with places alone, never applied by themselves."""

from flask import Blueprint, current_app, jsonify
from werkzeug.wrappers import Response

from ia_workbench import corpus, suggestions
from ia_workbench.suggestions import Memory, Suggestion
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import session
from ia_workbench.web.workbench.autocoding_forms import quiet_session
from ia_workbench.web.workbench.codings import newest_revision, place_sent, sent_fields
from ia_workbench.web.workbench.current import TEAM, study

suggesting = Blueprint("suggesting", __name__)


@suggesting.post("/s/<study_key>/sources/<source_key>/suggestions")
@open_to(*TEAM)
def suggest(source_key: str) -> Response:
    """Give the likeliest codes for the words from `start` to `end`, with what speaks for each; nothing is stored."""
    if not suggestions.are_on(study()):
        return jsonify({"suggestions": []})
    revision, span = place_sent(newest_revision(source_key), sent_fields())
    without = suggestions.touching(session(), revision, span)
    words = corpus.words_at(session(), revision, span)
    with quiet_session() as reading:
        likely = _memory().likely(reading, study().id, words, without=without)
    return jsonify({"suggestions": [_json(each) for each in suggestions.shown(session(), study().id, likely)]})


def _json(suggestion: Suggestion) -> dict[str, object]:
    seen = [{"source": each.source, "turn": each.turn, "words": each.words} for each in suggestion.seen]
    return {"code": suggestion.code.id, "seen": seen}


def _memory() -> Memory:
    memory: Memory = current_app.extensions["ia_suggestions"]
    return memory
