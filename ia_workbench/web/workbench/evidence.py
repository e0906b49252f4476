"""Evidence links: finding the words, linking them with stance and role, how readers see them, weighing them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, corpus, findings, release
from ia_workbench.coding import CodedWords, Coding, Excerpt
from ia_workbench.corpus import FAMILY_STANDPOINTS, Source, SourceKind, Turn
from ia_workbench.findings import EvidenceLink, Finding, LinkRole, ShownAs, Stance
from ia_workbench.kernel import Conflict, NotFound, Refused, Span
from ia_workbench.search import Results, search
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import by_language, chosen, version_seen, whole_number
from ia_workbench.web.workbench.current import TEAM, finding_of_study, link_of_finding, search_index, study
from ia_workbench.web.workbench.fidelity_blocks import cited_places
from ia_workbench.web.workbench.finding import finding_page

evidence = Blueprint("evidence", __name__, url_prefix="/s/<study_key>/findings/<finding_key>/evidence")

MOST_CANDIDATES = 60  # coded words offered at once
MOST_HITS = 30
NOTHING_OFFERED = CodedWords((), 0)


@dataclass(frozen=True)
class Picked:
    """The words a person is about to link: an excerpt that exists, or a turn whose words they will trim."""

    source: Source
    words: str
    turn: Turn | None
    excerpt: Excerpt | None


@dataclass(frozen=True)
class Described:
    """How readers outside the team see a link, and the team's note: as it is stored, or as a refused form held it."""

    shown_as: str
    note: str
    speaker: dict[str, str]
    translation: dict[str, str]
    paraphrase: dict[str, str]

    @classmethod
    def of(cls, link: EvidenceLink) -> "Described":
        """Return what is stored."""
        return cls(link.shown_as.value, link.note, link.speaker, link.translation, link.paraphrase)

    @classmethod
    def typed(cls, form: MultiDict[str, str]) -> "Described":
        """Return what a form holds."""
        words = (by_language(form, name) for name in ("speaker", "translation", "paraphrase"))
        return cls(form.get("shown_as", ""), form.get("note", ""), *words)


@evidence.get("")
@open_to(*TEAM)
def choose(finding_key: str) -> str:
    """Offer words to link: what was coded, what a search finds, or the words that were picked with the form to link."""
    return _choose(finding_of_study(finding_key))


def _choose(found: Finding, sentence: str | None = None) -> str:
    here = study().id
    picked = _picked()
    sources = [each for each in corpus.sources(session(), here) if not each.is_withdrawn]
    offered = NOTHING_OFFERED if picked else _offered(found, sources)
    return render_template(
        "team/findings/evidence.html",
        finding=found,
        picked=picked,
        consents_to_quote=picked is not None and picked.source.consent.allows(corpus.ConsentScope.QUOTE_IN_REPORT),
        candidates=offered.codings,
        more=offered.total - len(offered.codings),
        turns=coding.turns_of_excerpts(session(), {each.excerpt_id for each in offered.codings}),
        places=cited_places(coding.places_of_excerpts(session(), {each.excerpt_id for each in offered.codings})),
        hits=None if picked else _hits(),
        sources=sources,
        codes=codebook.codes(session(), here),
        standpoints=[each for each in corpus.standpoints_of(study()) if each not in FAMILY_STANDPOINTS],
        asked=request.values,
        stances=list(Stance),
        roles=list(LinkRole),
        sentence=sentence,
    )


def _picked() -> Picked | None:
    """Return the words that the address or the form points at; NotFound when they are not there."""
    if request.values.get("excerpt"):
        return _picked_excerpt(request.values["excerpt"])
    turn = whole_number(request.values.get("turn", ""))
    if request.values.get("source") and turn is not None:
        return _picked_turn(request.values["source"], turn)
    return None


def _picked_excerpt(guid: str) -> Picked:
    excerpt = coding.excerpt_by_guid(session(), _guid(guid))
    source = excerpt.revision.source
    turn = corpus.turn_at(session(), excerpt.revision_id, excerpt.start)
    return Picked(source, corpus.words_at(session(), excerpt.revision, Span(excerpt.start, excerpt.end)), turn, excerpt)


def _guid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound("This excerpt is no longer there.") from None


def _picked_turn(source_key: str, number: int) -> Picked:
    source = corpus.source_keyed(session(), study().id, source_key)
    revision = corpus.newest_revision(session(), source)
    turn = next((each for each in corpus.turns_of(session(), revision) if each.number == number), None)
    if turn is None:
        raise NotFound("There is no turn {number} in {key}.", number=number, key=source.key)
    words = corpus.words_at(session(), revision, Span(turn.speech_start, turn.end))
    return Picked(source, request.form.get("words", words), turn, None)


def _offered(found: Finding, sources: Sequence[Source]) -> CodedWords:
    """Return coded words that could be evidence: not linked yet, narrowed by what the address asks for."""
    asked, here = request.args, study().id
    code = codebook.code_at(session(), here, asked["code"]) if asked.get("code") else None
    source = corpus.source_keyed(session(), here, asked["from"]) if asked.get("from") else None
    near = _near(found) if not (code or source or asked.get("standpoint")) or asked.get("near") else None
    wanted = [each for each in sources if (source is None or each.id == source.id) and _is_wanted(each, near)]
    linked = {each.excerpt_id for each in findings.links_of(session(), found)}
    return coding.coded_words(session(), here, sources=wanted, code=code, without=linked, limit=MOST_CANDIDATES)


def _near(found: Finding) -> set[str]:
    facts = findings.facts_of(session(), found)
    return {each.key for each in facts.sources if each.counts and each.touches(facts.nodes, facts.edges)}


def _is_wanted(source: Source, near: set[str] | None) -> bool:
    wanted = request.args.get("standpoint", "")
    is_voice = source.standpoint in FAMILY_STANDPOINTS if wanted == "family" else source.standpoint == wanted
    return (not wanted or is_voice) and (not near or source.key in near) and source.kind is not SourceKind.DEBRIEF


def _hits() -> Results | None:
    words = request.args.get("q", "").strip()
    return search(session(), search_index(), study().id, words, limit=MOST_HITS) if words else None


@evidence.post("")
@open_to(*TEAM)
@changes_data
def link(finding_key: str) -> tuple[str, int] | Response:
    """Link the picked words to the finding."""
    found = finding_of_study(finding_key)
    picked = _picked()
    try:
        if picked is None:
            raise Refused("Choose the words first.")
        made = findings.link_evidence(
            session(),
            actor(),
            finding=found,
            excerpt=picked.excerpt or _cut(picked),
            stance=chosen(request.form, "stance", Stance),
            role=chosen(request.form, "role", LinkRole),
            lever=request.form.get("lever") or None,
            note=request.form.get("note", ""),
        )
    except Refused as refusal:
        session().rollback()
        return _choose(finding_of_study(finding_key), refusal_words(refusal)), refusal.status
    return redirect(url_of("finding.one", finding_key=found.key, said="linked") + f"#{made.key}", code=303)


def _cut(picked: Picked) -> Excerpt:
    """Cut the words out of the picked turn; refuses words that do not stand there exactly once."""
    if picked.turn is None:
        raise Refused("Choose the words first.")
    revision = corpus.newest_revision(session(), picked.source)
    turn = picked.turn
    speech = corpus.words_at(session(), revision, Span(turn.speech_start, turn.end))
    place = coding.find_quote(speech, request.form.get("words", "").strip())
    span = Span(turn.speech_start + place.start, turn.speech_start + place.end)
    return coding.excerpt_of(session(), actor(), revision=revision, span=span)


@evidence.get("/<link_key>")
@open_to(*TEAM)
def one(finding_key: str, link_key: str) -> str:
    """Show one evidence link: its words, and how readers outside the team see it."""
    return _one(link_of_finding(finding_key, link_key))


def _one(its: EvidenceLink, typed: Described | None = None, refusal: Refused | None = None) -> str:
    source = its.excerpt.revision.source
    turns = coding.turns_of_excerpts(session(), {its.excerpt_id})
    codings = [] if source.is_withdrawn else coding.codings_on(session(), its.excerpt.revision)
    mask = release.mask_of(session(), its)
    return render_template(
        "team/findings/link.html",
        finding=its.finding,
        link=its,
        source=source,
        turn=turns.get(its.excerpt_id),
        place=cited_places(coding.places_of_excerpts(session(), {its.excerpt_id})).get(its.excerpt_id),
        codings=_touching(codings, its.excerpt),
        standing=coding.unsettled(session(), {its.excerpt_id}),
        mask=mask,
        mask_is_current=mask is not None and release.is_current(mask, its),
        shown_choices=list(ShownAs),
        filled=typed or Described.of(its),
        stored=Described.of(its) if isinstance(refusal, Conflict) else None,
        sentence=refusal_words(refusal) if refusal else None,
    )


def _touching(made: Sequence[Coding], excerpt: Excerpt) -> list[Coding]:
    return [each for each in made if each.excerpt.start < excerpt.end and each.excerpt.end > excerpt.start]


@evidence.post("/<link_key>")
@open_to(*TEAM)
@changes_data
def describe(finding_key: str, link_key: str) -> tuple[str, int] | Response:
    """Change the note of a link and how readers outside the team see it."""
    its = link_of_finding(finding_key, link_key)
    typed = Described.typed(request.form)
    try:
        findings.describe_link(
            session(),
            actor(),
            link=its,
            note=typed.note,
            shown_as=chosen(request.form, "shown_as", ShownAs),
            paraphrase=typed.paraphrase,
            translation=typed.translation,
            speaker=typed.speaker,
            version=version_seen(request.form),
        )
    except Refused as refusal:
        session().rollback()
        return _one(link_of_finding(finding_key, link_key), typed, refusal), refusal.status
    return redirect(url_of("evidence.one", finding_key=finding_key, link_key=its.key, said="saved"), code=303)


@evidence.post("/<link_key>/resolve")
@open_to(*TEAM)
@changes_data
def resolve(finding_key: str, link_key: str) -> tuple[str, int] | Response:
    """Keep how a contrary link was weighed, or open it again."""
    found, its = finding_of_study(finding_key), link_of_finding(finding_key, link_key)
    typed = request.form.get("resolution", "").strip()
    reopens = bool(request.form.get("reopen"))
    try:
        if not typed and not reopens:
            raise Refused("Write how it was weighed, in a sentence or two.")
        version = version_seen(request.form)
        findings.resolve_link(session(), actor(), link=its, resolution=None if reopens else typed, version=version)
    except Refused as refusal:
        return finding_page(found, sentence=refusal_words(refusal), at=its.key, typed=typed), refusal.status
    return redirect(url_of("finding.one", finding_key=found.key, said="resolved") + f"#{its.key}", code=303)


@evidence.post("/<link_key>/remove")
@open_to(*TEAM)
@changes_data
def remove(finding_key: str, link_key: str) -> Response:
    """Take an evidence link away; the words and their codings stay."""
    its = link_of_finding(finding_key, link_key)
    findings.unlink_evidence(session(), actor(), link=its, version=version_seen(request.form))
    return redirect(url_of("finding.one", finding_key=finding_key, said="unlinked"), code=303)
