"""The second wall, whole: every guarded table for everyone, in every way in which rows can be asked for."""

import ast
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, inspect, select, union_all, update
from sqlalchemy.orm import Session, aliased, joinedload, make_transient, selectinload, subqueryload

from ia_workbench.coding import Excerpt, Memo
from ia_workbench.corpus import CaseCluster, ImportBatch, Participant, Revision, Source, SourceParticipant
from ia_workbench.database import EvidenceBase, Store
from ia_workbench.findings import EvidenceLink
from ia_workbench.kernel import NotAllowed, NotFound
from ia_workbench.privacy import Account, Actor, CommunityAccount, HeldSession, Role, guarded_classes, visible_to
from ia_workbench.publication import Audience
from tests.whole.source_files import PACKAGE, ROOMS, python_files, shown, tree_of
from tests.whole.two_studies import TwoStudies, with_two_studies

CLASSES = [
    (store, model) for store in Store for model in sorted(guarded_classes(store), key=lambda each: each.__name__)
]
NAMES = {
    Store.EVIDENCE: ("ana", "ben", "ada", "omar", "otto"),
    Store.PUBLISHED: ("rosa", "marcus", "lee", "olga", "oscar", "ana (guest)"),
}
STANDINGS = {  # the same people without an agreement, or limited to some sources, or both
    Store.EVIDENCE: (
        "ana without agreement", "ben without agreement", "ben limited", "ben limited to nothing",
        "ben limited without agreement", "otto limited",
    ),
    Store.PUBLISHED: ("ana (guest)",),
}  # fmt: skip
MOST_FETCHED = 40  # rows fetched by key, for each person and table
BY_NAME = [model.__name__ for _store, model in CLASSES]


@pytest.fixture(scope="module")
def studies(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoStudies]:
    """Offer two full studies to read in; nothing is stored here."""
    folder = tmp_path_factory.mktemp("access") / "home"
    shutil.copytree(demo_folder, folder)
    both = with_two_studies(folder)
    yield replace(both, actors={**both.actors, **standings(both)})
    both.home.close()


def standings(both: TwoStudies) -> dict[str, Actor]:
    """Return people of the team in every standing between role, agreement and limitation."""
    ana, ben, otto = (both.actors[name] for name in ("ana", "ben", "otto"))
    with both.home.unheld(Store.EVIDENCE, writes=False) as session:
        given = frozenset(session.scalars(select(Source.id).where(Source.key.in_(("INT-001", "INT-003")))))
    limited = replace(ben, limited_ids=ben.study_ids, source_ids=given)
    return {
        "ana without agreement": replace(ana, agreement_until=None),
        "ben without agreement": replace(ben, agreement_until=None),
        "ben limited": limited,
        "ben limited to nothing": replace(limited, source_ids=frozenset()),
        "ben limited without agreement": replace(limited, agreement_until=None),
        "otto limited": replace(otto, limited_ids=otto.study_ids, source_ids=given),
    }


def key_columns(model: Any) -> list[Any]:
    """Return the primary key of a class as mapped attributes: bare columns of its table would not be held."""
    mapper = inspect(model)
    return [getattr(model, mapper.get_property_by_column(column).key) for column in mapper.primary_key]


def keys_of(session: Session, model: Any) -> set[tuple[Any, ...]]:
    """Return the primary keys of all rows that a session shows."""
    return {tuple(row) for row in session.execute(select(*key_columns(model)))}


def theirs(both: TwoStudies, model: Any, actor: Actor) -> set[tuple[Any, ...]]:
    """Return the primary keys of the rows that are an actor's, worked out apart from the guards."""
    with both.home.unheld(actor.store, writes=False) as session:
        rows = session.scalars(select(model)).all()
        return {tuple(inspect(row).identity) for row in rows if is_theirs(row, actor)}


def is_theirs(row: Any, actor: Actor) -> bool:
    """Say whether a row is an actor's to read: of a study of theirs, public for a site lead, their own for a member.

    In the evidence store it takes an agreement, and for a limited analyst a source that they were given.
    """
    name = type(row).__name__
    study_id = row.id if name in {"Study", "PublishedStudy"} else row.study_id
    if isinstance(row, EvidenceBase) and name != "Study":
        if actor.agreement_until is None:
            return False
        if study_id in actor.limited_ids and not is_within(row, actor):
            return False
    if name == "Package" and actor.role is Role.SITE_LEAD and row.audience is not Audience.PUBLIC:
        return False
    if name == "Position" and actor.role is Role.REVIEWER and row.account_id != actor.account_id:
        return False
    if name in {"Memo", "MemoVersion"} and row.private_to not in (None, actor.username):
        return False
    if name == "Autocoding" and study_id in actor.limited_ids and row.account_id != actor.account_id:
        return False
    if name == "MemoLink":
        return study_id in actor.study_ids and all(is_theirs(each, actor) for each in ends_of(row))
    if name == "Favourite" and row.account_id != actor.account_id:
        return False
    return study_id in actor.study_ids


def ends_of(link: Any) -> list[Memo]:
    """Return the memos that a link joins."""
    session = inspect(link).session
    assert session is not None
    return [session.get_one(Memo, link.from_id), session.get_one(Memo, link.to_id)]


def is_within(row: Any, actor: Actor) -> bool:
    """Say whether a row tells of nothing but sources that a limited analyst was given, or of their own work."""
    session = inspect(row).session
    assert session is not None
    name, given = type(row).__name__, actor.source_ids
    if name == "MemoLink":
        return all(is_within(each, actor) for each in ends_of(row))
    if name in {"Participant", "CaseCluster"}:
        return bool(sources_with(session, row) & given)
    if name in {"ImportBatch", "PendingImport", "TaughtConvention"}:
        return bool(row.by == actor.username)
    if name == "ImportedFile":
        return session.get(ImportBatch, row.batch_id).by == actor.username or row.source_id in given
    if name == "Pseudonym":
        speaks = row.participant is not None and bool(sources_with(session, row.participant) & given)
        return speaks or row.by == actor.username
    if name == "AttributeValue" and row.source_id is None:
        owner: Any = session.get(Participant, row.participant_id) or session.get(CaseCluster, row.case_id)
        return bool(sources_with(session, owner) & given)
    return source_of(session, row) in given | {EVERY_SOURCE}


EVERY_SOURCE = -1  # of a row that tells of no single source: a code, a step, a finding


def source_of(session: Session, row: Any) -> int:
    """Return the number of the source that a row tells of, by the way that leads there."""
    if type(row).__name__ == "Source":
        return int(row.id)
    if hasattr(row, "source_id"):
        return EVERY_SOURCE if row.source_id is None else int(row.source_id)
    for column, model in (("revision_id", Revision), ("raw_id", Revision), ("excerpt_id", Excerpt),
                          ("link_id", EvidenceLink)):  # fmt: skip
        if hasattr(row, column):
            return source_of(session, session.get(model, getattr(row, column)))
    return EVERY_SOURCE


def sources_with(session: Session, owner: Any) -> set[int]:
    """Return the numbers of the sources in which a participant speaks, or that are of a case."""
    if isinstance(owner, CaseCluster):
        return set(session.scalars(select(Source.id).where(Source.case_id == owner.id)))
    speaking = select(SourceParticipant.source_id).where(SourceParticipant.participant_id == owner.id)
    return set(session.scalars(speaking))


# ------------------------------------------------------------------ the matrix


@pytest.mark.parametrize(("store", "model"), CLASSES, ids=BY_NAME)
def test_every_guarded_table_has_rows_of_both_studies(studies: TwoStudies, store: Store, model: Any) -> None:
    one, other = ("ana", "omar") if store is Store.EVIDENCE else ("ana (guest)", "olga")
    mine, others = (theirs(studies, model, studies.actors[name]) for name in (one, other))
    assert mine, "the matrix means nothing for a table without rows"
    assert others, "the matrix means nothing for a table without rows of others"
    assert not mine & others


@pytest.mark.parametrize(("store", "model"), CLASSES, ids=BY_NAME)
def test_lists_and_single_checks_agree_with_the_rule_however_rows_are_asked_for(
    studies: TwoStudies, store: Store, model: Any
) -> None:
    for name, actor, expected in everyone(studies, store, model):
        with studies.home.unheld(store, writes=False) as session:
            everything = keys_of(session, model)
            chosen = select(*key_columns(model)).where(visible_to(actor, model))
            assert {tuple(row) for row in session.execute(chosen)} == expected, f"{name}: the rule itself"
        with studies.home.session(actor, writes=False) as session:
            for way, ask in WAYS.items():
                assert ask(session, model) == expected, f"{name}: {way}"
            for way, count in COUNTS.items():
                assert count(session, model) == len(expected), f"{name}: {way}"
        with studies.home.session(actor, writes=False) as session:
            for key in _a_few(everything, expected):
                found = session.get(model, key if len(key) > 1 else key[0])
                assert (found is not None) == (key in expected), f"{name}: fetched by key"


def everyone(both: TwoStudies, store: Store, model: Any) -> Iterator[tuple[str, Actor, set[tuple[Any, ...]]]]:
    """Yield everyone on a side with the rows of a class that are theirs."""
    with both.home.unheld(store, writes=False) as session:
        rows = session.scalars(select(model)).all()
        for name in (*NAMES[store], *STANDINGS[store]):
            actor = both.actors[name]
            yield name, actor, {tuple(inspect(row).identity) for row in rows if is_theirs(row, actor)}


def _a_few(everything: set[tuple[Any, ...]], expected: set[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return some rows of one's own and all that are not, unless these are very many."""
    return [*sorted(expected)[:MOST_FETCHED], *sorted(everything - expected)[:MOST_FETCHED]]


def _whole_rows(session: Session, model: Any) -> set[tuple[Any, ...]]:
    return {tuple(inspect(row).identity) for row in session.scalars(select(model))}


def _aliased(session: Session, model: Any) -> set[tuple[Any, ...]]:
    other = aliased(model)
    return {tuple(inspect(row).identity) for row in session.scalars(select(other))}


def _legacy(session: Session, model: Any) -> set[tuple[Any, ...]]:
    return {tuple(inspect(row).identity) for row in session.query(model).all()}


def _subquery(session: Session, model: Any) -> set[tuple[Any, ...]]:
    inner = select(*key_columns(model)).subquery()
    return {tuple(row) for row in session.execute(select(inner))}


def _common_table(session: Session, model: Any) -> set[tuple[Any, ...]]:
    inner = select(*key_columns(model)).cte()
    return {tuple(row) for row in session.execute(select(inner))}


def _united(session: Session, model: Any) -> set[tuple[Any, ...]]:
    keys = key_columns(model)
    both = union_all(select(*keys), select(*keys)).subquery()
    return {tuple(row) for row in session.execute(select(both))}


def _from_subquery(session: Session, model: Any) -> set[tuple[Any, ...]]:
    inner = aliased(model, select(model).subquery())
    return {tuple(inspect(row).identity) for row in session.scalars(select(inner))}


WAYS: dict[str, Callable[[Session, Any], set[tuple[Any, ...]]]] = {
    "columns": keys_of,
    "rows": _whole_rows,
    "an alias": _aliased,
    "a legacy query": _legacy,
    "a subquery": _subquery,
    "a common table": _common_table,
    "a union": _united,
    "an alias of a subquery": _from_subquery,
}


def _counted(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _counted_by_legacy(session: Session, model: Any) -> int:
    return session.query(model).count()


def _scalar_subquery(session: Session, model: Any) -> int:
    inner = select(func.count()).select_from(model).scalar_subquery()
    return session.scalar(select(inner)) or 0


COUNTS: dict[str, Callable[[Session, Any], int]] = {
    "a count": _counted,
    "a legacy count": _counted_by_legacy,
    "a count inside another question": _scalar_subquery,
}


@pytest.mark.parametrize(("store", "model"), CLASSES, ids=BY_NAME)
def test_whether_something_is_there_is_told_of_ones_own_alone(studies: TwoStudies, store: Store, model: Any) -> None:
    account: Any = Account if store is Store.EVIDENCE else CommunityAccount
    for name, actor, expected in everyone(studies, store, model):
        with studies.home.session(actor, writes=False) as session:
            assert bool(session.scalar(select(exists(select(model))))) == bool(expected), name
            # a table that is not guarded, joined without any condition
            pairs = session.execute(select(account.id, *key_columns(model)).join_from(account, model, account.id > 0))
            assert {tuple(row)[1:] for row in pairs} == expected


# ------------------------------------------------------------------ writes


@pytest.mark.parametrize(("store", "model"), CLASSES, ids=BY_NAME)
def test_bulk_changes_and_removals_reach_no_row_of_others(studies: TwoStudies, store: Store, model: Any) -> None:
    first = key_columns(model)[0]
    for name, actor, expected in everyone(studies, store, model):
        with studies.home.session(actor, writes=False) as session:
            changed: Any = session.execute(update(model).values({first.key: first}), execution_options=UNSYNCHRONIZED)
            assert changed.rowcount == len(expected), name
            others = first.not_in([key[0] for key in expected])
            removed: Any = session.execute(delete(model).where(others), execution_options=UNSYNCHRONIZED)
            assert removed.rowcount == 0, name
            session.rollback()


ALONGSIDE = {"Revision": {"number": 99}, "Mark": {"start": 1}}  # what keeps a misled row from standing in another's way
UNSYNCHRONIZED = {"synchronize_session": False}
OF_A_STUDY = [(store, model) for store, model in CLASSES if model.__name__ not in {"Study", "PublishedStudy"}]


@pytest.mark.parametrize(("store", "model"), OF_A_STUDY, ids=[model.__name__ for _store, model in OF_A_STUDY])
def test_a_row_of_a_study_of_others_is_refused_before_it_is_written(
    studies: TwoStudies, store: Store, model: Any
) -> None:
    intruder, owner = ("omar", "ana") if store is Store.EVIDENCE else ("olga", "ana (guest)")
    key = min(theirs(studies, model, studies.actors[owner]))
    with studies.home.unheld(store, writes=False) as session:
        row = session.get_one(model, key if len(key) > 1 else key[0])
        session.expunge(row)
    make_transient(row)
    if hasattr(row, "id"):
        row.id = None
    actor = studies.actors[intruder]
    with studies.home.session(actor, writes=False) as session:
        session.add(row)
        with pytest.raises(NotFound):
            session.flush()
        session.rollback()


# ------------------------------------------------------------------ relationships


@pytest.fixture
def entangled(demo_folder: Path, tmp_path: Path) -> Iterator[TwoStudies]:
    """Offer two studies in which one row for each relationship points, wrongly, at a row of the other study."""
    folder = tmp_path / "home"
    shutil.copytree(demo_folder, folder)
    both = with_two_studies(folder)
    for store, model, relation in RELATIONS:
        one, other = ("ana", "omar") if store is Store.EVIDENCE else ("ana (guest)", "olga")
        (column,) = relation.local_columns
        mine = max(theirs(both, model, both.actors[one]))
        foreign = _free(both, model, column, theirs(both, relation.mapper.class_, both.actors[other]))
        with both.home.unheld(store) as session:
            where = [part == value for part, value in zip(key_columns(model), mine, strict=True)]
            values = {column.key: foreign[0], **ALONGSIDE.get(model.__name__, {})}
            session.execute(update(model).where(*where).values(values), execution_options=UNSYNCHRONIZED)
    yield both
    both.home.close()


def _free(both: TwoStudies, model: Any, column: Any, foreign: set[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return a row to point at; where each may be pointed at once, it is let go of first."""
    chosen = min(foreign)
    if column.unique:
        store = Store.EVIDENCE if issubclass(model, EvidenceBase) else Store.PUBLISHED
        with both.home.unheld(store) as session:
            session.execute(
                delete(model).where(getattr(model, column.key) == chosen[0]), execution_options=UNSYNCHRONIZED
            )
    return chosen


def _relations() -> Iterator[tuple[Store, Any, Any]]:
    """Yield every relationship from one guarded table to one row of another."""
    for store, model in CLASSES:
        for relation in inspect(model).relationships:
            if not relation.uselist and relation.mapper.class_ in set(guarded_classes(store)):
                yield store, model, relation


RELATIONS = list(_relations())


def test_no_relationship_leads_to_a_row_of_others_however_it_is_loaded(entangled: TwoStudies) -> None:
    assert len(RELATIONS) >= 10
    loads = {"lazily": None, "joined": joinedload, "by a second query": selectinload, "by a subquery": subqueryload}
    for store, model, relation in RELATIONS:
        actor = entangled.actors["ana" if store is Store.EVIDENCE else "ana (guest)"]
        for how, load in loads.items():
            with entangled.home.session(actor, writes=False) as session:
                statement = select(model)
                if load is not None:
                    statement = statement.options(load(getattr(model, relation.key)))
                reached = [getattr(row, relation.key) for row in session.scalars(statement).unique()]
                foreign = [each for each in reached if each is not None and not is_theirs(each, actor)]
                assert not foreign, f"{model.__name__}.{relation.key}, loaded {how}"


def test_no_join_leads_to_a_row_of_others(entangled: TwoStudies) -> None:
    for store, model, relation in RELATIONS:
        actor = entangled.actors["ana" if store is Store.EVIDENCE else "ana (guest)"]
        target = relation.mapper.class_
        with entangled.home.session(actor, writes=False) as session:
            if target is not model:
                rows = session.scalars(select(target).join_from(model, target, getattr(model, relation.key)))
                assert all(is_theirs(row, actor) for row in rows), f"{model.__name__}.{relation.key}"
            other = aliased(target)
            rows = session.scalars(select(other).join_from(model, getattr(model, relation.key).of_type(other)))
            assert all(is_theirs(row, actor) for row in rows), f"{model.__name__}.{relation.key}, by an alias"


# ------------------------------------------------------------------ edges


def test_whoever_is_in_no_study_sees_nothing_of_anything(studies: TwoStudies) -> None:
    for store, model in CLASSES:
        nobody = replace(studies.actors["ana" if store is Store.EVIDENCE else "ana (guest)"], study_ids=frozenset())
        with studies.home.session(nobody, writes=False) as session:
            assert keys_of(session, model) == set(), model.__name__


def test_a_session_that_was_opened_past_the_two_doors_shows_nothing(studies: TwoStudies) -> None:
    for store, model in CLASSES:
        engine = studies.home.evidence if store is Store.EVIDENCE else studies.home.published
        with HeldSession(engine) as session, pytest.raises(RuntimeError):
            session.scalars(select(model)).first()


def test_no_room_and_no_page_writes_past_the_wall() -> None:
    past = {
        "bulk_insert_mappings",
        "bulk_save_objects",
        "bulk_update_mappings",
        "connection",
        "driven",
        "raw_connection",
        "send_to_driver",
    }
    folders = [*(PACKAGE / room for room in ROOMS), PACKAGE / "web", PACKAGE / "cli"]
    reading = {
        "ia_workbench/privacy/noting.py",  # one number, of a row that the session has shown already
        "ia_workbench/corpus/taking_out.py",  # a text whose words a withdrawal is taking out, shown to nobody
        "ia_workbench/privacy/held_queries.py",  # statements that have the wall's conditions in them, and rows it holds
    }
    found = [
        f"{shown(path)}:{node.lineno}"
        for folder in folders
        for path in python_files(folder)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in past
    ]
    assert {each.rpartition(":")[0] for each in found} == reading


def test_no_room_takes_the_means_to_insert_past_the_session() -> None:
    found = [
        shown(path)
        for room in ROOMS
        for path in python_files(PACKAGE / room)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sqlalchemy")
        and {"insert", "text", "literal_column", "table"} & {each.name for each in node.names}
    ]
    assert not found


def test_a_role_on_one_side_does_not_exist_on_the_other(studies: TwoStudies) -> None:
    for name in ("rosa", "marcus", "lee", "olga", "oscar"):
        with pytest.raises(NotFound):
            studies.home.actor(name, Store.EVIDENCE)
    for name in ("ana", "ben", "ada", "omar", "otto"):
        with pytest.raises(NotFound):
            studies.home.actor(name, Store.PUBLISHED)


# ------------------------------------------------------------------ agreements and limits


def test_without_an_agreement_nothing_of_the_evidence_store_is_shown_but_which_studies_are_ones_own(
    studies: TwoStudies,
) -> None:
    for name in ("ana without agreement", "ben without agreement", "ben limited without agreement"):
        actor = studies.actors[name]
        with studies.home.session(actor, writes=False) as session:
            shown = {model.__name__ for store, model in CLASSES if store is Store.EVIDENCE and keys_of(session, model)}
        assert shown == {"Study"}, name


def test_without_an_agreement_no_row_is_written_whatever_the_role(studies: TwoStudies) -> None:
    actor = studies.actors["ana without agreement"]
    (study_id,) = actor.study_ids
    with studies.home.session(actor, writes=False) as session:
        session.add(Participant(study_id=study_id, key="P-99"))
        with pytest.raises(NotFound):
            session.flush()
        session.rollback()


def test_a_limited_analyst_sees_part_of_every_table_that_tells_of_sources_and_brings_none_in(
    studies: TwoStudies,
) -> None:
    whole, limited = studies.actors["ben"], studies.actors["ben limited"]
    told_by_source = ("Source", "SourceFile", "Revision", "Turn", "Excerpt", "Coding", "EvidenceLink", "Participant")
    models = {model.__name__: model for _store, model in CLASSES}
    with studies.home.session(whole, writes=False) as all_of_it, studies.home.session(limited, writes=False) as some:
        for name in told_by_source:
            assert set() < keys_of(some, models[name]) < keys_of(all_of_it, models[name]), name
        source = some.scalars(select(Source)).first()
        assert source is not None
        some.expunge(source)
        make_transient(source)
        source.id, source.guid, source.key = None, uuid.uuid4(), "INT-999"  # type: ignore[assignment]
        some.add(source)
        with pytest.raises(NotAllowed):
            some.flush()
        some.rollback()
