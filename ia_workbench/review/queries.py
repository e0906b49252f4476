"""Reads of positions and answers. The session holds them to the actor: a member's session shows their own only."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, selectinload

from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Actor
from ia_workbench.publication import (
    BodyAnswer,
    BodySummary,
    Concern,
    Fit,
    PackageContent,
    Words,
    content_of,
    package_for,
)
from ia_workbench.review.models import Answer, Position
from ia_workbench.review.positions import positions_in_words
from ia_workbench.review.rules import order_that_tells_nothing


def positions_on(session: Session, study_id: int, *finding_keys: str) -> list[Position]:
    """Return the positions on these findings with their members, first given first; two queries however many."""
    statement = select(Position).where(Position.study_id == study_id, Position.finding_key.in_(finding_keys))
    return list(session.scalars(statement.order_by(Position.id).options(selectinload(Position.account))))


def own_position(session: Session, actor: Actor, *, study_id: int, finding_key: str) -> Position | None:
    """Return what the actor said of a finding; None while they have said nothing."""
    statement = select(Position).where(
        Position.study_id == study_id, Position.finding_key == finding_key, Position.account_id == actor.account_id
    )
    return session.scalars(statement).one_or_none()


def own_positions(session: Session, actor: Actor, *, study_id: int) -> list[Position]:
    """Return what the actor said of the study's findings, by finding key."""
    statement = select(Position).where(Position.study_id == study_id, Position.account_id == actor.account_id)
    return list(session.scalars(statement.order_by(Position.finding_key)))


def position_by_guid(session: Session, guid: uuid.UUID) -> Position:
    """Return the position with a GUID; raises NotFound when there is none that the actor may see."""
    position = session.scalars(select(Position).where(Position.guid == guid)).one_or_none()
    if position is None:
        raise NotFound("There is nothing here under that name.")
    return position


def answers_to(session: Session, positions: Sequence[Position]) -> list[Answer]:
    """Return the standing answers to these positions, at most one each, in one query.

    An answer to something that the member has changed since is left out.
    """
    numbers = [position.id for position in positions]
    statement = select(Answer).join(Position).where(Answer.position_id.in_(numbers), _stands())
    return list(session.scalars(statement.order_by(Answer.id)))


def answer_to(session: Session, position: Position) -> Answer | None:
    """Return the standing answer to a position; None while there is none."""
    return next(iter(answers_to(session, [position])), None)


def unanswered_concerns(session: Session, study_id: int, finding_key: str | None = None) -> list[Position]:
    """Return the concerns without a standing answer in a study, or on one finding; the soonest due first."""
    statement = (
        select(Position)
        .outerjoin(Answer, and_(Answer.position_id == Position.id, _stands()))
        .where(Position.study_id == study_id, Position.answer_due.is_not(None), Answer.id.is_(None))
    )
    if finding_key is not None:
        statement = statement.where(Position.finding_key == finding_key)
    return list(session.scalars(statement.order_by(Position.answer_due, Position.id)))


def body_summary(
    session: Session, study_id: int, finding_key: str, content: PackageContent | None = None
) -> BodySummary:
    """Return what the body said of a finding, in words: no counts, no names, no order of members or of time.

    It is what they said of these words: those of `content`, or else of the package that stands for whoever asks.
    """
    words = content.words_sha256 if content else _standing_words(session, study_id, finding_key)
    return _summaries(session, study_id, {finding_key: words})[0]


def body_summaries(session: Session, study_id: int, contents: Sequence[PackageContent]) -> list[BodySummary]:
    """Return what the body said of the words of each of these findings, in their order, in two queries in all."""
    return _summaries(session, study_id, {each.finding_key: each.words_sha256 for each in contents})


def _standing_words(session: Session, study_id: int, finding_key: str) -> str:
    """The digest of the words that the reader has before them; of nothing, while no package stands."""
    try:
        return content_of(package_for(session, study_id, finding_key)).words_sha256
    except NotFound:
        return ""


def _summaries(session: Session, study_id: int, words: Mapping[str, str]) -> list[BodySummary]:
    statement = select(Position).where(Position.study_id == study_id, Position.finding_key.in_(words))
    positions = list(session.scalars(statement))
    answers = {answer.position_id: answer for answer in answers_to(session, positions)}
    return [
        _summary([each for each in positions if each.finding_key == key], answers, digest)
        for key, digest in words.items()
    ]


def _summary(given: Sequence[Position], answers: Mapping[int, Answer], words: str) -> BodySummary:
    """Tell the positions on these words; a judgement of other words is none of these, so nothing of it is told."""
    positions = [each for each in given if each.words_sha256 == words]
    concerns = [_concern(each, answers.get(each.id)) for each in positions if each.answer_due]
    concerns.sort(key=lambda concern: order_that_tells_nothing(concern.text))
    return BodySummary(
        positions=positions_in_words(Counter(each.fit for each in positions)),
        concerns=tuple(each for each in concerns if each.fit is not Fit.DOES_NOT_FIT),
        dissent=tuple(each for each in concerns if each.fit is Fit.DOES_NOT_FIT),
        has_other_words=len(positions) < len(given),
    )


def _concern(position: Position, answer: Answer | None) -> Concern:
    return Concern(
        fit=position.fit,
        text=position.comment,
        language=position.language,
        could_harm=position.could_harm,
        quotes_not_to_use=tuple(position.quotes_not_to_use),
        answer=_body_answer(answer) if answer else None,
    )


def _body_answer(answer: Answer) -> BodyAnswer:
    return BodyAnswer(answer.outcome, Words(answer.text, answer.text_es or ""), answer.at.date())


def _stands() -> ColumnElement[bool]:
    return Answer.edition == Position.edition
