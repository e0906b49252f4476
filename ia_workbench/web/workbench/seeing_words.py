"""What the reading page says of the codings that it shows, and of the ways to look at them."""

from collections.abc import Iterable

from babel.numbers import format_decimal

from ia_workbench.codebook import Code
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.translating import language
from ia_workbench.web.workbench.seeing import MINE, UNRATED, Seeing


def seeing_words() -> dict[str, str]:
    """Return what scripts say of what is shown; `{named}` places are filled in the browser."""
    return {
        "allShown": _("All codings: {count}"),
        "someShown": _("Showing {shown} of {count} codings:"),
        "noneShown": _("No code of those shown."),
        "onlyMine": _("yours"),
        "filterByCoder": _("by {coder}"),
        "filterLever": _("lever {lever}"),
        "filterStep": _("step {step}"),
        "filterImportant": _("important"),
        "filterUnrated": _("not rated"),
        "orHigher": _("{rating} or higher"),
        "filterRated": _("rated {rating} or higher"),
        "showOnly": _("Show only {code}"),
        "hiddenByFilter": _("Coded: {code}. It is not among the codings shown now."),
        "moreNames": _("+{count} more"),
        "moreCodes": _("{count} more codes of turn {turn}"),
        "fewerNames": _("Show fewer"),
        "rating": _("Rating"),
        "marked": _("Marked"),
        "ratingOf": _("{rating} ({place} of {count})"),
        "evidenceFor": _("In findings"),
        "stripAt": _("Turns {first} to {last} of {count} in view; {codings} codings there, {important} important"),
    }


def filter_words(wanted: Seeing, codes: Iterable[Code]) -> str:
    """Return what the codings shown have in common in the reader's language, empty when all are shown."""
    named = {each.path: each.name for each in codes}
    words = seeing_words()
    said = {
        "layer": words["onlyMine"] if wanted.layer == MINE else "",
        "code": named.get(wanted.code, wanted.code),
        "coder": words["filterByCoder"].format(coder=wanted.coder) if wanted.coder else "",
        "lever": words["filterLever"].format(lever=wanted.lever) if wanted.lever else "",
        "step": words["filterStep"].format(step=wanted.step) if wanted.step else "",
        "rating": _rated(wanted.rating, words),
        "important": words["filterImportant"] if wanted.important else "",
    }
    return "; ".join(filter(None, said.values()))


def grouped(number: int) -> str:
    """Return a count as the reader's language writes it: 1,204."""
    return format_decimal(number, locale=language())


def _rated(rating: str, words: dict[str, str]) -> str:
    if rating == UNRATED:
        return words["filterUnrated"]
    return words["filterRated"].format(rating=rating) if rating else ""
