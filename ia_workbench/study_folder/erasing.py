"""Erasing a study from both stores."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import BASES, Store
from ia_workbench.privacy import Act, Actor


@dataclass(frozen=True)
class ErasedStudy:
    """How many rows were erased in each store."""

    evidence_rows: int
    published_rows: int


def erase_study(evidence: Session, published: Session, actor: Actor, *, study_id: int) -> ErasedStudy:
    """Erase a study: every row of it in both stores, packages and positions of the body among them.

    `published` is an unheld session. People's accounts stay, and so does the audit trail, which holds identifiers
    alone. The search index does not hear of it: rebuild it afterwards.
    """
    privacy.require(actor, Act.MANAGE_STUDY, study_id=study_id)
    key = privacy.study_numbered(evidence, study_id).key
    there = [each.id for each in privacy.studies(published, Store.PUBLISHED) if each.key == key]
    guest = privacy.guest_in_published_store(published, actor, [key])
    published_rows = sum(_erase_rows(published, Store.PUBLISHED, number) for number in there)
    with privacy.reaching_private(evidence, reason="erase a study with what people keep private in it"):
        evidence_rows = _erase_rows(evidence, Store.EVIDENCE, study_id)
    if there:
        privacy.record(published, guest, "erase-study", subject=key, rows=published_rows)
    privacy.record(evidence, actor, "erase-study", subject=key, rows=evidence_rows)
    return ErasedStudy(evidence_rows, published_rows)


def _erase_rows(session: Session, store: Store, study_id: int) -> int:
    erased = 0
    for model, column in _belonging(store):
        statement = delete(model).where(column == study_id)
        result: Any = session.execute(statement, execution_options={"synchronize_session": False})
        erased += result.rowcount if isinstance(result, CursorResult) else 0
    session.expire_all()  # the rows that this session had read are gone
    return erased


def _belonging(store: Store) -> Iterator[tuple[Any, Any]]:
    """Yield every class whose rows belong to a study, with the column that says so, dependants first."""
    base = BASES[store]
    classes: dict[Any, Any] = {mapper.local_table: mapper.class_ for mapper in base.registry.mappers}
    for table in reversed(base.metadata.sorted_tables):
        model = classes[table]
        if model in (privacy.Study, privacy.PublishedStudy):
            yield model, model.id
        elif hasattr(model, "study_id"):
            yield model, model.study_id
