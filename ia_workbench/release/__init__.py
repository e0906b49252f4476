"""The bridge: masks of quotes, the gate that clears a finding, and releases that cross to the published store.

The only room that sees both stores. A finding becomes a package here: built from the evidence store, cleared by the
gate, decided and written there in one transaction (outbox), then copied. Nothing crosses back.
"""

from ia_workbench.release.masking import confirm_mask, mask_quote, restore_mask
from ia_workbench.release.models import Mask, Release
from ia_workbench.release.queries import counts, mask_of, masks_for, masks_to_confirm, releases, releases_to_copy
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
from ia_workbench.release.speakers import speaker_words

__all__ = [
    "Mask",
    "MaskedSpan",
    "Release",
    "Replacement",
    "Segment",
    "confirm_mask",
    "counts",
    "mask_of",
    "mask_quote",
    "masked_spans",
    "masked_words",
    "masks_for",
    "masks_to_confirm",
    "places_of",
    "releases",
    "releases_to_copy",
    "restore_mask",
    "segments_of",
    "speaker_words",
    "spans_from",
]
