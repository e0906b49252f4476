"""What a withdrawal takes out of this room: marks of a source, who vouched, and names of nobody else."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ia_workbench.corpus import (
    Participant,
    Revision,
    Share,
    Source,
    SourceParticipant,
    WithdrawalOutcome,
    rows_changed,
)
from ia_workbench.masking.models import Mark, MaskedText, Pseudonym


def forget(session: Session, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take away the marks of a source and who vouched for its masked texts; returns how many of each.

    Destroying takes pseudonyms too: those that stand for names of this source alone, and those of people who speak in
    no other. Stopping takes nothing.
    """
    if outcome is WithdrawalOutcome.STOP:
        return {}
    names = _names_of_nobody_else(session, source) if outcome is WithdrawalOutcome.DESTROY else []
    texts = select(Revision.id).where(Revision.source_id == source.id)
    vouched = or_(MaskedText.raw_id.in_(texts), MaskedText.revision_id.in_(texts))
    return {
        "marks": rows_changed(session, delete(Mark).where(Mark.revision_id.in_(texts))),
        "masked-texts": rows_changed(session, delete(MaskedText).where(vouched)),
        "pseudonyms": rows_changed(session, delete(Pseudonym).where(Pseudonym.id.in_(names))),
    }


def _names_of_nobody_else(session: Session, source: Source) -> list[int]:
    texts = select(Revision.id).where(Revision.source_id == source.id)
    marked_here = select(Mark.pseudonym_id).where(Mark.revision_id.in_(texts), Mark.pseudonym_id.is_not(None))
    marked_elsewhere = select(Mark.pseudonym_id).where(Mark.revision_id.not_in(texts), Mark.pseudonym_id.is_not(None))
    speaking_here = select(SourceParticipant.participant_id).where(SourceParticipant.source_id == source.id)
    elsewhere = select(SourceParticipant.participant_id).where(SourceParticipant.source_id != source.id)
    is_of_this = or_(Pseudonym.id.in_(marked_here), Pseudonym.participant_id.in_(speaking_here))
    is_of_others = or_(Pseudonym.id.in_(marked_elsewhere), Pseudonym.participant_id.in_(elsewhere))
    names = select(Pseudonym.id).where(Pseudonym.study_id == source.study_id, is_of_this)
    others = set(session.scalars(select(Pseudonym.id).where(is_of_others)))
    return [each for each in session.scalars(names) if each not in others]


def forget_share(session: Session, share: Share, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take away the marks upon a participant's turns in a source, and who vouched for its masked texts.

    Destroying takes pseudonyms that stand for names in those turns and nowhere else. Returns how many of each.
    """
    texts = select(Revision.id).where(Revision.source_id == share.source.id)
    vouched = or_(MaskedText.raw_id.in_(texts), MaskedText.revision_id.in_(texts))
    marks = marks_upon(session, share)
    names = _names_only_in(session, marks) if outcome is WithdrawalOutcome.DESTROY else []
    return {
        "marks": rows_changed(session, delete(Mark).where(Mark.id.in_(marks))),
        "masked-texts": rows_changed(session, delete(MaskedText).where(vouched)),
        "pseudonyms": rows_changed(session, delete(Pseudonym).where(Pseudonym.id.in_(names))),
    }


def marks_upon(session: Session, share: Share) -> list[int]:
    """Return the numbers of the marks that share a character with a participant's turns, in every text of a source."""
    rows = session.execute(
        select(Mark.id, Mark.revision_id, Mark.start, Mark.end).where(Mark.revision_id.in_(list(share.places)))
    )
    return [
        number
        for number, revision, start, end in rows
        if any(start < span.end and span.start < end for span in share.places[revision])
    ]


def _names_only_in(session: Session, marks: list[int]) -> list[int]:
    used = select(Mark.pseudonym_id).where(Mark.pseudonym_id.is_not(None))
    elsewhere = used.where(Mark.id.not_in(marks))
    nobody_s = Pseudonym.participant_id.is_(None)  # those of participants go with them, when they do
    here = Pseudonym.id.in_(used.where(Mark.id.in_(marks)))
    return list(session.scalars(select(Pseudonym.id).where(here, Pseudonym.id.not_in(elsewhere), nobody_s)))


def forget_participant(session: Session, participant: Participant) -> int:
    """Take away the spellings of a participant's name, wherever they are masked; returns how many pseudonyms went."""
    return rows_changed(session, delete(Pseudonym).where(Pseudonym.participant_id == participant.id))


def names_known_of(session: Session, participant: Participant) -> list[str]:
    """Return every spelling under which the study knows a participant by name: those of their pseudonyms."""
    known = session.scalars(select(Pseudonym.names).where(Pseudonym.participant_id == participant.id))
    return list(dict.fromkeys(name for names in known for name in names))
