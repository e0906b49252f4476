"""Withdrawal: a participant or a source is stopped, excluded or destroyed, in every room and in both stores.

Each room with words of participants offers `forget`; this room calls them from the top down in one transaction, and
keeps the ledger, a file outside both stores that an older backup cannot overrule (decision 023).
"""

from ia_workbench.withdrawal.applying import apply_ledger, refuse_unapplied, tell_published_store, unapplied
from ia_workbench.withdrawal.certificates import Certificate, ParticipantCertificate, Reweighed
from ia_workbench.withdrawal.clearing import clear_traces, others_in
from ia_workbench.withdrawal.ledger import Ledger, LedgerEntry
from ia_workbench.withdrawal.operations import withdraw_participant, withdraw_source
from ia_workbench.withdrawal.previewing import (
    AnswersTouched,
    FindingTouched,
    LinkTouched,
    ReleaseTouched,
    WithdrawalPreview,
    may_withdraw,
    preview,
)
from ia_workbench.withdrawal.reach import ShareTouched
from ia_workbench.withdrawal.telling import (
    Withdrawn,
    backups_before,
    evidence_withdrawn,
    participant_withdrawn_as,
    shares_withdrawn,
    withdrawn,
)
from ia_workbench.withdrawal.ways import SourceWay, Speakers, check_speakers, shared_sources

__all__ = [
    "AnswersTouched",
    "FindingTouched",
    "LinkTouched",
    "ReleaseTouched",
    "ShareTouched",
    "SourceWay",
    "Speakers",
    "check_speakers",
    "shared_sources",
    "shares_withdrawn",
    "WithdrawalPreview",
    "Withdrawn",
    "backups_before",
    "evidence_withdrawn",
    "may_withdraw",
    "participant_withdrawn_as",
    "preview",
    "withdrawn",
    "Certificate",
    "Ledger",
    "LedgerEntry",
    "ParticipantCertificate",
    "Reweighed",
    "apply_ledger",
    "clear_traces",
    "others_in",
    "refuse_unapplied",
    "tell_published_store",
    "unapplied",
    "withdraw_participant",
    "withdraw_source",
]
