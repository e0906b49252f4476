"""Codings as files: what to export, and the file, made beside the requests of everyone else."""

from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, corpus, privacy
from ia_workbench.coding import CODING_FILES, WordFileWords
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, utc_now
from ia_workbench.web.access import open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, engine_of, session
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import ngettext, refusal_words
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.export_jobs import ExportJobs, Job, Wish
from ia_workbench.web.workbench.wording import day

coding_exports = Blueprint("coding_exports", __name__, url_prefix="/s/<study_key>/codings/export")

PIECE = 64 * 1024  # bytes sent at once
ENDING = {"csv": ".csv", "xlsx": ".xlsx", "docx": ".docx", "json": ".json"}
MIME = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ASKED = ("kind", "source", "code", "coder", "words")


@coding_exports.get("")
@open_to(*TEAM)
def choose() -> str:
    """Show the choices, and how far the file that the address asks for is."""
    return _page(_jobs().known(_wish()) if request.args.get("kind") else None)


def _page(job: Job | None, sentence: str | None = None) -> str:
    here = study().id
    coders = sorted(each.username for each in privacy.members_of(session(), Store.EVIDENCE, here))
    return render_template(
        "team/codebook/export.html",
        sources=[each for each in corpus.sources(session(), here) if not each.is_withdrawn],
        codes=codebook.codes(session(), here),
        coders=coders,
        kinds=list(ENDING),
        asked=_asked(),
        job=job,
        sentence=sentence,
    )


@coding_exports.get("/file")
@open_to(*TEAM)
def take() -> Response | str | tuple[str, int]:
    """Give the file; when it takes longer than a moment to make, lead to the page that has it when it is there."""
    try:
        job = _jobs().job(_wish())
        if not job.done.wait(_jobs().patience):
            return redirect(url_of("coding_exports.choose") + f"?{urlencode(_asked())}#file", code=303)
        if job.refusal is not None:
            _jobs().taken(job)
            raise job.refusal
    except Refused as refusal:
        return _page(None, refusal_words(refusal)), refusal.status
    return _given(job)


def _given(job: Job) -> Response:
    """Hand a file out, once the trail holds whose words it has."""
    if request.method != "HEAD" and job.reads:
        with privacy.session_for(engine_of(current_app), actor(), writes=True) as writing, writing.begin():
            privacy.record_reads(writing, actor(), job.reads, where=request.endpoint or "")
    _jobs().taken(job)
    name = "-".join(filter(None, ("codings", study().key, job.wish.source, job.wish.code.replace("/", "-"))))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}{job.wish.ending}"',
        "Content-Length": str(len(job.content)),
    }
    return Response(_pieces(job.content), mimetype=MIME[job.wish.ending], headers=headers)


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]


def _asked() -> dict[str, str]:
    return {name: value for name in ASKED if (value := request.args.get(name, ""))}


def _wish() -> Wish:
    """Return what the address asks for; refuses sources, codes and people that are not there."""
    asked, here = _asked(), study().id
    if asked.get("source"):
        corpus.source_keyed(session(), here, asked["source"])
    if asked.get("code"):
        codebook.code_at(session(), here, asked["code"])
    is_masked = asked.get("words") == "masked"
    return Wish(
        actor=actor(),
        study_id=here,
        ending=ENDING.get(asked.get("kind", ""), CODING_FILES[0]),
        source=asked.get("source", ""),
        code=asked.get("code", ""),
        coder=asked.get("coder", ""),
        is_masked=is_masked,
        words=_document_words(is_masked),
        texts=corpus.texts_in_use(session(), here),
    )


def _document_words(is_masked: bool) -> WordFileWords:
    """Return what a document says, in the reader's language."""
    whose = (
        _("Words as the signed masked texts have them.")
        if is_masked
        else _("Words as they were said, for the team alone. Keep this file where nobody else can read it.")
    )
    return WordFileWords(
        title=_("Codings, %(study)s", study=study().key),
        facts=(study().title, day(utc_now()), whose),
        turn=_("turn %(n)s", n="{number}"),
        one=ngettext("%(num)s coding", "%(num)s codings", 1),
        count=_("%(n)s codings", n="{count}"),
        use_for=_("Use for"),
        not_for=_("Not for"),
        important=_("important"),
        nothing=_("There are no codings."),
    )


def _jobs() -> ExportJobs:
    jobs: ExportJobs = current_app.extensions["ia_exports"]
    return jobs
