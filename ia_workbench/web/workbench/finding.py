"""One finding: its statement, who speaks for and against it, the rule with its unmet lines, and where it sits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from ia_workbench import codebook, coding, findings, process_map, release, review, withdrawal
from ia_workbench.findings import Evaluation, Evidence, EvidenceLink, Finding, LinkRole, Snapshot, Stance
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Act
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.current import TEAM, finding_of_study, published_session, published_study_id, study
from ia_workbench.web.workbench.fidelity_blocks import cited_places
from ia_workbench.web.workbench.framing import frame_of
from ia_workbench.web.workbench.history import history_of
from ia_workbench.web.workbench.next_acts import line_acts, next_stages

finding = Blueprint("finding", __name__, url_prefix="/s/<study_key>/findings")

SUPPORTING_ROLES = (LinkRole.HAPPENS, LinkRole.PRODUCED_BY, LinkRole.IMPACT)


@dataclass(frozen=True)
class Section:
    """The evidence of one role, in its own section of the page."""

    role: LinkRole
    evidence: tuple[Evidence, ...]

    @property
    def sources(self) -> int:
        """How many sources speak here."""
        return len({each.link.excerpt.revision.source_id for each in self.evidence})


@dataclass(frozen=True)
class BodyFacts:
    """What the community body has said of a released finding, as counts for the team."""

    positions: int
    unanswered: int


@finding.get("/<finding_key>")
@open_to(*TEAM)
def one(finding_key: str) -> str:
    """Show a finding."""
    return finding_page(finding_of_study(finding_key))


def finding_page(found: Finding, *, sentence: str | None = None, at: str = "", typed: str = "") -> str:
    """Return the page of a finding; `sentence` is why a form on it was refused, `at` which, `typed` what it held."""
    evaluation = findings.evaluation_of(session(), found)
    evidence = findings.evidence_of(session(), found)
    searches = findings.searches_of(session(), found)
    snapshots = findings.snapshots_of(session(), found)
    released = release.releases(session(), study().id, found)
    is_with_readers = any(each.withdrawn_at is None for each in released)
    return render_template(
        "team/findings/one.html",
        finding=found,
        frame=frame_of(found.statement),
        warnings=_warnings(found, evaluation),
        evaluation=evaluation,
        acts=line_acts(found, evaluation),
        stages=next_stages(found, may_release=actor().may(Act.RELEASE), is_with_readers=is_with_readers),
        is_with_readers=is_with_readers,
        withdrawn_from=withdrawal.evidence_withdrawn(session(), study().id).get(found.key, ()),
        outlived=release.outlived_releases(session(), study().id, found) if is_with_readers else [],
        levers=_levers(found, evidence),
        leverless=_anchors(None, found, evidence) if found.levers else [],
        sections=[Section(role, tuple(_supporting(evidence, role))) for role in SUPPORTING_ROLES],
        contrary=_contrary(evidence),
        standing=coding.unsettled(session(), {each.link.excerpt_id for each in evidence}),
        places=cited_places(coding.places_of_excerpts(session(), {each.link.excerpt_id for each in evidence})),
        out_of_reach=findings.links_out_of_reach(session(), found) if actor().limited_ids else 0,
        masks=_masks_left(found, [each.link for each in evidence]),
        strip=_strip(found),
        searches=searches,
        since=_since(snapshots),
        history=history_of(found, snapshots, searches, released),
        released=released,
        body=_body(found) if released else None,
        sentence=sentence,
        refused_at=at,
        typed=typed,
    )


def _since(snapshots: Sequence[Snapshot]) -> datetime:
    """Return when the finding came to the stage it is at."""
    came = [each.at for each in snapshots if each.content["reason"] != "strength"]
    return came[-1] if came else snapshots[-1].at


def _supporting(evidence: Sequence[Evidence], role: LinkRole) -> list[Evidence]:
    return [each for each in evidence if each.link.stance is Stance.SUPPORTS and each.link.role is role]


def _contrary(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What does not fit: what contradicts, then what complicates."""
    return [
        each for stance in (Stance.CONTRADICTS, Stance.COMPLICATES) for each in evidence if each.link.stance is stance
    ]


def _warnings(found: Finding, evaluation: Evaluation) -> list[findings.WordingWarning]:
    return findings.wording_warnings(
        found.statement, has_lever=bool(found.levers), kinds=evaluation.counts.kinds if found.statement else None
    )


def _levers(found: Finding, evidence: Sequence[Evidence]) -> list[tuple[str, str, str, list[EvidenceLink]]]:
    """Return key, name, explanation and anchoring links of each lever of a finding."""
    names = {each.key: each.name for each in codebook.levers(session(), study().id)}
    return [
        (each.lever, names.get(each.lever, each.lever), each.explanation, _anchors(each.lever, found, evidence))
        for each in found.levers
    ]


def _anchors(lever: str | None, found: Finding, evidence: Sequence[Evidence]) -> list[EvidenceLink]:
    """Return the supporting links that stand for a lever, or (None) for one of several that they do not name."""
    levers = [each.lever for each in found.levers]
    producing = [each.link for each in _supporting(evidence, LinkRole.PRODUCED_BY)]
    return [link for link in producing if findings.lever_meant(link.lever, link.role, levers) == lever]


def _masks_left(found: Finding, links: Sequence[EvidenceLink]) -> int:
    """How many quotes and paraphrases that readers are to get still lack a mask that counts."""
    masks = release.masks_for(session(), found)
    return sum(not release.counts(masks.get(each.id), each) for each in links if release.needs_mask(each))


def _strip(found: Finding) -> tuple[process_map.StripStep, ...]:
    """Return the finding's steps with one neighbour on either side: as many as fit beside the text."""
    drawn = process_map.map_file(session(), study().id)
    steps = process_map.strip_of(drawn.lanes, drawn.nodes, drawn.edges, node_keys=found.nodes, edge_keys=found.edges)
    ends = {end for edge in found.edges for end in edge.split("..")}
    core = [index for index, step in enumerate(steps) if step.is_marked or step.key in ends]
    return steps[max(0, core[0] - 1) : core[-1] + 2] if core else steps


def _body(found: Finding) -> BodyFacts | None:
    try:
        with published_session() as community:
            here = published_study_id(community)
            said = review.positions_on(community, here, found.key)
            return BodyFacts(len(said), len(review.unanswered_concerns(community, here, found.key)))
    except NotFound:
        return None  # decided and not yet copied: the published store does not know the study
