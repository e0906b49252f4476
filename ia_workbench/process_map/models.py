"""Tables of the case-processing map: lanes, nodes (steps) and edges (passages)."""

from typing import Any

from sqlalchemy import Float, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.database import EvidenceBase, Identified
from ia_workbench.privacy import Guarded
from ia_workbench.process_map.rules import NodeType


class ProcessMap(Guarded, EvidenceBase):
    """What the study's map is called; `version` is that of the file it came from.

    `revision` counts the imports that changed anything.
    """

    __tablename__ = "process_map"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), primary_key=True)
    name: Mapped[str]
    version: Mapped[int]
    note: Mapped[str]
    revision: Mapped[int]


class Lane(Guarded, EvidenceBase):
    """A band of the map: the actors who do the steps in it."""

    __tablename__ = "lane"
    __table_args__ = (UniqueConstraint("study_id", "key"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]


class Node(Identified, Guarded, EvidenceBase):
    """A step. `plain` is its title in plain words by language; times are in days, None where unknown.

    `directives` is a list of citation, title, from and to (dates as text).
    """

    __tablename__ = "node"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    lane_id: Mapped[int] = mapped_column(ForeignKey("lane.id"))
    key: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    plain: Mapped[dict[str, Any]]
    type: Mapped[NodeType]
    description: Mapped[str]
    worker_roles: Mapped[list[str]]
    trigger: Mapped[str | None]
    options: Mapped[list[str]]
    directives: Mapped[list[dict[str, Any]]]
    texts_in: Mapped[list[str]]
    texts_out: Mapped[list[str]]
    standard_time: Mapped[str | None]
    standard_days: Mapped[float | None] = mapped_column(Float)
    observed_time: Mapped[str | None]
    observed_days: Mapped[float | None] = mapped_column(Float)
    present: Mapped[list[str]]
    absent: Mapped[list[str]]
    is_in_scope: Mapped[bool]
    lane: Mapped[Lane] = relationship()


class Edge(Identified, Guarded, EvidenceBase):
    """A passage from one step to another; its key is `N-13..N-14`."""

    __tablename__ = "edge"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    from_id: Mapped[int] = mapped_column(ForeignKey("node.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("node.id"))
    position: Mapped[int]
    condition: Mapped[str | None]
    passes: Mapped[list[str]]
    expected_days: Mapped[float | None] = mapped_column(Float)
    observed_days: Mapped[float | None] = mapped_column(Float)
    gap: Mapped[str | None]
    from_node: Mapped[Node] = relationship(foreign_keys=[from_id])
    to_node: Mapped[Node] = relationship(foreign_keys=[to_id])
