"""Words in the reader's language, through gettext, from `.po` files read when the program starts."""

import gettext as catalogues
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request

from ia_workbench.kernel import Refused
from ia_workbench.web.ready_words import PLACES, fact_again, said_again

LANGUAGES = {"en": "English", "es": "Español"}
LANGUAGE_COOKIE = "ia_language"
CATALOGUES = Path(__file__).with_name("translations")


@cache
def catalogue(language: str) -> catalogues.NullTranslations:
    """Return the catalogue of a language; English is written in the pages themselves."""
    path = CATALOGUES / f"{language}.po"
    if language == "en" or not path.exists():
        return catalogues.NullTranslations()
    packed = BytesIO()
    with path.open("rb") as file:
        write_mo(packed, read_po(file, locale=language))
    packed.seek(0)
    return catalogues.GNUTranslations(packed)


def language() -> str:
    """Return the reader's language, `en` or `es`; worked out once for a request, where words are needed at all."""
    known: str | None = g.get("language")
    if known is not None:
        return known
    if not has_request_context() or "signed_in" not in g:
        return "en"
    chosen: str = g.setdefault("language", _language_asked_for())
    return chosen


def _language_asked_for() -> str:
    """Return the language of the address (`/es/…`), the reader's choice, or what their browser asks for."""
    first = request.path.split("/", 2)[1]
    if first in LANGUAGES:
        return first
    chosen: str | None = g.signed_in.language if g.signed_in is not None else None
    chosen = chosen or request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES)) or "en"


def gettext(message: str, **facts: Any) -> str:
    """Return a message in the reader's language, its `%(named)s` places filled."""
    translated = catalogue(language()).gettext(message)
    return translated % facts if facts else translated


def ngettext(singular: str, plural: str, number: int, **facts: Any) -> str:
    """Return a counted message in the reader's language; `%(num)s` is the number."""
    return catalogue(language()).ngettext(singular, plural, number) % {"num": number, **facts}


def refusal_words(refusal: Refused) -> str:
    """Return a refusal's sentence in the reader's language."""
    return sentence_words(refusal.sentence, refusal.facts)


def sentence_words(sentence: str, facts: Mapping[str, object]) -> str:
    """Return a sentence of a room in the reader's language, its `{named}` places filled."""
    translate = catalogue(language()).gettext
    translated = translate(sentence)
    filled = {name: fact_again(name, value, translate) for name, value in facts.items()}
    return translated.format(**filled) if filled else translated


def label_words(label: str) -> str:
    """Return in the reader's language what an obstacle is about."""
    return said_again(label, PLACES, catalogue(language()).gettext)


def of_language(words: dict[str, Any] | None, wanted: str | None = None) -> str:
    """Return text kept by language (`{"en": …, "es": …}`) in the reader's, else in English, else whatever there is."""
    words = words or {}
    return str(words.get(wanted or language()) or words.get("en") or next(iter(words.values()), ""))


def in_a_row(parts: Iterable[str]) -> str:
    """Join parts as a sentence does: `INT-001, INT-002 and OBS-01`."""
    return format_list(list(parts), style="standard", locale=language())


def install_translations(app: Flask) -> None:
    """Give the templates `_`, `ngettext`, `language` and `of_language`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: catalogue(language()).gettext(message),
        lambda singular, plural, number: catalogue(language()).ngettext(singular, plural, number),
        newstyle=True,
    )
    app.jinja_env.globals.update(language=language, of_language=of_language, languages=LANGUAGES)
