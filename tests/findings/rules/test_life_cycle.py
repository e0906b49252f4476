"""The life cycle of a finding, method 8."""

import pytest

from ia_workbench.findings import ConfidenceLevel, LinkRole, Stage, Stance, read_confidence_level, stages_by_hand
from ia_workbench.findings.rules import may_follow, needs_release_right, role_fits


def test_a_finding_may_go_on_skip_and_go_back_until_it_is_released() -> None:
    before = [stage for stage in Stage if stage not in (Stage.RELEASED, Stage.WITHDRAWN)]
    assert all(may_follow(now, wanted) for now in before for wanted in Stage)


def test_a_released_finding_meets_the_body_again_is_reopened_or_withdrawn_and_nothing_else() -> None:
    assert {stage for stage in Stage if may_follow(Stage.RELEASED, stage)} == {
        Stage.RELEASED,
        Stage.BODY_REVIEW,
        Stage.TEAM_DECISION,
        Stage.WITHDRAWN,
    }


def test_a_withdrawn_finding_starts_again_as_a_draft() -> None:
    assert {stage for stage in Stage if may_follow(Stage.WITHDRAWN, stage)} == {Stage.WITHDRAWN, Stage.DRAFT}


@pytest.mark.parametrize(
    ("now", "wanted", "needs"),
    [
        (Stage.DRAFT, Stage.CHALLENGE, False),
        (Stage.CHALLENGE, Stage.BODY_REVIEW, True),
        (Stage.BODY_REVIEW, Stage.DRAFT, True),
        (Stage.TEAM_DECISION, Stage.RELEASED, True),
        (Stage.RELEASED, Stage.WITHDRAWN, True),
        (Stage.RELEASED, Stage.RELEASED, False),
        (Stage.DRAFT, Stage.WITHDRAWN, False),
    ],
)
def test_what_comes_before_readers_or_leaves_them_needs_the_right_to_release(
    now: Stage, wanted: Stage, needs: bool
) -> None:
    assert needs_release_right(now, wanted) is needs


@pytest.mark.parametrize("now", list(Stage))
def test_withdrawing_by_hand_is_offered_only_while_no_reader_has_the_finding(now: Stage) -> None:
    assert Stage.WITHDRAWN not in stages_by_hand(now, is_with_readers=True)
    assert (Stage.WITHDRAWN in stages_by_hand(now, is_with_readers=False)) is (now is not Stage.WITHDRAWN)


@pytest.mark.parametrize("is_with_readers", [True, False])
@pytest.mark.parametrize("now", list(Stage))
def test_nobody_moves_a_finding_before_readers_by_hand(now: Stage, is_with_readers: bool) -> None:
    offered = stages_by_hand(now, is_with_readers=is_with_readers)
    assert now not in offered
    assert not {Stage.BODY_REVIEW, Stage.RELEASED} & set(offered)
    assert all(may_follow(now, stage) for stage in offered)


def test_only_support_cannot_be_counter_evidence() -> None:
    misfits = [(stance, role) for stance in Stance for role in LinkRole if not role_fits(stance, role)]
    assert misfits == [(Stance.SUPPORTS, LinkRole.COUNTER)]


@pytest.mark.parametrize("text", ["very low", "very-low", " Very Low "])
def test_a_confidence_level_is_read_as_people_write_it(text: str) -> None:
    assert read_confidence_level(text) is ConfidenceLevel.VERY_LOW


def test_another_confidence_level_is_refused() -> None:
    with pytest.raises(ValueError, match="certain"):
        read_confidence_level("certain")
