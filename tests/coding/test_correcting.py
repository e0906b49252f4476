"""A correction takes every excerpt along in its own row; what cannot go along stays, and says so."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus
from ia_workbench.coding import Coding, Excerpt, Standing
from ia_workbench.corpus import Source
from ia_workbench.kernel import Conflict, Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = """PARENT: They hand you two times and you say yes to one of them.
PARENT: The lady with the clipboard came at noon.
PARENT: I take two buses to get there.
"""


def begin(session: Session, home: Home, actor: Actor, *quotes: str) -> tuple[Source, list[Excerpt]]:
    """Add the source and code these words of it."""
    add_materials(session, home, actor)
    source = add_source(session, home, key="INT-001", text=TEXT)
    return source, [coded(session, home, actor, source, quote) for quote in quotes]


def coded(session: Session, home: Home, actor: Actor, source: Source, quote: str) -> Excerpt:
    revision = corpus.newest_revision(session, source)
    span = coding.find_quote(corpus.text_of(session, revision), quote)
    code = codebook.code_at(session, home.study_id, "barriers")
    return coding.apply_code(session, actor, revision=revision, span=span, code=code).excerpt


def correct(session: Session, actor: Actor, source: Source, *changes: tuple[str, str]) -> coding.Correction:
    """Correct the newest text."""
    text = corpus.text_of(session, corpus.newest_revision(session, source))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return coding.correct_source(session, actor, source=source, text=text)


def test_words_keep_their_row_and_coding_and_each_is_listed_with_what_became_of_it(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (hand, lady, buses) = begin(session, home, ana, "hand you two times", "The lady", "I take two buses")
        guids = {each.guid for each in (hand, lady, buses)}
        made = correct(session, ana, source, ("two times", "three times"), ("The lady with the", "A"))
        assert (made.same, made.changed, made.gone) == (1, 1, 1)
        assert (hand.quote, lady.quote, buses.quote) == ("hand you three times", "The lady", "I take two buses")
        assert hand.revision_id == buses.revision_id == made.revision.id
        assert lady.revision_id == corpus.revision_numbered(session, source, 1).id
        listed = coding.reanchored_by(session, made.revision)
        assert [(each.before, each.after, each.outcome.value, each.codes, each.waits) for each in listed] == [
            ("hand you two times", "hand you three times", "changed", ("barriers",), True),
            ("The lady", None, "orphaned", ("barriers",), True),
            ("I take two buses", "I take two buses", "shifted", ("barriers",), True),
        ]
        assert coding.unsettled_on(session, source) == {hand.id: Standing.CHANGED, lady.id: Standing.GONE}
        assert coding.waiting_by_revision(session, source) == {2: 2}
        assert {each.excerpt.guid for each in session.scalars(select(Coding))} == guids
        assert coding.mismatched_excerpts(session, home.study_id) == []
        assert [each.start for each in coding.marks_on(session, made.revision)] == [hand.start, buses.start]


def test_two_excerpts_never_come_to_stand_on_the_same_words(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (longer, shorter) = begin(session, home, ana, "lady with the clipboard", "with the clipboard")
        made = correct(session, ana, source, ("lady with", "with"))
        assert (shorter.quote, shorter.revision_id) == ("with the clipboard", made.revision.id)
        assert (longer.quote, longer.revision.number) == ("lady with the clipboard", 1)
        assert coding.unsettled_on(session, source) == {longer.id: Standing.GONE}
        assert len(session.scalars(select(Coding)).all()) == 2


def test_words_that_come_back_bring_their_excerpt_back_and_wait_for_a_person(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (lady,) = begin(session, home, ana, "The lady with the clipboard came at noon.")
        correct(session, ana, source, ("PARENT: The lady with the clipboard came at noon.\n", ""))
        correct(session, ana, source, ("two buses", "three buses"))
        assert lady.revision.number == 1
        made = coding.correct_source(session, ana, source=source, text=TEXT)
        assert (lady.revision_id, lady.start) == (made.revision.id, TEXT.index("The lady"))
        assert coding.unsettled_on(session, source) == {lady.id: Standing.CHANGED}
        assert [each.outcome.value for each in coding.reanchored_by(session, made.revision)] == ["moved"]


def test_what_a_person_left_out_stays_out(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (lady,) = begin(session, home, ana, "The lady with the clipboard came at noon.")
        correct(session, ana, source, ("PARENT: The lady with the clipboard came at noon.\n", ""))
        coding.leave_out(session, ana, excerpt=lady, seen=lady.sha256)
        coding.correct_source(session, ana, source=source, text=TEXT)
        assert lady.revision.number == 1
        assert coding.unsettled_on(session, source) == {lady.id: Standing.GONE}


def test_a_text_that_was_corrected_is_coded_no_more(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, _ = begin(session, home, ana)
        first = revision_of(session, source)
        correct(session, ana, source, ("two buses", "three buses"))
        code = codebook.code_at(session, home.study_id, "barriers")
        with pytest.raises(Conflict, match="corrected after you opened it"):
            coding.apply_code(session, ana, revision=first, span=Span(8, 12), code=code)
        with pytest.raises(Conflict, match="corrected after you opened it"):
            coding.excerpt_of(session, ana, revision=first, span=Span(8, 12))
        assert coding.excerpt_of(session, ana, revision=first, span=Span(8, 12), allow_earlier=True).quote == "They"


def test_a_withdrawn_source_shows_no_words_of_its_corrections(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, _ = begin(session, home, ana, "I take two buses")
        made = correct(session, ana, source, ("two buses", "three buses"))
        corpus.withdraw_source(session, ana, source=source, reason="Asked to.")
        session.flush()
        assert coding.reanchored_by(session, made.revision) == []
        with pytest.raises(Refused, match="withdrawn"):
            coding.correct_source(session, ana, source=source, text=TEXT)
