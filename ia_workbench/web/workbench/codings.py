"""Adding and removing codings: as JSON for the reading page's scripts, as forms for everyone without them."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, jsonify, redirect, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, corpus
from ia_workbench.codebook import Code
from ia_workbench.coding import Applied, Coding, QuoteDigest
from ia_workbench.corpus import Revision
from ia_workbench.kernel import NotFound, Refused, Span, is_storable, iso_utc
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.reading import reading_page

codings = Blueprint("codings", __name__)

LONGEST_REQUEST_NAME = 80
UNREADABLE = "This request could not be understood. Nothing was changed; open the page again."
GONE = "This coding is no longer there."


@dataclass(frozen=True)
class Sent:
    """The fields of a JSON request. Every method refuses a field that is absent or of another kind."""

    fields: dict[str, Any]

    def number(self, name: str, *, fallback: int | None = None) -> int:
        """Return a whole number that is zero or more; one that is absent and has no fallback is refused."""
        value = self.fields.get(name, fallback)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise Refused("The field {field} of the request must be a whole number.", field=name)
        return value

    def text(self, name: str, *, fallback: str | None = None) -> str:
        """Return a text; one that is absent and has no fallback, or that no store can hold, is refused."""
        value = self.fields.get(name, fallback)
        if not isinstance(value, str) or not is_storable(value):
            raise Refused("The field {field} of the request must be text.", field=name)
        return value

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; one that is absent or holds anything else is refused."""
        value = self.fields.get(name)
        if not isinstance(value, list) or not all(isinstance(each, str) and is_storable(each) for each in value):
            raise Refused("The field {field} of the request must be a list of texts.", field=name)
        return value


def sent_fields() -> Sent:
    """Return the fields of this request; refuses a body that is no JSON object."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # brackets within brackets, without end
        body = None
    if not isinstance(body, dict):
        raise Refused(UNREADABLE)
    return Sent(body)


def newest_revision(source_key: str) -> Revision:
    """Return the newest text of a source of the page's study; NotFound when there is none."""
    return corpus.newest_revision_at(session(), study().id, source_key)


def place_sent(newest: Revision, sent: Sent) -> tuple[Revision, Span]:
    """Return the revision and span of a request; refuses a span that ends past the text."""
    revision = _revision(newest, sent.number("revision"))
    return revision, span_sent(revision, sent)


def span_sent(text: Revision, sent: Sent) -> Span:
    """Return the span of a request; refuses one that ends past the text."""
    span = Span(sent.number("start"), sent.number("end"))
    if span.end > text.length:
        raise Refused(
            "The text has {length} characters; {start} to {end} ends past it.",
            length=text.length,
            start=span.start,
            end=span.end,
        )
    return span


def _revision(newest: Revision, number: int) -> Revision:
    if number > newest.number:
        raise NotFound("There is no revision {number} of {source}.", number=number, source=newest.source.key)
    return newest if number == newest.number else corpus.revision_numbered(session(), newest.source, number)


@codings.get("/s/<study_key>/sources/<source_key>/codings.json")
@open_to(*TEAM)
def listed(source_key: str) -> Response:
    """List the codings of a source's newest revision."""
    revision = newest_revision(source_key)
    made = [coding_json(each, coder=each.coder.username) for each in coding.codings_on(session(), revision)]
    return jsonify({"source": source_key, "revision": revision.number, "codings": made})


@codings.post("/s/<study_key>/sources/<source_key>/codings")
@open_to(*TEAM)
@changes_data
def add(source_key: str) -> tuple[Response, int]:
    """Give words a code. The same `request` sent twice codes once; the quote must be the words at the offsets."""
    sent = sent_fields()
    span, path = Span(sent.number("start"), sent.number("end")), sent.text("code")
    made = coding.apply_at(
        session(),
        actor(),
        study_key=g.study_key,
        source_key=source_key,
        revision=sent.number("revision"),
        span=span,
        path=path,
        request=request_name(sent),
        expected_quote=quote_sent(sent),
        rating=sent.number("rating", fallback=0) or None,
    )
    if made is None:
        return _added_slowly(source_key, sent)
    place = {"start": span.start, "end": span.end, "quote": made.quote, "code": path}
    seen = {"seen": seen_after(made, request_name(sent))}
    return jsonify(place | _made_json(made, coder=actor().username) | seen), 201


def _added_slowly(source_key: str, sent: Sent) -> tuple[Response, int]:
    """Add a coding where something is not as usual: sent once more, or its text, code or source is another by now."""
    revision, span = place_sent(newest_revision(source_key), sent)
    made = coding.apply_code(
        session(),
        actor(),
        revision=revision,
        span=span,
        code=code_meant(sent.text("code")),
        request=request_name(sent),
        expected_quote=quote_sent(sent),
        rating=sent.number("rating", fallback=0) or None,
    )
    return jsonify(coding_json(made, coder=actor().username) | {"seen": seen_after(made, request_name(sent))}), 201


def code_meant(path: str) -> Code:
    """Return the code at a path, or the one that stood there when the path was written down.

    What waits in a browser names its code by its path: it goes along with one that was moved or merged meanwhile.
    """
    try:
        return codebook.code_at(session(), study().id, path)
    except NotFound:
        now = codebook.path_now(session(), study().id, path)
        if now == path:
            raise
        return codebook.code_at(session(), study().id, now)


def request_name(sent: Sent) -> str:
    """Return the name by which sending an act twice does it once; refuses an empty or endless one."""
    name = sent.text("request")
    if not name or len(name) > LONGEST_REQUEST_NAME:
        raise Refused("The field {field} of the request must be text.", field="request")
    return name


def version_seen(sent: Sent) -> int | None:
    """Return the version of a coding that was before the person; None where the request names none.

    0 is the version of what others changed since an act whose answer was lost: no coding has it.
    """
    return sent.number("version") if "version" in sent.fields else None


def optional_name(sent: Sent) -> str | None:
    """Return the name of a request that need not have one."""
    return request_name(sent) if "request" in sent.fields else None


def quote_sent(sent: Sent) -> str | QuoteDigest:
    """Return the words that a request takes to be at its place, or their SHA-256 (`quote_sha256`) instead."""
    if "quote_sha256" in sent.fields:
        return QuoteDigest(sent.text("quote_sha256"))
    return sent.text("quote")


def seen_after(made: Coding | Applied, name: str | None) -> int:
    """Return the version that a coding has as an act left it; 0 when others changed it since that act was first sent.

    Whoever does more to the coding names that version, so that nobody's work is written over when an act is sent again
    whose answer was lost.
    """
    if made.version == 1:
        return 1  # as it was made: nobody changed it
    act = coding.act_requested(session(), actor(), name)
    return made.version if act is None or coding.is_last_on(session(), act, made.guid) else 0


@codings.post("/s/<study_key>/sources/<source_key>/codings/<guid>/remove")
@open_to(*TEAM)
@changes_data
def remove(source_key: str, guid: str) -> Response | tuple[str, int]:
    """Remove a coding: for scripts an empty answer, for a form back to the turn it stood in.

    Scripts may name the `version` that was before the person, and the `request`.
    """
    sent = sent_fields() if request.is_json else Sent({})
    made = coding_of_source(newest_revision(source_key), guid)
    turn = corpus.turn_at(session(), made.excerpt.revision_id, made.excerpt.start).number
    coding.remove_coding(session(), actor(), coding=made, seen=version_seen(sent), request=optional_name(sent))
    if request.accept_mimetypes.best == "application/json":
        return "", 204
    return redirect(_at_turn(source_key, turn, said="uncoded"), code=303)


def coding_of_source(newest: Revision, guid: str) -> Coding:
    """Return a coding of a source by its GUID as text; NotFound when it is gone or another source's."""
    try:
        made = coding.coding_by_guid(session(), uuid.UUID(guid))
    except ValueError:
        raise NotFound(GONE) from None
    if made.excerpt.revision.source_id != newest.source_id:
        raise NotFound(GONE)
    return made


@codings.post("/s/<study_key>/sources/<source_key>/code")
@open_to(*TEAM)
@changes_data
def add_by_quote(source_key: str) -> Response | tuple[Response, int]:
    """Give words a code by typing them; shows the page again with the reason when that is refused."""
    typed = {name: request.form.get(name, "") for name in ("quote", "turn", "code")}
    newest = newest_revision(source_key)
    try:
        made = _coded_by_quote(newest, typed)
    except Refused as refusal:
        session().rollback()
        return reading_page(source_key, sentence=refusal_words(refusal), typed=typed), refusal.status
    turn = corpus.turn_at(session(), made.excerpt.revision_id, made.excerpt.start).number
    return redirect(_at_turn(source_key, turn, said="coded"), code=303)


def _coded_by_quote(revision: Revision, typed: dict[str, str]) -> Coding:
    code = codebook.code_at(session(), study().id, typed["code"])
    text = corpus.text_of(session(), revision)
    start, end = _within(revision, typed["turn"].strip(), len(text))
    found = coding.find_quote(text[start:end], typed["quote"].strip())
    span = Span(start + found.start, start + found.end)
    return coding.apply_code(session(), actor(), revision=revision, span=span, code=code)


def _within(revision: Revision, turn: str, length: int) -> tuple[int, int]:
    """Return where to look: the turn of that number, or the whole text."""
    if not turn:
        return 0, length
    for each in corpus.turns_of(session(), revision):
        if str(each.number) == turn:
            return each.start, each.end
    raise NotFound("There is no turn {turn} in this source.", turn=turn)


def coding_json(made: Coding, *, coder: str) -> dict[str, Any]:
    """Return a coding as scripts read it, by whom it was made; offsets are code points of the revision's text."""
    excerpt = made.excerpt
    place = {"start": excerpt.start, "end": excerpt.end, "quote": excerpt.quote, "code": made.code.path}
    return place | _made_json(made, coder=coder)


def _made_json(made: Coding | Applied, *, coder: str) -> dict[str, Any]:
    return {
        "guid": str(made.guid),
        "coder": coder,
        "at": iso_utc(made.at),
        "rating": made.rating,
        "important": made.is_important,
        "version": made.version,
    }


def _at_turn(source_key: str, turn: int, *, said: str) -> str:
    return url_of("reading.code", source_key=source_key, said=said) + f"#turn-{turn}"
