"""Looking for identifiers in a source: the rules propose, what people decided stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from sqlalchemy.orm import Session

from ia_workbench import corpus, language, privacy
from ia_workbench.config import DEFAULT_MODEL
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.kernel import Span
from ia_workbench.masking.following import bring_along, outdate
from ia_workbench.masking.identities import PERSON, REPORTER, REPORTER_INSTEAD, Identities, names_of, words_for
from ia_workbench.masking.models import Mark
from ia_workbench.masking.queries import marks_on
from ia_workbench.masking.rules import MarkState, overlap, snapped
from ia_workbench.privacy import Act, Actor, FoundBy, Proposal, Study

BY_PERSON = "person"


def propose_marks(session: Session, actor: Actor, *, source: Source, model: str = DEFAULT_MODEL) -> Sequence[Mark]:
    """Look for identifiers in the newest raw text of a source; returns all its marks in order.

    Asked are the study's list of names and its identities, the labels of who speaks, the patterns, and `model` where it
    is installed. What was decided or left to a second reader stays, and nothing is proposed upon it; proposals that are
    found no more go. Asking again changes nothing. Marks of the text before are taken along (`bring_along`).
    """
    privacy.require(actor, Act.MASK, study_id=source.study_id)
    revision, added = found_marks(session, actor, source, model)
    privacy.record(
        session, actor, "propose-marks", subject=source.key, study_id=source.study_id, revision=revision.number,
        added=added,
    )  # fmt: skip
    return marks_on(session, revision.id)


def found_marks(session: Session, actor: Actor, source: Source, model: str) -> tuple[Revision, int]:
    """Look for identifiers as a part of another act; returns the text they are marked on, and how many are new."""
    revision = corpus.newest_revision(session, source)
    text = corpus.text_of(session, revision)
    bring_along(session, revision, text)
    study = session.get_one(Study, source.study_id)
    found = privacy.propose(
        text,
        names=names_of(session, study),
        entities=language.entities(text, source.language, model=model),
        speakers=[each.speaker or "" for each in corpus.turns_of(session, revision) if _may_name(each)],
        language=source.language,
    )
    added = _add(session, actor, study, revision, text, found)
    if added:
        outdate(session, {source.id})
    session.flush()  # whoever reads next in this transaction finds the marks
    return revision, added


def _may_name(turn: Turn) -> bool:
    """Say whether a turn's label may be somebody's name: a role (`Caregiver`) would be proposed wherever it stands."""
    return bool(turn.speaker) and not corpus.is_role(turn.speaker or "")


def _add(session: Session, actor: Actor, study: Study, revision: Revision, text: str, found: Iterable[Proposal]) -> int:
    marks = marks_on(session, revision.id)
    open_marks = [each for each in marks if each.state is MarkState.PROPOSED and each.found_by != BY_PERSON]
    stand = [Span(each.start, each.end) for each in marks if each not in open_marks]
    wanted = {(each.start, each.end): each for each in _beside(text, found, stand)}
    for mark in open_marks:
        if wanted.pop((mark.start, mark.end), None) is None:
            session.delete(mark)
    session.flush()  # a proposal may take the place of one that went
    identities = Identities(session, actor, study, text, revision.source.language)
    fullest = sorted(wanted.values(), key=lambda each: -len(privacy.name_parts(text[each.start : each.end])))
    made = [_mark(each, revision, text, identities) for each in fullest]
    made.sort(key=lambda each: each.start)
    session.add_all(made)
    return len(made)


def _beside(text: str, found: Iterable[Proposal], stand: Sequence[Span]) -> Iterator[Proposal]:
    """Yield proposals without what is decided already: of one that reaches further, what stands beside it."""
    for each in found:
        inside: list[Span] = sorted(
            (one for one in stand if overlap(one, Span(each.start, each.end))), key=attrgetter("start")
        )
        at = each.start
        for one in [*inside, Span(each.end, each.end + 1)]:
            piece = snapped(text, Span(at, one.start)) if at < one.start else None
            if piece is not None and any(map(str.isalnum, piece.of(text))):
                is_whole = not inside
                yield each if is_whole else replace(each, start=piece.start, end=piece.end)
            at = max(at, one.end)


def _mark(each: Proposal, revision: Revision, text: str, identities: Identities) -> Mark:
    words = text[each.start : each.end]
    mark = Mark(
        study_id=revision.study_id,
        revision_id=revision.id,
        start=each.start,
        end=each.end,
        words=words,
        identifier_class=each.identifier_class,
        found_by=each.found_by.value,
        rule=each.rule,
        instead=each.instead_hint,
        state=MarkState.PROPOSED,
    )
    kind = each.identifier_class
    if kind is REPORTER:
        mark.instead = REPORTER_INSTEAD
        return mark
    entry = each.entry if each.found_by is FoundBy.NAME_LIST else ""
    known = identities.of(words, kind, entry=entry) if kind is PERSON else identities.find(words, kind)
    if known is not None:
        mark.pseudonym_id, mark.instead = known.id, words_for(mark, known)
    return mark
