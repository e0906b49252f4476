"""Several coders at the same moment: nobody is turned away, nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection, event, func, insert, select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision
from ia_workbench.database import Store
from ia_workbench.kernel import Span, digest_of
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source

CODERS = ("ana", "ben", "carla", "ines")
SPANS = [Span(start, start + 5) for start in range(0, 40, 5)]


def code_everything(home: Home, username: str) -> None:
    """Code every span as one coder, in one transaction each, and the first of them twice."""
    actor = home.actor(username)
    for span in (*SPANS, SPANS[0]):
        with home.session(actor) as session:
            revision = session.scalars(select(Revision)).one()
            code = codebook.code_at(session, home.study_id, "barriers")
            coding.apply_code(session, actor, revision=revision, span=span, code=code)


def test_four_coders_code_the_same_words_at_once(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text="PARENT: We waited for the bus again and again.")
    with ThreadPoolExecutor(len(CODERS)) as pool:
        for done in [pool.submit(code_everything, home, username) for username in CODERS]:
            done.result()
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        assert session.scalar(select(func.count(Excerpt.id))) == len(SPANS)
        assert session.scalar(select(func.count(Coding.id))) == len(SPANS) * len(CODERS)
        assert coding.mismatched_excerpts(session, home.study_id) == []


def test_an_excerpt_that_another_coder_makes_after_it_was_looked_for_is_taken(home: Home) -> None:
    """A store whose writers do not wait for each other shows it so: not there when asked, there when written."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text="PARENT: We waited for the bus again and again.")
    with home.session(ana) as session:
        revision = session.scalars(select(Revision)).one()
        made = _made_by_another_after_the_look(session, revision, SPANS[2])
        mine = coding.apply_at(
            session,
            ana,
            study_key="cedar",
            source_key="INT-001",
            revision=1,
            span=SPANS[2],
            path="barriers",
            request="once",
            expected_quote=SPANS[2].of(revision.text),
        )
        assert len(made) == 1
        assert mine is not None
        assert session.get_one(Coding, mine.id).excerpt_id == made[0]
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        assert session.scalars(select(Excerpt.id)).all() == made
        assert session.scalar(select(func.count(Coding.id))) == 1


def _made_by_another_after_the_look(session: Session, revision: Revision, span: Span) -> list[int]:
    """Put the excerpt into the store when its first look-up has found nothing; return its number once it is there."""
    made: list[int] = []
    words = span.of(revision.text)
    row = {"study_id": revision.study_id, "revision_id": revision.id, "start": span.start, "end": span.end}
    connection = session.connection()

    def looked(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if made or not (statement.startswith("SELECT") and "JOIN excerpt" in statement):
            return
        made.append(0)  # what is done here asks the store as well
        another = insert(Excerpt).values(**row, quote=words, sha256=digest_of(words)).returning(Excerpt.id)
        made[0] = connection.execute(another).scalar_one()

    event.listen(connection, "after_cursor_execute", looked)
    return made
