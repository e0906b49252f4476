"""Findings weighed by the evidence rule; the facts are gathered in a fixed number of queries, however many they are.

A finding is weighed on all its evidence, whoever asks: someone limited to some sources must not see another strength
than the rest of the team. They get the numbers; a source that is not theirs has a stand-in for its key.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import CaseCluster, Participant, Revision, Source, SourceParticipant, offices_of
from ia_workbench.findings.models import EvidenceLink, Finding, NegativeCaseSearch
from ia_workbench.findings.queries import findings
from ia_workbench.findings.rules import (
    DEFAULT_RULE,
    Evaluation,
    EvidenceRule,
    FindingFacts,
    LinkFacts,
    SourceFacts,
    evaluate,
    read_rule,
)
from ia_workbench.privacy import Account, Study, beyond_limits

OUT_OF_REACH = "not-yours-{n}"  # stands for the key of a source that the actor may not read
LINK_COLUMNS = (
    EvidenceLink.key, EvidenceLink.finding_id, EvidenceLink.excerpt_id, EvidenceLink.stance, EvidenceLink.role,
    EvidenceLink.lever, EvidenceLink.resolution, EvidenceLink.by,
)  # fmt: skip


@dataclass(frozen=True)
class WeighedFinding:
    """A finding with its evaluation. `changed_at` is when its words or its evidence were last added to."""

    finding: Finding
    evaluation: Evaluation
    changed_at: datetime


def rule_of(session: Session, study_id: int) -> EvidenceRule:
    """Return the evidence rule of a study, the default when its settings name none."""
    return _rule_in(_settings(session, study_id))


def evaluation_of(
    session: Session, finding: Finding, rule: EvidenceRule | None = None, *, for_the_record: bool = False
) -> Evaluation:
    """Weigh one finding as it stands, under the study's rule or another; at most eight queries.

    `for_the_record` keeps every source's key, for what is stored and not for whoever asks.
    """
    study = session.get(Study, finding.study_id)  # kept in hand, so that asking for it again costs no query
    (facts,) = _facts(session, finding.study_id, [finding], for_the_record=for_the_record)
    return evaluate(facts, rule or _rule_in(study.settings if study else {}))


def evaluations(session: Session, study_id: int, rule: EvidenceRule | None = None) -> list[WeighedFinding]:
    """Weigh all findings of a study, by number; at most twelve queries however many there are."""
    rows = findings(session, study_id)
    settings = _settings(session, study_id)
    rule = rule or _rule_in(settings)
    newest = _newest_links(session, study_id)
    return [
        WeighedFinding(row, evaluate(facts, rule), max(row.changed_at, newest.get(row.id, row.changed_at)))
        for row, facts in zip(rows, _facts(session, study_id, rows), strict=True)
    ]


def facts_of(session: Session, finding: Finding) -> FindingFacts:
    """Return a finding as the rules see it."""
    return _facts(session, finding.study_id, [finding])[0]


def source_facts(session: Session, study_id: int) -> dict[int, SourceFacts]:
    """Return every source of a study as the rules see it, by internal number; two queries."""
    participants: defaultdict[int, set[str]] = defaultdict(set)
    speaking = select(Source.id, Participant.key).join(Source.participant_links).join(Participant)
    still = SourceParticipant.withdrawal.is_(None)
    for source_id, key in session.execute(speaking.where(Source.study_id == study_id, still)):
        participants[source_id].add(key)
    columns = (
        Source.id, Source.key, Source.kind, Source.standpoint, CaseCluster.key, Source.text_id, Source.event_id,
        Source.office, Source.collectors, Source.nodes, Source.date, Source.withdrawn_at,
    )  # fmt: skip
    rows = session.execute(select(*columns).outerjoin(Source.case).where(Source.study_id == study_id))
    return {
        number: SourceFacts(
            key=key,
            kind=kind.value,
            standpoint=standpoint,
            participants=frozenset(participants[number]),
            case=case,
            text_id=text_id,
            event_id=event_id,
            office=office,
            collectors=frozenset(collectors),
            nodes=frozenset(nodes),
            on=on,
            is_withdrawn=withdrawn_at is not None,
        )
        for (
            number, key, kind, standpoint, case, text_id, event_id, office, collectors, nodes, on, withdrawn_at,
        ) in rows
    }  # fmt: skip


def is_stand_in(key: str) -> bool:
    """Say whether this stands for the key of a source that the actor may not read (`OUT_OF_REACH`)."""
    return key.startswith(OUT_OF_REACH.partition("{")[0])


def links_out_of_reach(session: Session, finding: Finding) -> int:
    """Return how many evidence links of a finding lie in sources that are not the actor's to read."""
    number = select(func.count(EvidenceLink.id)).where(EvidenceLink.finding_id == finding.id)
    seen = session.scalar(number) or 0
    with beyond_limits(session, reason="count the evidence of a finding"):
        return (session.scalar(number) or 0) - seen


def _facts(
    session: Session, study_id: int, rows: Sequence[Finding], *, for_the_record: bool = False
) -> list[FindingFacts]:
    theirs = source_facts(session, study_id)
    with beyond_limits(session, reason="weigh findings on all their evidence") as sees_more:
        sources = source_facts(session, study_id) if sees_more else theirs
        if sees_more and not for_the_record:
            sources = _without_foreign_keys(sources, theirs)
        links = _links(session, rows, sources)
        offices = tuple(offices_of(session, study_id))
    searches = _searches(session, rows)
    return [
        FindingFacts(
            key=row.key,
            levers=tuple(each.lever for each in row.levers),
            nodes=tuple(row.nodes),
            edges=tuple(row.edges),
            links=tuple(links[row.id]),
            sources=tuple(sources.values()),
            searches=searches.get(row.id, 0),
            office_waiver=row.office_waiver,
            offices=offices,
        )
        for row in rows
    ]


def _without_foreign_keys(sources: dict[int, SourceFacts], theirs: Mapping[int, SourceFacts]) -> dict[int, SourceFacts]:
    """Give each source that is not the actor's a stand-in for its key, so that it counts and is not named."""
    names = {number: OUT_OF_REACH.format(n=n) for n, number in enumerate(sorted(sources.keys() - theirs.keys()), 1)}
    return {
        number: replace(facts, key=names[number]) if number in names else facts for number, facts in sources.items()
    }


def _links(
    session: Session, rows: Iterable[Finding], sources: dict[int, SourceFacts]
) -> defaultdict[int, list[LinkFacts]]:
    ids = [row.id for row in rows]
    coders = _coders(session, ids)
    statement = (
        select(*LINK_COLUMNS, Revision.source_id)
        .join(EvidenceLink.excerpt)
        .join(Excerpt.revision)
        .where(EvidenceLink.finding_id.in_(ids))
        .order_by(EvidenceLink.id)
    )
    links: defaultdict[int, list[LinkFacts]] = defaultdict(list)
    for link in session.execute(statement):
        links[link.finding_id].append(_link_facts(link, sources[link.source_id], coders[link.excerpt_id]))
    return links


def _link_facts(link: Any, source: SourceFacts, coders: set[str]) -> LinkFacts:
    return LinkFacts(
        key=link.key,
        source=source,
        excerpt=link.excerpt_id,
        stance=link.stance,
        role=link.role,
        lever=link.lever,
        is_resolved=bool((link.resolution or "").strip()),
        coders=frozenset(coders),
        by=link.by,
    )


def _coders(session: Session, finding_ids: Sequence[int]) -> defaultdict[int, set[str]]:
    linked = select(EvidenceLink.excerpt_id).where(EvidenceLink.finding_id.in_(finding_ids))
    statement = select(Coding.excerpt_id, Account.username).join(Coding.coder).where(Coding.excerpt_id.in_(linked))
    coders: defaultdict[int, set[str]] = defaultdict(set)
    for excerpt_id, username in session.execute(statement):
        coders[excerpt_id].add(username)
    return coders


def _searches(session: Session, rows: Iterable[Finding]) -> dict[int, int]:
    statement = select(NegativeCaseSearch.finding_id, func.count(NegativeCaseSearch.id))
    here = statement.where(NegativeCaseSearch.finding_id.in_([row.id for row in rows]))
    return dict(session.execute(here.group_by(NegativeCaseSearch.finding_id)).all())


def _newest_links(session: Session, study_id: int) -> dict[int, datetime]:
    statement = select(EvidenceLink.finding_id, func.max(EvidenceLink.at)).where(EvidenceLink.study_id == study_id)
    return dict(session.execute(statement.group_by(EvidenceLink.finding_id)).all())


def _rule_in(settings: Mapping[str, Any]) -> EvidenceRule:
    return read_rule(settings["rule"]) if settings.get("rule") else DEFAULT_RULE


def _settings(session: Session, study_id: int) -> Mapping[str, Any]:
    study = session.get(Study, study_id)
    return study.settings if study is not None else {}
