"""The codebook: the tree of codes with what each is for, one code with its codings, versions, a new code."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import codebook as codebooks
from ia_workbench import coding
from ia_workbench.codebook import Code
from ia_workbench.coding import CodedExcerpt
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import gettext, refusal_words
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.code_changes import acts_of, helpers, paths_now
from ia_workbench.web.workbench.code_data import color_name, name_warning
from ia_workbench.web.workbench.current import LEADS, TEAM, study
from ia_workbench.web.workbench.fidelity_blocks import cited_places
from ia_workbench.web.workbench.wording import day

codebook = Blueprint("codebook", __name__, url_prefix="/s/<study_key>/codebook")

RECENT_CHANGES = 8
ON_A_PAGE = 200  # excerpts of a code
LAST_PAGE = 10**6
NEW_CODE_FIELDS = ("name", "definition", "include", "exclude", "example")


@codebook.get("")
@open_to(*TEAM)
def tree() -> str:
    """Show all codes as a tree with definitions and counts."""
    return _tree()


def _tree(*, publishing: str | None = None, note: str = "") -> str:
    here = study().id
    counts = {each.code_id: each for each in coding.counts_by_code(session(), here)}
    return render_template(
        "team/codebook/tree.html",
        codes=codebooks.codes(session(), here),
        counts=counts,
        total=sum(each.codings for each in counts.values()),
        versions=codebooks.versions(session(), here),
        changes=acts_of(codebooks.changes(session(), here, limit=RECENT_CHANGES)),
        paths=paths_now(),
        book=codebooks.codebook_file(session(), here),
        levers=codebooks.levers(session(), here),
        publishing=publishing,
        note=note,
    )


@codebook.get("/c/<path:path>")
@open_to(*TEAM)
def code(path: str) -> str:
    """Show one code and what is coded with it, by source, a page at a time (`?page=`)."""
    here = study().id
    found = codebooks.code_at(session(), here, path)
    page = min(max(1, whole_number(request.args.get("page", "")) or 1), LAST_PAGE)
    shown = coding.code_page(session(), here, found, offset=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE)
    every = codebooks.codes(session(), here)
    return render_template(
        "team/codebook/code.html",
        code=found,
        below=[each for each in every if each.parent_id == found.id],
        above=[each for each in every if found.path.startswith(f"{each.path}/")],
        shown=shown,
        by_source=[
            (shown.sources[source_id], list(its))
            for source_id, its in groupby(_rows(shown.shown, found, every), key=lambda row: row.source_id)
        ],
        page=page,
        pages=max(1, -(-shown.excerpt_count // ON_A_PAGE)),
        split=coding.open_split(session(), actor(), code=found),
        acts=acts_of(codebooks.changes(session(), here, guid=found.guid)),
        paths=paths_now(every),
        **helpers(),
    )


class _Row(NamedTuple):
    """An excerpt as the page says it: plain words, since there are hundreds.

    `given` are who gave it which code when, each with the code where it is one below the page's.
    """

    source_id: int
    turn: int
    turn_words: str
    quote: str
    place: str
    given: Sequence[tuple[Code | None, str]]


def _rows(shown: Sequence[CodedExcerpt], code: Code, every: Sequence[Code]) -> Iterator[_Row]:
    """Yield excerpts in the reader's words; what is the same for many is said once."""
    beginnings = [(each.id, each.revision_id, each.start) for each in shown]
    places = cited_places(coding.places_of_beginnings(session(), beginnings))
    below = {each.id: each for each in every if each.id != code.id}
    said_turn, said_day = cache(lambda number: gettext("turn %(n)s", n=number)), cache(day)
    for each in shown:
        given = [(below.get(it.code_id), f"{it.coder}, {said_day(it.at.date())}") for it in each.given]
        yield _Row(each.source_id, each.turn, said_turn(each.turn), each.quote, places.get(each.id, ""), given)


@codebook.get("/new")
@open_to(*TEAM)
def new() -> str:
    """Show the form for a new code."""
    return _new()


def _new(sentence: str | None = None, warning: str = "") -> str:
    return render_template(
        "team/codebook/new.html",
        codes=codebooks.codes(session(), study().id),
        filled={"parent": request.values.get("parent", ""), **request.form},
        colors=[(number, color_name(number)) for number in range(1, codebooks.COLORS + 1)],
        sentence=sentence,
        warning=warning,
    )


@codebook.post("/new")
@open_to(*TEAM)
@changes_data
def add() -> tuple[str, int] | Response:
    """Add a code."""
    fields = {name: request.form.get(name, "").strip() for name in NEW_CODE_FIELDS}
    warning = "" if request.form.get("despite") else name_warning(fields["name"])
    if warning:
        return _new(warning=warning), 422
    added: list[Code] = []

    def adding() -> Code:
        parent_path, color = request.form.get("parent") or None, whole_number(request.form.get("color", ""))
        added.append(
            codebooks.add_code(session(), actor(), study_id=study().id, parent_path=parent_path, color=color, **fields)
        )
        return added[0]

    try:
        coding.change_in_place(session(), actor(), study_id=study().id, change=adding)
    except Refused as refusal:
        session().rollback()
        return _new(refusal_words(refusal)), refusal.status
    return redirect(url_of("codebook.code", path=added[0].path, said="code-added"), code=303)


@codebook.post("/publish")
@open_to(*LEADS)
@changes_data
def publish() -> tuple[str, int] | Response:
    """Keep the codebook as it stands as a published version."""
    note = request.form.get("note", "")
    try:
        codebooks.publish_codebook(session(), actor(), study_id=study().id, note=note)
    except Refused as refusal:
        return _tree(publishing=refusal_words(refusal), note=note), refusal.status
    return redirect(url_of("codebook.tree", said="published"), code=303)
