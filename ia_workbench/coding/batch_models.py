"""The table of autocoding: what a rule was, and what it was applied to."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import JSON, ColumnElement, ForeignKey, Select, String, UniqueConstraint, cast, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from ia_workbench.coding.rules import CodedUnit, RuleKind
from ia_workbench.database import EvidenceBase, Identified
from ia_workbench.privacy import Actor, Guarded, RawWords


def keys_of_autocodings(numbers: Collection[int]) -> Select[int, str]:
    """Select study number and a key for the words of these rules, which are of no one source: `autocoding-7`."""
    key = (literal("autocoding-") + cast(Autocoding.id, String)).label("key")
    return select(Autocoding.study_id, key).where(Autocoding.id.in_(numbers))


class Autocoding(Identified, Guarded, EvidenceBase):
    """A rule of autocoding whose matches somebody accepted as one batch.

    `words` are what the rule looks for: they may be somebody's words or name, so that they stand here alone. Empty once
    a source that the rule read (`sources`, by internal number) was withdrawn. `chosen` is how many places were
    accepted; `finished_at` None while some of them wait. The GUID joins the acts of the batch (`CodingAct.together`).
    """

    __tablename__ = "autocoding"
    raw_words = RawWords(("words",), "id", keys_of_autocodings)
    __table_args__ = (UniqueConstraint("account_id", "request"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by: Mapped[str]
    kind: Mapped[RuleKind]
    unit: Mapped[CodedUnit]
    words: Mapped[str]
    code: Mapped[uuid.UUID]
    sources: Mapped[list[int]] = mapped_column(JSON)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    chosen: Mapped[int]
    request: Mapped[str]
    at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.account_id == actor.account_id  # the words of a rule may come from a source that is not theirs
