"""Splitting a code: choosing what its codings are sorted into, then sorting them one by one, by keys or by buttons."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import codebook, coding, corpus
from ia_workbench.codebook import Code
from ia_workbench.coding import CodeSplit, Coding, SplitItem, SplitState
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.code_data import name_warning
from ia_workbench.web.workbench.current import TEAM, study

code_splits = Blueprint("code_splits", __name__, url_prefix="/s/<study_key>/codebook")

AROUND = 240  # code points of the text shown before and after a coding's words
STAY = "stay"


@dataclass(frozen=True)
class Shown:
    """The coding that is before the reader: its number (from 1), what became of it, and the words around it."""

    number: int
    item: SplitItem
    before: str = ""
    words: str = ""
    after: str = ""
    turn: int = 1


@code_splits.get("/split/<path:path>")
@open_to(*TEAM)
def one(path: str) -> str:
    """Show one coding of a code that is split (`?n=`), or the form that begins."""
    return _page(codebook.code_at(session(), study().id, path))


def _page(code: Code, *, sentence: str | None = None, typed: str = "", warning: str = "") -> str:
    split = coding.open_split(session(), actor(), code=code)
    items = coding.split_items(session(), split) if split else []
    every = codebook.codes(session(), study().id)
    by_guid = {str(each.guid): each for each in every}
    return render_template(
        "team/codebook/split.html",
        code=code,
        split=split,
        targets=[by_guid[each] for each in split.targets if each in by_guid] if split else [],
        others=[each for each in every if each.id != code.id],
        shown=_shown(items, whole_number(request.args.get("n", ""))) if items else None,
        total=len(items),
        done=sum(each.state is not SplitState.WAITS for each in items),
        states=[each.state.value for each in items],
        sentence=sentence,
        typed=typed,
        warning=warning,
    )


def _shown(items: list[SplitItem], asked: int | None) -> Shown:
    """Return the coding asked for, else the first that waits, else the last."""
    waiting = [number for number, each in enumerate(items, 1) if each.state is SplitState.WAITS]
    number = asked or next(iter(waiting), len(items))
    number = min(max(number, 1), len(items))
    item = items[number - 1]
    return Shown(number, item) if item.coding is None else _with_words(number, item, item.coding)


def _with_words(number: int, item: SplitItem, made: Coding) -> Shown:
    excerpt = made.excerpt
    text = corpus.text_of(session(), excerpt.revision)
    start, end = max(excerpt.start - AROUND, 0), min(excerpt.end + AROUND, len(text))
    turn = corpus.turn_at(session(), excerpt.revision_id, excerpt.start).number
    return Shown(number, item, text[start : excerpt.start], excerpt.quote, text[excerpt.end : end], turn)


@code_splits.post("/split/<path:path>")
@open_to(*TEAM)
@changes_data
def begin(path: str) -> tuple[str, int] | Response:
    """Begin a split, or add a code to sort into: one that is there, or a new one beside the code."""
    code = codebook.code_at(session(), study().id, path)
    name = request.form.get("name", "").strip()
    warning = name_warning(name) if name and not request.form.get("despite") else ""
    if warning:
        return _page(code, typed=name, warning=warning), 422
    try:
        targets = [codebook.code_at(session(), study().id, each) for each in request.form.getlist("into") if each]
        if name:
            targets.append(_new_beside(code, name))
        coding.split_code(session(), actor(), code=code, targets=targets)
    except Refused as refusal:
        session().rollback()
        again = codebook.code_at(session(), study().id, path)
        return _page(again, sentence=refusal_words(refusal), typed=name), refusal.status
    return redirect(url_of("code_splits.one", path=path), code=303)


def _new_beside(code: Code, name: str) -> Code:
    above = code.parent.path if code.parent else None
    made: list[Code] = []

    def add() -> Code:
        made.append(codebook.add_code(session(), actor(), study_id=code.study_id, name=name, parent_path=above))
        return made[0]

    coding.change_in_place(session(), actor(), study_id=code.study_id, change=add)
    return made[0]


@code_splits.post("/sort/<path:path>")
@open_to(*TEAM)
@changes_data
def sort(path: str) -> tuple[str, int] | Response:
    """Sort one coding into a code (`into`, a path), or let it stay."""
    code, split = _split_at(path)
    into = request.form.get("into", "")
    number = whole_number(request.form.get("n", "")) or 1
    try:
        target = None if into == STAY else codebook.code_at(session(), study().id, into)
        coding.sort_coding(session(), actor(), split=split, guid=_guid(request.form.get("coding", "")), into=target)
    except Refused as refusal:
        session().rollback()
        return _page(codebook.code_at(session(), study().id, path), sentence=refusal_words(refusal)), refusal.status
    session().flush()
    following = _next_waiting(coding.split_items(session(), split), number)
    return redirect(url_of("code_splits.one", path=code.path, n=following), code=303)


def _next_waiting(items: list[SplitItem], number: int) -> int:
    waiting = [each for each, item in enumerate(items, 1) if item.state is SplitState.WAITS]
    return next((each for each in waiting if each > number), next(iter(waiting), number))


def _guid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound("This coding is no longer there.") from None


@code_splits.post("/end-split/<path:path>")
@open_to(*TEAM)
@changes_data
def end(path: str) -> Response:
    """End a split; what was not sorted keeps its code."""
    code, split = _split_at(path)
    coding.end_split(session(), actor(), split=split)
    return redirect(url_of("codebook.code", path=code.path, said="split-ended"), code=303)


def _split_at(path: str) -> tuple[Code, CodeSplit]:
    code = codebook.code_at(session(), study().id, path)
    split = coding.open_split(session(), actor(), code=code)
    if split is None:
        raise NotFound("This code is not being split. Begin again from its page.")
    return code, split
