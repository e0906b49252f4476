"""Withdrawing: acts of one entry, those of several, and the parts that a withdrawal's own entry tells of."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import WithdrawalOutcome
from ia_workbench.privacy import Actor
from tests.whole.source_files import ROOMS


class Desk(Protocol):
    """Someone about to perform an operation in a study."""

    session: Session
    actor: Actor

    @property
    def study_id(self) -> int:
        """The study's number."""


def withdraw_participant(desk: Desk) -> None:
    participant = corpus.participant_keyed(desk.session, desk.study_id, "P-01")
    corpus.withdraw_participant(desk.session, desk.actor, participant=participant, outcome=WithdrawalOutcome.STOP)


WITHDRAWAL_ACTS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "corpus.withdraw_participant": ("ana", withdraw_participant)
}
# See tests/withdrawal/test_operations.py: one entry for each part that somebody may ask about.
OF_SEVERAL_ENTRIES = {
    "publication.empty_package",
    "withdrawal.apply_ledger",
    "withdrawal.tell_published_store",
    "withdrawal.withdraw_participant",
    "withdrawal.withdraw_source",
}
FORGETTING = [room for room in ("release", "findings", "masking", "coding", "corpus") if room in ROOMS]
PART = "part of a withdrawal, whose entry counts what it took"
PARTS_OF_A_WITHDRAWAL = {
    **{f"{room}.forget": PART for room in FORGETTING},
    **{f"{room}.forget_participant": PART for room in FORGETTING if room in ("masking", "corpus")},
    **{f"{room}.forget_excerpts": PART for room in FORGETTING if room in ("release", "findings", "coding")},
    "masking.forget_share": PART,
    "masking.bring_along": "part of asking for identifiers and of a withdrawal",
    "coding.clear_listed": PART,
    "coding.follow_emptied": PART,
    "coding.forget_rules": PART,
    "corpus.take_out_turns": PART,
    "corpus.overwrite_turns": PART,
    "findings.weigh_again": PART,
    "release.wait_again": "lets withdrawals be told once more; each that is told is entered",
}
