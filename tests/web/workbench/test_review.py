"""Review: what members said as given, without saying who, and answers that a lead gives."""

import pytest

from ia_workbench import privacy, publication, review
from ia_workbench.publication import Fit, Outcome
from ia_workbench.review import Answer, Position
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

REVIEW = f"{BASE}/review"


def give(site: Site, who: str, fit: Fit, comment: str = "", *, could_harm: bool = False) -> Position:
    """Have a member say something of F-01."""
    member = site.home.member(who)
    with site.home.session(member) as session:
        study = privacy.published_study_keyed(session, "cedar")
        package = publication.package_for(session, study.id, "F-01")
        return review.give_position(
            session, member, package=package, fit=fit, comment=comment, language="es", could_harm=could_harm
        )


def answer_to(site: Site, position: Position) -> Answer | None:
    """The standing answer to a position."""
    with site.home.session(site.home.member("lee"), writes=False) as session:
        return review.answer_to(session, position)


@pytest.fixture
def concern(site: Site) -> Position:
    """Rosa's concern about F-01, and that it fits what Marcus knows."""
    site.release()
    raised = give(site, "rosa", Fit.PARTLY, "El autobús es la otra parte.")
    give(site, "marcus", Fit.FITS)
    return raised


def test_before_any_release_the_page_says_what_will_stand_there(ben: Browser) -> None:
    assert "Nothing has been released yet." in ben.page(REVIEW).get_text()


def test_positions_stand_as_given_and_nobody_is_named(concern: Position, ben: Browser) -> None:
    page = ben.page(REVIEW)
    voices = [voice.get_text(" ", strip=True) for voice in page.select(".voice")]
    assert voices[0].startswith("Member A")
    assert "Fits partly" in voices[0]
    assert "El autobús es la otra parte." in voices[0]
    assert "Fits what they know" in voices[1]
    assert "Asks for no answer." in voices[1]
    main = page.select_one("main")
    assert main is not None
    assert "rosa" not in main.get_text().lower()
    quote = page.select_one(".voice blockquote")
    assert quote is not None
    assert quote["lang"] == "es"


def test_the_day_an_answer_is_due_is_said(concern: Position, ben: Browser) -> None:
    due = ben.page(REVIEW).select_one(".due")
    assert due is not None
    assert "due" in due.get_text()


def test_a_lead_answers_in_two_languages(site: Site, concern: Position, ana: Browser) -> None:
    fields = {"outcome": "changed", "text": "Travel is F-05.", "text_es": "El transporte es F-05.", "edition": "1"}
    ana.send(f"{REVIEW}/{concern.guid}", fields, of=REVIEW)
    answer = answer_to(site, concern)
    assert answer is not None
    assert (answer.outcome, answer.text, answer.text_es, answer.by) == (
        Outcome.CHANGED,
        "Travel is F-05.",
        "El transporte es F-05.",
        "ana",
    )
    assert ana.page(REVIEW).select_one(".voice.waiting") is None


def test_an_answer_without_a_reason_is_refused_with_its_input_kept(site: Site, concern: Position, ana: Browser) -> None:
    fields = {"outcome": "not-changed", "text": "", "text_es": "Porque sí.", "edition": "1"}
    response = ana.send(f"{REVIEW}/{concern.guid}", fields, of=REVIEW, status=422)
    assert "an answer needs a reason" in response.text
    assert "Porque sí." in response.text
    assert answer_to(site, concern) is None


def test_an_answer_never_lands_on_words_that_were_changed_since(site: Site, concern: Position, ana: Browser) -> None:
    give(site, "rosa", Fit.DOES_NOT_FIT, "Otra cosa.")
    fields = {"outcome": "changed", "text": "Yes.", "edition": "1"}
    response = ana.send(f"{REVIEW}/{concern.guid}", fields, of=REVIEW, status=409)
    assert "The member has changed what they say." in response.text
    assert answer_to(site, concern) is None


def test_an_answer_of_another_lead_is_never_replaced_unread(site: Site, concern: Position, ana: Browser) -> None:
    fields = {"outcome": "changed", "text": "Travel is F-05.", "edition": "1", "version": "0"}
    ana.send(f"{REVIEW}/{concern.guid}", fields, of=REVIEW)
    late = fields | {"text": "Nothing changed.", "outcome": "not-changed"}
    response = ana.send(f"{REVIEW}/{concern.guid}", late, of=REVIEW, status=409)
    assert "ana answered this concern before you." in response.text
    assert "Nothing changed." in response.text, "what was typed is kept"
    stands = answer_to(site, concern)
    assert stands is not None
    assert stands.text == "Travel is F-05."
    page = ana.page(REVIEW)
    version = page.select_one('input[name="version"]')
    assert version is not None
    ana.send(f"{REVIEW}/{concern.guid}", late | {"version": str(version["value"])}, of=REVIEW)


def test_a_choice_that_does_not_exist_is_refused(concern: Position, ana: Browser) -> None:
    fields = {"outcome": "maybe", "text": "Yes."}
    assert (
        "Choose one of changed, not-changed."
        in ana.send(f"{REVIEW}/{concern.guid}", fields, of=REVIEW, status=422).text
    )


def test_an_analyst_reads_and_does_not_answer(site: Site, concern: Position, ben: Browser) -> None:
    page = ben.page(REVIEW)
    assert page.select_one(".voice form") is None
    assert "A lead answers." in page.get_text()
    ben.send(f"{REVIEW}/{concern.guid}", {"outcome": "changed", "text": "x"}, of=REVIEW, status=404)
    assert answer_to(site, concern) is None


def test_a_position_of_another_study_is_not_found(site: Site, concern: Position) -> None:
    omar = site.browser("omar")
    omar.send(f"/s/other/review/{concern.guid}", {"outcome": "changed", "text": "x"}, of="/s/other", status=404)
    assert answer_to(site, concern) is None


def test_harm_and_quotes_not_to_use_stand_out(site: Site, ben: Browser) -> None:
    site.release()
    give(site, "rosa", Fit.CANNOT_SAY, could_harm=True)
    voice = ben.page(REVIEW).select_one(".voice")
    assert voice is not None
    assert "this could harm someone" in voice.get_text()


@pytest.mark.parametrize("field", ["text", "text_es"])
def test_an_answer_with_a_key_or_a_name_is_refused_with_its_input_kept(
    site: Site, concern: Position, ana: Browser, field: str
) -> None:
    words = "We asked Ms. Okoro again (P\u201301, parent_int001.docx)."
    fields = {"outcome": "changed", "text": "Asked.", "text_es": "", "edition": "1"} | {field: words}
    response = ana.send(f"{REVIEW}/{concern.guid}", fields, of=REVIEW, status=422)
    assert "stands in the answer" in response.text
    assert "We asked Ms. Okoro again" in response.text
    assert answer_to(site, concern) is None
