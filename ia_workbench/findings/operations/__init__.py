"""Writes of findings: drafting and editing them, linking evidence, recording searches."""

from ia_workbench.findings.operations.drafting import draft_finding, edit_finding, move_stage
from ia_workbench.findings.operations.linking import describe_link, link_evidence, resolve_link, unlink_evidence
from ia_workbench.findings.operations.relinking import link_state, set_link_state
from ia_workbench.findings.operations.searching import record_search

__all__ = [
    "describe_link",
    "draft_finding",
    "edit_finding",
    "link_evidence",
    "link_state",
    "move_stage",
    "record_search",
    "resolve_link",
    "set_link_state",
    "unlink_evidence",
]
