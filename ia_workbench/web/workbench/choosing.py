"""Reading choices out of forms: a value that is none of the choices is refused in one sentence."""

from enum import Enum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from ia_workbench.kernel import Refused

Choice = TypeVar("Choice", bound=Enum)

NO_CHOICE = "Choose one of {choices}."
LONGEST_NUMBER = 9  # digits; more than any turn, version or edition has, and far fewer than Python refuses to read


def chosen(form: MultiDict[str, str], field: str, vocabulary: type[Choice]) -> Choice:
    """Return the member of a vocabulary that a form names; refuses anything else, and nothing."""
    try:
        return vocabulary(form.get(field, ""))
    except ValueError:
        raise Refused(NO_CHOICE, choices=", ".join(str(each.value) for each in vocabulary)) from None


def whole_number(text: str) -> int | None:
    """Return the whole number that an address or a form holds; None for anything else, and for far too many digits."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


def version_seen(form: MultiDict[str, str]) -> int:
    """Return the version that the writer of a form had before them; 0, which nothing stored has, where it says none."""
    return whole_number(form.get("version", "")) or 0


def by_language(form: MultiDict[str, str], field: str) -> dict[str, str]:
    """Return words that a form holds once a language (`plain-en`, `plain-es`), those not empty."""
    words = {language: form.get(f"{field}-{language}", "").strip() for language in ("en", "es")}
    return {language: text for language, text in words.items() if text}
