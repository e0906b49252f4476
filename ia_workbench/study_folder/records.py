"""What the YAML files of a study say, as values."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from ia_workbench.corpus import AttributeDefinition, StewardshipRecord, TaughtRule
from ia_workbench.findings import DEFAULT_RULE, EvidenceRule, FindingRecord, LinkRole, ShownAs, Stage, Stance
from ia_workbench.privacy import IdentifierClass, Role
from ia_workbench.release import Replacement

Words = Mapping[str, str]  # plain words by language: {"en": …, "es": …}


@dataclass(frozen=True)
class Person:
    """Someone of a study: username and role, and the days of their confidentiality agreement where the file tells them.

    An export leaves the days out: as passwords, agreements are of a home. `line` is where `study.yaml` names them.
    """

    username: str
    role: Role
    line: int | None = field(default=None, compare=False)
    agreement_signed: datetime.date | None = None
    agreement_until: datetime.date | None = None


@dataclass(frozen=True)
class StudyRecord:
    """What `study.yaml` says.

    `levers` is a path, or the keys chosen from the shipped eight, or empty (all eight); `codebook` and `process_map`
    are paths (None: the file of that name in the folder, if there is one). `standpoints` are those of this study beyond
    the usual; `names` are known names that no package may hold, `name_classes` what those are of which it is said;
    `thorough` asks for circumstances that many share when a source is masked. `keys` is the highest number ever given
    out by prefix of keys, so that none is given out again. `conventions` are the ways of writing turns that the study
    was taught.
    `attributes` are in the order of the study, `stewardship` the terms of nations and communities whose data it uses.
    `lines` says where in the file each field stands.
    """

    key: str
    title: str
    question: str
    site: str
    offices: tuple[str, ...] = ()
    standpoints: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    name_classes: Mapping[str, IdentifierClass] = field(default_factory=dict)
    thorough: bool = False
    users: tuple[Person, ...] = ()
    rule: EvidenceRule = DEFAULT_RULE
    levers: str | tuple[str, ...] = ()
    codebook: str | None = None
    process_map: str | None = None
    keys: Mapping[str, int] = field(default_factory=dict)
    conventions: tuple[TaughtRule, ...] = ()
    attributes: tuple[AttributeDefinition, ...] = ()
    stewardship: tuple[StewardshipRecord, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class MaskRecord:
    """How a quote is masked, and the two people who vouch for it (`confirmed_by` None: not yet).

    A loaded `confirmed_by` is kept and counts for nothing until somebody confirms in this home.
    """

    by: str
    confirmed_by: str | None
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True)
class EvidenceRecord:
    """One evidence link, and its line. `start` and `end` are None where a hand-made file gives the quote alone.

    `text` says in which of its source's texts the quote stands, counted from 1; None: in the newest.
    """

    source: str
    quote: str
    stance: Stance
    role: LinkRole
    start: int | None = None
    end: int | None = None
    text: int | None = None
    key: str | None = None
    lever: str | None = None
    note: str = ""
    by: str | None = None
    resolution: str | None = None
    show: ShownAs | None = None
    paraphrase: Words = field(default_factory=dict)
    translation: Words = field(default_factory=dict)
    speaker: Words = field(default_factory=dict)
    mask: MaskRecord | None = None
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SearchRecord:
    """One negative-case search."""

    query: str
    note: str
    by: str | None
    on: datetime.date | None


@dataclass(frozen=True)
class FindingEntry:
    """One finding of `findings.yaml`, and its line there; `key` None asks for the next one."""

    record: FindingRecord
    key: str | None = None
    stage: Stage = Stage.DRAFT
    searches: tuple[SearchRecord, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
    line: int | None = field(default=None, compare=False)
