"""The source register's dealings with the study: what a record may refer to, and the people and cases it names."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.importers import ReadFile
from ia_workbench.corpus.models import CaseCluster, Participant, Source, SourceParticipant, Stewardship
from ia_workbench.corpus.properties import fitting_values
from ia_workbench.corpus.queries import record_of, with_content
from ia_workbench.corpus.records import SourceRecord, check_form
from ia_workbench.corpus.rules import (
    KEY_PREFIXES,
    RESPONDENTS,
    STANDPOINTS,
    AttributeScope,
    privacy_class_of,
)
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound, Refused

WITHDREW = "{key} withdrew from this study. Take them out of the record, or leave the source out."
OTHER_RECORD = (
    "{name} is in the study already, as {key}, {title}, with another record: {fields}. "
    "Change that of the source with `ia-workbench source record {key}`."
)


def standpoints_of(study: privacy.Study) -> tuple[str, ...]:
    """Return the standpoints that a source of this study may speak from: everyone's, then those the study adds."""
    return tuple(dict.fromkeys([*STANDPOINTS, *_listed(study, "standpoints")]))


def check_record(session: Session, study_id: int, record: SourceRecord) -> None:
    """Refuse a record that is malformed, whose key is taken, or that names what the study does not know."""
    check_contents(session, study_id, record)
    if record.key is not None:
        _refuse_taken(session, study_id, record.key)


def check_contents(session: Session, study_id: int, record: SourceRecord) -> None:
    """Refuse a record that is malformed or names what the study does not know, whoever has its key."""
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
    if record.stewardship is not None:
        stewardship_keyed(session, study_id, record.stewardship)
    fitting_values(session, study_id, AttributeScope.SOURCE, record.attributes)


def _refuse_taken(session: Session, study_id: int, key: str) -> None:
    """Refuse a key that a source has, in whatever capitals: files of an export carry it in their names."""
    same = select(Source.key).where(Source.study_id == study_id, func.lower(Source.key) == key.lower())
    taken = session.scalars(same).first()
    if taken is not None:
        raise Refused("There is a source {key} already; keys are never used twice.", key=taken)


def check_standpoint(session: Session, study_id: int, standpoint: str) -> None:
    """Refuse a standpoint that is neither one of the usual ones nor one of the study's own, naming those there are."""
    _check_known("standpoint", standpoint, standpoints_of(privacy.study_numbered(session, study_id)))


def already_there(session: Session, study_id: int, record: SourceRecord, file: ReadFile) -> Source | None:
    """Return the source that came as these bytes and has this very record; None where the bytes are new.

    A record without key, title or collectors asks for whichever the source has, and respondents of a survey whom
    taking it in made participants are no difference. A withdrawn source is never it. Raises Refused, naming what
    differs, for the bytes of a source under another record that does not ask for another key.
    """
    for twin in with_content(session, study_id, file.sha256):
        if twin.is_withdrawn or record.key not in (None, twin.key):
            continue
        stored = record_of(session, twin)
        differing = differing_fields(as_kept(session, study_id, _as_imported(record, stored)), stored)
        if not differing:
            return twin
        raise Refused(OTHER_RECORD, name=file.name, key=twin.key, title=twin.title, fields=", ".join(differing))
    return None


def as_kept(session: Session, study_id: int, record: SourceRecord) -> SourceRecord:
    """The record with its attributes' values as the store would keep them."""
    kept = fitting_values(session, study_id, AttributeScope.SOURCE, record.attributes)
    return replace(record, attributes=tuple((attribute.name, value) for attribute, value in kept))


def differing_fields(record: SourceRecord, stored: SourceRecord) -> list[str]:
    """Return the names of the fields in which a record says otherwise than the one that is stored, in order.

    An empty title and no privacy class ask for the usual ones; in which order attributes are said is no difference.
    """
    asked = replace(
        record,
        title=record.title or stored.title,
        privacy_class=record.privacy_class or privacy_class_of(record.kind),
    )
    asked, have = (
        replace(each, speakers=tuple(sorted(each.speakers)), attributes=tuple(sorted(each.attributes)))
        for each in (asked, stored)
    )
    return [each.name for each in fields(asked) if getattr(asked, each.name) != getattr(have, each.name)]


def _as_imported(record: SourceRecord, stored: SourceRecord) -> SourceRecord:
    """A record with what taking a file in adds: key and collectors where it has none, respondents made participants."""
    made = _made_on_import(record, stored)
    return replace(
        record,
        key=record.key or stored.key,
        collectors=record.collectors or stored.collectors,
        convention=record.convention or stored.convention,
        participants=(*record.participants, *(key for key, _label in made)),
        speakers=(*record.speakers, *made),
    )


def _made_on_import(record: SourceRecord, stored: SourceRecord) -> list[tuple[str, str]]:
    """Keys and labels of the participants that taking a survey in made of its respondents."""
    labels = dict(stored.speakers)
    further = [key for key in stored.participants if key not in record.participants]
    return [(key, labels[key]) for key in further if key in labels and key.startswith(f"{RESPONDENTS}-")]


def check_is_new(session: Session, study_id: int, name: str, sha256: str, *, allow_same: bool = False) -> None:
    """Refuse a file whose bytes were withdrawn from the study or, unless `allow_same`, are in it, naming the source."""
    twins = with_content(session, study_id, sha256)
    withdrawn = next((each for each in twins if each.is_withdrawn), None)
    if withdrawn is not None:
        raise Refused("{name} holds what {key} held, which was withdrawn.", name=name, key=withdrawn.key)
    in_part = next((each for each in twins if any(link.withdrawal for link in each.participant_links)), None)
    if in_part is not None:
        sentence = "{name} holds what {key} held, of which one who spoke in it withdrew their turns."
        raise Refused(sentence, name=name, key=in_part.key)
    if not twins or allow_same:
        return
    twin = twins[0]
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


def stewardship_keyed(session: Session, study_id: int, key: str) -> Stewardship:
    """Return the terms of that key; raises NotFound naming those there are."""
    known = session.scalars(select(Stewardship).where(Stewardship.study_id == study_id).order_by(Stewardship.key)).all()
    for each in known:
        if each.key == key:
            return each
    if not known:
        sentence = "There is no stewardship {key} in this study. Add it with `ia-workbench stewardship set`."
        raise NotFound(sentence, key=key)
    keys = ", ".join(each.key for each in known)
    raise NotFound("There is no stewardship {key} in this study; there are {known}.", key=key, known=keys)


def people_of(session: Session, study_id: int, record: SourceRecord) -> list[SourceParticipant]:
    """Return links to the participants of a record, in its order; whoever the study does not know is added.

    Refuses who withdrew."""
    keys, labels = record.participants, dict(record.speakers)
    statement = select(Participant).where(Participant.study_id == study_id, Participant.key.in_(keys))
    known = {participant.key: participant for participant in session.scalars(statement)} if keys else {}
    gone = sorted(key for key, participant in known.items() if participant.withdrawn_at is not None)
    if gone:
        raise Refused(WITHDREW, key=gone[0])
    return [
        SourceParticipant(
            study_id=study_id,
            position=position,
            speaker=labels.get(key),
            participant=known.get(key) or Participant(study_id=study_id, key=key),
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
