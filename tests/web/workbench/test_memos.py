"""Memos as pages: added where they belong, changed by two at once, private, removed and put back, found in search."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from ia_workbench import search
from ia_workbench.coding import Memo, MemoOrigin
from ia_workbench.database import Store
from ia_workbench.web import create_team_app
from tests.support import Home
from tests.support.browsing import Browser, signed_in

BASE = "/s/cedar-county"
CODE = "family-time/slots-set-by-form"


def browser(home: Home, who: str) -> Browser:
    app = create_team_app(home.settings, home.evidence, home.published)
    return signed_in(app, home, home.actor(who))


def memos(home: Home) -> list[Memo]:
    """The memos that were written on pages: the demo has one that was a comment of a file."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return list(session.scalars(select(Memo).where(Memo.origin == MemoOrigin.TEAM).order_by(Memo.id)))


def add(who: Browser, of: str, **form: str) -> str:
    """Write a memo on a page; returns where that led."""
    return str(who.send(f"{BASE}/memos", {"words": "A **thought**.", **form}, of=of).headers["Location"])


@pytest.mark.parametrize(
    ("page", "form"),
    [
        (f"{BASE}/sources/INT-001", {"about": "source", "source": "INT-001"}),
        (f"{BASE}/sources/INT-001", {"about": "source", "source": "INT-001", "turn": "3"}),
        (f"{BASE}/codebook/c/{CODE}", {"about": "code", "thing": CODE}),
        (f"{BASE}/map/N-14", {"about": "step", "thing": "N-14"}),
        (f"{BASE}/findings/F-01", {"about": "finding", "thing": "F-01"}),
    ],
)  # fmt: skip
def test_a_memo_is_written_on_the_page_of_what_it_is_about_and_stands_there(
    demo: Home, page: str, form: dict[str, str]
) -> None:
    ben = browser(demo, "ben")
    shown = ben.page(page).select_one(".memo-panel form")
    assert shown is not None
    assert shown["action"] == f"{BASE}/memos"
    where = add(ben, page, **form)
    (memo,) = memos(demo)
    assert str(memo.guid) in where
    for address in (page, f"{BASE}/memos", f"{BASE}/memos/{memo.guid}"):
        assert "<strong>thought</strong>" in browser(demo, "ana").get(address).text


def test_a_private_memo_is_on_no_page_of_anybody_else_and_in_no_search_of_theirs(demo: Home) -> None:
    search.follow(demo.evidence, search.SearchIndex(demo.settings.index_folder))
    ben, ana = browser(demo, "ben"), browser(demo, "ana")
    page = f"{BASE}/findings/F-01"
    add(ben, page, about="finding", thing="F-01", words="Quillfeather doubts.", private="1")
    (memo,) = memos(demo)
    for address in (page, f"{BASE}/memos", f"{BASE}/search?q=quillfeather", f"{BASE}/memos/titles.json"):
        assert "Quillfeather" in ben.get(address).text
        assert "Quillfeather" not in ana.get(address).text
    ana.get(f"{BASE}/memos/{memo.guid}", status=404)
    ana.send(f"{BASE}/memos/{memo.guid}", {"words": "Mine"}, of=page, status=404)
    ana.send(f"{BASE}/memos/{memo.guid}/remove", {}, of=page, status=404)


def test_two_who_change_one_memo_both_find_their_words_on_the_page_and_choose(demo: Home) -> None:
    ben, ana = browser(demo, "ben"), browser(demo, "ana")
    add(ben, f"{BASE}/memos", about="step", thing="N-14")
    (memo,) = memos(demo)
    page = f"{BASE}/memos/{memo.guid}"
    ben.send(page, {"version": str(memo.version), "words": "Ben's words"}, of=page)
    clash = ana.send(page, {"version": str(memo.version), "words": "Ana's words"}, of=page, status=409)
    shown = BeautifulSoup(clash.text, "html5lib").get_text()
    assert "Ben's words" in shown
    assert "Ana's words" in shown
    assert memos(demo)[0].words == "Ben's words"
    field = BeautifulSoup(clash.text, "html5lib").select_one(f'form[action="{page}"] [name=version]')
    ana.send(page, {"version": str(field["value"]), "words": "Ana's words"}, of=page)
    assert memos(demo)[0].words == "Ana's words"
    assert "Ben's words" in ben.page(page).select_one(".memo-versions").get_text()


def test_a_refused_memo_keeps_its_words_on_the_page(demo: Home) -> None:
    ben = browser(demo, "ben")
    sent = {"about": "source", "source": "INT-001", "turn": "9999", "words": "Do not lose me"}
    refused = ben.send(f"{BASE}/memos", sent, of=f"{BASE}/memos", status=404)
    assert "INT-001 has no turn 9999." in refused.text
    assert "Do not lose me</textarea>" in refused.text
    assert memos(demo) == []


def test_a_memo_leads_to_another_by_its_title_and_is_removed_and_put_back(demo: Home) -> None:
    ben = browser(demo, "ben")
    add(ben, f"{BASE}/memos", about="step", thing="N-14", title="The form")
    add(ben, f"{BASE}/memos", about="source", source="INT-001", words="See there", link_to="the form")
    first, second = memos(demo)
    assert "linked from" in ben.get(f"{BASE}/memos/{first.guid}").text
    missing = ben.send(f"{BASE}/memos", {"about": "step", "thing": "N-14", "words": "x", "link_to": "Nothing"},
                       of=f"{BASE}/memos", status=422)  # fmt: skip
    assert "No memo is called Nothing." in missing.text
    ben.send(f"{BASE}/memos/{second.guid}/remove", {}, of=f"{BASE}/memos")
    assert "See there" not in ben.get(f"{BASE}/memos").text
    assert "See there" in ben.get(f"{BASE}/memos?show=removed").text
    ben.send(f"{BASE}/memos/{second.guid}/restore", {}, of=f"{BASE}/memos")
    assert "See there" in ben.get(f"{BASE}/memos").text


@pytest.mark.parametrize(
    ("asked", "count"),
    [("about=step", 1), ("about=code", 0), ("source=INT-001", 1), ("by=ana", 1), ("whose=mine", 2),
     ("whose=private", 1), ("whose=team", 2), ("since=2999-01-01", 0), ("since=nonsense", 3), ("page=99999999999", 0)],
)  # fmt: skip
def test_the_page_of_memos_shows_what_is_asked_for(demo: Home, asked: str, count: int) -> None:
    ben = browser(demo, "ben")
    add(browser(demo, "ana"), f"{BASE}/memos", about="step", thing="N-14", words="Step.")
    add(ben, f"{BASE}/memos", about="source", source="INT-001", words="Source.", private="1")
    assert len(ben.page(f"{BASE}/memos?{asked}").select(".memos > li")) == count


def test_search_finds_memos_as_they_are_now_and_the_index_agrees_with_the_store(demo: Home) -> None:
    ben = browser(demo, "ben")
    index = search.SearchIndex(demo.settings.index_folder)
    search.follow(demo.evidence, index)
    add(ben, f"{BASE}/memos", about="step", thing="N-14", title="Heron", words="Of the marsh")
    (memo,) = memos(demo)
    assert "Of the" in ben.page(f"{BASE}/search?q=heron").select_one(".memo-hits").get_text()
    page = f"{BASE}/memos/{memo.guid}"
    ben.send(page, {"version": str(memo.version), "words": "An egret"}, of=page)
    assert ben.page(f"{BASE}/search?q=heron").select_one(".memo-hits") is None
    assert ben.page(f"{BASE}/search?q=egret").select_one(".memo-hits mark").get_text() == "egret"
    assert ben.page(f"{BASE}/search?q=egret&kind=interview").select_one(".memo-hits") is None
    ben.send(f"{page}/remove", {}, of=page)
    assert ben.page(f"{BASE}/search?q=egret").select_one(".memo-hits") is None
    with demo.unheld(Store.EVIDENCE, writes=False) as session:
        assert search.differences(session, index) == []
