"""Tables of the codebook: codes, what was done to each, their published versions, and the levers."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.codebook.rules import ChangeKind
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Guarded


class Lever(Guarded, EvidenceBase):
    """One standardized method by which an institution organizes its workers, as this study names it."""

    __tablename__ = "lever"
    __table_args__ = (UniqueConstraint("study_id", "key"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    name: Mapped[str]
    definition: Mapped[str]
    question: Mapped[str]
    position: Mapped[int]


class LeverSet(Guarded, EvidenceBase):
    """What the study's set of levers is called; `version` is that of the file it came from."""

    __tablename__ = "lever_set"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), primary_key=True)
    name: Mapped[str]
    version: Mapped[int]
    description: Mapped[str]


class Code(Identified, Versioned, Guarded, EvidenceBase):
    """A label of the codebook. `path` is the keys from the top joined by `/` and names the code everywhere.

    `color` is 1 to 12 (the twelve code colours of the design); `levers` and `nodes` are keys. `scale` are the words of
    the ratings that its codings can be given, the lowest first; empty for a code that is not rated.
    """

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("study_id", "path"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"))
    key: Mapped[str]
    path: Mapped[str]
    name: Mapped[str]
    color: Mapped[int]
    position: Mapped[int]
    definition: Mapped[str]
    include: Mapped[str]
    exclude: Mapped[str]
    example: Mapped[str]
    levers: Mapped[list[str]]
    nodes: Mapped[list[str]]
    scale: Mapped[list[str]] = mapped_column(default=list)
    parent: Mapped["Code | None"] = relationship(remote_side="Code.id")


class CodeChange(Identified, Guarded, EvidenceBase):
    """One change of one code: all that it was before and after (`CodeState`), by whom and when; never changed.

    The code is named by its GUID, since it may be gone. `into_guid` is the code that it was merged into. `together`
    joins the changes of one act. `reverts_id` is the change that was taken back, or done again, by undo and redo.
    """

    __tablename__ = "code_change"
    __table_args__ = (
        Index("ix_code_change_study_id", "study_id", "code_guid", "id"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    code_guid: Mapped[uuid.UUID]
    kind: Mapped[ChangeKind]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    into_guid: Mapped[uuid.UUID | None]
    together: Mapped[uuid.UUID]
    reverts_id: Mapped[int | None] = mapped_column(ForeignKey("code_change.id"))
    by: Mapped[str]
    at: Mapped[datetime]


class Codebook(Guarded, EvidenceBase):
    """What the study's codebook is called; `version` is that of the file it came from."""

    __tablename__ = "codebook"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), primary_key=True)
    name: Mapped[str]
    version: Mapped[int]
    description: Mapped[str]


class CodebookVersion(Identified, Guarded, EvidenceBase):
    """The codebook as it stood when it was published; never changed afterwards.

    `content` is what a codebook file holds, and of each code its `guid`, so that versions can be compared.
    """

    __tablename__ = "codebook_version"
    __table_args__ = (UniqueConstraint("study_id", "number"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    number: Mapped[int]
    note: Mapped[str]
    content: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[str]


@event.listens_for(CodeChange, "before_update")
def _keep_history(_mapper: object, _connection: object, _change: CodeChange) -> None:
    raise Refused("The history of the codebook stays as it is.")


@event.listens_for(CodebookVersion, "before_update")
@event.listens_for(CodebookVersion, "before_delete")
def _keep_as_published(_mapper: object, _connection: object, version: CodebookVersion) -> None:
    raise Refused("Version {number} of the codebook is published and stays as it is.", number=version.number)
