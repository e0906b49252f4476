"""What a withdrawal did, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ia_workbench.corpus import WithdrawalOutcome
from ia_workbench.findings import Strength
from ia_workbench.kernel import Span


@dataclass(frozen=True)
class Reweighed:
    """A finding that lost evidence: its strength before and after."""

    key: str
    before: Strength
    after: Strength


@dataclass(frozen=True)
class Certificate:
    """What was done to one source: of what kinds how much was taken out, when and by whom, and no content.

    `findings` were weighed again; readers lost those of `taken_from_readers`. With a `participant` (key) only their
    turns were taken out of it; `places` say where these stood, by the SHA-256 of each text, for the ledger, and
    `language` in which language the text tells it.
    """

    key: str
    outcome: WithdrawalOutcome
    at: datetime
    by: str
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Reweighed, ...] = ()
    taken_from_readers: tuple[str, ...] = ()
    participant: str | None = None
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    language: str | None = None


@dataclass(frozen=True)
class ParticipantCertificate:
    """What was done to a participant, and to each source in which they speak."""

    key: str
    outcome: WithdrawalOutcome
    at: datetime
    by: str
    sources: tuple[Certificate, ...] = ()
