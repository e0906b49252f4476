"""Several coders at the same moment: nobody is turned away, nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from ia_workbench import codebook, coding
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision
from ia_workbench.database import Store
from ia_workbench.kernel import Span
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
