"""The reading page: complete without scripts, the same for everyone in the study and closed to everyone else."""

import json

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from ia_workbench import codebook, coding, corpus
from ia_workbench.kernel import Span
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.counting import counting_statements
from tests.support.looks import ARABIC, add_right_to_left
from tests.support.sources import add_source, revision_of
from tests.support.transcripts import CODINGS, KEY, TURNS, Coded

PAGE = f"/s/cedar/sources/{KEY}/code"
CODINGS_AT = f"/s/cedar/sources/{KEY}/codings"


@pytest.fixture
def ana(app: Flask, home: Home, coded: Coded) -> Browser:
    """Ana's browser."""
    return signed_in(app, home, home.actor("ana"))


def data_of(page: BeautifulSoup) -> dict[str, object]:
    """The data that the page hands its scripts."""
    block = page.find(id="reading-data")
    assert isinstance(block, Tag)
    found: dict[str, object] = json.loads(str(block.string))
    return found


def test_every_turn_is_a_named_group_with_number_speaker_line_and_words(ana: Browser) -> None:
    turns = ana.page(PAGE).select("section.turn")
    assert [turn["id"] for turn in turns] == [f"turn-{number}" for number in range(1, len(TURNS) + 1)]
    assert turns[1]["aria-label"] == "Turn 2, Interviewer"
    assert "ask" in turns[1]["class"]
    assert "ask" not in turns[0]["class"]
    assert turns[1].select_one("a.no")["href"] == "#L4"  # type: ignore[index]


def test_the_words_shown_are_the_words_stored_to_the_character(ana: Browser, home: Home, coded: Coded) -> None:
    page = ana.page(PAGE)
    shown = "".join(f"{turn['data-b']}{turn.select_one('.speech').get_text()}" for turn in page.select(".turn"))  # type: ignore[union-attr]
    with home.session(home.actor("ana"), writes=False) as session:
        assert shown + "\n" == corpus.text_of(session, coded.revision)


def test_every_coding_is_listed_beside_its_turn_with_who_gave_it_and_its_words(ana: Browser) -> None:
    links = ana.page(PAGE).select(".given a")
    assert len(links) == len(CODINGS)
    assert all(str(link["href"]).startswith("?coding=") for link in links)
    labels = [str(link["aria-label"]) for link in links]
    assert "office hours only, ben: Nothing after four, nothing on Saturday." in labels


def test_without_scripts_the_words_are_marked_with_every_overlap(ana: Browser) -> None:
    marks = ana.page(PAGE).select("#turn-3 mark")
    assert [(mark.get_text(), mark["class"]) for mark in marks] == [
        ("The request form, on her screen. There is a drop-down. ", ["c2"]),
        ("Nothing after four, nothing on Saturday.", ["c3", "u2"]),
        ("She turned the screen so I could see it. She was sorry about it.", ["c11"]),
    ]


def test_without_scripts_a_coding_can_be_looked_at_and_removed(ana: Browser, coded: Coded) -> None:
    page = ana.page(f"{PAGE}?coding={coded.codings[0].guid}")
    card = page.select_one("#coding")
    assert card is not None
    assert "The form decides when a visit can be." in card.get_text()
    assert card.select_one("form")["action"] == f"{CODINGS_AT}/{coded.codings[0].guid}/remove"  # type: ignore[index]


def test_an_analyst_is_not_offered_to_remove_what_another_coded(app: Flask, home: Home, coded: Coded) -> None:
    ben = signed_in(app, home, home.actor("ben"))
    page = ben.page(f"{PAGE}?coding={coded.codings[0].guid}")
    assert page.select_one("#coding") is not None
    assert page.select_one("#coding form") is None


def test_the_codebook_is_a_tree_with_counts_of_this_source(ana: Browser) -> None:
    page = ana.page(PAGE)
    counts = {item.select_one(".name").get_text(): item.select_one(".n").get_text() for item in page.select("#tree li")}  # type: ignore[union-attr]
    assert counts["Family time"] == "5"
    assert counts["slots set by form"] == "3"
    assert counts["reason left out"] == ""


def test_my_codes_are_mine_alone(ana: Browser) -> None:
    mine = [row for row in CODINGS if row[0] == "ana"]
    page = ana.page(f"{PAGE}?layer=mine")
    assert len(page.select(".given a")) == len(mine)
    assert str(page.select_one(".given a")["href"]).startswith("?layer=mine&coding=")  # type: ignore[index]
    assert page.select_one("button[value=mine]")["aria-pressed"] == "true"  # type: ignore[index]


def test_the_strip_draws_every_coding(ana: Browser) -> None:
    paths = ana.page(PAGE).select("#strip path")
    assert sum(str(path["d"]).count("M") for path in paths) == len(CODINGS)


def test_scripts_are_given_codes_with_definitions_and_counts(ana: Browser) -> None:
    data = data_of(ana.page(PAGE))
    codes = {code["path"]: code for code in data["codes"]}  # type: ignore[attr-defined]
    slots = codes["family-time/slots-set-by-form"]
    assert (slots["here"], slots["levers"]) == (3, ["ADM, Administrative practices"])
    assert data["removesAll"] is True


def test_a_turn_in_the_address_leads_to_the_turn(ana: Browser) -> None:
    assert ana.get(f"{PAGE}?turn=7", status=302).headers["Location"] == f"{PAGE}#turn-7"


def test_words_that_look_like_markup_stay_words(app: Flask, home: Home) -> None:
    ana = signed_in(app, home, home.actor("ana"))
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-002", text='<SCRIPT>: <b onclick="x">& </script></b>\n"><i>PARENT: &amp;')
    page = ana.page("/s/cedar/sources/INT-002/code")
    assert [each.get_text() for each in page.select(".speech")] == [
        '<b onclick="x">& </script></b>', '"><i>PARENT: &amp;'
    ]  # fmt: skip


def test_a_source_without_turns_or_codes_has_a_page(app: Flask, home: Home) -> None:
    ana = signed_in(app, home, home.actor("ana"))
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-003", text="\n")
    page = ana.page("/s/cedar/sources/INT-003/code")
    assert page.select(".turn") == []
    assert "No codes yet." in page.select_one("#tree").get_text()  # type: ignore[union-attr]


def test_a_source_that_is_absent_or_not_ours_looks_the_same(ana: Browser) -> None:
    for address in ("/s/cedar/sources/INT-999/code", "/s/other/sources/INT-014/code", "/s/x/sources/y/code"):
        page = ana.page(address, status=404)
        assert page.select_one("h1").get_text() == "There is nothing here"  # type: ignore[union-attr]


def test_someone_of_another_study_learns_nothing_of_a_source(app: Flask, home: Home, coded: Coded) -> None:
    omar = signed_in(app, home, home.actor("omar"))
    page = omar.get(PAGE, status=404).text
    assert "Parent interview" not in page
    assert omar.get(f"{CODINGS_AT}.json", status=404).text.count(KEY) == 0


def test_a_withdrawn_source_shows_no_words(ana: Browser, home: Home, coded: Coded) -> None:
    actor = home.actor("ana")
    with home.session(actor) as session:
        source = corpus.source_keyed(session, home.study_id, KEY)
        corpus.withdraw_source(session, actor, source=source, reason="asked for by the participant")
    page = ana.get(PAGE, status=422).text
    assert "Tuesday" not in page


def test_the_number_of_statements_does_not_grow_with_codings(app: Flask, home: Home, coded: Coded) -> None:
    ana = signed_in(app, home, home.actor("ana"))
    actor = home.actor("ana")
    with home.session(actor) as session:
        short = revision_of(session, add_source(session, home, key="INT-005", text="PARENT: Yes."))
        code = codebook.code_at(session, home.study_id, "staff-goodwill")
        coding.apply_code(session, actor, revision=short, span=Span(8, 12), code=code)
    with counting_statements(home.evidence) as bare:
        ana.get("/s/cedar/sources/INT-005/code")
    with counting_statements(home.evidence) as full:
        ana.get(PAGE)
    assert len(full) == len(bare), f"{full}"
    assert len(full) <= 30


def test_without_scripts_the_codings_are_narrowed_by_a_form(ana: Browser) -> None:
    page = ana.page(f"{PAGE}?code=family-time&coder=ben&lanes=coder")
    labels = [str(link["aria-label"]) for link in page.select(".given a")]
    assert labels == [
        "office hours only, ben: Nothing after four, nothing on Saturday.",
        "missed visit, ben: So I missed three, and the bus from the east side only gets in at …",
    ]
    assert page.select_one("#shown").get_text(" ", strip=True) == "Showing 2 of 12 codings: Family time; by ben"  # type: ignore[union-attr]
    assert "open" in page.select_one("#filters").attrs  # type: ignore[union-attr]
    assert [each.get_text(strip=True) for each in page.select("#filter-form option[selected]")] == [
        "Family time",
        "ben",
    ]
    assert page.select_one("#show-all")["href"] == "?lanes=coder"  # type: ignore[index]
    kept = "?code=family-time&coder=ben&lanes=coder&coding="
    assert all(str(link["href"]).startswith(kept) for link in page.select(".given a"))


def test_a_code_that_was_merged_since_is_asked_for_where_it_is_now(ana: Browser, home: Home) -> None:
    lead = home.actor("ana")
    with home.session(lead) as session:
        gone, into = (
            codebook.code_at(session, home.study_id, f"family-time/{key}") for key in ("office-hours", "missed-visit")
        )
        coding.merge_codes(session, lead, code=gone, into=into)
    page = ana.page(f"{PAGE}?code=family-time/office-hours")
    assert page.select_one("#shown").get_text(" ", strip=True) == "Showing 2 of 12 codings: missed visit"  # type: ignore[union-attr]
    assert page.select_one("#filter-code option[selected]")["value"] == "family-time/missed-visit"  # type: ignore[index]


@pytest.mark.parametrize("asked", ["", "?rating=none", "?important=1", "?layer=mine", "?code=family-time&coder=ben"])
def test_a_page_whose_scripts_draw_counts_what_the_other_one_shows(ana: Browser, asked: str) -> None:
    drawn = ana.page(f"{PAGE}{asked}")
    ana.client.set_cookie("ia_scripts", "1")
    bare = ana.page(f"{PAGE}{asked}")
    assert not bare.select(".given")
    for part in ("#shown", "#tree", "#mine", "#place"):
        assert bare.select_one(part).get_text() == drawn.select_one(part).get_text()  # type: ignore[union-attr]
    assert [each["id"] for each in bare.select(".stretch > .turn")] == [each["id"] for each in drawn.select(".turn")]


def test_the_counts_of_the_tree_follow_what_is_shown(ana: Browser) -> None:
    tree = ana.page(f"{PAGE}?coder=ben").select("#tree li")
    counts = {str(each.select_one(".name").get_text()): each.select_one(".n").get_text() for each in tree}  # type: ignore[union-attr]
    assert counts["Family time"] == "2"
    assert counts["slots set by form"] == ""
    assert counts["missed visit"] == "1"


def test_a_source_read_from_right_to_left_says_so_and_each_turn_is_looked_at(
    app: Flask, home: Home, coded: Coded
) -> None:
    add_right_to_left(home, "INT-020", ARABIC, "ar")
    page = signed_in(app, home, home.actor("ana")).page("/s/cedar/sources/INT-020/code")
    assert page.select_one("#turns")["dir"] == "rtl"  # type: ignore[index]
    assert {each.get("dir") for each in page.select(".speech")} == {"auto"}
    plain = signed_in(app, home, home.actor("ana")).page(PAGE)
    assert plain.select_one("#turns")["dir"] == "ltr"  # type: ignore[index]
    assert not plain.select(".speech[dir]")
