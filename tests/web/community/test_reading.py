"""How a page can be read: in two languages, in large print, left fast, without scripts."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.privacy import Role
from tests.support import Home
from tests.support.browsing import Browser

Enter = Callable[[str], Browser]


def tag(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_the_first_page_leads_each_to_their_own(enter: Enter) -> None:
    assert enter("rosa").get("/", status=302).headers["Location"] == "/c"
    assert enter("lee").get("/", status=302).headers["Location"] == "/briefs"


def test_every_page_has_an_address_in_each_language(enter: Enter) -> None:
    rosa = enter("rosa")
    for path in ("/c", "/c/1", "/c/answers", "/c/help"):
        spanish = rosa.page(f"/es{path}")
        assert tag(spanish, "html")["lang"] == "es"
        assert tag(spanish, ".tb-lang")["href"] == f"/en{path}"
        assert tag(spanish, ".tb-lang")["lang"] == "en"
        assert tag(rosa.page(path), ".tb-lang")["href"] == f"/es{path}"
        assert tag(rosa.page(f"/en{path}"), "html")["lang"] == "en"


def test_another_language_does_not_say_again_what_was_just_said(enter: Enter) -> None:
    page = enter("rosa").page("/c/1?said=answer-sent&study=cedar")
    assert tag(page, ".tb-lang")["href"] == "/es/c/1?study=cedar"


def test_links_on_a_spanish_page_stay_spanish(enter: Enter) -> None:
    page = enter("rosa").page("/es/c/1")
    links = [str(each["href"]) for each in page.select("a[href^='/']") if "tb-lang" not in (each.get("class") or [])]
    assert links
    assert all(link.startswith("/es/c") for link in links)
    assert tag(page, "form.answer")["action"] == "/es/c/1"


def test_a_spanish_page_speaks_spanish_finding_text_and_all(enter: Enter) -> None:
    page = enter("rosa").page("/es/c/1")
    shown = " ".join(page.get_text(" ").split())
    assert tag(page, "h1").get_text().startswith("El formulario de visitas")
    for words in ("Lo que nos contó una madre o un padre", "Traducido del inglés.", "Pedido de visita", "Aquí"):
        assert words in shown
    assert "Ahora nombra el autobús." in shown


def test_quotes_carry_their_language_and_the_original_stays_at_hand(enter: Enter) -> None:
    page = enter("rosa").page("/es/c/1")
    first = tag(page, "[aria-labelledby=told] figure")
    assert tag(first, "blockquote")["lang"] == "es"
    original = tag(first, "details p")
    assert (original["lang"], original.get_text()) == ("en", "“Nothing after four, nothing on Saturday.”")
    english = enter("rosa").page("/c/1")
    spoken_spanish = english.select("[aria-labelledby=told] figure")[1]
    assert tag(spoken_spanish, "blockquote")["lang"] == "en"
    assert tag(spoken_spanish, "details p")["lang"] == "es"


def test_words_without_a_translation_are_marked_as_english_on_a_spanish_page(enter: Enter) -> None:
    heading = tag(enter("rosa").page("/es/c/3"), "h1")
    assert (heading["lang"], heading.get_text()) == ("en", "The wait starts again.")


def test_what_a_member_wrote_keeps_its_language(enter: Enter) -> None:
    assert tag(enter("marcus").page("/c/1"), ".said-comment")["lang"] == "es"


@pytest.mark.parametrize("path", ["/c", "/c/1", "/c/answers", "/c/help", "/es/c/2"])
def test_leaving_fast_is_a_link_that_works_without_scripts_and_tells_nothing(enter: Enter, path: str) -> None:
    page = enter("rosa").page(path)
    link = tag(page, ".tb-leave")
    assert link.name == "a"
    assert str(link["href"]).startswith("https://")
    assert "noreferrer" in link["rel"]
    assert enter("rosa").get(path).headers["Referrer-Policy"] == "no-referrer"


def test_large_print_is_kept_in_the_browser_and_can_be_put_back(enter: Enter) -> None:
    rosa = enter("rosa")
    response = rosa.send("/print", {"size": "large", "next": "/c/2"}, of="/c/2")
    assert response.headers["Location"] == "/c/2"
    assert tag(rosa.page("/c"), "html")["class"] == ["large"]
    rosa.send("/print", {"size": "usual", "next": "/c"}, of="/c")
    assert not tag(rosa.page("/c"), "html").has_attr("class")


def test_choosing_print_leads_nowhere_else(enter: Enter) -> None:
    response = enter("rosa").send("/print", {"size": "large", "next": "//elsewhere.example/"}, of="/c")
    assert response.headers["Location"] == "/"


def test_every_act_is_a_plain_form_or_link(enter: Enter) -> None:
    page = enter("rosa").page("/c/1")
    buttons = page.select("button")
    assert len(buttons) > 2
    for button in buttons:
        assert button.find_parent("form") is not None
    for link in page.select("a"):
        assert link.get("href") not in (None, "", "#")


def test_someone_in_two_studies_keeps_to_the_one_they_chose(enter: Enter, home: Home, outsider: object) -> None:
    with home.unheld(Store.PUBLISHED) as session:
        omar = privacy.guest_in_published_store(session, home.actor("omar"), ["other"])
        other = privacy.published_study_keyed(session, "other")
        privacy.add_user(session, omar, username="rosa", role=Role.REVIEWER, study_id=other.id)
    rosa = enter("rosa")
    assert len(rosa.page("/c?study=cedar").select("li.card")) == 3
    assert {str(each["href"]) for each in rosa.page("/c?study=cedar").select("li.card a")} == {
        f"/c/{number}?study=cedar" for number in (1, 2, 3)
    }
    assert rosa.page("/c?study=other").select("li.card") == []
    rosa.get("/c/1?study=other", status=404)
    rosa.get("/c?study=unknown", status=404)
