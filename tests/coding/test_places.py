"""The page and the moment at which an excerpt begins, as anchors of its file and marks of its turn say."""

from ia_workbench import codebook, coding, corpus
from ia_workbench.corpus import AnchorKind, SourceKind, SourceRecord
from ia_workbench.kernel import Span
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.materials import add_materials

CAPTIONS = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ana>When did you come?

00:14:05.500 --> 00:14:09.000
<v Ben>I came at noon, by bus.
"""
MARKED = b"[00:00:01] Ana: When did you come?\n[00:14:05] Ben: I came at noon, by bus.\n[00:15:00] Ana: Yes.\n"


def excerpts_of(home: Home, name: str, content: bytes, *quotes: str, pages: tuple[int, ...] = ()) -> list[int]:
    """Take a file in and code these words; `pages` are where its pages begin."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        file = corpus.read_file(name, content)
        record = SourceRecord(SourceKind.INTERVIEW, "parent")
        found = corpus.find_turns(file.text, suggested=file.convention)
        source = corpus.import_source(session, ana, study_id=home.study_id, record=record, file=file, found=found)
        revision = corpus.newest_revision(session, source)
        if pages:
            revision.anchors = [{"at": at, "kind": "page", "label": str(n)} for n, at in enumerate(pages, 1)]
        text, code = corpus.text_of(session, revision), codebook.code_at(session, home.study_id, "barriers")
        spans = [Span(text.index(each), text.index(each) + len(each)) for each in quotes]
        return [coding.apply_code(session, ana, revision=revision, span=s, code=code).excerpt_id for s in spans]


def labels(home: Home, numbers: list[int]) -> list[list[tuple[AnchorKind, str]]]:
    with home.session(home.actor("ana"), writes=False) as session:
        with counting_statements(home.evidence) as statements:
            found = coding.places_of_excerpts(session, numbers)
        assert len(statements) <= 3
        return [[(each.kind, each.label) for each in found.get(number, ())] for number in numbers]


def test_an_excerpt_of_captions_is_cited_by_the_moment_at_which_its_caption_begins(home: Home) -> None:
    numbers = excerpts_of(home, "talk.vtt", CAPTIONS, "When did", "by bus")
    first, second = labels(home, numbers)
    assert [kind for kind, _label in first + second] == [AnchorKind.TIME, AnchorKind.TIME]
    assert first[0][1].startswith("00:00:01")
    assert second[0][1].startswith("00:14:05")


def test_an_excerpt_is_cited_by_the_time_mark_of_its_turn_without_what_stands_around_it(home: Home) -> None:
    numbers = excerpts_of(home, "talk.txt", MARKED, "by bus")
    assert labels(home, numbers) == [[(AnchorKind.TIME, "00:14:05")]]


def test_an_excerpt_is_cited_by_the_page_on_which_it_begins_and_one_before_any_page_by_none(home: Home) -> None:
    text = b"ANA: One. Two.\nBEN: Three. Four.\nANA: Five.\n"
    numbers = excerpts_of(home, "talk.txt", text, "One", "Two", "Three. Four", "Five", pages=(10, 28))
    page = AnchorKind.PAGE
    assert labels(home, numbers) == [[], [(page, "1")], [(page, "1")], [(page, "2")]]
