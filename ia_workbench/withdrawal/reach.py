"""Which excerpts, texts, memos and marks a withdrawal reaches: all of a source, or what touches one speaker's turns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, masking, privacy
from ia_workbench.coding import Coding, Excerpt, Memo
from ia_workbench.corpus import Revision, Share
from ia_workbench.kernel import Span
from ia_workbench.withdrawal.ways import SourceWay


@dataclass(frozen=True)
class Reach:
    """What the ways of a withdrawal reach together: `excerpts` by number, the rest counted."""

    excerpts: frozenset[int]
    texts: int
    memos: int
    marks: int


@dataclass(frozen=True)
class ShareTouched:
    """What is known of one speaker's turns in a source that others keep in use.

    `turns` of `all_turns` are theirs. `codings` touch them and go; `codings_kept` stay, with the evidence of others.
    `mentions` counts how often names that the study knows them by stand in what the others say, and in the title: a
    person must look there. `memos_kept` are notes beside the source, which may tell of them.
    """

    key: str
    label: str
    turns: int
    all_turns: int
    codings: int
    codings_kept: int
    mentions: int
    memos_kept: int


def reach_of(session: Session, ways: Sequence[SourceWay]) -> Reach:
    """Return what these ways reach."""
    whole = [way.number for way in ways if way.share is None]
    shares = [way.share for way in ways if way.share is not None]
    revisions = frozenset(session.scalars(select(Revision.id).where(Revision.source_id.in_(whole))))
    excerpts = frozenset(session.scalars(select(Excerpt.id).where(Excerpt.revision_id.in_(revisions))))
    touched = frozenset[int]().union(*(coding.excerpts_touching(session, each.places) for each in shares))
    return Reach(
        excerpts=excerpts | touched,
        texts=len(revisions) + sum(bool(spans) for each in shares for spans in each.places.values()),
        memos=coding.memos_to_forget(session, whole, touched),
        marks=_count(session, masking.Mark.id, masking.Mark.revision_id.in_(revisions))
        + sum(len(masking.marks_upon(session, each)) for each in shares),
    )


def share_touched(session: Session, way: SourceWay) -> ShareTouched:
    """Return what is known of the share of a way that has one."""
    share = way.share
    if share is None:
        raise ValueError("this way takes a whole source")
    touched = coding.excerpts_touching(session, share.places)
    here = select(Excerpt.id).join(Excerpt.revision).where(Revision.source_id == way.number)
    every = _count(session, Coding.id, Coding.excerpt_id.in_(here))
    gone = _count(session, Coding.id, Coding.excerpt_id.in_(touched))
    beside = (Memo.source_id == way.number, Memo.excerpt_id.is_(None))
    return ShareTouched(
        key=way.key,
        label=way.label or "",
        turns=share.turns,
        all_turns=way.turns,
        codings=gone,
        codings_kept=every - gone,
        mentions=_mentions(session, share),
        memos_kept=_count(session, Memo.id, *beside),
    )


def _mentions(session: Session, share: Share) -> int:
    names = masking.names_known_of(session, share.participant)
    newest = session.get_one(Revision, share.newest)
    text = corpus.stored_text(session, newest) if names else ""
    inside = share.now
    return len(_places(names, share.source.title)) + sum(
        not any(place.touches(each) for each in inside) for place in _places(names, text)
    )


def _places(names: Iterable[str], text: str) -> tuple[Span, ...]:
    folded = privacy.FoldedText(text)
    spelt = (privacy.spelling_of(name, with_parts=True) for name in names)
    return corpus.joined(place for each in spelt for place in privacy.places_of_name(each, folded))


def _count(session: Session, column: Any, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(column)).where(*conditions)) or 0
