"""What the keys of the coding screen ask for: the sentences of a text, and a coder's own codes."""

from itertools import pairwise
from typing import Any

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, corpus
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.sessions import actor, only_reading, session
from ia_workbench.web.workbench.codings import newest_revision, sent_fields
from ia_workbench.web.workbench.current import TEAM, study

hands = Blueprint("hands", __name__, url_prefix="/s/<study_key>")


@hands.post("/sources/<source_key>/sentences")
@open_to(*TEAM)
@changes_data
def sentences(source_key: str) -> Response:
    """Give where the sentences of the newest text end: the first end, then how far each is from the one before.

    They are found when somebody first wants them, in a session that only reads, so that nobody who writes has to wait;
    then they are kept. The answer holds no words, so that the text it was worked out from is not read out here.
    """
    with only_reading():
        revision = newest_revision(source_key)
        is_kept = corpus.kept_sentence_ends(session(), revision) is not None
        ends = corpus.sentence_ends_of(session(), revision)
        number = revision.number
    if not is_kept:
        newest = newest_revision(source_key)
        if newest.number == number:
            corpus.keep_sentences(session(), actor(), revision=newest, ends=ends)
    return jsonify({"revision": number, "steps": [after - before for before, after in pairwise([0, *ends])]})


@hands.post("/favourites")
@open_to(*TEAM)
@changes_data
def keep_favourite() -> Response:
    """Keep a code (its path) at a place from 1 to 9 of one's own; an empty path lets the place go."""
    sent = sent_fields()
    path = sent.text("code")
    code = codebook.code_at(session(), study().id, path) if path else None
    coding.keep_favourite(session(), actor(), study_id=study().id, place=sent.number("place"), code=code)
    return jsonify(favourites_json())


def favourites_json() -> dict[str, Any]:
    """Return the reader's favourites as scripts read them: numbers of codes by their place."""
    return {"favourites": coding.favourites_of(session(), actor(), study().id)}
