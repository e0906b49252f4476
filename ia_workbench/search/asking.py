"""Reading what a person typed into a search: words, "phrases", AND OR NOT, brackets, `visit*`."""

from whoosh.qparser import GroupPlugin, OperatorsPlugin, PhrasePlugin, PrefixPlugin, QueryParser
from whoosh.query import NullQuery, Prefix, Query, Sequence, Term

from ia_workbench.kernel import Refused
from ia_workbench.search.words import words_of

TEXT = "text"  # the field of the index that holds what is said
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
PLUGINS = (
    GroupPlugin(),
    OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None),
    PhrasePlugin(r'"(?P<text>.*?)"(?P<slop>)'),  # words of a phrase stand side by side, never further apart
    PrefixPlugin(r'(?P<text>[^\s*()"]+)[*](?=[\s()"]|$)'),
)


def query_of(words: str, schema: object) -> Query:
    """Read what was typed as a query of the index. Refuses what holds nothing to look for."""
    parser = QueryParser(TEXT, schema, plugins=PLUGINS)
    try:
        parsed = _beginnings(parser.parse(words.translate(QUOTES), normalize=False)).normalize()
    except RecursionError:
        raise Refused("That search has too many brackets; take some away.") from None
    if parsed == NullQuery:
        raise Refused("Type at least one word to look for.")
    return parsed


def _beginnings(query: Query) -> Query:
    """Read `two-thir*` as the word "two" and the beginning of a word after it."""
    if not isinstance(query, Prefix):
        return query if query.is_leaf() else query.apply(_beginnings)
    *before, last = words_of(query.text) or [""]
    if not last:
        return NullQuery
    beginning = Prefix(TEXT, last)
    return Sequence([*(Term(TEXT, word) for word in before), beginning]) if before else beginning
