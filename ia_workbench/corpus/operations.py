"""Writes: taking files in as sources, and withdrawing sources."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.importers import ReadFile
from ia_workbench.corpus.models import Participant, PendingImport, Revision, Source, SourceFile
from ia_workbench.corpus.properties import add_value, fitting_values
from ia_workbench.corpus.reading_back import file_from
from ia_workbench.corpus.records import SourceRecord, fields_of, read_record
from ia_workbench.corpus.register import case_keyed, check_is_new, check_record, key_for, people_of, stewardship_keyed
from ia_workbench.corpus.respondents import take_respondents
from ia_workbench.corpus.rules import AttributeScope, RevisionKind, WithdrawalOutcome, privacy_class_of
from ia_workbench.corpus.taught import taught_rules
from ia_workbench.corpus.turns import FoundTurns, find_turns
from ia_workbench.corpus.waiting import pending_row, settle_files
from ia_workbench.corpus.writing_turns import turn_rows
from ia_workbench.database import moment_of
from ia_workbench.kernel import Refused, digest_of, has_words, normalise_text
from ia_workbench.privacy import Act, Actor


def import_source(
    session: Session,
    actor: Actor,
    *,
    study_id: int,
    record: SourceRecord,
    file: ReadFile,
    found: FoundTurns,
    by: str | None = None,
    at: datetime | None = None,
    allow_same: bool = False,
) -> Source:
    """Take a file in as a source: its record, the bytes as they came, revision 1 of its text, and its turns.

    `by` and `at` say who took it in and when, where that was someone else or earlier (a study that is loaded). Raises
    Refused for a malformed record, an unknown office, standpoint or collector, a key that is taken, bytes that were
    withdrawn from the study, and, unless `allow_same`, for bytes that are in it already.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    source = _take_in(
        session,
        study_id=study_id,
        record=record,
        file=file,
        found=found,
        by=by or actor.username,
        at=at or moment_of(session),
        allow_same=allow_same,
    )
    turns = len(found.turns)
    privacy.record(session, actor, "import-source", subject=source.key, study_id=study_id, turns=turns)
    return source


def propose_import(
    session: Session, actor: Actor, *, study_id: int, record: SourceRecord, file: ReadFile, found: FoundTurns
) -> PendingImport:
    """Keep a file that was read, so that a person can look at its turns before it becomes a source.

    Raises Refused for whatever `import_source` would refuse in the record; the same bytes are refused on accepting.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    check_record(session, study_id, record)
    pending = pending_row(
        study_id=study_id, by=actor.username, at=moment_of(session), record=record, file=file, found=found
    )
    session.add(pending)
    session.flush()  # the audit entry names its GUID
    privacy.record(session, actor, "propose-import", subject=str(pending.guid), study_id=study_id)
    return pending


def accept_import(
    session: Session,
    actor: Actor,
    *,
    pending: PendingImport,
    record: SourceRecord | None = None,
    found: FoundTurns | None = None,
    allow_same: bool = False,
) -> Source:
    """Make a source of an import that waits, with the record and turns a person settled on; removes the import.

    Without them it keeps the record and convention it was proposed with. `found` are the turns of its text: finding
    them takes seconds for a long one, and is better done before the store is held. Raises Refused as `import_source`
    does.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=pending.study_id)
    proposed = read_record(pending.record)
    source = _take_in(
        session,
        study_id=pending.study_id,
        record=record or proposed,
        file=file_from(pending),
        found=found or turns_of_import(session, pending, (record or proposed).convention),
        by=actor.username,
        at=moment_of(session),
        allow_same=allow_same,
    )
    guid = str(pending.guid)
    settle_files(session, pending, source)
    session.delete(pending)
    privacy.record(session, actor, "accept-import", subject=source.key, study_id=source.study_id, pending=guid)
    return source


def turns_of_import(session: Session, pending: PendingImport, convention: str | None = None) -> FoundTurns:
    """Find the turns of an import that waits: by a convention, else by the one its record names."""
    return find_turns(
        pending.text,
        convention or read_record(pending.record).convention,
        suggested=pending.suggested,
        taught=taught_rules(session, pending.study_id),
    )


def describe_import(session: Session, actor: Actor, *, pending: PendingImport, record: SourceRecord) -> None:
    """Change the record that an import which waits will be taken in with.

    Raises Refused for whatever `import_source` would refuse in the record.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=pending.study_id)
    check_record(session, pending.study_id, record)
    pending.record = dict(fields_of(record))
    privacy.record(session, actor, "describe-import", subject=str(pending.guid), study_id=pending.study_id)


def discard_import(session: Session, actor: Actor, *, pending: PendingImport) -> None:
    """Remove an import that waits, with its bytes and text."""
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=pending.study_id)
    settle_files(session, pending, None)
    session.delete(pending)
    privacy.record(session, actor, "discard-import", subject=str(pending.guid), study_id=pending.study_id)


def withdraw_source(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    reason: str,
    outcome: WithdrawalOutcome = WithdrawalOutcome.STOP,
    at: datetime | None = None,
) -> None:
    """Stop the use of a source: from now on its words can be neither read nor quoted, and it counts for nothing.

    A withdrawal may go further later, and never less far. What the outcome takes out of the rooms, `withdrawal` does:
    here the source is marked. `at` is now unless one is applied again. Raises Refused without a reason, and for a
    source that is withdrawn as far already; NotAllowed unless a lead excludes or destroys.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    if outcome is not WithdrawalOutcome.STOP:
        privacy.require(actor, Act.MANAGE_STUDY, study_id=source.study_id)
    if not has_words(reason):
        raise Refused("Say why {key} is withdrawn.", key=source.key)
    if source.withdrawn_as is not None and source.withdrawn_as.reaches(outcome):
        raise Refused("{key} is withdrawn already.", key=source.key)
    source.withdrawn_at = source.withdrawn_at or at or moment_of(session)
    source.withdrawal, source.withdrawal_reason = outcome, normalise_text(reason).strip()
    details = {"outcome": outcome.value}
    privacy.record(session, actor, "withdraw-source", subject=source.key, study_id=source.study_id, **details)


def withdraw_participant(
    session: Session, actor: Actor, *, participant: Participant, outcome: WithdrawalOutcome, at: datetime | None = None
) -> None:
    """Mark a participant as withdrawn; what that takes out of the rooms, `withdrawal` does.

    Done again for a further outcome, the day of the first stays.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=participant.study_id)
    if outcome is not WithdrawalOutcome.STOP:
        privacy.require(actor, Act.MANAGE_STUDY, study_id=participant.study_id)
    participant.withdrawn_at = participant.withdrawn_at or at or moment_of(session)
    details = {"outcome": outcome.value}
    privacy.record(
        session, actor, "withdraw-participant", subject=participant.key, study_id=participant.study_id, **details
    )


def _take_in(
    session: Session,
    *,
    study_id: int,
    record: SourceRecord,
    file: ReadFile,
    found: FoundTurns,
    by: str,
    at: datetime,
    allow_same: bool,
) -> Source:
    check_record(session, study_id, record)
    check_is_new(session, study_id, file.name, file.sha256, allow_same=allow_same)
    source = _new_source(session, study_id, record, by, at)
    session.add(source)
    session.flush()  # its file, revision and turns need its number
    for attribute, value in fitting_values(session, study_id, AttributeScope.SOURCE, record.attributes):
        add_value(session, attribute, source.id, value)
    take_respondents(session, source, file.respondents)
    _add_file(session, source, file, found)
    _add_text(session, source, file, found)
    return source


def _new_source(session: Session, study_id: int, record: SourceRecord, by: str, at: datetime) -> Source:
    key = key_for(session, study_id, record)
    return Source(
        study_id=study_id,
        key=key,
        title=record.title or f"{record.kind.value.replace('-', ' ').capitalize()} {key}",
        kind=record.kind,
        subkind=record.subkind,
        standpoint=record.standpoint,
        worker_role=record.worker_role,
        office=record.office,
        agency=record.agency,
        language=record.language,
        date=record.date,
        consent=record.consent,
        consent_on=record.consent_on,
        consent_until=record.consent_until,
        privacy_class=record.privacy_class or privacy_class_of(record.kind),
        debriefed_on=record.debriefed_on,
        collectors=list(record.collectors),
        nodes=list(record.nodes),
        text_id=record.text_id,
        event_id=record.event_id,
        case=case_keyed(session, study_id, record.case) if record.case else None,
        stewardship=stewardship_keyed(session, study_id, record.stewardship) if record.stewardship else None,
        participant_links=people_of(session, study_id, record),
        imported_at=at,
        imported_by=by,
    )


def _add_file(session: Session, source: Source, file: ReadFile, found: FoundTurns) -> None:
    session.add(
        SourceFile(
            source_id=source.id,
            study_id=source.study_id,
            name=file.name,
            sha256=file.sha256,
            format=file.format,
            notes=list(file.notes),
            changes=[asdict(each) for each in file.changes],
            convention=found.convention.value if found.is_chosen else None,
            content=file.content,
        )
    )


def _add_text(session: Session, source: Source, file: ReadFile, found: FoundTurns) -> None:
    text = file.text
    if found.turns and found.turns[-1].end > len(text):
        raise ValueError("these turns were found in another text")
    revision = Revision(
        study_id=source.study_id,
        source_id=source.id,
        number=1,
        kind=RevisionKind.ORIGINAL,
        text=text,
        length=len(text),
        sha256=digest_of(text),
        anchors=[asdict(each) for each in file.anchors],
        created_at=source.imported_at,
        created_by=source.imported_by,
    )
    session.add(revision)
    session.flush()  # its turns need its number
    session.add_all(turn_rows(revision, found))
    session.flush()  # whoever reads next in this transaction finds the turns
