"""What a word is, alike for what sources say and for what people ask.

A word is letters and digits: whatever else stands between them parts two words, so that `two-thirty`, `don't` and
`worker’s` are two words in a row each, found by either word and by both. Words are compared folded: without capitals
and without accents.
"""

import unicodedata

from whoosh.analysis import CharsetFilter, RegexTokenizer
from whoosh.support.charset import accent_map

# What is written as a letter and two signs is one letter too. The letter-like apostrophe is an apostrophe.
WORD = r"[^\W\u02bc](?:(?!\u02bc)[\w\u0300-\u036f])*"


class Folding(dict[int, str]):
    """What each character is folded to, by its number, worked out when it is first met."""

    def __missing__(self, number: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(number)).casefold())
        bare = (each for each in plain if not unicodedata.combining(each))
        self[number] = "".join(
            accent_map.get(ord(each), each) for each in bare
        )  # letters like ø have no accent to drop
        return self[number]


ANALYZER = RegexTokenizer(WORD) | CharsetFilter(Folding())


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded."""
    return [token.text for token in ANALYZER(text)]
