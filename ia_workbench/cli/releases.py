"""`release`: clear a finding, make its package, take it across to the published store, or take it back from there."""

import click
from sqlalchemy.exc import DatabaseError

from ia_workbench import findings, privacy, release
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import give, note, say
from ia_workbench.cli.program import program, takes_home
from ia_workbench.findings import Finding
from ia_workbench.kernel import Refused
from ia_workbench.publication import Audience
from ia_workbench.release import Examined, NotCleared, Obstacle

NOT_COPIED = (
    "What was decided is stored, and does not reach readers yet: the published store could not be written. "
    "Run the command again."
)


@program.command("release")
@click.argument("finding")
@click.option("--to", "to", type=click.Choice([each.value for each in Audience]), help="Who gets it.")
@click.option("--preview", is_flag=True, help="Show what readers would get and what is in the way; release nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --preview: answer with one JSON document.")
@click.option("--seen", help="With --to: release nothing else than what `--preview --json` gave with this `seen`.")
@click.option("--withdraw", is_flag=True, help="Take it back from everyone who has it, with --reason.")
@click.option("--reason", help="With --withdraw: why.")
@takes_home
def release_finding(
    home: Home,
    finding: str,
    to: str | None,
    preview: bool,
    as_json: bool,
    seen: str | None,
    withdraw: bool,
    reason: str | None,
) -> None:
    """Release a finding to the community body, or to the public; refuses and says what is in the way.

    With --withdraw, take a released finding back from its readers.
    """
    if withdraw == (to is not None):
        raise click.UsageError("Say who gets it with --to, or take it back with --withdraw.")
    if as_json and not preview:
        raise click.UsageError("--json goes with --preview.")
    if to is None:
        _refuse_mixture(preview=preview, reason=reason)
        _withdraw(home, finding, reason or "")
    elif reason is not None:
        raise click.UsageError("--reason goes with --withdraw.")
    elif preview:
        _preview(home, finding, Audience(to), as_json=as_json)
    else:
        _release(home, finding, Audience(to), seen)


def _refuse_mixture(*, preview: bool, reason: str | None) -> None:
    if preview:
        raise click.UsageError("--preview goes with --to.")
    if reason is None:
        raise click.UsageError("Say why with --reason.")


def _withdraw(home: Home, finding: str, reason: str) -> None:
    with home.desk(writes=True) as desk:
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        release.decide_withdrawal(desk.session, desk.actor, finding=found, reason=reason)
    copy_waiting(home)
    say(f"Took {finding} back from its readers.")


def _release(home: Home, finding: str, audience: Audience, seen: str | None) -> None:
    try:
        with home.desk(writes=True) as desk:
            found = findings.finding_keyed(desk.session, desk.study_id, finding)
            unanswered = _unanswered(home, desk, found)
            release.decide_release(
                desk.session, desk.actor, finding=found, audience=audience, unanswered=unanswered, seen=seen
            )
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
    """Take releases and withdrawals across that wait for it; the published store is committed first.

    Refuses when a store cannot be written: what was decided stays decided, and must not read as if nothing had been.
    """
    try:
        with (
            home.team(writes=True) as (session, actor),
            home.published(reason="take releases across", writes=True) as published,
        ):
            return len(release.copy_releases(session, published, actor))
    except DatabaseError:
        raise Refused(NOT_COPIED) from None


def _readers(audience: Audience) -> str:
    return "the community body" if audience is Audience.BODY else "the public"


def _preview(home: Home, finding: str, audience: Audience, *, as_json: bool) -> None:
    with home.desk() as desk:
        privacy.require(desk.actor, privacy.Act.READ_EVIDENCE, study_id=desk.study_id)
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        unanswered = _unanswered(home, desk, found)
        examined = release.examine(desk.session, found, audience, unanswered=unanswered)
    document = {
        "finding": finding,
        "to": audience.value,
        "cleared": not examined.obstacles,
        "obstacles": [_told(each) for each in examined.obstacles],
        "warnings": [_told(each) for each in examined.warnings],
        "seen": examined.content.sha256,
        "package": examined.content.to_json(),
    }
    give(document, _lines(examined), as_json=as_json)


def _told(each: Obstacle) -> dict[str, str | None]:
    return {"evidence": each.evidence, "source": each.source, "place": each.place, "sentence": str(each)}


def _lines(examined: Examined) -> list[str]:
    content = examined.content
    lines = [f"{content.finding_key}  {content.title}", "", content.statement, content.plain.en, ""]
    for each in content.evidence:
        words = each.words or each.paraphrase.en or "(only counted)"
        lines.append(f"{each.key}  {each.speaker.en}: {words}")
    lines += ["", *(f"Look once more: {each.label}: {each}" for each in examined.warnings)]
    if not examined.obstacles:
        return [*lines, "Nothing stands in the way."]
    return [*lines, *(f"In the way: {each.label}: {each}" for each in examined.obstacles)]
