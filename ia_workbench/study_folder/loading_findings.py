"""Loading the findings of a study, with their evidence and masks."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.orm import Session

from ia_workbench import coding, findings, privacy, release
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.kernel import Refused, line_in_yaml
from ia_workbench.privacy import Actor
from ia_workbench.study_folder.places import about
from ia_workbench.study_folder.quoting import LoadedText, quoted_span
from ia_workbench.study_folder.reading import FINDINGS, StudyFiles
from ia_workbench.study_folder.records import EvidenceRecord, FindingEntry


def load_findings(
    session: Session,
    actor: Actor,
    study_id: int,
    files: StudyFiles,
    texts: Mapping[str, LoadedText],
    report: Callable[[str, int, int], None],
) -> int:
    """Load every finding of the files; return how many evidence links they have."""
    team = {account.username for account in privacy.members_of(session, Store.EVIDENCE, study_id)}
    links = 0
    for number, entry in enumerate(files.findings):
        report("findings", number, len(files.findings))
        with _at_line(files, number):
            _refuse_strangers(team, entry)
            finding = findings.draft_finding(
                session, actor, study_id=study_id, record=entry.record, stage=entry.stage, key=entry.key
            )
            for search in entry.searches:
                findings.record_search(
                    session, actor, finding=finding, query=search.query, note=search.note, by=search.by, on=search.on
                )
        for place, record in enumerate(entry.evidence):
            with _at_line(files, number, "evidence", place):
                _link(session, actor, finding, record, texts)
                links += 1
    return links


@contextmanager
def _at_line(files: StudyFiles, *path: str | int) -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        line = line_in_yaml(files.findings_text, "findings", *path) or line_in_yaml(files.findings_text, *path)
        with about(f"{FINDINGS} line {line}" if line else FINDINGS):
            raise refusal from None


def _refuse_strangers(team: set[str], entry: FindingEntry) -> None:
    confidence = entry.record.confidence
    named = [*(search.by for search in entry.searches), *(record.by for record in entry.evidence)]
    for name in [*named, confidence.by if confidence else None]:
        if name and name not in team:
            raise Refused("there is no user {name} on the team in study.yaml.", name=name)


def _link(
    session: Session, actor: Actor, finding: Finding, record: EvidenceRecord, texts: Mapping[str, LoadedText]
) -> EvidenceLink:
    revision, span = quoted_span(texts, record.source, record.quote, record.start, record.end)
    excerpt = coding.excerpt_of(session, actor, revision=revision, span=span)
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
