"""Reads of excerpts and codings."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ia_workbench.codebook import Code, at_or_below
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.kernel import NotFound, digest_of
from ia_workbench.privacy import Account

AT_ONCE = 500  # excerpts asked for in one query: a store takes some thousands of values
IN_ORDER = (Source.key, Excerpt.start, Excerpt.end, Code.path, Account.username)


@dataclass(frozen=True)
class CodeCount:
    """How often one code was given: codings of all coders, and the sources they lie in. For orientation only."""

    code_id: int
    path: str
    codings: int
    sources: int


@dataclass(frozen=True)
class CodedWords:
    """Coded excerpts, each once with its first coding, as far as they were asked for; `total` is how many there are."""

    codings: tuple[Coding, ...]
    total: int


@dataclass(frozen=True)
class Mark:
    """Where a coding stands in its revision, who made it and when: what drawing it takes. Offsets are code points."""

    id: int
    guid: uuid.UUID
    start: int
    end: int
    code_id: int
    coder: str
    at: datetime
    rating: int | None = None
    is_important: bool = False
    version: int = 1


def marks_on(session: Session, revision: Revision, *, only: Collection[uuid.UUID] | None = None) -> list[Mark]:
    """Return where the codings of one revision stand, oldest first, in one query and without their words.

    `only` are the GUIDs of those wanted, None for all. Empty once the source is withdrawn.
    """
    place = (Coding.id, Coding.guid, Excerpt.start, Excerpt.end, Coding.code_id)
    made: tuple[Any, ...] = (Account.username, Coding.at, Coding.rating, Coding.is_important, Coding.version)
    statement = (
        select(*place, *made)
        .join(Coding.excerpt)
        .join(Excerpt.revision)
        .join(Revision.source)
        .join(Coding.coder)
        .where(Excerpt.revision_id == revision.id, Source.withdrawn_at.is_(None))
        .order_by(Coding.at, Coding.id)
    )
    if only is not None:
        statement = statement.where(Coding.guid.in_(only))
    return [Mark(*row) for row in session.execute(statement)]


@dataclass(frozen=True)
class Given:
    """How often one coder gave one code on a text, rated alike (None where not) and marked alike."""

    code_id: int
    coder: str
    rating: int | None
    is_important: bool
    number: int


def given_on(session: Session, revision: Revision) -> list[Given]:
    """Return how often codes were given on one revision, in one query. Empty once the source is withdrawn."""
    alike = (Coding.code_id, Coding.coder_id, Coding.rating, Coding.is_important)
    counted = (
        select(*alike, func.count(Coding.id).label("number"))
        .join(Coding.excerpt)
        .join(Excerpt.revision)
        .join(Revision.source)
        .where(Excerpt.revision_id == revision.id, Source.withdrawn_at.is_(None))
        .group_by(*alike)
        .subquery()
    ).c  # who the coders are is looked up for what was counted, not for each coding
    whose = (counted.code_id, Account.username, counted.rating, counted.is_important, counted.number)
    statement = select(*whose).join(Account, Account.id == counted.coder_id)
    return [Given(*row) for row in session.execute(statement)]


def codings_on(session: Session, revision: Revision) -> list[Coding]:
    """Return the codings of one revision with excerpt, code and coder loaded, in at most three queries.

    Ordered by start, the longer first, then by when they were made. Empty once the source is withdrawn.
    """
    statement = codings_read(revision.study_id).where(Excerpt.revision_id == revision.id)
    return list(session.scalars(statement.order_by(Excerpt.start, Excerpt.end.desc(), Coding.id)))


def codings(
    session: Session,
    study_id: int,
    *,
    source: Source | None = None,
    code: Code | None = None,
    coder: str | None = None,
) -> list[Coding]:
    """Return the codings of a study, each with excerpt, revision, source, code and coder loaded, in few queries.

    `code` takes in the codes below it; `coder` is a username. Ordered by source key, start, end, code path and coder.
    Codings of withdrawn sources are left out.
    """
    statement = _of_code(codings_read(study_id), code)
    if source is not None:
        statement = statement.where(Revision.source_id == source.id)
    if coder is not None:
        statement = statement.where(Account.username == coder)
    return list(session.scalars(statement.order_by(*IN_ORDER).options(where_from())))


def coded_words(
    session: Session,
    study_id: int,
    *,
    sources: Collection[Source],
    code: Code | None = None,
    without: Collection[int] = (),
    limit: int,
) -> CodedWords:
    """Return the coded excerpts in these sources, each once with its first coding, and how many there are in all.

    `code` takes in the codes below it; `without` are internal numbers of excerpts that are left out. Ordered as
    `codings`; no more than `limit` are loaded, in few queries.
    """
    here = (Revision.source_id.in_([each.id for each in sources]), Coding.excerpt_id.not_in(without))
    places = (Coding.excerpt_id, Source.key, Excerpt.start, Excerpt.end)
    first = _of_code(joined(select(Coding.excerpt_id), study_id), code).where(*here).group_by(*places)
    excerpts = session.scalars(first.order_by(*places[1:]).limit(limit)).all()
    made = _of_code(codings_read(study_id), code).where(Coding.excerpt_id.in_(excerpts))
    once: dict[int, Coding] = {}
    for coding in session.scalars(made.order_by(*IN_ORDER).options(where_from())):
        once.setdefault(coding.excerpt_id, coding)
    number = _of_code(joined(select(func.count(Coding.excerpt_id.distinct())), study_id), code).where(*here)
    return CodedWords(tuple(once.values()), session.scalar(number) or 0)


def _of_code(statement: Select[*tuple[Any, ...]], code: Code | None) -> Select[*tuple[Any, ...]]:
    return statement if code is None else statement.where(at_or_below(code.path))


def where_from() -> ORMOption:
    """Load where excerpts come from: their revision and source."""
    return contains_eager(Coding.excerpt).selectinload(Excerpt.revision).joinedload(Revision.source)


def codings_read(study_id: int) -> Select[Coding]:
    """Select codings with excerpt, code and coder loaded."""
    # codes and coders are few and codings many: reading them once is four times as fast as once a row
    loaded = (contains_eager(Coding.excerpt), selectinload(Coding.code), selectinload(Coding.coder))
    return joined(select(Coding), study_id).options(*loaded)


def joined(statement: Select[*tuple[Any, ...]], study_id: int) -> Select[*tuple[Any, ...]]:
    """Join codings with all they point at, without those of withdrawn sources."""
    return (
        statement.select_from(Coding)
        .join(Coding.excerpt)
        .join(Excerpt.revision)
        .join(Revision.source)
        .join(Coding.code)
        .join(Coding.coder)
        .where(Coding.study_id == study_id, Source.withdrawn_at.is_(None))
    )


def codings_by_source(session: Session, study_id: int) -> Mapping[int, int]:
    """Return how many codings lie in each source, by the source's internal number, in one query.

    Sources without any are absent, and so are withdrawn ones, as in `counts_by_code`.
    """
    statement = joined(select(Revision.source_id, func.count(Coding.id)), study_id).group_by(Revision.source_id)
    return dict(session.execute(statement).all())


def turns_of_excerpts(session: Session, excerpt_ids: Collection[int]) -> Mapping[int, int]:
    """Return the number of the turn that each excerpt begins in, or of the one before it when it falls between two.

    By the excerpt's internal number, some hundreds a query.
    """
    begins_in = (
        select(Turn.number)
        .where(Turn.revision_id == Excerpt.revision_id, Turn.start <= Excerpt.start)
        .order_by(Turn.number.desc())
        .limit(1)
        .correlate(Excerpt)
        .scalar_subquery()
    )
    found: dict[int, int] = {}
    wanted = sorted(excerpt_ids)
    for start in range(0, len(wanted), AT_ONCE):
        statement = select(Excerpt.id, begins_in).where(Excerpt.id.in_(wanted[start : start + AT_ONCE]))
        found.update((excerpt, turn) for excerpt, turn in session.execute(statement) if turn is not None)
    return found


def coding_by_guid(session: Session, guid: uuid.UUID) -> Coding:
    """Return the coding of that GUID with excerpt, code and coder loaded; raises NotFound."""
    loaded = (joinedload(Coding.excerpt), joinedload(Coding.code), joinedload(Coding.coder))
    coding = session.scalars(select(Coding).where(Coding.guid == guid).options(*loaded)).one_or_none()
    if coding is None:
        raise NotFound("This coding is no longer there.")
    return coding


def excerpt_by_guid(session: Session, guid: uuid.UUID) -> Excerpt:
    """Return the excerpt of that GUID; raises NotFound."""
    excerpt = session.scalars(select(Excerpt).where(Excerpt.guid == guid)).one_or_none()
    if excerpt is None:
        raise NotFound("This excerpt is no longer there.")
    return excerpt


def counts_by_code(session: Session, study_id: int, *, revision: Revision | None = None) -> list[CodeCount]:
    """Return how often each code was given, by path, in one query; codes never given are absent.

    With `revision`, only there. Codes count for themselves, not for the codes below them; withdrawn sources not.
    """
    columns = (Code.id, Code.path, func.count(Coding.id), func.count(Revision.source_id.distinct()))
    statement = joined(select(*columns), study_id).group_by(Code.id, Code.path).order_by(Code.path)
    if revision is not None:
        statement = statement.where(Revision.id == revision.id)
    return [CodeCount(*row) for row in session.execute(statement)]


def counts_by_source(session: Session, study_id: int) -> Mapping[uuid.UUID, Mapping[str, int]]:
    """Return how many codings each code has in each source: by the code's GUID, then by source key, in order of keys.

    Codes never given are absent; withdrawn sources are left out. One query.
    """
    statement = joined(select(Code.guid, Source.key, func.count(Coding.id)), study_id)
    found: dict[uuid.UUID, dict[str, int]] = {}
    for guid, key, count in session.execute(statement.group_by(Code.guid, Source.key).order_by(Source.key)):
        found.setdefault(guid, {})[key] = count
    return found


def count_of_excerpts(session: Session, study_id: int) -> int:
    """Return how many excerpts a study has, on all revisions."""
    return session.scalar(select(func.count(Excerpt.id)).where(Excerpt.study_id == study_id)) or 0


def mismatched_excerpts(session: Session, study_id: int) -> list[Excerpt]:
    """Return the excerpts whose words are not, or no longer, the words of their revision at that place.

    Also those whose hash does not fit their words. Empty when all is well. Reads one text at a time; closed ones are
    passed over, since excerpts there no longer say what is withheld.
    """
    statement = select(Excerpt.revision_id).join(Excerpt.revision).distinct()
    statement = statement.where(Excerpt.study_id == study_id, Revision.closed_at.is_(None))
    found: list[Excerpt] = []
    for revision_id in session.scalars(statement.order_by(Excerpt.revision_id)).all():
        text = session.scalars(select(Revision.text).where(Revision.id == revision_id)).one()
        found.extend(each for each in _excerpts_on(session, revision_id) if not _agrees(each, text))
    return found


def _agrees(excerpt: Excerpt, text: str) -> bool:
    is_there = excerpt.end <= len(text) and text[excerpt.start : excerpt.end] == excerpt.quote
    return is_there and digest_of(excerpt.quote) == excerpt.sha256


def _excerpts_on(session: Session, revision_id: int) -> Sequence[Excerpt]:
    statement = select(Excerpt).where(Excerpt.revision_id == revision_id)
    return session.scalars(statement.order_by(Excerpt.start, Excerpt.end.desc())).all()
