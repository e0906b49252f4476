"""The bridge: masks of quotes, the gate that clears a finding, and releases that cross to the published store.

The only room that sees both stores. A finding becomes a package here: built from the evidence store, cleared by the
gate, decided and written there in one transaction (outbox), then copied. Nothing crosses back.
"""

from ia_workbench.release.answers import answer_concern
from ia_workbench.release.clearance import BODY_REVIEW, CORRECTED, NotCleared, Obstacle
from ia_workbench.release.drafts import Draft, draft_of, next_audience
from ia_workbench.release.exported import ExportedBrief, WrittenOut, exported_briefs, written_out
from ia_workbench.release.few_speakers import few_sharing
from ia_workbench.release.forgetting import (
    evidence_keys_from,
    evidence_keys_of,
    excerpts_of,
    forget,
    forget_excerpts,
    readers_lose,
    releases_resting_on,
    wait_again,
)
from ia_workbench.release.gate import Examined, examine, obstacles, unanswered_concerns
from ia_workbench.release.masking import confirm_mask, mask_quote, restore_mask
from ia_workbench.release.models import Mask, Release
from ia_workbench.release.names import refuse_listed_names, refuse_names_of
from ia_workbench.release.operations import copy_releases, decide_release, decide_withdrawal, move_by_hand
from ia_workbench.release.packaging import build_package
from ia_workbench.release.queries import (
    Outlived,
    counts,
    is_current,
    mask_of,
    masks_for,
    masks_to_confirm,
    may_be_confirmed,
    outlived_releases,
    releases,
    releases_to_copy,
    standing_releases,
)
from ia_workbench.release.rules import (
    MaskedSpan,
    Replacement,
    Segment,
    masked_spans,
    masked_words,
    places_of,
    segments_of,
    spans_from,
)
from ia_workbench.release.showing import Shown, needs_mask, seen_of, shown_of, spans_of
from ia_workbench.release.speakers import speaker_words

__all__ = [
    "evidence_keys_from",
    "evidence_keys_of",
    "excerpts_of",
    "forget_excerpts",
    "forget",
    "readers_lose",
    "wait_again",
    "releases_resting_on",
    "BODY_REVIEW",
    "CORRECTED",
    "Draft",
    "Examined",
    "ExportedBrief",
    "Mask",
    "MaskedSpan",
    "NotCleared",
    "Obstacle",
    "Outlived",
    "Release",
    "Replacement",
    "Segment",
    "Shown",
    "WrittenOut",
    "answer_concern",
    "build_package",
    "confirm_mask",
    "copy_releases",
    "counts",
    "decide_release",
    "decide_withdrawal",
    "draft_of",
    "examine",
    "exported_briefs",
    "few_sharing",
    "is_current",
    "mask_of",
    "mask_quote",
    "masked_spans",
    "masked_words",
    "masks_for",
    "masks_to_confirm",
    "may_be_confirmed",
    "move_by_hand",
    "needs_mask",
    "next_audience",
    "obstacles",
    "outlived_releases",
    "places_of",
    "refuse_listed_names",
    "refuse_names_of",
    "releases",
    "releases_to_copy",
    "restore_mask",
    "seen_of",
    "segments_of",
    "shown_of",
    "spans_from",
    "spans_of",
    "speaker_words",
    "standing_releases",
    "unanswered_concerns",
    "written_out",
]
