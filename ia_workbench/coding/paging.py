"""The words of a code, a page at a time: ten thousand codings are counted in the store, and only a page is read.

Counting and finding go by two tables, codings and excerpts; texts, codes and coders are asked for once beside them.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from ia_workbench import codebook
from ia_workbench.codebook import Code
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.privacy import Account, HeldQuery


class GivenCode(NamedTuple):
    """Who gave an excerpt which code (its internal number), and when."""

    code_id: int
    coder: str
    at: datetime


class CodedExcerpt(NamedTuple):
    """Words of a page, where they stand, and who gave them which codes, by the codes' paths and the coders.

    `start` is in code points of the revision; `turn` is the number of the turn that the words begin in.
    """

    id: int
    source_id: int
    revision_id: int
    start: int
    quote: str
    turn: int
    given: Sequence[GivenCode]


@dataclass(frozen=True)
class CodePage:
    """One page of the coded words of a code and those below it, and what there is in all.

    `shown` are the page's excerpts by source key, start and end; `sources` theirs by their internal numbers. `total`
    and `own` count codings; `excerpts` is how many excerpts there are in each source, by its internal number.
    """

    shown: Sequence[CodedExcerpt]
    sources: Mapping[int, Source]
    total: int
    own: int
    excerpts: Mapping[int, int]
    coders: Sequence[str]

    @property
    def excerpt_count(self) -> int:
        """How many excerpts there are in all."""
        return sum(self.excerpts.values())


def _given(*columns: Any) -> Select[*tuple[Any, ...]]:
    joined = select(*columns).select_from(Coding).join(Excerpt, Excerpt.id == Coding.excerpt_id)
    return joined.where(Coding.code_id.in_(codebook.numbers_at_or_below()))


def _in_texts(which: ColumnElement[bool]) -> HeldQuery:
    """Select a page's excerpts in order. In one text the store goes through them in order and stops where it may."""
    is_given = exists().where(Coding.excerpt_id == Excerpt.id, Coding.code_id.in_(codebook.numbers_at_or_below()))
    found = select(Excerpt.id, Excerpt.revision_id, Excerpt.start).where(which, is_given)
    in_order = found.order_by(Excerpt.start, Excerpt.end, Excerpt.id)
    return HeldQuery(in_order.limit(bindparam("most")).offset(bindparam("after")))


COUNTED = HeldQuery(
    _given(Excerpt.revision_id, Coding.code_id, Coding.coder_id, func.count(Coding.id).label("number"))
    .group_by(Excerpt.revision_id, Coding.code_id, Coding.coder_id)
)  # fmt: skip
GIVEN = select(Coding.excerpt_id).where(Coding.code_id.in_(codebook.numbers_at_or_below()))
EXCERPTS = HeldQuery(
    select(Excerpt.revision_id, func.count(Excerpt.id).label("number"))
    .where(Excerpt.id.in_(GIVEN))
    .group_by(Excerpt.revision_id)
)
IN_ONE_TEXT = _in_texts(Excerpt.revision_id == bindparam("text"))
IN_SEVERAL = _in_texts(Excerpt.revision_id.in_(select(Revision.id).where(Revision.source_id == bindparam("source"))))
WORDS = HeldQuery(
    _given(Excerpt.id, Excerpt.quote, Coding.code_id, Coding.coder_id, Coding.at).where(
        Excerpt.revision_id == bindparam("text"), Excerpt.start.between(bindparam("first"), bindparam("last"))
    ),
    words=Excerpt.raw_words,
)
CODES = HeldQuery(select(Code.id, Code.path).where(Code.id.in_(codebook.numbers_at_or_below())))


def _turns_within() -> Select[*tuple[Any, ...]]:
    before = aliased(Turn)
    is_text = before.revision_id == bindparam("text")
    first = select(func.max(before.number)).where(is_text, before.start <= bindparam("first")).scalar_subquery()
    here = (Turn.revision_id == bindparam("text"), Turn.number >= func.coalesce(first, 0))
    return select(Turn.start, Turn.number).where(*here, Turn.start <= bindparam("last")).order_by(Turn.number)


TURNS = HeldQuery(_turns_within())


def code_page(session: Session, study_id: int, code: Code, *, offset: int, limit: int) -> CodePage:
    """Return the excerpts coded with a code or one below it from `offset` on, no more than `limit`; few queries.

    Codings of withdrawn sources are left out.
    """
    asked = codebook.at_or_below_values(study_id, code.path)
    texts = _texts(session, study_id)
    counts = [each for each in COUNTED.rows(session, **asked) if each.revision_id in texts]
    coder = select(Account.id, Account.username).where(Account.id.in_({each.coder_id for each in counts}))
    coders: dict[int, str] = dict(session.execute(coder).all())
    # of one code by one coder a text has as many excerpts as codings
    is_plain = len({each.revision_id for each in counts}) == len(counts)
    by_text = {each.revision_id: each.number for each in (counts if is_plain else EXCERPTS.rows(session, **asked))}
    by_source: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for text, source in texts.items():
        if text in by_text:
            by_source[source][text] = by_text[text]
    wanted = list(_wanted(session, asked, by_source, offset, limit))
    shown = _shown(session, asked, wanted, texts, coders)
    theirs = select(Source).where(Source.id.in_({each.source_id for each in shown}))
    return CodePage(
        shown=shown,
        sources={each.id: each for each in session.scalars(theirs)},
        total=sum(each.number for each in counts),
        own=sum(each.number for each in counts if each.code_id == code.id),
        excerpts={source: sum(its.values()) for source, its in by_source.items()},
        coders=sorted(coders.values()),
    )


def _texts(session: Session, study_id: int) -> Mapping[int, int]:
    """Return the source of each text that may be read, by the text's number, in the order of the sources' keys."""
    statement = select(Revision.id, Revision.source_id).join(Source, Source.id == Revision.source_id)
    statement = statement.where(Revision.study_id == study_id, Source.withdrawn_at.is_(None))
    return dict(session.execute(statement.order_by(Source.key, Revision.number)).all())


def _wanted(
    session: Session, asked: Mapping[str, Any], by_source: Mapping[int, Mapping[int, int]], offset: int, limit: int
) -> Iterator[Any]:
    """Yield number, text and start of a page's excerpts: whole sources are passed over by the counts of their texts."""
    for source, counts in by_source.items():
        count = sum(counts.values())
        if offset >= count:
            offset -= count
            continue
        page = {**asked, "after": offset, "most": limit}
        if len(counts) == 1:
            found = IN_ONE_TEXT.rows(session, **page, text=next(iter(counts)))
        else:
            found = IN_SEVERAL.rows(session, **page, source=source)
        yield from found
        offset, limit = 0, limit - len(found)
        if limit <= 0:
            return


def _shown(
    session: Session,
    asked: Mapping[str, Any],
    wanted: Sequence[Any],
    texts: Mapping[int, int],
    coders: Mapping[int, str],
) -> list[CodedExcerpt]:
    """Read the words of these excerpts, who coded them and the turns they stand in: two queries for each text."""
    paths = dict(CODES.rows(session, **asked))
    places: defaultdict[int, list[int]] = defaultdict(list)
    for each in wanted:
        places[each.revision_id].append(each.start)
    quotes: dict[int, str] = {}
    given: defaultdict[int, list[GivenCode]] = defaultdict(list)
    turns = {}
    for text, starts in places.items():
        within = {"text": text, "first": min(starts), "last": max(starts)}
        for number, quote, code_id, coder_id, at in WORDS.rows(session, leads_by=text, **asked, **within):
            quotes[number] = quote
            given[number].append(GivenCode(code_id, coders[coder_id], at))
        turns[text] = TURNS.rows(session, **within)
    for each in given.values():
        each.sort(key=lambda gave: (paths[gave.code_id], gave.coder))
    return [
        CodedExcerpt(number, texts[text], text, start, quotes[number], _turn(turns[text], start), given[number])
        for number, text, start in wanted
    ]


def _turn(turns: Sequence[Any], start: int) -> int:
    at = bisect_right(turns, start, key=lambda each: each.start)
    return turns[at - 1].number if at else 1
