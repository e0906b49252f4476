"""Correcting a source's text, turn by turn or whole; its revisions; and settling what a correction did to excerpts."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import coding, corpus, findings
from ia_workbench.coding import Excerpt, Reanchored, ReanchoringOutcome
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.findings import EvidenceLink
from ia_workbench.kernel import Conflict, Edit, NotFound, Refused, Span, edits_between, normalise_text
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, only_reading, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.current import TEAM, study

correcting = Blueprint("correcting", __name__, url_prefix="/s/<study_key>/sources/<source_key>")

MOST_DIFFERENCES = 100  # shown on one page
MOST_TURNS = 500  # offered to choose from; others are named by their number
BEGINNING = 160  # characters of a turn that is offered
CONTEXT = 60  # characters shown beside a difference
LARGEST_FORM = 52 * 1024 * 1024  # bytes: a text of some megabytes takes three times as many in a form
IN_ORDER = (
    ReanchoringOutcome.ORPHANED,
    ReanchoringOutcome.CHANGED,
    ReanchoringOutcome.MOVED,
    ReanchoringOutcome.SHIFTED,
)


@dataclass(frozen=True)
class Difference:
    """One edit with the words around it."""

    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True)
class Drafted:
    """What the form of a correction holds: the words of one turn, or of the whole text."""

    words: str
    note: str
    seen: str
    turn: Turn | None = None
    differences: Sequence[Difference] = field(default=())


@correcting.get("/correct")
@open_to(*TEAM)
def form(source_key: str) -> str:
    """Ask which turn to correct, or offer the words of a turn (`?turn=3`) or of the whole text (`?whole=1`)."""
    source = _source(source_key)
    revision = corpus.newest_revision(session(), source)
    text, turn = corpus.text_of(session(), revision), _turn(revision)
    drafted = None
    if turn is not None:
        drafted = Drafted(text[turn.start : turn.end], "", revision.sha256, turn)
    elif request.args.get("whole"):
        drafted = Drafted(text, "", revision.sha256)
    return _form(source, revision, drafted)


def _source(source_key: str) -> Source:
    return corpus.source_keyed(session(), study().id, source_key)


def _turn(revision: Revision) -> Turn | None:
    """Return the turn that the address or the form names; NotFound when there is none of that number."""
    given = request.values.get("turn", "").strip()
    if not given:
        return None
    number = whole_number(given)
    turn = next((each for each in corpus.turns_of(session(), revision) if each.number == number), None)
    if turn is None:
        raise NotFound("There is no turn {turn} in this source.", turn=given)
    return turn


def _form(source: Source, revision: Revision, drafted: Drafted | None, sentence: str | None = None) -> str:
    return render_template(
        "team/sources/correct.html",
        source=source,
        revision=revision,
        drafted=drafted,
        longest_note=corpus.LONGEST_NOTE,
        listed=_first_words(revision) if drafted is None else [],
        sentence=sentence,
    )


def _first_words(revision: Revision) -> list[tuple[Turn, str]]:
    """Return the turns to choose from with how each begins; of a long text the first ones."""
    text = corpus.text_of(session(), revision)
    turns = corpus.turns_of(session(), revision)[:MOST_TURNS]
    return [(each, text[each.speech_start : min(each.end, each.speech_start + BEGINNING)]) for each in turns]


@correcting.post("/correct")
@open_to(*TEAM)
@changes_data
def correct(source_key: str) -> tuple[str, int] | Response:
    """Put the corrected words in the place of those that stood there; a form that was overtaken keeps what it holds."""
    typed = normalise_text(request.form.get("words", ""))
    note, seen = request.form.get("note", ""), request.form.get("seen", "")
    try:
        with only_reading():
            source = _source(source_key)
            text = _whole(source, typed, seen)
            worked = corpus.worked_out(session(), source, text)
        made = coding.correct_source(
            session(), actor(), source=_source(source_key), text=text, note=note, seen=seen, worked=worked
        )
    except Refused as refusal:
        session().rollback()
        return _refused(source_key, Drafted(typed, note, seen), refusal), refusal.status
    return redirect(
        url_of("correcting.one", source_key=source_key, number=made.revision.number, said="corrected"), code=303
    )


def _whole(source: Source, typed: str, seen: str) -> str:
    """Return the whole text as it is to be: what was typed, or the text with it in the place of a turn."""
    revision = corpus.newest_revision(session(), source)
    if seen != revision.sha256:
        raise Conflict("{key} was corrected by someone else meanwhile. Compare, then save again.", key=source.key)
    turn = _turn(revision)
    return typed if turn is None else _with_turn(corpus.text_of(session(), revision), turn, typed)


def _with_turn(text: str, turn: Turn, words: str) -> str:
    return text[: turn.start] + words.rstrip("\n") + text[turn.end :]


def _refused(source_key: str, typed: Drafted, refusal: Refused) -> str:
    """The form again with what was typed; beside it what differs from the text by now, when that is another."""
    source = _source(source_key)
    revision = corpus.newest_revision(session(), source)
    text = corpus.text_of(session(), revision)
    turn = None if isinstance(refusal, NotFound) else _turn(revision)
    there = text[turn.start : turn.end] if turn else text
    differing = _differences(there, typed.words, edits_between(there, typed.words))
    shown = tuple(differing) if isinstance(refusal, Conflict) else ()
    again = Drafted(typed.words, typed.note, revision.sha256, turn, shown[:MOST_DIFFERENCES])
    return _form(source, revision, again, refusal_words(refusal))


@correcting.get("/revisions")
@open_to(*TEAM)
def every(source_key: str) -> str:
    """List the revisions of a source."""
    source = _source(source_key)
    return render_template(
        "team/sources/revisions.html",
        source=source,
        revisions=corpus.revisions_of(session(), source),
        newest=corpus.newest_revision(session(), source),
        waiting=coding.waiting_by_revision(session(), source),
    )


@correcting.get("/revisions/<int:number>/text")
@open_to(*TEAM)
def text(source_key: str, number: int) -> str:
    """Show the words of a raw revision, turn by turn, to be read only."""
    source = _source(source_key)
    revision = corpus.revision_numbered(session(), source, number)
    if revision.kind is corpus.RevisionKind.MASKED:
        raise NotFound("Revision {number} of {key} is a masked text.", number=number, key=source.key)
    words = corpus.text_of(session(), revision)
    turns = corpus.turns_of(session(), revision)
    return render_template(
        "team/sources/revision_text.html",
        source=source,
        revision=revision,
        is_newest=corpus.is_newest(session(), revision),
        turns=[(each, words[each.speech_start : each.end]) for each in turns],
    )


@correcting.get("/revisions/<int:number>")
@open_to(*TEAM)
def one(source_key: str, number: int) -> str:
    """Show what a correction changed in the text, and every excerpt before and after."""
    return _page(source_key, number)


def _page(source_key: str, number: int, *, sentence: str | None = None, at: str = "") -> str:
    source = _source(source_key)
    revision = corpus.revision_numbered(session(), source, number)
    if revision.based_on_id is None or revision.kind is not corpus.RevisionKind.CORRECTED:
        raise NotFound("Revision {number} of {key} corrects nothing.", number=number, key=source.key)
    edits = corpus.edits_of(revision)
    reanchored = coding.reanchored_by(session(), revision)
    newest = corpus.newest_revision(session(), source)
    return render_template(
        "team/sources/revision.html",
        source=source,
        revision=revision,
        is_newest=newest.id == revision.id,
        withholds=_before(revision).closed_at is not None,
        differences=list(_compared(revision, edits[:MOST_DIFFERENCES])),
        more=len(edits) - MOST_DIFFERENCES,
        groups=[(outcome, [each for each in reanchored if each.outcome is outcome]) for outcome in IN_ORDER],
        counts={outcome.value: sum(each.outcome is outcome for each in reanchored) for outcome in IN_ORDER},
        waiting=sum(each.waits for each in reanchored),
        kept_waiting=sum(each.waits and each.outcome in coding.KEEPS_WORDS for each in reanchored),
        links=_links(source),
        turns=_turns(reanchored),
        sentence=sentence,
        at=at,
    )


def _before(revision: Revision) -> Revision:
    every = corpus.revisions_of(session(), revision.source)
    return next(each for each in every if each.id == revision.based_on_id)


def _compared(revision: Revision, edits: Sequence[Edit]) -> Iterator[Difference]:
    before = _before(revision)
    if before.closed_at or revision.closed_at:
        return iter(())  # what was edited would tell what is withheld
    return _differences(corpus.text_of(session(), before), corpus.text_of(session(), revision), edits)


def _differences(old: str, new: str, edits: Sequence[Edit]) -> Iterator[Difference]:
    for each in edits:
        yield Difference(
            before=new[max(0, each.new_start - CONTEXT) : each.new_start],
            old=old[each.start : each.end],
            new=new[each.new_start : each.new_end],
            after=new[each.new_end : each.new_end + CONTEXT],
        )


def _links(source: Source) -> Mapping[int, list[EvidenceLink]]:
    found: dict[int, list[EvidenceLink]] = {}
    for link in findings.links_on(session(), source):
        found.setdefault(link.excerpt_id, []).append(link)
    return found


def _turns(reanchored: Sequence[Reanchored]) -> Mapping[int, int]:
    return coding.turns_of_excerpts(session(), {each.excerpt.id for each in reanchored})


@correcting.post("/revisions/<int:number>/confirm")
@open_to(*TEAM)
@changes_data
def confirm_unchanged(source_key: str, number: int) -> tuple[str, int] | Response:
    """Confirm at once every excerpt that has kept its words."""
    try:
        coding.confirm_unchanged(session(), actor(), source=_source(source_key))
    except Refused as refusal:
        return _page(source_key, number, sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("correcting.one", source_key=source_key, number=number, said="settled"), code=303)


@correcting.post("/revisions/<int:number>/excerpts/<guid>")
@open_to(*TEAM)
@changes_data
def settle(source_key: str, number: int, guid: str) -> tuple[str, int] | Response:
    """Confirm the words of one excerpt, put it on others, or leave it out of the corrected text."""
    excerpt = _excerpt(source_key, guid)
    try:
        _settle(excerpt, request.form.get("act", ""), request.form.get("seen", ""))
    except Refused as refusal:
        session().rollback()
        return _page(source_key, number, sentence=refusal_words(refusal), at=guid), refusal.status
    where = url_of("correcting.one", source_key=source_key, number=number, said="settled")
    return redirect(f"{where}#x-{guid}", code=303)


def _excerpt(source_key: str, guid: str) -> Excerpt:
    try:
        excerpt = coding.excerpt_by_guid(session(), uuid.UUID(guid))
    except ValueError:
        raise NotFound("This excerpt is no longer there.") from None
    if excerpt.revision.source.key != source_key:
        raise NotFound("This excerpt is no longer there.")
    return excerpt


def _settle(excerpt: Excerpt, act: str, seen: str) -> None:
    if act == "confirm":
        coding.confirm_words(session(), actor(), excerpt=excerpt, seen=seen)
    elif act == "leave":
        coding.leave_out(session(), actor(), excerpt=excerpt, seen=seen)
    elif act == "choose":
        coding.choose_words(session(), actor(), excerpt=excerpt, span=_chosen(excerpt.revision.source), seen=seen)
    else:
        raise Refused("Choose whether to confirm the words, take others, or leave them out.")


def _chosen(source: Source) -> Span:
    """Return where the words that someone typed stand: in the turn they name, or anywhere."""
    newest = corpus.newest_revision(session(), source)
    text, turn = corpus.text_of(session(), newest), _turn(newest)
    start, end = (turn.start, turn.end) if turn else (0, len(text))
    place = coding.find_quote(text[start:end], request.form.get("words", "").strip())
    return Span(start + place.start, start + place.end)
