"""What a package says: frozen values, cleared for readers, with nothing that identifies a person or a source.

No source key, file name, participant, case or office stands in it; `Evidence.key` leads the team, and only the team,
back to exact words. Text that readers see by language is `Words`; the rest is in the study's working language, English.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Any, Self

from ia_workbench.method import LinkRole, ShownAs, Stance, Strength
from ia_workbench.publication.reading import canonical_json, plain_json, read_value
from ia_workbench.publication.rules import Audience, Cell, Family, Passage, SourceKind
from ia_workbench.publication.words import Words


@dataclass(frozen=True)
class StudyFacts:
    """The study as readers know it. `question` is its inquiry."""

    key: str
    title: str
    question: str
    site: str


@dataclass(frozen=True)
class StripStep:
    """One step of the map strip, in order along the case.

    `is_here` marks a step the finding sits at; `passage` says what leads to the next step of the strip (`here`: the
    finding sits on that passage; `none`: no direct passage, or the last step).
    """

    key: str
    number: int
    title: str
    plain: Words
    lane: str
    is_here: bool
    passage: Passage


@dataclass(frozen=True)
class LeverShown:
    """A lever that produces the finding, by which text or practice; `evidence` are the keys of what anchors it."""

    key: str
    name: str
    explanation: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence as readers may know it.

    `words` are the masked words in their own language (`language`), empty unless `shown` is quote; `translation` holds
    them in other languages; `paraphrase` is set when `shown` is paraphrase. `speaker` is how readers see who spoke
    ("A parent"): never a worker's role together with an office. `resolution` says how a contrary one was weighed
    (None: not yet). `source` (`S2`) is the key of the source within this package alone: readers see which words come
    from one source, and nobody can follow it into another package.
    """

    key: str
    source: str
    stance: Stance
    role: LinkRole
    shown: ShownAs
    kind: SourceKind
    family: Family
    speaker: Words
    language: str
    words: str
    translation: Words
    paraphrase: Words
    lever: str | None
    resolution: str | None

    @property
    def cited(self) -> str:
        """How a brief cites it: the evidence key, then the package's own key of the source."""
        return f"{self.key}, {self.source}"


@dataclass(frozen=True)
class Counts:
    """How much evidence supports the finding; only `independent_units` feeds the evidence rule.

    `first_month` and `last_month` are written `2025-10` (None: unknown); `effective_kinds` is D2, None without units.
    """

    excerpts: int
    sources: int
    independent_units: int
    kinds: int
    standpoints: int
    offices: int
    contrary_units: int
    effective_kinds: float | None
    first_month: str | None
    last_month: str | None


@dataclass(frozen=True)
class RuleLine:
    """One line of the evidence rule. Lines that are answered by yes or no use 1 and 0 for `required` and `observed`."""

    key: str
    required: int
    observed: int
    met: bool


@dataclass(frozen=True)
class Rule:
    """The evidence rule as it stood at the release; `fragile_units` counts the units without which it would fail."""

    name: str
    version: int
    lines: tuple[RuleLine, ...]
    fragile_units: int
    office_waiver: str | None
    override: str | None


@dataclass(frozen=True)
class FamilyCell:
    """One cell of the convergence row."""

    family: Family
    cell: Cell


@dataclass(frozen=True)
class Confidence:
    """The judgement that a person made, informed by CERQual."""

    level: str
    note: str


@dataclass(frozen=True)
class Recommendation:
    """A proposed action aimed at a lever; `sign` is what families would notice."""

    action: str
    lever: str
    owner: str
    horizon: str
    sign: str


@dataclass(frozen=True)
class AgencyResponse:
    """What the agency said, in its own words; `received_on` is an ISO date."""

    text: str
    received_on: str


@dataclass(frozen=True)
class Provenance:
    """Where the package came from: the software's version and the finding's version when it was built."""

    software: str
    finding_version: int


@dataclass(frozen=True)
class PackageContent:
    """All that the review page and the fourteen sections of a brief need. The moment of release stands outside it.

    `language` is that of the statement, lever explanations, recommendations and notes; `stage` and `release_level` are
    words of docs/commands.md. `convergence` is the share of examined families that agree, None below two.
    """

    audience: Audience
    study: StudyFacts
    finding_key: str
    title: str
    language: str
    statement: str
    plain: Words
    matters: Words
    content_note: Words
    step_note: Words
    strength: Strength
    stage: str
    release_level: str
    strip: tuple[StripStep, ...]
    levers: tuple[LeverShown, ...]
    evidence: tuple[Evidence, ...]
    counts: Counts
    rule: Rule
    families: tuple[FamilyCell, ...]
    convergence: float | None
    strengths: str
    recommendations: tuple[Recommendation, ...]
    confidence: Confidence | None
    agency_response: AgencyResponse | None
    provenance: Provenance

    @property
    def supporting(self) -> tuple[Evidence, ...]:
        """The evidence that supports, in the order of the package."""
        return tuple(each for each in self.evidence if each.stance is Stance.SUPPORTS)

    @property
    def contrary(self) -> tuple[Evidence, ...]:
        """The evidence that contradicts or complicates: what did not fit."""
        return tuple(each for each in self.evidence if each.stance is not Stance.SUPPORTS)

    @property
    def quotes(self) -> tuple[Evidence, ...]:
        """The evidence shown as masked words, supporting or not."""
        return tuple(each for each in self.evidence if each.shown is ShownAs.QUOTE)

    @property
    def family_quote(self) -> Evidence | None:
        """The words of a family member that go first: on consequences if there are any, else on what happens."""
        theirs = [
            each for each in self.supporting if each.family is Family.FAMILY_VOICE and each.shown is ShownAs.QUOTE
        ]
        return next((each for each in theirs if each.role is LinkRole.IMPACT), theirs[0] if theirs else None)

    def families_that_are(self, cell: Cell) -> tuple[Family, ...]:
        """Return the source families with this cell (silent, not examined ...), in order."""
        return tuple(each.family for each in self.families if each.cell is cell)

    def reads_like(self, other: Self) -> bool:
        """Say whether readers of the other package read the same here; audience, stage and versions are no words."""
        return self.words_sha256 == other.words_sha256

    def to_json(self) -> dict[str, Any]:
        """Return the content as plain JSON values, with every field."""
        value: dict[str, Any] = plain_json(self)
        return value

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what `to_json` wrote. Refuses a missing field, an unknown field and a value of another type."""
        return read_value(cls, value, place="package")

    @property
    def canonical_bytes(self) -> bytes:
        """The one way to write this content as bytes: JSON with sorted names and no spaces, UTF-8."""
        return canonical_json(self.to_json())

    @property
    def sha256(self) -> str:
        """The digest of `canonical_bytes`, as 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical_bytes).hexdigest()

    @property
    def words_sha256(self) -> str:
        """The digest of what readers read, alike for all packages that read alike: becoming public changes no word."""
        return replace(self, audience=Audience.BODY, stage="", provenance=Provenance("", 0)).sha256
