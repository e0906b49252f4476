"""Decisions about findings: vocabularies, independent units, the evidence rule, convergence, wording. Pure."""

from ia_workbench.findings.rules.convergence import FamilyCell, convergence_of, convergence_share
from ia_workbench.findings.rules.evaluation import (
    Breadth,
    Contrary,
    Counts,
    Evaluation,
    contrary_share,
    evaluate,
)
from ia_workbench.findings.rules.evidence_rule import DEFAULT_RULE, EvidenceRule, LineKey, read_rule, read_rule_file
from ia_workbench.findings.rules.facts import FindingFacts, LinkFacts, SourceFacts, lever_meant
from ia_workbench.findings.rules.life_cycle import (
    WITH_READERS,
    may_follow,
    needs_release_right,
    read_confidence_level,
    role_fits,
    stages_by_hand,
)
from ia_workbench.findings.rules.lines import Advice, Line
from ia_workbench.findings.rules.units import effective_kinds, grouped, units_of
from ia_workbench.findings.rules.vocabulary import Cell, ConfidenceLevel, ReleaseLevel, SourceFamily, Stage
from ia_workbench.findings.rules.wording import WarningKey, WordingWarning, wording_warnings
from ia_workbench.method import LinkRole, ShownAs, Stance, Strength

__all__ = [
    "DEFAULT_RULE",
    "WITH_READERS",
    "Advice",
    "Breadth",
    "Cell",
    "ConfidenceLevel",
    "Contrary",
    "Counts",
    "Evaluation",
    "EvidenceRule",
    "FamilyCell",
    "FindingFacts",
    "Line",
    "LineKey",
    "LinkFacts",
    "LinkRole",
    "ReleaseLevel",
    "ShownAs",
    "SourceFacts",
    "SourceFamily",
    "Stage",
    "Stance",
    "Strength",
    "WarningKey",
    "WordingWarning",
    "contrary_share",
    "convergence_of",
    "convergence_share",
    "effective_kinds",
    "evaluate",
    "grouped",
    "lever_meant",
    "may_follow",
    "needs_release_right",
    "read_confidence_level",
    "read_rule",
    "read_rule_file",
    "role_fits",
    "stages_by_hand",
    "units_of",
    "wording_warnings",
]
