"""What the study notes besides: its attributes, the terms of stewards, and what is said of one participant or case."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import corpus
from ia_workbench.corpus import (
    ATTRIBUTE,
    Attribute,
    AttributeDefinition,
    AttributeScope,
    AttributeType,
    CaseCluster,
    ConsentScope,
    Participant,
    StewardshipRecord,
)
from ia_workbench.kernel import NotFound, Refused, parse_day
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import chosen
from ia_workbench.web.workbench.current import LEADS, TEAM, study

noted = Blueprint("noted", __name__, url_prefix="/s/<study_key>/noted")

WORDS = ("nation", "approval", "contact", "storage", "return_terms", "label")  # of terms, in the order of the form


@noted.get("")
@open_to(*LEADS)
def every() -> str:
    """Show the attributes of the study and the terms of its stewards, with the forms that add further ones."""
    return _page()


def _page(*, sentence: str | None = None, at: str = "") -> str:
    here = study().id
    attributes = corpus.attributes(session(), here)
    said = {scope: corpus.attribute_values(session(), here, scope) for scope in AttributeScope}
    terms = corpus.stewardships(session(), here)
    return render_template(
        "team/sources/noted.html",
        attributes=attributes,
        counts={each.id: _count(each.name, said[each.scope]) for each in attributes},
        terms=[corpus.stewardship_record(each) for each in terms],
        under=_sources_under(),
        next_key=f"ST-{len(terms) + 1:02}",
        scopes=list(AttributeScope),
        types=list(AttributeType),
        consents=list(ConsentScope),
        sentence=sentence,
        at=at,
        filled=request.form,
    )


def _count(name: str, said: Mapping[int, Sequence[tuple[str, str]]]) -> int:
    """Say how many of those of whom something is said have a value of this name."""
    return sum(name == each for pairs in said.values() for each, _value in pairs)


def _sources_under() -> defaultdict[str, list[str]]:
    """The keys of the sources under each steward's terms."""
    under: defaultdict[str, list[str]] = defaultdict(list)
    for source in corpus.sources(session(), study().id):
        if source.stewardship is not None:
            under[source.stewardship.key].append(source.key)
    return under


@noted.post("/attributes")
@open_to(*LEADS)
@changes_data
def define() -> tuple[str, int] | Response:
    """Add an attribute, or further choices to one that is there."""
    try:
        scope = chosen(request.form, "scope", AttributeScope)
        kind = chosen(request.form, "type", AttributeType)
        name = " ".join(request.form.get("name", "").split())
        known = {each.name: each for each in corpus.attributes(session(), study().id, scope)}
        there = tuple(known[name].choices) if name in known else ()
        typed = tuple(line.strip() for line in request.form.get("choices", "").splitlines() if line.strip())
        definition = AttributeDefinition(scope, name, kind, there + tuple(each for each in typed if each not in there))
        corpus.define_attribute(session(), actor(), study_id=study().id, definition=definition)
    except Refused as refusal:
        session().rollback()
        return _page(sentence=refusal_words(refusal), at="attribute"), refusal.status
    return redirect(url_of("noted.every", said="attribute-defined"), code=303)


@noted.post("/attributes/<uuid:guid>/remove")
@open_to(*LEADS)
@changes_data
def remove(guid: uuid.UUID) -> Response:
    """Remove an attribute with all that is said there."""
    corpus.remove_attribute(session(), actor(), attribute=_attribute(guid))
    return redirect(url_of("noted.every", said="attribute-removed"), code=303)


def _attribute(guid: uuid.UUID) -> Attribute:
    found = next((each for each in corpus.attributes(session(), study().id) if each.guid == guid), None)
    if found is None:
        raise NotFound("This attribute is no longer there.")
    return found


@noted.post("/terms")
@open_to(*LEADS)
@changes_data
def keep_terms() -> tuple[str, int] | Response:
    """Note the terms of a steward, or change them; sources under them are held to them at once."""
    key = " ".join(request.form.get("key", "").split()).upper()
    try:
        corpus.keep_stewardship(session(), actor(), study_id=study().id, record=_typed_terms(key))
    except Refused as refusal:
        session().rollback()
        return _page(sentence=refusal_words(refusal), at=f"terms-{key}"), refusal.status
    return redirect(url_of("noted.every", said="terms-kept") + f"#terms-{key}", code=303)


def _typed_terms(key: str) -> StewardshipRecord:
    words = {name: " ".join(request.form.get(name, "").split()) for name in WORDS}
    return StewardshipRecord(
        key,
        uses=chosen(request.form, "uses", ConsentScope),
        approved_on=_day("approved_on"),
        approved_until=_day("approved_until"),
        **words,
    )


def _day(field: str) -> date | None:
    typed = request.form.get(field, "").strip()
    try:
        return parse_day(typed) if typed else None
    except ValueError:
        raise Refused("{value} is not a date: write it as 2026-03-02.", value=typed) from None


@noted.get("/participants/<participant_key>")
@open_to(*TEAM)
def of_participant(participant_key: str) -> str:
    """Show the form of what is said of one participant."""
    return _said_of(AttributeScope.PARTICIPANT, _participant(participant_key))


@noted.post("/participants/<participant_key>")
@open_to(*TEAM)
@changes_data
def say_of_participant(participant_key: str) -> tuple[str, int] | Response:
    """Keep what was said of one participant."""
    return _say(AttributeScope.PARTICIPANT, _participant(participant_key))


@noted.get("/cases/<case_key>")
@open_to(*TEAM)
def of_case(case_key: str) -> str:
    """Show the form of what is said of one case."""
    return _said_of(AttributeScope.CASE, _case(case_key))


@noted.post("/cases/<case_key>")
@open_to(*TEAM)
@changes_data
def say_of_case(case_key: str) -> tuple[str, int] | Response:
    """Keep what was said of one case."""
    return _say(AttributeScope.CASE, _case(case_key))


def _participant(key: str) -> Participant:
    return corpus.participant_keyed(session(), study().id, key)


def _case(key: str) -> CaseCluster:
    found = next((each for each in corpus.case_clusters(session(), study().id) if each.key == key), None)
    if found is None:
        raise NotFound("There is no case {key} in this study.", key=key)
    return found


def _said_of(scope: AttributeScope, owner: Participant | CaseCluster, sentence: str | None = None) -> str:
    there = {f"{ATTRIBUTE}{name}": value for name, value in corpus.values_of(session(), scope, owner.id)}
    return render_template(
        "team/sources/said_of.html",
        owner=owner,
        scope=scope,
        attributes=corpus.attributes(session(), study().id, scope),
        filled=there | request.form.to_dict(),
        stored=None,
        sentence=sentence,
        back=url_of("records.participants" if scope is AttributeScope.PARTICIPANT else "records.cases"),
    )


def _say(scope: AttributeScope, owner: Participant | CaseCluster) -> tuple[str, int] | Response:
    said = dict(corpus.values_of(session(), scope, owner.id))
    key = owner.key
    try:
        for each in corpus.attributes(session(), study().id, scope):
            typed = request.form.get(f"{ATTRIBUTE}{each.name}")
            if typed is not None and typed.strip() != said.get(each.name, ""):
                corpus.set_attribute(
                    session(), actor(), study_id=study().id, scope=scope, key=key, name=each.name, value=typed
                )
    except Refused as refusal:
        session().rollback()
        again = _participant(key) if scope is AttributeScope.PARTICIPANT else _case(key)
        return _said_of(scope, again, refusal_words(refusal)), refusal.status
    where = "records.participants" if scope is AttributeScope.PARTICIPANT else "records.cases"
    return redirect(url_of(where, said="saved") + f"#{key}", code=303)
