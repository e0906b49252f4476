"""What a withdrawal would touch, before it happens: a pure read of both stores."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ia_workbench import coding, findings, masking, release, review
from ia_workbench.codebook import Code
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Participant, PendingImport, Revision, Source, SourceFile, WithdrawalOutcome
from ia_workbench.findings import EvidenceLink, Finding, LinkRole, ShownAs, Stage, Stance, Strength
from ia_workbench.privacy import Account, Act, Actor, PublishedStudy, Study
from ia_workbench.publication import Audience
from ia_workbench.release import ExportedBrief, Mask, Release, WrittenOut
from ia_workbench.withdrawal.ways import SourceWay, ways_of

Numbers = frozenset[int]


@dataclass(frozen=True)
class LinkTouched:
    """An evidence link that counts no more, or goes: its finding, what it says there, and whether readers see words."""

    key: str
    finding_key: str
    source_key: str
    stance: Stance
    role: LinkRole
    shown_as: ShownAs
    by: str


@dataclass(frozen=True)
class FindingTouched:
    """A finding that rests on what is withdrawn, weighed as it stands and as it would be without. `links` are keys."""

    key: str
    title: str
    stage: Stage
    now: Strength
    after: Strength
    links: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether its strength would be another."""
        return self.now is not self.after


@dataclass(frozen=True)
class ReleaseTouched:
    """A release that readers have now and would lose: of which finding, to whom, by whom, when, with which evidence."""

    finding_key: str
    audience: Audience
    sha256: str
    by: str
    at: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class AnswersTouched:
    """What members of the body said of a finding whose package holds what is withdrawn. It stays: it is theirs."""

    finding_key: str
    positions: int


@dataclass(frozen=True)
class WithdrawalPreview:
    """What the withdrawal of one source or participant (`key`) touches, for one outcome.

    `sources` say how far each source goes. `codes` are paths, `coders` usernames. `texts` counts the revisions,
    `files_waiting` the files with the same bytes that wait to be taken in; `earlier_packages` those that readers no
    longer have and that would be emptied too. `knows_readers` is False where the published store could not be asked:
    then what the community took away and said is not among `briefs` and `answers`.
    """

    key: str
    outcome: WithdrawalOutcome
    sources: tuple[SourceWay, ...]
    texts: int
    excerpts: int
    codings: int
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    memos: int
    marks: int
    masks: int
    files_waiting: int
    links: tuple[LinkTouched, ...]
    findings: tuple[FindingTouched, ...]
    releases: tuple[ReleaseTouched, ...]
    earlier_packages: int
    briefs: tuple[ExportedBrief, ...]
    written_out: tuple[WrittenOut, ...]
    answers: tuple[AnswersTouched, ...]
    knows_readers: bool


def preview(
    session: Session,
    published_session: Session | None,
    subject: Source | Participant,
    outcome: WithdrawalOutcome,
) -> WithdrawalPreview:
    """Return everything that withdrawing a source or participant would touch, and change nothing.

    `published_session` may be None where the published store cannot be reached.
    """
    study = session.get_one(Study, subject.study_id)
    ways = ways_of(session, subject, outcome)
    numbers = frozenset(each.number for each in ways)
    excerpts = _excerpts(session, numbers)
    links = _links(session, excerpts)
    ever = evidence_of(session, numbers)
    every = [each for each in release.releases(session, study.id) if _evidence(each) & ever]
    had = [each for each in release.standing_releases(session, study.id) if _evidence(each) & ever]
    briefs = [each for each in release.exported_briefs(session, published_session, study) if set(each.evidence) & ever]
    codings = _codings(session, excerpts)
    return WithdrawalPreview(
        key=subject.key,
        outcome=outcome,
        sources=tuple(ways),
        texts=_count(session, Revision.id, Revision.source_id.in_(numbers)),
        excerpts=len(excerpts),
        codings=len(codings),
        codes=tuple(sorted({path for path, _coder in codings})),
        coders=tuple(sorted({coder for _path, coder in codings})),
        memos=coding.memos_to_forget(session, numbers),
        marks=_marks(session, numbers),
        masks=_masks(session, excerpts),
        files_waiting=_files_waiting(session, study.id, numbers),
        links=tuple(links),
        findings=tuple(_findings(session, study.id, ways, links)),
        releases=tuple(_released(each, ever) for each in had),
        earlier_packages=len(every) - len(had),
        briefs=tuple(briefs),
        written_out=tuple(release.written_out(session, study, [each.key for each in ways])),
        answers=tuple(_answers(published_session, study.key, every)),
        knows_readers=published_session is not None,
    )


def _excerpts(session: Session, numbers: Numbers) -> Numbers:
    return frozenset(session.scalars(select(Excerpt.id).join(Excerpt.revision).where(Revision.source_id.in_(numbers))))


def evidence_of(session: Session, numbers: Numbers) -> frozenset[str]:
    """Return the keys of all evidence that these sources ever gave, unlinked evidence too."""
    sources = [session.get_one(Source, number) for number in sorted(numbers)]
    return frozenset[str]().union(*(release.evidence_keys_of(session, each) for each in sources))


def _links(session: Session, excerpts: Numbers) -> list[LinkTouched]:
    columns = (EvidenceLink.key, Finding.key, Source.key, EvidenceLink.stance, EvidenceLink.role)
    statement = (
        select(*columns, EvidenceLink.shown_as, EvidenceLink.by)
        .join(EvidenceLink.finding)
        .join(EvidenceLink.excerpt)
        .join(Excerpt.revision)
        .join(Revision.source)
        .where(EvidenceLink.excerpt_id.in_(excerpts))
        .order_by(EvidenceLink.id)
    )
    return [LinkTouched(*row) for row in session.execute(statement)]


def _codings(session: Session, excerpts: Numbers) -> list[tuple[str, str]]:
    statement = select(Code.path, Account.username).join(Coding.code).join(Coding.coder)
    return [(path, who) for path, who in session.execute(statement.where(Coding.excerpt_id.in_(excerpts)))]


def _count(session: Session, column: Any, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(column)).where(*conditions)) or 0


def _marks(session: Session, numbers: Numbers) -> int:
    revisions = select(Revision.id).where(Revision.source_id.in_(numbers))
    return _count(session, masking.Mark.id, masking.Mark.revision_id.in_(revisions))


def _masks(session: Session, excerpts: Numbers) -> int:
    links = select(EvidenceLink.id).where(EvidenceLink.excerpt_id.in_(excerpts))
    return _count(session, Mask.id, Mask.link_id.in_(links))


def _files_waiting(session: Session, study_id: int, numbers: Numbers) -> int:
    bytes_of = select(SourceFile.sha256).where(SourceFile.source_id.in_(numbers))
    return _count(session, PendingImport.id, PendingImport.study_id == study_id, PendingImport.sha256.in_(bytes_of))


def _findings(
    session: Session, study_id: int, ways: Sequence[SourceWay], links: Sequence[LinkTouched]
) -> list[FindingTouched]:
    theirs: dict[str, list[str]] = {}
    for link in links:
        theirs.setdefault(link.finding_key, []).append(link.key)
    gone = {way.key for way in ways}
    rule = findings.rule_of(session, study_id)
    rows = [each for each in findings.findings(session, study_id) if each.key in theirs]
    return [_finding(session, each, gone, theirs[each.key], rule) for each in rows]


def _finding(
    session: Session,
    finding: Finding,
    gone: Collection[str],
    links: Sequence[str],
    rule: findings.EvidenceRule,
) -> FindingTouched:
    facts = findings.facts_of(session, finding)
    return FindingTouched(
        key=finding.key,
        title=finding.title,
        stage=finding.stage,
        now=findings.evaluate(facts, rule).strength,
        after=findings.evaluate(facts.without(gone), rule).strength,
        links=tuple(links),
    )


def _evidence(made: Release) -> set[str]:
    """The keys of the evidence in a release; none where its content was emptied."""
    return {str(each["key"]) for each in made.content.get("evidence", ())}


def _released(made: Release, ever: Collection[str]) -> ReleaseTouched:
    evidence = tuple(str(each["key"]) for each in made.content["evidence"] if each["key"] in ever)
    return ReleaseTouched(str(made.content["finding_key"]), made.audience, made.sha256, made.by, made.at, evidence)


def _answers(published: Session | None, study_key: str, touched: Sequence[Release]) -> list[AnswersTouched]:
    if published is None:
        return []
    there = published.scalars(select(PublishedStudy).where(PublishedStudy.key == study_key)).one_or_none()
    if there is None:
        return []
    packages = {each.sha256 for each in touched}
    keys = sorted({str(each.content["finding_key"]) for each in touched})
    said = [each for each in review.positions_on(published, there.id, *keys) if each.package_sha256 in packages]
    counts = {key: sum(each.finding_key == key for each in said) for key in keys}
    return [AnswersTouched(key, count) for key, count in counts.items() if count]


def may_withdraw(actor: Actor, touched: WithdrawalPreview, outcome: WithdrawalOutcome) -> bool:
    """Say whether someone may withdraw what was looked at: who stops, changes evidence; the rest is a lead's, and so
    is taking from readers what they have.
    """
    if touched.releases and not actor.may(Act.RELEASE):
        return False
    return actor.may(Act.CHANGE_EVIDENCE if outcome is WithdrawalOutcome.STOP else Act.MANAGE_STUDY)
