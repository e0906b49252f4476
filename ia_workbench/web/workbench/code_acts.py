"""Work on the codebook from the coding screen: each act is a request that answers with all that changed.

A code is named by its GUID here, so that a request still finds it after somebody else moved it.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, process_map
from ia_workbench.codebook import Code, CodeWording
from ia_workbench.corpus import Revision
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.code_data import name_warning
from ia_workbench.web.workbench.coding_acts import changes_json
from ia_workbench.web.workbench.codings import Sent, newest_revision, place_sent, request_name, sent_fields
from ia_workbench.web.workbench.current import TEAM, study

code_acts = Blueprint("code_acts", __name__, url_prefix="/s/<study_key>/sources/<source_key>/codes")

GONE = "This code is no longer there."
WORDS = ("name", "definition", "include", "exclude", "example")
LISTS = ("levers", "nodes", "scale")


@code_acts.post("")
@open_to(*TEAM)
@changes_data
def add(source_key: str) -> Response:
    """Add a code below another (`parent`, empty for the top)."""
    sent = sent_fields()
    parent = _code_or_none(sent.text("parent", fallback=""))
    path, name = parent.path if parent else None, sent.text("name")
    return _changed(
        source_key,
        sent,
        lambda: codebook.add_code(session(), actor(), study_id=study().id, name=name, parent_path=path),
    )


@code_acts.post("/in-vivo")
@open_to(*TEAM)
@changes_data
def in_vivo(source_key: str) -> Response:
    """Add a code named after selected words and give it to them."""
    sent = sent_fields()
    newest = newest_revision(source_key)
    revision, span = place_sent(newest, sent)
    coding.code_in_vivo(
        session(),
        actor(),
        revision=revision,
        span=span,
        name=sent.text("name"),
        parent=_code_or_none(sent.text("parent", fallback="")),
        expected_quote=sent.text("quote"),
        request=request_name(sent),
    )
    return _answer(newest, sent)


@code_acts.post("/look")
@open_to(*TEAM)
def look(source_key: str) -> Response:
    """Say whether a name for a code holds the name of somebody; changes nothing."""
    newest_revision(source_key)
    return jsonify({"warning": name_warning(sent_fields().text("name"))})


@code_acts.post("/<guid>/change")
@open_to(*TEAM)
@changes_data
def change(source_key: str, guid: str) -> Response:
    """Change what a code is called and says; fields that are absent stay."""
    sent = sent_fields()
    code = code_sent(guid)
    wording = _wording(sent, codebook.wording_of(code))
    process_map.check_steps(session(), study().id, [each for each in wording.nodes if each not in code.nodes])
    seen = sent.number("version")
    return _changed(
        source_key, sent, lambda: codebook.change_code(session(), actor(), code=code, wording=wording, seen=seen)
    )


@code_acts.post("/<guid>/move")
@open_to(*TEAM)
@changes_data
def move(source_key: str, guid: str) -> Response:
    """Put a code below another (`parent`, empty for the top), at a place among those there (`place`) or last."""
    sent = sent_fields()
    code, parent = code_sent(guid), _code_or_none(sent.text("parent"))
    place = sent.number("place") if "place" in sent.fields else None
    return _changed(
        source_key, sent, lambda: codebook.move_code(session(), actor(), code=code, parent=parent, place=place)
    )


@code_acts.post("/<guid>/merge")
@open_to(*TEAM)
@changes_data
def merge(source_key: str, guid: str) -> Response:
    """Merge a code into another (`into`)."""
    sent = sent_fields()
    newest = newest_revision(source_key)
    name = request_name(sent)
    if not coding.was_requested(session(), actor(), name):
        code, into = code_sent(guid), code_sent(sent.text("into"))
        coding.merge_codes(session(), actor(), code=code, into=into, place=newest.source, request=name)
    return _answer(newest, sent)


@code_acts.post("/<guid>/remove")
@open_to(*TEAM)
@changes_data
def remove(source_key: str, guid: str) -> Response:
    """Remove a code that nothing was coded with."""
    sent = sent_fields()
    newest = newest_revision(source_key)
    name = request_name(sent)
    if not coding.was_requested(session(), actor(), name):
        coding.remove_code(session(), actor(), code=code_sent(guid), place=newest.source, request=name)
    return _answer(newest, sent)


def _changed(source_key: str, sent: Sent, change: Callable[[], Code]) -> Response:
    newest = newest_revision(source_key)
    coding.change_in_place(
        session(), actor(), study_id=study().id, change=change, place=newest.source, request=request_name(sent)
    )
    return _answer(newest, sent)


def _answer(newest: Revision, sent: Sent) -> Response:
    session().flush()
    return jsonify(changes_json(newest, sent.number("after")))


def code_sent(guid: str) -> Code:
    """Return a code of the page's study by its GUID as text; NotFound when it is gone or another study's."""
    try:
        code = codebook.code_by_guid(session(), uuid.UUID(guid))
    except ValueError:
        raise NotFound(GONE) from None
    if code.study_id != study().id:
        raise NotFound(GONE)
    return code


def _code_or_none(guid: str) -> Code | None:
    return code_sent(guid) if guid else None


def _wording(sent: Sent, now: CodeWording) -> CodeWording:
    fields: dict[str, Any] = {name: sent.text(name) for name in WORDS if name in sent.fields}
    fields |= {name: _texts(sent, name) for name in LISTS if name in sent.fields}
    if "color" in sent.fields:
        fields["color"] = sent.number("color")
    return replace(now, **fields)


def _texts(sent: Sent, name: str) -> tuple[str, ...]:
    value = sent.fields[name]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Refused("The field {field} of the request must be a list of texts.", field=name)
    return tuple(value)
