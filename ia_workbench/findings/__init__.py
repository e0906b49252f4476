"""Findings, evidence links and the rules that weigh them."""

from ia_workbench.findings.models import EvidenceLink, Finding, FindingLever, NegativeCaseSearch, Snapshot
from ia_workbench.findings.rules import LinkRole, ReleaseLevel, ShownAs, Stage, Stance, Strength

__all__ = [
    "EvidenceLink",
    "Finding",
    "FindingLever",
    "LinkRole",
    "NegativeCaseSearch",
    "ReleaseLevel",
    "ShownAs",
    "Snapshot",
    "Stage",
    "Stance",
    "Strength",
]
