"""Importing: a file waits with its turns until a person accepts it, and a bad file says why."""

import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from ia_workbench import corpus, privacy
from ia_workbench.corpus import ImportedFile, ImportState, PendingImport
from ia_workbench.corpus.importers import conversion
from ia_workbench.corpus.importers.conversion import Converter
from ia_workbench.corpus.importers.sandbox import Limits
from ia_workbench.web.workbench.batch_reader import reader_of
from tests.support.browsing import Browser
from tests.support.counting import counting_statements
from tests.support.hostile_files import archive, with_entry
from tests.support.site import BASE, PARENT, Site

START = f"{BASE}/sources/import"
TALK = "INTERVIEWER: What happened then?\nP: I waited.\nINTERVIEWER: How long?\nP: Three weeks."
SHARED = {"kind": "interview", "standpoint": "parent", "consent": "quote-to-body", "language": "en", "collector": "ana"}


def upload(browser: Browser, *files: tuple[str, bytes], status: int = 303) -> str:
    """Send files to be read; returns where the answer leads, or its text."""
    sent = [(BytesIO(content), name) for name, content in files]
    response = browser.send(START, {**SHARED, "files": sent}, status=status)
    return str(response.headers.get("Location", "")) or response.text


def bring(site: Site, browser: Browser, *files: tuple[str, bytes]) -> BeautifulSoup:
    """Send several files, have all of them read, and return the report."""
    where = upload(browser, *files)
    reader_of(site.app).read_all()
    return browser.page(where)


def waiting(site: Site) -> list[PendingImport]:
    """The files that wait."""
    with site.reading() as session:
        return list(corpus.pending_imports(session, site.study_id))


def keys(site: Site) -> list[str]:
    """The keys of the study's sources."""
    with site.reading() as session:
        return [each.key for each in corpus.sources(session, site.study_id)]


def test_a_file_is_shown_with_its_turns_before_anything_is_in_the_study(site: Site, ben: Browser) -> None:
    where = upload(ben, ("visit talk.txt", TALK.encode()))
    assert keys(site) == ["INT-001", "INT-002", "INT-003", "TXT-001"]
    page = ben.page(where)
    rows = [row.get_text(" ", strip=True) for row in page.select("table.turns tbody tr")]
    assert len(rows) == 4
    assert "INTERVIEWER" in rows[0]
    assert "Three weeks." in rows[3]
    assert "Nothing was left out or changed." in page.get_text()


def test_another_way_of_writing_turns_can_be_chosen(ben: Browser) -> None:
    where = upload(ben, ("talk.txt", TALK.encode()))
    page = ben.page(f"{where}?convention=paragraphs")
    speakers = {cell.get_text(strip=True) for cell in page.select("td.speaker")}
    assert speakers == {"–"}
    chosen = page.select_one("#convention option[selected]")
    assert chosen is not None
    assert chosen["value"] == "paragraphs"


def test_accepting_makes_a_source_with_the_record_settled_on(site: Site, ben: Browser) -> None:
    where = upload(ben, ("talk.txt", TALK.encode()))
    record = {**SHARED, "title": "Second interview", "participant": "P-09", "case": "C-09", "nodes": "N-14;N-16"}
    ben.send(f"{where}/accept", {**record, "convention": "name-colon"}, of=where)
    with site.reading() as session:
        source = corpus.source_keyed(session, site.study_id, "INT-004")
        assert source.title == "Second interview"
        assert [each.key for each in source.participants] == ["P-09"]
        assert source.nodes == ["N-14", "N-16"]
        assert source.imported_by == "ben"
        assert len(corpus.turns_of(session, corpus.newest_revision(session, source))) == 4
    assert waiting(site) == []


def test_discarding_leaves_nothing(site: Site, ben: Browser) -> None:
    where = upload(ben, ("talk.txt", TALK.encode()))
    ben.send(f"{where}/discard", {}, of=where)
    assert waiting(site) == []
    assert "INT-004" not in keys(site)
    ben.get(where, status=404)


def test_several_files_wait_together_and_a_bad_one_says_why(site: Site, ben: Browser) -> None:
    text = bring(site, ben, ("one.txt", TALK.encode()), ("sheet.xlsm", b"PK\x03\x04rest")).get_text()
    assert "sheet.xlsm is damaged or incomplete" in text
    assert [each.name for each in waiting(site)] == ["one.txt"]
    table = ben.page(START).select_one("table")
    assert table is not None
    assert "one.txt" in table.get_text()


def test_the_files_of_an_archive_wait_each_by_itself_and_what_was_passed_over_is_told(site: Site, ben: Browser) -> None:
    inside = {"in/one.txt": TALK.encode(), "two.md": PARENT.encode() + b"\n", "in/three.txt": b"", ".DS_Store": b"x"}
    text = bring(site, ben, ("sources.zip", archive(inside))).get_text()
    assert [each.name for each in waiting(site)] == ["one.txt", "two.md"]
    assert "Passed over .DS_Store: hidden files and files of the system are not read." in text
    assert "three.txt is empty." in text
    assert "holds a path that leads out of it" in upload(ben, ("b.zip", with_entry("../a.txt")), status=422)


def test_a_file_that_takes_long_to_read_keeps_nobody_from_coding(
    site: Site, ben: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Converter("tests.corpus.importers.misbehaving", Limits(seconds=5))
    slow.read("good", b"x")
    monkeypatch.setattr(conversion, "_converter", slow)
    with ThreadPoolExecutor(1) as threads:
        where = upload(ben, ("good", b"x"), ("hold", b"x"))
        sent = threads.submit(reader_of(site.app).read_all)
        while not waiting(site):  # then `good` was read, and `hold` is next
            assert not sent.done()
            time.sleep(0.02)
        time.sleep(0.2)
        with site.writing("ana") as session:
            study = privacy.study_keyed(session, "cedar")
            study.settings = {**study.settings, "standpoints": ["neighbour"]}
            state = session.scalars(select(ImportedFile.state).where(ImportedFile.name == "hold")).one()
        assert sent.result() == 2
    assert "hold could not be read" in ben.page(where).get_text()
    slow.close()
    assert state is ImportState.QUEUED, "the writing waited until the file was read"
    assert [each.name for each in waiting(site)] == ["good"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "empty.txt is empty."),
        ("picture.png", b"\x89PNG....", "picture.png is of a kind that cannot be read"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "binary.txt is a picture"),
        ("broken.docx", b"PK\x03\x04 not really", "broken.docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_waits(
    site: Site, ben: Browser, name: str, content: bytes, sentence: str
) -> None:
    assert sentence in upload(ben, (name, content), status=422)
    assert waiting(site) == []


def test_sending_no_file_is_refused(ben: Browser) -> None:
    assert "Choose at least one file" in ben.send(START, SHARED, status=422).text


def test_a_wrong_record_is_refused_with_its_input_kept(site: Site, ben: Browser) -> None:
    where = upload(ben, ("talk.txt", TALK.encode()))
    record = {**SHARED, "title": "My title", "participant": "Dana Reed"}
    response = ben.send(f"{where}/accept", record, of=where, status=422)
    assert "Dana Reed cannot be the participant" in response.text
    assert 'value="My title"' in response.text
    assert len(waiting(site)) == 1


def test_a_file_that_is_in_the_study_already_is_taken_only_when_asked_for(site: Site, ben: Browser) -> None:
    where = upload(ben, ("again.txt", PARENT.encode()))
    assert "in the study already" in ben.page(where).get_text()
    ben.send(f"{where}/accept", {**SHARED, "title": "Again"}, of=where, status=422)
    ben.send(f"{where}/accept", {**SHARED, "title": "Again", "allow_same": "1"}, of=where)
    assert "INT-004" in keys(site)


def test_a_standpoint_that_the_study_adds_can_be_chosen_wherever_standpoints_are(site: Site, ana: Browser) -> None:
    with site.writing() as session:
        study = privacy.study_keyed(session, "cedar")
        study.settings = {**study.settings, "standpoints": ["neighbour"]}
    for page in (START, f"{BASE}/search", f"{BASE}/findings/F-01/evidence"):
        options = ana.page(page).select("select[name=standpoint] option")
        assert "neighbour" in {str(each["value"]) for each in options}, page
    where = upload(ana, ("talk.txt", TALK.encode()))
    ana.send(f"{where}/accept", {**SHARED, "standpoint": "neighbour"}, of=where)
    assert "INT-004" in keys(site)


def test_files_that_wait_are_listed_without_loading_their_texts(site: Site, ben: Browser) -> None:
    upload(ben, ("one.txt", TALK.encode()))
    with counting_statements(site.home.evidence) as one:
        ben.get(START)
    for name, words in (("two.txt", TALK + " So."), ("three.txt", TALK + " Yes.")):
        upload(ben, (name, words.encode()))
    with counting_statements(site.home.evidence) as three:
        row = ben.page(START).select("tbody tr")[2].get_text(" ", strip=True)
    assert "three.txt interview parent 4 2 14 Same text ben" in " ".join(row.split())
    assert len(three) == len(one), three
    assert "pending_import.text" not in str(three)


def test_looking_at_a_waiting_file_does_not_load_its_bytes(site: Site, ben: Browser) -> None:
    where = upload(ben, ("again.txt", PARENT.encode()))
    with counting_statements(site.home.evidence) as statements:
        assert "in the study already" in ben.page(where).get_text()
    assert "pending_import.text" in str(statements)
    assert "pending_import.content" not in str(statements)


def test_nobody_else_finds_a_waiting_file(site: Site, ben: Browser) -> None:
    where = upload(ben, ("talk.txt", TALK.encode()))
    site.browser("omar").get(where, status=404)
    site.browser("ada").get(where, status=404)


ODD = "§ Ana // Yes.\n§ Ben // No.\n§ Ana // So.\n"
EXAMPLE = {"example": "§ Ana // Yes.", "speaker": "Ana", "name": "chat-app"}


def test_one_line_teaches_a_way_of_writing_that_the_next_file_is_read_by(site: Site, ben: Browser) -> None:
    where = upload(ben, ("odd.txt", ODD.encode()))
    assert {cell.get_text(strip=True) for cell in ben.page(where).select("td.speaker")} == {"–"}
    taught = ben.send(f"{where}/teach", EXAMPLE, of=where).headers["Location"]
    page = ben.page(taught)
    assert [cell.get_text(strip=True) for cell in page.select("td.speaker")] == ["Ana", "Ben", "Ana"]
    assert "The study knows this way of writing turns now." in page.get_text()
    ben.send(f"{where}/accept", {**SHARED, "convention": "chat-app"}, of=where)
    page = ben.page(upload(ben, ("next.txt", ODD.replace("Ana", "Eva").encode())))
    assert [cell.get_text(strip=True) for cell in page.select("td.speaker")] == ["Eva", "Ben", "Eva"]
    with site.reading() as session:
        source = corpus.source_keyed(session, site.study_id, "INT-004")
        assert corpus.record_of(session, source).convention == "chat-app"


def test_an_example_that_teaches_nothing_says_why_and_keeps_what_was_typed(ben: Browser) -> None:
    where = upload(ben, ("odd.txt", ODD.encode()))
    answer = ben.send(f"{where}/teach", {**EXAMPLE, "speaker": "Zoe"}, of=where, status=422).text
    assert "The speaker does not stand in the example." in answer
    assert 'value="§ Ana // Yes."' in answer


def test_a_way_of_writing_is_forgotten_where_no_file_needs_it(site: Site, ben: Browser) -> None:
    where = upload(ben, ("odd.txt", ODD.encode()))
    ben.send(f"{where}/teach", EXAMPLE, of=where)
    ben.send(f"{where}/forget", {"name": "chat-app"}, of=where)
    ben.send(f"{where}/forget", {"name": "chat-app"}, of=where, status=404)
    with site.reading() as session:
        assert corpus.taught_rules(session, site.study_id) == ()


def test_turns_that_nobody_chose_are_taken_in_as_they_were_shown(site: Site, ben: Browser) -> None:
    talk = "P: Well.\nRemember this: you call first.\nI: And?\nP: I called.\nI: Right."
    where = upload(ben, ("talk.txt", talk.encode()))
    shown = [cell.get_text(strip=True) for cell in ben.page(where).select("td.speaker")]
    ben.send(f"{where}/accept", SHARED, of=where)
    with site.reading() as session:
        turns = corpus.turns_of(
            session, corpus.newest_revision(session, corpus.source_keyed(session, site.study_id, "INT-004"))
        )
        assert [turn.speaker for turn in turns] == shown == ["P", "I", "P", "I"]


def test_labels_that_may_be_one_speaker_are_asked_about(ben: Browser) -> None:
    page = ben.page(upload(ben, ("talk.txt", b"P3: Yes.\nI: And?\nP 3: No.\nI: So?\nP3: So.\nP 3: Yes.")))
    assert "Are P3 and P 3 one speaker?" in page.get_text()
