"""`finding`: list, show, evaluate."""

from pathlib import Path
from typing import Any

import click

from ia_workbench import findings
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, give, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.findings import Evaluation, Evidence, EvidenceRule, Finding, Line
from ia_workbench.kernel import about, read_text


@program.group()
def finding() -> None:
    """Findings: what was found, and how it stands by the evidence rule.

    They are drafted and written on the team's pages (`ia-workbench serve`), or come with `study load`.
    """


@finding.command("list")
@reads
@takes_home
def list_findings(home: Home, as_json: bool) -> None:
    """List the findings of the study with their stage and strength."""
    with home.desk() as desk:
        rows = [
            {
                "finding": each.finding.key,
                "title": each.finding.title,
                "stage": each.finding.stage.value,
                "strength": each.evaluation.strength.value,
                "independent_units": each.evaluation.counts.independent_units,
                "unmet": [line.key.value for line in each.evaluation.lines if not line.is_met],
            }
            for each in findings.evaluations(desk.session, desk.study_id)
        ]
    headings = ("finding", "stage", "strength", "units", "unmet", "title")
    cells = [
        (row["finding"], row["stage"], row["strength"], row["independent_units"], len(_unmet(row)), row["title"])
        for row in rows
    ]
    give(rows, table(headings, cells), as_json=as_json)


def _unmet(row: dict[str, Any]) -> list[str]:
    unmet: list[str] = row["unmet"]
    return unmet


@finding.command("show")
@click.argument("key")
@reads
@takes_home
def show(home: Home, key: str, as_json: bool) -> None:
    """Show the finding KEY: statement, levers, steps, evidence."""
    with home.desk() as desk:
        found = findings.finding_keyed(desk.session, desk.study_id, key)
        evidence = [evidence_row(each) for each in findings.evidence_of(desk.session, found)]
        out_of_reach = findings.links_out_of_reach(desk.session, found)
        searches = findings.searches_of(desk.session, found)
        document = _document(found) | {
            "negative_case_searches": [
                {"by": each.by, "on": each.on.isoformat(), "query": each.query, "note": each.note} for each in searches
            ],
            "evidence": evidence,
            "evidence_out_of_reach": out_of_reach,
        }
    lines = [f"{found.key}  {found.title}", "", found.statement, "", f"Stage: {found.stage.value}"]
    lines += [f"Levers: {', '.join(each.lever for each in found.levers) or 'none'}"]
    lines += [f"At: {', '.join([*found.nodes, *found.edges]) or 'no step'}", "", *evidence_table(evidence)]
    if out_of_reach:
        lines += [f"{counted(out_of_reach, 'evidence link')} more, in sources that are not yours to read."]
    give(document, lines, as_json=as_json)


def _document(found: Finding) -> dict[str, Any]:
    return {
        "finding": found.key,
        "title": found.title,
        "statement": found.statement,
        "plain": found.plain,
        "stage": found.stage.value,
        "release_level": found.release_level.value,
        "levers": [{"key": each.lever, "explanation": each.explanation} for each in found.levers],
        "nodes": found.nodes,
        "edges": found.edges,
        "strengths": found.strengths,
        "recommendations": found.recommendations,
        "confidence": found.confidence,
    }


def evidence_row(evidence: Evidence) -> dict[str, Any]:
    """Return one evidence link as a document; the words of a withdrawn source stay out."""
    link, excerpt = evidence.link, evidence.link.excerpt
    source = excerpt.revision.source
    return {
        "evidence": link.key,
        "source": source.key,
        "turn": evidence.turn.number if evidence.turn else None,
        "start": excerpt.start,
        "end": excerpt.end,
        "quote": None if source.is_withdrawn else excerpt.quote,
        "stance": link.stance.value,
        "role": link.role.value,
        "lever": link.lever,
        "note": link.note,
        "resolution": link.resolution,
        "show": link.shown_as.value,
        "by": link.by,
        "withdrawn": source.is_withdrawn,
    }


def evidence_table(rows: list[dict[str, Any]]) -> list[str]:
    """Return evidence as a table for a person."""
    headings = ("evidence", "source", "stance", "role", "quote")
    return table(headings, [[row[name] for name in headings[:-1]] + [_words(row)] for row in rows])


def _words(row: dict[str, Any]) -> str:
    return "(withdrawn)" if row["withdrawn"] else str(row["quote"])


@finding.command("evaluate")
@click.argument("key")
@click.option("--rule", "rule_file", type=click.Path(path_type=Path), help="Another rule, as YAML (see above).")
@reads
@takes_home
def evaluate(home: Home, key: str, rule_file: Path | None, as_json: bool) -> None:
    """Weigh the finding KEY by the evidence rule, line by line.

    A rule file has `name`, `version` and `required`, which says what a line asks: a number for independent-sources,
    kinds, family-standpoint, lever-anchored and investigators (0 asks nothing); true or false for not-one-case,
    not-one-office, negative-case-search and contrary-resolved. A line that is left out asks what the default asks.
    """
    rule = _rule(rule_file) if rule_file else None
    with home.desk() as desk:
        found = findings.finding_keyed(desk.session, desk.study_id, key)
        evaluation = findings.evaluation_of(desk.session, found, rule)
    give(findings.evaluation_json(evaluation), _lines(evaluation), as_json=as_json)


def _rule(path: Path) -> EvidenceRule:
    text = read_text(path)
    with about(path.name):
        return findings.read_rule_file(text)


def _lines(evaluation: Evaluation) -> list[str]:
    counts = evaluation.counts
    met = sum(line.is_met for line in evaluation.lines)
    lines = [f"{evaluation.finding} is {evaluation.strength.value}: {met} of {len(evaluation.lines)} lines met."]
    lines.append(
        f"{counted(counts.excerpts, 'excerpt')} from {counted(counts.sources, 'source')}, "
        f"{counted(counts.independent_units, 'independent unit')}."
    )
    lines += [_weighed(line) for line in evaluation.lines]
    if evaluation.fragile_units:
        units = "; ".join(", ".join(unit) for unit in evaluation.fragile_units)
        lines.append(f"Would not stand without any one of: {units}")
    lines.append("  ".join(f"{each.family.value}: {each.cell.value}" for each in evaluation.convergence))
    return lines


def _weighed(line: Line) -> str:
    """One line of the rule, and what would close it while it is open."""
    count = "" if isinstance(line.required, bool) else f"  {line.observed} of {line.required}"
    closes = f"  {line.closes}" if line.closes else ""
    return f"{'met  ' if line.is_met else 'UNMET'}  {line.key.value}{count}{closes}"
