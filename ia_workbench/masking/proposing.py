"""Looking for identifiers in a source: the rules propose, what people decided stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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
from ia_workbench.privacy import Act, Actor, FoundBy, ListedName, Proposal, Study

BY_PERSON = "person"
MOST_AT_ONCE = 10_000  # new marks; twenty-five talks of an hour have as many. Asking again brings the next


@dataclass(frozen=True)
class Looked:
    """What was found in one text with the names that were known then; nothing of it is kept yet."""

    revision_id: int
    names: tuple[ListedName, ...] = field(repr=False)
    is_thorough: bool
    found: tuple[Proposal, ...] = field(repr=False)


def looked_for(session: Session, *, source: Source, model: str = DEFAULT_MODEL, thorough: bool | None = None) -> Looked:
    """Look for identifiers in the newest raw text of a source and keep nothing.

    For a long text that takes minutes, which are better spent before the store is held for writing: `propose_marks` and
    `make_masked_text` take what was found. `model` and `thorough` as there.
    """
    revision = corpus.newest_revision(session, source)
    study = session.get_one(Study, source.study_id)
    asked = is_thorough(study) if thorough is None else thorough
    return _looked(session, revision, tuple(names_of(session, study)), model, asked)


def _looked(session: Session, revision: Revision, names: tuple[ListedName, ...], model: str, thorough: bool) -> Looked:
    text, source = corpus.text_of(session, revision), revision.source
    found = privacy.propose(
        text,
        names=names,
        entities=language.entities(text, source.language, model=model),
        speakers=[each.speaker or "" for each in corpus.turns_of(session, revision) if _may_name(each)],
        language=source.language,
        thorough=thorough,
    )
    return Looked(revision.id, names, thorough, found)


def propose_marks(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    model: str = DEFAULT_MODEL,
    thorough: bool | None = None,
    looked: Looked | None = None,
) -> Sequence[Mark]:
    """Look for identifiers in the newest raw text of a source; returns all its marks in order.

    Asked are the study's list of names and its identities, the labels of who speaks, the patterns, and `model` where it
    is installed. What was decided or left to a second reader stays, and nothing is proposed upon it; proposals that are
    found no more go. Asking again changes nothing, but where more than 10,000 were found: then the next are added.
    `thorough` says for the whole study, from now on, whether circumstances that many share (any sum, length of time,
    illness, work) are proposed too; None leaves that as it is. Marks of the text before are taken along
    (`bring_along`). `looked` is what `looked_for` found just before; if the text, the names or what is asked for
    changed since, it is looked for again.
    """
    privacy.require(actor, Act.MASK, study_id=source.study_id)
    if thorough is not None:
        study = session.get_one(Study, source.study_id)
        study.settings = {**study.settings, "thorough": thorough}
    revision, added = found_marks(session, actor, source, model, looked)
    privacy.record(
        session, actor, "propose-marks", subject=source.key, study_id=source.study_id, revision=revision.number,
        added=added,
    )  # fmt: skip
    return marks_on(session, revision.id)


def is_thorough(study: Study) -> bool:
    """Say whether a study asks for circumstances that many share to be proposed as well."""
    return bool(study.settings.get("thorough"))


def found_marks(
    session: Session, actor: Actor, source: Source, model: str, looked: Looked | None
) -> tuple[Revision, int]:
    """Look for identifiers as a part of another act; returns the text they are marked on, and how many are new."""
    revision = corpus.newest_revision(session, source)
    text = corpus.text_of(session, revision)
    bring_along(session, revision, text)
    study = session.get_one(Study, source.study_id)
    names = tuple(names_of(session, study))
    asked = is_thorough(study)
    if looked is None or (looked.revision_id, looked.names, looked.is_thorough) != (revision.id, names, asked):
        looked = _looked(session, revision, names, model, asked)
    added = _add(session, actor, study, revision, text, looked.found)
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
    wanted = dict(list(wanted.items())[:MOST_AT_ONCE])
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
