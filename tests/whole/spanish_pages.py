"""Every page of the team application as a reader of Spanish gets it, and what on it is still English of ours."""

import re
from collections.abc import Iterator
from functools import cache

from bs4 import BeautifulSoup, Tag
from flask import Flask

from ia_workbench.web.translating import LANGUAGE_COOKIE, catalogue
from ia_workbench.web.translations.checking import PLACE
from ia_workbench.web.translations.extraction import messages
from tests.support import Home
from tests.support.browsing import Browser, signed_in

SAID_IN = ("aria-label", "title", "placeholder", "alt")
UNSEEN = frozenset({"script", "style", "template"})
FEWEST_WORDS = 3  # fewer beside its places would make a message match what people write

# Words of the demo's study, written by its people, that are also words of ours. Content stays as it was written.
CONTENT = frozenset(
    {"Agency", "Family", "Review", "Strengths", "Worker", "contact", "court", "decision", "hearing", "meeting",
     "parent", "strengths"}
)  # fmt: skip
OF_THE_TRAIL = frozenset({"memos"})  # what an entry counts, as the trail has it in every language
OF_EACH_LANGUAGE = frozenset({"English"})  # languages are listed in their own words
AS_WRITTEN = CONTENT | OF_THE_TRAIL | OF_EACH_LANGUAGE


def spanish_browser(app: Flask, home: Home, who: str) -> Browser:
    """Return the browser of a member of the team who reads Spanish."""
    browser = signed_in(app, home, home.actor(who))
    browser.client.set_cookie(LANGUAGE_COOKIE, "es")
    return browser


def english_of_ours(page: BeautifulSoup) -> list[str]:
    """Return every text of a page that is a message in English though Spanish has other words for it."""
    found = [text for text in _texts(page) if text not in AS_WRITTEN and _is_english_message(text)]
    return list(dict.fromkeys(found))


def _texts(page: BeautifulSoup) -> Iterator[str]:
    for node in page.find_all(string=True):
        if node.parent is not None and node.parent.name not in UNSEEN and _is_in_spanish(node.parent):
            yield " ".join(node.split())
    for tag in page.find_all(True):
        yield from (" ".join(str(tag[name]).split()) for name in SAID_IN if tag.get(name) and _is_in_spanish(tag))


def _is_in_spanish(tag: Tag) -> bool:
    marked = tag if tag.get("lang") else tag.find_parent(lang=True)
    return marked is None or marked.get("lang") == "es"


def _is_english_message(text: str) -> bool:
    exact, patterns = _english_messages()
    return text in exact or any(pattern.fullmatch(text) for pattern in patterns)


@cache
def _english_messages() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    spanish = catalogue("es")
    exact, patterns = set[str](), list[re.Pattern[str]]()
    for key, (message, _places) in messages().items():
        forms = (message,) if isinstance(message, str) else message
        differing = [form for form in forms if not isinstance(message, str) or spanish.gettext(key) != key]
        exact |= {form for form in differing if not PLACE.search(form)}
        told = [form for form in differing if PLACE.search(form) and _words_beside_places(form) >= FEWEST_WORDS]
        patterns += [re.compile(".+?".join(map(re.escape, PLACE.split(form)))) for form in told]
    return frozenset(exact), tuple(patterns)


def _words_beside_places(form: str) -> int:
    return len(re.findall(r"[A-Za-z]{2,}", PLACE.sub(" ", form)))
