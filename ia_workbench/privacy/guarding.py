"""The second wall: every read of a guarded table carries the actor's condition, whether the query asked or not."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Engine, event, false
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from ia_workbench.database import BASES, Store
from ia_workbench.kernel import Clock, NotFound
from ia_workbench.privacy.access import NOTHING_HERE
from ia_workbench.privacy.actors import Actor


class Guarded:
    """A table whose rows belong to a study. Override `guard` where belonging is not the whole rule."""

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        """Return the condition under which this actor may see a row."""
        column: Any = cls.study_id  # type: ignore[attr-defined]
        condition: ColumnElement[bool] = column.in_(actor.study_ids)
        return condition


class HeldSession(Session):
    """A session held to one actor (`info["actor"]`), or deliberately unheld (`info["unheld"]` says why)."""


def session_for(engine: Engine, actor: Actor, *, writes: bool = False, clock: Clock | None = None) -> HeldSession:
    """Open a session that shows this actor only what they may see and stores only in studies that are theirs."""
    info: dict[str, Any] = {"actor": actor}
    return _open(engine, info, writes=writes, clock=clock)


def unheld_session(engine: Engine, *, reason: str, writes: bool = False, clock: Clock | None = None) -> HeldSession:
    """Open a session without an actor. The reason is stated here, and a test lists every caller."""
    return _open(engine, {"unheld": reason}, writes=writes, clock=clock)


def act_as(session: Session, actor: Actor) -> None:
    """Hold an open session to this actor from now on (after sign-in, or when a study was just created)."""
    session.info.pop("unheld", None)
    session.info["actor"] = actor


def _open(engine: Engine, info: dict[str, Any], *, writes: bool, clock: Clock | None) -> HeldSession:
    if clock is not None:
        info["clock"] = clock
    bind = engine.execution_options(writes=True) if writes else engine
    return HeldSession(bind, info=info, expire_on_commit=False)


def guarded_classes(store: Store) -> Iterator[type[Guarded]]:
    """Yield every mapped class of a store that is guarded, however deep it inherits."""
    for mapper in BASES[store].registry.mappers:
        if issubclass(mapper.class_, Guarded):
            yield mapper.class_


def visible_to(actor: Actor, model: type[Guarded]) -> ColumnElement[bool]:
    """Return the condition under which this actor may see a row of this table: the only expression of that rule."""
    return model.guard(actor) if actor.study_ids else false()


@event.listens_for(HeldSession, "do_orm_execute")
def _hold(state: ORMExecuteState) -> None:
    info = state.session.info
    if "unheld" in info or not (state.is_select or state.is_update or state.is_delete):
        return
    actor: Actor | None = info.get("actor")
    if actor is None:
        raise RuntimeError("this session has no actor: open it with session_for or unheld_session")
    state.statement = state.statement.options(*_criteria(info, actor))


def _criteria(info: dict[str, Any], actor: Actor) -> list[Any]:
    """One criterion a guarded table, built once for each actor a session is held to."""
    kept: tuple[Actor, list[Any]] | None = info.get("criteria")
    if kept is None or kept[0] != actor:
        classes = guarded_classes(actor.store)
        made = [with_loader_criteria(each, visible_to(actor, each), include_aliases=True) for each in classes]
        kept = info["criteria"] = (actor, made)
    return kept[1]


@event.listens_for(HeldSession, "before_flush")
def _hold_writes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if "unheld" in session.info:
        return
    actor: Actor = session.info["actor"]
    for row in (*session.new, *session.dirty, *session.deleted):
        study_id = getattr(row, "study_id", None) if isinstance(row, Guarded) else None
        if study_id is not None and study_id not in actor.study_ids:
            raise NotFound(NOTHING_HERE)
