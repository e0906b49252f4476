"""Deciding about marks: accept, reject, ask a second reader, and add what was missed."""

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Conflict, Refused, Span, is_storable, normalise_text
from ia_workbench.masking.following import bring_along
from ia_workbench.masking.identities import (
    KEPT_AS_ONE,
    PERSON,
    REPORTER,
    REPORTER_INSTEAD,
    Identities,
    reword,
    words_for,
)
from ia_workbench.masking.models import Mark, Pseudonym
from ia_workbench.masking.proposing import BY_PERSON
from ia_workbench.masking.queries import marks_on
from ia_workbench.masking.rules import STATES, UNDECIDED, Decision, MarkState, overlap, snapped
from ia_workbench.masking.stepping import Step
from ia_workbench.masking.withholding import withheld
from ia_workbench.privacy import Act, Actor, IdentifierClass, Study

LONGEST_INSTEAD = 200  # characters
LONGEST_MARK = 2_000  # characters; a whole paragraph may be too rare to be told
CHANGED_MEANWHILE = "{name} decided this mark after you opened it. Look at it as it is now."
CORRECTED_MEANWHILE = "The text of {key} was corrected since. Look for identifiers again."
MARKED_ALREADY = "Some of these words are masked already. Take that back first, or mark what is beside it."
STILL_THERE = "What readers would see still holds the words “{words}”. Choose others."


def decide_mark(
    session: Session,
    actor: Actor,
    *,
    mark: Mark,
    decision: Decision,
    version: int | None = None,
    identifier_class: IdentifierClass | None = None,
    instead: str | None = None,
    all_places: bool = False,
) -> list[Mark]:
    """Decide about a mark, and with `all_places` about every undecided mark of its source for the same words or person.

    Returns the marks that changed. `version` is that of the mark as it was looked at; raises Conflict when somebody
    changed it since. `instead` are other words for readers: with `all_places` those of a person are what they are
    called in every source from now on. `identifier_class` says what the words are where the proposal was wrong.
    Refuses to accept without words for readers, and words that still hold what they are to mask.
    """
    privacy.require(actor, Act.MASK, study_id=mark.study_id)
    _refuse_older(session, mark, version)
    kind = identifier_class or mark.identifier_class
    wording = tidied(instead) if instead is not None else None
    chosen = [mark, *(same_places(session, mark) if all_places else ())]
    if decision is Decision.ACCEPT and kind is REPORTER:
        source, spans = mark.revision.source, [Span(each.start, each.end) for each in chosen]
        withheld(session, actor, source, spans, mark.revision.sha256)
        return [each for each in chosen if each in session and not inspect(each).deleted]
    step = Step(session, actor)
    step.watch(*chosen)
    identities = _Lazily(session, actor, mark)
    for each in chosen:
        if decision is Decision.ACCEPT or kind is not each.identifier_class:
            _classify(each, kind, decision, None if wording == mark.instead else wording, identities)
        step.decide(each, STATES[decision])
    if wording is not None and all_places and decision is Decision.ACCEPT and mark.pseudonym_id is not None:
        _reword_everywhere(session, step, mark, wording)
    for each in chosen if decision is Decision.ACCEPT else ():
        refuse_instead(each.words, each.instead)
        _refuse_overlap(session, each)
    step.settle()
    source = mark.revision.source
    privacy.record(
        session, actor, "decide-marks", subject=source.key, study_id=mark.study_id, decision=decision.value,
        marks=len(chosen), revision=mark.revision.number,
    )  # fmt: skip
    return list(step.before)


def add_mark(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    span: Span,
    identifier_class: IdentifierClass,
    instead: str | None = None,
    seen: str | None = None,
) -> Mark:
    """Mark words that no rule proposed, code points in the newest raw text, and accept the mark.

    Proposals and rejected marks that share a character with it give way. `seen` is the SHA-256 of the text that was
    before the person: raises Conflict when it was corrected since. Refuses words that are masked already.
    """
    privacy.require(actor, Act.MASK, study_id=source.study_id)
    revision = corpus.newest_revision(session, source)
    if seen is not None and seen != revision.sha256:
        raise Conflict(CORRECTED_MEANWHILE, key=source.key)
    text = corpus.text_of(session, revision)
    bring_along(session, revision, text)
    place = snapped(text, span)
    if place is None or place.end - place.start > LONGEST_MARK:
        raise Refused("Select the words that may identify someone, {length} characters at most.", length=LONGEST_MARK)
    make_room(session, revision.id, place)
    if identifier_class is REPORTER:
        return _withheld_mark(session, actor, source, revision, place, place.of(text))
    mark = _mark_by_person(revision, place, place.of(text), identifier_class)
    wording = tidied(instead) if instead else None
    step = Step(session, actor)
    _classify(mark, identifier_class, Decision.ACCEPT, wording, _Lazily(session, actor, mark, text))
    refuse_instead(mark.words, mark.instead)
    step.made(mark)
    step.decide(mark, MarkState.ACCEPTED)
    step.settle()
    privacy.record(
        session, actor, "add-mark", subject=source.key, study_id=source.study_id, revision=revision.number,
        kind=identifier_class.value,
    )  # fmt: skip
    return mark


def _mark_by_person(revision: Revision, place: Span, words: str, identifier_class: IdentifierClass) -> Mark:
    return Mark(
        study_id=revision.study_id,
        revision_id=revision.id,
        revision=revision,
        start=place.start,
        end=place.end,
        words=words,
        identifier_class=identifier_class,
        found_by=BY_PERSON,
        rule=BY_PERSON,
        instead="",
        state=MarkState.PROPOSED,
    )


def _withheld_mark(session: Session, actor: Actor, source: Source, revision: Revision, place: Span, words: str) -> Mark:
    """Mark who made a report and withhold it from everyone at once."""
    mark = Mark(
        study_id=source.study_id,
        revision_id=revision.id,
        revision=revision,
        start=place.start,
        end=place.end,
        words=words,
        identifier_class=REPORTER,
        found_by=BY_PERSON,
        rule=BY_PERSON,
        instead=REPORTER_INSTEAD,
        state=MarkState.PROPOSED,
    )
    session.add(mark)
    session.flush()  # withholding looks for every mark at the place
    withheld(session, actor, source, [place], revision.sha256)
    return mark


def same_places(session: Session, mark: Mark) -> list[Mark]:
    """Return the other undecided marks of a text that are of the same person, or of the same words."""
    return [
        each
        for each in marks_on(session, mark.revision_id)
        if each.id != mark.id and each.state in UNDECIDED and group_of(each) == group_of(mark)
    ]


def group_of(mark: Mark) -> tuple[str, str]:
    """Return what marks have in common that are decided as one: the person, else the class and the words."""
    if mark.pseudonym_id is not None and mark.identifier_class is PERSON:
        return PERSON.value, str(mark.pseudonym_id)
    return mark.identifier_class.value, " ".join(mark.words.casefold().split())


def make_room(session: Session, revision_id: int, place: Span) -> None:
    """Take away what is undecided or rejected at a place; refuses where something is masked there."""
    there = [each for each in marks_on(session, revision_id) if overlap(Span(each.start, each.end), place)]
    if any(each.state is MarkState.ACCEPTED for each in there):
        raise Refused(MARKED_ALREADY)
    for each in there:
        session.delete(each)
    session.flush()  # the new mark may stand exactly where one was


def refuse_instead(words: str, instead: str) -> None:
    """Refuse words for readers that are none, or that still hold the words they stand for."""
    if not instead.strip():
        raise Refused("Say what readers see instead of “{words}”.", words=words)
    if f" {' '.join(words.casefold().split())} " in f" {' '.join(instead.casefold().split())} ":
        raise Refused(STILL_THERE, words=words)


class _Lazily:
    """The identities of the study of a mark, looked up when they are first needed."""

    def __init__(self, session: Session, actor: Actor, mark: Mark, text: str | None = None) -> None:
        self.session, self.actor, self.mark, self.text = session, actor, mark, text
        self._made: Identities | None = None

    def __call__(self) -> Identities:
        if self._made is None:
            revision = self.mark.revision
            text = self.text if self.text is not None else corpus.text_of(self.session, revision)
            study = self.session.get_one(Study, self.mark.study_id)
            self._made = Identities(self.session, self.actor, study, text, revision.source.language)
        return self._made


def _classify(mark: Mark, kind: IdentifierClass, decision: Decision, wording: str | None, identities: _Lazily) -> None:
    """Say what a mark is, whose, and what readers see there."""
    is_other = kind is not mark.identifier_class
    if is_other:
        mark.identifier_class, mark.pseudonym_id, mark.pseudonym, mark.instead = kind, None, None, ""
    if kind is REPORTER:
        mark.instead = REPORTER_INSTEAD
        return
    if not mark.instead and kind is not PERSON:
        language = mark.revision.source.language
        mark.instead = privacy.generalised(mark.words, kind, rule=mark.rule, language=language)
    if mark.pseudonym_id is None and kind in KEPT_AS_ONE and decision is Decision.ACCEPT:
        found = identities().of(mark.words, kind, instead=wording or mark.instead)
        mark.pseudonym, mark.pseudonym_id = found, found.id
        mark.instead = words_for(mark, found)
    if wording is not None:
        mark.instead = wording


def _reword_everywhere(session: Session, step: Step, mark: Mark, wording: str) -> None:
    pseudonym = session.get_one(Pseudonym, mark.pseudonym_id)
    pseudonym.instead = wording
    marks = session.scalars(select(Mark).where(Mark.pseudonym_id == pseudonym.id)).all()
    step.watch(*marks)
    reword(marks, pseudonym)


def _refuse_older(session: Session, mark: Mark, version: int | None) -> None:
    if version is not None and version != mark.version:
        raise Conflict(CHANGED_MEANWHILE, name=mark.decided_by or "Somebody")
    if not corpus.is_newest(session, mark.revision):
        raise Conflict(CORRECTED_MEANWHILE, key=mark.revision.source.key)


def _refuse_overlap(session: Session, mark: Mark) -> None:
    statement = select(Mark.id).where(
        Mark.revision_id == mark.revision_id,
        Mark.id != mark.id,
        Mark.state == MarkState.ACCEPTED,
        Mark.start < mark.end,
        Mark.end > mark.start,
    )
    if session.scalars(statement.limit(1)).first() is not None:
        raise Refused(MARKED_ALREADY)


def tidied(instead: str) -> str:
    """Return words for readers in one line; refuses long ones and what no store can keep."""
    words = " ".join(normalise_text(instead).split())
    if len(words) > LONGEST_INSTEAD:
        raise Refused("What readers see takes at most {length} characters.", length=LONGEST_INSTEAD)
    if not is_storable(words):
        raise Refused("These words hold characters that no store can keep. Type them anew.")
    return words
