"""Masking a whole source: its marks one after another, what was missed, and the masked text that a second person signs.

Every act is a form. Scripts send the same forms and ask for JSON: they get the parts of the page that changed.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import corpus, language, masking, release
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import NotFound, Refused, Span, normalise_text
from ia_workbench.masking import Decision, Looked, Mark
from ia_workbench.privacy import IdentifierClass
from ia_workbench.web.access import changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, only_reading, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.mask_views import CLASSES, Group, Shown, after, groups_of, turn_markup

mask_source = Blueprint("mask_source", __name__, url_prefix="/s/<study_key>/sources/<source_key>/mask")

GONE = "This mark is no longer there."
NOT_THERE = "The words “{words}” do not stand in this text. Copy them from it."


def _model() -> str:
    name: str = current_app.extensions["ia_settings"].model
    return name


@dataclass(frozen=True)
class Desk:
    """A source on the masking page: its newest text, marks and groups, and the mark that is looked at."""

    source: Source
    revision: Revision
    marks: list[Mark]
    groups: list[Group]
    current: Mark | None
    shown: Shown

    @property
    def listed(self) -> list[Group]:
        """The groups that the filters leave."""
        return [each for each in self.groups if self.shown.fits(each)]

    @property
    def group(self) -> Group | None:
        """The group of the current mark."""
        return next((each for each in self.groups if self.current in each.marks), None)

    @property
    def kept(self) -> str:
        """What links take along of the filters, ending in `&`, or nothing."""
        chosen = {name: value for name, value in asdict(self.shown).items() if value}
        return f"{urlencode(chosen)}&" if chosen else ""


def _desk(source_key: str, *, at: Mark | None = None, goes_on: bool = False) -> Desk:
    source = corpus.source_keyed(session(), study().id, source_key)
    revision = corpus.newest_revision(session(), source)
    marks = list(masking.marks_on(session(), revision.id))
    groups = groups_of(marks)
    shown = Shown(**{name: request.values.get(name, "") for name in ("kind", "state", "found")})
    current = at if at is not None and at in marks else _asked_for(marks)
    if goes_on or current is None:
        following = after([each for each in groups if shown.fits(each)], current)
        current = following.first if following else current or (marks[0] if marks else None)
    return Desk(source, revision, marks, groups, current, shown)


def _asked_for(marks: list[Mark]) -> Mark | None:
    wanted = request.values.get("mark", "")
    return next((each for each in marks if str(each.guid) == wanted), None)


@mask_source.get("")
@open_to(*TEAM)
def one(source_key: str) -> str | Response:
    """Show a source with its marks; `?mark=` is the current one. Scripts that walk on get its parts alone."""
    desk = _desk(source_key)
    if _is_script():
        return jsonify(_parts(desk, text=None, touched=()))
    return _page(desk)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _page(desk: Desk, sentence: str | None = None, typed: dict[str, str] | None = None) -> str:
    text = corpus.text_of(session(), desk.revision)
    turns = corpus.turns_of(session(), desk.revision)
    return render_template(
        "team/masking/source.html",
        section="sources",
        turns=turn_markup(text, turns, desk.marks, desk.current, desk.kept.replace("&", "&amp;")),
        sentence=sentence,
        typed=typed or {},
        **_words(desk),
    )


def _words(desk: Desk) -> dict[str, Any]:
    """Return what every part of the page is made of."""
    reach = None
    if request.args.get("everywhere") and desk.current is not None:
        reach = masking.reach_of(session(), mark=desk.current)
    return {
        "source": desk.source,
        "revision": desk.revision,
        "desk": desk,
        "classes": CLASSES,
        "standing": masking.standing_of(session(), desk.source),
        "made": masking.masked_text_of(session(), desk.source),
        "few": release.few_sharing(session(), desk.source),
        "is_thorough": masking.is_thorough(study()),
        "has_model": language.model_for(desk.source.language, _model()) is not None,
        "reach": reach,
    }


def _parts(desk: Desk, *, text: str | None, touched: tuple[Mark, ...]) -> dict[str, Any]:
    """Return the parts of the page that an act changed, as HTML by the id of their place."""
    words = _words(desk)
    parts = {name: render_template(f"team/masking/source_{name}.html", **words) for name in ("queue", "panel", "state")}
    if text is not None:
        turns = [
            each
            for each in corpus.turns_of(session(), desk.revision)
            if any(mark.start < each.end and mark.end > each.start for mark in touched)
        ]
        made = turn_markup(text, turns, desk.marks, desk.current, desk.kept.replace("&", "&amp;"))
        parts |= {f"turn-{number}": str(markup) for number, markup in made.items()}
    return {"parts": parts, "current": str(desk.current.guid) if desk.current else None}


def _done(
    source_key: str, touched: list[Mark], *, at: Mark | None, goes_on: bool, said: str = "", is_elsewhere: bool = False
) -> Response:
    """Answer an act: scripts with the parts that changed, a form with the page at the next mark."""
    session().flush()  # the page is read from what was just written
    desk = _desk(source_key, at=at, goes_on=goes_on)
    if _is_script() and not is_elsewhere:
        text = corpus.text_of(session(), desk.revision)
        return jsonify(_parts(desk, text=text, touched=tuple(touched)))
    wanted = {"mark": str(desk.current.guid)} if desk.current else {}
    chosen = {name: value for name, value in asdict(desk.shown).items() if value}
    anchor = f"#m-{desk.current.guid}" if desk.current else ""
    address = url_of("mask_source.one", source_key=source_key, **chosen, **wanted, **({"said": said} if said else {}))
    if _is_script():  # words were withheld, so that all stands elsewhere
        return jsonify({"moved": address + anchor})
    return redirect(address + anchor, code=303)


def _trying(source_key: str, act: Callable[[], Response]) -> Response | tuple[str, int]:
    """Do an act of a form; one that is refused shows the page again with the reason, or tells a script."""
    try:
        return act()
    except Refused as refusal:
        if _is_script() or isinstance(refusal, NotFound):
            raise
        session().rollback()
        typed = {name: request.form.get(name, "") for name in ("words", "instead", "class")}
        return _page(_desk(source_key), refusal_words(refusal), typed), refusal.status


@mask_source.post("/propose")
@open_to(*TEAM)
@changes_data
def propose(source_key: str) -> Response:
    """Look for identifiers in the newest text."""
    thorough = bool(request.form.get("thorough")) if request.form.get("asked") else None
    looked = _looked(source_key, thorough=thorough)
    source = corpus.source_keyed(session(), study().id, source_key)
    model = _model()
    masking.propose_marks(session(), actor(), source=source, model=model, thorough=thorough, looked=looked)
    return redirect(url_of("mask_source.one", source_key=source_key), code=303)


def _looked(source_key: str, *, thorough: bool | None = None) -> Looked:
    """Look for identifiers before the store is held for writing: in a long text that takes its time."""
    with only_reading():
        source = corpus.source_keyed(session(), study().id, source_key)
        return masking.looked_for(session(), source=source, model=_model(), thorough=thorough)


@mask_source.post("/decide")
@open_to(*TEAM)
@changes_data
def decide(source_key: str) -> Response | tuple[str, int]:
    """Decide the current mark; `everyplace` names a decision for all its places."""

    def act() -> Response:
        mark = _mark(source_key)
        before = mark.revision_id
        every, this = request.form.get("everyplace"), request.form.get("decision")
        instead = request.form.get("instead")
        changed = masking.decide_mark(
            session(),
            actor(),
            mark=mark,
            decision=_decision(every or this or ""),
            version=request.form.get("version", type=int),
            identifier_class=_class(request.form.get("class", "")) or mark.identifier_class,
            instead=None if instead is None or instead == request.form.get("was") else instead,
            all_places=bool(every),
        )
        is_elsewhere = corpus.newest_revision(session(), mark.revision.source).id != before
        return _done(source_key, changed, at=mark, goes_on=True, is_elsewhere=is_elsewhere)

    return _trying(source_key, act)


def _mark(source_key: str) -> Mark:
    try:
        mark = masking.mark_by_guid(session(), study().id, uuid.UUID(request.form.get("mark", "")))
    except ValueError:
        raise NotFound(GONE) from None
    if mark.revision.source.key != source_key:
        raise NotFound(GONE)
    return mark


def _decision(name: str) -> Decision:
    try:
        return Decision(name)
    except ValueError:
        raise Refused("Choose what to do with this mark.") from None


def _class(name: str) -> IdentifierClass | None:
    return IdentifierClass(name) if name in set(IdentifierClass) else None


@mask_source.post("/add")
@open_to(*TEAM)
@changes_data
def add(source_key: str) -> Response | tuple[str, int]:
    """Mark what was missed: the selected words, or every place of the words that were typed."""

    def act() -> Response:
        source = corpus.source_keyed(session(), study().id, source_key)
        kind = _class(request.form.get("class", ""))
        if kind is None:
            raise Refused("Choose what kind of identifier it is.")
        made = [
            masking.add_mark(
                session(),
                actor(),
                source=source,
                span=span,
                identifier_class=kind,
                instead=request.form.get("instead") or None,
                seen=request.form.get("seen") or None,
            )
            for span in _places(source)
        ]
        return _done(source_key, made, at=made[0], goes_on=False)

    return _trying(source_key, act)


def _places(source: Source) -> list[Span]:
    start, end = (request.form.get(name, type=int) for name in ("start", "end"))
    if start is not None and end is not None:
        return [Span(start, end)]
    words = " ".join(normalise_text(request.form.get("words", "")).split())
    revision = corpus.newest_revision(session(), source)
    taken = [each for each in masking.marks_on(session(), revision.id) if each.state is masking.MarkState.ACCEPTED]
    written = r"\s+".join(re.escape(each) for each in words.split())
    found = re.finditer(rf"(?<!\w){written}(?!\w)", corpus.text_of(session(), revision)) if written else ()
    spans = [Span(*each.span()) for each in found]
    free = [each for each in spans if not any(one.start < each.end and each.start < one.end for one in taken)]
    if not free:
        raise Refused(NOT_THERE, words=words)
    return free


@mask_source.post("/everywhere")
@open_to(*TEAM)
@changes_data
def everywhere(source_key: str) -> Response | tuple[str, int]:
    """Apply the decision about the current mark to all sources of the study."""

    def act() -> Response:
        mark = _mark(source_key)
        masking.apply_to_all(session(), actor(), mark=mark, version=request.form.get("version", type=int))
        return _done(source_key, [mark], at=mark, goes_on=False, said="applied-everywhere")

    return _trying(source_key, act)


@mask_source.post("/undo")
@open_to(*TEAM)
@changes_data
def undo(source_key: str) -> Response | tuple[str, int]:
    """Take back what the actor decided here last."""

    def act() -> Response:
        source = corpus.source_keyed(session(), study().id, source_key)
        before = list(masking.marks_of(session(), source))
        left = masking.undo_decision(session(), actor(), source=source)
        gone = [each for each in before if each not in set(masking.marks_of(session(), source))]
        return _done(source_key, [*left, *gone], at=left[0] if left else None, goes_on=False)

    return _trying(source_key, act)


@mask_source.post("/make")
@open_to(*TEAM)
@changes_data
def make(source_key: str) -> Response | tuple[str, int]:
    """Make the masked text, for a second person to sign."""

    def act() -> Response:
        looked = _looked(source_key)
        source = corpus.source_keyed(session(), study().id, source_key)
        masking.make_masked_text(session(), actor(), source=source, model=_model(), looked=looked)
        return redirect(url_of("masked_text.one", source_key=source_key, said="mask-made"), code=303)

    return _trying(source_key, act)
