"""Writing findings: drafting, editing, moving along, recording a search for negative cases."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, corpus, findings, process_map, release
from ia_workbench.findings import Confidence, ConfidenceLevel, Finding, FindingRecord, LeverNamed, ReleaseLevel, Stage
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import chosen, version_seen
from ia_workbench.web.workbench.current import TEAM, finding_of_study, study
from ia_workbench.web.workbench.finding import finding_page
from ia_workbench.web.workbench.finding_records import record_from

finding_forms = Blueprint("finding_forms", __name__, url_prefix="/s/<study_key>/findings")

EMPTY_RECOMMENDATIONS = 2  # rows offered beside those that are written


@finding_forms.get("/new")
@open_to(*TEAM)
def new() -> str:
    """Show the form for a new finding, at a step or passage if the address names one."""
    nodes, edges = request.args.getlist("node"), request.args.getlist("edge")
    return _form(None, FindingRecord(title="", nodes=tuple(nodes), edges=tuple(edges)))


@finding_forms.post("/new")
@open_to(*TEAM)
@changes_data
def draft() -> tuple[str, int] | Response:
    """Draft a finding; without a statement it begins as a theme."""
    try:
        record = record_from(request.form, by=actor().username)
        stage = Stage.DRAFT if record.statement else Stage.THEME
        made = findings.draft_finding(session(), actor(), study_id=study().id, record=record, stage=stage)
    except Refused as refusal:
        return _form(None, _typed(None), refusal_words(refusal)), refusal.status
    return redirect(url_of("finding.one", finding_key=made.key, said="drafted"), code=303)


@finding_forms.get("/<finding_key>/edit")
@open_to(*TEAM)
def edit(finding_key: str) -> str:
    """Show the form of a finding."""
    found = finding_of_study(finding_key)
    return _form(found, findings.record_of(found))


@finding_forms.post("/<finding_key>/edit")
@open_to(*TEAM)
@changes_data
def save(finding_key: str) -> tuple[str, int] | Response:
    """Keep what was written of a finding, unless someone saved another version in between."""
    found = finding_of_study(finding_key)
    before = findings.record_of(found).confidence
    try:
        record = record_from(request.form, by=actor().username, before=before)
        findings.edit_finding(session(), actor(), finding=found, record=record, version=version_seen(request.form))
    except Refused as refusal:
        session().rollback()
        return _form(finding_of_study(finding_key), _typed(before), refusal_words(refusal)), refusal.status
    return redirect(url_of("finding.one", finding_key=found.key, said="saved"), code=303)


@finding_forms.post("/<finding_key>/move")
@open_to(*TEAM)
@changes_data
def move(finding_key: str) -> tuple[str, int] | Response:
    """Move a finding to another stage; a snapshot is kept."""
    found = finding_of_study(finding_key)
    try:
        release.move_by_hand(session(), actor(), finding=found, stage=chosen(request.form, "stage", Stage))
    except Refused as refusal:
        session().rollback()
        return finding_page(finding_of_study(finding_key), sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("finding.one", finding_key=found.key, said="moved"), code=303)


@finding_forms.post("/<finding_key>/searches")
@open_to(*TEAM)
@changes_data
def record_search(finding_key: str) -> tuple[str, int] | Response:
    """Record that someone looked for evidence against a finding."""
    found = finding_of_study(finding_key)
    query, note = request.form.get("query", ""), request.form.get("note", "")
    try:
        findings.record_search(session(), actor(), finding=found, query=query, note=note)
    except Refused as refusal:
        return finding_page(found, sentence=refusal_words(refusal), at="searches", typed=query), refusal.status
    return redirect(url_of("finding.one", finding_key=found.key, said="searched"), code=303)


def _typed(before: Confidence | None) -> FindingRecord:
    """Return what stood in a refused form, as far as it can be read, so that nobody types it again."""
    form = request.form.copy()
    if form.get("release_level") not in {each.value for each in ReleaseLevel}:
        form["release_level"] = ReleaseLevel.PRIVATE.value
    if form.get("confidence") not in {each.value for each in ConfidenceLevel}:
        form.poplist("confidence")
    return record_from(form, by=actor().username, before=before)


def _form(found: Finding | None, record: FindingRecord, sentence: str | None = None) -> str:
    here = study()
    return render_template(
        "team/findings/edit.html",
        finding=found,
        record=record,
        named={each.key: each for each in record.levers},
        nobody=LeverNamed(""),
        levers=codebook.levers(session(), here.id),
        nodes=process_map.nodes(session(), here.id),
        edges=process_map.edges(session(), here.id),
        release_levels=list(ReleaseLevel),
        confidence_levels=list(ConfidenceLevel),
        empty_rows=EMPTY_RECOMMENDATIONS,
        may_waive=len(corpus.offices_of(session(), here.id)) <= 1,
        sentence=sentence,
    )
