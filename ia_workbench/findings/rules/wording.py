"""Warnings about the wording of a statement: an institutional analysis says what organizes the work, not who failed.

Our convention; warnings only, nothing is ever blocked. The word lists are English.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

LONGEST_STATEMENT = 45  # words
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]*’(?!\w)")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sr|Sra|Judge|Justice|Officer|Detective|Referee|Commissioner)\b\.?\s+[A-Z][\w'’-]+"
)
ROLES = (
    r"(?:case\s?workers?|case\s?managers?|social workers?|workers?|supervisors?|investigators?|screeners?|judges?"
    r"|attorneys?|lawyers?|providers?|therapists?|managers?|directors?|leaders?|employees?|staff)"
)
NEGATIVE = (
    r"(?:fails?|failed|failing|neglects?|neglected|refuses?|refused|ignores?|ignored|forgets?|forgot|resists?|resisted"
    r"|lacks?|lacked|never|cannot|can't|can’t|won't|won’t|(?:do|does|did|is|are|was|were|will|would|could|should)"
    r"(?:\s+not|n't|n’t)|(?:is|are|was|were)\s+(?:unwilling|unable|biased|careless|indifferent))"
)
ROLE_THEN_NEGATIVE = re.compile(rf"\b{ROLES}\s+(?:\w+ly\s+|often\s+|simply\s+|still\s+)?{NEGATIVE}\b", re.IGNORECASE)
QUANTITY = re.compile(
    r"\b(?:most|mostly|many|few|majority|all|every|always|never|often|usually|frequently|typically|commonly|generally"
    r"|rarely|seldom|sometimes|regularly)\b",
    re.IGNORECASE,
)
DENOMINATOR = re.compile(r"\b\d[\d,.]*\s*(?:%|percent)?\s*(?:of|in|out of|per)\s+(?:the\s+|all\s+)?\d", re.IGNORECASE)
CAUSAL = re.compile(
    r"\b(?:causes?|caused|causing|leads? to|led to|leading to|results? in|resulted in|because|produces?|produced"
    r"|drives?|drove|therefore)\b",
    re.IGNORECASE,
)
BLAMING = re.compile(
    r"\b(?:refus(?:es?|ed|al|ing)|fail(?:s|ed|ing|ure)?\s+to|non-?complian(?:t|ce)|uncooperative|resistant|unmotivated"
    r"|unwilling|in denial|no-?shows?|manipulative|hard[ -]to[ -](?:reach|serve))\b",
    re.IGNORECASE,
)


class WarningKey(StrEnum):
    """What a wording warning is about."""

    PERSON_NAMED = "person-named"
    WORKER_BLAMED = "worker-blamed"
    NO_LEVER = "no-lever"
    NO_DENOMINATOR = "no-denominator"
    ONE_KIND = "one-kind"
    FAMILY_BLAMED = "family-blamed"
    TOO_LONG = "too-long"


SENTENCES = {
    WarningKey.PERSON_NAMED: "“{words}” names a person. Say what organizes the work, not who does it.",
    WarningKey.WORKER_BLAMED: "“{words}” says what workers do wrong. Say which form, rule or practice organizes it.",
    WarningKey.NO_LEVER: "The finding names no lever. Say by which method the institution organizes this.",
    WarningKey.NO_DENOMINATOR: "“{words}” needs a number to be out of: how many of how many, or leave it out.",
    WarningKey.ONE_KIND: "“{words}” claims a cause, and only one kind of source supports it so far.",
    WarningKey.FAMILY_BLAMED: "“{words}” is a word that blames families. Quote it from a record, or say what happened.",
    WarningKey.TOO_LONG: "The statement has {words} words; keep it to 45.",
}


@dataclass(frozen=True)
class WordingWarning:
    """One warning: what it is about, the words it is about, and a sentence with `{words}` in it."""

    key: WarningKey
    words: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence.format(words=self.words)


def wording_warnings(
    statement: str, *, names: Iterable[str] = (), has_lever: bool = True, kinds: int | None = None
) -> list[WordingWarning]:
    """Return what a reader should look at again in a statement, in the order of `WarningKey`; empty when nothing.

    `names` are names that must not occur; without them only names after a title (“Ms. …”) are seen. `kinds` is the
    number of kinds of supporting sources, None when not known. Words inside quotation marks blame nobody.
    """
    found: list[WordingWarning] = []
    for key, look in _LOOKS.items():
        found.extend(_warning(key, words) for words in look(_without_quotations(statement)))
    found.extend(_warning(WarningKey.PERSON_NAMED, words) for words in _named(statement, names))
    found.extend(_warning(WarningKey.TOO_LONG, words) for words in _length(statement))
    if not has_lever:
        found.append(_warning(WarningKey.NO_LEVER, ""))
    if kinds == 1:
        found.extend(_warning(WarningKey.ONE_KIND, words) for words in _all(CAUSAL, statement))
    order = list(WarningKey)
    return sorted(found, key=lambda warning: order.index(warning.key))


def _warning(key: WarningKey, words: str) -> WordingWarning:
    return WordingWarning(key, words, SENTENCES[key])


def _without_quotations(statement: str) -> str:
    return QUOTED.sub(" … ", statement)


def _all(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    seen: set[str] = set()
    for match in pattern.finditer(text):
        words = " ".join(match.group().split())
        if words.casefold() not in seen:
            seen.add(words.casefold())
            yield words


def _named(statement: str, names: Iterable[str]) -> Iterator[str]:
    yield from _all(NAMED, statement)
    for name in sorted(set(names)):
        if name.strip() and re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", statement):
            yield name.strip()


def _quantities(statement: str) -> Iterator[str]:
    return iter(()) if DENOMINATOR.search(statement) else _all(QUANTITY, statement)


def _length(statement: str) -> Iterator[str]:
    count = len(WORD.findall(statement))
    return iter((str(count),) if count > LONGEST_STATEMENT else ())


_LOOKS: dict[WarningKey, Callable[[str], Iterator[str]]] = {
    WarningKey.WORKER_BLAMED: lambda text: _all(ROLE_THEN_NEGATIVE, text),
    WarningKey.NO_DENOMINATOR: _quantities,
    WarningKey.FAMILY_BLAMED: lambda text: _all(BLAMING, text),
}
