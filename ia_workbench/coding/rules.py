"""Decisions about codings and memos that need no database: finding a quote in a text, and who stands where."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ia_workbench.kernel import Refused, Span, SpanOutcome, digest_of, is_storable, normalise_text

LONGEST_MEMO = 20_000  # characters: some pages of thought
LONGEST_TITLE = 200  # characters of a memo's title
SHORT_TITLE = 60  # characters of a memo's first line, which stands for a title
LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # a link as Markdown writes it
SIGNS = re.compile(r"\*+|`+|~~|__")  # of slanted, bold, struck words and code
COMMENTS = frozenset({"comment", "cell comment", "comment of captions"})  # things of a file that can become memos


class ReanchoringOutcome(StrEnum):
    """What became of an excerpt's words in a new revision."""

    SHIFTED = "shifted"  # the same words, further on or back, because of what was corrected before them
    MOVED = "moved"  # the same words, cut out and put in elsewhere, or there again after they were gone
    CHANGED = "changed"  # other words stand at its place
    ORPHANED = "orphaned"  # its words are gone


class ActKind(StrEnum):
    """What somebody did to codings, memos or the codebook."""

    APPLY = "apply"
    REMOVE = "remove"
    RESIZE = "resize"
    RECODE = "recode"
    MARK = "mark"  # as important, or no longer
    RATE = "rate"
    AUTOCODE = "autocode"
    MEMO = "memo"
    EVIDENCE = "evidence"  # words linked to a finding
    CODEBOOK = "codebook"
    UNDO = "undo"
    REDO = "redo"


class RuleKind(StrEnum):
    """What a rule of autocoding looks for."""

    PHRASE = "phrase"  # words side by side, whole, without regard to capitals and accents
    FORMS = "forms"  # the same with every form of each word
    PATTERN = "pattern"  # a regular expression
    SPEAKER = "speaker"  # the turns of a label
    QUESTION = "question"  # the answers to a question


class CodedUnit(StrEnum):
    """What autocoding gives the code: the words found, the sentences they stand in, or the turns."""

    FOUND = "found"
    SENTENCE = "sentence"
    TURN = "turn"


class ActStanding(StrEnum):
    """Whether an act holds: done, undone and still to be redone, or past redoing since something else was done."""

    DONE = "done"
    UNDONE = "undone"
    PAST = "past"


class MemoAbout(StrEnum):
    """What a memo is about. A step is a step of the map or a passage between two."""

    SOURCE = "source"
    TURN = "turn"
    EXCERPT = "excerpt"
    CODE = "code"
    STEP = "step"
    FINDING = "finding"


class MemoOrigin(StrEnum):
    """Where a memo came from."""

    FILE_COMMENT = "file-comment"  # a comment of the file that its source came as
    TEAM = "team"


KEEPS_WORDS = frozenset({ReanchoringOutcome.SHIFTED, ReanchoringOutcome.MOVED})
KEEPS_SPAN = frozenset({SpanOutcome.SHIFTED, SpanOutcome.MOVED})
BECAME = {
    SpanOutcome.SHIFTED: ReanchoringOutcome.SHIFTED,
    SpanOutcome.MOVED: ReanchoringOutcome.MOVED,
    SpanOutcome.CHANGED: ReanchoringOutcome.CHANGED,
}


@dataclass(frozen=True)
class Wish:
    """Where an excerpt could stand in a corrected text. `comes_back` says that it was not on the text before."""

    excerpt_id: int
    span: Span
    outcome: ReanchoringOutcome
    comes_back: bool = False

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Who goes first where two would stand on the same words: whose words are the same, then who was there."""
        return list(ReanchoringOutcome).index(self.outcome), self.comes_back, self.excerpt_id


def granted(wishes: Iterable[Wish]) -> list[Wish]:
    """Return the wishes of which no two are for the same span; the others must stay where they are."""
    taken: set[Span] = set()
    found = []
    for wish in sorted(wishes, key=lambda each: each.rank):
        if wish.span not in taken:
            taken.add(wish.span)
            found.append(wish)
    return found


def find_quote(text: str, quote: str) -> Span:
    """Find the one place where a text has these words.

    Offsets are code points of `text`, which is stored text (NFC, `\\n`); the quote is brought into that form first.
    Refuses words that are absent and words that occur more than once, overlapping places included.
    """
    words = normalise_text(quote)
    if not words.strip():
        raise Refused("Give the words to find: the quote is empty.")
    start = text.find(words)
    if start < 0:
        raise Refused("The source has no such words. Copy them exactly from its stored text.")
    if text.find(words, start + 1) >= 0:
        raise Refused(
            "These words occur {count} times in the source. Give more of the words around them, or start and end.",
            count=_occurrences(text, words),
        )
    return Span(start, start + len(words))


def _occurrences(text: str, words: str) -> int:
    count, place = 0, text.find(words)
    while place >= 0:
        count, place = count + 1, text.find(words, place + 1)
    return count


@dataclass(frozen=True)
class QuoteDigest:
    """The SHA-256 of a quote, in hexadecimal: what a browser keeps of words that wait to be coded, not the words."""

    sha256: str


def is_quote(words: str, expected: str | QuoteDigest) -> bool:
    """Say whether words are those that a caller takes them to be."""
    if isinstance(expected, QuoteDigest):
        return digest_of(words) == expected.sha256
    return words == expected


def refuse_blank(words: str, span: Span) -> None:
    """Refuse the words of a span when they are space alone."""
    if not words.strip():
        raise Refused("Select some words: {start} to {end} holds only space.", start=span.start, end=span.end)


class Left(Protocol):
    """What reading a file left out, as `corpus.Change` has it."""

    @property
    def what(self) -> str:
        """The thing, in the singular."""

    @property
    def words(self) -> str:
        """Its words, empty where it has none."""

    @property
    def by(self) -> str:
        """Who wrote it, empty where the file does not say."""


def is_comment(change: Left) -> bool:
    """Say whether a thing that reading left out is a comment with words, which can become a memo."""
    return change.what in COMMENTS and bool(change.words.strip())


def comment_words(change: Left, *, with_author: bool) -> str:
    """Return the words of a memo made of a comment, after who wrote it if that is asked for and the file says so."""
    words = change.words.strip()
    return f"{change.by.strip()}: {words}" if with_author and change.by.strip() else words


def refuse_memo(words: str, title: str = "") -> None:
    """Refuse a memo without words, of characters that no store can hold, or that is too long; so with its title."""
    if not words.strip():
        raise Refused("Write what is to be noted: the memo is empty.")
    if len(title.strip()) > LONGEST_TITLE:
        raise Refused("A title takes at most {length} characters. Put the rest into the memo.", length=LONGEST_TITLE)
    if not is_storable(words + title):
        raise Refused("The memo holds characters that no store can keep. Take out what was pasted unseen.")
    if len(words.strip()) > LONGEST_MEMO:
        raise Refused("A memo takes at most {length} characters. Make two of it.", length=LONGEST_MEMO)


def memo_name(title: str, words: str) -> str:
    """Return what a memo is called: its title on one line, else the beginning of its first line with words in it."""
    if title.strip():
        return " ".join(title.split())
    lines = (line[:LONGEST_TITLE].strip(" #>*-_`~\t") for line in words.splitlines())
    first = LINKED.sub(r"\1", next((line for line in lines if line), words.strip()[:LONGEST_TITLE]))
    first = " ".join(SIGNS.sub("", first).split()) or words.strip()[:SHORT_TITLE]
    return first if len(first) <= SHORT_TITLE else f"{first[:SHORT_TITLE].rsplit(' ', 1)[0]} …"


def refuse_rating(rating: int | None, scale: Sequence[str]) -> None:
    """Refuse a rating that is not one of its code's scale (counted from 1); None is no rating."""
    if rating is not None and not 1 <= rating <= len(scale):
        raise Refused("This code has no rating {rating}.", rating=rating)
