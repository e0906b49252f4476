"""Markdown of memos: what it may say, and that nothing of a writer's can do anything."""

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.web.markdown import ELSEWHERE, is_safe_link, rendered
from tests.support.payloads import PAYLOADS

ALLOWED = {
    "p", "strong", "em", "s", "br", "hr", "ul", "ol", "li", "blockquote", "code", "pre", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "rel", "title"}, "p": {"class"}, "th": {"style"}, "td": {"style"}, "ol": {"start"},
              "code": {"class"}}  # fmt: skip


def faults(words: str) -> list[str]:
    """Return whatever in the HTML of a memo is more than it may be."""
    found = []
    for tag in BeautifulSoup(rendered(words).text, "html5lib").body or ():
        for each in [tag, *tag.find_all(True)] if isinstance(tag, Tag) else ():
            if each.name not in ALLOWED or set(each.attrs) - ATTRIBUTES.get(each.name, set()):
                found.append(str(each))
            if (
                each.name == "a"
                and each["href"]
                and not (is_safe_link(str(each["href"])) and each["rel"] == ELSEWHERE.split())
            ):
                found.append(str(each))
    return found


def test_what_a_memo_may_say_comes_out() -> None:
    html = rendered(
        "# Why\n\n**b** *i* ~~s~~ `c`\n\n- one\n\n> q\n\n[law](https://a.example/x?y=1) [here](/s/k#m)"
    ).text
    assert '<p class="md-heading"><strong>Why</strong></p>' in html
    for part in ("<strong>b</strong>", "<em>i</em>", "<s>s</s>", "<code>c</code>", "<li>one</li>", "<blockquote>"):
        assert part in html
    assert f'<a href="https://a.example/x?y=1" rel="{ELSEWHERE}">law</a>' in html
    assert f'<a href="/s/k#m" rel="{ELSEWHERE}">here</a>' in html


def test_headings_do_not_join_those_of_the_page_and_no_picture_is_fetched() -> None:
    html = rendered("# One\n\n## Two\n\n![p](https://a.example/p.png)").text
    assert BeautifulSoup(html, "html5lib").find_all(["h1", "h2", "img"]) == []


@pytest.mark.parametrize(
    "link", ["https://a.example", "http://a.example/x:y", "/s/k", "../x", "#memo-1", "?a=b:c", "x"]
)
def test_links_to_pages_are_links(link: str) -> None:
    assert is_safe_link(link)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "JaVaScRiPt:x", " javascript:x", "java\tscript:x", "java\u200bscript:x", "data:text/html,x",
     "vbscript:x", "file:///etc/passwd", "//evil.example", "/\\evil.example", "\\\\evil", "https:evil", "http:///x", "",
     "mailto:a@b", "blob:x", "x:y", "/%5Cevil.example"],
)  # fmt: skip
def test_other_links_stay_words(link: str) -> None:
    assert not is_safe_link(link)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_memo_is_words(payload: str) -> None:
    assert faults(payload) == []


PARTS = [*"<>[]()!*_`~|#-+&;:\"'/\\\n =", "a", "javascript:", "https://", "on", "&#x6a;", "img", "\t"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS)))
def test_no_memo_becomes_more_than_it_may_be(parts: list[str]) -> None:
    assert faults("".join(parts)) == []
