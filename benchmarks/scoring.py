"""How well proposals fit what people marked: counts, recall with its interval, precision. Values in and values out."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ia_workbench.privacy import ListedName, Proposal

Z = 1.959963984540054  # the normal quantile of 95 %
WORD = re.compile(r"\w+")
COURTESY = re.compile(r"(?:(?:mr|mrs|ms|miss|mx|dr|sr|sra|srta)\b\.? ?)+", re.IGNORECASE)


@dataclass(frozen=True)
class GoldSpan:
    """What a person marked: code points, the set's own label, how much it identifies (`direct`, `quasi`, `none`)."""

    start: int
    end: int
    label: str
    need: str


@dataclass(frozen=True)
class GoldText:
    """A marked text, and the names that a study would have listed before anybody read it."""

    key: str
    text: str
    spans: tuple[GoldSpan, ...]
    names: tuple[ListedName, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class Interval:
    """A share with its 95 % interval; `found` of `of`."""

    found: int
    of: int

    @property
    def share(self) -> float:
        """Found in proportion; nothing of nothing is undefined."""
        return self.found / self.of if self.of else math.nan

    @property
    def bounds(self) -> tuple[float, float]:
        """The score interval of Wilson (1927), recommended by Brown, Cai and DasGupta (2001) for small numbers."""
        return wilson(self.found, self.of)


def wilson(found: int, of: int, z: float = Z) -> tuple[float, float]:
    """Return the interval of Wilson (1927, JASA 22:209-212) around a proportion, without correction for continuity."""
    if not of:
        return 0.0, 1.0
    share, square = found / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass
class Score:
    """What was found of one kind: whole (each letter and digit), touched at all, and words of it."""

    spans: int = 0
    whole: int = 0
    touched: int = 0
    words: int = 0
    words_found: int = 0


@dataclass
class Tally:
    """Scores over many texts, by need and by label; proposals that touch something marked, whatever it is called."""

    by_kind: dict[tuple[str, str], Score] = field(default_factory=lambda: defaultdict(Score))
    proposals: int = 0
    right: int = 0
    words: int = 0
    words_right: int = 0
    text_words: int = 0
    right_rules: Counter[str] = field(default_factory=Counter)
    wrong_rules: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, int, int, str]] = field(default_factory=list)
    wrong: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, gold: GoldText, proposed: Sequence[Proposal]) -> None:
        """Count one text."""
        self.text_words += len(WORD.findall(gold.text))
        masked = _places((each.start, each.end) for each in proposed)
        marked = _places((each.start, each.end) for each in gold.spans)
        for span in gold.spans:
            self._add_span(gold, span, masked)
        for each in proposed:
            is_right = any(place in marked for place in range(each.start, each.end))
            self.proposals += 1
            self.right += is_right
            rules = self.right_rules if is_right else self.wrong_rules
            rules[f"{each.identifier_class.value}: {each.rule}"] += 1
            if not is_right:
                self.wrong.append((gold.key, each.start, each.end, each.rule))
            words = [match.start() for match in WORD.finditer(gold.text[each.start : each.end])]
            self.words += len(words)
            self.words_right += sum(each.start + place in marked for place in words)

    def _add_span(self, gold: GoldText, span: GoldSpan, masked: set[int]) -> None:
        courtesy = COURTESY.match(gold.text, span.start, span.end)
        start = courtesy.end() if courtesy and courtesy.end() < span.end else span.start
        kept = [place for place in range(start, span.end) if gold.text[place].isalnum()]
        if not kept:
            return
        words = [start + match.start() for match in WORD.finditer(gold.text[start : span.end])]
        score = self.by_kind[span.need, span.label]
        score.spans += 1
        score.whole += all(place in masked for place in kept)
        score.touched += any(place in masked for place in kept)
        score.words += len(words)
        score.words_found += sum(place in masked for place in words)
        if not all(place in masked for place in kept):
            self.missed.append((gold.key, span.start, span.end, f"{span.need} {span.label}"))

    def of(self, need: str | None = None, label: str | None = None, *, apart_from: Iterable[str] = ()) -> Score:
        """Return the sum over kinds of one need or label."""
        total = Score()
        for (its_need, its_label), each in self.by_kind.items():
            if need in (None, its_need) and label in (None, its_label) and its_label not in set(apart_from):
                total.spans += each.spans
                total.whole += each.whole
                total.touched += each.touched
                total.words += each.words
                total.words_found += each.words_found
        return total

    @property
    def in_a_thousand_words(self) -> float:
        """Proposals in 1,000 words of the texts: what whoever decides has before them."""
        return 1000 * self.proposals / self.text_words if self.text_words else math.nan

    @property
    def precision(self) -> Interval:
        """Proposals that touch something marked, in proportion to all."""
        return Interval(self.right, self.proposals)


def _places(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}
