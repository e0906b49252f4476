"""Merging, removing and splitting codes, codes made of words, and undo beside the work of others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, privacy
from ia_workbench.codebook import Code
from ia_workbench.coding import Coding
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Conflict, NotAllowed, Refused, Span
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: I took the bus at six, and then I walked the rest of the way in the rain."
WORDS, OTHERS = Span(8, 18), Span(20, 30)


@dataclass
class Desk:
    """A session of Ana's, and the text that is coded in it."""

    home: Home
    session: Session
    revision: Revision

    def code(self, path: str) -> Code:
        return codebook.code_at(self.session, self.home.study_id, path)

    def give(self, path: str, span: Span = WORDS, *, who: str = "ana", rating: int | None = None) -> Coding:
        actor = self.home.actor(who)
        return coding.apply_code(
            self.session, actor, revision=self.revision, span=span, code=self.code(path), rating=rating
        )

    def scale(self, *paths: str) -> None:
        for path in paths:
            self.code(path).scale = ["slight", "strong"]

    def merge(self, path: str, into: str, *, who: str = "ana", request: str | None = None) -> coding.Merged:
        actor, place = self.home.actor(who), self.revision.source
        return coding.merge_codes(
            self.session, actor, code=self.code(path), into=self.code(into), place=place, request=request
        )


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """Offer a study with codes and a source."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        yield Desk(home, session, revision_of(session, add_source(session, home, key="INT-001", text=TEXT)))
        session.rollback()


def test_a_double_becomes_one_that_keeps_its_rating_or_takes_the_others(desk: Desk) -> None:
    desk.scale("barriers/hours", "barriers/transport")
    kept, goes = desk.give("barriers/transport", rating=1), desk.give("barriers/hours", rating=2)
    bare = desk.give("barriers/transport", OTHERS)
    rated = desk.give("barriers/hours", OTHERS, rating=2)
    coding.mark_important(desk.session, desk.home.actor("ana"), coding=rated, is_important=True)
    merged = desk.merge("barriers/hours", "barriers/transport")
    assert (merged.codings, merged.doubles) == (2, 2)
    made = {each.guid: each for each in desk.session.scalars(select(Coding))}
    assert set(made) == {kept.guid, bare.guid}
    assert (made[kept.guid].rating, made[bare.guid].rating, made[bare.guid].is_important) == (1, 2, True)
    coding.undo(desk.session, desk.home.actor("ana"), source=desk.revision.source)
    desk.session.expire_all()
    made = {each.guid: each for each in desk.session.scalars(select(Coding))}
    assert set(made) == {kept.guid, bare.guid, goes.guid, rated.guid}
    assert made[bare.guid].rating is None


def test_a_merge_that_is_sent_twice_is_done_once(desk: Desk) -> None:
    desk.give("barriers/hours")
    desk.merge("barriers/hours", "barriers-met", request="r1")
    code = desk.code("barriers/transport")
    again = coding.merge_codes(
        desk.session, desk.home.actor("ana"), code=code, into=desk.code("barriers"), request="r1"
    )
    assert again.codings == 0
    assert desk.code("barriers/transport").guid == code.guid


def test_an_analyst_merges_what_they_alone_coded_with_and_nothing_of_others(desk: Desk) -> None:
    desk.give("barriers/hours", who="ben")
    assert desk.merge("barriers/hours", "barriers-met", who="ben").codings == 1
    desk.give("barriers/transport")
    with pytest.raises(NotAllowed, match="Others have coded with barriers/transport"):
        desk.merge("barriers/transport", "barriers-met", who="ben")
    limited = replace(desk.home.actor("ben"), limited_ids=frozenset({desk.home.study_id}))
    with pytest.raises(NotAllowed, match="You read some sources of this study only"):
        coding.merge_codes(desk.session, limited, code=desk.code("barriers-met"), into=desk.code("barriers"))


def test_a_code_is_not_merged_into_itself_or_below_itself(desk: Desk) -> None:
    with pytest.raises(Refused, match="barriers/hours lies below barriers"):
        desk.merge("barriers", "barriers/hours")
    with pytest.raises(Refused, match="Choose another code"):
        desk.merge("barriers", "barriers")


def test_undoing_a_rename_leaves_the_colour_that_somebody_else_chose_since(desk: Desk) -> None:
    ana, ben = desk.home.actor("ana"), desk.home.actor("ben")
    code = desk.code("barriers/hours")
    named = replace(codebook.wording_of(code), name="Times")
    coding.change_in_place(
        desk.session, ana, study_id=code.study_id, place=desk.revision.source,
        change=lambda: codebook.change_code(desk.session, ana, code=code, wording=named),
    )  # fmt: skip
    codebook.change_code(desk.session, ben, code=code, wording=replace(named, color=9))
    coding.undo(desk.session, ana, source=desk.revision.source)
    assert (code.name, code.color) == ("Hours", 9)
    coding.redo(desk.session, ana, source=desk.revision.source)
    codebook.change_code(desk.session, ben, code=code, wording=replace(named, name="Clock", color=9))
    with pytest.raises(Conflict, match="The code barriers/hours was changed by someone else since"):
        coding.undo(desk.session, ana, source=desk.revision.source)


def test_a_code_made_of_words_is_not_taken_back_once_others_code_with_it(desk: Desk) -> None:
    ana = desk.home.actor("ana")
    coding.code_in_vivo(desk.session, ana, revision=desk.revision, span=WORDS, name="the bus", request="v")
    coding.code_in_vivo(desk.session, ana, revision=desk.revision, span=WORDS, name="the bus", request="v")
    assert [each.code.path for each in desk.session.scalars(select(Coding))] == ["the-bus"]
    desk.give("the-bus", OTHERS, who="ben")
    with pytest.raises(Conflict, match="Words are coded with the-bus, 1 times"):
        coding.undo(desk.session, ana, source=desk.revision.source)


def test_a_scale_is_not_made_shorter_than_a_rating_that_was_given(desk: Desk) -> None:
    ana = desk.home.actor("ana")
    desk.scale("barriers/hours")
    desk.give("barriers/hours", rating=2)
    code = desk.code("barriers/hours")
    bare = replace(codebook.wording_of(code), scale=())
    with pytest.raises(Refused, match="Words are rated with a step of barriers/hours"):
        coding.change_in_place(
            desk.session, ana, study_id=code.study_id,
            change=lambda: codebook.change_code(desk.session, ana, code=code, wording=bare),
        )  # fmt: skip


def test_an_analyst_sorts_their_own_codings_and_a_lead_everyones(desk: Desk) -> None:
    mine, theirs = desk.give("barriers/hours"), desk.give("barriers/hours", OTHERS, who="ben")
    target = [desk.code("barriers-met")]
    of_ben = coding.split_code(desk.session, desk.home.actor("ben"), code=desk.code("barriers/hours"), targets=target)
    of_ana = coding.split_code(desk.session, desk.home.actor("ana"), code=desk.code("barriers/hours"), targets=target)
    assert of_ben.codings == [str(theirs.guid)]
    assert of_ana.codings == [str(mine.guid), str(theirs.guid)]


def test_no_words_of_a_code_are_in_the_journal(desk: Desk) -> None:
    ana = desk.home.actor("ana")
    coding.code_in_vivo(desk.session, ana, revision=desk.revision, span=WORDS, name="Quillfeather")
    desk.merge("quillfeather", "barriers")
    acts = desk.session.scalars(select(coding.CodingAct)).all()
    assert acts
    assert all("uillfeather" not in str(each.parts) for each in acts)
    entries = privacy.audit_entries(desk.session, ana.store)
    assert all("uillfeather" not in f"{each.subject}{each.details}".lower() for each in entries)
