"""The codes of a study as scripts read them, and the words for their colours and for what was done to them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from ia_workbench import codebook, coding, masking, privacy
from ia_workbench.codebook import ChangeKind, Code, CodeChange, DifferenceKind, Lever
from ia_workbench.corpus import Revision
from ia_workbench.web.marking import marked as _
from ia_workbench.web.sessions import session
from ia_workbench.web.translating import gettext
from ia_workbench.web.workbench.current import study

COLOR_NAMES = (
    _("indigo"), _("sky"), _("teal"), _("green"), _("moss"), _("ochre"), _("amber"), _("rust"), _("rose"), _("plum"),
    _("violet"), _("slate"),
)  # fmt: skip
WHAT_WAS_DONE = {
    ChangeKind.ADDED: _("added"),
    ChangeKind.CHANGED: _("changed"),
    ChangeKind.MOVED: _("moved"),
    ChangeKind.MERGED: _("merged into"),
    ChangeKind.REMOVED: _("removed"),
}
WHAT_DIFFERS = {
    DifferenceKind.ADDED: _("added"),
    DifferenceKind.GONE: _("removed"),
    DifferenceKind.MERGED: _("merged"),
    DifferenceKind.RENAMED: _("renamed"),
    DifferenceKind.MOVED: _("moved"),
    DifferenceKind.REDEFINED: _("defined anew"),
    DifferenceKind.RECOLOURED: _("recoloured"),
    DifferenceKind.RETAGGED: _("other levers or steps"),
    DifferenceKind.RESCALED: _("other scale"),
}
OF_FIELD = {
    "name": DifferenceKind.RENAMED,
    "color": DifferenceKind.RECOLOURED,
    "scale": DifferenceKind.RESCALED,
    **dict.fromkeys(("definition", "include", "exclude", "example"), DifferenceKind.REDEFINED),
    **dict.fromkeys(("levers", "nodes"), DifferenceKind.RETAGGED),
}


def color_name(color: int) -> str:
    """Return what a code colour (1 to 12) is called in the reader's language."""
    return gettext(COLOR_NAMES[color - 1])


def done_words(change: CodeChange) -> str:
    """Return in the reader's language what a change did: “renamed, recoloured”, “moved”."""
    before, after = change.before, change.after
    if change.reverts_id and before is None:
        return gettext("brought back")
    if change.reverts_id and after is None:
        return gettext("taken back")
    if change.kind is not ChangeKind.CHANGED or before is None or after is None:
        return gettext(WHAT_WAS_DONE[change.kind])
    kinds = dict.fromkeys(kind for name, kind in OF_FIELD.items() if before[name] != after[name])
    return ", ".join(gettext(WHAT_DIFFERS[each]) for each in kinds)


def differs_words(kind: DifferenceKind) -> str:
    """Return in the reader's language in what a code differs."""
    return gettext(WHAT_DIFFERS[kind])


def names_in(words: str) -> list[str]:
    """Return the names that the study lists, or masks people by, which stand in some words, as they stand there."""
    known = masking.names_of(session(), study())
    return list(dict.fromkeys(words[each.start : each.end] for each in privacy.places_listed(words, known)))


def name_warning(words: str) -> str:
    """Return a warning for the name of a code that holds a name of somebody; empty when it holds none."""
    found = names_in(words)
    if not found:
        return ""
    return gettext(
        "The study's list of names has “%(names)s”. Names of codes go where the words they are given to do not: into "
        "the codebook, exports and figures. Choose words that name nobody.",
        names="”, “".join(found),
    )


def codes_json(
    codes: Sequence[Code], levers: Sequence[Lever], given: Mapping[int, int], shown: Mapping[int, int]
) -> list[dict[str, Any]]:
    """Return codes as the page's scripts read them, in the order of the tree.

    `given` says how many codings of the revision each code has, by its number, and `shown` how many of them are shown.
    """
    in_study = {each.code_id: each.codings for each in coding.counts_by_code(session(), study().id)}
    named = {each.key: each.name for each in levers}
    return [
        _code_json(each, named) | _counts(shown.get(each.id, 0), given.get(each.id, 0), in_study.get(each.id, 0))
        for each in codes
    ]


def _counts(shown: int, given: int, in_study: int) -> dict[str, int]:
    return {"here": shown, "study": in_study, "elsewhere": in_study - given}


def _code_json(code: Code, levers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": code.id,
        "guid": str(code.guid),
        "version": code.version,
        "path": code.path,
        "name": code.name,
        "color": code.color,
        "parent": code.parent_id,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "example": code.example,
        "scale": list(code.scale),
        "leverKeys": list(code.levers),
        "levers": [f"{key}, {levers[key]}" if key in levers else key for key in code.levers],
        "nodes": list(code.nodes),
    }


def codes_now(revision: Revision) -> list[dict[str, Any]]:
    """Return the codes of the page's study as they are now, counted on a revision.

    `merged` are the GUIDs of the codes that were merged into each.
    """
    here = study().id
    counts = {each.code_id: each.codings for each in coding.counts_by_code(session(), here, revision=revision)}
    into, merged = codebook.merged_into(session(), here), defaultdict(list)
    for guid in into:
        merged[str(codebook.followed(into, guid))].append(str(guid))
    return [
        each | {"merged": merged[each["guid"]]}
        for each in codes_json(codebook.codes(session(), here), codebook.levers(session(), here), counts, counts)
    ]
