"""Changing a coding by a form, as browsers without scripts do."""

import pytest
from flask import Flask

from ia_workbench import codebook, coding
from tests.support import Home
from tests.support.browsing import signed_in
from tests.support.transcripts import KEY, Coded, add_transcript

PAGE = f"/s/cedar/sources/{KEY}/code"
BUS = "means/bus-timing"


@pytest.fixture
def coded(home: Home) -> Coded:
    """The transcript, coded by three people, with a code that asks for a rating."""
    made = add_transcript(home)
    with home.session(home.actor("ana")) as session:
        codebook.code_at(session, home.study_id, BUS).scale = ["slight", "marked", "strong"]
    return made


def of_bus(home: Home) -> coding.Coding:
    with home.session(home.actor("ana"), writes=False) as session:
        code = codebook.code_at(session, home.study_id, BUS)
        (made,) = coding.codings(session, home.study_id, code=code)
        return made


def form_of(made: coding.Coding, **changes: str) -> dict[str, object]:
    """What the form sends where nothing but these fields was changed."""
    there: dict[str, object] = {"words": made.excerpt.quote, "code": BUS, "rating": "0", "version": str(made.version)}
    return there | changes


def test_a_form_changes_words_rating_and_importance_and_comes_back_to_the_coding(
    app: Flask, home: Home, coded: Coded
) -> None:
    ana, made = signed_in(app, home, home.actor("ana")), of_bus(home)
    page, address = f"{PAGE}?coding={made.guid}", f"/s/cedar/sources/{KEY}/codings/{made.guid}/change"
    sent = form_of(made, words=f"{made.excerpt.quote}, so the ones", rating="2", important="1")
    answer = ana.send(address, sent, of=page)
    assert answer.headers["Location"] == f"{page}&said=coding-changed#turn-5"
    now = of_bus(home)
    assert now.excerpt.quote == f"{made.excerpt.quote}, so the ones"
    assert (now.rating, now.is_important) == (2, True)
    shown = ana.page(page).get_text()
    assert "marked" in shown
    assert "important" in shown


def test_a_form_gives_a_coding_another_code(app: Flask, home: Home, coded: Coded) -> None:
    ana, made = signed_in(app, home, home.actor("ana")), of_bus(home)
    address = f"/s/cedar/sources/{KEY}/codings/{made.guid}/change"
    ana.send(address, form_of(made, code="means/shift-work"), of=f"{PAGE}?coding={made.guid}")
    with home.session(home.actor("ana"), writes=False) as session:
        assert coding.coding_by_guid(session, made.guid).code.path == "means/shift-work"


def test_what_is_refused_or_was_changed_meanwhile_changes_nothing_and_says_why(
    app: Flask, home: Home, coded: Coded
) -> None:
    ana, made = signed_in(app, home, home.actor("ana")), of_bus(home)
    page, address = f"{PAGE}?coding={made.guid}", f"/s/cedar/sources/{KEY}/codings/{made.guid}/change"
    absent = ana.send(address, form_of(made, words="no such words"), of=page, status=422)
    assert "no such words" in absent.text
    old = form_of(made, words="the bus", version=str(made.version + 1))
    assert "changed by someone else" in ana.send(address, old, of=page, status=409).text
    assert of_bus(home).excerpt.quote == made.excerpt.quote
