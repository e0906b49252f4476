"""The index itself, by Whoosh: one document a turn of the newest raw revision of each source that is not withdrawn, and
one a memo that stands, private ones too: who may read a memo is asked again at each search.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from whoosh import fields, index
from whoosh.query import And, Query, Term

from ia_workbench.kernel import Refused
from ia_workbench.search.asking import TEXT, query_of
from ia_workbench.search.words import ANALYZER

Answer = TypeVar("Answer")
NAME = "words-3"  # another number whenever the schema, or what a word is, changes: an index by another name is not read
WRITER_PATIENCE = 10.0  # seconds to wait for another writer of the index
FOR_ITS_OWNER = 0o700  # the index holds the words of every transcript
TURN, MEMO = "turn", "memo"  # kinds of document
READER_TRIES = 5  # a reader may meet a file that a writer has just replaced

SCHEMA = fields.Schema(
    unit=fields.ID(unique=True, stored=True),
    kind=fields.ID(),
    memo=fields.STORED(),
    study=fields.ID(),
    source=fields.ID(),
    revision=fields.STORED(),
    turn=fields.STORED(),
    digest=fields.STORED(),
    text=fields.TEXT(analyzer=ANALYZER, stored=False, multitoken_query="phrase"),
)


@dataclass(frozen=True, order=True)
class Unit:
    """What the index knows of one turn: `digest` is the SHA-256 of its text, for comparing with the database."""

    revision_id: int
    turn: int
    digest: str


@dataclass(frozen=True)
class IndexedTurn:
    """A turn to be indexed, with its text."""

    study_id: int
    source_id: int
    unit: Unit
    text: str


@dataclass(frozen=True, order=True)
class MemoUnit:
    """What the index knows of one memo: `digest` is the SHA-256 of its title and words."""

    memo_id: int
    digest: str


@dataclass(frozen=True)
class IndexedMemo:
    """A memo to be indexed, with its text; `source_id` is 0 for one that is about no source."""

    study_id: int
    source_id: int
    unit: MemoUnit
    text: str


Indexed = IndexedTurn | IndexedMemo


class SearchIndex:
    """A folder that holds the index. Opened at each use: another process may have written since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_there(self) -> bool:
        """Say whether there is an index that this version can read."""
        return bool(index.exists_in(self.folder, NAME))

    def replace_sources(self, turns: Mapping[int, Iterable[Indexed]]) -> None:
        """Put these turns and memos, by source number, in the place of what the index holds of those sources."""
        writer = self._opened().writer(timeout=WRITER_PATIENCE)
        for source_id, found in turns.items():
            writer.delete_by_term("source", str(source_id))
            _add(writer, found)
        writer.commit()

    def replace_memos(self, memos: Mapping[int, Iterable[Indexed]]) -> None:
        """Put these memos, by number, in the place of what the index holds of them; those without are taken out."""
        writer = self._opened().writer(timeout=WRITER_PATIENCE)
        for memo_id, found in memos.items():
            writer.delete_by_term("unit", f"memo:{memo_id}")
            _add(writer, found)
        writer.commit()

    def replace_all(self, turns: Iterable[Indexed]) -> None:
        """Empty the index, or make it where there is none, and fill it anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        writer = index.create_in(self.folder, SCHEMA, NAME).writer(timeout=WRITER_PATIENCE, limitmb=128)
        _add(writer, turns)
        writer.commit(optimize=True)

    def parse(self, words: str) -> Query:
        """Read what a person typed: words, "phrases", AND OR NOT, `visit*`. Refuses what holds nothing to look for."""
        return query_of(words, SCHEMA)

    def find(self, study_id: int, query: Query) -> list[tuple[int, int]]:
        """Return (revision number in the database, turn number) of every turn of a study that matches, unordered."""
        held = And([Term("study", str(study_id)), Term("kind", TURN), query])

        def ask(searcher: Any) -> list[tuple[int, int]]:
            return [(hit["revision"], hit["turn"]) for hit in searcher.search(held, limit=None, scored=False)]

        return self._read(ask)

    def find_memos(self, study_id: int, query: Query) -> list[int]:
        """Return the number in the database of every memo of a study that matches, unordered."""
        held = And([Term("study", str(study_id)), Term("kind", MEMO), query])

        def ask(searcher: Any) -> list[int]:
            return [hit["memo"] for hit in searcher.search(held, limit=None, scored=False)]

        return self._read(ask)

    def expanded(self, leaf: Query) -> set[str]:
        """Return the indexed words that a leaf of a query stands for: `visit*` gives visit, visits, visited."""

        def ask(searcher: Any) -> set[str]:
            reader = searcher.reader()
            return {term.decode() for field, term in leaf.existing_terms(reader, expand=True) if field == TEXT}

        return self._read(ask)

    def units(self) -> set[Unit]:
        """Return every turn that the index holds."""

        def ask(searcher: Any) -> set[Unit]:
            every = (fields for _number, fields in searcher.reader().iter_docs())
            return {Unit(each["revision"], each["turn"], each["digest"]) for each in every if "turn" in each}

        return self._read(ask)

    def memo_units(self) -> set[MemoUnit]:
        """Return every memo that the index holds."""

        def ask(searcher: Any) -> set[MemoUnit]:
            every = (fields for _number, fields in searcher.reader().iter_docs())
            return {MemoUnit(each["memo"], each["digest"]) for each in every if "memo" in each}

        return self._read(ask)

    def _opened(self) -> Any:
        return index.open_dir(self.folder, NAME)

    def _read(self, ask: Callable[[Any], Answer]) -> Answer:
        for attempt in range(READER_TRIES):
            try:
                with self._opened().searcher() as searcher:
                    return ask(searcher)
            except (FileNotFoundError, index.IndexError):
                time.sleep(0.05 * (attempt + 1))
        raise Refused("The search index could not be read. Run `ia-workbench search-index rebuild`.")


def _add(writer: Any, found: Iterable[Indexed]) -> None:
    for each in found:
        of = {"study": str(each.study_id), "source": str(each.source_id), "digest": each.unit.digest, "text": each.text}
        if isinstance(each, IndexedMemo):
            writer.add_document(unit=f"memo:{each.unit.memo_id}", kind=MEMO, memo=each.unit.memo_id, **of)
        else:
            unit = f"{each.unit.revision_id}:{each.unit.turn}"
            writer.add_document(unit=unit, kind=TURN, revision=each.unit.revision_id, turn=each.unit.turn, **of)
