"""Taking a brief away as a file, by either side."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session

from ia_workbench import publication
from ia_workbench.privacy import Actor
from tests.support.packages import package_content


class Desk(Protocol):
    """Someone about to perform an operation in a study."""

    session: Session
    actor: Actor

    @property
    def study_id(self) -> int:
        """The study's number in the store at hand."""


def record_export(desk: Desk) -> None:
    publication.record_export(
        desk.session, desk.actor, study_id=desk.study_id, content=package_content(), file_format="docx", is_draft=True
    )


EXPORT_ACTS: dict[str, tuple[str, Callable[[Desk], object]]] = {"publication.record_export": ("lee", record_export)}
