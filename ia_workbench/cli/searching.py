"""`search` and `search-index`: looking for words, and looking after the index."""

import re
from dataclasses import asdict
from typing import Any

import click

from ia_workbench import codebook, corpus, privacy, process_map, search
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import counted, give, note, say
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.corpus import SourceKind
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.search import Hit, IndexDifference, Narrowing, Results

# what `search --json` gives of a hit: see docs/commands.md
IN_JSON = ("source", "turn", "speaker", "start", "end", "left", "match", "right")
SIDE = 40  # characters shown on either side of a match


@program.command("search")
@click.argument("query")
@click.option("--kind", type=click.Choice([kind.value for kind in SourceKind]), help="Only in sources of this kind.")
@click.option("--standpoint", help="Only in sources from this standpoint.")
@click.option("--code", help="Only in turns with words of this code (path); codes below it are taken in.")
@click.option("--node", help="Only in sources that touch this step.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many hits to show.")
@reads
@takes_home
def look(
    home: Home, query: str, kind: str | None, standpoint: str | None, code: str | None, node: str | None,
    limit: int, as_json: bool,
) -> None:  # fmt: skip
    """Look for words, "phrases", AND OR NOT, visit*; each turn that matches is one hit."""
    with home.desk() as desk:
        _refuse_unknown(desk, standpoint, code, node)
        narrowing = Narrowing(SourceKind(kind) if kind else None, standpoint, code, node)
        results = search.search(desk.session, home.index, desk.study_id, query, narrowing=narrowing, limit=limit)
    give(_document(results), _lines(results), as_json=as_json)


def _refuse_unknown(desk: Desk, standpoint: str | None, code: str | None, node: str | None) -> None:
    if standpoint is not None:
        corpus.check_standpoint(desk.session, desk.study_id, standpoint)
    if code is not None:
        codebook.code_at(desk.session, desk.study_id, code)
    if node is not None:
        process_map.node_keyed(desk.session, desk.study_id, node)


def _document(results: Results) -> dict[str, Any]:
    hits = [{name: asdict(hit)[name] for name in IN_JSON} for hit in results.hits]
    return {"query": results.query, "total": results.total, "took_ms": results.took_ms, "hits": hits}


def _lines(results: Results) -> list[str]:
    lines = [_line(hit) for hit in results.hits]
    shown = f", the first {len(results.hits)} shown" if results.total > len(results.hits) else ""
    return [*lines, f"{counted(results.total, 'turn')}{shown}."]


def _line(hit: Hit) -> str:
    left, right = _flat(hit.left)[-SIDE:], _flat(hit.right)[:SIDE]
    return f"{hit.source} turn {hit.turn:<4} {left:>{SIDE}}[{hit.match}]{right}".rstrip()


def _flat(words: str) -> str:
    """The words on one line, the space at their ends kept."""
    return re.sub(r"\s+", " ", words)


@program.group("search-index")
def index() -> None:
    """The search index, which can be made anew at any time."""


@index.command("rebuild")
@takes_home
def rebuild(home: Home) -> None:
    """Make the index anew from the database."""
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="rebuild the search index") as session:
        turns = search.rebuild(session, home.index)
    say(f"Indexed {counted(turns, 'turn')}.")


@index.command("check")
@reads
@takes_home
def check(home: Home, as_json: bool) -> None:
    """Prove that the index holds what the database holds; exit status 1 where it does not."""
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="compare index and database") as session:
        found = search.differences(session, home.index)
    lines = ["The index equals the database."] if not found else []
    give({"ok": not found, "differences": [_difference(each) for each in found]}, lines, as_json=as_json)
    if found:
        note(f"{counted(len(found), 'turn')} differ.")
        raise Refused("The index is behind the database. Run `ia-workbench search-index rebuild`.")


def _difference(each: IndexDifference) -> dict[str, Any]:
    return asdict(each)
