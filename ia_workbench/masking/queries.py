"""Reads of marks, pseudonyms and masked texts. Every one is held to the actor by the session."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from ia_workbench import corpus
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import NotFound
from ia_workbench.masking.models import Mark, MaskedText, Pseudonym
from ia_workbench.masking.rules import UNDECIDED, MarkState, TextState


@dataclass(frozen=True)
class Standing:
    """How far the masking of a source is: marks on its newest raw text by state, and what became of the masked text."""

    state: TextState
    marks: int = 0
    proposed: int = 0
    asked: int = 0

    @property
    def undecided(self) -> int:
        """How many marks nobody has decided, those left to a second reader among them."""
        return self.proposed + self.asked

    @property
    def decided(self) -> int:
        """How many marks somebody has decided."""
        return self.marks - self.undecided


@dataclass(frozen=True)
class UsedIn:
    """A source in which a pseudonym stands, and in how many places."""

    source: str
    places: int


def marks_of(session: Session, source: Source) -> Sequence[Mark]:
    """Return the marks on the newest raw text of a source in order, with their pseudonyms, in two queries.

    Empty where nobody has looked for identifiers since it was corrected.
    """
    revision = corpus.newest_revision(session, source)
    return marks_on(session, revision.id)


def marks_on(session: Session, revision_id: int) -> Sequence[Mark]:
    """Return the marks of one raw revision in order, with their pseudonyms."""
    statement = select(Mark).where(Mark.revision_id == revision_id).options(joinedload(Mark.pseudonym))
    return session.scalars(statement.order_by(Mark.start, Mark.id)).all()


def mark_by_guid(session: Session, study_id: int, guid: uuid.UUID) -> Mark:
    """Return a mark with its revision and source; raises NotFound."""
    statement = select(Mark).join(Mark.revision).join(Revision.source)
    statement = statement.options(contains_eager(Mark.revision).contains_eager(Revision.source))
    mark = session.scalars(statement.where(Mark.study_id == study_id, Mark.guid == guid)).one_or_none()
    if mark is None:
        raise NotFound("This mark is no longer there.")
    return mark


def pseudonyms(session: Session, study_id: int) -> Sequence[Pseudonym]:
    """Return every identity of a study in the order they were made."""
    statement = select(Pseudonym).where(Pseudonym.study_id == study_id).order_by(Pseudonym.id)
    return session.scalars(statement.options(joinedload(Pseudonym.participant))).all()


def settled_pseudonyms(session: Session, study_id: int) -> Sequence[Pseudonym]:
    """Return the identities that somebody stands for: one of their marks is accepted, or they came without any.

    What was only proposed, or rejected everywhere, is none: a word that the rules took for a name.
    """
    accepted = exists().where(Mark.pseudonym_id == Pseudonym.id, Mark.state == MarkState.ACCEPTED)
    marked = exists().where(Mark.pseudonym_id == Pseudonym.id)
    statement = select(Pseudonym).where(Pseudonym.study_id == study_id, or_(accepted, ~marked))
    return session.scalars(statement.order_by(Pseudonym.id)).all()


def pseudonym_by_guid(session: Session, study_id: int, guid: uuid.UUID) -> Pseudonym:
    """Return an identity; raises NotFound."""
    statement = select(Pseudonym).where(Pseudonym.study_id == study_id, Pseudonym.guid == guid)
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound("This identity is no longer there.")
    return found


def uses_of_pseudonyms(session: Session, study_id: int) -> Mapping[int, tuple[UsedIn, ...]]:
    """Return where each identity stands in newest raw texts, by its number, rejected places left out; one query."""
    statement = (
        select(Mark.pseudonym_id, Source.key, func.count(Mark.id))
        .join(Revision, Mark.revision_id == Revision.id)
        .join(Source, Revision.source_id == Source.id)
        .where(Mark.study_id == study_id, Mark.pseudonym_id.is_not(None), Mark.state != MarkState.REJECTED)
        .where(Revision.id.in_(corpus.newest_numbers(study_id)), Source.withdrawn_at.is_(None))
        .group_by(Mark.pseudonym_id, Source.key)
        .order_by(Source.key)
    )
    found: dict[int, tuple[UsedIn, ...]] = {}
    for number, key, places in session.execute(statement):
        found[number or 0] = (*found.get(number or 0, ()), UsedIn(key, places))
    return found


def masked_text_of(session: Session, source: Source) -> MaskedText | None:
    """Return the masked text of a source that was made last, with its revision, outdated or not; None without one."""
    return next(iter(masked_texts_of(session, source)), None)


def masked_texts_of(session: Session, source: Source) -> Sequence[MaskedText]:
    """Return every masked text of a source, the newest first, with their revisions."""
    statement = select(MaskedText).join(MaskedText.revision).where(Revision.source_id == source.id)
    statement = statement.options(contains_eager(MaskedText.revision)).order_by(MaskedText.id.desc())
    return session.scalars(statement).all()


def signed_text_of(session: Session, source: Source) -> MaskedText | None:
    """Return the masked text that two people vouch for and that is made of the text as it stands; None without one."""
    made = masked_text_of(session, source)
    newest = corpus.newest_revision(session, source)
    return made if made is not None and _state(made, newest.id) is TextState.SIGNED else None


def standing_of(session: Session, source: Source) -> Standing:
    """Return how far the masking of a source is, in three queries."""
    newest = corpus.newest_revision(session, source)
    states = select(Mark.state, func.count(Mark.id)).where(Mark.revision_id == newest.id).group_by(Mark.state)
    counts = dict(session.execute(states).all())
    return _standing(Counter(counts), masked_text_of(session, source), newest.id)


def standing_by_source(session: Session, study_id: int) -> Mapping[int, Standing]:
    """Return how far the masking of each source of a study is, by the source's number, in three queries."""
    newest = select(Revision.source_id, Revision.id).where(Revision.id.in_(corpus.newest_numbers(study_id)))
    numbers = {number: source for source, number in session.execute(newest)}
    counts: dict[int, Counter[MarkState]] = {number: Counter() for number in numbers}
    marks = select(Mark.revision_id, Mark.state, func.count(Mark.id)).where(Mark.study_id == study_id)
    for number, state, count in session.execute(marks.group_by(Mark.revision_id, Mark.state)):
        if number in counts:
            counts[number][state] += count
    made = select(MaskedText, Revision.source_id).join(MaskedText.revision).where(MaskedText.study_id == study_id)
    texts = {source: text for text, source in session.execute(made.order_by(MaskedText.id))}
    return {source: _standing(counts[number], texts.get(source), number) for number, source in numbers.items()}


def texts_to_sign(session: Session, study_id: int, username: str) -> Sequence[tuple[Source, MaskedText]]:
    """Return the masked texts that wait for a second person and that this one may sign, by their sources' keys.

    That is neither who made the text nor who alone decided every mark of it.
    """
    newest = corpus.newest_numbers(study_id)
    waiting = select(MaskedText).where(
        MaskedText.study_id == study_id,
        MaskedText.by != username,
        MaskedText.signed_by.is_(None),
        MaskedText.sent_back_by.is_(None),
        MaskedText.outdated_at.is_(None),
        MaskedText.raw_id.in_(newest),
    )
    found = session.scalars(waiting.options(joinedload(MaskedText.raw).joinedload(Revision.source))).all()
    deciders: dict[int, set[str | None]] = {}
    decided = select(Mark.revision_id, Mark.decided_by).where(Mark.revision_id.in_({each.raw_id for each in found}))
    for revision, by in session.execute(decided.distinct()):
        deciders.setdefault(revision, set()).add(by)
    theirs = [each for each in found if deciders.get(each.raw_id) != {username}]
    return sorted(((each.raw.source, each) for each in theirs), key=lambda pair: pair[0].key)


def _standing(counts: Counter[MarkState], made: MaskedText | None, newest: int) -> Standing:
    state = _state(made, newest)
    if state is TextState.NONE and counts:
        state = TextState.DECIDING if any(counts[each] for each in UNDECIDED) else TextState.DECIDED
    return Standing(state, counts.total(), counts[MarkState.PROPOSED], counts[MarkState.ASKED])


def _state(made: MaskedText | None, newest: int) -> TextState:
    if made is None:
        return TextState.NONE
    if made.outdated_at is not None or made.raw_id != newest:
        return TextState.OUTDATED
    if made.sent_back_by is not None:
        return TextState.SENT_BACK
    return TextState.SIGNED if made.signed_by is not None else TextState.MADE
