"""Which codes selected words are most like, by the words that were coded before: pure arithmetic.

Words and parts of words (grams of three letters) of an excerpt are weighed by how rare they are among
all excerpts (TF-IDF), and excerpts are compared by the cosine between them. The most similar excerpts speak for the
codes they have (nearest neighbours): each by its similarity, squared, so that a very similar one outweighs several.
"""

import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nlargest

NEIGHBOURS = 20  # excerpts that speak for codes
PROMISING = 400  # excerpts with most in common, whose similarity is worked out
MOST_TELLING = 60  # words and grams of a selection that are looked up, the rarest first: a whole page has thousands
LEAST_SIMILARITY = 0.06  # below it two excerpts share little but the words everybody says
MOST_CODES = 3
MOST_SPEAKING = 2  # excerpts shown for a code
GRAM = 3  # letters
WORD = re.compile(r"[^\W\d_]+")

Weights = Mapping[str, float]


@dataclass(frozen=True)
class CodedExcerpt:
    """Words that were coded, with the codes they have, each by its number and how many coders gave it."""

    id: int
    source_id: int
    words: str
    codes: Mapping[int, int]


@dataclass(frozen=True)
class Likely:
    """A code that words are likely to be given: how strongly (0 to 1, of all that speaks), and what speaks for it.

    `speaking` are numbers of excerpts, the most similar first.
    """

    code_id: int
    share: float
    speaking: tuple[int, ...]


def features_of(words: str) -> Counter[str]:
    """Return what words are compared by: each word, without capitals and accents, and the grams within it."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    found: Counter[str] = Counter()
    for word in WORD.findall("".join(each for each in plain if not unicodedata.combining(each))):
        found[word] += 1
        if len(word) > GRAM:
            padded = f"^{word}$"
            found.update(padded[at : at + GRAM] for at in range(len(padded) - GRAM + 1))
    return found


class Neighbours:
    """Coded excerpts by what they are compared by. Excerpts may be added and taken away at any time."""

    def __init__(self) -> None:
        self._features: dict[int, tuple[str, ...]] = {}  # excerpt: its words and grams
        self._having: dict[str, dict[int, float]] = {}  # word or gram: excerpts that have it, and how much of it
        self._codes: dict[int, Mapping[int, int]] = {}
        self._sources: dict[int, int] = {}
        self._lengths: dict[int, float] = {}
        self._lengths_at = 0  # how many excerpts there were when lengths were worked out

    def __len__(self) -> int:
        return len(self._features)

    def put(self, excerpt: CodedExcerpt) -> None:
        """Add an excerpt, or put it in the place of what it was before."""
        self.drop(excerpt.id)
        counts = features_of(excerpt.words)
        self._features[excerpt.id] = tuple(sys.intern(each) for each in counts)
        self._codes[excerpt.id], self._sources[excerpt.id] = dict(excerpt.codes), excerpt.source_id
        for each in self._features[excerpt.id]:
            self._having.setdefault(each, {})[excerpt.id] = _amount(counts[each])

    def drop(self, excerpt_id: int) -> None:
        """Take an excerpt away, if it is there."""
        for each in self._features.pop(excerpt_id, ()):
            del self._having[each][excerpt_id]
            if not self._having[each]:
                del self._having[each]
        for kept in (self._codes, self._sources, self._lengths):
            kept.pop(excerpt_id, None)

    def likely(self, words: str, *, without: Collection[int] = (), without_source: int | None = None) -> list[Likely]:
        """Return the likeliest codes for words, at most three, the likeliest first; none where nothing is like them.

        `without` are excerpts that do not count, `without_source` a source none of whose excerpts does.
        """
        votes: defaultdict[int, float] = defaultdict(float)
        speaking: defaultdict[int, list[int]] = defaultdict(list)
        for similarity, excerpt in self._nearest(features_of(words), without, without_source):
            codes = self._codes[excerpt]
            for code in codes:
                votes[code] += similarity**2 / math.sqrt(len(codes))
                speaking[code].append(excerpt)
        whole = sum(votes.values())
        best = nlargest(MOST_CODES, votes.items(), key=lambda vote: (vote[1], -vote[0]))
        return [Likely(code, vote / whole, tuple(speaking[code][:MOST_SPEAKING])) for code, vote in best]

    def _nearest(
        self, counts: Counter[str], without: Collection[int], without_source: int | None
    ) -> list[tuple[float, int]]:
        """Return the most similar excerpts with their similarity, the most similar first."""
        weights = {each: _amount(n) * self._rarity(each) for each, n in counts.items() if each in self._having}
        own = math.sqrt(sum(each**2 for each in weights.values()))
        products: defaultdict[int, float] = defaultdict(float)
        for each in nlargest(MOST_TELLING, weights, key=lambda one: (weights[one], one)):
            weight = weights[each] * self._rarity(each)
            for excerpt, has in self._having[each].items():
                products[excerpt] += weight * has
        promising = nlargest(PROMISING, products.items(), key=lambda pair: (pair[1], -pair[0]))
        similar = [
            (product / (own * self._length(excerpt)), excerpt)
            for excerpt, product in promising
            if excerpt not in without and self._sources[excerpt] != without_source
        ]
        near = nlargest(NEIGHBOURS, similar, key=lambda pair: (pair[0], -pair[1]))
        return [pair for pair in near if pair[0] >= LEAST_SIMILARITY]

    def _rarity(self, each: str) -> float:
        return math.log((1 + len(self._features)) / (1 + len(self._having[each]))) + 1

    def _length(self, excerpt: int) -> float:
        """The length of an excerpt; all are worked out anew once a tenth more or fewer excerpts are there."""
        if abs(self._lengths_at - len(self._features)) * 10 > self._lengths_at:
            self._lengths.clear()
            self._lengths_at = len(self._features)
        length = self._lengths.get(excerpt)
        if length is None:
            has = ((self._having[each][excerpt], self._rarity(each)) for each in self._features[excerpt])
            length = self._lengths[excerpt] = math.sqrt(sum((amount * rarity) ** 2 for amount, rarity in has))
        return length


@cache
def _amount(number: int) -> float:
    """How much it counts that something is there so often; one number object for each, since there are millions."""
    return 1 + math.log(number)


def most_frequent(excerpts: Iterable[CodedExcerpt], *, without_source: int | None = None) -> list[int]:
    """Return the codes by how many excerpts have them, most first: what suggestions must do better than."""
    counted: Counter[int] = Counter()
    for each in excerpts:
        if each.source_id != without_source:
            counted.update(each.codes.keys())
    return [code for code, _number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
