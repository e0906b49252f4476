"""Correcting a source with all that is coded in it: every excerpt goes along, or stays where its words are and says so.

An excerpt keeps its row, so that its codings, evidence and memos follow. Two excerpts never become one: each is
evidence in its own right, and joining them would have to drop a coding or a link that both have. Where two would come
to stand on the same words, the one whose words changed stays on the earlier text and waits for a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.coding.models import Excerpt, Reanchoring
from ia_workbench.coding.rules import BECAME, KEEPS_WORDS, ReanchoringOutcome, Wish, granted
from ia_workbench.corpus import Revision, Source, Worked
from ia_workbench.kernel import Edit, Span, digest_of, edits_between, moved_span
from ia_workbench.privacy import Act, Actor, require


@dataclass(frozen=True)
class Correction:
    """A corrected text and what it did to the excerpts: how many keep their words, changed, and have lost them."""

    revision: Revision
    same: int
    changed: int
    gone: int


def correct_source(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    text: str,
    note: str = "",
    seen: str | None = None,
    worked: Worked | None = None,
) -> Correction:
    """Correct a source's text as `corpus.correct_source` does, and take every excerpt along.

    Each one of the text before is listed (`Reanchoring`): same words shifted or moved, words that changed, words that
    are gone, in which case the excerpt stays on the text that has them. While a change waits for a person, the next
    correction gives the excerpt back to the words last settled if they stand again; so an undone correction undoes what
    it did. Nothing is removed.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    before = corpus.newest_revision(session, source)
    revision = corpus.correct_source(session, actor, source=source, text=text, note=note, seen=seen, worked=worked)
    return take_along(session, source, before, revision)


def take_along(session: Session, source: Source, before: Revision, revision: Revision) -> Correction:
    """Take the excerpts of a source along to the revision that has just taken the place of one."""
    texts = _Texts(session, revision)
    excerpts = _excerpts(session, source, revision)
    listed = _listed(session, excerpts)
    wishes = [wish for each in excerpts for wish in _wishes(each, before, listed[each.id], texts)]
    places = {wish.excerpt_id: wish for wish in granted(wishes)}
    outcomes = [_carry(session, each, before, revision, places.get(each.id), texts) for each in excerpts]
    session.flush()  # whoever reads next in this transaction finds the excerpts at their new places
    return Correction(
        revision,
        same=sum(each in KEEPS_WORDS for each in outcomes),
        changed=outcomes.count(ReanchoringOutcome.CHANGED),
        gone=outcomes.count(ReanchoringOutcome.ORPHANED),
    )


class _Texts:
    """The texts of a source's revisions and the edits from each to the newest, each read and compared once."""

    def __init__(self, session: Session, revision: Revision) -> None:
        self.session, self.new = session, corpus.text_of(session, revision)
        self.known: dict[int, tuple[str, tuple[Edit, ...]]] = {revision.based_on_id or 0: self._from(revision)}
        alike = (Revision.source_id == revision.source_id, Revision.sha256 == revision.sha256)
        self.same = frozenset(session.scalars(select(Revision.id).where(*alike)))  # earlier ones with this very text

    def _from(self, revision: Revision) -> tuple[str, tuple[Edit, ...]]:
        old = self.session.scalars(select(Revision.text).where(Revision.id == revision.based_on_id)).one()
        return old, corpus.edits_of(revision)

    def of(self, revision_id: int) -> tuple[str, tuple[Edit, ...]]:
        """Return a revision's text and the edits that lead from it to the newest text."""
        if revision_id not in self.known:
            old = self.session.scalars(select(Revision.text).where(Revision.id == revision_id)).one()
            self.known[revision_id] = old, edits_between(old, self.new)
        return self.known[revision_id]

    def wish(self, excerpt: Excerpt, revision_id: int, span: Span, *, comes_back: bool) -> Wish | None:
        """Say where the words of a span of a revision stand in the newest text, for an excerpt."""
        old, edits = self.of(revision_id)
        there = moved_span(span, edits, old, self.new)
        return Wish(excerpt.id, there.span, BECAME[there.outcome], comes_back) if there.span else None

    def as_then(self, excerpt: Excerpt, words: str, listed: Sequence[Reanchoring], *, comes_back: bool) -> Wish | None:
        """Say where an excerpt stood when the text read as it does again now; None when it never did."""
        for each in reversed(listed):
            if each.from_revision_id in self.same and each.from_quote == words:
                span = Span(each.from_start, each.from_end)
                return Wish(excerpt.id, span, ReanchoringOutcome.SHIFTED, comes_back)
        return None


def _excerpts(session: Session, source: Source, newest: Revision) -> Sequence[Excerpt]:
    raw = [each.id for each in corpus.raw_revisions(session, source) if each.id != newest.id]
    return session.scalars(select(Excerpt).where(Excerpt.revision_id.in_(raw)).order_by(Excerpt.id)).all()


def _listed(session: Session, excerpts: Iterable[Excerpt]) -> defaultdict[int, list[Reanchoring]]:
    """All that was ever listed of these excerpts, oldest first, by excerpt."""
    revisions = {each.revision_id for each in excerpts}
    statement = select(Reanchoring).join(Reanchoring.excerpt).where(Excerpt.revision_id.in_(revisions))
    found: defaultdict[int, list[Reanchoring]] = defaultdict(list)
    for each in session.scalars(statement.order_by(Reanchoring.id)):
        found[each.excerpt_id].append(each)
    return found


def _wishes(excerpt: Excerpt, before: Revision, listed: Sequence[Reanchoring], texts: _Texts) -> Iterator[Wish]:
    """Yield where an excerpt could stand: on the words last settled, if they stand again, else where it is led."""
    was_there = excerpt.revision_id == before.id
    open_changes = [each for each in listed if each.decided_by is None and each.outcome not in KEEPS_WORDS]
    if open_changes or not was_there:
        if listed and not open_changes:
            return  # a person left it out
        settled = open_changes[0] if open_changes else None
        place = (settled.from_revision_id, Span(settled.from_start, settled.from_end)) if settled else _place(excerpt)
        words = settled.from_quote if settled else excerpt.quote
        then = texts.as_then(excerpt, words, listed, comes_back=not was_there)
        again = then or texts.wish(excerpt, *place, comes_back=not was_there)
        if again is not None and again.outcome in KEEPS_WORDS:
            yield again
            return
    if was_there:
        then = texts.as_then(excerpt, excerpt.quote, listed, comes_back=False)
        led = then or texts.wish(excerpt, *_place(excerpt), comes_back=False)
        if led is not None:
            yield led


def _place(excerpt: Excerpt) -> tuple[int, Span]:
    return excerpt.revision_id, Span(excerpt.start, excerpt.end)


def _carry(
    session: Session, excerpt: Excerpt, before: Revision, revision: Revision, wish: Wish | None, texts: _Texts
) -> ReanchoringOutcome | None:
    """Put an excerpt where it wished to be and list it; returns what became of it, None if it was gone before."""
    was_there = excerpt.revision_id == before.id
    if wish is None and not was_there:
        return None
    outcome = ReanchoringOutcome.ORPHANED
    if wish is not None:
        is_same = wish.span.of(texts.new) == excerpt.quote
        stays = wish.outcome if was_there else ReanchoringOutcome.MOVED
        outcome = stays if is_same else ReanchoringOutcome.CHANGED
    session.add(listing(excerpt, revision, outcome))
    if wish is not None:
        place(excerpt, revision, wish.span, wish.span.of(texts.new))
    return outcome


def listing(excerpt: Excerpt, revision: Revision, outcome: ReanchoringOutcome) -> Reanchoring:
    """Return the row that says where an excerpt was before it is placed anew in a revision."""
    return Reanchoring(
        study_id=excerpt.study_id,
        excerpt_id=excerpt.id,
        from_revision_id=excerpt.revision_id,
        to_revision_id=revision.id,
        from_start=excerpt.start,
        from_end=excerpt.end,
        from_quote=excerpt.quote,
        outcome=outcome,
    )


def place(excerpt: Excerpt, revision: Revision, span: Span, words: str) -> None:
    """Put an excerpt on other words; its codings, evidence and memos go along."""
    excerpt.revision = revision
    excerpt.start, excerpt.end = span.start, span.end
    excerpt.quote, excerpt.sha256 = words, digest_of(words)
