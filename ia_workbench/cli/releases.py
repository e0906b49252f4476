"""`release`: clear a finding, make its package, take it across to the published store."""

import click

from ia_workbench import findings, privacy, release
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import give, note, say
from ia_workbench.cli.program import program, takes_home
from ia_workbench.findings import Finding
from ia_workbench.publication import Audience
from ia_workbench.release import Examined, NotCleared


@program.command("release")
@click.argument("finding")
@click.option("--to", "to", type=click.Choice([each.value for each in Audience]), required=True, help="Who gets it.")
@click.option("--preview", is_flag=True, help="Show what readers would get and what is in the way; release nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --preview: answer with one JSON document.")
@takes_home
def release_finding(home: Home, finding: str, to: str, preview: bool, as_json: bool) -> None:
    """Release a finding to the community body, or to the public; refuses and says what is in the way."""
    audience = Audience(to)
    if preview:
        _preview(home, finding, audience, as_json=as_json)
        return
    if as_json:
        raise click.UsageError("--json goes with --preview.")
    try:
        with home.desk(writes=True) as desk:
            found = findings.finding_keyed(desk.session, desk.study_id, finding)
            unanswered = _unanswered(home, desk, found)
            release.decide_release(desk.session, desk.actor, finding=found, audience=audience, unanswered=unanswered)
    except NotCleared as refusal:
        for obstacle in refusal.obstacles:
            note(f"{obstacle.label}: {obstacle}")
        raise
    copy_waiting(home)
    say(f"Released {finding} to {_readers(audience)}.")


def _unanswered(home: Home, desk: Desk, found: Finding) -> int:
    with home.published(reason="count the concerns that wait for an answer") as published:
        return release.unanswered_concerns(published, desk.study.key, found.key)


def copy_waiting(home: Home) -> int:
    """Take releases across that are decided and not copied yet; the published store is committed first."""
    with (
        home.team(writes=True) as (session, actor),
        home.published(reason="take releases across", writes=True) as published,
    ):
        return len(release.copy_releases(session, published, actor))


def _readers(audience: Audience) -> str:
    return "the community body" if audience is Audience.BODY else "the public"


def _preview(home: Home, finding: str, audience: Audience, *, as_json: bool) -> None:
    with home.desk() as desk:
        privacy.require(desk.actor, privacy.Act.READ_EVIDENCE, study_id=desk.study_id)
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        unanswered = _unanswered(home, desk, found)
        examined = release.examine(desk.session, found, audience, unanswered=unanswered)
    obstacles = [
        {"evidence": each.evidence, "source": each.source, "place": each.place, "sentence": str(each)}
        for each in examined.obstacles
    ]
    document = {
        "finding": finding,
        "to": audience.value,
        "cleared": not obstacles,
        "obstacles": obstacles,
        "package": examined.content.to_json(),
    }
    give(document, _lines(examined), as_json=as_json)


def _lines(examined: Examined) -> list[str]:
    content = examined.content
    lines = [f"{content.finding_key}  {content.title}", "", content.statement, content.plain.en, ""]
    for each in content.evidence:
        words = each.words or each.paraphrase.en or "(only counted)"
        lines.append(f"{each.key}  {each.speaker.en}: {words}")
    lines.append("")
    if not examined.obstacles:
        return [*lines, "Nothing stands in the way."]
    return [*lines, *(f"In the way: {each.label}: {each}" for each in examined.obstacles)]
