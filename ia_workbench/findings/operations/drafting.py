"""Writes of a finding itself: drafting, editing, moving along its life cycle."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from ia_workbench import privacy
from ia_workbench.codebook import Lever
from ia_workbench.corpus import offices_of
from ia_workbench.database import moment_of
from ia_workbench.findings.models import Finding, FindingLever, Snapshot
from ia_workbench.findings.operations.overtaking import refuse_overtaken
from ia_workbench.findings.operations.snapshots import keep_snapshot, keep_snapshot_if_strength_changed
from ia_workbench.findings.records import FindingRecord, write_record
from ia_workbench.findings.rules import Stage, may_follow, needs_release_right
from ia_workbench.kernel import Refused, first_twice, is_numbered_key
from ia_workbench.privacy import Act, Actor
from ia_workbench.process_map import Edge, Node

LANGUAGES = frozenset({"en", "es"})
NO_WAY = "A finding that is {now} cannot go to {wanted}. Move it first to one of: {ways}."


def draft_finding(
    session: Session,
    actor: Actor,
    *,
    study_id: int,
    record: FindingRecord,
    stage: Stage = Stage.DRAFT,
    key: str | None = None,
) -> Finding:
    """Draft a finding under the next key (`F-03`), or under `key` when a study is loaded; keeps its first snapshot.

    Refuses an empty title, an empty statement past the stage theme, levers, steps and passages that the study does not
    have, a waiver at a site with several offices, and a key that is taken.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    if needs_release_right(Stage.DRAFT, stage):
        privacy.require(actor, Act.RELEASE, study_id=study_id)
    finding = Finding(study_id=study_id, key=_key(session, study_id, key), stage=stage, levers=[])
    _write(session, actor, finding, record)
    session.add(finding)
    session.flush()  # levers and snapshot need the finding's number
    keep_snapshot(session, actor.username, finding, reason="drafted")
    privacy.record(session, actor, "draft-finding", subject=finding.key, study_id=study_id, stage=stage.value)
    return finding


def edit_finding(
    session: Session, actor: Actor, *, finding: Finding, record: FindingRecord, version: int | None = None
) -> None:
    """Replace what people wrote of a finding; keeps a snapshot when its strength changes with it.

    `version` is the version that the writer had before them: Conflict when someone has saved another since. Refuses
    what `draft_finding` refuses.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=finding.study_id)
    refuse_overtaken(session, finding, version)
    _write(session, actor, finding, record)
    flag_modified(finding, "changed_at")  # levers are rows of their own: changing only them must count as a version too
    session.flush()  # the snapshot reads what is stored
    keep_snapshot_if_strength_changed(session, actor.username, finding)
    privacy.record(session, actor, "edit-finding", subject=finding.key, study_id=finding.study_id)


def move_stage(session: Session, actor: Actor, *, finding: Finding, stage: Stage) -> Snapshot:
    """Move a finding along its life cycle and keep it as it stood; returns the snapshot.

    Moving to the stage it is at keeps a further snapshot and is otherwise nothing. Refuses moves that the life cycle
    does not know, a finding without a statement past the stage theme, and, unless the actor may release, moves before
    readers or away from them.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=finding.study_id)
    refuse_overtaken(session, finding, None)
    before = finding.stage
    if needs_release_right(before, stage):
        privacy.require(actor, Act.RELEASE, study_id=finding.study_id)
    if not may_follow(before, stage):
        ways = ", ".join(each.value for each in Stage if each is not before and may_follow(before, each))
        raise Refused(NO_WAY, now=before.value, wanted=stage.value, ways=ways)
    finding.stage = stage
    _refuse_without_words(finding)
    finding.changed_at, finding.changed_by = moment_of(session), actor.username
    session.flush()  # the snapshot reads what is stored
    snapshot = keep_snapshot(session, actor.username, finding, reason="stage")
    moves = {"from_stage": before.value, "to_stage": stage.value}
    privacy.record(session, actor, "move-stage", subject=finding.key, study_id=finding.study_id, **moves)
    return snapshot


def _key(session: Session, study_id: int, key: str | None) -> str:
    if key is None:
        return privacy.next_key(session, study_id=study_id, prefix="F")
    if not is_numbered_key(key):
        raise Refused("{key} is no key of a finding; write it like F-03.", key=key)
    same = select(Finding.key).where(Finding.study_id == study_id, func.lower(Finding.key) == key.lower())
    taken = session.scalars(same).first()
    if taken is not None:
        raise Refused("There is already a finding {key} in this study.", key=taken)
    privacy.note_key(session, study_id=study_id, key=key)
    return key


def _write(session: Session, actor: Actor, finding: Finding, record: FindingRecord) -> None:
    _refuse_unknown(session, finding.study_id, record)
    _refuse_waiver(session, finding.study_id, record)
    write_record(record, finding)
    _refuse_without_words(finding)
    kept = {each.lever: each for each in finding.levers}
    finding.levers = [
        _lever(kept.get(named.key), finding.study_id, named.key, named.explanation, position)
        for position, named in enumerate(record.levers)
    ]
    finding.changed_at, finding.changed_by = moment_of(session), actor.username


def _lever(kept: FindingLever | None, study_id: int, key: str, explanation: str, position: int) -> FindingLever:
    lever = kept or FindingLever(study_id=study_id, lever=key)
    lever.explanation, lever.position = explanation.strip(), position
    return lever


def _refuse_without_words(finding: Finding) -> None:
    if not finding.title:
        raise Refused("Give the finding a title.")
    if not finding.statement and finding.stage is not Stage.THEME:
        raise Refused("Write the finding's statement first; only a theme may go without.")


def _refuse_unknown(session: Session, study_id: int, record: FindingRecord) -> None:
    levers = [*(named.key for named in record.levers), *(each.lever for each in record.recommendations)]
    _refuse_beyond(levers, _known(session, Lever, study_id), "There is no lever {key} in this study.")
    _refuse_beyond(record.nodes, _known(session, Node, study_id), "There is no step {key} on the map.")
    _refuse_beyond(record.edges, _known(session, Edge, study_id), "There is no passage {key} on the map.")
    for place in (record.nodes, record.edges, tuple(named.key for named in record.levers)):
        _refuse_twice(place)
    for words in (record.plain, record.matters, record.step_note, record.content_note):
        _refuse_beyond(words, LANGUAGES, "There is no language {key} here; use en or es.")


def _known(session: Session, model: type[Lever] | type[Node] | type[Edge], study_id: int) -> set[str]:
    return set(session.scalars(select(model.key).where(model.study_id == study_id)))


def _refuse_beyond(named: Iterable[str], known: Iterable[str], sentence: str) -> None:
    known = set(known)
    for key in named:
        if key not in known:
            raise Refused(sentence, key=key)


def _refuse_twice(keys: tuple[str, ...]) -> None:
    key = first_twice(keys)
    if key is not None:
        raise Refused("{key} is named twice; name it once.", key=key)


def _refuse_waiver(session: Session, study_id: int, record: FindingRecord) -> None:
    offices = offices_of(session, study_id) if record.office_waiver else []
    if len(offices) > 1:
        raise Refused(
            "The site has {count} offices, so the line cannot be waived. Link a source from another office.",
            count=len(offices),
        )
