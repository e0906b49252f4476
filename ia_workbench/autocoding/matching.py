"""What a rule of autocoding finds in one text: pure decisions on words, turns and offsets.

Offsets are code points of the text. Words are compared without capitals and accents, and whole: a word is letters and
digits, whatever else stands between two of them.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ia_workbench.coding import CodedUnit, RuleKind
from ia_workbench.kernel import Refused, Span, is_storable, normalise_text

LONGEST_WORDS = 500  # characters of what a rule looks for
MOST_MATCHES = 20_000  # in all sources: more than anybody looks through
WIDEST_GAP = 12  # characters between two words of a phrase: quotation marks, dashes, an ellipsis, an end of line
WORD = re.compile(r"\w+")
TOO_MANY = "The rule finds more than {most} places. Make it narrower, or look in fewer sources."
LABEL_MARKS = " .:-–—"


class _Folding(dict[int, str]):
    """What each character is compared as, always one character, so that offsets stay the same."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
        bare = "".join(each for each in plain if not unicodedata.combining(each))
        small = character.casefold()
        self[number] = bare if len(bare) == 1 else small if len(small) == 1 else character
        return self[number]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Return a text as words are compared, of the same length: small letters without accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


@dataclass(frozen=True)
class Rule:
    """What is looked for and what is coded. Refuses a rule without words, or with far too many."""

    kind: RuleKind
    words: str
    unit: CodedUnit

    def __post_init__(self) -> None:
        words = normalise_text(self.words).strip()
        object.__setattr__(self, "words", words)
        if not words or not is_storable(words) or (self.kind is not RuleKind.PATTERN and not WORD.search(words)):
            raise Refused("Write what is to be looked for: at least one word.")
        if len(words) > LONGEST_WORDS:
            raise Refused("A rule takes at most {length} characters.", length=LONGEST_WORDS)
        if self.unit is CodedUnit.FOUND and self.kind in (RuleKind.SPEAKER, RuleKind.QUESTION):
            object.__setattr__(self, "unit", CodedUnit.TURN)  # the words found are the label, or the question


@dataclass(frozen=True)
class Said:
    """A turn as rules see it: where its speech stands, and whose it is."""

    number: int
    start: int
    end: int
    speaker: str | None

    @property
    def speech(self) -> Span:
        """What is said in it; refused where nothing is."""
        return Span(self.start, self.end)


@dataclass(frozen=True, order=True)
class Match:
    """What would be coded, and the turn it stands in."""

    span: Span
    turn: int


@dataclass(frozen=True)
class Place:
    """Where a rule found something: `whole` is what counts as the turn (speech, or answer), and holds `found`."""

    turn: Said
    whole: Span
    found: Span


def phrase_pattern(words: Sequence[Sequence[str]]) -> re.Pattern[str]:
    """Return the pattern of words in a row, each one of several forms, for a text that is folded."""
    each = [_one_of(sorted({folded(form) for form in forms}, key=len, reverse=True)) for forms in words]
    return re.compile(rf"\W{{1,{WIDEST_GAP}}}".join(each) + r"(?!\w)")


def _one_of(forms: Sequence[str]) -> str:
    return re.escape(forms[0]) if len(forms) == 1 else f"(?:{'|'.join(map(re.escape, forms))})"


def words_in(text: str) -> list[str]:
    """Return the words of a phrase, folded, in order."""
    return WORD.findall(folded(text))


def phrase_places(text: str, turns: Sequence[Said], pattern: re.Pattern[str]) -> Iterator[tuple[Said, Span]]:
    """Yield where a phrase stands in what is said, with its turn, in order; never across two turns, nor in a label."""
    plain, starts = folded(text), [each.start for each in turns]
    for match in pattern.finditer(plain):
        start, end = match.span()
        if start and (plain[start - 1].isalnum() or plain[start - 1] == "_"):
            continue  # within a word
        place = bisect_right(starts, start) - 1
        if place >= 0 and end <= turns[place].end:
            yield turns[place], Span(start, end)


def turns_of_speaker(turns: Sequence[Said], label: str) -> list[Said]:
    """Return the turns of a label, compared without capitals, accents and the marks after it."""
    wanted = _label(label)
    return [each for each in turns if each.speaker is not None and _label(each.speaker) == wanted]


def _label(label: str) -> str:
    return folded(label).strip(LABEL_MARKS)


def answers(text: str, turns: Sequence[Said], asked: Sequence[tuple[Said, Span]]) -> Iterator[Place]:
    """Yield the answers to questions, each once.

    In a survey the question stands in brackets before its answer, in one turn. Elsewhere all turns after a question are
    its answers, up to the next turn of whoever asked it; where nobody is named, the next turn alone.
    """
    places = {each.number: index for index, each in enumerate(turns)}
    given: set[int] = set()
    for turn, found in asked:
        column = _column(text, turn)
        if column is not None and found.end <= column:
            answering = [(turn, Span(column, turn.end))]
        else:
            answering = [(each, Span(each.start, each.end)) for each in _after(turns, places[turn.number])]
        for each, words in answering:
            if each.number not in given:
                yield Place(each, words, words)
            given.add(each.number)


def _column(text: str, turn: Said) -> int | None:
    """Where the answer begins in a turn of a survey (`[What helped?] The bus.`); None in any other."""
    if text[turn.start : turn.start + 1] != "[":
        return None
    end = text.find("] ", turn.start, turn.end)
    return end + 2 if end >= 0 and text[end + 2 : turn.end].strip() else None


def _after(turns: Sequence[Said], place: int) -> Iterator[Said]:
    asker = turns[place].speaker
    for each in turns[place + 1 :]:
        if asker is not None and each.speaker is not None and _label(each.speaker) == _label(asker):
            return
        if each.end > each.start:
            yield each
        if asker is None:
            return


def grown(
    text: str, places: Iterable[Place], unit: CodedUnit, sentences_of: Callable[[Said], Sequence[Span]]
) -> list[Match]:
    """Return what would be coded, in order and each stretch once: the words found, their sentences, or their turns.

    Of a longer stretch each sentence is coded by itself.
    """
    made: dict[Span, Match] = {}
    for place in places:
        for span in _stretches(place, unit, sentences_of):
            bare = stripped(text, span)
            if bare is not None:
                made.setdefault(bare, Match(bare, place.turn.number))
    return sorted(made.values())


def _stretches(place: Place, unit: CodedUnit, sentences_of: Callable[[Said], Sequence[Span]]) -> Iterator[Span]:
    if unit is CodedUnit.TURN:
        yield place.whole
    elif unit is CodedUnit.FOUND:
        yield place.found
    else:
        for each in sentences_of(place.turn):
            if each.touches(place.found):
                yield Span(max(each.start, place.whole.start), min(each.end, place.whole.end))


def stripped(text: str, span: Span) -> Span | None:
    """Return a span without the blanks around it; None where it holds nothing else."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - len(words) + len(words.rstrip())
    return Span(start, end) if start < end else None
