"""Any sequence of coding and removing leaves every quote equal to its slice and nothing twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: Dos autobuses 👩‍👧‍👦, e\u0323\u0302t\u00e9 \U0001d11e… y luego caminar."
PATHS = ("barriers", "barriers/transport", "barriers/hours", "barriers-met")
Step = tuple[bool, int, int, str, str]
STEPS = st.lists(
    st.tuples(
        st.booleans(),
        st.integers(0, 20),
        st.integers(1, 20),
        st.sampled_from(PATHS),
        st.sampled_from(["ana", "ben"]),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_quotes_equal_their_slices_and_nothing_is_there_twice(home: Home, steps: list[Step]) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        if not codebook.codes(session, home.study_id):
            add_materials(session, home, ana)
        key = f"INT-{len(session.scalars(select(Revision)).all()) + 1:03d}"
        revision = revision_of(session, add_source(session, home, key=key, text=TEXT))
        expected = walk(session, home, revision, steps)
        made = coding.codings_on(session, revision)
        assert {
            (each.excerpt.start, each.excerpt.end, each.code.path, each.coder.username) for each in made
        } == expected
        assert len(made) == len(expected)
        assert_excerpts_are_sound(session, home, revision)


def walk(session: Session, home: Home, revision: Revision, steps: list[Step]) -> set[tuple[int, int, str, str]]:
    """Take the steps and return what must be coded afterwards, kept by a set beside the database."""
    actors = {username: home.actor(username) for username in ("ana", "ben")}
    expected: set[tuple[int, int, str, str]] = set()
    for applies, start, length, path, username in steps:
        span = Span(start, start + length)
        if applies:
            code = codebook.code_at(session, home.study_id, path)
            if not span.of(TEXT).strip():
                with pytest.raises(Refused, match="holds only space"):
                    coding.apply_code(session, actors[username], revision=revision, span=span, code=code)
                continue
            expected.add((span.start, span.end, path, username))
            coding.apply_code(session, actors[username], revision=revision, span=span, code=code)
        else:
            expected.discard((span.start, span.end, path, username))
            remove(session, actors[username], revision, span, path)
    return expected


def remove(session: Session, actor: Actor, revision: Revision, span: Span, path: str) -> None:
    for each in coding.codings_on(session, revision):
        if (each.excerpt.start, each.excerpt.end, each.code.path, each.coder_id) == (
            span.start,
            span.end,
            path,
            actor.account_id,
        ):
            coding.remove_coding(session, actor, coding=each)


def assert_excerpts_are_sound(session: Session, home: Home, revision: Revision) -> None:
    session.expire_all()
    text = revision.text
    excerpts = session.scalars(select(Excerpt).where(Excerpt.revision_id == revision.id)).all()
    assert all(each.quote == text[each.start : each.end] for each in excerpts)
    assert len({(each.start, each.end) for each in excerpts}) == len(excerpts)
    assert coding.mismatched_excerpts(session, home.study_id) == []
    assert all(each.study_id == home.study_id for each in (*excerpts, *session.scalars(select(Coding))))
