"""The history of the codebook, and what changed between two of its versions with the codings that it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request

from ia_workbench import codebook, coding
from ia_workbench.codebook import ChangeKind, Code, CodeChange, CodeDifference
from ia_workbench.kernel import NotFound
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import session
from ia_workbench.web.workbench.choosing import whole_number
from ia_workbench.web.workbench.code_data import color_name, differs_words, done_words
from ia_workbench.web.workbench.current import TEAM, study

code_changes = Blueprint("code_changes", __name__, url_prefix="/s/<study_key>/codebook")

NOW, BEGINNING = "now", "0"
MOST_SHOWN = 200
TEXTS = ("definition", "include", "exclude", "example")
LISTS = ("levers", "nodes", "scale")
EMPTY: Mapping[str, Any] = {"codes": []}


@dataclass(frozen=True)
class Done:
    """One act of the history: its changes, each with what it did in words, and whether undo or redo did it."""

    changes: tuple[tuple[CodeChange, str], ...]

    @property
    def first(self) -> CodeChange:
        """The change that says who and when."""
        return self.changes[0][0]


@code_changes.get("/history")
@open_to(*TEAM)
def history() -> str:
    """Show what was done to the codebook, newest first, some hundreds a page (`?page=`)."""
    before = whole_number(request.args.get("page", "")) or 0
    found = codebook.changes(session(), study().id)
    shown = found[before * MOST_SHOWN : (before + 1) * MOST_SHOWN]
    return render_template(
        "team/codebook/history.html",
        acts=acts_of(shown),
        paths=paths_now(),
        total=len(found),
        page=before,
        has_more=len(found) > (before + 1) * MOST_SHOWN,
        versions=codebook.versions(session(), study().id),
        **helpers(),
    )


def acts_of(changes: list[CodeChange]) -> list[Done]:
    """Return changes as acts, those that were made together as one."""
    return [
        Done(tuple((each, done_words(each)) for each in same))
        for _together, same in groupby(changes, key=lambda each: each.together)
    ]


def paths_now(codes: Iterable[Code] | None = None) -> dict[str, str]:
    """Return the paths of the codes that are there, by GUID as text; `codes` are those, where they are known."""
    every = codebook.codes(session(), study().id) if codes is None else codes
    return {str(each.guid): each.path for each in every}


def helpers() -> dict[str, Any]:
    """Return what the templates of changes call."""
    return {
        "word_changes": codebook.word_changes,
        "color_name": color_name,
        "differs_words": differs_words,
        "texts": TEXTS,
        "lists": LISTS,
    }


@code_changes.get("/compare")
@open_to(*TEAM)
def compare() -> str:
    """Show what changed from one version (`?from=1`, 0 for before the first) to another (`?to=2`) or to now."""
    here = study().id
    versions = codebook.versions(session(), here)
    newest = str(versions[-1].number) if versions else BEGINNING
    older, newer = request.args.get("from") or newest, request.args.get("to") or NOW
    found = codebook.differences(_content(older), _content(newer), codebook.merged_into(session(), here))
    return render_template(
        "team/codebook/compare.html",
        versions=versions,
        older=older,
        newer=newer,
        differences=found,
        paths=paths_now(),
        touched=_touched(found),
        **helpers(),
    )


def _content(asked: str) -> Mapping[str, Any]:
    if asked == NOW:
        return codebook.content_now(session(), study().id)
    if asked == BEGINNING:
        return EMPTY
    number = whole_number(asked)
    if number is None:
        raise NotFound("There is no version {number} of this codebook.", number=asked[:20])
    return codebook.version_numbered(session(), study().id, number).content


def _touched(found: list[CodeDifference]) -> dict[str, Mapping[str, int]]:
    """Return the codings that each difference touches: how many in each source, by the code's GUID as text.

    Of a code that is there: its codings now. Of one that was merged: those that went to the other code then.
    """
    here = study().id
    now = coding.counts_by_source(session(), here)
    merges = {
        each.code_guid: each.together
        for each in codebook.changes(session(), here)[::-1]
        if each.kind is ChangeKind.MERGED
    }
    moved = coding.merged_codings(session(), here, list(merges.values()))
    touched: dict[str, Mapping[str, int]] = {}
    for each in found:
        counts = now.get(each.guid, {}) if each.after else moved.get(merges.get(each.guid, each.guid), {})
        touched[str(each.guid)] = counts
    return touched
