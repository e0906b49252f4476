"""Reads of what corrections did to excerpts: what waits for a person, and what no longer stands in the text."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from ia_workbench.codebook import Code
from ia_workbench.coding.models import Coding, Excerpt, Reanchoring
from ia_workbench.coding.rules import KEEPS_WORDS, ReanchoringOutcome
from ia_workbench.corpus import Revision, RevisionKind, Source

AT_ONCE = 500  # excerpts asked for in one query: a store takes some thousands of values


class Standing(StrEnum):
    """How the words of an excerpt stand to the corrected text of its source."""

    CHANGED = "changed"  # other words stand there, and nobody has confirmed them
    GONE = "gone"  # they stand in an earlier text alone


@dataclass(frozen=True)
class Reanchored:
    """One excerpt as a correction found and left it.

    `before` are its words before; `after` those that the corrected text has for it, None where they are gone. `listed`
    is the last that was said of it. `waits` says that no person has settled it, here or since.
    """

    excerpt: Excerpt
    listed: Reanchoring
    before: str
    after: str | None
    codes: tuple[str, ...]
    waits: bool

    @property
    def outcome(self) -> ReanchoringOutcome:
        """What became of it."""
        return self.listed.outcome


def unsettled(session: Session, excerpt_ids: Collection[int]) -> Mapping[int, Standing]:
    """Return which of these excerpts may not be used as they are, by internal number; the others are absent.

    Some hundreds a query. An excerpt is gone when it stands in a text that was corrected since, whoever decided so.
    """
    found: dict[int, Standing] = {}
    later = aliased(Revision)
    is_earlier = (
        select(later.id)
        .where(later.source_id == Revision.source_id, later.number > Revision.number)
        .where(later.kind != RevisionKind.MASKED)
        .exists()
    )
    wanted = sorted(excerpt_ids)
    for start in range(0, len(wanted), AT_ONCE):
        here = Excerpt.id.in_(wanted[start : start + AT_ONCE])
        changed = select(Reanchoring.excerpt_id).join(Reanchoring.excerpt).where(here, _is_open())
        found.update(dict.fromkeys(session.scalars(changed), Standing.CHANGED))
        gone = select(Excerpt.id).join(Excerpt.revision).where(here, is_earlier)
        found.update(dict.fromkeys(session.scalars(gone), Standing.GONE))
    return found


def unsettled_on(session: Session, source: Source) -> Mapping[int, Standing]:
    """Return which excerpts of a source may not be used as they are, by internal number."""
    statement = select(Excerpt.id).join(Excerpt.revision).where(Revision.source_id == source.id)
    return unsettled(session, session.scalars(statement).all())


def unsettled_count(session: Session, newest: Revision) -> int:
    """Return how many excerpts of a source may not be used as they are, in one query; `newest` is its newest text."""
    changed = select(Reanchoring.excerpt_id).join(Reanchoring.excerpt).where(_is_open())
    statement = select(func.count(Excerpt.id)).join(Revision, Revision.id == Excerpt.revision_id)
    here = statement.where(Revision.source_id == newest.source_id)
    return session.scalar(here.where(or_(Excerpt.revision_id != newest.id, Excerpt.id.in_(changed)))) or 0


def waiting_by_revision(session: Session, source: Source) -> Mapping[int, int]:
    """Return how many excerpts each correction of a source left waiting for a person, by the revision's number."""
    statement = (
        select(Revision.number, func.count(Reanchoring.excerpt_id.distinct()))
        .join(Reanchoring, Reanchoring.to_revision_id == Revision.id)
        .where(Revision.source_id == source.id, _is_open())
        .group_by(Revision.number)
    )
    return dict(session.execute(statement).all())


def reanchored_by(session: Session, revision: Revision) -> list[Reanchored]:
    """Return every excerpt that a correction found, by place in the text before; three queries.

    Empty for the original and once the source is withdrawn.
    """
    if revision.source.is_withdrawn:
        return []
    listed = _listed(session, revision)
    codes = _codes(session, revision)
    return sorted(
        (_reanchored(rows, revision, codes) for rows in listed.values()),
        key=lambda each: (each.listed.from_start, each.listed.from_end, each.excerpt.id),
    )


def _listed(session: Session, revision: Revision) -> Mapping[int, Sequence[Reanchoring]]:
    """All that was ever listed of the excerpts that a correction found, oldest first, by excerpt."""
    here = select(Reanchoring.excerpt_id).where(Reanchoring.to_revision_id == revision.id)
    statement = select(Reanchoring).join(Reanchoring.excerpt).where(Reanchoring.excerpt_id.in_(here))
    found: defaultdict[int, list[Reanchoring]] = defaultdict(list)
    loaded = contains_eager(Reanchoring.excerpt)
    for each in session.scalars(statement.order_by(Reanchoring.id).options(loaded)):
        found[each.excerpt_id].append(each)
    return found


def _codes(session: Session, revision: Revision) -> Mapping[int, tuple[str, ...]]:
    here = select(Reanchoring.excerpt_id).where(Reanchoring.to_revision_id == revision.id)
    statement = select(Coding.excerpt_id, Code.path).join(Coding.code).where(Coding.excerpt_id.in_(here))
    found: defaultdict[int, set[str]] = defaultdict(set)
    for excerpt_id, path in session.execute(statement):
        found[excerpt_id].add(path)
    return {excerpt_id: tuple(sorted(paths)) for excerpt_id, paths in found.items()}


def _reanchored(rows: Sequence[Reanchoring], revision: Revision, codes: Mapping[int, tuple[str, ...]]) -> Reanchored:
    here = [index for index, each in enumerate(rows) if each.to_revision_id == revision.id]
    last, later = rows[here[-1]], rows[here[-1] + 1 :]
    excerpt = last.excerpt
    after = later[0].from_quote if later else excerpt.quote
    is_gone = last.outcome is ReanchoringOutcome.ORPHANED
    return Reanchored(
        excerpt=excerpt,
        listed=last,
        before=rows[here[0]].from_quote,
        after=None if is_gone else after,
        codes=codes.get(excerpt.id, ()),
        waits=last.decided_by is None,
    )


def _is_open() -> ColumnElement[bool]:
    return and_(Reanchoring.decided_by.is_(None), Reanchoring.outcome.not_in(KEEPS_WORDS))
