"""What the index should hold, compared with what it does hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from ia_workbench import corpus
from ia_workbench.corpus import Revision, RevisionKind, Source
from ia_workbench.kernel import digest_of
from ia_workbench.search.index import IndexedTurn, SearchIndex, Unit


@dataclass(frozen=True)
class IndexDifference:
    """A turn on which index and database disagree: `missing` from the index, or `stale` in it."""

    revision_id: int
    turn: int
    what: str


def turns_to_index(session: Session, source_id: int | None = None) -> Iterator[IndexedTurn]:
    """Yield every turn that belongs in the index (of one source, or of all), reading one source's text at a time."""
    other = aliased(Revision)
    raw = (other.source_id == Revision.source_id, other.kind != RevisionKind.MASKED)
    newest = select(func.max(other.number)).where(*raw).correlate(Revision)
    statement = (
        select(Revision)
        .join(Source, Revision.source_id == Source.id)
        .where(Source.withdrawn_at.is_(None), Revision.number == newest.scalar_subquery())
        .order_by(Revision.id)
    )
    if source_id is not None:
        statement = statement.where(Source.id == source_id)
    for revision in session.scalars(statement).all():
        text = corpus.text_of(session, revision)
        for turn in corpus.turns_of(session, revision):
            words = text[turn.speech_start : turn.end]
            unit = Unit(revision.id, turn.number, digest_of(words))
            yield IndexedTurn(revision.study_id, revision.source_id, unit, words)


def rebuild(session: Session, index: SearchIndex) -> int:
    """Fill the index anew from the database (an unheld session); returns how many turns it holds."""
    turns = list(turns_to_index(session))
    index.replace_all(turns)
    return len(turns)


def differences(session: Session, index: SearchIndex) -> list[IndexDifference]:
    """Return every turn on which index and database (an unheld session) disagree; an empty list proves them equal.

    An index that is lost holds no turn.
    """
    wanted = {each.unit for each in turns_to_index(session)}
    held = index.units() if index.is_there() else set()
    missing = [IndexDifference(each.revision_id, each.turn, "missing") for each in sorted(wanted - held)]
    return missing + [IndexDifference(each.revision_id, each.turn, "stale") for each in sorted(held - wanted)]
