"""Loading the findings of a study, with their evidence and masks."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from ia_workbench import coding, findings, privacy, release
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.kernel import Refused, about
from ia_workbench.privacy import Actor
from ia_workbench.study_folder.quoting import Texts, quoted_span
from ia_workbench.study_folder.reading import FINDINGS, StudyFiles
from ia_workbench.study_folder.records import EvidenceRecord, FindingEntry


def load_findings(
    session: Session,
    actor: Actor,
    study_id: int,
    files: StudyFiles,
    texts: Texts,
    report: Callable[[str, int, int], None],
) -> int:
    """Load every finding of the files; return how many evidence links they have."""
    team = {account.username for account in privacy.members_of(session, Store.EVIDENCE, study_id)}
    links = 0
    for number, entry in enumerate(files.findings):
        report("findings", number, len(files.findings))
        with about(FINDINGS, entry.line):
            _refuse_strangers(team, entry)
            finding = findings.draft_finding(
                session, actor, study_id=study_id, record=entry.record, stage=entry.stage, key=entry.key
            )
            for search in entry.searches:
                findings.record_search(
                    session, actor, finding=finding, query=search.query, note=search.note, by=search.by, on=search.on
                )
        for record in entry.evidence:
            with about(FINDINGS, record.line):
                _refuse_stranger(team, record.by)
                _link(session, actor, finding, record, texts)
                links += 1
    return links


def _refuse_strangers(team: set[str], entry: FindingEntry) -> None:
    confidence = entry.record.confidence
    for name in [*(search.by for search in entry.searches), confidence.by if confidence else None]:
        _refuse_stranger(team, name)


def _refuse_stranger(team: set[str], name: str | None) -> None:
    if name and name not in team:
        raise Refused("there is no user {name} on the team in study.yaml.", name=name)


def _link(session: Session, actor: Actor, finding: Finding, record: EvidenceRecord, texts: Texts) -> EvidenceLink:
    revision, span = quoted_span(texts, record.source, record.quote, record.start, record.end, record.text)
    excerpt = coding.excerpt_of(session, actor, revision=revision, span=span, allow_earlier=True)
    link = findings.link_evidence(
        session,
        actor,
        finding=finding,
        excerpt=excerpt,
        stance=record.stance,
        role=record.role,
        lever=record.lever,
        note=record.note,
        resolution=record.resolution,
        shown_as=record.show,
        paraphrase=record.paraphrase,
        translation=record.translation,
        speaker=record.speaker,
        by=record.by,
        key=record.key,
    )
    if record.mask is not None:
        mask = record.mask
        release.restore_mask(
            session, actor, link=link, replacements=mask.replacements, by=mask.by, confirmed_by=mask.confirmed_by
        )
    return link
