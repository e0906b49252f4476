"""Writes to what is noted of sources, participants and cases: records and attributes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from ia_workbench import privacy
from ia_workbench.corpus.attributes import AttributeDefinition, canonical_value, checked_definition
from ia_workbench.corpus.models import (
    Attribute,
    AttributeValue,
    CaseCluster,
    Participant,
    Source,
    SourceParticipant,
)
from ia_workbench.corpus.problems import Problem, refuse_all
from ia_workbench.corpus.properties import attribute_named, attributes, new_attribute, put_value, replace_values
from ia_workbench.corpus.queries import record_of, source_keyed
from ia_workbench.corpus.records import SourceRecord, check_form
from ia_workbench.corpus.register import (
    as_kept,
    case_keyed,
    check_contents,
    differing_fields,
    people_of,
    stewardship_keyed,
)
from ia_workbench.corpus.rules import AttributeScope, privacy_class_of
from ia_workbench.kernel import Conflict, NotFound, Refused
from ia_workbench.privacy import Act, Actor

OVERTAKEN = "Someone else changed {key} after you opened it. Look at both and save again."
PLAIN_FIELDS = (
    "kind", "subkind", "standpoint", "worker_role", "office", "agency", "language", "date", "consent", "consent_on",
    "consent_until", "debriefed_on", "text_id", "event_id",
)  # fmt: skip


def change_record(
    session: Session, actor: Actor, *, source: Source, record: SourceRecord, version: int | None = None
) -> list[str]:
    """Put a record in the place of what the source register says of a source; return the names of changed fields.

    `version` is the one that the writer had before them: Conflict when someone has saved another since. Key and
    convention stay: `record.key` is None or the source's own. Changing nothing leaves no entry. A narrower consent
    holds at once: the gate asks it anew, and what readers have is told as outlived. Raises Refused for a withdrawn
    source and for whatever `import_source` refuses in a record.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    if source.is_withdrawn:
        raise Refused("{key} was withdrawn: its record stays as it is.", key=source.key)
    if record.key not in (None, source.key):
        raise Refused("A source keeps its key: this one is {key}.", key=source.key)
    _refuse_overtaken(session, source, version)
    before = record_of(session, source)
    wanted = replace(record, key=source.key, convention=before.convention)
    check_form(wanted)
    wanted = as_kept(session, source.study_id, wanted)
    changed = differing_fields(wanted, before)
    if not changed:
        return []
    kept = tuple(each for each in wanted.collectors if each not in before.collectors)
    named = replace(wanted, collectors=kept, office=None if wanted.office == before.office else wanted.office)
    check_contents(session, source.study_id, named)  # a collector who left the team stays one
    _write(session, source, wanted, before)
    flag_modified(source, "title")  # people and attributes are rows of their own: changing them counts as a version too
    session.flush()  # whoever saved meanwhile is met here
    what = dict.fromkeys(changed, "changed")
    privacy.record(session, actor, "change-record", subject=source.key, study_id=source.study_id, **what)
    return changed


def _refuse_overtaken(session: Session, source: Source, seen: int | None) -> None:
    """Reads what is stored, not what this session loaded, and holds the row until the end of the transaction."""
    stored = session.scalar(select(Source.version).where(Source.id == source.id).with_for_update())
    if stored != source.version or seen not in (None, stored):
        raise Conflict(OVERTAKEN, key=source.key)


def _write(session: Session, source: Source, record: SourceRecord, before: SourceRecord) -> None:
    for name in PLAIN_FIELDS:
        setattr(source, name, getattr(record, name))
    source.title = record.title or before.title
    source.privacy_class = record.privacy_class or privacy_class_of(record.kind)
    source.collectors, source.nodes = list(record.collectors), list(record.nodes)
    source.case = case_keyed(session, source.study_id, record.case) if record.case else None
    terms = stewardship_keyed(session, source.study_id, record.stewardship) if record.stewardship else None
    source.stewardship = terms
    if (record.participants, record.speakers) != (before.participants, before.speakers):
        _write_people(session, source, record)
    replace_values(session, source.study_id, AttributeScope.SOURCE, source.id, record.attributes)


def _write_people(session: Session, source: Source, record: SourceRecord) -> None:
    links = people_of(session, source.study_id, record)
    here = SourceParticipant.source_id == source.id, SourceParticipant.withdrawal.is_(None)
    session.execute(delete(SourceParticipant).where(*here))  # whose share was taken out stays noted
    session.expire(source, ["participant_links"])
    for link in links:
        link.source_id = source.id
    session.add_all(links)
    session.flush()  # the links are read back in their order
    session.expire(source, ["participant_links"])


def define_attribute(session: Session, actor: Actor, *, study_id: int, definition: AttributeDefinition) -> Attribute:
    """Give the sources, participants or cases of a study a further attribute, or a choice further choices.

    Raises Refused for a malformed definition, and for an attribute that is there already with another type or with
    choices that the new ones leave out.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    wanted = checked_definition(definition)
    known = {each.name: each for each in attributes(session, study_id, wanted.scope)}
    attribute = known.get(wanted.name)
    if attribute is None:
        attribute = new_attribute(session, study_id, wanted)
    else:
        _widen(attribute, wanted)
    what = {"scope": wanted.scope.value, "type": wanted.type.value}
    privacy.record(session, actor, "define-attribute", subject=str(attribute.guid), study_id=study_id, **what)
    return attribute


def _widen(attribute: Attribute, wanted: AttributeDefinition) -> None:
    is_wider = set(attribute.choices) < set(wanted.choices)
    if attribute.type is not wanted.type or not is_wider:
        sentence = "There is an attribute {name} of a {scope} already. Only a choice can be given further choices."
        raise Refused(sentence, name=attribute.name, scope=attribute.scope.value)
    attribute.choices = list(wanted.choices)


def remove_attribute(session: Session, actor: Actor, *, attribute: Attribute) -> int:
    """Remove an attribute with everything that is said there; return how many values that were."""
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=attribute.study_id)
    stored = session.scalars(select(AttributeValue).where(AttributeValue.attribute_id == attribute.id)).all()
    for value in stored:
        session.delete(value)
    session.flush()  # the values go before what they are values of
    session.delete(attribute)
    study_id, guid = attribute.study_id, str(attribute.guid)
    privacy.record(session, actor, "remove-attribute", subject=guid, study_id=study_id, values=len(stored))
    return len(stored)


def set_attribute(
    session: Session, actor: Actor, *, study_id: int, scope: AttributeScope, key: str, name: str, value: str
) -> None:
    """Say a value of the source, participant or case of that key; a blank value takes away what was said.

    Raises NotFound for a key or an attribute the study has not, Refused naming the attribute and what it takes.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    attribute = attribute_named(session, study_id, scope, name)
    owner = _owner(session, study_id, scope, key)
    kept = canonical_value(name, attribute.type, attribute.choices, value) if value.strip() else None
    put_value(session, attribute, owner.id, kept)
    if isinstance(owner, Source):
        flag_modified(owner, "title")  # so that a form opened before is told
    privacy.record(session, actor, "set-attribute", subject=owner.key, study_id=study_id, attribute=str(attribute.guid))


def _owner(session: Session, study_id: int, scope: AttributeScope, key: str) -> Source | Participant | CaseCluster:
    if scope is AttributeScope.SOURCE:
        return source_keyed(session, study_id, key)
    people = session.scalars(select(Participant).where(Participant.study_id == study_id, Participant.key == key))
    cases = session.scalars(select(CaseCluster).where(CaseCluster.study_id == study_id, CaseCluster.key == key))
    owner = people.one_or_none() if scope is AttributeScope.PARTICIPANT else cases.one_or_none()
    if owner is None:
        raise NotFound("There is no {scope} {key} in this study.", scope=scope.value, key=key)
    return owner


@dataclass(frozen=True)
class AttributeRow:
    """One row of `participants.csv` or `cases.csv`: the line it begins on, the key, names and values."""

    line: int
    key: str
    attributes: tuple[tuple[str, str], ...]


def import_attributes(
    session: Session, actor: Actor, *, study_id: int, scope: AttributeScope, rows: Sequence[AttributeRow]
) -> None:
    """Say what a table says of participants or cases, not of sources; those the study does not know yet are added.

    Every row that is wrong is told with its line (`Refused.further`).
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    known = _known(session, study_id, scope)
    keys = [row.key for row in rows if row.key not in known]
    is_of_people = scope is AttributeScope.PARTICIPANT
    made = [(Participant if is_of_people else CaseCluster)(study_id=study_id, key=key) for key in keys]
    session.add_all(made)
    session.flush()  # what is said of them needs their numbers
    known = _known(session, study_id, scope)
    problems = []
    for row in rows:
        try:
            replace_values(session, study_id, scope, known[row.key], row.attributes)
        except Refused as refusal:
            problems.append(Problem(row.line, refusal))
    refuse_all(problems)
    privacy.record(session, actor, "import-attributes", subject=scope.value, study_id=study_id, rows=len(rows))


def _known(session: Session, study_id: int, scope: AttributeScope) -> dict[str, int]:
    """The internal numbers of the participants or cases of a study by key."""
    if scope is AttributeScope.PARTICIPANT:
        people = session.execute(select(Participant.key, Participant.id).where(Participant.study_id == study_id))
        return {key: number for key, number in people}
    cases = session.execute(select(CaseCluster.key, CaseCluster.id).where(CaseCluster.study_id == study_id))
    return {key: number for key, number in cases}
