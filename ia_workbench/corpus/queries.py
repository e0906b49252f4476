"""Reads of sources, their text and their turns. Every one is held to the actor by the session."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ia_workbench.corpus.kept_texts import TEXTS
from ia_workbench.corpus.models import (
    CaseCluster,
    ImportedFile,
    Participant,
    PendingImport,
    Revision,
    Source,
    SourceFile,
    SourceParticipant,
    Stewardship,
    Turn,
    keys_of_brought,
    keys_of_imports,
)
from ia_workbench.corpus.properties import values_of
from ia_workbench.corpus.records import SourceRecord
from ia_workbench.corpus.rules import (
    AttributeScope,
    ConsentScope,
    RevisionKind,
    allowed_on,
    scope_on,
    words_digest,
    words_of,
)
from ia_workbench.kernel import NotFound, Refused, Span, digest_of
from ia_workbench.privacy import HeldQuery, Study, beyond_limits, know_keys, note_words

NO_SUCH_SOURCE = "There is no source {key} in this study."
WITHDRAWN = "{key} was withdrawn: its words can no longer be read."
CLOSED = "Revision {number} of {key} is closed: words in it are withheld or withdrawn. Read the newest text of {key}."
CLOSED_FILE = "The file of {key} is closed: words in it are withheld or withdrawn. Read the newest text of {key}."
READABLE = (Source.withdrawn_at.is_(None), Revision.closed_at.is_(None))
REVISED = Revision.raw_words
IS_RAW = Revision.kind != RevisionKind.MASKED  # what was said, as it was written down or corrected


def sources(session: Session, study_id: int) -> Sequence[Source]:
    """Return the sources of a study by key, withdrawn ones among them (`is_withdrawn`)."""
    statement = select(Source).where(Source.study_id == study_id).order_by(Source.key)
    return session.scalars(statement.options(*_with_people())).all()


def keys_with_words(session: Session) -> Mapping[int, frozenset[str]]:
    """Return, by study number, the keys of all that holds raw words: sources, withdrawn ones among them unless they
    were destroyed, and files that wait (`import-7`, `brought-7`). Five queries.
    """
    waiting, brought = select(PendingImport.id), select(ImportedFile.id).where(ImportedFile.content.is_not(None))
    found: defaultdict[int, set[str]] = defaultdict(set)
    for statement in (
        select(Source.study_id, Source.key).where(Source.id.in_(select(Revision.source_id))),
        keys_of_imports(session.scalars(waiting).all()),
        keys_of_brought(session.scalars(brought).all()),
    ):
        for study_id, key in session.execute(statement):
            found[study_id].add(key)
    return {study_id: frozenset(keys) for study_id, keys in found.items()}


def source_keyed(session: Session, study_id: int, key: str) -> Source:
    """Return a source by its key; raises NotFound."""
    statement = select(Source).where(Source.study_id == study_id, Source.key == key)
    source = session.scalars(statement.options(*_with_people())).one_or_none()
    if source is None:
        raise NotFound(NO_SUCH_SOURCE, key=key)
    return source


def newest_revision(session: Session, source: Source) -> Revision:
    """Return the newest raw revision of a source (original or corrected, never masked), its text not loaded."""
    statement = select(Revision).where(Revision.source_id == source.id, IS_RAW)
    return session.scalars(statement.order_by(Revision.number.desc()).limit(1)).one()


def raw_revisions(session: Session, source: Source) -> Sequence[Revision]:
    """Return the raw revisions of a source, the original first, their texts not loaded; never empty."""
    statement = select(Revision).where(Revision.source_id == source.id, IS_RAW)
    return session.scalars(statement.order_by(Revision.number)).all()


def revisions_of(session: Session, source: Source) -> Sequence[Revision]:
    """Return every revision of a source in order, masked ones among them, their texts not loaded; never empty."""
    statement = select(Revision).where(Revision.source_id == source.id).order_by(Revision.number)
    return session.scalars(statement).all()


def newest_numbers(study_id: int) -> Select[int]:
    """Return the statement for the internal numbers of the newest raw revision of each source of a study."""
    newest = (
        select(Revision.source_id, func.max(Revision.number).label("number"))
        .where(Revision.study_id == study_id, IS_RAW)
        .group_by(Revision.source_id)
        .subquery()
    )
    return select(Revision.id).join(
        newest, and_(newest.c.source_id == Revision.source_id, newest.c.number == Revision.number)
    )


def texts_in_use(session: Session, study_id: int) -> frozenset[int]:
    """Return the internal numbers of all texts of a study that may be read now: neither withdrawn nor closed.

    Another set says that something was imported, corrected, masked, withheld or withdrawn since.
    """
    statement = select(Revision.id).join(Source, Source.id == Revision.source_id)
    return frozenset(session.scalars(statement.where(Revision.study_id == study_id, *READABLE)))


def is_newest(session: Session, revision: Revision) -> bool:
    """Say whether no later raw revision has taken a revision's place."""
    later = (Revision.source_id == revision.source_id, Revision.number > revision.number, IS_RAW)
    return session.scalars(select(Revision.id).where(*later).limit(1)).one_or_none() is None


def newest_revision_at(session: Session, study_id: int, key: str) -> Revision:
    """Return the newest raw revision of the source of that key in one query; raises NotFound.

    Its source is loaded without case and people: enough for an act on its words.
    """
    statement = select(Revision).join(Revision.source).options(contains_eager(Revision.source))
    statement = statement.where(Source.study_id == study_id, Source.key == key, IS_RAW)
    revision = session.scalars(statement.order_by(Revision.number.desc()).limit(1)).one_or_none()
    if revision is None:
        raise NotFound(NO_SUCH_SOURCE, key=key)
    return revision


def revision_numbered(session: Session, source: Source, number: int) -> Revision:
    """Return a revision of a source by its number, its text not loaded; raises NotFound."""
    statement = select(Revision).where(Revision.source_id == source.id, Revision.number == number)
    revision = session.scalars(statement).one_or_none()
    if revision is None:
        raise NotFound("{key} has no revision {number}.", key=source.key, number=number)
    return revision


def text_of(session: Session, revision: Revision) -> str:
    """Return the whole text of a revision; raises Refused once its source is withdrawn or the revision is closed."""
    found = DIGEST.row(session, revision=revision.id)
    text = None if found is None else _text_told(session, revision.id, revision.source_id, found.sha256)
    if text is None:
        raise _unreadable(session, revision)
    return text


def _text_told(session: Session, revision_id: int, source_id: int, sha256: str) -> str | None:
    """Return a text of which the store has just told this session the digest, and that it may be read."""
    text = TEXTS.known(sha256)
    if text is not None:
        note_words(session, REVISED, source_id)
        return text
    read = TEXT.row(session, revision=revision_id, leads_by=source_id)
    if read is None:
        return None
    if digest_of(read.text) == read.sha256:  # a text that is not what its row says is read anew each time
        TEXTS.keep(read.sha256, read.text)
    return str(read.text)


class NewestWords(NamedTuple):
    """Words of the newest raw text of a source, and the numbers of where they stand."""

    revision_id: int
    study_id: int
    source_id: int
    words: str


IS_READABLE = and_(*READABLE).label("is_readable")
NEWEST = HeldQuery(
    select(
        Revision.id,
        Revision.study_id,
        Revision.source_id,
        Revision.number,
        Revision.length,
        Revision.sha256,
        IS_READABLE,
    )
    .join(Source, Source.id == Revision.source_id)
    .join(Study, Study.id == Source.study_id)
    .where(Study.key == bindparam("study"), Source.key == bindparam("source"), IS_RAW)
    .order_by(Revision.number.desc())
    .limit(1)
)
OF_ONE = and_(Revision.id == bindparam("revision"), *READABLE)
DIGEST = HeldQuery(select(Revision.sha256).join(Source, Source.id == Revision.source_id).where(OF_ONE))
TEXT = HeldQuery(
    select(Revision.sha256, Revision.text).join(Source, Source.id == Revision.source_id).where(OF_ONE), words=REVISED
)


def newest_words(session: Session, study_key: str, key: str, *, number: int, span: Span) -> NewestWords | None:
    """Return the words of a span of the newest raw text of the source of that key, mostly in one question.

    None where the session's actor sees no such source, and where its newest text has another number than `number`, may
    not be read, or ends before the span does.
    """
    row = NEWEST.row(session, study=study_key, source=key)
    if row is None or row.number != number or not row.is_readable or span.end > row.length:
        return None
    know_keys(session, REVISED, row.source_id, study_id=row.study_id, study_key=study_key, source_key=key)
    text = _text_told(session, row.id, row.source_id, row.sha256)
    return None if text is None else NewestWords(row.id, row.study_id, row.source_id, span.of(text))


def words_at(session: Session, revision: Revision, span: Span) -> str:
    """Return the words of a span.

    Raises Refused for a span that ends past the text, once the source is withdrawn and once the revision is closed.
    """
    if span.end > revision.length:
        raise Refused(
            "The text has {length} characters; {start} to {end} ends past it.",
            length=revision.length,
            start=span.start,
            end=span.end,
        )
    return span.of(text_of(session, revision))


def turns_of(session: Session, revision: Revision) -> Sequence[Turn]:
    """Return the turns of a revision in order; raises Refused once it is closed: a label may be a name."""
    if revision.closed_at is not None:
        raise _unreadable(session, revision)
    return session.scalars(select(Turn).where(Turn.revision_id == revision.id).order_by(Turn.number)).all()


def turns_by_source(session: Session, study_id: int) -> Mapping[int, int]:
    """Return how many turns the newest raw revision of each source has, by the source's number, in one query."""
    statement = (
        select(Revision.source_id, func.count(Turn.id))
        .join(Turn, Turn.revision_id == Revision.id)
        .where(Revision.id.in_(newest_numbers(study_id)))
        .group_by(Revision.source_id)
    )
    return dict(session.execute(statement).all())


def turn_at(session: Session, revision_id: int, offset: int) -> Turn:
    """Return the turn that holds a character, or the one before it when it falls between two; raises NotFound."""
    statement = select(Turn).where(Turn.revision_id == revision_id, Turn.start <= offset)
    turn = session.scalars(statement.order_by(Turn.number.desc()).limit(1)).one_or_none()
    if turn is None:
        raise NotFound("No turn begins before character {offset}.", offset=offset)
    return turn


def file_of(session: Session, source: Source) -> SourceFile:
    """Return the file a source came as (its content loads when touched); raises Refused once it is withdrawn."""
    if source.is_withdrawn:
        raise Refused(WITHDRAWN, key=source.key)
    return session.scalars(select(SourceFile).where(SourceFile.source_id == source.id)).one()


def with_content(session: Session, study_id: int, sha256: str) -> Sequence[Source]:
    """Return every source of a study that came as these bytes, withdrawn or not, oldest first."""
    statement = select(Source).join(SourceFile, SourceFile.source_id == Source.id).options(*_with_people())
    statement = statement.where(SourceFile.study_id == study_id, SourceFile.sha256 == sha256)
    return session.scalars(statement.order_by(Source.id)).all()


def same_words(session: Session, study_id: int, text: str) -> Source | None:
    """Return the first source that came with these words, whatever its file and its marks; None if there is none.

    Capitals, punctuation, white space and ways of writing one character are no difference, so an interview as .docx and
    as .pdf is found; a text without words is like no other. Withdrawn sources are passed over.
    """
    if not words_of(text):
        return None
    statement = select(Source).join(Revision, Revision.source_id == Source.id)
    statement = statement.where(
        Source.study_id == study_id, Source.withdrawn_at.is_(None), Revision.words_sha256 == words_digest(text)
    )
    return session.scalars(statement.order_by(Source.id).limit(1)).first()


def same_content(session: Session, study_id: int, sha256: str) -> Source | None:
    """Return the first source of a study that came as these bytes, withdrawn or not; None if there is none."""
    statement = select(Source).join(SourceFile, SourceFile.source_id == Source.id)
    statement = statement.where(SourceFile.study_id == study_id, SourceFile.sha256 == sha256)
    return session.scalars(statement.order_by(Source.id).limit(1)).one_or_none()


def record_of(session: Session, source: Source) -> SourceRecord:
    """Return what the source register says of a source, as `import_source` takes it."""
    statement = select(SourceFile.convention).where(SourceFile.source_id == source.id)
    return SourceRecord(
        kind=source.kind,
        standpoint=source.standpoint,
        key=source.key,
        title=source.title,
        subkind=source.subkind,
        worker_role=source.worker_role,
        participants=tuple(participant.key for participant in source.participants),
        case=source.case.key if source.case else None,
        office=source.office,
        agency=source.agency,
        collectors=tuple(source.collectors),
        date=source.date,
        language=source.language,
        consent=source.consent,
        text_id=source.text_id,
        event_id=source.event_id,
        nodes=tuple(source.nodes),
        convention=session.scalars(statement).one_or_none(),
        speakers=tuple(
            (link.participant.key, link.speaker)
            for link in source.participant_links
            if link.speaker and link.withdrawal is None
        ),
        consent_on=source.consent_on,
        consent_until=source.consent_until,
        privacy_class=source.privacy_class,
        debriefed_on=source.debriefed_on,
        stewardship=source.stewardship.key if source.stewardship else None,
        attributes=values_of(session, AttributeScope.SOURCE, source.id),
    )


def scopes_on(session: Session, study_id: int, day: date) -> dict[int, ConsentScope]:
    """Return how far the words of each source may travel on a day, by its number; withdrawn ones are not among them.

    Of every source of the study, also for an analyst who is limited to some: what readers may have does not hang on
    who asks.
    """
    terms = (Stewardship.uses, Stewardship.approved_on, Stewardship.approved_until)
    statement = select(Source.id, Source.consent, Source.consent_until, *terms)
    statement = statement.outerjoin(Stewardship, Source.stewardship_id == Stewardship.id)
    statement = statement.where(Source.study_id == study_id, Source.withdrawn_at.is_(None))
    with beyond_limits(session, reason="see how far every source may travel"):
        rows = session.execute(statement).all()
    return {
        number: scope_on(day, consent, until, allowed_on(day, uses, since, approved_until))
        for number, consent, until, uses, since, approved_until in rows
    }


def stewardships(session: Session, study_id: int) -> Sequence[Stewardship]:
    """Return the terms of the nations and communities whose data a study uses, by key."""
    return session.scalars(select(Stewardship).where(Stewardship.study_id == study_id).order_by(Stewardship.key)).all()


def participants(session: Session, study_id: int) -> Sequence[Participant]:
    """Return the participants of a study by key."""
    return session.scalars(select(Participant).where(Participant.study_id == study_id).order_by(Participant.key)).all()


def participant_keyed(session: Session, study_id: int, key: str) -> Participant:
    """Return a participant by key; raises NotFound."""
    statement = select(Participant).where(Participant.study_id == study_id, Participant.key == key)
    participant = session.scalars(statement).one_or_none()
    if participant is None:
        raise NotFound("There is no participant {key} in this study.", key=key)
    return participant


def sources_of(session: Session, participant: Participant) -> Sequence[Source]:
    """Return the sources in which a participant speaks, withdrawn ones among them, by key."""
    statement = select(Source).join(Source.participant_links).options(*_with_people())
    statement = statement.where(SourceParticipant.participant_id == participant.id)
    return session.scalars(statement.order_by(Source.key)).all()


def case_clusters(session: Session, study_id: int) -> Sequence[CaseCluster]:
    """Return the case clusters of a study by key."""
    return session.scalars(select(CaseCluster).where(CaseCluster.study_id == study_id).order_by(CaseCluster.key)).all()


def offices_of(session: Session, study_id: int) -> list[str]:
    """Return the offices of a study's site: those that the study lists, else those that its sources name."""
    study = session.get(Study, study_id)
    listed: list[str] = list(study.settings.get("offices") or []) if study is not None else []
    named = select(Source.office).where(Source.study_id == study_id, Source.office.is_not(None)).distinct()
    return listed or sorted(office for office in session.scalars(named) if office)


def pending_imports(session: Session, study_id: int) -> Sequence[PendingImport]:
    """Return the imports of a study that wait for a decision, oldest first."""
    statement = select(PendingImport).where(PendingImport.study_id == study_id).order_by(PendingImport.id)
    return session.scalars(statement).all()


def pending_import(session: Session, study_id: int, guid: uuid.UUID) -> PendingImport:
    """Return one import that waits for a decision; raises NotFound."""
    statement = select(PendingImport).where(PendingImport.study_id == study_id, PendingImport.guid == guid)
    pending = session.scalars(statement).one_or_none()
    if pending is None:
        raise NotFound("This import was accepted or discarded already.")
    return pending


def _with_people() -> tuple[ORMOption, ...]:
    """Load cases, terms and participants with the sources, in four queries however many sources there are."""
    links = selectinload(Source.participant_links).joinedload(SourceParticipant.participant)
    return selectinload(Source.case), selectinload(Source.stewardship), links


def _unreadable(session: Session, revision: Revision) -> Refused:
    """Why the store gave no words: the source was withdrawn or is not the actor's to read, or the text is closed."""
    source = session.scalars(select(Source).where(Source.id == revision.source_id)).one_or_none()
    if source is None:
        return NotFound("There is nothing here under that name.")
    if source.is_withdrawn:
        return Refused(WITHDRAWN, key=source.key)
    return Refused(CLOSED, number=revision.number, key=source.key)
