"""Whatever two people do at one source: store, journal, search index and the pages they have open stay equal."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, search
from ia_workbench.coding import Coding, Mark, watching
from ia_workbench.corpus import Revision
from ia_workbench.database import Store, open_engine
from ia_workbench.kernel import Conflict, Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source

TEXT = "PARENT: Dos autobuses 👩‍👧‍👦, e\u0323\u0302t\u00e9 \U0001d11e… y luego caminar.\nWORKER: ¿Y después?\n"
PEOPLE = ("ana", "ben")
CHANGING = ("remove", "again", "resize", "recode", "mark", "rate")
ACTS = ("apply", "several", *CHANGING, "merge", "note", "keep", "drop", "undo", "redo")
OFTEN = ("apply", "mark", "again", "merge", "undo", "undo", "redo")
FEW_ACTS = 4  # after which a page reads everything anew here: 500 of them would take too long


@dataclass(frozen=True)
class Step:
    """One act of somebody, with numbers that choose things and words; `then_asks` is whether the other's page asks."""

    act: str
    who: str
    one: int
    other: int
    then_asks: bool


def steps_of(dice: Random) -> list[Step]:
    """Throw dice for steps: drawn by hypothesis, they would seldom change one coding again and again."""
    return [
        Step(dice.choice(ACTS + OFTEN), dice.choice(PEOPLE), dice.randrange(6), dice.randrange(6), dice.random() < 0.3)
        for _ in range(dice.randint(10, 45))
    ]


@dataclass
class Page:
    """What the page of one person knows: a small model of `codings.js`, `changes.js` and the like."""

    actor: Actor
    last: int = 0
    codes: set[int] = field(default_factory=set)
    codings: dict[Any, Mark] = field(default_factory=dict)
    favourites: dict[int, int] = field(default_factory=dict)
    memos: set[tuple[Any, int]] = field(default_factory=set)

    def open(self, session: Session, revision: Revision) -> None:
        """Bring everything."""
        self.know_codes(session, revision)
        self.read_memos(session, revision)
        self.renew(session, revision)

    def know_codes(self, session: Session, revision: Revision) -> None:
        self.codes = {each.id for each in codebook.codes(session, revision.study_id)}
        self.favourites = dict(coding.favourites_of(session, self.actor, revision.study_id))

    def read_memos(self, session: Session, revision: Revision) -> None:
        self.memos = {(each.guid, code) for each, code in coding.memos_on_codes(session, revision.study_id)}

    def renew(self, session: Session, revision: Revision) -> None:
        """Bring all codings once more."""
        self.last = coding.last_act(session, revision.study_id)
        marks = coding.marks_on(session, revision)
        there = {each.guid for each in marks}
        self.update(marks, [guid for guid in self.codings if guid not in there])

    def ask(self, session: Session, revision: Revision) -> None:
        """Ask what changed, and take it in."""
        found = coding.changes_since(session, revision, self.last)
        self.last = found.last
        if found.is_codebook_changed:
            self.know_codes(session, revision)
        self.update(found.marks, found.gone)
        if found.are_memos_changed:
            self.read_memos(session, revision)
        if found.is_too_much:
            self.renew(session, revision)

    def update(self, marks: Any, gone: Any) -> None:
        """Take in codings: what is of the version that the page knows already stays as it is."""
        for mark in marks:
            known = self.codings.get(mark.guid)
            if mark.code_id in self.codes and (known is None or known.version != mark.version):
                self.codings[mark.guid] = as_sent(mark)
        for guid in gone:
            self.codings.pop(guid, None)


def as_sent(mark: Mark) -> Mark:
    """A mark as a page gets it: without its number in the store."""
    return replace(mark, id=0)


@dataclass
class Room:
    """A home with the source, its index, and a page of each person."""

    home: Home
    index: search.SearchIndex
    pages: dict[str, Page]

    def take(self, step: Step) -> None:
        """Take a step in a transaction of its own, of which its page hears; what is refused changes nothing."""
        page = self.pages[step.who]
        with suppress(Refused), self.home.session(page.actor) as session:
            act(session, page, revision_in(session, self.home), step)
            page.ask(session, revision_in(session, self.home))  # which is in the answer to an act
        for who in PEOPLE:
            if step.then_asks and who != step.who:
                self.ask(who)

    def ask(self, who: str) -> None:
        """Let somebody's page ask what changed."""
        page = self.pages[who]
        with self.home.session(page.actor, writes=False) as session:
            page.ask(session, revision_in(session, self.home))

    def assert_equal(self) -> None:
        """Everything that tells of the codings tells the same."""
        for who, page in self.pages.items():
            self.ask(who)
            with self.home.session(page.actor, writes=False) as session:
                revision = revision_in(session, self.home)
                now = Page(page.actor)
                now.open(session, revision)
                assert page == now, who
                assert coding.mismatched_excerpts(session, revision.study_id) == []
                told = coding.replayed(session, revision.study_id)
                assert (told.wrong, told.untold) == (frozenset(), 0)
        with self.home.unheld(Store.EVIDENCE, writes=False) as session:
            assert search.differences(session, self.index) == []


def revision_in(session: Session, home: Home) -> Revision:
    return corpus.newest_revision(session, corpus.source_keyed(session, home.study_id, "INT-001"))


def act(session: Session, page: Page, revision: Revision, step: Step) -> None:
    """Do what somebody would at their page: with the codings that it shows, as it shows them."""
    actor, one, other, source = page.actor, step.one, step.other, revision.source
    codes = codebook.codes(session, revision.study_id)
    code, second = codes[one % len(codes)], codes[other % len(codes)]
    span = Span(8 + other, 12 + one + other)
    if step.act == "apply":
        rating = other % 3 or None if code.scale else None
        coding.apply_code(session, actor, revision=revision, span=span, code=code, rating=rating)
    elif step.act == "several":
        coding.apply_codes(session, actor, revision=revision, span=Span(8, 12), codes=[code, second])
    elif step.act == "merge":
        coding.merge_codes(session, actor, code=code, into=second, place=source)
    elif step.act == "note":
        about = coding.on_code(code)
        coding.add_memo(session, actor, about=about, words=f"On {other}.", is_private=other % 2 == 1, place=source)
    elif step.act == "keep":
        coding.keep_favourite(session, actor, study_id=revision.study_id, place=1 + other % 3, code=code)
        page.know_codes(session, revision)  # the answer to it says what is kept now
    elif step.act == "drop":
        coding.remove_code(session, actor, code=code, place=source)
    elif step.act in CHANGING:
        change(session, page, revision, step, span)
    else:
        appliers = {coding.MEMO: coding.set_memo_state}
        getattr(coding, step.act)(session, actor, source=source, appliers=appliers)


def change(session: Session, page: Page, revision: Revision, step: Step, span: Span) -> None:
    """Change a coding that the page shows: what somebody else made of it since is never written over."""
    shown = [*page.codings.values()]
    if not shown:
        return
    mark = shown[step.one % len(shown)]
    made = coding.coding_by_guid(session, mark.guid)
    (now,) = coding.marks_on(session, revision, only=[mark.guid])
    done = do_change(session, page.actor, made, revision, step, span, mark.version)
    assert not done or as_sent(now) == mark, "what somebody else did was written over"


def do_change(
    session: Session, actor: Actor, made: Coding, revision: Revision, step: Step, span: Span, seen: int
) -> bool:
    """Do one of the changes; says whether it was not refused as overtaken."""
    codes = codebook.codes(session, revision.study_id)
    try:
        if step.act in ("remove", "again"):
            coding.remove_coding(session, actor, coding=made, seen=seen)
            if step.act == "again":  # on second thoughts
                coding.undo(session, actor, source=revision.source)
        elif step.act == "resize":
            coding.resize_coding(session, actor, coding=made, revision=revision, span=span, seen=seen)
        elif step.act == "recode":
            coding.recode(session, actor, coding=made, code=codes[step.other % len(codes)], seen=seen)
        elif step.act == "mark":
            coding.mark_important(session, actor, coding=made, is_important=step.other % 2 == 0, seen=seen)
        else:
            coding.rate_coding(session, actor, coding=made, rating=step.other % 3 or None, seen=seen)
    except Conflict:
        return False
    return True


@dataclass
class Copies:
    """Rooms that all begin alike, one after the other in the same place, which saves most of the time."""

    begin: Path
    home: Home
    index: search.SearchIndex
    actors: dict[str, Actor]

    def room(self) -> Room:
        """Make everything what it was in the beginning."""
        self.home.evidence.dispose()
        shutil.rmtree(self.home.folder, ignore_errors=True)
        shutil.copytree(self.begin, self.home.folder)
        room = Room(self.home, self.index, {who: Page(actor) for who, actor in self.actors.items()})
        for page in room.pages.values():
            with self.home.session(page.actor, writes=False) as session:
                page.open(session, revision_in(session, self.home))
        return room


def begin_coding(home: Home) -> None:
    """Give some words codes: each person two words the same code, and one another."""
    for who in PEOPLE:
        with home.session(home.actor(who)) as session:
            revision, codes = revision_in(session, home), codebook.codes(session, home.study_id)
            for code, span in ((codes[0], Span(8, 12)), (codes[0], Span(12, 21)), (codes[1], Span(8, 12))):
                coding.apply_code(session, home.actor(who), revision=revision, span=span, code=code)


@pytest.fixture
def copies(home: Home, tmp_path: Path) -> Iterator[Copies]:
    """Copies of a home with codes, two of them rated, a source and an index."""
    ana, folder = home.actor("ana"), tmp_path / "copy"
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text=TEXT)
        for each in codebook.codes(session, home.study_id)[:2]:
            each.scale = ["slight", "strong"]
    begin_coding(home)
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        search.rebuild(session, search.SearchIndex(home.folder / "words"))
    actors = {who: home.actor(who) for who in PEOPLE}
    home.close()
    engine, index = open_engine(f"sqlite:///{folder / 'evidence.sqlite3'}"), search.SearchIndex(folder / "words")
    search.follow(engine, index)
    yield Copies(home.folder, replace(home, folder=folder, evidence=engine), index, actors)
    engine.dispose()


@settings(
    max_examples=18,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # making a failure smaller takes minutes here
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(dice=st.randoms(use_true_random=True), most=st.sampled_from([FEW_ACTS, watching.MOST_ACTS]))
def test_any_sequence_of_acts_of_two_people_leaves_store_journal_index_and_pages_equal(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, dice: Random, most: int
) -> None:
    monkeypatch.setattr(watching, "MOST_ACTS", most)
    room = copies.room()
    for step in steps_of(dice):
        room.take(step)
    room.assert_equal()
