"""Batches of autocoding: accepted in parts that each hold the write lock for a moment, and taken back as one.

A batch is begun, its parts are applied one after the other, and it is finished. Each step may be sent again under the
same `request`: what was done once is not done twice. What made the matches is no business of this room.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.codebook import Code
from ia_workbench.coding.batch_models import Autocoding
from ia_workbench.coding.journal import Part, note, parts_of, was_requested
from ia_workbench.coding.many import add_codings, remove_codings, standing_codings
from ia_workbench.coding.models import CodingAct
from ia_workbench.coding.operations import refuse_anothers_id, refuse_corrected
from ia_workbench.coding.rules import ActKind, ActStanding, CodedUnit, RuleKind
from ia_workbench.corpus import Revision, Source, WithdrawalOutcome
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused, Span, new_guid
from ia_workbench.privacy import Act, Actor, record, require

TAKEN_BACK = "This batch was taken back already."
OTHER_REQUEST = "This request was already used for another batch. Look at the matches again."


@dataclass(frozen=True)
class AutocodingRule:
    """What a batch was made by, as it is kept: what is looked for, its words, what is coded, in which sources."""

    kind: RuleKind
    words: str
    unit: CodedUnit
    sources: tuple[int, ...]


@dataclass(frozen=True)
class BatchStanding:
    """A batch with how many codings it made, how many of those are there unchanged, changed since, and gone."""

    batch: Autocoding
    made: int
    unchanged: int
    changed: int

    @property
    def gone(self) -> int:
        """How many of its codings are no longer there."""
        return self.made - self.unchanged - self.changed


@dataclass(frozen=True)
class TakenBack:
    """What taking a batch back did: codings removed, kept because somebody changed them since, and gone before."""

    removed: int
    changed: int
    gone: int


def begin_batch(
    session: Session, actor: Actor, *, code: Code, rule: AutocodingRule, chosen: int, place: Source | None, request: str
) -> Autocoding:
    """Begin a batch of `chosen` codings, or return the one that was begun under this `request`.

    `place` is the source at which it is done, whose undo takes it back; None for any of its sources. Raises Conflict
    for a `request` that was used for another batch.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=code.study_id)
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    mine = (Autocoding.account_id == actor.account_id, Autocoding.request == request)
    known = session.scalars(select(Autocoding).where(*mine)).one_or_none()
    if known is not None:
        if (known.code, known.kind, known.chosen) != (code.guid, rule.kind, chosen):
            raise Conflict(OTHER_REQUEST)
        return known
    batch = Autocoding(
        guid=new_guid(), study_id=code.study_id, account_id=actor.account_id, by=actor.username, kind=rule.kind,
        unit=rule.unit, words=rule.words, code=code.guid, sources=sorted(rule.sources),
        place_id=place.id if place else None, chosen=chosen, request=request, at=moment_of(session),
    )  # fmt: skip
    session.add(batch)
    session.flush()  # its parts point at it
    record(session, actor, "begin-autocoding", subject=str(batch.guid), study_id=code.study_id, code=str(code.guid))
    return batch


def apply_part(
    session: Session, actor: Actor, *, batch: Autocoding, number: int, revision: Revision, spans: Sequence[Span]
) -> int:
    """Give the spans of one source the code of a batch, as its part of that number; returns how many codings it made.

    Offsets are code points. A part that was applied before makes none again, also where some of them were removed
    since. Words that have the code from the same coder are passed over. Raises Conflict for a text that was corrected
    since and for a batch that was taken back.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=batch.study_id)
    refuse_anothers_id(actor, batch.account_id)
    request = f"{batch.request}/{number}"
    if was_requested(session, actor, request):
        return 0
    if batch.taken_back_at is not None:
        raise Conflict(TAKEN_BACK)
    refuse_corrected(session, revision)
    code = session.scalars(select(Code).where(Code.guid == batch.code)).one_or_none()
    if code is None:
        raise NotFound("The code of this batch is no longer there.")
    text, moment = corpus.text_of(session, revision), moment_of(session)
    parts = add_codings(session, revision, text, spans, code, coder_id=batch.account_id, at=moment)
    note(
        session, actor, ActKind.AUTOCODE, parts, study_id=batch.study_id, source_id=revision.source_id,
        place_id=batch.place_id or revision.source_id, request=request, together=batch.guid,
    )  # fmt: skip
    subject = str(batch.guid)
    record(session, actor, "apply-autocoding", subject=subject, study_id=batch.study_id, codings=len(parts))
    return len(parts)


def finish_batch(session: Session, actor: Actor, *, batch: Autocoding) -> None:
    """Say that all parts of a batch are applied."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=batch.study_id)
    batch.finished_at = batch.finished_at or moment_of(session)
    record(session, actor, "finish-autocoding", subject=str(batch.guid), study_id=batch.study_id)


def autocoding_by_guid(session: Session, study_id: int, guid: uuid.UUID) -> Autocoding:
    """Return a batch of a study; raises NotFound."""
    statement = select(Autocoding).where(Autocoding.study_id == study_id, Autocoding.guid == guid)
    batch = session.scalars(statement).one_or_none()
    if batch is None:
        raise NotFound("There is no such batch of autocoding in this study.")
    return batch


def autocodings(session: Session, study_id: int, *, limit: int = 20) -> list[BatchStanding]:
    """Return the newest batches of a study with what became of their codings, the newest first."""
    statement = select(Autocoding).where(Autocoding.study_id == study_id).order_by(Autocoding.id.desc()).limit(limit)
    return [batch_standing(session, each) for each in session.scalars(statement)]


def batch_standing(session: Session, batch: Autocoding) -> BatchStanding:
    """Return a batch with what became of its codings."""
    made = [part for act in _acts(session, batch) for part in parts_of(act)]
    now = standing_codings(session, [part.guid for part in made])
    same = sum(part.guid in now and now[part.guid].state == part.after for part in made)
    return BatchStanding(batch, len(made), same, len(now) - same)


def take_back(session: Session, actor: Actor, *, batch: Autocoding) -> TakenBack:
    """Remove the codings of a batch that nobody has changed since; returns how many, and how many were kept.

    What was removed can be undone at its source. Refuses another's batch unless the actor manages the study, and one
    that was taken back before.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=batch.study_id)
    refuse_anothers_id(actor, batch.account_id)
    if batch.taken_back_at is not None:
        raise Refused(TAKEN_BACK)
    acts = _acts(session, batch)
    now = standing_codings(session, [part.guid for act in acts for part in parts_of(act)])
    became: Counter[str] = Counter()
    together = new_guid()
    for act in acts:
        gone = [part.turned for part in parts_of(act) if part.guid in now and now[part.guid].state == part.after]
        became["made"] += len(act.parts)
        became["removed"] += len(gone)
        remove_codings(session, [now[part.guid].id for part in gone])
        if gone:
            _note_removed(session, actor, act, gone, together)
    batch.taken_back_at = moment_of(session)
    _end_undoing(session, batch)
    session.flush()  # whoever reads next in this transaction sees it
    removed = became["removed"]
    record(session, actor, "take-back-autocoding", subject=str(batch.guid), study_id=batch.study_id, codings=removed)
    return TakenBack(removed, len(now) - removed, became["made"] - len(now))


def _note_removed(session: Session, actor: Actor, act: CodingAct, gone: Sequence[Part], together: uuid.UUID) -> None:
    note(
        session, actor, ActKind.REMOVE, gone, study_id=act.study_id, source_id=act.source_id, place_id=act.place_id,
        together=together,
    )  # fmt: skip


def _acts(session: Session, batch: Autocoding) -> Sequence[CodingAct]:
    """The acts that made the codings of a batch, as far as the session shows their sources."""
    here = (CodingAct.together == batch.guid, CodingAct.kind == ActKind.AUTOCODE)
    return session.scalars(select(CodingAct).where(*here).order_by(CodingAct.id)).all()


def _end_undoing(session: Session, batch: Autocoding) -> None:
    made = (CodingAct.together == batch.guid, CodingAct.kind == ActKind.AUTOCODE)
    session.execute(update(CodingAct).where(*made).values(standing=ActStanding.PAST))


def forget_rules(session: Session, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take the words out of every rule that read a source; returns how many. Stopping takes nothing.

    A rule may hold words that somebody said there, or a name, and nothing says which source it has them from.
    """
    if outcome is WithdrawalOutcome.STOP:
        return {}
    found = _that_read(session, source)
    for each in found:
        each.words, each.sources = "", [number for number in each.sources if number != source.id]
        each.place_id = None if each.place_id == source.id else each.place_id
    session.flush()  # the source may be emptied next
    return {"autocoding-rules": len(found)}


def withhold_in_rules(session: Session, source: Source, words: Sequence[str], instead: str) -> None:
    """Take withheld words out of every rule that read a source; of a regular expression nothing stays."""
    for each in _that_read(session, source):
        is_plain = each.kind is not RuleKind.PATTERN
        each.words = corpus.without_withheld(each.words, words, instead) if is_plain else ""


def _that_read(session: Session, source: Source) -> list[Autocoding]:
    rules = session.scalars(select(Autocoding).where(Autocoding.study_id == source.study_id))
    return [each for each in rules if source.id in each.sources]
