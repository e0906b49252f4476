"""The same words in the languages that readers have."""

from dataclasses import dataclass

LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Said:
    """Words and the language they are in, for the `lang` of a passage."""

    text: str
    language: str


@dataclass(frozen=True)
class Words:
    """The same words by language; an empty text means that there is none in that language."""

    en: str = ""
    es: str = ""

    @classmethod
    def by_language(cls, texts: dict[str, str] | None) -> "Words":
        """Make words of a stored `{"en": …, "es": …}` column; other languages are left out."""
        return cls(**{language: (texts or {}).get(language) or "" for language in LANGUAGES})

    def __bool__(self) -> bool:
        return bool(self.en or self.es)

    def has(self, language: str) -> bool:
        """Say whether there are words in a language."""
        return bool(language in LANGUAGES and getattr(self, language))

    def said_in(self, language: str) -> Said:
        """Return the words in a language, or in the other one when it has none, with the language they are in."""
        for each in (language, *LANGUAGES):
            if self.has(each):
                return Said(getattr(self, each), each)
        return Said("", language if language in LANGUAGES else LANGUAGES[0])
