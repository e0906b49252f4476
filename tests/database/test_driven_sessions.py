"""Sessions that begin and commit by the driver: one transaction, whichever way its statements go."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, ForeignKey, insert, select, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ia_workbench.database import DrivenSession, open_engine, send_to_driver
from tests.support.counting import counting_statements


class Base(DeclarativeBase):
    """The tables of these tests."""


class Word(Base):
    """A word, by the driver or by the session."""

    __tablename__ = "word"
    name: Mapped[str] = mapped_column(primary_key=True)


class Letter(Base):
    """Something that points to a word."""

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(ForeignKey("word.name"))


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on a store of its own with the table."""
    made = open_engine(f"sqlite:///{tmp_path_factory.mktemp('driven') / 'words.sqlite3'}")
    Base.metadata.create_all(made)
    yield made
    made.dispose()


def stored(engine: Engine) -> list[str]:
    """Return the words that are in the store."""
    with engine.connect() as connection:
        return sorted(connection.scalars(select(Word.name)))


def by_driver(session: DrivenSession, word: str) -> None:
    """Store a word by the driver."""
    send_to_driver(session.driven(), "INSERT INTO word (name) VALUES (?)", (word,))


def give_up_after(session: DrivenSession, word: str) -> None:
    """Store a word by the driver, have one wait, and fail."""
    by_driver(session, word)
    session.add(Word(name=f"after {word}"))
    raise InterruptedError


def held(engine: Engine) -> int:
    """Return how many connections are out of the pool."""
    pool: object = engine.pool
    return int(pool.checkedout())  # type: ignore[attr-defined]


def test_what_the_driver_alone_did_is_committed_and_the_connection_is_let_go_of(engine: Engine) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
        assert session.get_transaction() is None
        assert stored(engine) == []
        session.commit()
        assert stored(engine) == ["one"]
        assert held(engine) == 0
        by_driver(session, "two")
        session.commit()
    assert stored(engine) == ["one", "two"]


def test_what_the_driver_began_and_the_session_went_on_with_is_committed_as_one(engine: Engine) -> None:
    with DrivenSession(engine, expire_on_commit=False) as session:
        by_driver(session, "one")
        session.add(Word(name="two"))
        assert sorted(session.scalars(select(Word.name))) == ["one", "two"]
        by_driver(session, "three")
        assert stored(engine) == []
        session.commit()
        assert stored(engine) == ["one", "three", "two"]
        assert held(engine) == 0


def test_a_row_that_waits_is_stored_with_what_the_driver_did(engine: Engine) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
        session.add(Word(name="two"))
        session.commit()
    assert stored(engine) == ["one", "two"]


@pytest.mark.parametrize("goes_on", [False, True])
@pytest.mark.parametrize("end", [DrivenSession.rollback, DrivenSession.close])
def test_rolling_back_or_closing_undoes_both(engine: Engine, goes_on: bool, end: object) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
        if goes_on:
            session.execute(insert(Word).values(name="two"))
        end(session)  # type: ignore[operator]
        assert held(engine) == 0
        assert session.scalars(select(Word.name)).all() == []
        by_driver(session, "three")
        session.commit()
    assert stored(engine) == ["three"]


def test_a_session_that_is_left_without_a_commit_leaves_nothing(engine: Engine) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
    with pytest.raises(InterruptedError), DrivenSession(engine) as session:
        give_up_after(session, "two")
    assert stored(engine) == []
    assert held(engine) == 0


def test_a_transaction_that_the_driver_began_cannot_be_begun_again_but_has_savepoints(engine: Engine) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
        with pytest.raises(InvalidRequestError):
            session.begin()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(Word).values(name="one"))
        with session.begin_nested():
            by_driver(session, "two")
        session.commit()
    assert stored(engine) == ["one", "two"]


def test_in_a_transaction_that_the_session_began_the_driver_takes_part(engine: Engine) -> None:
    with DrivenSession(engine) as session, session.begin():
        by_driver(session, "one")
        assert session.get_transaction() is not None
        assert stored(engine) == []
    assert stored(engine) == ["one"]
    with pytest.raises(InterruptedError), DrivenSession(engine) as session, session.begin():
        give_up_after(session, "two")
    assert stored(engine) == ["one"]


def test_after_a_flush_that_failed_nothing_goes_in_before_the_session_is_rolled_back(engine: Engine) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
        session.add(Word(name="one"))
        with pytest.raises(IntegrityError):
            session.flush()
        with pytest.raises(InvalidRequestError):
            by_driver(session, "two")
        session.rollback()
        by_driver(session, "three")
        session.commit()
    assert stored(engine) == ["three"]


@pytest.mark.parametrize("begins_late", [False, True])
@pytest.mark.parametrize("asks", [DrivenSession.driven, DrivenSession.connection])
def test_beginning_to_write_holds_the_store_and_reads_what_it_is_by_then(
    engine: Engine, begins_late: bool, asks: object
) -> None:
    with DrivenSession(engine, begins_late=begins_late) as session:
        asks(session)  # type: ignore[operator]
        assert session.send_to_driver("SELECT name FROM word", ()) == []
        with engine.begin() as other:
            other.execute(insert(Word).values(name="another's"))
        session.begin_writing()
        assert session.send_to_driver("SELECT name FROM word", ()) == [("another's",)]
        with engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=0")
            with pytest.raises(OperationalError, match="locked"):
                other.execute(insert(Word).values(name="too late"))
        by_driver(session, "one")
        session.commit()
    assert stored(engine) == ["another's", "one"]


def test_one_that_begins_late_is_answered_as_of_each_question_until_it_begins(engine: Engine) -> None:
    with DrivenSession(engine, begins_late=True) as session:
        found = []
        for number in range(4):
            session.begins_late = number < 2
            found.append(len(session.send_to_driver("SELECT name FROM word", ())))
            with engine.begin() as other:
                other.execute(insert(Word).values(name=str(number)))
    assert found == [0, 1, 2, 2]


def test_a_commit_that_the_store_refuses_is_told_as_by_every_session_and_stores_nothing(engine: Engine) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
        send_to_driver(session.driven(), "PRAGMA defer_foreign_keys=ON")  # asked at the end, not at the statement
        send_to_driver(session.driven(), "INSERT INTO letter (word) VALUES (?)", ("none",))
        with pytest.raises(IntegrityError) as refused:
            session.commit()
        assert "COMMIT" in str(refused.value)
    assert stored(engine) == []
    assert held(engine) == 0


def test_where_somebody_listens_the_session_begins_itself(engine: Engine) -> None:
    with DrivenSession(engine) as session:
        by_driver(session, "one")
        with counting_statements(engine) as statements:
            session.driven()
            session.connection().execute(text("INSERT INTO word (name) VALUES ('two')"))
        assert len(statements) == 1
        session.commit()
    assert stored(engine) == ["one", "two"]
