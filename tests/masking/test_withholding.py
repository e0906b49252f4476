"""Who made a report is read by nobody: the words give way everywhere, and what held them is closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, masking, search
from ia_workbench.coding import Excerpt, Memo, Reanchoring, Standing
from ia_workbench.corpus import Source, SourceFile, SourceKind, SourceRecord
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused, Span, normalise_text
from ia_workbench.masking import REPORTER_INSTEAD as REPORTER
from ia_workbench.masking import Decision, Mark, MarkState
from ia_workbench.privacy import Actor, IdentifierClass
from ia_workbench.search import Narrowing, SearchIndex
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source

NAME = "Quillfeather"
TEXT = (
    "INTERVIEWER: Who called the hotline?\n"
    f"P: Ms. {NAME} called them, she is my neighbor.\n"
    f"P: I take two buses. {NAME}'s car was there.\n"
)


@dataclass
class Desk:
    """Ana at a source whose text and file name somebody who reported."""

    home: Home
    session: Session
    actor: Actor
    source: Source

    @property
    def text(self) -> str:
        """The newest text."""
        return corpus.text_of(self.session, corpus.newest_revision(self.session, self.source))

    def coded(self, words: str) -> Excerpt:
        """Code words of the newest text."""
        code = codebook.code_at(self.session, self.home.study_id, "barriers")
        revision = corpus.newest_revision(self.session, self.source)
        span = coding.find_quote(self.text, words)
        return coding.apply_code(self.session, self.actor, revision=revision, span=span, code=code).excerpt

    def withhold(self, *words: str) -> coding.Correction:
        """Withhold the first place of each of these words."""
        spans = [Span(self.text.index(each), self.text.index(each) + len(each)) for each in words]
        return masking.withhold_reporter(self.session, self.actor, source=self.source, spans=spans)


def take_in(session: Session, home: Home, actor: Actor, text: str = TEXT) -> Source:
    file = corpus.read_file(f"{NAME} interview.txt", text.encode())
    record = SourceRecord(
        SourceKind.INTERVIEW, "parent", "INT-001", f"About {NAME}", participants=("P-01",),
        speakers=(("P-01", "P"),),
    )  # fmt: skip
    found = corpus.find_turns(file.text)
    return corpus.import_source(session, actor, study_id=home.study_id, record=record, file=file, found=found)


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    actor = home.actor("ana")
    with home.session(actor) as session:
        add_materials(session, home, actor)
        yield Desk(home, session, actor, take_in(session, home, actor))


def everything_kept(session: Session) -> str:
    """Return every word that a session can read of excerpts, listings, marks, memos, titles and files."""
    session.flush()
    rows: list[object] = [
        *session.scalars(select(Excerpt.quote)), *session.scalars(select(Reanchoring.from_quote)),
        *session.scalars(select(Mark.words)), *session.scalars(select(Memo.words)),
        *session.scalars(select(Source.title)),
        *session.scalars(select(SourceFile.name)), *session.scalars(select(SourceFile.changes)),
    ]  # fmt: skip
    return "\n".join(map(str, rows))


def test_the_words_give_way_in_every_place_and_the_texts_before_and_the_file_are_closed(desk: Desk) -> None:
    before = corpus.newest_revision(desk.session, desk.source)
    desk.withhold(f"Ms. {NAME}")
    assert NAME not in desk.text
    assert desk.text.count(REPORTER) == 1 + 1
    assert desk.text.replace(REPORTER, "").count("called them, she is my neighbor") == 1
    for read in (
        lambda: corpus.text_of(desk.session, before),
        lambda: corpus.words_at(desk.session, before, Span(0, 5)),
        lambda: corpus.turns_of(desk.session, before),
        lambda: corpus.content_of(desk.session, desk.source),
    ):
        with pytest.raises(Refused, match="is closed: words in it are withheld or withdrawn"):
            read()
    assert [each.number for each in corpus.readable_revisions(desk.session, desk.source)] == [2]


def test_turns_stay_the_turns_they_were_and_a_label_that_names_the_reporter_gives_way(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        text = f"INTERVIEWER: Well?\n{NAME.upper()}: I called.\nINTERVIEWER: And then?\n{NAME.upper()}: Nothing.\n"
        source = take_in(session, home, ana, text)
        source.participant_links[0].speaker = NAME.upper()
        earlier = corpus.turns_of(session, corpus.newest_revision(session, source))
        spoken = [text[each.speech_start : each.end] for each in earlier]
        masking.withhold_reporter(session, ana, source=source, spans=[Span(19, 19 + len(NAME))])
        revision = corpus.newest_revision(session, source)
        turns, new = corpus.turns_of(session, revision), corpus.text_of(session, revision)
        assert [each.speaker for each in turns] == ["INTERVIEWER", REPORTER, "INTERVIEWER", REPORTER]
        assert [new[each.speech_start : each.end] for each in turns] == spoken
        assert [new[each.start : each.speech_start] for each in turns][1] == f"{REPORTER}: "
        assert source.participant_links[0].speaker == REPORTER
        assert [each.line for each in turns] == [1, 2, 3, 4]


def test_excerpts_go_along_and_nothing_that_is_kept_of_them_tells_the_words(desk: Desk) -> None:
    called, buses, cut = (
        desk.coded(f"Ms. {NAME} called them"),
        desk.coded("I take two buses"),
        desk.coded("feather's car"),
    )
    desk.session.add(
        Memo(
            study_id=desk.home.study_id,
            source_id=desk.source.id,
            words=f"Ask {NAME}s sister?",
            origin="team",
            by="ana",
            at=moment_of(desk.session),
        )  # fmt: skip
    )
    made = desk.withhold(NAME)
    assert (made.same, called.quote, buses.quote) == (1, f"Ms. {REPORTER} called them", "I take two buses")
    assert NAME.lower() not in everything_kept(desk.session).lower()
    assert "feather" not in cut.quote
    assert coding.unsettled_on(desk.session, desk.source)[called.id] is Standing.CHANGED
    listed = {each.excerpt.id: each.before for each in coding.reanchored_by(desk.session, made.revision)}
    assert listed[called.id] == f"Ms. {REPORTER} called them"
    assert coding.mismatched_excerpts(desk.session, desk.home.study_id) == []


def test_an_excerpt_that_an_earlier_correction_left_behind_tells_the_words_no_more(desk: Desk) -> None:
    left = desk.coded(f"{NAME}'s car was there")
    text = desk.text.replace(f" {NAME}'s car was there.", "")
    coding.correct_source(desk.session, desk.actor, source=desk.source, text=text)
    assert left.quote == f"{NAME}'s car was there"
    desk.withhold(f"Ms. {NAME}")
    assert left.quote == f"{REPORTER} car was there"
    assert NAME not in everything_kept(desk.session)
    coding.leave_out(desk.session, desk.actor, excerpt=left, seen=left.sha256)
    assert NAME not in left.quote


def test_leaving_out_words_that_gave_way_does_not_bring_them_back(desk: Desk) -> None:
    called = desk.coded(f"Ms. {NAME} called them")
    desk.withhold(NAME)
    coding.leave_out(desk.session, desk.actor, excerpt=called, seen=called.sha256)
    assert called.revision.closed_at is not None
    assert called.quote == f"Ms. {REPORTER} called them"
    assert coding.mismatched_excerpts(desk.session, desk.home.study_id) == []


def test_marks_no_longer_tell_the_words(desk: Desk) -> None:
    revision = corpus.newest_revision(desk.session, desk.source)
    start = desk.text.index(NAME)
    for first, last in ((start, start + len(NAME)), (start - 4, start + 5)):
        desk.session.add(
            Mark(
                study_id=desk.home.study_id,
                revision_id=revision.id,
                start=first,
                end=last,
                words=desk.text[first:last],
                identifier_class=IdentifierClass.REPORTER,
                found_by="pattern",
                rule="reported",
                instead="",
                state=MarkState.PROPOSED,
            )  # fmt: skip
        )
    desk.session.flush()
    desk.withhold(NAME)
    assert set(desk.session.scalars(select(Mark.words))) == {REPORTER}


def test_what_was_corrected_meanwhile_is_a_conflict_and_nothing_to_withhold_is_refused(desk: Desk) -> None:
    with pytest.raises(Conflict):
        masking.withhold_reporter(desk.session, desk.actor, source=desk.source, spans=[Span(1, 4)], seen="0" * 64)
    with pytest.raises(Refused, match="Say which words"):
        masking.withhold_reporter(desk.session, desk.actor, source=desk.source, spans=[])
    with pytest.raises(Refused, match="ends past it"):
        masking.withhold_reporter(desk.session, desk.actor, source=desk.source, spans=[Span(1, 4000)])


def test_the_search_finds_the_words_no_more(home: Home, tmp_path: Path) -> None:
    index, ana = SearchIndex(tmp_path / "index"), home.actor("ana")
    search.follow(home.evidence, index)
    with home.session(ana) as session:
        source = take_in(session, home, ana)
    assert found(home, index) == 2
    with home.session(ana) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        start = TEXT.index(NAME)
        masking.withhold_reporter(session, ana, source=source, spans=[Span(start, start + len(NAME))])
    assert found(home, index) == 0
    with home.unheld(ana.store, writes=False) as session:
        assert search.differences(session, index) == []


def found(home: Home, index: SearchIndex) -> int:
    with home.session(home.actor("ana"), writes=False) as session:
        return len(search.search(session, index, home.study_id, f"{NAME}*", narrowing=Narrowing()).hits)


WORDS = st.lists(
    st.sampled_from(["Zorblat", "Zorblat's", "zorblat", "we", "e\u0301ste", "two", "\n", "a", "😀"]),
    min_size=3,
    max_size=12,
)
NAME_LETTERS = frozenset("Zzlb")  # letters that stand in the name alone


@st.composite
def told_texts(draw: st.DrawFn) -> tuple[str, list[Span], str]:
    """Draw a stored text with the name in it, spans of it to code, and a text it is corrected to before."""
    before, after, other = draw(WORDS), draw(WORDS), draw(WORDS)
    text = normalise_text(" ".join([*before, "Zorblat", "said", *after]))
    starts = draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=5))
    spans = {Span(each, draw(st.integers(each + 1, len(text)))) for each in starts}
    corrected = normalise_text(" ".join([*before[1:], "then", "Zorblat", *other, "said", *after[2:]]))
    return text, [each for each in spans if each.of(text).strip()], corrected


@given(case=told_texts())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_coded_and_corrected_before_no_letter_of_the_name_is_kept_where_it_is_read(
    home: Home, case: tuple[str, list[Span], str]
) -> None:
    text, spans, corrected = case
    actor = home.actor("ana")
    with home.session(actor) as session:
        nested = session.begin_nested()
        add_materials(session, home, actor)
        source = add_source(session, home, key="INT-001", text=text)
        code = codebook.code_at(session, home.study_id, "barriers")
        first = corpus.newest_revision(session, source)
        for span in spans:
            coding.apply_code(session, actor, revision=first, span=span, code=code)
        coding.correct_source(session, actor, source=source, text=corrected)
        start = corpus.text_of(session, corpus.newest_revision(session, source)).index("Zorblat")
        masking.withhold_reporter(session, actor, source=source, spans=[Span(start, start + 7)])
        readable = corpus.text_of(session, corpus.newest_revision(session, source))
        assert "zorblat" not in readable.lower()
        for excerpt in session.scalars(select(Excerpt)):
            assert NAME_LETTERS.isdisjoint(excerpt.quote.replace(REPORTER, ""))
            if excerpt.revision.closed_at is None:
                assert excerpt.quote == readable[excerpt.start : excerpt.end]
        for listed in session.scalars(select(Reanchoring)):
            assert NAME_LETTERS.isdisjoint(listed.from_quote.replace(REPORTER, ""))
        nested.rollback()


def test_accepting_a_mark_of_a_reporter_withholds_it_at_once_and_nothing_takes_that_back(desk: Desk) -> None:
    marks = masking.propose_marks(desk.session, desk.actor, source=desk.source)
    mark = next(each for each in marks if NAME in each.words)
    masking.decide_mark(
        desk.session, desk.actor, mark=mark, decision=Decision.ACCEPT, identifier_class=IdentifierClass.REPORTER
    )
    assert NAME not in desk.text
    after = [each for each in masking.marks_of(desk.session, desk.source) if each.words == REPORTER]
    assert {(each.state, each.identifier_class, each.pseudonym_id) for each in after} == {
        (MarkState.ACCEPTED, IdentifierClass.REPORTER, None)
    }
    assert len(after) == desk.text.count(REPORTER) == 2
    assert NAME not in str([each.names for each in masking.pseudonyms(desk.session, desk.home.study_id)])
    assert NAME not in everything_kept(desk.session)
    with pytest.raises(Refused):
        masking.undo_decision(desk.session, desk.actor, source=desk.source)
    masking.propose_marks(desk.session, desk.actor, source=desk.source)
    assert NAME not in everything_kept(desk.session)


def test_marking_a_reporter_that_no_rule_proposed_withholds_it_at_once(desk: Desk) -> None:
    start = desk.text.index("my neighbor")
    mark = masking.add_mark(
        desk.session, desk.actor, source=desk.source, span=Span(start, start + 11),
        identifier_class=IdentifierClass.REPORTER,
    )  # fmt: skip
    assert f"she is {REPORTER}." in desk.text
    assert (mark.words, mark.state) == (REPORTER, MarkState.ACCEPTED)


@pytest.mark.parametrize("back", [f"Ms. {NAME} called", f"{NAME.lower()} called", "Quill-\nfeather called"])
def test_a_correction_that_brings_the_words_back_is_refused_and_does_not_say_them(desk: Desk, back: str) -> None:
    prepared = desk.text.replace("two buses", "three buses")  # taken out and corrected before, put back after
    desk.withhold(f"Ms. {NAME}")
    for text in (prepared, desk.text.replace(f"{REPORTER} called", back)):
        with pytest.raises(Refused, match="who made the report is withheld") as refused:
            coding.correct_source(desk.session, desk.actor, source=desk.source, text=text)
        assert NAME.lower() not in str(refused.value).lower()
    text = desk.text.replace("two buses", "three buses")
    coding.correct_source(desk.session, desk.actor, source=desk.source, text=text)
    assert "three buses" in desk.text
    with pytest.raises(Refused, match="who made the report is withheld"):
        coding.correct_source(desk.session, desk.actor, source=desk.source, text=prepared)


def test_what_stood_beside_the_withheld_words_can_still_be_corrected(desk: Desk) -> None:
    desk.withhold("my neighbor")
    text = desk.text.replace("I take", f"I, a neighbor of {NAME}, take")
    coding.correct_source(desk.session, desk.actor, source=desk.source, text=text)
    assert "a neighbor of" in desk.text
