"""Choosing a study, and the study's first page: what waits for me."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from ia_workbench import corpus, findings, masking, privacy, release, withdrawal
from ia_workbench.database import Store
from ia_workbench.findings import Stage, WeighedFinding
from ia_workbench.privacy import Act, Role
from ia_workbench.web.access import open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.next_acts import NextAct, line_acts
from ia_workbench.web.workbench.review import reviewed_findings

studies = Blueprint("studies", __name__)


@dataclass(frozen=True)
class OpenFinding:
    """A finding whose rule is not met yet, with the next act for its first open line."""

    weighed: WeighedFinding
    act: NextAct


@studies.get("/")
@open_to(*TEAM, Role.ADMINISTRATOR)
def first_page() -> Response:
    """Lead on to the one study there is, or to the choice of studies; administrators to the users."""
    if actor().role is Role.ADMINISTRATOR:
        return redirect(url_of("users.every"))
    mine = privacy.studies(session(), Store.EVIDENCE)
    return redirect(url_of("studies.home", study_key=mine[0].key) if len(mine) == 1 else url_of("studies.choose"))


@studies.get("/studies")
@open_to(*TEAM, Role.ADMINISTRATOR)
def choose() -> str:
    """Show the studies that are mine."""
    return render_template("team/studies.html", mine=privacy.studies(session(), Store.EVIDENCE))


@studies.get("/s/<study_key>")
@open_to(*TEAM)
def home() -> str:
    """Show what waits for me in a study."""
    here = study()
    weighed = findings.evaluations(session(), here.id)
    sources = corpus.sources(session(), here.id)
    return render_template(
        "team/home.html",
        pending=corpus.pending_imports(session(), here.id),
        masks=release.masks_to_confirm(session(), here.id, actor().username),
        texts=masking.texts_to_sign(session(), here.id, actor().username),
        open_findings=_open(weighed),
        withdrawn_from=withdrawal.evidence_withdrawn(session(), here.id),
        outlived=release.outlived_releases(session(), here.id),
        reviewed=[each for each in reviewed_findings() if each.waiting],
        may_answer=actor().may(Act.ANSWER),
        sources=sources,
        weighed=weighed,
        families=sum(each.standpoint in corpus.FAMILY_STANDPOINTS for each in sources),
        covered=findings.coverage(session(), here.id),
    )


def _open(weighed: list[WeighedFinding]) -> list[OpenFinding]:
    """Return the findings in work whose rule is not met, by number."""
    resting = (Stage.WITHDRAWN, Stage.RELEASED)
    waiting = [each for each in weighed if each.evaluation.unmet and each.finding.stage not in resting]
    return [OpenFinding(each, next(iter(line_acts(each.finding, each.evaluation).values()))) for each in waiting]
