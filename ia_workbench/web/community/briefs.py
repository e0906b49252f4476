"""A site lead's pages: briefs of public findings, their exports, and what the team answered the body."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request

from ia_workbench import publication, review
from ia_workbench.briefs import Edition, brief_html, write_brief
from ia_workbench.config import shipped_folder
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Role
from ia_workbench.publication import BodySummary, Cell, Family, Package, PackageContent
from ia_workbench.web.access import open_to
from ia_workbench.web.community import passages
from ia_workbench.web.community.current import TONGUES, has_study, study
from ia_workbench.web.exports import record_export
from ia_workbench.web.sessions import session
from ia_workbench.web.translating import language

briefs = Blueprint("briefs", __name__)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html; charset=utf-8"
TEMPLATE = "finding_brief.docx"


@dataclass(frozen=True)
class Brief:
    """A public finding: its package, what it says, and what the body said of it."""

    package: Package
    content: PackageContent
    body: BodySummary
    edition: Edition


@briefs.get("/briefs", defaults={"tongue": None})
@briefs.get(f"/{TONGUES}/briefs")
@open_to(Role.SITE_LEAD)
def all_briefs() -> str:
    """Show the briefs of the site's public findings, by number."""
    return render_template("community/briefs.html", briefs=_all_briefs(), study=study() if has_study() else None)


@briefs.get("/briefs/<key>", defaults={"tongue": None})
@briefs.get(f"/{TONGUES}/briefs/<key>")
@open_to(Role.SITE_LEAD)
def brief(key: str) -> str:
    """Show one brief as a page, with its fourteen sections."""
    found = _brief(key)
    content, reader = found.content, language()
    others = [each for each in content.supporting if each is not content.family_quote]
    agency = content.agency_response
    return render_template(
        "community/brief.html",
        brief=found,
        content=content,
        shown=[passages.passage_of(each, reader) for each in others if each.family is not Family.NUMBERS],
        numbers=[passages.passage_of(each, reader) for each in others if each.family is Family.NUMBERS],
        contrary=[(each, passages.passage_of(each, reader)) for each in content.contrary],
        family=passages.passage_of(content.family_quote, reader) if content.family_quote else None,
        steps=[(step, passages.title_of(step, reader, content)) for step in content.strip],
        silent=content.families_that_are(Cell.SILENT),
        not_examined=content.families_that_are(Cell.NOT_EXAMINED),
        agency_day=date.fromisoformat(agency.received_on) if agency else None,
    )


@briefs.get("/briefs/<key>/export", defaults={"tongue": None})
@briefs.get(f"/{TONGUES}/briefs/<key>/export")
@open_to(Role.SITE_LEAD)
def export(key: str) -> Response:
    """Hand over one brief as a file: a Word document, or with `?as=html` a page that stands alone."""
    found = _brief(key)
    name, is_page = f"{found.content.finding_key}-brief", request.args.get("as") == "html"
    record_export(found.content, study_id=study().id, file_format="html" if is_page else "docx")
    if is_page:
        page = brief_html(found.content, found.body, edition=found.edition)
        return _file(page.encode(), f"{name}.html", HTML)
    document = write_brief(found.content, found.body, template=_template(), edition=found.edition)
    return _file(document, f"{name}.docx", WORD)


@briefs.get("/answers", defaults={"tongue": None})
@briefs.get(f"/{TONGUES}/answers")
@open_to(Role.SITE_LEAD)
def answers() -> str:
    """Show what the body said in words, every concern and its answer; never who spoke."""
    return render_template("community/body.html", briefs=_all_briefs())


def _all_briefs() -> list[Brief]:
    if not has_study():
        return []
    packages = publication.packages(session(), study().id)
    bodies = review.body_summaries(session(), study().id, [publication.content_of(each) for each in packages])
    of = max((each.number for each in packages), default=0)
    return [_made(package, body, of) for package, body in zip(packages, bodies, strict=True)]


def _brief(key: str) -> Brief:
    package = publication.package_for(session(), study().id, key)
    body = review.body_summary(session(), study().id, key, publication.content_of(package))
    return _made(package, body, max(each.number for each in publication.packages(session(), study().id)))


def _made(package: Package, body: BodySummary, of: int) -> Brief:
    edition = Edition(number=package.number, of=of, released_on=package.released_at.date())
    return Brief(package, publication.content_of(package), body, edition)


def _template() -> bytes:
    path = shipped_folder("templates") / TEMPLATE
    if not path.is_file():
        raise Refused("The Word template of the brief is missing. Tell whoever runs this workbench.")
    return path.read_bytes()


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
