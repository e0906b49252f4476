"""The disposable index of what sources say, and memos.

Truth is the database: the index only proposes turns, and every hit is fetched again through the actor's session
before anything is counted or shown. The index follows the database by itself once `follow` was called; it can be
deleted and rebuilt at any time. An index folder is code to the search engine: never take one from elsewhere.
"""

from ia_workbench.search.checking import IndexDifference, differences, rebuild
from ia_workbench.search.following import follow, together
from ia_workbench.search.index import SearchIndex
from ia_workbench.search.memos import MemoHit, MemoResults, search_memos
from ia_workbench.search.queries import Hit, Narrowing, Results, search

__all__ = [
    "Hit",
    "MemoHit",
    "MemoResults",
    "IndexDifference",
    "Narrowing",
    "Results",
    "SearchIndex",
    "differences",
    "follow",
    "rebuild",
    "search",
    "together",
    "search_memos",
]
