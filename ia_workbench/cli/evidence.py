"""`evidence`: link words of a source to a finding, list what is linked."""

import click

from ia_workbench import coding, findings
from ia_workbench.cli.codings import place_in
from ia_workbench.cli.finding import evidence_row, evidence_table
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import give, say
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.findings import LinkRole, Stance
from ia_workbench.kernel import normalise_text


@program.group()
def evidence() -> None:
    """Evidence for and against findings."""


@evidence.command("add")
@click.argument("finding")
@click.option("--source", required=True, help="Key of the source.")
@click.option("--quote", help="The words, exactly as they stand there, once.")
@click.option("--start", type=int, help="Offset of the first character in `source text`, counted from 0.")
@click.option("--end", type=int, help="Offset of the character after the last.")
@click.option(
    "--stance",
    type=click.Choice([each.value for each in Stance]),
    required=True,
    help="Whether they speak for the finding; complicates is shown and counts neither way.",
)
@click.option(
    "--role",
    type=click.Choice([each.value for each in LinkRole]),
    required=True,
    help="What they show: what happens, what produces it, its impact on families, or a counter (never with supports).",
)
@click.option("--lever", help="Which lever they anchor (role produced-by). [default: the finding's only one, or none]")
@click.option("--note", default="", help="What the team should know about this link; readers never get it.")
@takes_home
def add(
    home: Home,
    finding: str,
    source: str,
    quote: str | None,
    start: int | None,
    end: int | None,
    stance: str,
    role: str,
    lever: str | None,
    note: str,
) -> None:
    """Link words of a source to the finding with the key FINDING; name them by --quote, or by --start and --end."""
    with home.desk(writes=True) as desk:
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        revision, span = place_in(desk, source, quote, start, end)
        expected = normalise_text(quote) if quote is not None else None
        excerpt = coding.excerpt_of(desk.session, desk.actor, revision=revision, span=span, expected_quote=expected)
        link = findings.link_evidence(
            desk.session,
            desk.actor,
            finding=found,
            excerpt=excerpt,
            stance=Stance(stance),
            role=LinkRole(role),
            lever=lever,
            note=note,
        )
        told = f"Linked {link.key}: {source} {span.start} to {span.end}, {stance}, to {finding}."
    say(told)


@evidence.command("list")
@click.argument("finding")
@reads
@takes_home
def list_evidence(home: Home, finding: str, as_json: bool) -> None:
    """List the evidence of the finding with the key FINDING."""
    with home.desk() as desk:
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        rows = [evidence_row(each) for each in findings.evidence_of(desk.session, found)]
    give(rows, evidence_table(rows), as_json=as_json)
