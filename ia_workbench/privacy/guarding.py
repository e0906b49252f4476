"""The second wall: every read of a guarded table carries the actor's condition, whether the query asked or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import count
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Engine, and_, event, false, or_
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria
from sqlalchemy.orm.interfaces import CriteriaOption

from ia_workbench.database import BASES, DrivenSession, Store
from ia_workbench.kernel import Clock, NotAllowed, NotFound
from ia_workbench.privacy.access import NOTHING_HERE
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.noting import RawWords, note_loads_of, note_selected

KEPT = 64  # actors whose criteria are kept: people who are at work at the same time
LIMITED = "You read some sources of this study only, so you cannot bring in others. Ask a lead to."


class Guarded:
    """A table whose rows belong to a study. Override `guard` where belonging is not the whole rule.

    `needs_clearance` says that rows of the evidence store are for people whose confidentiality agreement holds;
    `is_brought` that its rows bring sources in, which those do not who are limited to some sources; `raw_words` which
    columns carry words of a source as they came, so that each read of them is noted (`privacy.noting`).
    """

    needs_clearance: ClassVar[bool] = True
    is_brought: ClassVar[bool] = False
    raw_words: ClassVar[RawWords | None] = None

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        """Return the condition under which this actor may see a row."""
        column: Any = cls.study_id  # type: ignore[attr-defined]
        condition: ColumnElement[bool] = column.in_(actor.study_ids)
        return condition

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool] | None:
        """Return which rows of a study are for someone limited to some of its sources; None where all are.

        Override it in every table whose rows tell of one source.
        """
        return None

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        if cls.raw_words is not None:
            note_loads_of(cls, cls.raw_words)


class HeldSession(DrivenSession):
    """A session held to one actor (`info["actor"]`), or deliberately unheld (`info["unheld"]` says why)."""


def session_for(engine: Engine, actor: Actor, *, writes: bool = False, clock: Clock | None = None) -> HeldSession:
    """Open a session that shows this actor only what they may see and stores only in studies that are theirs."""
    info: dict[str, Any] = {"actor": actor}
    return _open(engine, info, writes=writes, clock=clock)


def unheld_session(engine: Engine, *, reason: str, writes: bool = False, clock: Clock | None = None) -> HeldSession:
    """Open a session without an actor. The reason is stated here, and a test lists every caller."""
    return _open(engine, {"unheld": reason}, writes=writes, clock=clock)


def looking_session(engine: Engine, *, reason: str) -> HeldSession:
    """Open a session that only looks something up, before it is known whose it is going to be and whether they write.

    It is unheld and in no transaction. `act_as` holds it, and it begins once `begins_late` is set to False.
    """
    return HeldSession(engine, begins_late=True, info={"unheld": reason}, expire_on_commit=False)


def act_as(session: Session, actor: Actor) -> None:
    """Hold an open session to this actor from now on (after sign-in, or when a study was just created)."""
    session.info.pop("unheld", None)
    session.info["actor"] = actor


@contextmanager
def beyond_limits(session: Session, *, reason: str) -> Iterator[bool]:
    """Let a session see all sources of the actor's studies for a moment, also where they were given only some.

    For counts and keys as bare columns, never for rows: a row that was loaded stays in the session. The reason is
    stated here, and a test lists every caller. Yields whether anything is seen that otherwise would not be.
    """
    actor: Actor | None = session.info.get("actor")
    if actor is None or not actor.limited_ids or not reason:
        yield False
        return
    session.flush()  # what waits to be stored is judged by the actor as they are
    session.info["actor"] = replace(actor, limited_ids=frozenset())
    try:
        yield True
    finally:
        session.info["actor"] = actor


@contextmanager
def reaching_private(session: Session, *, reason: str) -> Iterator[None]:
    """Let a session reach what others keep private for a moment, so that what must go goes with all that rests on it.

    For counting, changing and taking away, never for showing: let go of every row that was loaded. The reason is
    stated here, and a test lists every caller.
    """
    actor: Actor | None = session.info.get("actor")
    if actor is None or not reason:
        yield
        return
    session.flush()  # what waits to be stored is judged by the actor as they are
    session.info["actor"] = replace(actor, reaches_private=True)
    try:
        yield
        session.flush()
    finally:
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
    is_withheld = actor.store is Store.EVIDENCE and model.needs_clearance and not actor.is_cleared
    if is_withheld or not actor.study_ids:
        return false()
    narrowed = model.within(actor) if actor.limited_ids else None
    if narrowed is None:
        return model.guard(actor)
    column: Any = model.study_id  # type: ignore[attr-defined]
    return and_(model.guard(actor), or_(column.not_in(actor.limited_ids), narrowed))


@event.listens_for(HeldSession, "do_orm_execute")
def _hold(state: ORMExecuteState) -> None:
    if "unheld" in state.session.info or not (state.is_select or state.is_update or state.is_delete):
        return
    wall = wall_of(state.session)
    state.statement = state.statement if wall is None else state.statement.options(wall)
    note_selected(state)


def wall_of(session: Session) -> "Wall | None":
    """Return the wall of a session's actor; None for one that is unheld. Raises RuntimeError for one without either."""
    info = session.info
    if "unheld" in info:
        return None
    actor: Actor | None = info.get("actor")
    if actor is None:
        raise RuntimeError("this session has no actor: open it with session_for or unheld_session")
    return _wall(actor)


class Wall(CriteriaOption):
    """One criterion a guarded table for one actor, as one option: comparing forty on each read took a third of it.

    What SQLAlchemy compiles is kept under the wall's own number, so that no two actors ever share a compiled statement,
    and the values in its conditions are those of its actor.
    """

    propagate_to_loaders = True
    _is_has_cache_key = True
    _numbers = count()

    def __init__(self, actor: Actor) -> None:
        self._number = next(self._numbers)
        self._criteria = tuple(
            with_loader_criteria(each, visible_to(actor, each), include_aliases=True)
            for each in guarded_classes(actor.store)
        )

    def _gen_cache_key(self, anon_map: Any, bindparams: Any) -> tuple[type, int]:
        return (Wall, self._number)

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        for each in self._criteria:
            each.get_global_criteria(attributes)

    def process_compile_state(self, compile_state: Any) -> None:
        self.get_global_criteria(compile_state.global_attributes)

    def process_compile_state_replaced_entities(self, compile_state: Any, mapper_entities: Any) -> None:
        self.process_compile_state(compile_state)


@lru_cache(maxsize=KEPT)
def _wall(actor: Actor) -> Wall:
    """Return the wall of an actor, built once: an actor is a value, another right is another actor."""
    return Wall(actor)


@event.listens_for(HeldSession, "before_flush")
def _hold_writes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if "unheld" in session.info:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Guarded):
            hold_row(session, type(row), getattr(row, "study_id", None), is_new=row in session.new)


def hold_row(session: Session, model: type[Guarded], study_id: int | None, *, is_new: bool = True) -> None:
    """Refuse a row that the session's actor may not store, change or remove; an unheld session may."""
    if "unheld" in session.info or study_id is None:
        return
    actor: Actor = session.info["actor"]
    if study_id not in actor.study_ids or (actor.store is Store.EVIDENCE and not actor.is_cleared):
        raise NotFound(NOTHING_HERE)
    if study_id in actor.limited_ids and model.is_brought and is_new:
        raise NotAllowed(LIMITED)
