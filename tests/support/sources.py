"""Sources written straight into the tables, for tests of rooms above the corpus."""

from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.corpus import (
    CaseCluster,
    ConsentScope,
    Participant,
    Revision,
    RevisionKind,
    Source,
    SourceKind,
    Turn,
)
from ia_workbench.corpus.models import SourceParticipant
from ia_workbench.database import moment_of
from ia_workbench.kernel import digest_of, normalise_text
from tests.support.homes import Home

LINE_LENGTH = 72

Row = TypeVar("Row", CaseCluster, Participant)


def add_source(
    session: Session,
    home: Home,
    *,
    key: str,
    text: str,
    kind: SourceKind = SourceKind.INTERVIEW,
    standpoint: str = "parent",
    participants: tuple[str, ...] = (),
    case: str | None = None,
    office: str | None = "North",
    collectors: tuple[str, ...] = ("ana",),
    nodes: tuple[str, ...] = (),
    consent: ConsentScope = ConsentScope.QUOTE_TO_BODY,
    language: str = "en",
    text_id: str | None = None,
    event_id: str | None = None,
    worker_role: str | None = None,
    on: date | None = date(2026, 2, 10),
) -> Source:
    """Add a source of the home's study with one revision, and one turn a line (`SPEAKER: speech` where it reads so)."""
    study_id, now = home.study_id, moment_of(session)
    source = Source(
        study_id=study_id,
        key=key,
        title=f"Source {key}",
        kind=kind,
        subkind=None,
        standpoint=standpoint,
        worker_role=worker_role,
        office=office,
        agency=None,
        language=language,
        date=on,
        consent=consent,
        collectors=list(collectors),
        nodes=list(nodes),
        text_id=text_id,
        event_id=event_id,
        case=_known(session, CaseCluster, study_id, case) if case else None,
        imported_at=now,
        imported_by="ana",
    )
    source.participant_links = [
        SourceParticipant(
            study_id=study_id, participant=_known(session, Participant, study_id, each), position=position
        )
        for position, each in enumerate(participants)
    ]
    session.add(source)
    session.flush()  # the revision needs the source's number
    add_revision(session, source, text)
    return source


def add_revision(session: Session, source: Source, text: str, *, number: int = 1) -> Revision:
    """Add a revision of a source with its turns."""
    stored = normalise_text(text)
    revision = Revision(
        study_id=source.study_id,
        source_id=source.id,
        number=number,
        kind=RevisionKind.ORIGINAL if number == 1 else RevisionKind.CORRECTED,
        text=stored,
        length=len(stored),
        sha256=digest_of(stored),
        created_at=moment_of(session),
        created_by="ana",
    )
    session.add(revision)
    session.flush()  # the turns need the revision's number
    session.add_all(_turns(revision, stored))
    session.flush()  # what follows in the test reads them
    return revision


def revision_of(session: Session, source: Source) -> Revision:
    """Return the newest revision of a source."""
    statement = select(Revision).where(Revision.source_id == source.id).order_by(Revision.number.desc()).limit(1)
    return session.scalars(statement).one()


def _known(session: Session, model: type[Row], study_id: int, key: str) -> Row:
    found = session.scalars(select(model).where(model.study_id == study_id, model.key == key)).one_or_none()
    if found is None:
        found = model(study_id=study_id, key=key)
        session.add(found)
        session.flush()  # the next source that names it must find it
    return found


def _turns(revision: Revision, text: str) -> list[Turn]:
    turns, start, line = [], 0, 1
    for paragraph in text.split("\n"):
        if paragraph.strip():
            speaker, colon, _speech = paragraph.partition(": ")
            labelled = bool(colon) and speaker.isupper() and len(speaker) <= 20
            turns.append(
                Turn(
                    study_id=revision.study_id,
                    revision_id=revision.id,
                    number=len(turns) + 1,
                    start=start,
                    speech_start=start + len(speaker) + 2 if labelled else start,
                    end=start + len(paragraph),
                    line=line,
                    speaker=speaker if labelled else None,
                    mark=None,
                )
            )
        line += max(1, -(-len(paragraph) // LINE_LENGTH))
        start += len(paragraph) + 1
    return turns
