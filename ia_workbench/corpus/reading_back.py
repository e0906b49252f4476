"""From stored rows back to the values that importers give."""

from typing import Any

from sqlalchemy.orm import Session

from ia_workbench.corpus.importers import Anchor, AnchorKind, Change, ReadFile, Respondent, Treatment
from ia_workbench.corpus.models import PendingImport, Revision, Source
from ia_workbench.corpus.queries import file_of


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


def changes_of(session: Session, source: Source) -> tuple[Change, ...]:
    """Return what reading a source's file left out, kept or changed, in text order, those without a place last.

    Places are those of the source's first text. Raises Refused once the source is withdrawn.
    """
    return changes_from(file_of(session, source).changes)


def changes_of_import(pending: PendingImport) -> tuple[Change, ...]:
    """Return the changes of a file that waits; places are those of its text."""
    return changes_from(pending.changes)


def anchors_of(read: Revision | PendingImport) -> tuple[Anchor, ...]:
    """Return where pages and moments of the file begin in a text, in order."""
    return anchors_from(read.anchors)


def changes_from(stored: list[dict[str, Any]]) -> tuple[Change, ...]:
    """Return changes as the store keeps them."""
    return tuple(Change(**{**each, "treatment": Treatment(each["treatment"])}) for each in stored)


def anchors_from(stored: list[dict[str, Any]]) -> tuple[Anchor, ...]:
    """Return anchors as the store keeps them."""
    return tuple(Anchor(int(each["at"]), AnchorKind(each["kind"]), str(each["label"])) for each in stored)
