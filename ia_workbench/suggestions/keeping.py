"""What suggestions know, kept in memory alone: coded excerpts of a study, by which of its sources somebody may read."""

import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import coding
from ia_workbench.coding import Coding, CodingAct, Excerpt, Reanchoring
from ia_workbench.corpus import Revision, Source
from ia_workbench.suggestions.rules import CodedExcerpt, Likely, Neighbours

MOST_KEPT = 8  # of studies and sets of sources; the one longest not asked is let go of
IDLE = 1800.0  # seconds after which what nobody asks is let go of
MOST_ACTS = 500  # after more than these everything is read anew
AT_ONCE = 500  # excerpts in one statement


@dataclass
class _Known:
    """What is known of some sources: up to which act, and with which state of the texts."""

    texts: tuple[int, int]
    last: int
    asked_at: float = 0.0
    neighbours: Neighbours = field(default_factory=Neighbours)


class Memory:
    """Coded excerpts in memory, read when first asked for and brought up to date at each question.

    Sessions handed to it are held to who asks, so that nothing else is read than what is theirs, and are let go of
    with their reads (`privacy.forget_reads`): nobody is shown these words.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, frozenset[int]], _Known] = OrderedDict()
        self._lock = threading.Lock()

    def likely(self, session: Session, study_id: int, words: str, *, without: Collection[int] = ()) -> list[Likely]:
        """Return the likeliest codes for words by what was coded in the sources that the session shows."""
        sources = readable(session, study_id)
        with self._lock:
            self._let_go()
            known = self._brought_up(session, study_id, sources)
            return known.neighbours.likely(words, without=without)

    def _brought_up(self, session: Session, study_id: int, sources: frozenset[int]) -> _Known:
        key, texts, last = (study_id, sources), _texts(session, study_id), coding.last_act(session, study_id)
        known = self._known.get(key)
        acts = _acts_since(session, study_id, known.last) if known is not None and known.last < last else []
        if known is None or known.texts != texts or len(acts) > MOST_ACTS:
            known = self._known[key] = _Known(texts, last)
            for each in coded_excerpts(session, study_id, sources):
                known.neighbours.put(each)
        else:
            _follow(session, study_id, sources, known.neighbours, acts)
        known.last, known.asked_at = last, time.monotonic()
        self._known.move_to_end(key)
        return known

    def _let_go(self) -> None:
        since = time.monotonic() - IDLE
        for key in [key for key, known in self._known.items() if known.asked_at < since]:
            del self._known[key]
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)


def readable(session: Session, study_id: int) -> frozenset[int]:
    """Return the numbers of the sources of a study that the session shows and that are not withdrawn."""
    return frozenset(
        session.scalars(select(Source.id).where(Source.study_id == study_id, Source.withdrawn_at.is_(None)))
    )


def _texts(session: Session, study_id: int) -> tuple[int, int]:
    """What changes whenever excerpts may have come to other words without an act: revisions, and what was settled."""
    newest = session.scalar(select(func.max(Revision.id)).where(Revision.study_id == study_id)) or 0
    settled = (Reanchoring.study_id == study_id, Reanchoring.decided_at.is_not(None))
    return newest, session.scalar(select(func.count(Reanchoring.id)).where(*settled)) or 0


def _acts_since(session: Session, study_id: int, last: int) -> Sequence[CodingAct]:
    later = select(CodingAct).where(CodingAct.study_id == study_id, CodingAct.id > last)
    return session.scalars(later.order_by(CodingAct.id).limit(MOST_ACTS + 1)).all()


def _follow(
    session: Session, study_id: int, sources: frozenset[int], neighbours: Neighbours, acts: Sequence[CodingAct]
) -> None:
    """Take in what acts changed: the excerpts that they name are read again."""
    states = [state for act in acts for part in coding.parts_of(act) for state in (part.before, part.after) if state]
    touched = list({uuid.UUID(state["excerpt"]) for state in states if "excerpt" in state})
    for first in range(0, len(touched), AT_ONCE):
        some = touched[first : first + AT_ONCE]
        for number in session.scalars(select(Excerpt.id).where(Excerpt.guid.in_(some))):
            neighbours.drop(number)
        for each in coded_excerpts(session, study_id, sources, only=some):
            neighbours.put(each)


def coded_excerpts(
    session: Session, study_id: int, sources: Collection[int], *, only: Collection[uuid.UUID] | None = None
) -> Iterator[CodedExcerpt]:
    """Yield the coded excerpts in these sources with their codes; all, or those of these GUIDs."""
    columns = select(Excerpt.id, Revision.source_id, Excerpt.quote, Coding.code_id)
    statement = columns.join(Revision, Revision.id == Excerpt.revision_id).join(Coding, Coding.excerpt_id == Excerpt.id)
    statement = statement.where(Excerpt.study_id == study_id).order_by(Excerpt.id)
    if only is not None:
        statement = statement.where(Excerpt.guid.in_(only))
    codes: dict[int, int] = {}
    here: tuple[int, int, str] | None = None
    for number, source_id, words, code in session.execute(statement):
        if here is not None and here[0] != number:
            yield CodedExcerpt(*here, codes)
            codes = {}
        here = (number, source_id, words) if source_id in sources else None
        if here is not None:
            codes[code] = codes.get(code, 0) + 1
    if here is not None:
        yield CodedExcerpt(*here, codes)
