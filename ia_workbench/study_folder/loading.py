"""Loading a study from its folder, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench.privacy import Actor

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class LoadedStudy:
    """What a load brought in; `study_id` is the study's internal number in the evidence store."""

    study_id: int
    key: str
    sources: int
    codes: int
    codings: int
    findings: int
    evidence: int


def load_study(
    evidence: Session, published: Session, actor: Actor, *, folder: Path, progress: Progress | None = None
) -> LoadedStudy:
    """Load the study in a folder, or that a YAML file points to.

    `evidence` is a session for writing held to the actor, `published` an unheld one: the community's accounts and the
    study's row there are made too. `progress` is called with a word, how many are done and how many there are. Raises
    Refused naming file and line, or file and place, of the first thing that is wrong; the caller then rolls back both.
    """
    raise NotImplementedError
