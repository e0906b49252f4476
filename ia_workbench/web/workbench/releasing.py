"""Releasing a finding: what readers would get, what stands in the way, the decision, taking it back, the brief."""

from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import findings, publication, release, review
from ia_workbench.briefs import Edition, write_brief
from ia_workbench.config import shipped_folder
from ia_workbench.findings import Finding
from ia_workbench.kernel import Conflict, NotFound, Refused
from ia_workbench.privacy import Act
from ia_workbench.publication import Audience, BodySummary, PackageContent
from ia_workbench.release import Examined, ExportedBrief, NotCleared, Obstacle
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.exports import record_export
from ia_workbench.web.sessions import actor, after_commit, session
from ia_workbench.web.translating import LANGUAGES, label_words, language, refusal_words, sentence_words
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.choosing import chosen
from ia_workbench.web.workbench.copying import copy_waiting
from ia_workbench.web.workbench.current import (
    LEADS,
    TEAM,
    published_session,
    published_study_id,
    study,
)

releasing = Blueprint("releasing", __name__, url_prefix="/s/<study_key>/findings/<finding_key>")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE = "finding_brief.docx"
EDITED_AT = {
    "statement": "statement-part",
    "plain words": "plain-part",
    "levers": "levers",
    "steps": "places",
    "release level": "level",
}


@dataclass(frozen=True)
class InTheWay:
    """One obstacle with the link that leads to what mends it."""

    label: str
    sentence: str
    words: str
    address: str


@releasing.get("/release")
@open_to(*TEAM)
def preview(finding_key: str) -> str:
    """Show the package as readers would get it, and everything that stands in the way."""
    return _page(_finding(finding_key), _audience_asked(_finding(finding_key)))


def _finding(finding_key: str) -> Finding:
    return findings.finding_keyed(session(), study().id, finding_key)


def _audience_asked(found: Finding) -> Audience:
    """The audience the address names; else the next one in a finding's life."""
    if request.args.get("to") in {each.value for each in Audience}:
        return Audience(request.args["to"])
    return release.next_audience(session(), found)


def _page(found: Finding, audience: Audience, *, sentence: str | None = None) -> str:
    """The release page; `sentence` is why releasing it, or taking it from readers, was refused."""
    examined = _examined(found, audience)
    wanted = request.values.get("in", "")
    return render_template(
        "team/findings/release.html",
        finding=found,
        audience=audience,
        content=examined.content,
        reader=wanted if wanted in LANGUAGES else language(),
        in_the_way=[_in_the_way(found, each) for each in examined.obstacles],
        to_look_at=[_in_the_way(found, each) for each in examined.warnings],
        released=release.releases(session(), study().id, found),
        taken_away=_taken_away(found),
        is_same=_is_released(found, examined.content),
        may_release=actor().may(Act.RELEASE),
        sentence=sentence,
    )


def _examined(found: Finding, audience: Audience) -> Examined:
    return release.examine(session(), found, audience, unanswered=_unanswered(found))


def _taken_away(found: Finding) -> list[ExportedBrief]:
    with published_session() as community:
        return release.exported_briefs(session(), community, study(), found.key)


def _unanswered(found: Finding) -> int:
    with published_session() as community:
        return release.unanswered_concerns(community, study().key, found.key)


def _is_released(found: Finding, content: PackageContent) -> bool:
    return any(each.sha256 == content.sha256 for each in release.releases(session(), study().id, found))


def _in_the_way(found: Finding, obstacle: Obstacle) -> InTheWay:
    sentence = sentence_words(obstacle.sentence, dict(obstacle.facts))
    words, address = _mending(found, obstacle)
    return InTheWay(label_words(obstacle.label), sentence, words, address)


def _mending(found: Finding, obstacle: Obstacle) -> tuple[str, str]:
    """Return the words and the address of the link that leads to what mends an obstacle."""
    if obstacle.source and obstacle.sentence in release.CORRECTED:
        return _("Open the revisions of %(key)s", key=obstacle.source), url_of(
            "correcting.every", source_key=obstacle.source
        )
    if obstacle.evidence and "mask" in obstacle.sentence.casefold():
        return _("Open the mask"), url_of("masking.every", finding_key=found.key) + f"#{obstacle.evidence}"
    if obstacle.evidence:
        where = url_of("evidence.one", finding_key=found.key, link_key=obstacle.evidence)
        return _("Open %(key)s", key=obstacle.evidence), where
    if obstacle.place == release.BODY_REVIEW:
        return _("Release to the body"), url_of("releasing.preview", finding_key=found.key, to=Audience.BODY.value)
    if obstacle.place == "concerns":
        return _("Answer the concerns"), url_of("review.every") + f"#{found.key}"
    part = EDITED_AT.get(obstacle.place, "")
    return _("Edit the finding"), url_of("finding_forms.edit", finding_key=found.key) + (f"#{part}" if part else "")


@releasing.post("/release")
@open_to(*LEADS)
@changes_data
def decide(finding_key: str) -> tuple[str, int] | Response:
    """Release a finding to the body or to the public; the package crosses once the decision is stored."""
    found = _finding(finding_key)
    audience = chosen(request.form, "to", Audience)
    try:
        release.decide_release(
            session(),
            actor(),
            finding=found,
            audience=audience,
            unanswered=_unanswered(found),
            seen=request.form.get("seen", ""),
        )
    except NotCleared:
        session().rollback()
        return _page(_finding(finding_key), audience), NotCleared.status
    except Conflict as refusal:
        session().rollback()
        return _page(_finding(finding_key), audience, sentence=refusal_words(refusal)), refusal.status
    after_commit(copy_waiting, otherwise="released-later")
    return redirect(url_of("finding.one", finding_key=found.key, said="released"), code=303)


@releasing.post("/withdraw")
@open_to(*LEADS)
@changes_data
def withdraw(finding_key: str) -> tuple[str, int] | Response:
    """Take a finding from all its readers, with a reason; it is gone for them once the decision is stored."""
    found = _finding(finding_key)
    try:
        release.decide_withdrawal(session(), actor(), finding=found, reason=request.form.get("reason", ""))
    except Refused as refusal:
        session().rollback()
        found = _finding(finding_key)
        return _page(found, _audience_asked(found), sentence=refusal_words(refusal)), refusal.status
    after_commit(copy_waiting, otherwise="taken-back-later")
    return redirect(url_of("finding.one", finding_key=found.key, said="taken-back"), code=303)


@releasing.get("/brief.docx")
@open_to(*TEAM)
def brief(finding_key: str) -> Response:
    """Hand over the brief of a released finding, or with `?draft=1` a draft of the finding as it stands."""
    found = _finding(finding_key)
    is_draft = bool(request.args.get("draft"))
    content, body, edition = _drafted(found) if is_draft else _released(found)
    record_export(content, study_id=study().id, file_format="docx", is_draft=is_draft)
    written = write_brief(content, body, template=_template(), edition=edition, draft=is_draft)
    name = f"{found.key}-{'draft' if is_draft else 'brief'}.docx"
    return current_app.response_class(
        written, mimetype=WORD, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _drafted(found: Finding) -> tuple[PackageContent, BodySummary | None, Edition | None]:
    with published_session() as community:
        draft = release.draft_of(session(), community, found, _audience_asked(found))
    return draft.content, draft.body, None


def _released(found: Finding) -> tuple[PackageContent, BodySummary, Edition]:
    try:
        with published_session() as community:
            here = published_study_id(community)
            package = publication.package_for(community, here, found.key)
            of = max(each.number for each in publication.packages(community, here))
            edition = Edition(number=package.number, of=of, released_on=package.released_at.date())
            return publication.content_of(package), review.body_summary(community, here, found.key), edition
    except NotFound:
        raise NotFound("{key} is not released yet. Take a draft of its brief instead.", key=found.key) from None


def _template() -> bytes:
    path = shipped_folder("templates") / TEMPLATE
    if not path.is_file():
        raise Refused("The Word template of the brief is missing. Tell whoever runs this workbench.")
    return path.read_bytes()
