"""Memos as pages that need no scripts: all of them with filters, one with its versions and links, and its changes."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import coding, corpus
from ia_workbench.coding import Memo, MemoAbout, MemoChoice
from ia_workbench.kernel import Conflict, Refused
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.markdown import rendered
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import version_seen
from ia_workbench.web.workbench.codings import sent_fields
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.memo_views import Places, back_to, links_of, name_of, subject_of, told

memos = Blueprint("memos", __name__, url_prefix="/s/<study_key>/memos")

ON_A_PAGE = 50
MOST_TITLES = 500  # offered while one types
FIELDS = ("about", "source", "turn", "thing")


@memos.get("")
@open_to(*TEAM)
def every() -> str:
    """List the memos that the reader may read, narrowed by what the address asks for."""
    here, asked = study().id, request.args
    choice = _choice()
    found = coding.memos(session(), here, choice)
    everything = coding.memos(session(), here)
    page = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "team/memos/every.html",
        asked=asked,
        removed=choice.is_removed,
        total=len(found),
        everything=len(everything),
        shown=told(found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]),
        page=page,
        pages=max(1, -(-len(found) // ON_A_PAGE)),
        kinds=[each.value for each in MemoAbout],
        writers=sorted({each.by for each in everything}),
        sources=[each for each in corpus.sources(session(), here) if not each.is_withdrawn],
    )


def _choice() -> MemoChoice:
    asked = request.args
    about = next((each for each in MemoAbout if each.value == asked.get("about")), None)
    every_source = corpus.sources(session(), study().id)
    source = next((each for each in every_source if each.key == asked.get("source")), None)
    whose = {"private": True, "team": False}.get(asked.get("whose", ""))
    by = actor().username if asked.get("whose") == "mine" else asked.get("by") or None
    return MemoChoice(about, source, by, whose, _since(asked.get("since", "")), asked.get("show") == "removed")


def _since(typed: str) -> datetime | None:
    try:
        return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None


@memos.post("")
@open_to(*TEAM)
@changes_data
def add() -> tuple[str, int] | Response:
    """Note something about a source, a turn, a code, a step or a finding."""
    form = request.form
    try:
        memo = coding.add_memo(
            session(),
            actor(),
            about=subject_of(form),
            words=form.get("words", ""),
            title=form.get("title", ""),
            is_private=form.get("private") == "1",
            links=links_of(form),
        )
    except Refused as refusal:
        session().rollback()
        fields = {name: form.get(name, "") for name in FIELDS}
        return _form(None, sentence=refusal_words(refusal), fields=fields), refusal.status
    return _leading_to(memo, said="memo-added")


@memos.get("/titles.json")
@open_to(*TEAM)
def titles() -> Response:
    """Give what the memos are called, for linking to one by its title."""
    found = coding.memos(session(), study().id)[:MOST_TITLES]
    places = Places(found)
    named = [{"guid": str(each.guid), "name": name_of(each), "place": places.of(each).name} for each in found]
    return jsonify({"memos": named})


@memos.post("/preview.json")
@open_to(*TEAM)
def preview() -> Response:
    """Give Markdown as the HTML that a memo would show; nothing is stored."""
    study()
    return jsonify({"html": rendered(sent_fields().text("words")).text})


@memos.get("/<memo>")
@open_to(*TEAM)
def one(memo: str) -> str:
    """Show one memo with what it is linked with, all it ever said, and the form to change it."""
    return _form(_memo(memo))


def _memo(guid: str) -> Memo:
    return coding.memo_of_study(session(), study().id, guid, or_removed=True)


def _form(memo: Memo | None, *, sentence: str = "", clash: bool = False, fields: dict[str, str] | None = None) -> str:
    """Return the page of a memo, or of one that could not be added yet; what was typed stays in the form."""
    typed = request.form if request.method == "POST" else None
    (shown,) = told([memo]) if memo is not None else (None,)
    return render_template(
        "team/memos/one.html",
        told=shown,
        memo=memo,
        fields=fields or {},
        typed=typed,
        typed_html=rendered(typed.get("words", "")) if typed is not None else None,
        sentence=sentence,
        clash=clash,
        versions=coding.versions_of(session(), memo) if memo is not None else [],
        rendered=rendered,
        names=sorted({name_of(each) for each in coding.memos(session(), study().id) if each is not memo}),
    )


@memos.post("/<memo>")
@open_to(*TEAM)
@changes_data
def change(memo: str) -> tuple[str, int] | Response:
    """Change a memo. Whoever saves second sees both texts and chooses."""
    found, form = _memo(memo), request.form
    try:
        coding.change_memo(
            session(),
            actor(),
            memo=found,
            seen=version_seen(form),
            words=form.get("words", ""),
            title=form.get("title", ""),
            is_private=form.get("private") == "1",
            links=links_of(form),
        )
    except Refused as refusal:
        session().rollback()
        is_clash = isinstance(refusal, Conflict)
        return _form(_memo(memo), sentence=refusal_words(refusal), clash=is_clash), refusal.status
    return _leading_to(found, said="saved")


@memos.post("/<memo>/remove")
@open_to(*TEAM)
@changes_data
def remove(memo: str) -> Response:
    """Remove a memo; its page still shows it, with the button that puts it back."""
    found = coding.memo_of_study(session(), study().id, memo)
    coding.remove_memo(session(), actor(), memo=found)
    return redirect(url_of("memos.one", memo=memo, said="memo-removed"), code=303)


@memos.post("/<memo>/restore")
@open_to(*TEAM)
@changes_data
def restore(memo: str) -> Response:
    """Put a removed memo back."""
    coding.restore_memo(session(), actor(), memo=_memo(memo))
    return redirect(url_of("memos.one", memo=memo, said="memo-restored"), code=303)


def _leading_to(memo: Memo, *, said: str) -> Response:
    address, mark, place = back_to(memo).partition("#")
    return redirect(f"{address}?said={said}{mark}{place}", code=303)
