"""Withholding words of a source with all that is coded in it: excerpts go along, and nothing they kept tells the words.

Excerpts that stay on a closed text, and what corrections listed of excerpts before, keep their words but for those that
are withheld: in any spelling, and wherever a place of the old texts touches them.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.coding.batches import withhold_in_rules
from ia_workbench.coding.correcting import Correction, take_along
from ia_workbench.coding.memo_models import Memo, MemoVersion
from ia_workbench.coding.models import Excerpt, Reanchoring
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Edit, Span, digest_of
from ia_workbench.privacy import Act, Actor, reaching_private, require

Zones = Mapping[int, tuple[str, Sequence[Span]]]  # by revision: its text, and where withheld words stand in it


def withhold_words(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    text: str,
    edits: Sequence[Edit],
    instead: str,
    seen: str | None = None,
) -> Correction:
    """Withhold words of a source as `corpus.withhold_text` does, and take every excerpt along.

    What happens to excerpts is what a correction does to them (`correct_source`): where their words gave way a person
    confirms what stands there now, and masks made for the words before count no longer. Memos of the source, and those
    that are about no source, lose the words in every version, whoever keeps them private; so do rules of autocoding
    that read it.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    before = corpus.newest_revision(session, source)
    old = corpus.text_of(session, before)
    words = list(dict.fromkeys(old[each.start : each.end] for each in edits))
    revision = corpus.withhold_text(session, actor, source=source, text=text, edits=edits, instead=instead, seen=seen)
    made = take_along(session, source, before, revision)
    zones = _zones(session, source, before, edits, words)
    _clear_excerpts(session, zones, instead)
    _clear_listed(session, zones, instead)
    withhold_in_rules(session, source, words, instead)
    session.flush()
    _clear_memos(session, source, words, instead)
    return made


def _clear_memos(session: Session, source: Source, words: Sequence[str], instead: str) -> None:
    with reaching_private(session, reason="withhold words of a source in every memo that may hold them"):
        of_source = or_(Memo.source_id == source.id, Memo.source_id.is_(None))
        memos = session.scalars(select(Memo).where(Memo.study_id == source.study_id, of_source)).all()
        here = MemoVersion.memo_id.in_([each.id for each in memos])
        rows: list[Memo | MemoVersion] = [*memos, *session.scalars(select(MemoVersion).where(here))]
        for each in rows:
            each.title = corpus.without_withheld(each.title, words, instead)
            each.words = corpus.without_withheld(each.words, words, instead)
        session.flush()
        for each in rows:
            session.expunge(each)  # nothing of what is private stays where others could come upon it


def _zones(session: Session, source: Source, before: Revision, edits: Sequence[Edit], words: Sequence[str]) -> Zones:
    found = {}
    for each in corpus.raw_revisions(session, source):
        if each.closed_at is not None:
            text = session.scalars(select(Revision.text).where(Revision.id == each.id)).one()
            marked = [Span(edit.start, edit.end) for edit in edits] if each.id == before.id else []
            found[each.id] = text, sorted({*marked, *corpus.places_of_withheld(text, words)})
    return found


def _clear_excerpts(session: Session, zones: Zones, instead: str) -> None:
    for each in session.scalars(select(Excerpt).where(Excerpt.revision_id.in_(zones))):
        span = Span(each.start, each.end)
        if any(zone.touches(span) for zone in zones[each.revision_id][1]):
            each.quote = _cleared(each.quote, span, zones[each.revision_id], instead)
            each.sha256 = digest_of(each.quote)


def _clear_listed(session: Session, zones: Zones, instead: str) -> None:
    for each in session.scalars(select(Reanchoring).where(Reanchoring.from_revision_id.in_(zones))):
        span = Span(each.from_start, each.from_end)
        each.from_quote = _cleared(each.from_quote, span, zones[each.from_revision_id], instead)


def _cleared(words: str, span: Span, zone: tuple[str, Sequence[Span]], instead: str) -> str:
    """The words of a span of an old text without those that are withheld; what was cleared before stays so."""
    text, withheld = zone
    touching = [each for each in withheld if each.touches(span)]
    if not touching:
        return words
    if words != span.of(text):
        return instead  # something else gave way here before, so that places count no longer
    inside = [Span(max(each.start, span.start) - span.start, min(each.end, span.end) - span.start) for each in touching]
    return corpus.replaced(words, inside, instead)
