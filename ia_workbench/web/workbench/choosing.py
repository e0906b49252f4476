"""Reading choices out of forms: a value that is none of the choices is refused in one sentence."""

from enum import Enum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from ia_workbench.kernel import Refused

Choice = TypeVar("Choice", bound=Enum)

NO_CHOICE = "Choose one of {choices}."


def chosen(form: MultiDict[str, str], field: str, vocabulary: type[Choice]) -> Choice:
    """Return the member of a vocabulary that a form names; refuses anything else, and nothing."""
    try:
        return vocabulary(form.get(field, ""))
    except ValueError:
        raise Refused(NO_CHOICE, choices=", ".join(str(each.value) for each in vocabulary)) from None


def by_language(form: MultiDict[str, str], field: str) -> dict[str, str]:
    """Return words that a form holds once a language (`plain-en`, `plain-es`), those not empty."""
    words = {language: form.get(f"{field}-{language}", "").strip() for language in ("en", "es")}
    return {language: text for language, text in words.items() if text}
