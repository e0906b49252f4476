"""Writing a study as a folder."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench.privacy import Actor


@dataclass(frozen=True)
class ExportedStudy:
    """What an export wrote."""

    folder: Path
    sources: int
    codings: int
    findings: int


def export_study(evidence: Session, published: Session, actor: Actor, *, study_id: int, folder: Path) -> ExportedStudy:
    """Write a study as a folder that `load_study` reads; refuses a folder that exists and is not empty."""
    raise NotImplementedError
