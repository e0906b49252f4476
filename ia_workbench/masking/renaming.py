"""Writes about identities: what readers see for one in every source, two that are one, and one that is two."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused
from ia_workbench.masking.deciding import refuse_instead, tidied
from ia_workbench.masking.following import outdate
from ia_workbench.masking.identities import reword, words_for
from ia_workbench.masking.models import Mark, Pseudonym
from ia_workbench.masking.rules import MarkState
from ia_workbench.masking.stepping import source_ids_of
from ia_workbench.privacy import Act, Actor, IdentifierClass

CHANGED_MEANWHILE = "Somebody changed this identity after you opened it. Look at it as it is now."
MOST_SPELLINGS = 50
LONGEST_NAME = 200  # characters


def add_pseudonym(
    session: Session,
    actor: Actor,
    *,
    study_id: int,
    identifier_class: IdentifierClass,
    names: Sequence[str],
    instead: str,
) -> Pseudonym:
    """Note an identity of a study before anybody marked it: its spellings, the fullest first, and what readers see."""
    privacy.require(actor, Act.MASK, study_id=study_id)
    made = Pseudonym(
        study_id=study_id,
        identifier_class=identifier_class,
        names=_spellings(names),
        instead=_wording(names, instead),
        by=actor.username,
        at=moment_of(session),
    )
    session.add(made)
    session.flush()  # whoever reads next in this transaction finds it
    _note(session, actor, "add-pseudonym", made)
    return made


def change_pseudonym(
    session: Session,
    actor: Actor,
    *,
    pseudonym: Pseudonym,
    instead: str | None = None,
    names: Sequence[str] | None = None,
    version: int | None = None,
) -> Pseudonym:
    """Change what readers see for an identity, in every source at once, or its spellings.

    Masked texts that show it are outdated, and are to be made and signed again. Raises Conflict when somebody changed
    it after `version`. Refuses words for readers that hold one of its names.
    """
    privacy.require(actor, Act.MASK, study_id=pseudonym.study_id)
    if version is not None and version != pseudonym.version:
        raise Conflict(CHANGED_MEANWHILE)
    if names is not None:
        pseudonym.names = _spellings(names)
    if instead is not None:
        pseudonym.instead = _wording(pseudonym.names, instead)
    marks = _marks(session, pseudonym)
    _reword(session, marks, pseudonym)
    session.flush()  # whoever reads next in this transaction finds the marks reworded
    _note(session, actor, "change-pseudonym", pseudonym, marks=len(marks))
    return pseudonym


def merge_pseudonyms(session: Session, actor: Actor, *, into: Pseudonym, other: Pseudonym) -> Pseudonym:
    """Say that two identities are one: the other's spellings and marks become those of the first, and it goes.

    Refuses two of different classes, and an identity with itself.
    """
    privacy.require(actor, Act.MASK, study_id=into.study_id)
    if into.study_id != other.study_id or into.id == other.id:
        raise Refused("Choose another identity of this study.")
    if into.identifier_class is not other.identifier_class:
        raise Refused("These are of two kinds. Change the kind of their marks first.")
    into.names = _spellings([*into.names, *other.names])
    into.participant_id = into.participant_id or other.participant_id
    marks = [*_marks(session, into), *_marks(session, other)]
    for mark in marks:
        mark.pseudonym_id = into.id
    _reword(session, marks, into)
    session.flush()  # no mark leads to the other any more
    gone = str(other.guid)
    session.delete(other)
    session.flush()  # nobody finds it in this transaction
    _note(session, actor, "merge-pseudonyms", into, other=gone, marks=len(marks))
    return into


def split_pseudonym(
    session: Session, actor: Actor, *, pseudonym: Pseudonym, names: Sequence[str], instead: str
) -> Pseudonym:
    """Say that some spellings of an identity are somebody else: they and their marks become an identity of their own.

    Returns the new one. Refuses names that are none of its spellings, and all of them.
    """
    privacy.require(actor, Act.MASK, study_id=pseudonym.study_id)
    moved = [each for each in pseudonym.names if each in names]
    left = [each for each in pseudonym.names if each not in moved]
    if not moved or not left:
        raise Refused("Choose some of its spellings, not all of them.")
    made = Pseudonym(
        study_id=pseudonym.study_id,
        identifier_class=pseudonym.identifier_class,
        names=moved,
        instead=_wording(moved, instead),
        by=actor.username,
        at=moment_of(session),
    )
    pseudonym.names = left
    session.add(made)
    session.flush()  # marks need its number
    marks = [each for each in _marks(session, pseudonym) if privacy.identity_of(each.words, [moved, left]) == 0]
    for mark in marks:
        mark.pseudonym_id = made.id
    _reword(session, marks, made)
    session.flush()  # whoever reads next in this transaction finds the marks reworded
    _note(session, actor, "split-pseudonym", pseudonym, other=str(made.guid), marks=len(marks))
    return made


def _marks(session: Session, pseudonym: Pseudonym) -> Sequence[Mark]:
    return session.scalars(select(Mark).where(Mark.pseudonym_id == pseudonym.id).order_by(Mark.id)).all()


def _reword(session: Session, marks: Sequence[Mark], pseudonym: Pseudonym) -> None:
    shown = [each for each in marks if each.state is MarkState.ACCEPTED and each.instead != words_for(each, pseudonym)]
    reword(marks, pseudonym)
    outdate(session, source_ids_of(session, shown))


def _spellings(names: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(" ".join(each.split()) for each in names if each.strip()))
    if not kept or len(kept) > MOST_SPELLINGS or any(len(each) > LONGEST_NAME for each in kept):
        raise Refused("Give at least one spelling, and at most {number}.", number=MOST_SPELLINGS)
    return kept


def _wording(names: Sequence[str], instead: str) -> str:
    wording = tidied(instead)
    for name in names:
        refuse_instead(name, wording)
    return wording


def _note(session: Session, actor: Actor, act: str, pseudonym: Pseudonym, **details: str | int) -> None:
    privacy.record(session, actor, act, subject=str(pseudonym.guid), study_id=pseudonym.study_id, **details)
