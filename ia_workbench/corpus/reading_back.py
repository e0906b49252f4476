"""From stored rows back to the values that importers give."""

from typing import Any

from ia_workbench.corpus.importers import Anchor, AnchorKind, Change, ReadFile, Respondent, Treatment
from ia_workbench.corpus.models import PendingImport


def file_from(pending: PendingImport) -> ReadFile:
    """Return the file of an import that waits, as it was read."""
    return ReadFile(
        name=pending.name,
        text=pending.text,
        sha256=pending.sha256,
        content=pending.content,
        notes=tuple(pending.notes),
        format=pending.format,
        changes=changes_from(pending.changes),
        anchors=anchors_from(pending.anchors),
        respondents=tuple(
            Respondent(each["label"], tuple((question, answer) for question, answer in each["answers"]))
            for each in pending.respondents
        ),
        convention=pending.suggested,
    )


def changes_from(stored: list[dict[str, Any]]) -> tuple[Change, ...]:
    """Return changes as the store keeps them."""
    return tuple(Change(**{**each, "treatment": Treatment(each["treatment"])}) for each in stored)


def anchors_from(stored: list[dict[str, Any]]) -> tuple[Anchor, ...]:
    """Return anchors as the store keeps them."""
    return tuple(Anchor(int(each["at"]), AnchorKind(each["kind"]), str(each["label"])) for each in stored)
