"""The index proposes; the database decides. Both always agree, or the check says where they do not."""

import contextlib
import shutil
from pathlib import Path

import pytest
from whoosh.index import create_in

from ia_workbench import codebook, coding, corpus, search
from ia_workbench.codebook import CodebookFile, CodeEntry
from ia_workbench.corpus import RevisionKind, Source, SourceKind
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, utc_now
from ia_workbench.search import Narrowing, Results, SearchIndex
from ia_workbench.search.index import SCHEMA
from tests.support import Home
from tests.support.sources import add_revision, add_source

PARENT = (
    "INTERVIEWER: How often were the visits?\nPARENT: The visits were on Tuesday. I missed the bus.\nP: Nobody visited."
)
WORKER = "WORKER: We visit when the form allows.\nWORKER: Señora Ruiz missed the visit; the bus never came."


@pytest.fixture
def index(home: Home, tmp_path: Path) -> SearchIndex:
    """An index that follows the home's evidence store, and two sources to find."""
    made = SearchIndex(tmp_path / "index")
    search.follow(home.evidence, made)
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=PARENT, nodes=("N-14",))
        add_source(session, home, key="INT-002", text=WORKER, standpoint="frontline", office="South")
    return made


def ask(home: Home, index: SearchIndex, words: str, who: str = "ana", **narrowing: object) -> Results:
    """Search as someone."""
    with home.session(home.actor(who), writes=False) as session:
        return search.search(session, index, home.study_id, words, narrowing=Narrowing(**narrowing))  # type: ignore[arg-type]


def places(results: Results) -> list[tuple[str, int, str]]:
    """Return source, turn and matched words of each hit."""
    return [(hit.source, hit.turn, hit.match) for hit in results.hits]


def test_a_word_is_found_where_it_stands_and_a_star_finds_its_endings(home: Home, index: SearchIndex) -> None:
    assert places(ask(home, index, "visits")) == [("INT-001", 1, "visits"), ("INT-001", 2, "visits")]
    assert {hit.match for hit in ask(home, index, "visit*").hits} == {"visits", "visited", "visit"}


def test_a_hit_gives_offsets_into_the_stored_text(home: Home, index: SearchIndex) -> None:
    hits = ask(home, index, "missed").hits
    assert [hit.source for hit in hits] == ["INT-001", "INT-002"]
    for hit in hits:
        text = PARENT if hit.source == "INT-001" else WORKER
        assert text[hit.start : hit.end] == hit.match == "missed"


def test_a_phrase_matches_only_its_words_in_order(home: Home, index: SearchIndex) -> None:
    assert places(ask(home, index, '"missed the bus"')) == [("INT-001", 2, "missed the bus")]


def test_accents_need_not_be_typed(home: Home, index: SearchIndex) -> None:
    assert places(ask(home, index, "senora")) == [("INT-002", 2, "Señora")]


@pytest.mark.parametrize("typed", ["thirty", "two-thirty", '"two thirty"', "two-thir*", "THIRTY", "“two thirty”"])
def test_a_word_with_a_hyphen_is_found_by_its_parts_and_whole(home: Home, index: SearchIndex, typed: str) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-003", text="P: At two-thirty, she says.")
    assert [(hit.source, hit.match) for hit in ask(home, index, typed).hits] == [
        ("INT-003", "thirty" if typed.lower() == "thirty" else "two-thirty")
    ]


@pytest.mark.parametrize("typed", ["don't", "don’t", "donʼt", "DON'T", '"I don\'t"', "don'*"])
def test_every_apostrophe_finds_every_other(home: Home, index: SearchIndex, typed: str) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-003", text="P: I don't know.\nP: I don’t know.\nP: I donʼt know.")
        add_source(session, home, key="INT-004", text="P: Don has it; a T is written.")
    found = ask(home, index, typed).hits
    assert [hit.turn for hit in found if hit.source == "INT-003"] == [1, 2, 3]
    assert [hit.match for hit in found if hit.source == "INT-004"] == (["Don"] if typed == "don'*" else [])


def test_a_genitive_is_found_by_its_word(home: Home, index: SearchIndex) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-003", text="P: The worker's car.")
    assert ("INT-003", 1, "worker") in places(ask(home, index, "worker"))


@pytest.mark.parametrize("typed", ["niña", "nina", "NIÑA", "niñ*", "nin\u0303a"])
def test_accents_are_folded_on_both_sides(home: Home, index: SearchIndex, typed: str) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-003", text="P: Mi niña.\nP: Nina Simone.")
    assert places(ask(home, index, typed)) == [("INT-003", 1, "niña"), ("INT-003", 2, "Nina")]


def test_a_question_mark_is_no_letter(home: Home, index: SearchIndex) -> None:
    assert places(ask(home, index, "bus?")) == places(ask(home, index, "bus"))


def test_too_many_brackets_are_refused_in_a_sentence(home: Home, index: SearchIndex) -> None:
    with pytest.raises(Refused, match="too many brackets"):
        ask(home, index, "(" * 5000 + "bus OR form" + ")" * 5000)
    with pytest.raises(Refused, match="too many brackets"):
        ask(home, index, "(a OR (b AND " * 500 + "bus" + "))" * 500)


def test_a_lost_index_is_refused_and_not_made_by_reading(home: Home, index: SearchIndex) -> None:
    shutil.rmtree(index.folder)
    with pytest.raises(Refused, match="search-index rebuild"):
        ask(home, index, "bus")
    assert {each.what for each in disagreements(home, index)} == {"missing"}
    assert not index.folder.exists()


def test_an_index_of_an_earlier_version_is_refused_until_it_is_made_anew(home: Home, index: SearchIndex) -> None:
    shutil.rmtree(index.folder)
    index.folder.mkdir()
    create_in(index.folder, SCHEMA)
    with pytest.raises(Refused, match="search-index rebuild"):
        ask(home, index, "bus")
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        search.rebuild(session, index)
    assert ask(home, index, "bus").total == 2


def test_a_lost_index_comes_back_whole_with_the_next_source(home: Home, index: SearchIndex) -> None:
    shutil.rmtree(index.folder)
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-003", text="P: Another bus.")
    assert {hit.source for hit in ask(home, index, "bus").hits} == {"INT-001", "INT-002", "INT-003"}
    assert disagreements(home, index) == []


def test_a_code_takes_in_the_codes_below_it(home: Home, index: SearchIndex) -> None:
    with home.session(home.actor("ana")) as session:
        ana = home.actor("ana")
        file = CodebookFile(
            "B", codes=(CodeEntry("time", "Time", codes=(CodeEntry("late", "Late"),)), CodeEntry("times", "X"))
        )
        codebook.import_codebook(session, ana, study_id=home.study_id, file=file)
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        revision = corpus.newest_revision(session, source)
        span = coding.find_quote(corpus.text_of(session, revision), "I missed the bus")
        code = codebook.code_at(session, home.study_id, "time/late")
        coding.apply_code(session, ana, revision=revision, span=span, code=code)
    assert places(ask(home, index, "bus", code="time/late")) == [("INT-001", 2, "bus")]
    assert places(ask(home, index, "bus", code="time")) == [("INT-001", 2, "bus")]
    assert ask(home, index, "bus", code="times").total == 0
    assert ask(home, index, "visits", code="time").total == 1


def test_only_the_first_hits_are_shown_and_all_are_counted(home: Home, index: SearchIndex) -> None:
    with home.session(home.actor("ana"), writes=False) as session:
        few = search.search(session, index, home.study_id, "visit*", limit=2)
    assert (few.total, [(hit.source, hit.turn) for hit in few.hits]) == (5, [("INT-001", 1), ("INT-001", 2)])


def test_what_a_query_excludes_is_not_found(home: Home, index: SearchIndex) -> None:
    assert places(ask(home, index, "missed NOT visit")) == [("INT-001", 2, "missed")]


def test_a_search_can_be_narrowed_by_what_the_source_is(home: Home, index: SearchIndex) -> None:
    assert {hit.source for hit in ask(home, index, "missed", standpoint="frontline").hits} == {"INT-002"}
    assert {hit.source for hit in ask(home, index, "missed", node="N-14").hits} == {"INT-001"}
    assert ask(home, index, "missed", kind=SourceKind.CASE_RECORD).total == 0


def test_an_empty_query_is_refused_in_a_sentence(home: Home, index: SearchIndex) -> None:
    with pytest.raises(Refused, match="Type at least one word"):
        ask(home, index, "  ")


def test_someone_of_another_study_finds_nothing(home: Home, index: SearchIndex) -> None:
    assert ask(home, index, "missed", who="omar").total == 0
    assert ask(home, index, "missed", who="ada").total == 0


def test_a_withdrawn_source_is_found_no_more_and_index_and_database_still_agree(home: Home, index: SearchIndex) -> None:
    with home.session(home.actor("ana")) as session:
        source = session.get(Source, 1)
        assert source is not None
        source.withdrawn_at = utc_now()
    assert {hit.source for hit in ask(home, index, "missed").hits} == {"INT-002"}
    assert disagreements(home, index) == []


def disagreements(home: Home, index: SearchIndex) -> list[search.IndexDifference]:
    """Compare index and database."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return search.differences(session, index)


def test_the_check_sees_a_turn_that_the_index_lost_and_one_it_should_not_have(home: Home, index: SearchIndex) -> None:
    assert disagreements(home, index) == []
    index.replace_sources({1: []})
    assert {each.what for each in disagreements(home, index)} == {"missing"}
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        assert search.rebuild(session, index) == 5
    assert disagreements(home, index) == []


def test_a_change_that_is_rolled_back_leaves_the_index_alone(home: Home, index: SearchIndex) -> None:
    with pytest.raises(RuntimeError, match="on second thoughts"):
        add_a_source_and_think_better_of_it(home)
    assert disagreements(home, index) == []
    assert ask(home, index, "never").total == 1  # "the bus never came"


def test_a_new_revision_takes_the_place_of_the_old_one(home: Home, index: SearchIndex) -> None:
    with home.session(home.actor("ana")) as session:
        source = session.get(Source, 1)
        assert source is not None
        add_revision(session, source, "P: corrected words", number=2)
    assert places(ask(home, index, "corrected")) == [("INT-001", 1, "corrected")]
    assert ask(home, index, "tuesday").total == 0
    assert disagreements(home, index) == []


def add_a_source_and_think_better_of_it(home: Home) -> None:
    """Fail after a flush and before the commit."""
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-003", text="P: never stored")
        raise RuntimeError("on second thoughts")


def test_a_savepoint_within_the_import_leaves_nothing_out_of_the_index(home: Home, index: SearchIndex) -> None:
    """Codings are written in savepoints, and a study is loaded with its codings in one transaction."""
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-009", text="P: The visits are at noon.")
        with session.begin_nested():
            session.flush()  # a savepoint that is kept
        with contextlib.suppress(ZeroDivisionError), session.begin_nested():
            raise ZeroDivisionError
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        assert search.differences(session, index) == []
    assert places(ask(home, index, "noon")) == [("INT-009", 1, "noon")]


def test_the_corrected_text_is_searched_and_a_masked_one_never(home: Home, index: SearchIndex) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        corpus.correct_source(session, ana, source=source, text=PARENT.replace("the bus", "the tram"))
    with home.session(ana) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        add_revision(session, source, PARENT.replace("the bus", "[vehicle]"), number=3).kind = RevisionKind.MASKED
    assert [hit.source for hit in ask(home, index, "tram").hits] == ["INT-001"]
    assert [hit.source for hit in ask(home, index, "bus").hits] == ["INT-002"]
    assert ask(home, index, "vehicle").hits == ()
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        assert search.differences(session, index) == []
