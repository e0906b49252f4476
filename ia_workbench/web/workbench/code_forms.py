"""Changing one code on a page of its own: its words, its place, merging it, removing it. Complete without scripts."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, process_map
from ia_workbench.codebook import Code, CodeWording
from ia_workbench.kernel import Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import version_seen, whole_number
from ia_workbench.web.workbench.code_data import color_name, name_warning
from ia_workbench.web.workbench.current import TEAM, study

code_forms = Blueprint("code_forms", __name__, url_prefix="/s/<study_key>/codebook")


@code_forms.get("/change/<path:path>")
@open_to(*TEAM)
def form(path: str) -> str:
    """Show the forms that change a code."""
    return _form(codebook.code_at(session(), study().id, path))


def _form(
    code: Code,
    *,
    typed: CodeWording | None = None,
    sentence: str | None = None,
    at: str = "words",
    warning: str = "",
    seen: int | None = None,
) -> str:
    here = study().id
    every = codebook.codes(session(), here)
    stored = codebook.wording_of(code)
    counts = {each.code_id: each.codings for each in coding.counts_by_code(session(), here)}
    return render_template(
        "team/codebook/change.html",
        code=code,
        stored=stored,
        filled=typed or stored,
        is_overtaken=typed is not None and seen is not None and seen != code.version,
        above=[each for each in every if code.path.startswith(f"{each.path}/")],
        others=[each for each in every if not codebook.is_at_or_below(each, code)],
        levers=codebook.levers(session(), here),
        colors=[(number, color_name(number)) for number in range(1, codebook.COLORS + 1)],
        steps=codebook.LONGEST_SCALE,
        codings=counts.get(code.id, 0),
        has_below=any(each.parent_id == code.id for each in every),
        sentence=sentence,
        at=at,
        warning=warning,
    )


@code_forms.post("/change/<path:path>")
@open_to(*TEAM)
@changes_data
def change(path: str) -> tuple[str, int] | Response:
    """Change a code's words, colour, tags and scale; what others stored meanwhile is shown beside it."""
    code = codebook.code_at(session(), study().id, path)
    typed, seen = _typed(), version_seen(request.form)
    warning = name_warning(typed.name) if typed.name != code.name and not request.form.get("despite") else ""
    if warning:
        return _form(code, typed=typed, warning=warning), 422
    try:
        known = set(code.nodes)
        process_map.check_steps(session(), study().id, [each for each in typed.nodes if each not in known])
        _in_place(lambda: codebook.change_code(session(), actor(), code=code, wording=typed, seen=seen))
    except Refused as refusal:
        session().rollback()
        again = codebook.code_at(session(), study().id, path)
        return _form(again, typed=typed, sentence=refusal_words(refusal), seen=seen), refusal.status
    return redirect(url_of("codebook.code", path=path, said="code-changed"), code=303)


def _typed() -> CodeWording:
    form = request.form
    words: dict[str, Any] = {
        name: form.get(name, "").strip() for name in ("name", "definition", "include", "exclude", "example")
    }
    return CodeWording(
        **words,
        color=whole_number(form.get("color", "")) or 0,
        levers=tuple(form.getlist("levers")),
        nodes=tuple(form.get("nodes", "").replace(",", " ").split()),
        scale=tuple(each.strip() for each in form.getlist("scale") if each.strip()),
    )


def _in_place(change: Callable[[], Code]) -> None:
    coding.change_in_place(session(), actor(), study_id=study().id, change=change)


@code_forms.post("/move/<path:path>")
@open_to(*TEAM)
@changes_data
def move(path: str) -> tuple[str, int] | Response:
    """Put a code at another place: below a code or at the top, first, last or after one of those there."""
    code = codebook.code_at(session(), study().id, path)
    to = request.form.get("parent", "")
    try:
        parent = codebook.code_at(session(), study().id, to) if to else None
        place = _place_after(code, parent, request.form.get("after", ""))
        _in_place(lambda: codebook.move_code(session(), actor(), code=code, parent=parent, place=place))
    except Refused as refusal:
        return _refused(path, refusal, "place")
    return redirect(url_of("codebook.code", path=code.path, said="code-moved"), code=303)


def _place_after(code: Code, parent: Code | None, after: str) -> int | None:
    """Return the place of a code after the one of a path among those below a parent: `first`, or last when empty."""
    if after == "first":
        return 0
    siblings = [each.path for each in codebook.children(session(), study().id, parent.id if parent else None)]
    others = [each for each in siblings if each != code.path]
    return others.index(after) + 1 if after in others else None


@code_forms.post("/merge/<path:path>")
@open_to(*TEAM)
@changes_data
def merge(path: str) -> tuple[str, int] | Response:
    """Merge a code into another."""
    code = codebook.code_at(session(), study().id, path)
    try:
        into = codebook.code_at(session(), study().id, request.form.get("into", ""))
        coding.merge_codes(session(), actor(), code=code, into=into)
    except Refused as refusal:
        return _refused(path, refusal, "merge")
    return redirect(url_of("codebook.code", path=into.path, said="code-merged"), code=303)


@code_forms.post("/remove/<path:path>")
@open_to(*TEAM)
@changes_data
def remove(path: str) -> tuple[str, int] | Response:
    """Remove a code that nothing was coded with."""
    try:
        coding.remove_code(session(), actor(), code=codebook.code_at(session(), study().id, path))
    except Refused as refusal:
        return _refused(path, refusal, "merge")
    return redirect(url_of("codebook.tree", said="code-removed"), code=303)


def _refused(path: str, refusal: Refused, at: str) -> tuple[str, int]:
    session().rollback()
    code = codebook.code_at(session(), study().id, path)
    return _form(code, sentence=refusal_words(refusal), at=at), refusal.status
