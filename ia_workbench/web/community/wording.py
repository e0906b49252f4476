"""Days and speakers as they are said in the reader's language."""

from datetime import date, datetime

from babel.dates import format_date

from ia_workbench.publication import Said
from ia_workbench.web.translating import language

DAY = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
MONTH = {"en": "MMMM y", "es": "MMMM 'de' y"}


def day_words(day: date | datetime) -> str:
    """Return a day as it is said: "28 March 2026", "28 de marzo de 2026"."""
    return format_date(day, format=DAY[language()], locale=language())


def month_words(month: str) -> str:
    """Return a month written `2025-10` as it is said: "October 2025", "octubre de 2025"."""
    return format_date(date.fromisoformat(f"{month}-01"), format=MONTH[language()], locale=language())


def in_mid_sentence(said: Said) -> Said:
    """Return a speaker's label as it stands inside a sentence: "A parent" becomes "a parent", "DNA lab" stays."""
    first, second = said.text[:1], said.text[1:2]
    return said if second.isupper() else Said(first.lower() + said.text[1:], said.language)
