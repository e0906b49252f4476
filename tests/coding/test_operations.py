"""Cutting excerpts, coding and removing codings."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, privacy
from ia_workbench.codebook import Code
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision
from ia_workbench.database import Store
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused, Span, digest_of
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: Ich fahre 👩‍👧 zwei Busse.\nINTERVIEWER: Every week?\nPARENT: Every week."


@dataclass
class Room:
    """The home with one source, held open for one actor."""

    session: Session
    actor: Actor
    revision: Revision

    def code(self, path: str = "barriers/transport") -> Code:
        return codebook.code_at(self.session, self.revision.study_id, path)

    def apply(self, start: int = 8, end: int = 20, path: str = "barriers/transport", **more: object) -> Coding:
        return coding.apply_code(
            self.session, self.actor, revision=self.revision, span=Span(start, end), code=self.code(path), **more
        )  # type: ignore[arg-type]

    def count(self, model: type[Coding] | type[Excerpt]) -> int:
        return len(self.session.scalars(select(model)).all())

    def acts(self) -> list[str]:
        return [entry.act for entry in privacy.audit_entries(self.session, Store.EVIDENCE)]


@pytest.fixture
def stocked(home: Home) -> Home:
    """The home with a source, codes, levers and a map."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text=TEXT)
    return home


def open_room(session: Session, home: Home, username: str = "ana") -> Room:
    return Room(session, home.actor(username), session.scalars(select(Revision)).one())


def test_a_coding_keeps_the_exact_words_and_their_hash(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        excerpt = room.apply(8, 32).excerpt
        assert excerpt.quote == TEXT[8:32] == "Ich fahre 👩‍👧 zwei Busse"
        assert excerpt.sha256 == digest_of(excerpt.quote)
        assert coding.mismatched_excerpts(session, stocked.study_id) == []


def test_a_coding_says_who_when_and_leaves_one_audit_entry_without_words(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        room = open_room(session, stocked, "ben")
        before = room.acts()
        made = room.apply()
        assert (made.coder.username, made.at) == ("ben", datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
        assert room.acts() == [*before, "apply-code"]
        entry = privacy.audit_entries(session, Store.EVIDENCE)[-1]
        assert (entry.subject, entry.study_key) == (str(made.guid), "cedar")
        assert entry.details == {"code": str(made.code.guid), "coder": room.actor.account_id}


def test_coding_the_same_words_twice_is_one_coding(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        first = room.apply()
        acts = room.acts()
        assert room.apply() is first
        assert (room.count(Coding), room.count(Excerpt)) == (1, 1)
        assert room.acts() == acts


def test_two_codes_and_two_coders_share_one_excerpt(stocked: Home) -> None:
    for username, path in (("ana", "barriers"), ("ana", "barriers/transport"), ("ben", "barriers")):
        with stocked.session(stocked.actor(username)) as session:
            open_room(session, stocked, username).apply(path=path)
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        assert (room.count(Coding), room.count(Excerpt)) == (3, 1)


def test_overlapping_and_nested_words_are_all_coded(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        for start, end in ((0, 40), (10, 20), (15, 50), (10, 40)):
            room.apply(start, end)
        assert [(each.excerpt.start, each.excerpt.end) for each in coding.codings_on(session, room.revision)] == [
            (0, 40),
            (10, 40),
            (10, 20),
            (15, 50),
        ]


def test_sending_the_same_request_twice_codes_once_even_after_the_answer_was_lost(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        first = open_room(session, stocked).apply(request="r-1").guid
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        assert room.apply(request="r-1").guid == first
        assert room.count(Coding) == 1


@pytest.mark.parametrize("other", [{"start": 9}, {"end": 21}, {"path": "barriers"}])
def test_a_request_used_for_another_coding_is_a_conflict(stocked: Home, other: dict[str, object]) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        room.apply(request="r-1")
        with pytest.raises(Conflict):
            room.apply(request="r-1", **other)  # type: ignore[arg-type]


def test_two_coders_may_use_the_same_request(stocked: Home) -> None:
    for username in ("ana", "ben"):
        with stocked.session(stocked.actor(username)) as session:
            open_room(session, stocked, username).apply(request="r-1")
    with stocked.session(stocked.actor("ana")) as session:
        assert open_room(session, stocked).count(Coding) == 2


@pytest.mark.parametrize(("start", "end"), [(0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 5), (5, 5), (7, 3), (-1, 3)])
def test_a_span_outside_the_text_is_refused_and_nothing_is_kept(stocked: Home, start: int, end: int) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        with pytest.raises(Refused):
            room.apply(start, end)
        assert room.count(Excerpt) == 0


def test_words_other_than_those_expected_are_refused(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        with pytest.raises(Refused, match="not the words quoted"):
            room.apply(8, 11, expected_quote="Sie")
        assert room.apply(8, 11, expected_quote="Ich").excerpt.quote == "Ich"


def test_a_withdrawn_source_is_not_coded(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        room.revision.source.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
        session.flush()  # words_at asks the store
        with pytest.raises(Refused):
            room.apply()


def test_an_administrator_may_not_code(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        with pytest.raises(NotFound):
            coding.apply_code(session, stocked.actor("ada"), revision=room.revision, span=Span(0, 3), code=room.code())


def test_a_code_of_another_study_is_not_found(stocked: Home) -> None:
    with stocked.unheld(Store.EVIDENCE) as session:
        other = session.scalars(select(privacy.Study).where(privacy.Study.key == "other")).one()
        omar = stocked.actor("omar")
        foreign = codebook.add_code(session, omar, study_id=other.id, name="Foreign")
        revision = session.scalars(select(Revision)).one()
        with pytest.raises(NotFound):
            coding.apply_code(session, stocked.actor("ana"), revision=revision, span=Span(0, 3), code=foreign)


def test_a_lead_may_load_the_codings_of_another_member(stocked: Home) -> None:
    ben = stocked.actor("ben")
    at = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
    with stocked.session(stocked.actor("ana")) as session:
        made = open_room(session, stocked).apply(coder_id=ben.account_id, at=at)
        assert (made.coder.username, made.at) == ("ben", at)


def test_an_analyst_may_not_code_in_the_name_of_another(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session, pytest.raises(NotAllowed):
        open_room(session, stocked, "ben").apply(coder_id=stocked.actor("carla").account_id)


def test_codings_are_not_loaded_for_someone_outside_the_study(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session, pytest.raises(NotFound):
        open_room(session, stocked).apply(coder_id=stocked.actor("omar").account_id)


def test_removing_a_coding_keeps_its_excerpt_and_the_other_codings(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        first, second = room.apply(path="barriers"), room.apply(path="barriers/hours")
        coding.remove_coding(session, room.actor, coding=first)
        assert coding.codings_on(session, room.revision) == [second]
        assert room.count(Excerpt) == 1
        assert room.acts()[-1] == "remove-coding"
        entries = privacy.audit_entries(session, Store.EVIDENCE)
        told = {each.act: each.details["code"] for each in entries if each.subject == str(first.guid)}
        assert told == {"apply-code": str(first.code.guid), "remove-coding": str(first.code.guid)}


def test_removed_words_may_be_coded_again(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        first = room.apply(request="r-1")
        coding.remove_coding(session, room.actor, coding=first)
        assert room.apply(request="r-2").guid != first.guid
        assert room.count(Excerpt) == 1


def test_an_analyst_removes_no_coding_of_another_but_a_lead_does(stocked: Home) -> None:
    with stocked.session(stocked.actor("carla")) as session:
        guid = open_room(session, stocked, "carla").apply().guid
    with stocked.session(stocked.actor("ben")) as session, pytest.raises(NotAllowed):
        coding.remove_coding(session, stocked.actor("ben"), coding=coding.coding_by_guid(session, guid))
    with stocked.session(stocked.actor("ana")) as session:
        coding.remove_coding(session, stocked.actor("ana"), coding=coding.coding_by_guid(session, guid))
        with pytest.raises(NotFound):
            coding.coding_by_guid(session, guid)


def test_an_excerpt_is_cut_once(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        room = open_room(session, stocked)
        first = coding.excerpt_of(
            session, room.actor, revision=room.revision, span=Span(0, 7), expected_quote="PARENT:"
        )
        assert coding.excerpt_of(session, room.actor, revision=room.revision, span=Span(0, 7)) is first
        assert coding.excerpt_by_guid(session, first.guid) is first
        assert room.acts()[-1] == "cut-excerpt"


def statements_of_a_coding(home: Home, text: str) -> list[str]:
    with home.session(home.actor("ana")) as session:
        key = f"INT-{len(text)}"
        revision = revision_of(session, add_source(session, home, key=key, text=text))
        revision_id = revision.id
    with home.session(home.actor("ana")) as session:
        room = Room(session, home.actor("ana"), session.get_one(Revision, revision_id))
        room.code()
        room.apply(10, 14)  # which reads the text and keeps it
        with counting_statements(home.evidence) as statements:
            made = room.apply(100, 140)
        assert made.excerpt.quote == text[100:140]
    return statements.sent


def test_a_coding_sends_as_many_statements_for_a_long_source_as_a_short_and_loads_no_text_anew(stocked: Home) -> None:
    short = statements_of_a_coding(stocked, "word " * 1_000)
    long = statements_of_a_coding(stocked, "word " * 200_000)
    assert long == short
    assert len(long) <= 16, "\n".join(long)
    assert not [each for each in long if "revision.text" in each]
