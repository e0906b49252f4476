"""One decision for the same words in all sources of a study."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Refused, Span
from ia_workbench.masking.deciding import CORRECTED_MEANWHILE, make_room, refuse_instead
from ia_workbench.masking.following import bring_along
from ia_workbench.masking.identities import PERSON, words_for
from ia_workbench.masking.models import Mark, Pseudonym
from ia_workbench.masking.queries import marks_on
from ia_workbench.masking.rules import STATES, UNDECIDED, Decision, MarkState, overlap
from ia_workbench.masking.stepping import Step
from ia_workbench.privacy import Act, Actor, FoundBy, ListedName

NOT_DECIDED = "Accept or reject “{words}” here first, then everywhere."


@dataclass(frozen=True)
class Reach:
    """What applying a decision everywhere would do: how many places it decides, in how many sources."""

    places: int
    sources: int


@dataclass(frozen=True)
class _Place:
    revision: Revision
    span: Span
    words: str
    rule: str
    mark: Mark | None  # that stands there and is undecided


def reach_of(session: Session, *, mark: Mark) -> Reach:
    """Count what `apply_to_all` would decide for a mark, and change nothing; reads every text of the study."""
    found = list(_places(session, mark))
    return Reach(len(found), len({each.revision.source_id for each in found}))


def apply_to_all(session: Session, actor: Actor, *, mark: Mark, version: int | None = None) -> Reach:
    """Decide as at this mark wherever its words stand in the study, in any spelling that the rules know.

    After an accepted mark the places are accepted under the same pseudonym; after a rejected one the very same words
    are rejected. What somebody decided otherwise stays. Sources that the actor may not read and withdrawn ones are left
    out. Refuses a mark that is neither accepted nor rejected, and a reporter, who is decided one by one.
    """
    privacy.require(actor, Act.MASK, study_id=mark.study_id)
    if version is not None and version != mark.version or not corpus.is_newest(session, mark.revision):
        raise Refused(CORRECTED_MEANWHILE, key=mark.revision.source.key)
    _refuse_undecided(mark)
    decision = Decision.ACCEPT if mark.state is MarkState.ACCEPTED else Decision.REJECT
    step = Step(session, actor)
    reached = set()
    places = list(_places(session, mark, brings_along=True))
    for place in places:
        _decide(session, step, place, mark, decision)
        reached.add(place.revision.source.key)
    step.settle()
    privacy.record(
        session, actor, "apply-to-all", subject=mark.revision.source.key, study_id=mark.study_id,
        decision=decision.value, marks=len(places), sources=sorted(reached),
    )  # fmt: skip
    return Reach(len(places), len(reached))


def _refuse_undecided(mark: Mark) -> None:
    if mark.state in UNDECIDED:
        raise Refused(NOT_DECIDED, words=mark.words)
    if mark.identifier_class is privacy.IdentifierClass.REPORTER:
        raise Refused("Who made a report is decided in each place by itself.")


def _places(session: Session, mark: Mark, *, brings_along: bool = False) -> Iterator[_Place]:
    name = _name(mark)
    for source in corpus.sources(session, mark.study_id):
        if source.is_withdrawn:
            continue
        revision = corpus.newest_revision(session, source)
        text = corpus.text_of(session, revision)
        if brings_along:
            bring_along(session, revision, text)
        marks = marks_on(session, revision.id)
        for found in privacy.places_listed(text, [name]):
            span, words = Span(found.start, found.end), text[found.start : found.end]
            if mark.state is MarkState.REJECTED and not _same(words, mark.words):
                continue
            there = [each for each in marks if overlap(Span(each.start, each.end), span)]
            if all(each.state in UNDECIDED for each in there):
                covering = (each for each in there if each.start <= span.start and span.end <= each.end)
                yield _Place(revision, span, words, found.rule, next(covering, None))


def _name(mark: Mark) -> ListedName:
    names = mark.pseudonym.names if mark.pseudonym is not None and mark.state is MarkState.ACCEPTED else [mark.words]
    return ListedName(names[0], mark.identifier_class, tuple(names[1:]))


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _decide(session: Session, step: Step, place: _Place, like: Mark, decision: Decision) -> None:
    mark = place.mark
    if mark is None:
        make_room(session, place.revision.id, place.span)
        mark = Mark(
            study_id=like.study_id,
            revision_id=place.revision.id,
            start=place.span.start,
            end=place.span.end,
            words=place.words,
            found_by=FoundBy.NAME_LIST.value,
            rule=place.rule,
            instead=like.instead,
            identifier_class=like.identifier_class,
        )
        step.made(mark)
    else:
        step.watch(mark)
    mark.identifier_class, mark.pseudonym_id = like.identifier_class, like.pseudonym_id
    mark.instead = _instead(session, mark, like)
    if decision is Decision.ACCEPT:
        refuse_instead(mark.words, mark.instead)
    step.decide(mark, STATES[decision])


def _instead(session: Session, mark: Mark, like: Mark) -> str:
    if like.pseudonym_id is None or (like.identifier_class is not PERSON and like.instead):
        return like.instead
    return words_for(mark, session.get_one(Pseudonym, like.pseudonym_id))
