"""Autocoding: a rule, its matches in context, accepting them as one batch, and taking batches back.

A form of a rule is sent by POST, so that its words, which may be somebody's, stand in no address. Looking at matches
changes nothing. Accepting commits in parts, each a moment long, so that nobody else waits for the store.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import autocoding as coding_by_rule
from ia_workbench import codebook, coding, corpus, privacy, suggestions
from ia_workbench.autocoding import BatchPart, Found, ShownSource, SourceMatches
from ia_workbench.codebook import Code
from ia_workbench.coding import AutocodingRule, BatchStanding, CodedUnit, RuleKind
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Conflict, NotFound, Refused
from ia_workbench.privacy import Act
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, engine_of, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.autocoding_forms import EVERYWHERE, HERE, Asked, asked, first_look, found_by, sent
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.coding_acts import changes_json
from ia_workbench.web.workbench.codings import newest_revision
from ia_workbench.web.workbench.current import LEADS, TEAM, study

autocoding = Blueprint("autocoding", __name__, url_prefix="/s/<study_key>/autocoding")

ON_A_PAGE = 100  # matches shown at once
OVERTAKEN = "Texts were corrected or withdrawn after you looked. Nothing was coded; look at the matches again."
NONE_CHOSEN = "Choose at least one place to be coded."
GONE = "There is no such batch of autocoding in this study."


@autocoding.get("")
@open_to(*TEAM)
def every() -> str:
    """Show the form for a rule, and the batches that were accepted; `?source=` is where somebody reads."""
    place = request.args.get("source", "")
    return _form({"scope": HERE if place else EVERYWHERE, "place": place})


def _form(filled: dict[str, Any], sentence: str | None = None) -> str:
    here = study().id
    sources = coding_by_rule.readable_sources(session(), here)
    known = {each.key for each in sources}
    return render_template(
        "team/autocoding/every.html",
        kinds=list(RuleKind),
        units=list(CodedUnit),
        codes=codebook.codes(session(), here),
        sources=sources,
        filled=filled | {"place": filled["place"] if filled["place"] in known else ""},
        sentence=sentence,
        batches=[_batch(each) for each in coding.autocodings(session(), here)],
        suggests=suggestions.are_on(study()),
        is_blind=bool(study().settings.get(suggestions.BLIND)),
        may_switch=actor().may(Act.MANAGE_STUDY),
        longest=coding_by_rule.LONGEST_WORDS,
    )


@dataclass(frozen=True)
class ListedBatch:
    """A batch with its code (None once it is gone) and whether the actor may take it back."""

    standing: BatchStanding
    code: Code | None
    may_take_back: bool


def _batch(standing: BatchStanding) -> ListedBatch:
    codes = {each.guid: each for each in codebook.codes(session(), study().id)}
    batch = standing.batch
    is_theirs = batch.account_id == actor().account_id or actor().may(Act.MANAGE_STUDY)
    return ListedBatch(standing, codes.get(batch.code), is_theirs and batch.taken_back_at is None)


@autocoding.post("/matches")
@open_to(*TEAM)
def matches() -> Response | str | tuple[str, int]:
    """Show what a rule finds, in context, to be kept or left out; nothing is stored."""
    form = sent()
    try:
        wanted = asked(form)
        found = found_by(wanted)
    except Refused as refusal:
        if request.is_json:
            raise
        return _form(_filled(form), refusal_words(refusal)), refusal.status
    if not wanted.seen:
        wanted = first_look(wanted, found)
    return _json(wanted, found) if request.is_json else _page(wanted, found)


def _filled(form: Any) -> dict[str, Any]:
    names = ("kind", "words", "unit", "code", "scope", "place")
    return {name: form.get(name, "") for name in names} | {"source": form.getlist("source")}


def _page(wanted: Asked, found: Found) -> str:
    shown = _shown(wanted, found)
    return render_template(
        "team/autocoding/matches.html",
        asked=wanted,
        found=found,
        shown=shown,
        languages={each.key: each.language for each in coding_by_rule.readable_sources(session(), study().id)},
        on_page=ON_A_PAGE,
        listed=" ".join(match.name for source in shown for match in source.matches),
        kept=sum(len(each.matches) for each in _chosen(wanted, found)),
    )


def _shown(wanted: Asked, found: Found) -> list[ShownSource]:
    me = actor().username
    pages = coding_by_rule.in_context(session(), found, wanted.code, me=me, first=wanted.first, limit=ON_A_PAGE)
    return list(pages)


def _json(wanted: Asked, found: Found) -> Response:
    shown = [
        {
            "key": source.key,
            "count": source.count,
            "matches": [
                {
                    "name": each.name,
                    "turn": each.turn,
                    "start": each.start,
                    "end": each.end,
                    "left": each.left,
                    "words": each.words,
                    "right": each.right,
                    "isCut": each.is_cut,
                    "coder": each.coder,
                    "isOwn": each.is_own,
                }  # fmt: skip
                for each in source.matches
            ],
        }
        for source in _shown(wanted, found)
    ]
    rest = {"seen": wanted.seen, "request": wanted.request, "without": sorted(wanted.without)}
    return jsonify({"count": found.count, "withoutForms": found.without_forms, "sources": shown} | rest)


def _chosen(wanted: Asked, found: Found) -> list[SourceMatches]:
    return coding_by_rule.left_out(found, wanted.without)


@autocoding.post("/accept")
@open_to(*TEAM)
def accept() -> Response | str | tuple[str, int]:
    """Code what was kept, as one batch. Sent again under the same `request` it goes on where it stopped."""
    form = sent()
    try:
        wanted = asked(form)
        _accept(wanted, found_by(wanted))
    except Refused as refusal:
        if request.is_json:
            raise
        return _form(_filled(form), refusal_words(refusal)), refusal.status
    session().rollback()  # what follows is read as it is now
    if request.is_json:
        return jsonify(changes_json(newest_revision(wanted.place), whole_number(form.get("after", "")) or 0))
    address = url_of("reading.code", source_key=wanted.place, said="autocoded") if wanted.place else None
    return redirect(address or url_of("autocoding.every", said="autocoded"), code=303)


def _accept(wanted: Asked, found: Found) -> None:
    if found.digest != wanted.seen:
        raise Conflict(OVERTAKEN)
    kept = _chosen(wanted, found)
    count = sum(len(each.matches) for each in kept)
    if not count:
        raise Refused(NONE_CHOSEN)
    parts = list(coding_by_rule.parts_of_batch(kept))
    for number, together in enumerate(parts):
        _store(wanted, found, count, together, is_last=number == len(parts) - 1)


def _store(wanted: Asked, found: Found, count: int, together: list[BatchPart], *, is_last: bool) -> None:
    """Store some parts of a batch in a transaction of their own; the first one begins it."""
    rule = AutocodingRule(wanted.rule.kind, wanted.rule.words, wanted.rule.unit, found.read)
    who = actor()
    with privacy.session_for(engine_of(current_app), who, writes=True) as writing, writing.begin():
        code = codebook.code_at(writing, study().id, wanted.code.path)
        place = corpus.source_keyed(writing, study().id, wanted.place) if wanted.place else None
        batch = coding.begin_batch(
            writing, who, code=code, rule=rule, chosen=count, place=place, request=wanted.request
        )
        for part in together:
            revision = writing.get_one(Revision, part.revision_id)
            coding.apply_part(writing, who, batch=batch, number=part.number, revision=revision, spans=part.spans)
        if is_last:
            coding.finish_batch(writing, who, batch=batch)


@autocoding.post("/batches/<guid>/take-back")
@open_to(*TEAM)
@changes_data
def take_back(guid: str) -> Response:
    """Remove the codings of a batch that nobody changed since."""
    try:
        batch = coding.autocoding_by_guid(session(), study().id, uuid.UUID(guid))
    except ValueError:
        raise NotFound(GONE) from None
    coding.take_back(session(), actor(), batch=batch)
    return redirect(url_of("autocoding.every", said="batch-taken-back"), code=303)


@autocoding.post("/suggestions")
@open_to(*LEADS)
@changes_data
def switch() -> Response:
    """Switch suggestions on or off for the study."""
    is_on = request.form.get("on") == "1"
    suggestions.switch_suggestions(session(), actor(), study=study(), on=is_on)
    return redirect(url_of("autocoding.every", said="saved"), code=303)
