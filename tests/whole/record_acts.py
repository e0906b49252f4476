"""Operations on what is noted of sources, participants, cases and stewards, each with words nobody may find again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import AttributeDefinition, AttributeRow, AttributeScope, AttributeType, StewardshipRecord
from ia_workbench.privacy import Actor

CANARY = "Quillfeather"  # a name that nobody in the study has
WORDS = f"{CANARY} said so"


class Desk(Protocol):
    """Someone about to perform an operation in a study."""

    session: Session
    actor: Actor

    @property
    def study_id(self) -> int:
        """The study's number."""


def change_record(desk: Desk) -> None:
    source = corpus.source_keyed(desk.session, desk.study_id, "INT-001")
    record = replace(corpus.record_of(desk.session, source), title=WORDS, agency=WORDS, worker_role=WORDS)
    corpus.change_record(desk.session, desk.actor, source=source, record=record)


ATTRIBUTE = AttributeDefinition(AttributeScope.PARTICIPANT, CANARY, AttributeType.TEXT)


def an_attribute(desk: Desk) -> corpus.Attribute:
    return corpus.define_attribute(desk.session, desk.actor, study_id=desk.study_id, definition=ATTRIBUTE)


def set_attribute(desk: Desk) -> None:
    corpus.set_attribute(
        desk.session, desk.actor, study_id=desk.study_id, scope=AttributeScope.PARTICIPANT, key="P-01", name=CANARY,
        value=WORDS,
    )  # fmt: skip


def import_attributes(desk: Desk) -> None:
    rows = [AttributeRow(2, "P-01", ((CANARY, WORDS),)), AttributeRow(3, "P-78", ())]
    corpus.import_attributes(
        desk.session, desk.actor, study_id=desk.study_id, scope=AttributeScope.PARTICIPANT, rows=rows
    )


def keep_stewardship(desk: Desk) -> None:
    record = StewardshipRecord("ST-01", WORDS, approval=WORDS, contact=WORDS, storage=WORDS, label=WORDS)
    corpus.keep_stewardship(desk.session, desk.actor, study_id=desk.study_id, record=record)


RECORD_ACTS: dict[str, Callable[[Desk], object]] = {
    "corpus.change_record": change_record,
    "corpus.define_attribute": an_attribute,
    "corpus.keep_stewardship": keep_stewardship,
}
AFTER_A_DEFINITION: dict[str, Callable[[Desk, corpus.Attribute], object]] = {
    "corpus.set_attribute": lambda d, _attribute: set_attribute(d),
    "corpus.import_attributes": lambda d, _attribute: import_attributes(d),
    "corpus.remove_attribute": lambda d, attribute: corpus.remove_attribute(d.session, d.actor, attribute=attribute),
}
