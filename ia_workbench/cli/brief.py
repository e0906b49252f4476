"""`brief`: export a finding brief, from the released package alone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ia_workbench import findings, privacy, publication, release, review
from ia_workbench.briefs import Edition, brief_html, write_brief
from ia_workbench.cli.files import ending_of, write_file
from ia_workbench.cli.home import CommunityDesk, Desk, Home
from ia_workbench.cli.output import give, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.config import shipped_folder
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound, Refused, iso_utc
from ia_workbench.privacy import Act
from ia_workbench.publication import BodySummary, PackageContent
from ia_workbench.release import ExportedBrief

TEMPLATE = "finding_brief.docx"
LARGEST_TEMPLATE = 20_000_000  # bytes


@dataclass(frozen=True)
class Written:
    """What a brief is written from."""

    content: PackageContent
    body: BodySummary | None
    edition: Edition | None


@program.group()
def brief() -> None:
    """Finding briefs."""


@brief.command("export")
@click.argument("finding")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write: .docx or .html.")
@click.option("--draft", is_flag=True, help="A preview of a finding that was not released, marked DRAFT on each page.")
@click.option("--template", type=click.Path(path_type=Path), help="Another Word template.")
@takes_home
def export(home: Home, finding: str, out: Path, draft: bool, template: Path | None) -> None:
    """Write the brief of a released finding as .docx or .html."""
    ending = ending_of(out, ".docx", ".html", later=(".pdf",))
    if draft:
        written = _draft(home, finding, out)
    elif home.is_member:
        with home.member() as desk:
            written = _released(desk, finding)
    else:
        with home.desk() as team, home.guest(team) as desk:
            findings.finding_keyed(team.session, team.study_id, finding)  # NotFound, if there is none
            _refuse_name(team, out)
            written = _released(desk, finding)
    _record(home, written, ending.removeprefix("."), draft=draft)
    if ending == ".html":
        write_file(out, brief_html(written.content, written.body, edition=written.edition, draft=draft))
    else:
        write_file(
            out,
            write_brief(
                written.content, written.body, template=_template(template), edition=written.edition, draft=draft
            ),
        )
    say(f"Wrote the {'draft of the ' if draft else ''}brief of {finding} to {out}.")


@brief.command("list")
@click.argument("finding", required=False)
@reads
@takes_home
def list_briefs(home: Home, finding: str | None, as_json: bool) -> None:
    """List the briefs that were taken away as files, of FINDING or of the study: by whom, when, and of which package.

    What a recipient holds is theirs until they give it back: this says whom to ask when a finding or source is
    withdrawn.
    """
    with home.desk() as desk, home.published(reason="read who of the community took briefs away") as published:
        if finding is not None:
            findings.finding_keyed(desk.session, desk.study_id, finding)  # NotFound, if there is none
        found = release.exported_briefs(desk.session, published, desk.study, finding)
    headings = ("finding", "at", "by", "side", "format", "draft", "sha256")
    rows = [brief_row(each) for each in found]
    cells = [
        [*(row[name] for name in headings[:5]), "draft" if row["draft"] else "", row["sha256"][:12]] for row in rows
    ]
    give(rows, table(headings, cells), as_json=as_json)


def brief_row(each: ExportedBrief) -> dict[str, Any]:
    """Return a brief that was taken away as JSON says it."""
    return {
        "finding": each.finding_key,
        "at": iso_utc(each.at),
        "by": each.by,
        "side": "community" if each.side is Store.PUBLISHED else "team",
        "format": each.file_format,
        "draft": each.is_draft,
        "audience": each.audience.value,
        "sha256": each.sha256,
        "evidence": list(each.evidence),
    }


def _record(home: Home, written: Written, file_format: str, *, draft: bool) -> None:
    """Enter who takes the brief away before there is a file: a file without its entry could not be asked back."""
    with home.member(writes=True) if home.is_member else home.desk(writes=True) as desk:
        publication.record_export(
            desk.session,
            desk.actor,
            study_id=desk.study_id,
            content=written.content,
            file_format=file_format,
            is_draft=draft,
        )


def _released(desk: CommunityDesk, finding: str) -> Written:
    privacy.require(desk.actor, Act.EXPORT_BRIEF, study_id=desk.study_id)
    packages = {each.finding_key: each for each in publication.packages(desk.session, desk.study_id)}
    package = packages.get(finding)
    if package is None:
        raise NotFound("{finding} was not released. Release it first, or export a draft with --draft.", finding=finding)
    edition = Edition(package.number, max(each.number for each in packages.values()), package.released_at.date())
    body = review.body_summary(desk.session, desk.study_id, finding)
    return Written(publication.content_of(package), body, edition)


def _refuse_name(team: Desk, out: Path) -> None:
    """Refuse a file whose name would tell readers whom the brief is about."""
    release.refuse_names_of(team.session, team.study, {"the name of the file": out.stem})


def _draft(home: Home, finding: str, out: Path) -> Written:
    with home.desk() as desk:
        _refuse_name(desk, out)
        found = findings.finding_keyed(desk.session, desk.study_id, finding)
        with home.published(reason="read what the body said so far") as published:
            drafted = release.draft_of(desk.session, published, found)
    return Written(drafted.content, drafted.body, None)


def _template(chosen: Path | None) -> bytes:
    path = chosen or shipped_folder("templates") / TEMPLATE
    if path.is_file() and path.stat().st_size > LARGEST_TEMPLATE:
        raise Refused("{name} is too large for a template.", name=path.name)
    return path.read_bytes()
