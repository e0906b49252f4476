"""The life cycle of a finding: which stage may follow which, and which moves only a lead makes."""

from ia_workbench.findings.rules.vocabulary import ConfidenceLevel, Stage
from ia_workbench.method import LinkRole, Stance

WITH_READERS = (Stage.BODY_REVIEW, Stage.RELEASED)


def may_follow(now: Stage, wanted: Stage) -> bool:
    """Say whether a finding may go from one stage to another (our convention).

    It may go on, skip and go back freely until it is withdrawn; from there only to draft. A released finding goes
    before the body again, is reopened at team decision or withdrawn: what readers hold is never quietly a draft again.
    """
    if now is Stage.WITHDRAWN:
        return wanted in (Stage.WITHDRAWN, Stage.DRAFT)
    if now is Stage.RELEASED:
        return wanted in (Stage.RELEASED, Stage.BODY_REVIEW, Stage.TEAM_DECISION, Stage.WITHDRAWN)
    return True


def needs_release_right(now: Stage, wanted: Stage) -> bool:
    """Say whether a move brings a finding before readers or takes it from them, which only a lead decides."""
    return now is not wanted and (now in WITH_READERS or wanted in WITH_READERS)


def stages_by_hand(now: Stage, *, is_with_readers: bool) -> tuple[Stage, ...]:
    """Return the stages a person may choose next.

    Body review and released are reached by a release alone; withdrawn, once readers have the finding, by taking it
    from them alone.
    """
    elsewhere = (*WITH_READERS, Stage.WITHDRAWN) if is_with_readers else WITH_READERS
    return tuple(stage for stage in Stage if stage is not now and stage not in elsewhere and may_follow(now, stage))


def role_fits(stance: Stance, role: LinkRole) -> bool:
    """Say whether a link role goes with a stance: what supports a finding is no counter-evidence."""
    return not (stance is Stance.SUPPORTS and role is LinkRole.COUNTER)


def read_confidence_level(text: str) -> ConfidenceLevel:
    """Read a confidence level as people write it (`very low`, `very-low`); raises ValueError for anything else."""
    return ConfidenceLevel(text.strip().lower().replace(" ", "-"))
