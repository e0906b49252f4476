"""What the reading page's scripts ask for beside adding and removing: all codings at once, what changed, undo and redo.

Codings travel as columns: ten thousand of them are read in some milliseconds, and none of their words is among them.
"""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, g, jsonify, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ia_workbench import coding, findings
from ia_workbench.coding import Coding, CodingAct, Mark, Part
from ia_workbench.corpus import Revision
from ia_workbench.findings import LinkRole, Stance
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Actor
from ia_workbench.web.access import changes_data, in_passing, open_to
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.code_data import codes_now
from ia_workbench.web.workbench.codings import (
    UNREADABLE,
    Sent,
    code_meant,
    coding_of_source,
    newest_revision,
    optional_name,
    place_sent,
    quote_sent,
    request_name,
    seen_after,
    sent_fields,
    version_seen,
)
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.presence import others_at
from ia_workbench.web.workbench.reading import link_json, links_json

# Who sets things of other kinds than codings back and forth, by their kind.
APPLIERS: dict[str, Callable[[Session, Actor, Part], None]] = {
    coding.MEMO: coding.set_memo_state,
    coding.EVIDENCE: findings.set_link_state,
}

coding_acts = Blueprint("coding_acts", __name__, url_prefix="/s/<study_key>/sources/<source_key>")


@coding_acts.get("/marks.json")
@open_to(*TEAM)
def marks(source_key: str) -> Response:
    """Give where all codings of the newest text stand, as columns, and the act to ask for changes from."""
    revision = newest_revision(source_key)
    last = coding.last_act(session(), study().id)
    columns = mark_columns(coding.marks_on(session(), revision))
    return jsonify({"revision": revision.number, "last": last, "marks": columns} | _undoable(revision))


@coding_acts.get("/changes.json")
@open_to(*TEAM)
@in_passing
def changes(source_key: str) -> Response:
    """Give what changed here since an act (`?after=`), and who else is here; `?here=1` is from a page in sight.

    Every open page asks this every second or two: where nothing changed it is one query. With `?codes=1` the codes come
    in any case.
    """
    after = request.args.get("after", 0, type=int)
    glance = coding.glance_at(session(), g.study_key, source_key)
    others = {"me": actor().username, "others": others_at(glance.source_id, is_here=request.args.get("here") == "1")}
    wants_codes = bool(request.args.get("codes"))
    if glance.is_withdrawn or (glance.last <= after and not wants_codes):
        state = {"last": after, "revision": glance.revision, "withdrawn": glance.is_withdrawn}
        return jsonify(NOTHING | state | others)
    revision = newest_revision(source_key)
    codes = {"codes": codes_now(revision)} if wants_codes else {}
    return jsonify(changes_json(revision, after) | {"withdrawn": False} | codes | others)


@coding_acts.post("/codings/several")
@open_to(*TEAM)
@changes_data
def several(source_key: str) -> Response:
    """Give the same words several codes (`codes`, paths) as one act; `several` names the coding of each path."""
    sent = sent_fields()
    revision, span = place_sent(newest_revision(source_key), sent)
    codes = {path: code_meant(path) for path in sent.texts("codes")}
    made = coding.apply_codes(
        session(),
        actor(),
        revision=revision,
        span=span,
        codes=list(codes.values()),
        expected_quote=quote_sent(sent),
        request=request_name(sent),
    )
    named = {path: str(made[code].guid) for path, code in codes.items() if code in made}
    seen = int(
        all(each.version == 1 for each in made.values())
    )  # 0 once others changed one: that is theirs to look at first
    return jsonify(changes_json(revision, sent.number("after")) | {"several": named, "seen": seen})


@coding_acts.post("/codings/<guid>/resize")
@open_to(*TEAM)
@changes_data
def resize(source_key: str, guid: str) -> Response:
    """Put a coding on other words."""
    sent = sent_fields()
    newest = newest_revision(source_key)
    made = coding_of_source(newest, guid)
    revision, span = place_sent(newest, sent)
    coding.resize_coding(
        session(),
        actor(),
        coding=made,
        revision=revision,
        span=span,
        expected_quote=quote_sent(sent),
        seen=sent.number("version"),
        request=request_name(sent),
    )
    return _changed(revision, sent, made)


@coding_acts.post("/codings/<guid>/recode")
@open_to(*TEAM)
@changes_data
def recode(source_key: str, guid: str) -> Response:
    """Give a coding another code."""
    sent = sent_fields()
    revision = newest_revision(source_key)
    made = coding_of_source(revision, guid)
    code = code_meant(sent.text("code"))
    seen, name = sent.number("version"), request_name(sent)
    coding.recode(session(), actor(), coding=made, code=code, seen=seen, request=name)
    return _changed(revision, sent, made)


@coding_acts.post("/codings/<guid>/mark")
@open_to(*TEAM)
@changes_data
def mark(source_key: str, guid: str) -> Response:
    """Give a coding the sign of importance (`important` 1) or take it away (0)."""
    sent = sent_fields()
    revision = newest_revision(source_key)
    made = coding_of_source(revision, guid)
    is_important = sent.number("important") == 1
    seen, name = version_seen(sent), request_name(sent)
    coding.mark_important(session(), actor(), coding=made, is_important=is_important, seen=seen, request=name)
    return _changed(revision, sent, made)


@coding_acts.post("/codings/<guid>/rate")
@open_to(*TEAM)
@changes_data
def rate(source_key: str, guid: str) -> Response:
    """Rate a coding in its code's scale, counted from 1; 0 takes the rating away."""
    sent = sent_fields()
    revision = newest_revision(source_key)
    made = coding_of_source(revision, guid)
    rating = sent.number("rating") or None
    seen, name = version_seen(sent), request_name(sent)
    coding.rate_coding(session(), actor(), coding=made, rating=rating, seen=seen, request=name)
    return _changed(revision, sent, made)


def _changed(revision: Revision, sent: Sent, made: Coding) -> Response:
    """Answer a change of one coding: all that changed, and the version with which to change it further."""
    return jsonify(changes_json(revision, sent.number("after")) | {"seen": seen_after(made, request_name(sent))})


@coding_acts.post("/evidence")
@open_to(*TEAM)
@changes_data
def link(source_key: str) -> tuple[Response, int]:
    """Link words to a finding as evidence: the new link, and what changed here since `after`."""
    sent = sent_fields()
    revision, span = place_sent(newest_revision(source_key), sent)
    finding = findings.finding_keyed(session(), study().id, sent.text("finding"))
    stance, role = _stance(sent), _role(sent)
    excerpt = coding.excerpt_of(session(), actor(), revision=revision, span=span, expected_quote=sent.text("quote"))
    made = findings.link_evidence(
        session(),
        actor(),
        finding=finding,
        excerpt=excerpt,
        stance=stance,
        role=role,
        lever=sent.text("lever", fallback="") or None,
        note=sent.text("note", fallback="").strip(),
        request=request_name(sent),
    )
    after = sent.number("after", fallback=coding.last_act(session(), study().id))
    return jsonify(link_json(made) | changes_json(revision, after)), 201


def _stance(sent: Sent) -> Stance:
    try:
        return Stance(sent.text("stance"))
    except ValueError:
        raise Refused("Choose whether the words support, contradict or complicate the finding.") from None


def _role(sent: Sent) -> LinkRole:
    try:
        return LinkRole(sent.text("role"))
    except ValueError:
        raise Refused("Choose which part of the finding the words speak to.") from None


@coding_acts.post("/undo")
@open_to(*TEAM)
@changes_data
def undo(source_key: str) -> Response:
    """Undo the last thing that this person did here."""
    revision, name = newest_revision(source_key), optional_name(sent_fields())
    return _reverted(revision, coding.undo(session(), actor(), source=revision.source, appliers=APPLIERS, request=name))


@coding_acts.post("/redo")
@open_to(*TEAM)
@changes_data
def redo(source_key: str) -> Response:
    """Redo what this person undid here."""
    revision, name = newest_revision(source_key), optional_name(sent_fields())
    return _reverted(revision, coding.redo(session(), actor(), source=revision.source, appliers=APPLIERS, request=name))


@coding_acts.post("/leave-standing")
@open_to(*TEAM)
@changes_data
def leave_standing(source_key: str) -> Response:
    """Pass over what could not be undone, because somebody else changed it since; `act` is its GUID."""
    revision, sent = newest_revision(source_key), sent_fields()
    coding.leave_standing(session(), actor(), source=revision.source, act=_guid(sent.text("act", fallback="")))
    return jsonify(changes_json(revision, sent.number("after")))


def _guid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise Refused(UNREADABLE) from None


def _reverted(revision: Revision, made: Sequence[CodingAct]) -> Response:
    guids = [str(part.guid) for act in made for part in coding.parts_of(act)]
    first = coding.parts_of(made[0])[0]
    did = {"kind": str(made[0].kind), "guid": str(first.guid), "count": len(guids)}
    return jsonify(changes_json(revision, sent_fields().number("after")) | {"did": did})


def changes_json(revision: Revision, after: int) -> dict[str, Any]:
    """Return what changed since an act as scripts read it; the codes, too, when one of them did."""
    found = coding.changes_since(session(), revision, after)
    codes = codes_json_now(revision) if found.is_codebook_changed else {}
    links = {"links": links_json(revision)} if found.is_evidence_changed else {}
    return (
        {
            "revision": revision.number,
            "last": found.last,
            "marks": mark_columns(found.marks),
            "gone": [str(guid) for guid in found.gone],
            "codebook": found.is_codebook_changed,
            "memos": found.are_memos_changed,
            "anew": found.is_too_much,
            "doings": [
                {"who": each.who, "kind": each.kind, "things": [str(guid) for guid in each.things]}
                for each in found.doings
            ],
        }
        | codes
        | links
        | _undoable(revision)
    )


def _undoable(revision: Revision) -> dict[str, Any]:
    can = coding.undoable(session(), actor(), source=revision.source)
    last = can.last
    about = str(coding.parts_of(last)[0].guid) if last and last.parts else None
    return {"undo": can.undo, "redo": can.redo, "next": {"act": str(last.guid), "about": about} if last else None}


def codes_json_now(revision: Revision) -> dict[str, Any]:
    """Return the codes as they are, and which of them the reader keeps at hand: those follow a code that is merged."""
    return {"codes": codes_now(revision), "favourites": coding.favourites_of(session(), actor(), study().id)}


def mark_columns(marks: Sequence[Mark]) -> dict[str, list[Any]]:
    """Return codings as columns, oldest first; `coder` counts in `coders`, `at` is in seconds since 1970."""
    coders = sorted({each.coder for each in marks})
    places = {coder: place for place, coder in enumerate(coders)}
    return {
        "coders": list(coders),
        "guid": [str(each.guid) for each in marks],
        "start": [each.start for each in marks],
        "end": [each.end for each in marks],
        "code": [each.code_id for each in marks],
        "coder": [places[each.coder] for each in marks],
        "at": [int(each.at.timestamp()) for each in marks],
        "rating": [each.rating or 0 for each in marks],
        "important": [int(each.is_important) for each in marks],
        "version": [each.version for each in marks],
    }


NOTHING = {"marks": mark_columns([]), "gone": [], "codebook": False, "memos": False, "anew": False, "doings": []}
