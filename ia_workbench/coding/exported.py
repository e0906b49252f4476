"""Codings as files have them: what each is in plain values, read in one query without an object for each row."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, literal, select
from sqlalchemy.orm import Session

from ia_workbench import codebook
from ia_workbench.codebook import Code
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.corpus import Revision, RevisionKind, Source, Turn
from ia_workbench.privacy import Account, HeldQuery

IN_ORDER = attrgetter("source", "start", "end", "code", "coder")
AT_ONCE = 500  # texts asked for in one query

TurnStarts = Mapping[int, tuple[Sequence[int], Sequence[int]]]


class ExportedCoding(NamedTuple):
    """One coding as a file has it. Offsets are code points; `turn` is 0 where the words stand before the first turn.

    `language` is that of the source, as BCP 47. `step` is the rating in the words of the code's scale, empty where
    there is none. `text` is as in `CodingRow`. `quote` is empty where the words were not asked for. A tuple, as there
    are thousands.
    """

    excerpt_id: int
    source: str
    title: str
    language: str
    turn: int
    start: int
    end: int
    quote: str
    code: str
    code_name: str
    coder: str
    at: datetime
    rating: int | None
    step: str
    important: bool
    text: int | None


def exported_codings(
    session: Session,
    study_id: int,
    *,
    source: Source | None = None,
    code: Code | None = None,
    coder: str | None = None,
    with_words: bool = True,
) -> list[ExportedCoding]:
    """Return the codings of a study as files have them, in few queries however many there are.

    `code` takes in the codes below it; `coder` is a username. Ordered by source key, start, end, code path and coder.
    Codings of withdrawn sources are left out. Without `with_words` no words are read.
    """
    asked: dict[str, Any] = {"study": study_id}
    if source is not None:
        asked["source"] = source.id
    if code is not None:
        asked |= codebook.at_or_below_values(study_id, code.path)
    if coder is not None:
        asked["coder"] = coder
    rows = _held(frozenset(asked), with_words).rows(session, **asked)
    beside = _Beside(session, study_id, rows)
    by_text = groupby(rows, key=attrgetter("revision_id"))
    found = [each for revision_id, here in by_text for each in _exported(here, beside, revision_id)]
    found.sort(key=IN_ORDER)
    return found


@cache
def _held(asked: frozenset[str], with_words: bool) -> HeldQuery:
    """Return the one query for codings, narrowed by what is `asked`: a source, a code with those below it, a coder.

    What is the same for many codings (the source, the code, who coded) is read beside it. It comes nearly in order.
    """
    is_there = select(Revision.id).join(Source, Source.id == Revision.source_id).where(Source.withdrawn_at.is_(None))
    if "source" in asked:
        is_there = is_there.where(Source.id == bindparam("source"))
    columns: tuple[Any, ...] = (Excerpt.id, Excerpt.revision_id, Excerpt.start, Excerpt.end)
    columns += (Excerpt.quote if with_words else literal("").label("quote"), Coding.code_id, Coding.coder_id, Coding.at)
    statement = (
        select(*columns, Coding.rating, Coding.is_important)
        .select_from(Coding)
        .join(Excerpt, Excerpt.id == Coding.excerpt_id)
        .where(Coding.study_id == bindparam("study"), Excerpt.revision_id.in_(is_there))
        .order_by(Excerpt.revision_id, Excerpt.start, Excerpt.end)
    )
    if "code" in asked:
        statement = statement.where(Coding.code_id.in_(codebook.numbers_at_or_below()))
    if "coder" in asked:
        by = select(Account.id).where(Account.username == bindparam("coder"))
        statement = statement.where(Coding.coder_id.in_(by))
    return HeldQuery(statement, words=Excerpt.raw_words if with_words else None, leads_in="revision_id")


def _exported(rows: Iterable[Any], beside: "_Beside", revision_id: int) -> Iterator[ExportedCoding]:
    """Yield the codings of one text: what is the same for all of them is looked up once."""
    key, title, language, text = beside.texts[revision_id]
    starts, numbers = beside.turns.get(revision_id, ((), ()))
    codes, coders = beside.codes, beside.coders
    for excerpt, _text, start, end, words, code, coder, at, rating, important in rows:
        place = bisect_right(starts, start)
        turn = numbers[place - 1] if place else 0
        path, name, scale = codes[code]
        step = scale[rating - 1] if rating and rating <= len(scale) else ""
        by = coders[coder]
        yield ExportedCoding(
            excerpt, key, title, language, turn, start, end, words, path, name, by, at, rating, step, important, text
        )


class _Beside:
    """What is said of codings and is the same for many: their texts, turns, codes and coders, by their numbers.

    Of a text: key, title and language of its source, and which of its texts it is, as `ExportedCoding` says it. Of a
    code: path, name and scale.
    """

    def __init__(self, session: Session, study_id: int, rows: Sequence[Any]) -> None:
        self.texts = _texts(session, study_id)
        self.turns = turns_by_text(session, {row.revision_id for row in rows})
        code = select(Code.id, Code.path, Code.name, Code.scale).where(Code.study_id == study_id)
        self.codes = {number: (path, name, scale or ()) for number, path, name, scale in session.execute(code)}
        coder = select(Account.id, Account.username).where(Account.id.in_({row.coder_id for row in rows}))
        self.coders: Mapping[int, str] = dict(session.execute(coder).all())


def turns_by_text(session: Session, revisions: Collection[int]) -> TurnStarts:
    """Return where the turns of these texts begin, and their numbers, by the text's internal number."""
    found: dict[int, tuple[Sequence[int], Sequence[int]]] = {}
    wanted = sorted(revisions)
    for first in range(0, len(wanted), AT_ONCE):
        here = Turn.revision_id.in_(wanted[first : first + AT_ONCE])
        statement = select(Turn.revision_id, Turn.start, Turn.number).where(here)
        rows = session.execute(statement.order_by(Turn.revision_id, Turn.number)).all()
        for text, its in groupby(rows, key=itemgetter(0)):
            _texts, starts, numbers = zip(*its, strict=True)
            found[text] = (starts, numbers)
    return found


def _texts(session: Session, study_id: int) -> Mapping[int, tuple[str, str, str, int | None]]:
    place = (Revision.source_id, Revision.id, Source.key, Source.title, Source.language)
    is_raw = (Revision.kind != RevisionKind.MASKED).label("is_raw")
    statement = select(*place, is_raw).join(Source, Source.id == Revision.source_id)
    statement = statement.where(Revision.study_id == study_id).order_by(Revision.source_id, Revision.number)
    found: dict[int, tuple[str, str, str, int | None]] = {}
    for _source, its in groupby(session.execute(statement), key=attrgetter("source_id")):
        texts = list(its)
        raw = [each.id for each in texts if each.is_raw]
        earlier = {number: place for place, number in enumerate(raw[:-1], start=1)}
        found.update({each.id: (each.key, each.title, each.language, earlier.get(each.id)) for each in texts})
    return found
