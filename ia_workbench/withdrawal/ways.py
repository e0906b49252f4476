"""How far each source goes when it, or someone who speaks in it, is withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import Participant, Share, Source, Turn, WithdrawalOutcome
from ia_workbench.kernel import Refused

Speakers = Mapping[str, str]  # by the key of a source: the label under which a participant speaks there
NOT_THEIRS = "{participant} speaks in no source {key}. Give the label of a source in which they speak."


@dataclass(frozen=True)
class SourceWay:
    """How far one source goes: its `outcome`, the other participants in it (`others`, keys), and its turns.

    With a `share` only the turns of one participant go that far, and the source stays in use for what the others say.
    `label` is the one under which they speak, None where nobody knows; `labels` are those that turns of the newest text
    have, and how many each. Where others speak and the label is not known, the source is stopped whole.
    """

    number: int
    key: str
    title: str
    outcome: WithdrawalOutcome
    others: tuple[str, ...]
    turns: int
    label: str | None = None
    labels: tuple[tuple[str, int], ...] = ()
    share: Share | None = None

    @property
    def is_taken_out(self) -> bool:
        """Whether their turns are in the newest text no more: destroying overwrites them in the earlier ones."""
        return self.share is not None and not self.share.now

    @property
    def needs_label(self) -> bool:
        """Whether it is stopped whole for want of the label under which they speak."""
        return bool(self.others and self.labels) and self.label is None


def ways_of(
    session: Session, subject: Source | Participant, outcome: WithdrawalOutcome, speakers: Speakers | None = None
) -> list[SourceWay]:
    """Return how far each source goes, by key; a participant's that went so far already are left out.

    A source goes as far as it is asked to, and so does one in which a participant speaks alone. Of one in which others
    speak their turns alone go, where it is known under which label they speak: from the register, or from `speakers`.
    Where it is not, and for a stop, it is stopped as a whole: nobody can quote half of it safely until the words are
    out. Raises Refused for a label that a source does not have, or that is of somebody else, and for a source in which
    the participant does not speak.
    """
    if isinstance(subject, Source):
        return [_way(session, subject, outcome, [each.key for each in subject.participants])]
    sources = corpus.sources_of(session, subject)
    given = dict(speakers or {})
    for key in given:
        if key not in {each.key for each in sources}:
            raise Refused(NOT_THEIRS, participant=subject.key, key=key)
    ways = (_of_participant(session, subject, each, outcome, given.get(each.key)) for each in sources)
    return sorted((each for each in ways if each is not None), key=lambda each: each.key)


def check_speakers(session: Session, subject: Source | Participant, speakers: Speakers) -> None:
    """Refuse labels under which nobody, or somebody else, speaks: what a withdrawal would refuse, before it happens."""
    ways_of(session, subject, WithdrawalOutcome.DESTROY, speakers)


def shared_sources(session: Session, participant: Participant) -> list[Source]:
    """Return the sources, not destroyed, in which a participant speaks and others do too, by key."""
    found = corpus.sources_of(session, participant)
    return [each for each in found if not each.is_destroyed and _others(each, participant)]


def _of_participant(
    session: Session, subject: Participant, source: Source, outcome: WithdrawalOutcome, given: str | None
) -> SourceWay | None:
    others = _others(source, subject)
    link = corpus.link_between(source, subject)
    if not others:
        return None if _is_so_far(source.withdrawn_as, outcome) else _way(session, source, outcome, others)
    if source.is_destroyed or (link is not None and _is_so_far(link.withdrawal, outcome)):
        return None
    label = corpus.label_of(session, source, subject, given)
    labels = tuple(corpus.labels_in(session, source).items())
    if outcome is WithdrawalOutcome.STOP or label is None:
        stop = WithdrawalOutcome.STOP
        is_so_far = _is_so_far(source.withdrawn_as, stop)
        return None if is_so_far else _way(session, source, stop, others, label, labels)
    share = corpus.share_under(session, source, subject, label)
    return _way(session, source, outcome, others, label, labels, share)


def _others(source: Source, participant: Participant) -> list[str]:
    return [each.key for each in source.participants if each.id != participant.id]


def _is_so_far(reached: WithdrawalOutcome | None, wanted: WithdrawalOutcome) -> bool:
    return reached is not None and reached.reaches(wanted)


def _way(
    session: Session,
    source: Source,
    outcome: WithdrawalOutcome,
    others: list[str],
    label: str | None = None,
    labels: tuple[tuple[str, int], ...] = (),
    share: Share | None = None,
) -> SourceWay:
    newest = corpus.raw_revisions(session, source)[-1:]
    turns = select(func.count(Turn.id)).where(Turn.revision_id.in_([each.id for each in newest]))
    count = session.scalar(turns) or 0
    return SourceWay(source.id, source.key, source.title, outcome, tuple(others), count, label, labels, share)
