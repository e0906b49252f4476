"""A member reads findings in plain words and answers."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from ia_workbench import publication, review
from ia_workbench.publication import Audience, Fit, Words
from ia_workbench.review import Position
from tests.support import Home
from tests.support.browsing import Browser
from tests.support.packages import RECORD, WORKER, host, package_content, published_study_id, receive
from tests.web.community.conftest import ANSWER, BUS, DISSENT

Enter = Callable[[str], Browser]


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def position_of(home: Home, username: str, finding_key: str) -> Position | None:
    member = home.member(username)
    with home.session(member) as session:
        return review.own_position(session, member, study_id=published_study_id(home), finding_key=finding_key)


def read_by(path: str, browser: Browser) -> str:
    """What the form of a finding says of the words it stands under."""
    field = browser.page(path).select_one("form.answer input[name=package]")
    assert field is not None
    return str(field["value"])


def test_the_findings_that_wait_come_before_those_that_were_answered(enter: Enter) -> None:
    page = enter("rosa").page("/c")
    assert [each.get_text() for each in page.select("h2")] == ["Waiting for your answer", "You answered these"]
    links = [each["href"] for each in page.select("li.card a")]
    assert links == ["/c/2", "/c/3", "/c/1"]
    card = words(page.select("li.card")[2])
    assert "You said: Part of it fits." in card
    assert "The team answered you." in card


def test_a_member_of_a_study_without_findings_is_told_so(enter: Enter, outsider: object) -> None:
    assert "No finding is here yet." in words(enter("olga").page("/c"))


def test_a_finding_is_told_in_plain_words_without_codes_keys_or_strength_words(enter: Enter) -> None:
    page = enter("rosa").page("/c/2")
    heading = page.h1
    assert heading is not None
    assert heading.get_text() == "Court reports count visits."
    shown = words(page)
    for word in ("F-02", "E-0001", "Established", "ADM", "caseworkers", "Form 214", "N-14"):
        assert word not in shown


def test_the_content_note_and_the_way_out_stand_before_any_quote(enter: Enter) -> None:
    html = enter("rosa").get("/c/2").text
    note, skip, leave, quote = (
        html.index(each) for each in ("missed visits and court", "Skip this finding", "Leave fast", "<blockquote")
    )
    assert max(note, skip, leave) < quote


def test_what_does_not_fit_stands_as_open_as_what_a_parent_said(enter: Enter) -> None:
    page = enter("rosa").page("/c/2")
    sections = [each.get_text() for each in page.select("section h2")]
    assert sections == [
        "What a parent told us",
        "Why it matters",
        "Where it happens",
        "How we know",
        "What does not fit",
    ]
    contrary = page.select_one("[aria-labelledby=unfit] figure")
    family = page.select_one("[aria-labelledby=told] figure")
    assert contrary is not None
    assert family is not None
    assert contrary["class"] == family["class"]
    assert "We are open until seven" in words(page)


def test_sources_are_counted_in_independent_units_and_named_as_readers_may_know_them(enter: Enter) -> None:
    section = enter("rosa").page("/c/2").select_one("[aria-labelledby=know]")
    assert section is not None
    expected = "This comes from 5 separate sources : a parent, the visit request form, a case record, and a worker."
    assert words(section) == f"How we know {expected}"


def test_where_it_happens_marks_the_step(enter: Enter) -> None:
    steps = [" ".join(each.get_text(" ").split()) for each in enter("rosa").page("/c/2").select(".path li")]
    assert steps == ["Service referral", "Visit request Here", "Family time", "Review hearing"]


def test_words_that_may_not_be_shown_are_not(enter: Enter, home: Home) -> None:
    contrary = tuple(
        type(each)(**{**vars(each), "stance": package_content().contrary[0].stance}) for each in (WORKER, RECORD)
    )
    receive(home, package_content(finding_key="F-04", evidence=contrary))
    section = enter("rosa").page("/c/4").select_one("[aria-labelledby=unfit]")
    assert section is not None
    assert "Something that does not fit. We may not show the words." in words(section)
    assert "Told in our words." in words(section)
    assert section.find("blockquote") is None


def test_four_equal_choices_none_chosen_at_first(enter: Enter) -> None:
    form = enter("rosa").page("/c/2").select_one("form.answer")
    assert form is not None
    choices = form.select("input[type=radio]")
    assert [each["value"] for each in choices] == [fit.value for fit in Fit]
    assert not [each for each in choices if each.has_attr("checked")]
    legend = choices[0].find_parent("fieldset")
    assert legend is not None
    assert "Does this fit what you know?" in legend.get_text()


def test_an_answer_is_kept_as_given_and_shown_again(enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    sent = {"fit": "does-not-fit", "comment": "Nobody asked <b>us</b>.", "could_harm": "1", "quote": "E-0002"}
    response = rosa.send("/c/2", sent)
    assert response.headers["Location"] == "/c/2?said=answer-sent"
    kept = position_of(home, "rosa", "F-02")
    assert kept is not None
    assert kept.said == review.Said(Fit.DOES_NOT_FIT, "Nobody asked <b>us</b>.", True, ("E-0002",))
    page = rosa.page("/c/2?said=answer-sent")
    assert "Your answer was sent. Thank you." in words(page)
    own = page.select_one("#mine")
    assert own is not None
    assert "Nobody asked <b>us</b>." in words(own)
    assert "The team must answer you by" in words(own)
    assert "You asked us not to use 1 quote." in words(own)
    checked = [each.get("value") for each in page.select("form.answer input[checked]")]
    assert checked == ["does-not-fit", "1", "E-0002"]


def test_an_answer_can_be_changed(enter: Enter, home: Home) -> None:
    response = enter("rosa").send("/c/1", {"fit": "fits"})
    assert response.headers["Location"].endswith("said=answer-changed")
    kept = position_of(home, "rosa", "F-01")
    assert kept is not None
    assert kept.said == review.Said(Fit.FITS, "", False, ())


def test_an_answer_without_a_choice_is_refused_and_keeps_what_was_written(enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    response = rosa.send("/c/2", {"comment": "Ask the night shift.", "quote": "E-0001"}, status=422)
    page = BeautifulSoup(response.text, "html5lib")
    alert = page.select_one("[role=alert]")
    assert alert is not None
    assert "choose one of the four answers" in alert.get_text()
    box = page.select_one("textarea")
    assert box is not None
    assert box.get_text().strip() == "Ask the night shift."
    assert [each["value"] for each in page.select("input[checked]")] == ["E-0001"]
    assert position_of(home, "rosa", "F-02") is None


@pytest.mark.parametrize(
    "sent",
    [{"fit": "maybe"}, {"fit": "fits", "quote": "E-9999"}, {"fit": "fits", "comment": "x" * 10_001}],
    ids=["unknown choice", "unknown quote", "too long"],
)
def test_a_malformed_answer_changes_nothing(enter: Enter, home: Home, sent: dict[str, object]) -> None:
    enter("rosa").send("/c/2", sent, status=422)
    assert position_of(home, "rosa", "F-02") is None


def test_an_answer_to_words_that_changed_meanwhile_is_not_taken_and_keeps_what_was_written(
    enter: Enter, home: Home
) -> None:
    marcus = enter("marcus")
    sent = {"fit": "fits", "comment": "Es así.", "quote": "E-0001", "package": read_by("/es/c/3", marcus)}
    receive(home, package_content(finding_key="F-03", plain=Words("The wait never starts again.")))
    assert "This finding changed while you were reading." in marcus.send("/c/3", dict(sent), status=409).text
    page = BeautifulSoup(marcus.send("/es/c/3", dict(sent), status=409).text, "html5lib")
    shown = words(page)
    assert "Este hallazgo cambió mientras usted lo leía." in shown
    assert "The wait never starts again." in shown
    assert [each.get_text().strip() for each in page.select("textarea")] == ["Es así."]
    assert [each["value"] for each in page.select("form.answer input[checked]")] == ["fits", "E-0001"]
    assert position_of(home, "marcus", "F-03") is None
    again = page.select_one("input[name=package]")
    assert again is not None
    marcus.send("/c/3", sent | {"package": again["value"]})
    assert position_of(home, "marcus", "F-03") is not None


def test_another_refusal_does_not_pass_for_having_read_what_changed(enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    before = read_by("/c/3", rosa)
    receive(home, package_content(finding_key="F-03", plain=Words("The wait never starts again.")))
    page = BeautifulSoup(rosa.send("/c/3", {"package": before}, status=422).text, "html5lib")
    assert [each["value"] for each in page.select("input[name=package]")] == [before]


def test_a_form_that_does_not_say_what_was_read_is_not_taken(enter: Enter, home: Home) -> None:
    enter("rosa").send("/c/2", {"fit": "fits", "package": ""}, status=409)
    assert position_of(home, "rosa", "F-02") is None


def test_becoming_public_in_the_same_words_is_in_nobodys_way(enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    before = read_by("/c/3", rosa)
    with home.session(home.member("rosa")) as session:
        content = publication.content_of(publication.package_for(session, published_study_id(home), "F-03"))
    receive(home, replace(content, audience=Audience.PUBLIC, stage="released"))
    rosa.send("/c/3", {"fit": "fits", "package": before})


def test_an_answer_without_this_browsers_token_is_refused(enter: Enter, home: Home) -> None:
    rosa, marcus = enter("rosa"), enter("marcus")
    for token in ("", "guessed", marcus.token("/c/2")):
        response = rosa.client.post("/c/2", data={"fit": "fits", "csrf_token": token})
        assert response.status_code == 403
    assert position_of(home, "rosa", "F-02") is None


def test_an_answer_sent_by_another_site_is_refused(enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    data = {"fit": "fits", "csrf_token": rosa.token("/c/2")}
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert rosa.client.post("/c/2", data=data, headers=headers).status_code == 403
    assert position_of(home, "rosa", "F-02") is None


def test_a_form_of_a_browser_that_hides_its_origin_is_let_in(enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    data = {"fit": "fits", "csrf_token": rosa.token("/c/2"), "package": read_by("/c/2", rosa)}
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert rosa.client.post("/c/2", data=data, headers=headers).status_code == 303


def test_a_member_reads_their_own_answer_and_the_teams_and_nobody_elses(enter: Enter) -> None:
    for path in ("/c/1", "/c/answers"):
        shown = words(enter("rosa").page(path))
        assert BUS in shown
        assert "The team made a change." in shown
        assert ANSWER in shown
        assert DISSENT not in shown


def test_a_member_who_waits_sees_by_when_the_team_must_answer(enter: Enter) -> None:
    shown = words(enter("marcus").page("/c/answers"))
    assert DISSENT in shown
    assert "The team must answer you by" in shown
    assert ANSWER not in shown


def test_a_finding_that_changed_after_the_answer_says_so(enter: Enter, home: Home) -> None:
    notice = "The team changed this finding after you answered."
    receive(home, package_content(stage="released"))  # the same words in another stage
    assert notice not in words(enter("rosa").page("/c/1"))
    receive(home, package_content(plain=Words("Changed words.")))
    assert notice in words(enter("rosa").page("/c/1"))


def test_a_package_never_speaks_html(enter: Enter, home: Home) -> None:
    receive(home, package_content(finding_key="F-04", plain=Words("<img src=x onerror=alert(1)>")))
    page = enter("rosa").page("/c/4")
    assert not page.select("main img")
    assert "<img src=x" in words(page)


def test_help_says_who_sees_what(enter: Enter) -> None:
    shown = words(enter("rosa").page("/c/help"))
    assert "It does not see who said it." in shown
    assert "What stays" in shown


def test_a_member_learns_that_a_finding_was_taken_back_and_reads_no_word_of_it(enter: Enter, home: Home) -> None:
    ana = host(home)
    with home.session(ana) as session:
        package = publication.package_for(session, published_study_id(home), "F-01")
        publication.withdraw_package(session, ana, package=package)
    rosa = enter("rosa")
    rosa.get("/c/1", status=404)
    assert [each["href"] for each in rosa.page("/c").select("li.card a")] == ["/c/2", "/c/3"]
    card = rosa.page("/c/answers").select_one("li.card")
    assert card is not None
    told = " ".join(card.get_text(" ").split())
    assert told.startswith("Finding 1 The team took this finding back. Nobody can read it here any more.")
    assert BUS in told
    assert ANSWER in told
    assert card.select("a") == []
    assert package_content().plain.en not in told
    assert "El equipo retiró este hallazgo." in words(rosa.page("/es/c/answers"))
    enter("lee").get("/briefs/F-01", status=404)


def test_reading_leaves_no_trace_in_the_store(community: Flask, enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    before = (home.folder / "published.sqlite3").read_bytes(), wal_of(home)
    for path in ("/c", "/c/1", "/c/2", "/c/answers", "/c/help", "/es/c/3"):
        rosa.get(path)
    assert ((home.folder / "published.sqlite3").read_bytes(), wal_of(home)) == before


def wal_of(home: Home) -> bytes:
    wal = home.folder / "published.sqlite3-wal"
    return wal.read_bytes() if wal.exists() else b""


def test_the_team_reads_positions_from_the_published_store(enter: Enter, home: Home) -> None:
    enter("rosa").send("/es/c/3", {"fit": "cannot-say", "comment": "No sé."})
    ana = host(home)
    with home.session(ana) as session:
        position = review.positions_on(session, published_study_id(home), "F-03")[0]
        assert (position.account.username, position.comment, position.language) == ("rosa", "No sé.", "es")
