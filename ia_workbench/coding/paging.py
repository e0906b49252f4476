"""The words of a code, a page at a time: ten thousand codings are counted in the store, and only a page is read.

Counting and finding go by two tables, codings and excerpts; which texts and codes they are of is asked once before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code, at_or_below
from ia_workbench.coding.exported import turn_number, turns_by_text
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.coding.queries import IN_ORDER, codings_read, where_from
from ia_workbench.corpus import Revision, Source
from ia_workbench.privacy import Account


@dataclass(frozen=True)
class CodePage:
    """One page of the coded words of a code and those below it, and what there is in all.

    `codings` are those of the page's excerpts, by source key, start and end, so that those of one excerpt stand
    together. `excerpts` is how many excerpts there are in each source, by the source's internal number; `turns` the
    number of the turn that each excerpt of the page begins in, by the excerpt's number.
    """

    codings: Sequence[Coding]
    total: int
    own: int
    excerpts: Mapping[int, int]
    coders: Sequence[str]
    turns: Mapping[int, int]

    @property
    def excerpt_count(self) -> int:
        """How many excerpts there are in all."""
        return sum(self.excerpts.values())


def code_page(session: Session, study_id: int, code: Code, *, offset: int, limit: int) -> CodePage:
    """Return the excerpts coded with a code or one below it from `offset` on, no more than `limit`; few queries.

    Codings of withdrawn sources are left out.
    """
    texts = _texts(session, study_id)
    codes = session.scalars(select(Code.id).where(Code.study_id == study_id, at_or_below(code.path))).all()
    given = _given(select(Coding.code_id, Coding.coder_id, func.count(Coding.id)), texts, codes)
    counts = session.execute(given.group_by(Coding.code_id, Coding.coder_id)).all()
    excerpts = _excerpts_by_source(session, texts, codes)
    wanted = list(_wanted(session, texts, codes, excerpts, offset, limit))
    made = codings_read(study_id).where(Coding.excerpt_id.in_(wanted), Coding.code_id.in_(codes))
    coders = select(Account.username).where(Account.id.in_({coder for _code, coder, _number in counts}))
    shown = session.scalars(made.order_by(*IN_ORDER).options(where_from())).all()
    starts = turns_by_text(session, {each.excerpt.revision_id for each in shown})
    return CodePage(
        codings=shown,
        total=sum(number for _code, _coder, number in counts),
        own=sum(number for given_code, _coder, number in counts if given_code == code.id),
        excerpts=excerpts,
        coders=session.scalars(coders.order_by(Account.username)).all(),
        turns={
            each.excerpt_id: turn_number(starts, each.excerpt.revision_id, each.excerpt.start) or 1 for each in shown
        },
    )


def _texts(session: Session, study_id: int) -> Mapping[int, int]:
    """Return the source of each text that may be read, by the text's number, in the order of the sources' keys."""
    statement = select(Revision.id, Revision.source_id).join(Source, Source.id == Revision.source_id)
    statement = statement.where(Revision.study_id == study_id, Source.withdrawn_at.is_(None))
    return dict(session.execute(statement.order_by(Source.key, Revision.number)).all())


def _given(
    statement: Select[*tuple[Any, ...]], texts: Mapping[int, int], codes: Sequence[int]
) -> Select[*tuple[Any, ...]]:
    joined = statement.select_from(Coding).join(Excerpt, Excerpt.id == Coding.excerpt_id)
    return joined.where(Coding.code_id.in_(codes), Excerpt.revision_id.in_(texts))


def _excerpts_by_source(session: Session, texts: Mapping[int, int], codes: Sequence[int]) -> Mapping[int, int]:
    counted = _given(select(Excerpt.revision_id, func.count(Coding.excerpt_id.distinct())), texts, codes)
    found: dict[int, int] = {}
    by_text = dict(session.execute(counted.group_by(Excerpt.revision_id)).all())
    for text, source in texts.items():
        if text in by_text:
            found[source] = found.get(source, 0) + by_text[text]
    return found


def _wanted(
    session: Session,
    texts: Mapping[int, int],
    codes: Sequence[int],
    excerpts: Mapping[int, int],
    offset: int,
    limit: int,
) -> Iterator[int]:
    """Yield the numbers of a page's excerpts: whole sources are passed over by their counts."""
    for source, count in excerpts.items():
        if offset >= count:
            offset -= count
            continue
        theirs = {text: source for text, its in texts.items() if its == source}
        here = _given(select(Excerpt.id), theirs, codes).group_by(Excerpt.id).order_by(Excerpt.start, Excerpt.end)
        found = session.scalars(here.offset(offset).limit(limit)).all()
        yield from found
        offset, limit = 0, limit - len(found)
        if limit <= 0:
            return
