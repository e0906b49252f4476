"""Evaluations and coverage as the JSON that scripts read (see `docs/`, "JSON that scripts read")."""

from dataclasses import asdict
from typing import Any

from ia_workbench.findings.coverage import Coverage, PlaceCoverage
from ia_workbench.findings.rules import Counts, Evaluation


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the document of `finding evaluate --json`; `effective_kinds` to two decimals, null without support."""
    return {
        "finding": evaluation.finding,
        "strength": evaluation.strength.value,
        "rule": {"name": evaluation.rule.name, "version": evaluation.rule.version},
        "lines": [
            {"key": line.key.value, "required": line.required, "observed": line.observed, "met": line.is_met}
            for line in evaluation.lines
        ],
        "counts": _counts_json(evaluation.counts),
        "fragile_units": [list(unit) for unit in evaluation.fragile_units],
        "convergence": [{"family": each.family.value, "cell": each.cell.value} for each in evaluation.convergence],
    }


def _counts_json(counts: Counts) -> dict[str, Any]:
    kinds = counts.effective_kinds
    return asdict(counts) | {"effective_kinds": round(kinds, 2) if kinds is not None else None}


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """Return the document of `map coverage --json`."""
    return {
        "nodes": [{"node": each.place} | _place_json(each) for each in coverage.nodes],
        "edges": [{"edge": each.place} | _place_json(each) for each in coverage.edges],
    }


def _place_json(place: PlaceCoverage) -> dict[str, Any]:
    return {
        "independent_units": place.independent_units,
        "standpoints": {each.name: each.units for each in place.standpoints},
        "kinds": {each.name: each.units for each in place.kinds},
        "findings": list(place.findings),
        "blind_spot": [each.value for each in place.blind_spot],
    }
