"""Many files at once: stored, read in the background, and decided on together or one by one."""

import sqlite3
import time
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from ia_workbench import corpus
from ia_workbench.web.workbench.batch_reader import BatchReader, reader_of
from tests.support.browsing import Browser
from tests.support.hostile_files import archive, bomb
from tests.support.site import BASE, PARENT, Site

LONGEST_READING = 60  # seconds for the files of a test, on a machine that does other things too
START = f"{BASE}/sources/import"
SHARED = {"kind": "interview", "standpoint": "parent", "consent": "quote-to-body", "language": "en", "collector": "ana"}


def talk(words: str) -> bytes:
    """A talk that ends in these words."""
    return f"INTERVIEWER: What happened?\nP: I waited.\nINTERVIEWER: How long?\nP: {words}.\n".encode()


def bring(browser: Browser, *files: tuple[str, bytes], **further: object) -> str:
    """Send files; returns where the report is."""
    sent = [(BytesIO(content), name) for name, content in files]
    return str(browser.send(START, {**SHARED, "files": sent, **further}).headers["Location"])


def rows(page: BeautifulSoup) -> dict[str, str]:
    """What the report says of each file, by its name."""
    cells = {row.select_one("td.title a, td.title .name"): row for row in page.select("table.report tbody tr")}
    return {name.get_text(strip=True): row.select("td")[-1].get_text(strip=True) for name, row in cells.items() if name}


def keys(site: Site) -> list[str]:
    """The keys of the study's sources."""
    with site.reading() as session:
        return [each.key for each in corpus.sources(session, site.study_id)]


def wait_until_read(browser: Browser, *reports: str) -> None:
    """Wait until all files of these reports are read, without reading any here."""
    end = time.monotonic() + LONGEST_READING
    while any("data-reading" in browser.get(each).text for each in reports):
        assert time.monotonic() < end, "the files were not read"
        time.sleep(0.05)


def boxes(page: BeautifulSoup, *names: str) -> list[str]:
    """The values of the boxes that choose these files."""
    picks = {str(each.get_text(strip=True)): each for each in page.select("label.pick")}
    return [str(picks[f"Choose {name}"].select_one("input")["value"]) for name in names]  # type: ignore[index]


def test_files_are_stored_at_once_read_later_and_the_plain_ones_go_in_together(site: Site, ben: Browser) -> None:
    files = [(f"{number}.txt", talk(f"{number} weeks")) for number in range(3)]
    files += [("bad.docx", b"PK\x03\x04"), ("again.txt", PARENT.encode()), ("look.txt", talk("a page\x0cbreak"))]
    where = bring(ben, *files)
    page = ben.page(where)
    assert rows(page)["0.txt"] == "Not read yet"
    assert "1 of 6 read" in page.get_text()
    assert "data-reading" in str(page)
    reader_of(site.app).read_all()
    page = ben.page(where)
    assert rows(page) == {
        "0.txt": "Same text", "1.txt": "Same text", "2.txt": "Same text", "bad.docx": "Refused",
        "again.txt": "There already", "look.txt": "Look at it",
    }  # fmt: skip
    assert "Import 3, keep 1 to look at" in page.get_text()
    assert keys(site) == ["INT-001", "INT-002", "INT-003", "TXT-001"]
    ben.send(f"{where}/accept", {"which": "plain"}, of=where)
    assert keys(site) == [*(f"INT-{number:03}" for number in range(1, 7)), "TXT-001"]
    assert rows(ben.page(where))["2.txt"] == "In the study"
    assert rows(ben.page(where))["look.txt"] == "Look at it"


def test_the_same_files_again_change_nothing(site: Site, ben: Browser) -> None:
    files = [("a.txt", talk("a week")), ("b.txt", talk("a month"))]
    first = bring(ben, *files)
    reader_of(site.app).read_all()
    again = bring(ben, *files)
    reader_of(site.app).read_all()
    assert set(rows(ben.page(again)).values()) == {"There already"}
    ben.send(f"{first}/accept", {"which": "plain"}, of=first)
    third = bring(ben, *files)
    reader_of(site.app).read_all()
    assert set(rows(ben.page(third)).values()) == {"There already"}
    assert len(keys(site)) == 6


def test_records_of_chosen_files_are_changed_together_or_not_at_all(site: Site, ben: Browser) -> None:
    where = bring(ben, ("a.txt", talk("a week")), ("b.txt", talk("a month")), ("c.txt", talk("a year")))
    reader_of(site.app).read_all()
    chosen = boxes(ben.page(where), "a.txt", "c.txt")
    given = {"standpoint": "youth", "office": "North", "case": "C-07", "date": "2026-02-03"}
    ben.send(f"{where}/describe", {"chosen": chosen, **given}, of=where)
    with site.reading() as session:
        records = {each.name: each.record for each in corpus.pending_imports(session, site.study_id)}
    assert [records[name]["standpoint"] for name in ("a.txt", "b.txt", "c.txt")] == ["youth", "parent", "youth"]
    assert (records["a.txt"]["case"], records["a.txt"]["consent"]) == ("C-07", "quote-to-body")
    wrong = ben.send(f"{where}/describe", {"chosen": chosen, "case": "Dana"}, of=where, status=422)
    assert "Dana cannot be the case" in wrong.text
    assert "Choose at least one file" in ben.send(f"{where}/describe", given, of=where, status=422).text
    ben.send(f"{where}/accept", {"which": "chosen", "chosen": chosen}, of=where)
    assert len(keys(site)) == 6
    ben.send(f"{where}/discard", {"which": "all"}, of=where)
    assert rows(ben.page(where)) == {"a.txt": "In the study", "b.txt": "Not imported", "c.txt": "In the study"}


def test_a_register_brings_the_records_and_what_does_not_match_is_told(site: Site, ben: Browser) -> None:
    register = (
        b"file,kind,standpoint,key,office\na.txt,interview,youth,INT-050,North\n"
        b"gone.txt,interview,youth,,\nb.txt,observation,frontline,,Nowhere\n"
    )
    files = archive({"in/a.txt": talk("a week"), "in/b.txt": talk("a month"), "c.txt": talk("a year")})
    sent = {"register": (BytesIO(register), "register.csv"), "files": [(BytesIO(files), "files.zip")]}
    where = str(ben.send(START, sent).headers["Location"])
    reader_of(site.app).read_all()
    page = ben.page(where)
    assert [state for state in rows(page).values()].count("Refused") == 3
    text = " ".join(page.get_text().split())
    assert "Line 3 of the register names gone.txt, which was not sent." in text
    assert "This study has no office Nowhere" in text
    assert "c.txt is not named in the register" in text
    ben.send(f"{where}/accept", {"which": "plain"}, of=where)
    assert "INT-050" in keys(site)
    bad = {**sent, "register": (BytesIO(b"file,kind\nx.txt,chat\n"), "r.csv"), "files": [(BytesIO(files), "f.zip")]}
    ben.send(START, bad, status=422)


def test_a_bomb_in_the_middle_is_refused_and_the_files_around_it_are_read(site: Site, ben: Browser) -> None:
    where = bring(ben, ("a.txt", talk("a week")), ("bomb.zip", bomb()), ("c.txt", talk("a year")))
    reader_of(site.app).read_all()
    assert rows(ben.page(where)) == {"a.txt": "Same text", "bomb.zip": "Refused", "c.txt": "Same text"}


def test_a_server_that_starts_takes_up_what_another_left(site: Site, ben: Browser) -> None:
    where = bring(ben, *[(f"{number}.txt", talk(f"{number} weeks")) for number in range(4)])
    other = BatchReader(site.home.evidence)
    other.start()
    other.wake()
    wait_until_read(ben, where)
    other.stop()
    assert set(rows(ben.page(where)).values()) == {"Same text"}


def test_two_people_bring_files_at_once_and_each_file_is_read_once(site: Site, ben: Browser, ana: Browser) -> None:
    one = bring(ben, *[(f"ben {number}.txt", talk(f"{number} weeks")) for number in range(5)])
    two = bring(ana, *[(f"ana {number}.txt", talk(f"{number} months")) for number in range(5)])
    readers = [BatchReader(site.home.evidence) for _ in range(2)]
    for each in readers:
        each.start()
    wait_until_read(ben, one, two)
    for each in readers:
        each.stop()
    assert set(rows(ben.page(one)).values()) == set(rows(ana.page(two)).values()) == {"Same text"}
    with site.reading() as session:
        assert len(corpus.pending_imports(session, site.study_id)) == 10


def test_stopping_leaves_what_was_read(site: Site, ben: Browser) -> None:
    where = bring(ben, ("a.txt", talk("a week")), ("b.txt", talk("a month")))
    ben.send(f"{where}/cancel", {}, of=where)
    assert set(rows(ben.page(where)).values()) == {"Not imported"}
    assert reader_of(site.app).read_all() == 0


def test_someone_of_another_study_finds_no_report(site: Site, ben: Browser) -> None:
    where = bring(ben, ("a.txt", talk("a week")), ("b.txt", talk("a month")))
    site.browser("omar").get(where, status=404)
    site.browser("ada").get(where, status=404)


def test_a_full_disk_is_refused_in_a_sentence_and_reading_goes_on_when_there_is_room(
    site: Site, ben: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = site.home.folder / "evidence.sqlite3"
    with sqlite3.connect(store) as look:
        pages = look.execute("PRAGMA page_count").fetchone()[0]

    def no_larger(most: int) -> None:
        site.home.evidence.dispose()
        with site.home.evidence.connect() as connection:  # the one that the pool gives next
            connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    no_larger(pages + 2)
    sent = [(BytesIO(talk("a week") * 4_000), "a.txt"), (BytesIO(talk("a month")), "b.txt")]
    answer = ben.send(START, {**SHARED, "files": sent}, status=503)
    assert "the disk is full" in answer.text
    no_larger(1_000_000)
    where = bring(ben, ("a.txt", talk("a week")), ("b.txt", talk("a month")))
    reader_of(site.app).read_all()
    assert set(rows(ben.page(where)).values()) == {"Same text"}
