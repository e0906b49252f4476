"""Writing participants and cases of a study, and the definitions of its attributes."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import AttributeDefinition, AttributeScope, CaseCluster, Participant, Source
from ia_workbench.study_folder.reading import CASES_TABLE, PARTICIPANTS_TABLE


def definitions_of(session: Session, study_id: int) -> tuple[AttributeDefinition, ...]:
    """Return the attributes of a study as `corpus.define_attribute` takes them, in their order."""
    return tuple(
        AttributeDefinition(each.scope, each.name, each.type, tuple(each.choices))
        for each in corpus.attributes(session, study_id)
    )


def write_owners(session: Session, study_id: int, folder: Path, sources: Sequence[Source]) -> None:
    """Write `participants.csv` and `cases.csv`, each only where there is something that `sources.csv` does not say.

    Left out is whoever withdrew, and whoever is in withdrawn sources alone: nothing of those is written.
    """
    people = [each for each in corpus.participants(session, study_id) if each.withdrawn_at is None]
    speaking = [(source, {each.id for each in source.participants}) for source in sources]
    _write(session, study_id, folder / PARTICIPANTS_TABLE, AttributeScope.PARTICIPANT, people, speaking)
    cases = corpus.case_clusters(session, study_id)
    about = [(source, {source.case_id} if source.case_id else set()) for source in sources]
    _write(session, study_id, folder / CASES_TABLE, AttributeScope.CASE, cases, about)


def _write(
    session: Session,
    study_id: int,
    path: Path,
    scope: AttributeScope,
    owners: Sequence[Participant] | Sequence[CaseCluster],
    sources: Sequence[tuple[Source, set[int]]],
) -> None:
    written = set[int]().union(*(ids for source, ids in sources if not source.is_withdrawn))
    withdrawn = set[int]().union(*(ids for source, ids in sources if source.is_withdrawn)) - written
    said = corpus.attribute_values(session, study_id, scope)
    rows = [
        (each.key, said.get(each.id, ()))
        for each in owners
        if each.id not in withdrawn and (each.id in said or each.id not in written)
    ]
    if rows:
        names = [each.name for each in corpus.attributes(session, study_id, scope)]
        path.write_bytes(corpus.write_attribute_rows(rows, names))
