"""From a finding to what readers may know of it. Raw words never pass: a quote is its masked words or a placeholder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from ia_workbench import __version__, codebook, findings, privacy, process_map, publication
from ia_workbench.database import moment_of
from ia_workbench.findings import Evaluation, Finding, FindingFacts, ShownAs, Stage, convergence_share
from ia_workbench.privacy import Study
from ia_workbench.publication import NOT_CLEARED, Audience, PackageContent, Words
from ia_workbench.release.clearance import LinkState, link_obstacles, link_states
from ia_workbench.release.models import Release
from ia_workbench.release.queries import releases
from ia_workbench.release.showing import needs_mask, shown_of, spans_of
from ia_workbench.release.speakers import speaker_words

STAGES = {Audience.BODY: Stage.BODY_REVIEW, Audience.PUBLIC: Stage.RELEASED}
WITHHELD = Words(en=NOT_CLEARED)


def build_package(session: Session, finding: Finding, audience: Audience) -> PackageContent:
    """Build what readers would know of a finding as it stands, cleared or not: for drafts, never for a release.

    A quote or paraphrase that is not cleared for the audience is replaced by "[quote not cleared]"; evidence from
    withdrawn sources is left out. The stage is the finding's present one.
    """
    content = content_from(session, finding, audience, link_states(session, finding))
    content = numbered(content, releases(session, finding.study_id, finding))
    return replace(content, stage=finding.stage.value)


def content_from(session: Session, finding: Finding, audience: Audience, states: Sequence[LinkState]) -> PackageContent:
    """Build a package from link states that were read already, its finding version still 0."""
    study = study_of(session, finding)
    facts = findings.facts_of(session, finding)
    evaluation = findings.evaluate(facts, findings.rule_of(session, finding.study_id))
    evidence = _evidence(facts, audience, states, moment_of(session).date())
    return PackageContent(
        audience=audience,
        study=publication.StudyFacts(study.key, study.title, study.question, study.site),
        finding_key=finding.key,
        title=finding.title,
        language="en",
        statement=finding.statement,
        plain=Words.by_language(finding.plain),
        matters=Words.by_language(finding.matters),
        content_note=Words.by_language(finding.content_note),
        step_note=Words.by_language(finding.step_note),
        strength=evaluation.strength,
        stage=STAGES[audience].value,
        release_level=finding.release_level.value,
        strip=_strip(session, finding),
        levers=_levers(session, finding, evidence),
        evidence=evidence,
        counts=_counts(evaluation),
        rule=_rule(finding, evaluation),
        families=_families(evaluation),
        convergence=convergence_share(cell.cell for cell in evaluation.convergence),
        strengths=finding.strengths,
        recommendations=tuple(publication.Recommendation(**each) for each in finding.recommendations),
        confidence=_confidence(finding),
        agency_response=None,
        provenance=publication.Provenance(software=__version__, finding_version=0),
    )


def numbered(content: PackageContent, earlier: Sequence[Release]) -> PackageContent:
    """Give a package its finding version: its audience's newest if that says the same, else the next.

    `earlier` are the finding's releases, oldest first. Versions count them, so that releasing the same content again
    gives the same package; one that was taken back never comes again, its words come in a package of their own.
    """
    newest = next((each for each in reversed(earlier) if each.audience is content.audience), None)
    if newest is not None and newest.withdrawn_at is None:
        before = PackageContent.from_json(newest.content)
        known = _with_version(content, before.provenance.finding_version)
        if known == before:
            return known
    versions = [int(each.content["provenance"]["finding_version"]) for each in earlier]  # of emptied ones too
    return _with_version(content, 1 + max(versions, default=0))


def _with_version(content: PackageContent, version: int) -> PackageContent:
    return replace(content, provenance=replace(content.provenance, finding_version=version))


def study_of(session: Session, finding: Finding) -> Study:
    """Return the study of a finding."""
    return privacy.study_numbered(session, finding.study_id)


def _evidence(
    facts: FindingFacts, audience: Audience, states: Sequence[LinkState], today: date
) -> tuple[publication.Evidence, ...]:
    families = {link.key: link.source.family.value for link in facts.links}
    usable = [state for state in states if not state.source.is_withdrawn]
    numbers = {key: n for n, key in enumerate(dict.fromkeys(state.source.key for state in usable), start=1)}
    return tuple(
        _shown(
            state,
            families[state.link.key],
            source=f"S{numbers[state.source.key]}",
            is_cleared=not link_obstacles(state, audience, today),
        )
        for state in usable
    )


def _shown(state: LinkState, family: str, *, source: str, is_cleared: bool) -> publication.Evidence:
    link, kind, standpoint = state.link, state.source.kind, state.source.standpoint
    shown = shown_of(link, spans_of(link, state.mask))
    is_quote, is_paraphrase = link.shown_as is ShownAs.QUOTE, link.shown_as is ShownAs.PARAPHRASE
    is_open = is_cleared and (state.mask is not None or not needs_mask(link))  # without a mask nothing may pass
    return publication.Evidence(
        key=link.key,
        source=source,
        stance=link.stance,
        role=link.role,
        shown=link.shown_as,
        kind=publication.SourceKind(kind.value),
        family=publication.Family(family),
        speaker=Words.by_language(shown.speaker if is_open else speaker_words(kind, standpoint, {})),
        language=shown.language,
        words="" if not is_quote else shown.words if is_open else NOT_CLEARED,
        translation=Words.by_language(shown.translation or {}) if is_open else Words(),
        paraphrase=Words() if not is_paraphrase else Words.by_language(shown.paraphrase or {}) if is_open else WITHHELD,
        lever=findings.lever_meant(link.lever, link.role, [each.lever for each in link.finding.levers]),
        resolution=link.resolution,
    )


def _strip(session: Session, finding: Finding) -> tuple[publication.StripStep, ...]:
    drawn = process_map.map_file(session, finding.study_id)
    steps = process_map.strip_of(
        drawn.lanes, drawn.nodes, drawn.edges, node_keys=finding.nodes, edge_keys=finding.edges
    )
    return tuple(
        publication.StripStep(
            key=step.key,
            number=step.number,
            title=step.title,
            plain=Words.by_language({each.language: each.words for each in step.plain}),
            lane=step.lane_name,
            is_here=step.is_marked,
            passage=_passage(step.passage),
        )
        for step in steps
    )


def _passage(passage: process_map.StripPassage | None) -> publication.Passage:
    if passage is None or not (passage.is_direct or passage.is_marked):
        return publication.Passage.NONE
    return publication.Passage.HERE if passage.is_marked else publication.Passage.PLAIN


def _levers(
    session: Session, finding: Finding, evidence: Sequence[publication.Evidence]
) -> tuple[publication.LeverShown, ...]:
    names = {lever.key: lever.name for lever in codebook.levers(session, finding.study_id)}
    return tuple(
        publication.LeverShown(
            key=each.lever,
            name=names.get(each.lever, each.lever),
            explanation=each.explanation,
            evidence=tuple(item.key for item in evidence if item.lever == each.lever),
        )
        for each in finding.levers
    )


def _counts(evaluation: Evaluation) -> publication.Counts:
    counts, breadth = evaluation.counts, evaluation.breadth
    return publication.Counts(
        excerpts=counts.excerpts,
        sources=counts.sources,
        independent_units=counts.independent_units,
        kinds=counts.kinds,
        standpoints=counts.standpoints,
        offices=len(breadth.offices),
        contrary_units=evaluation.contrary.units,
        effective_kinds=counts.effective_kinds,
        first_month=f"{breadth.first_on:%Y-%m}" if breadth.first_on else None,
        last_month=f"{breadth.last_on:%Y-%m}" if breadth.last_on else None,
    )


def _rule(finding: Finding, evaluation: Evaluation) -> publication.Rule:
    return publication.Rule(
        name=evaluation.rule.name,
        version=evaluation.rule.version,
        lines=tuple(
            publication.RuleLine(line.key.value, int(line.required), int(line.observed), line.is_met)
            for line in evaluation.lines
        ),
        fragile_units=len(evaluation.fragile_units),
        office_waiver=finding.office_waiver,
        override=None,
    )


def _families(evaluation: Evaluation) -> tuple[publication.FamilyCell, ...]:
    return tuple(
        publication.FamilyCell(publication.Family(each.family.value), publication.Cell(each.cell.value))
        for each in evaluation.convergence
    )


def _confidence(finding: Finding) -> publication.Confidence | None:
    stored = finding.confidence
    if not stored:
        return None
    return publication.Confidence(level=str(stored["level"]).replace("-", " "), note=str(stored.get("note", "")))
