"""`review`: what the community body says of findings, and the team's answers."""

from datetime import date
from typing import Any

import click

from ia_workbench import privacy, publication, release, review
from ia_workbench.cli.home import CommunityDesk, Home
from ia_workbench.cli.output import give, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound
from ia_workbench.publication import Fit, Outcome
from ia_workbench.review import Answer, Position


@program.group("review")
def reviews() -> None:
    """The community body's review."""


@reviews.command("list")
@click.option("--finding", help="Key of a finding. [default: all]")
@reads
@takes_home
def list_positions(home: Home, finding: str | None, as_json: bool) -> None:
    """List what the body said, each as given, with the answer or the day by which it is due."""
    with home.desk() as desk, home.guest(desk) as published:
        privacy.require(desk.actor, privacy.Act.READ_PACKAGES, study_id=desk.study_id)
        said = _positions(published, finding)
        answers = {each.position_id: each for each in review.answers_to(published.session, said)}
        rows = [_row(each, answers.get(each.id)) for each in said]
    headings = ("finding", "who", "fit", "due", "answer", "comment")
    give(rows, table(headings, [_cells(row) for row in rows]), as_json=as_json)


def _positions(desk: CommunityDesk, finding: str | None) -> list[Position]:
    packages = publication.last_packages(desk.session, desk.study_id)
    keys = [each.finding_key for each in packages if finding in (None, each.finding_key)]
    if finding is not None and not keys:
        raise NotFound("{finding} was not released, so nobody could say anything of it.", finding=finding)
    return sorted(
        review.positions_on(desk.session, desk.study_id, *keys), key=lambda each: keys.index(each.finding_key)
    )


def _row(position: Position, answer: Answer | None) -> dict[str, Any]:
    return {
        "finding": position.finding_key,
        "who": position.account.username,
        "fit": position.fit.value,
        "comment": position.comment,
        "language": position.language,
        "could_harm": position.could_harm,
        "quotes_not_to_use": list(position.quotes_not_to_use),
        "answer_due": _day(position.answer_due),
        "answer": _answer(answer) if answer else None,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": answer.outcome.value,
        "text": answer.text,
        "text_es": answer.text_es,
        "by": answer.by,
        "version": answer.version,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cells(row: dict[str, Any]) -> list[Any]:
    answer = row["answer"]
    waits = row["answer_due"] if answer is None else ""
    return [row["finding"], row["who"], row["fit"], waits, answer["outcome"] if answer else "", row["comment"]]


@reviews.command("respond")
@click.argument("finding")
@click.option("--fit", type=click.Choice([each.value for each in Fit]), required=True)
@click.option("--comment", default="", help="In your own words.")
@click.option("--could-harm", is_flag=True, help="This could harm someone.")
@click.option("--not-quote", "quotes", multiple=True, metavar="EVIDENCE", help="A quote not to use; may be repeated.")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", show_default=True)
@takes_home
def respond(
    home: Home, finding: str, fit: str, comment: str, could_harm: bool, quotes: tuple[str, ...], language: str
) -> None:
    """Say, as the member of the body that `--as` names, whether a finding fits."""
    with home.member(writes=True) as desk:
        package = publication.package_for(desk.session, desk.study_id, finding)
        review.give_position(
            desk.session,
            desk.actor,
            package=package,
            fit=Fit(fit),
            comment=comment,
            language=language,
            could_harm=could_harm,
            quotes_not_to_use=quotes,
        )
    say(f"Kept what {home.username} says of {finding}.")


@reviews.command("answer")
@click.argument("finding")
@click.option("--to", "member", required=True, help="The member who raised it.")
@click.option("--outcome", type=click.Choice([each.value for each in Outcome]), required=True)
@click.option("--text", required=True, help="What changed, or why nothing did.")
@click.option("--text-es", help="The same in Spanish.")
@click.option(
    "--version", type=int, default=0, help="To change an answer: its version, as `review list --json` says it."
)
@takes_home
def answer(home: Home, finding: str, member: str, outcome: str, text: str, text_es: str | None, version: int) -> None:
    """Answer a member's concern, or change the answer of this version; refused while a known name stands in it."""
    with home.desk() as desk, home.guest(desk, writes=True) as published:
        account = privacy.account_named(published.session, Store.PUBLISHED, member)
        said = review.positions_on(published.session, published.study_id, finding)
        position = next((each for each in said if each.account_id == account.id), None)
        if position is None:
            raise NotFound("{name} has said nothing of {finding} yet.", name=member, finding=finding)
        release.answer_concern(
            desk.session,
            published.session,
            desk.actor,
            study=desk.study,
            position=position,
            outcome=Outcome(outcome),
            text=text,
            text_es=text_es,
            version=version,
        )
    say(f"Answered {member} on {finding}.")
