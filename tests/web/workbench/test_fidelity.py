"""Fidelity: every place where the text is not simply what its file shows, beside it, and comments that become memos."""

import time
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from bs4 import Tag

from ia_workbench import coding, corpus
from ia_workbench.corpus import Anchor, AnchorKind, Change, ReadFile, Treatment
from ia_workbench.kernel import digest_of
from tests.support.browsing import Browser
from tests.support.commented_files import AUTHOR, commented_bytes, commented_file, take_in
from tests.support.site import BASE, Site

START = f"{BASE}/sources/import"
RECORD = {"kind": "interview", "standpoint": "parent", "consent": "analysis-only", "language": "en"}
FIRST, SECOND = (place for place, each in enumerate(commented_file().changes) if each.what == "comment")
ONE = f"{BASE}/sources/INT-004/fidelity"


def sent(browser: Browser) -> str:
    """Send the commented file to be read; returns where it waits."""
    response = browser.send(START, {**RECORD, "files": [(BytesIO(commented_bytes()), "talk.docx")]})
    return urlsplit(str(response.headers["Location"])).path


def accepted(site: Site, file: ReadFile | None = None) -> None:
    """Take a file in as INT-004."""
    with site.home.session(site.home.actor("ana")) as session:
        take_in(site.home, session, file)


def memos(site: Site) -> list[tuple[str, str | None]]:
    """The words of the memos of INT-004, each with the words it stands beside."""
    with site.reading() as session:
        source = corpus.source_keyed(session, site.study_id, "INT-004")
        its = coding.memos_of(session, source)
        return [(each.words, each.excerpt.quote if each.excerpt else None) for each in its]


def row(page: Tag, number: int) -> Tag:
    """The row of a change."""
    found = page.select_one(f"#change-{number}")
    assert found is not None
    return found


def sides(each: Tag) -> list[str]:
    """How a place reads in the file and as stored."""
    return [side.get_text() for side in each.select(".both p")]


@pytest.mark.parametrize("is_accepted", [False, True])
def test_every_change_stands_beside_its_place_in_the_text_with_both_readings(
    site: Site, ana: Browser, is_accepted: bool
) -> None:
    if is_accepted:
        accepted(site)
    page = ana.page(ONE if is_accepted else sent(ana) + "/fidelity")
    changes = commented_file().changes
    assert len(page.select("[data-change]")) == len(changes) == 5
    comment, deletion, insertion, _second, picture = (row(page, number) for number in range(1, 6))
    assert "left out" in comment.get_text()
    assert AUTHOR in comment.get_text()
    assert sides(comment) == [
        "P: I called the courtWhich one?, twice, and waited.",
        "P: I called the court, twice, and waited.",
    ]
    assert sides(deletion)[0] == "P: I called the court, alwaystwice, and waited."
    assert "kept" in insertion.get_text()
    assert [mark.get_text() for mark in insertion.select("mark")] == ["twice", "twice"]
    assert sides(picture) == ["P: Then she asked me to wait.picture", "P: Then she asked me to wait."]
    for number in range(1, 6):  # both ways, by links alone
        place = page.select_one(f"#at-{number}")
        assert place is not None
        assert place["href"] == f"#change-{number}"
        assert row(page, number).select_one(f'a[href="#at-{number}"]') is not None


def test_only_one_kind_of_change_is_shown_where_it_is_asked_for(ana: Browser) -> None:
    where = sent(ana) + "/fidelity"
    page = ana.page(f"{where}?kind=comment")
    assert [each["id"] for each in page.select("[data-change]")] == [f"change-{FIRST + 1}", f"change-{SECOND + 1}"]
    options = [each.get_text() for each in page.select("#kind option")]
    assert options[0] == "everything, 5"
    assert "comment, 2" in options
    assert len(ana.page(f"{where}?kind=nothing+known").select("[data-change]")) == 5


def test_the_page_of_a_waiting_file_leads_to_its_places_and_lists_its_comments(ana: Browser) -> None:
    where = sent(ana)
    page = ana.page(where)
    assert page.select_one(f'a[href="{where}/fidelity"]') is not None
    listed = [each.get_text(strip=True) for each in page.select("#comments ul label")]
    assert listed == ["Which one?", "Check the audio."]


@pytest.mark.parametrize(
    ("chosen", "made"),
    [
        ({}, []),
        ({"comments": "none", "comment": str(FIRST)}, []),
        ({"comments": "all"}, [("Which one?", "the court"), ("Check the audio.", "then")]),
        ({"comments": "some", "comment": str(SECOND)}, [("Check the audio.", "then")]),
        (
            {"comments": "some", "comment": str(SECOND), "with_authors": "1"},
            [(f"{AUTHOR}: Check the audio.", "then")],
        ),
    ],
)
def test_comments_become_memos_as_the_file_is_accepted_if_someone_chose_so(
    site: Site, ana: Browser, chosen: dict[str, str], made: list[tuple[str, str]]
) -> None:
    where = sent(ana)
    ana.send(f"{where}/accept", {**RECORD, **chosen}, of=where)
    assert memos(site) == made


def test_accepting_with_ticked_comments_and_none_ticked_changes_nothing(site: Site, ana: Browser) -> None:
    where = sent(ana)
    response = ana.send(f"{where}/accept", {**RECORD, "comments": "some"}, of=where, status=422)
    assert "Tick the comments that are to become memos." in response.text
    with site.reading() as session:
        assert "INT-004" not in {each.key for each in corpus.sources(session, site.study_id)}
        assert len(corpus.pending_imports(session, site.study_id)) == 1


def test_a_comment_becomes_a_memo_afterwards_one_by_one_or_all_at_once(site: Site, ana: Browser) -> None:
    accepted(site)
    response = ana.send(f"{ONE}/memos", {"comments": "some", "comment": str(FIRST)}, of=ONE)
    assert response.headers["Location"].endswith(f"#change-{FIRST + 1}")
    assert memos(site) == [("Which one?", "the court")]
    page = ana.page(ONE)
    assert "is a memo" in row(page, FIRST + 1).get_text()
    assert row(page, SECOND + 1).select_one("form") is not None
    ana.send(f"{ONE}/memos", {"comments": "all", "with_authors": "1"}, of=ONE)
    assert memos(site) == [("Which one?", "the court"), (f"{AUTHOR}: Check the audio.", "then")]
    assert ana.page(ONE).select("form.act, form.all-comments") == []
    ana.send(f"{ONE}/memos", {"comments": "some", "comment": "0x"}, of=ONE, status=404)


def test_memos_are_listed_with_their_source_and_removed_by_their_maker(site: Site, ana: Browser, ben: Browser) -> None:
    accepted(site)
    ben.send(f"{ONE}/memos", {"comments": "all"}, of=ONE)
    for address in (ONE, f"{BASE}/sources/INT-004"):
        listed = ben.page(address).select(".memos > li")
        assert ["Which one?" in each.get_text() for each in listed] == [True, False]
        assert "the court" in listed[0].get_text()
        assert listed[0].select_one('a[href$="#turn-2"]') is not None
    form = ben.page(ONE).select_one(".memos form")
    assert form is not None
    remove = str(form["action"])
    refused = site.browser("carla").send(remove, {}, of=ONE, status=403)
    assert "This memo is another person" in refused.text
    ana.send(remove, {}, of=ONE)
    assert memos(site) == [("Check the audio.", "then")]
    ana.send(remove, {}, of=ONE, status=404)


def test_a_source_that_was_withdrawn_shows_nothing_of_its_file(site: Site, ana: Browser) -> None:
    accepted(site)
    ana.send(f"{ONE}/memos", {"comments": "all"}, of=ONE)
    with site.home.session(site.home.actor("ana")) as session:
        source = corpus.source_keyed(session, site.study_id, "INT-004")
        corpus.withdraw_source(session, site.home.actor("ana"), source=source, reason="Asked for.")
    text = ana.get(ONE, status=422).text + ana.get(f"{BASE}/sources/INT-004").text
    assert "Which one?" not in text
    assert "the court" not in text


def test_after_a_correction_the_page_still_shows_the_text_as_the_file_was_read(site: Site, ana: Browser) -> None:
    accepted(site)
    with site.home.session(site.home.actor("ana")) as session:
        source = corpus.source_keyed(session, site.study_id, "INT-004")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        coding.correct_source(session, site.home.actor("ana"), source=source, text=text.replace("the court", "a clerk"))
    page = ana.page(ONE)
    assert sides(row(page, FIRST + 1))[1].startswith("P: I called the court")
    assert "It was corrected since." in page.get_text()


def test_same_text_is_said_where_reading_changed_nothing(site: Site, ana: Browser) -> None:
    accepted(site, corpus.read_file("talk.txt", b"INTERVIEWER: And?\nP: I waited.\n"))
    text = ana.page(ONE).get_text()
    assert "Same text" in text
    assert "Nothing was left out or changed at any place" in text


def long_file() -> ReadFile:
    """A file of 4,500 turns on 45 pages with 900 comments, 60 things without a place, and times."""
    lines = [f"{'PQ'[n % 2]}: This is what I said, number {n}, about the visits.\n" for n in range(4_500)]
    text = "".join(lines).rstrip("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    changes = [Change("comment", Treatment.LEFT_OUT, at + 3, at + 12, f"Note {at}", "Ben") for at in starts[:-1:5]]
    changes += [Change("page header", Treatment.LEFT_OUT, words=f"Header {n}") for n in range(60)]
    anchors = tuple(Anchor(at, AnchorKind.PAGE, str(n)) for n, at in enumerate(starts[:-1:100], 1))
    return ReadFile("long.pdf", text, digest_of(text), b"%PDF", changes=tuple(changes), anchors=anchors, format="pdf")


def test_a_file_with_900_changes_is_paged_and_quick_and_a_change_is_found_by_its_number(
    site: Site, ana: Browser
) -> None:
    accepted(site, long_file())
    started = time.process_time()
    page = ana.page(ONE)
    took = time.process_time() - started
    assert took < 3, f"{took:.2f} s"  # much less where nothing else runs
    assert len(page.select("[data-change]")) == 40
    assert "Page 1 of 24" in page.get_text()
    assert [each.get_text() for each in page.select(".skipped")][:2] == ["4 lines as in the file"] * 2
    assert row(ana.page(f"{ONE}?change=417"), 417) is not None
    last = ana.page(f"{ONE}?page=99")
    assert row(last, 960).get_text(" ", strip=True) == "960 Page header left out Header 59"
    assert len(last.select(".passage")) == 0


def test_pages_and_moments_stand_in_the_margin_of_the_text_and_of_the_reading_page(site: Site, ana: Browser) -> None:
    accepted(site, long_file())
    margin = ana.page(f"{ONE}?change=22").select("#at-22")[0].find_parent(class_="text")
    assert margin is not None
    assert "p. 2" in margin.get_text()
    reading = ana.page(f"{BASE}/sources/INT-004/code")
    (turn,) = reading.select("#turn-101 .sp .cap")
    assert turn.get_text() == "p. 2"
    assert reading.select("#turn-102 .sp .cap") == []
    first = ana.page(f"{BASE}/sources/INT-004").select_one(".first-turns li")
    assert first is not None
    assert "p. 1" in first.get_text()
