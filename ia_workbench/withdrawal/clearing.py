"""What is left of words after rows were deleted: pages of the stores, their logs, the index, half-written files."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine

from ia_workbench import privacy, search
from ia_workbench.database import Store, rewrite
from ia_workbench.search import SearchIndex

LEFT_OVER = (".backup-*", ".restore-*", "*.half-written")  # what a command that was killed leaves in the home
OWN = (".demo-", "withdrawals.jsonl", "evidence.sqlite3", "published.sqlite3", "search-index")


def clear_traces(engines: Mapping[Store, Engine], index: SearchIndex, home: Path) -> tuple[str, ...]:
    """Make the index anew, write both stores anew without what was deleted, and take away half-written files.

    Call it once everything is stored. Returns what could not be cleared (`evidence`, `published`): somebody else is
    reading there, or the store is out of reach; call it again.
    """
    with privacy.unheld_session(engines[Store.EVIDENCE], reason="fill the search index anew") as session:
        search.rebuild(session, index)
    for pattern in LEFT_OVER:
        for each in home.glob(pattern):
            shutil.rmtree(each) if each.is_dir() else each.unlink(missing_ok=True)
    return tuple(store.value for store, engine in engines.items() if not rewrite(engine))


def others_in(home: Path) -> tuple[str, ...]:
    """Return what lies in a home that the program does not keep there, by name: a person looks at it."""
    return tuple(sorted(each.name for each in home.iterdir() if not each.name.startswith(OWN)))
