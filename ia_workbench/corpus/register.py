"""The source register's dealings with the study: what a record may refer to, and the people and cases it names."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.models import CaseCluster, Participant, Source, SourceParticipant
from ia_workbench.corpus.queries import same_content
from ia_workbench.corpus.records import SourceRecord, check_form
from ia_workbench.corpus.rules import KEY_PREFIXES, STANDPOINTS
from ia_workbench.database import Store
from ia_workbench.kernel import Refused


def standpoints_of(study: privacy.Study) -> tuple[str, ...]:
    """Return the standpoints that a source of this study may speak from: everyone's, then those the study adds."""
    return tuple(dict.fromkeys([*STANDPOINTS, *_listed(study, "standpoints")]))


def check_record(session: Session, study_id: int, record: SourceRecord) -> None:
    """Refuse a record that is malformed, whose key is taken, or that names what the study does not know."""
    check_form(record)
    study = privacy.study_numbered(session, study_id)
    _check_known("standpoint", record.standpoint, standpoints_of(study))
    offices = _listed(study, "offices")
    if offices and record.office is not None:
        _check_known("office", record.office, offices)
    if record.collectors:
        team = [account.username for account in privacy.members_of(session, Store.EVIDENCE, study_id)]
        for collector in record.collectors:
            _check_known("collector", collector, team)
    if record.key is not None:
        _refuse_taken(session, study_id, record.key)


def _refuse_taken(session: Session, study_id: int, key: str) -> None:
    """Refuse a key that a source has, in whatever capitals: files of an export carry it in their names."""
    same = select(Source.key).where(Source.study_id == study_id, func.lower(Source.key) == key.lower())
    taken = session.scalars(same).first()
    if taken is not None:
        raise Refused("There is a source {key} already; keys are never used twice.", key=taken)


def check_standpoint(session: Session, study_id: int, standpoint: str) -> None:
    """Refuse a standpoint that is neither one of the usual ones nor one of the study's own, naming those there are."""
    _check_known("standpoint", standpoint, standpoints_of(privacy.study_numbered(session, study_id)))


def check_is_new(session: Session, study_id: int, name: str, sha256: str) -> None:
    """Refuse a file whose bytes are in the study already, naming the source."""
    twin = same_content(session, study_id, sha256)
    if twin is None:
        return
    if twin.is_withdrawn:
        raise Refused("{name} holds what {key} held, which was withdrawn.", name=name, key=twin.key)
    raise Refused("{name} is in the study already, as {key}, {title}.", name=name, key=twin.key, title=twin.title)


def key_for(session: Session, study_id: int, record: SourceRecord) -> str:
    """Return the record's key, noted as given out, or the next one of its kind."""
    if record.key is None:
        prefix, width = KEY_PREFIXES[record.kind]
        return privacy.next_key(session, study_id=study_id, prefix=prefix, width=width)
    privacy.note_key(session, study_id=study_id, key=record.key)
    return record.key


def case_keyed(session: Session, study_id: int, key: str) -> CaseCluster:
    """Return the case cluster of that key, made when the study has none."""
    statement = select(CaseCluster).where(CaseCluster.study_id == study_id, CaseCluster.key == key)
    return session.scalars(statement).one_or_none() or CaseCluster(study_id=study_id, key=key)


def people_of(session: Session, study_id: int, keys: Sequence[str]) -> list[SourceParticipant]:
    """Return links to the participants of these keys, in their order; whoever the study does not know is added."""
    statement = select(Participant).where(Participant.study_id == study_id, Participant.key.in_(keys))
    known = {participant.key: participant for participant in session.scalars(statement)} if keys else {}
    return [
        SourceParticipant(
            study_id=study_id, position=position, participant=known.get(key) or Participant(study_id=study_id, key=key)
        )
        for position, key in enumerate(keys)
    ]


def _listed(study: privacy.Study, setting: str) -> list[str]:
    listed: Any = study.settings.get(setting) or []
    return [str(each) for each in listed]


def _check_known(field: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise Refused(
            "This study has no {field} {value}; it has {known}.", field=field, value=value, known=", ".join(known)
        )
