"""Identities and marks that come from a study's files. What files say of a masked text counts for nothing here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.corpus import Participant, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused, Span
from ia_workbench.masking.models import Mark, Pseudonym
from ia_workbench.masking.rules import UNDECIDED, MarkState, overlap
from ia_workbench.privacy import Act, Actor, IdentifierClass

OTHER_WORDS = "other words stand at {start} to {end} of {key}."
TWO_THERE = "two marks of {key} stand upon each other, at {start} to {end}."


@dataclass(frozen=True)
class GivenIdentity:
    """An identity as files have it, see `Pseudonym`."""

    identifier_class: IdentifierClass
    names: tuple[str, ...]
    instead: str
    participant: str | None
    by: str
    at: datetime


@dataclass(frozen=True)
class GivenMark:
    """A mark on the newest raw text of a source as files have it, see `Mark`; `pseudonym` is an identity, from 1."""

    start: int
    end: int
    words: str
    identifier_class: IdentifierClass
    found_by: str
    rule: str
    instead: str
    state: MarkState
    pseudonym: int | None
    decided_by: str | None
    decided_at: datetime | None


def restore_identities(
    session: Session, actor: Actor, *, study_id: int, given: Sequence[GivenIdentity], people: Mapping[str, Participant]
) -> list[Pseudonym]:
    """Take the identities of a study that is loaded in, in order; `people` are its participants by key.

    Only for those who manage the study. Refuses an identity without a name or without words for readers, and a
    participant that the study has not.
    """
    privacy.require(actor, Act.MANAGE_STUDY, study_id=study_id)
    made = []
    for each in given:
        if not each.names or not each.instead.strip():
            raise Refused("an identity needs a name, and what readers see instead.")
        if each.participant is not None and each.participant not in people:
            raise Refused("there is no participant {key} in this study.", key=each.participant)
        made.append(
            Pseudonym(
                study_id=study_id,
                identifier_class=each.identifier_class,
                names=list(each.names),
                instead=each.instead,
                participant_id=people[each.participant].id if each.participant else None,
                by=each.by or actor.username,
                at=each.at,
            )
        )
    session.add_all(made)
    session.flush()  # marks need their numbers
    privacy.record(
        session, actor, "restore-identities", subject=str(len(made)), study_id=study_id, identities=len(made)
    )
    return made


def restore_marks(
    session: Session, actor: Actor, *, source: Source, given: Sequence[GivenMark], identities: Sequence[Pseudonym]
) -> None:
    """Take the marks of a source that is loaded in, decided or not, on its newest raw text.

    Who decided stays told; no masked text comes along, so that two people of this home make and sign one. Only for
    those who manage the study. Refuses words that do not stand there, accepted marks upon each other, and an identity
    that there is not.
    """
    privacy.require(actor, Act.MANAGE_STUDY, study_id=source.study_id)
    revision = corpus.newest_revision(session, source)
    text, taken = corpus.text_of(session, revision), list[Span]()
    for each in sorted(given, key=lambda one: one.start):
        if not 0 <= each.start < each.end or text[each.start : each.end] != each.words:
            raise Conflict(OTHER_WORDS, start=each.start, end=each.end, key=source.key)
        if taken and overlap(taken[-1], Span(each.start, each.end)):
            raise Refused(TWO_THERE, key=source.key, start=each.start, end=each.end)
        if each.pseudonym is not None and not 1 <= each.pseudonym <= len(identities):
            raise Refused("there is no identity {number}.", number=each.pseudonym)
        taken.append(Span(each.start, each.end))
        is_open = each.state in UNDECIDED
        session.add(
            Mark(
                study_id=source.study_id,
                revision_id=revision.id,
                start=each.start,
                end=each.end,
                words=each.words,
                identifier_class=each.identifier_class,
                found_by=each.found_by,
                rule=each.rule,
                instead=each.instead,
                state=each.state,
                pseudonym_id=identities[each.pseudonym - 1].id if each.pseudonym else None,
                decided_by=None if is_open and not each.decided_by else each.decided_by or actor.username,
                decided_at=None if is_open and not each.decided_at else each.decided_at or moment_of(session),
            )
        )
    session.flush()  # whoever reads next in this transaction finds them
    privacy.record(session, actor, "restore-marks", subject=source.key, study_id=source.study_id, marks=len(given))
