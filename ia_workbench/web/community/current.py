"""What every page of the community application knows: the study, the language in the address, the size of print."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import PublishedStudy
from ia_workbench.web.access import NOTHING_HERE
from ia_workbench.web.community.wording import day_words, in_mid_sentence, month_words
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import LANGUAGES, in_a_row, language

TONGUES = "<any(en, es):tongue>"  # pages have an address of their own in each language: /es/c/3
LARGE_PRINT_COOKIE = "ia_large_print"
NEUTRAL_PAGE = "https://www.wikipedia.org/"  # where "leave fast" leads: a page anyone might have open


def study() -> PublishedStudy:
    """Return the study this page is about; NotFound for a study that is not the reader's, or when they have none."""
    mine = privacy.studies(session(), Store.PUBLISHED)
    wanted = request.args.get("study")
    for each in mine:
        if wanted in (None, each.key):
            found: PublishedStudy = each
            return found
    raise NotFound(NOTHING_HERE)


def has_study() -> bool:
    """Say whether the reader is in any study yet."""
    return bool(actor().study_ids)


def is_large_print() -> bool:
    """Say whether this browser asked for large print."""
    return request.cookies.get(LARGE_PRINT_COOKIE) == "1"


def here() -> str:
    """Return the address of this page, without what was just said on it."""
    wanted = request.args.get("study")
    return f"{request.path}?{urlencode({'study': wanted})}" if wanted else request.path


def path_in(wanted: str) -> str:
    """Return the address of this page in another language."""
    parts = here().split("/")
    without = parts[2:] if parts[1] in LANGUAGES else parts[1:]
    return "/".join(["", wanted, *without])


def install_reader(app: Flask) -> None:
    """Carry the language of the address and a chosen study on to every link; give the templates their words."""

    @app.url_value_preprocessor
    def take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.tongue = values.pop("tongue", None) if values else None

    @app.url_defaults
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "tongue"):
            values.setdefault("tongue", g.get("tongue"))
            values.setdefault("study", request.args.get("study"))

    @app.context_processor
    def offer() -> dict[str, Any]:
        return {
            "here": here,
            "actor": g.signed_in.actor if g.get("signed_in") else None,
            "is_large_print": is_large_print(),
            "neutral_page": NEUTRAL_PAGE,
            "other_language": next(each for each in LANGUAGES if each != language()),
            "path_in": path_in,
            "readers_css": "community/plain.css",  # also for the pages that both applications share
        }

    app.jinja_env.globals.update(
        day_words=day_words, month_words=month_words, in_a_row=in_a_row, in_mid_sentence=in_mid_sentence
    )
