"""What pages show of memos: each with its words as HTML, what it is about, and the memos it is linked with."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from ia_workbench import codebook, coding, corpus, findings, process_map
from ia_workbench.codebook import Code
from ia_workbench.coding import Linked, Memo, MemoAbout, Subject
from ia_workbench.corpus import Source
from ia_workbench.findings import Finding
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.privacy import Act
from ia_workbench.web.addresses import url_of
from ia_workbench.web.markdown import Html, rendered
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.current import finding_of_study, study


@dataclass(frozen=True)
class Place:
    """What a memo is about: its name, where that is, and a sign that it is no longer there."""

    name: str
    address: str | None
    language: str = ""


@dataclass(frozen=True)
class Told:
    """A memo as a page tells it."""

    memo: Memo
    place: Place
    html: Html
    linked: Linked = field(default_factory=Linked)

    @property
    def name(self) -> str:
        """What the memo is called."""
        return name_of(self.memo)

    @property
    def may_remove(self) -> bool:
        """Whether the reader may remove it: their own, or any for a lead."""
        return self.memo.by == actor().username or actor().may(Act.MANAGE_STUDY)

    @property
    def is_mine(self) -> bool:
        """Whether the reader wrote it."""
        return self.memo.by == actor().username


def name_of(memo: Memo) -> str:
    """Return what a memo is called."""
    return coding.memo_name(memo.title, memo.words)


def told(memos: Sequence[Memo]) -> list[Told]:
    """Return memos as pages tell them, in the same order; of none, nothing is looked up."""
    if not memos:
        return []
    places = Places(memos)
    linked = coding.linked_memos(session(), memos)
    return [Told(each, places.of(each), rendered(each.words), linked[each.id]) for each in memos]


class Places:
    """Looks up what memos are about, each kind of thing once for all of them."""

    def __init__(self, memos: Sequence[Memo]) -> None:
        kinds = {each.about for each in memos}
        here = study().id
        on_words = {each.excerpt_id for each in memos if each.excerpt_id is not None}
        self.turns = coding.turns_of_excerpts(session(), on_words)
        self.sources = {each.id: each for each in corpus.sources(session(), here)}
        self.things: dict[tuple[MemoAbout, str], Place] = {}
        if MemoAbout.CODE in kinds:
            self._keep(MemoAbout.CODE, {str(each.guid): code_place(each) for each in codebook.codes(session(), here)})
        if MemoAbout.FINDING in kinds:
            every = findings.findings(session(), here)
            self._keep(MemoAbout.FINDING, {str(each.guid): finding_place(each) for each in every})
        if MemoAbout.STEP in kinds:
            steps = {each.key: each.title for each in process_map.nodes(session(), here)}
            passages = {each.key: _passage(steps, each.key) for each in process_map.edges(session(), here)}
            self._keep(MemoAbout.STEP, {key: step_place(key, name) for key, name in (steps | passages).items()})

    def _keep(self, about: MemoAbout, places: Mapping[str, Place]) -> None:
        self.things.update({(about, thing): place for thing, place in places.items()})

    def of(self, memo: Memo) -> Place:
        """Return what a memo is about."""
        source = self.sources.get(memo.source_id) if memo.source_id is not None else None
        if source is not None:
            return source_place(source, self.turns.get(memo.excerpt_id) if memo.excerpt_id is not None else None)
        return self.things.get((memo.about, memo.thing or "")) or Place(_("no longer there"), None)


def _passage(steps: Mapping[str, str], key: str) -> str:
    first, _dots, last = key.partition("..")
    return f"{steps.get(first, first)} → {steps.get(last, last)}"


def source_place(source: Source, turn: int | None) -> Place:
    """Return a source, or a turn of it, as what a memo is about."""
    if turn is None:
        return Place(f"{source.key} {source.title}", url_of("sources.one", source_key=source.key))
    where = url_of("reading.code", source_key=source.key) + f"#turn-{turn}"
    return Place(_("%(key)s, turn %(n)s", key=source.key, n=turn), where)


def code_place(code: Code) -> Place:
    """Return a code as what a memo is about."""
    return Place(code.name, url_of("codebook.code", path=code.path), "en")


def finding_place(finding: Finding) -> Place:
    """Return a finding as what a memo is about."""
    return Place(f"{finding.key} {finding.title}", url_of("finding.one", finding_key=finding.key), "en")


def step_place(key: str, name: str) -> Place:
    """Return a step or passage as what a memo is about."""
    return Place(f"{key} {name}", url_of("process_map.place", place=key), "en")


def subject_of(form: MultiDict[str, str]) -> Subject:
    """Return what a form's memo is about: `about`, and `source` (with `turn`, or none) or `thing`. Raises NotFound."""
    about, here = form.get("about", ""), study().id
    if about == MemoAbout.CODE:
        return coding.on_code(codebook.code_at(session(), here, form.get("thing", "")))
    if about == MemoAbout.STEP:
        return coding.on_step(process_map.place_keyed(session(), here, form.get("thing", "")))
    if about == MemoAbout.FINDING:
        return coding.on_finding(finding_of_study(form.get("thing", "")))
    if about not in (MemoAbout.SOURCE, MemoAbout.TURN):
        raise NotFound("There is nothing of that kind for a memo.")
    revision = corpus.newest_revision_at(session(), here, form.get("source", ""))
    typed = form.get("turn", "").strip()
    if not typed:
        return coding.on_source(revision.source)
    turn = next((each for each in corpus.turns_of(session(), revision) if each.number == whole_number(typed)), None)
    if turn is None:
        raise NotFound("{key} has no turn {turn}.", key=revision.source.key, turn=typed)
    return coding.on_turn(revision, turn)


def back_to(memo: Memo) -> str:
    """Return the page of what a memo is about, at the memo; its own page where that is gone."""
    place = Places([memo]).of(memo)
    if memo.excerpt is not None or place.address is None:
        return url_of("memos.one", memo=str(memo.guid))
    return place.address + f"#memo-{memo.guid}"


def links_of(form: MultiDict[str, str]) -> list[uuid.UUID]:
    """Return the memos that a form points to: those kept, and one named by what it is called."""
    kept = [guid_of(each) for each in form.getlist("link")]
    named = form.get("link_to", "").strip()
    if not named:
        return kept
    found = [each for each in coding.memos(session(), study().id) if name_of(each).casefold() == named.casefold()]
    if not found:
        raise Refused("No memo is called {name}. Choose one of those that are offered as you type.", name=named)
    return [*kept, found[0].guid]


def guid_of(text: str) -> uuid.UUID:
    """Return the GUID that a form holds; raises NotFound for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound("A memo that this one was to point to is no longer there.") from None


def memos_about(kind: str, thing: Any) -> list[Told]:
    """Return the memos on a thing that a page is about: `source`, `code`, `step` or `finding`."""
    on = {"code": coding.on_code, "step": coding.on_step, "finding": coding.on_finding}
    if kind == "source":
        return told(coding.memos_of(session(), thing))
    return told(coding.memos_about(session(), on[kind](thing)))


def install_memos(app: Flask) -> None:
    """Let every page list the memos on what it is about."""
    app.jinja_env.globals.update(memos_about=memos_about, memo_name_of=name_of)
