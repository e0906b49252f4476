"""The brief as a page that stands alone."""

from dataclasses import replace
from datetime import date

import html5lib
import pytest
from bs4 import BeautifulSoup

from ia_workbench.briefs import Edition, brief_html
from ia_workbench.kernel import Refused
from ia_workbench.publication import NOT_CLEARED, Words
from tests.briefs.bodies import BODY, SECTIONS
from tests.support.packages import PARENT_QUOTE, VISIT_HOURS, package_content

EDITION = Edition(3, 8, date(2026, 4, 14))


def test_the_page_is_valid_and_has_the_sections_in_order() -> None:
    html = brief_html(VISIT_HOURS, BODY, edition=EDITION)
    html5lib.HTMLParser(strict=True).parse(html)
    page = BeautifulSoup(html, "html5lib")
    assert [each.get_text() for each in page.find_all("h2")] == SECTIONS
    assert [each.get_text() for each in page.find_all("h1")] == [VISIT_HOURS.statement]
    assert "Finding brief 3 of 8" in page.get_text()
    assert page.find("svg", attrs={"role": "img"})["aria-label"].startswith("Map strip. Steps 13 to 16")


def test_it_asks_nothing_of_the_world() -> None:
    page = BeautifulSoup(brief_html(VISIT_HOURS, BODY, edition=EDITION), "html5lib")
    assert page.find_all(["script", "link", "iframe", "img"]) == []
    assert [each for each in page.find_all(True) if each.has_attr("src") or each.has_attr("href")] == []


def test_words_are_escaped_and_their_language_marked() -> None:
    hostile = replace(
        PARENT_QUOTE, words="<b>Nothing</b> & more", language="es", translation=Words(en="Nothing <i>more")
    )
    html = brief_html(package_content(evidence=(hostile,), strengths="one\n<two>"), BODY)
    assert '<span lang="es">“&lt;b&gt;Nothing&lt;/b&gt; &amp; more”</span>' in html
    assert "one<br>&lt;two&gt;" in html
    assert "<i>more" not in html


def test_a_draft_says_so_and_only_a_draft_may_hold_what_is_not_cleared() -> None:
    content = package_content(evidence=(replace(PARENT_QUOTE, words=NOT_CLEARED),))
    with pytest.raises(Refused, match="E-0001"):
        brief_html(content, None)
    html = brief_html(content, None, draft=True)
    assert "DRAFT. Not released" in html
    assert NOT_CLEARED in html
    assert "<title>DRAFT:" in html
