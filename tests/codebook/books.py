"""Codebooks to try things on: random ones, a small one, and those that are shipped."""

import unicodedata
from pathlib import Path

from hypothesis import strategies as st

from ia_workbench.codebook import CodebookFile, CodeEntry, LeverEntry, LeverFile

FOLDER = Path(__file__).resolve().parents[2] / "codebooks"

words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=30).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
)
names = words.filter(bool)
keys = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)
keywords = st.lists(names, max_size=3, unique=True).map(tuple)

scales = st.lists(names, min_size=2, max_size=4, unique_by=str.casefold).map(tuple) | st.just(())


def siblings(depth: int) -> st.SearchStrategy[tuple[CodeEntry, ...]]:
    """Codes beside one another, with codes below them down to a depth."""
    below = siblings(depth - 1) if depth else st.just(())
    code = st.builds(
        CodeEntry,
        key=keys,
        name=names,
        color=st.integers(1, 12),
        definition=words,
        include=words,
        exclude=words,
        example=words,
        levers=keywords,
        nodes=keywords,
        scale=scales,
        codes=below,
    )
    return st.lists(code, max_size=3, unique_by=lambda each: each.key).map(tuple)


codebooks = st.builds(CodebookFile, name=names, version=st.integers(1, 99), description=words, codes=siblings(2))
lever = st.builds(
    LeverEntry, key=st.from_regex(r"[A-Z]{1,4}", fullmatch=True), name=names, definition=words, question=words
)
lever_files = st.builds(
    LeverFile,
    name=names,
    version=st.integers(1, 99),
    description=words,
    levers=st.lists(lever, max_size=4, unique_by=lambda each: each.key).map(tuple),
)


def small() -> CodebookFile:
    """Two codes, one of them with two below it."""
    below = (CodeEntry("missed", "Missed visits", 3), CodeEntry("moved", "Visit moved", 4))
    return CodebookFile(
        "Small",
        codes=(
            CodeEntry("family-time", "Family time", 1, levers=("ADM",), codes=below),
            CodeEntry("travel", "Travel", 2),
        ),
    )
