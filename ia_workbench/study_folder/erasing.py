"""Erasing a study from both stores."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ia_workbench.privacy import Actor


@dataclass(frozen=True)
class ErasedStudy:
    """How many rows were erased in each store."""

    evidence_rows: int
    published_rows: int


def erase_study(evidence: Session, published: Session, actor: Actor, *, study_id: int) -> ErasedStudy:
    """Erase a study: every row of it in both stores but the audit trail, which names identifiers alone."""
    raise NotImplementedError
