"""What a person can do next about a finding: the act that closes each unmet line, and the stages it may go to."""

from dataclasses import dataclass

from ia_workbench.findings import Evaluation, Finding, Line, LineKey, Stage, stages_by_hand
from ia_workbench.web.addresses import url_of
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import ngettext

ALONG = (
    Stage.THEME,
    Stage.DRAFT,
    Stage.CHALLENGE,
    Stage.AGENCY_CHECK,
    Stage.BODY_REVIEW,
    Stage.TEAM_DECISION,
    Stage.RELEASED,
)
BY_RELEASE = {Stage.BODY_REVIEW: "body", Stage.RELEASED: "public"}


@dataclass(frozen=True)
class NextAct:
    """A link that leads to what would close a gap."""

    words: str
    address: str


@dataclass(frozen=True)
class NextStages:
    """Where a finding may go: the next stage along (by hand or by release), and all that a person may choose."""

    following: Stage | None
    release_to: str | None
    by_hand: tuple[Stage, ...]


def line_acts(finding: Finding, evaluation: Evaluation) -> dict[LineKey, NextAct]:
    """Return the next act for each line of the rule that is not met."""
    return {line.key: _act(finding, evaluation, line) for line in evaluation.unmet}


def _act(finding: Finding, evaluation: Evaluation, line: Line) -> NextAct:
    page = url_of("finding.one", finding_key=finding.key)
    edit = url_of("finding_forms.edit", finding_key=finding.key)
    if line.key is LineKey.LEVER_ANCHORED:
        if not finding.levers:
            return NextAct(_("Name a lever"), f"{edit}#levers")
        return NextAct(_("Link what produces it"), _evidence(finding, role="produced-by"))
    if line.key is LineKey.FAMILY_STANDPOINT:
        return NextAct(_("Look for a family's words"), _evidence(finding, standpoint="family"))
    if line.key is LineKey.NEGATIVE_CASE_SEARCH:
        return NextAct(_("Record a search"), f"{page}#searches")
    if line.key is LineKey.CONTRARY_RESOLVED:
        return NextAct(_("Write the note"), f"{page}#{evaluation.contrary.unresolved[0]}")
    if line.key is LineKey.INVESTIGATORS:
        return NextAct(_("Open the sources to code"), url_of("sources.every"))
    if line.key is LineKey.NOT_ONE_OFFICE and "waive" in (line.closes.sentence if line.closes else "").casefold():
        return NextAct(_("Waive with a reason"), f"{edit}#waiver")
    return _uncited(finding, evaluation)


def _uncited(finding: Finding, evaluation: Evaluation) -> NextAct:
    """Lead to the sources that touch the finding's places and are not cited yet."""
    near = {key for cell in evaluation.convergence for key in cell.unlinked}
    if not near:
        return NextAct(_("Add evidence"), _evidence(finding))
    where = (finding.nodes or finding.edges or [""])[0]
    words = ngettext(
        "%(num)s uncited source touches %(where)s", "%(num)s uncited sources touch %(where)s", len(near), where=where
    )
    return NextAct(words, _evidence(finding, near="1"))


def _evidence(finding: Finding, **asked: str) -> str:
    return url_of("evidence.choose", finding_key=finding.key, **asked)


def next_stages(finding: Finding, *, may_release: bool, is_with_readers: bool) -> NextStages:
    """Return where a finding may go from where it is."""
    by_hand = stages_by_hand(finding.stage, is_with_readers=is_with_readers)
    if finding.stage not in ALONG or finding.stage is Stage.RELEASED:
        return NextStages(None, None, by_hand)
    following = ALONG[ALONG.index(finding.stage) + 1]
    to = BY_RELEASE.get(following)
    if to is not None and not may_release:
        return NextStages(None, None, by_hand)
    return NextStages(following, to, by_hand)
