"""The words of a code, a page at a time: ten thousand codings are counted in the store, and only a page is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code, at_or_below
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.coding.queries import IN_ORDER, codings_read, joined, where_from
from ia_workbench.corpus import Revision, Source
from ia_workbench.privacy import Account


@dataclass(frozen=True)
class CodePage:
    """One page of the coded words of a code and those below it, and what there is in all.

    `codings` are those of the page's excerpts, by source key, start and end, so that those of one excerpt stand
    together. `excerpts` is how many excerpts there are in each source, by the source's internal number.
    """

    codings: Sequence[Coding]
    total: int
    own: int
    excerpts: Mapping[int, int]
    coders: Sequence[str]

    @property
    def excerpt_count(self) -> int:
        """How many excerpts there are in all."""
        return sum(self.excerpts.values())


def code_page(session: Session, study_id: int, code: Code, *, offset: int, limit: int) -> CodePage:
    """Return the excerpts coded with a code or one below it from `offset` on, no more than `limit`; six queries.

    Codings of withdrawn sources are left out.
    """
    here = at_or_below(code.path)
    places = (Coding.excerpt_id, Source.key, Excerpt.start, Excerpt.end)
    first = joined(select(Coding.excerpt_id), study_id).where(here).group_by(*places)
    wanted = session.scalars(first.order_by(*places[1:]).offset(offset).limit(limit)).all()
    made = codings_read(study_id).where(here, Coding.excerpt_id.in_(wanted))
    by_code = joined(select(Coding.code_id, func.count(Coding.id)), study_id).where(here).group_by(Coding.code_id)
    counts = dict(session.execute(by_code).all())
    in_source = joined(select(Revision.source_id, func.count(Coding.excerpt_id.distinct())), study_id).where(here)
    coders = joined(select(Account.username), study_id).where(here).distinct().order_by(Account.username)
    return CodePage(
        codings=session.scalars(made.order_by(*IN_ORDER).options(where_from())).all(),
        total=sum(counts.values()),
        own=counts.get(code.id, 0),
        excerpts=dict(session.execute(in_source.group_by(Revision.source_id)).all()),
        coders=session.scalars(coders).all(),
    )
