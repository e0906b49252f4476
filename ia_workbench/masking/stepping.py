"""Acts upon marks that can be taken back: what each mark was before is kept until it is no longer wanted."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.corpus import Revision, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused, iso_utc, parse_iso_utc
from ia_workbench.masking.following import outdate
from ia_workbench.masking.models import Mark, MarkStep, Pseudonym
from ia_workbench.masking.rules import MarkState
from ia_workbench.privacy import Act, Actor, IdentifierClass

MOST_STEPS = 50  # acts of one person in one text that can be taken back
NOTHING_TO_UNDO = "There is nothing of yours to take back in {key}."
CHANGED_SINCE = "{name} changed a mark of that decision since. Decide it anew instead."


@dataclass
class Step:
    """One act of one person while it happens. `watch` marks before they change, `settle` once they have."""

    session: Session
    actor: Actor
    act: str = field(default_factory=lambda: uuid.uuid4().hex)
    before: dict[Mark, dict[str, Any]] = field(default_factory=dict)

    def watch(self, *marks: Mark) -> None:
        """Note what marks are, before anything about them changes."""
        for mark in marks:
            self.before.setdefault(mark, _fields(mark))

    def made(self, mark: Mark) -> None:
        """Note that the act made a mark."""
        self.session.add(mark)
        self.before[mark] = {}

    def decide(self, mark: Mark, state: MarkState) -> None:
        """Set what a person decided about a mark, with their name and the time."""
        mark.state, mark.decided_by, mark.decided_at = state, self.actor.username, moment_of(self.session)

    def settle(self) -> None:
        """Keep what the marks were, for `undo_decision`, and note that masked texts of theirs no longer fit."""
        self.session.flush()  # marks that were made have their numbers, and all have their new versions
        moment = moment_of(self.session)
        for mark, before in self.before.items():
            self.session.add(
                MarkStep(
                    study_id=mark.study_id,
                    revision_id=mark.revision_id,
                    mark_id=mark.id,
                    act=self.act,
                    before=before,
                    version=mark.version,
                    by=self.actor.username,
                    at=moment,
                )
            )
        outdate(self.session, source_ids_of(self.session, self.before))
        self._forget_old()
        self.session.flush()  # an undo in this transaction finds the steps

    def _forget_old(self) -> None:
        for revision in {mark.revision_id for mark in self.before}:
            mine = (MarkStep.revision_id == revision, MarkStep.by == self.actor.username)
            acts = select(MarkStep.act).where(*mine).group_by(MarkStep.act).order_by(func.max(MarkStep.id).desc())
            old = self.session.scalars(acts.offset(MOST_STEPS)).all()
            if old:
                self.session.execute(delete(MarkStep).where(*mine, MarkStep.act.in_(old)))


def source_ids_of(session: Session, marks: Iterable[Mark]) -> set[int]:
    """Return the numbers of the sources in which marks stand."""
    revisions = {mark.revision_id for mark in marks}
    return set(session.scalars(select(Revision.source_id).where(Revision.id.in_(revisions))))


def undo_decision(session: Session, actor: Actor, *, source: Source) -> list[Mark]:
    """Take back what the actor decided last in a source, in every source the act reached; returns the marks left.

    Each mark is again what it was; one that the act made is gone. Up to 50 acts can be taken back, one after another.
    Raises Conflict when somebody else changed one of the marks since. Refuses when there is nothing to take back.
    """
    privacy.require(actor, Act.MASK, study_id=source.study_id)
    revision = corpus.newest_revision(session, source)
    last = select(MarkStep.act).where(MarkStep.revision_id == revision.id, MarkStep.by == actor.username)
    act = session.scalars(last.order_by(MarkStep.id.desc()).limit(1)).first()
    if act is None:
        raise Refused(NOTHING_TO_UNDO, key=source.key)
    steps = session.scalars(select(MarkStep).where(MarkStep.act == act, MarkStep.by == actor.username)).all()
    for step in steps:
        if step.mark.version != step.version:
            raise Conflict(CHANGED_SINCE, name=step.mark.decided_by or "Somebody")
    outdate(session, source_ids_of(session, (step.mark for step in steps)))
    left = [mark for step in steps if (mark := _restored(session, step)) is not None]
    for step in steps:
        session.delete(step)
    session.flush()  # whoever reads next in this transaction finds the marks as they were
    _follow_versions(session, left, {step.act for step in steps})
    privacy.record(
        session, actor, "undo-decision", subject=source.key, study_id=source.study_id, marks=len(steps),
        revision=revision.number,
    )  # fmt: skip
    return left


def _restored(session: Session, step: MarkStep) -> Mark | None:
    mark = step.mark
    if not step.before:
        session.delete(mark)
        return None
    before = step.before
    mark.state, mark.identifier_class = MarkState(before["state"]), IdentifierClass(before["class"])
    mark.instead, mark.decided_by = before["instead"], before["decided_by"]
    mark.decided_at = parse_iso_utc(before["decided_at"]) if before["decided_at"] else None
    known = before["pseudonym"]
    mark.pseudonym_id = known if known and session.get(Pseudonym, known) is not None else None
    return mark


def _follow_versions(session: Session, marks: Iterable[Mark], undone: set[str]) -> None:
    """Let an earlier act on the same marks be taken back next: they are again what it made of them."""
    for mark in marks:
        earlier = select(MarkStep).where(MarkStep.mark_id == mark.id, MarkStep.act.not_in(undone))
        step = session.scalars(earlier.order_by(MarkStep.id.desc()).limit(1)).first()
        if step is not None:
            step.version = mark.version


def _fields(mark: Mark) -> dict[str, Any]:
    return {
        "state": mark.state.value,
        "class": mark.identifier_class.value,
        "instead": mark.instead,
        "pseudonym": mark.pseudonym_id,
        "decided_by": mark.decided_by,
        "decided_at": iso_utc(mark.decided_at) if mark.decided_at else None,
    }
