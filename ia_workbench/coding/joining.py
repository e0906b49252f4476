"""Joining the labels of one speaker, and splitting them again: corrections that take every excerpt along."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.coding.correcting import Correction, correct_source
from ia_workbench.corpus import Revision, Source
from ia_workbench.privacy import Act, Actor, require


def join_speakers(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    labels: Collection[str],
    into: str,
    note: str = "",
    seen: str | None = None,
) -> Correction:
    """Write `into` wherever a turn of the newest text has another of these labels, as a correction (`correct_source`).

    Whoever the record says speaks under one of them speaks under `into`. `seen` is the SHA-256 of the text that was
    before the person. Raises NotFound for a label that nobody speaks under, Refused where there is nothing to join,
    where two participants speak under the labels, and where the turns would be found otherwise then; Conflict as
    `correct_source` does.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    text = corpus.joined_text(session, source, labels=labels, into=into)
    made = correct_source(session, actor, source=source, text=text, note=note, seen=seen)
    corpus.follow_labels(session, actor, source=source, labels=set(labels) - {into}, into=into)
    return made


def split_speakers(
    session: Session, actor: Actor, *, source: Source, revision: Revision, note: str = "", seen: str | None = None
) -> Correction:
    """Put the labels back that a revision joined, on each turn that has kept the joined one, as a further correction.

    The record no longer says who speaks under the joined label: it cannot be told. Raises Refused where the revision
    joined nothing or nothing is left of it; Conflict as `correct_source` does.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    text = corpus.split_text(session, source, revision=revision)
    joined = corpus.joined_by(session, revision)
    into = {turn.speaker for turn in corpus.turns_of(session, revision) if turn.number in joined and turn.speaker}
    made = correct_source(session, actor, source=source, text=text, note=note, seen=seen)
    corpus.follow_labels(session, actor, source=source, labels=into, into=None)
    return made
