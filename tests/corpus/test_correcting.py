"""Correcting a text: a further revision with its turns, edits and anchors; what stood there stays."""

from dataclasses import asdict, replace

import pytest
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import Anchor, AnchorKind, Revision, RevisionKind, Source, SourceKind, SourceRecord
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused, digest_of
from tests.support import Home
from tests.support.sources import add_revision

RECORD = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent", office="North", collectors=("ana",))
TALK = "P: They hand you two times.\nINTERVIEWER: And then?\nP: Then you take one. 😀\n"
BETTER = "P: They hand you three times.\nINTERVIEWER: And then?\nP: Then you take one. 😀\nP: Or none.\n"


def taken_in(session: Session, home: Home, text: str = TALK, convention: str | None = None) -> Source:
    file = replace(
        corpus.read_file("parent.txt", text.encode()),
        anchors=(Anchor(0, AnchorKind.PAGE, "1"), Anchor(28, AnchorKind.PAGE, "2")),
    )
    found = corpus.find_turns(file.text, convention)
    actor = home.actor("ana")
    return corpus.import_source(session, actor, study_id=home.study_id, record=RECORD, file=file, found=found)


def masked(session: Session, source: Source, number: int) -> Revision:
    """Add a masked revision, as masking does."""
    made = add_revision(session, source, "P: They hand you [number] times.", number=number)
    made.kind = RevisionKind.MASKED
    session.flush()
    return made


def test_a_correction_is_a_further_revision_and_the_first_text_stays(home: Home) -> None:
    ben = home.actor("ben")
    with home.session(home.actor("ana")) as session:
        taken_in(session, home)
    with home.session(ben) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        made = corpus.correct_source(
            session, ben, source=source, text=BETTER.replace("\n", "\r\n"), note=" Heard again. ", seen=digest_of(TALK)
        )
        assert (made.number, made.kind) == (2, RevisionKind.CORRECTED)
        assert (made.created_by, made.note) == ("ben", "Heard again.")
        assert (corpus.text_of(session, made), made.length, made.sha256) == (BETTER, len(BETTER), digest_of(BETTER))
        first = corpus.revision_numbered(session, source, 1)
        assert corpus.text_of(session, first) == TALK
        assert made.based_on_id == first.id
        assert corpus.newest_revision(session, source) == made
        assert [turn.speaker for turn in corpus.turns_of(session, made)] == ["P", "INTERVIEWER", "P", "P"]
        assert [each["at"] for each in made.anchors] == [0, 30]
        assert [asdict(each) for each in corpus.edits_of(made)] == made.edits
        assert corpus.turns_by_source(session, home.study_id) == {source.id: 4}


def test_turns_are_found_by_the_convention_that_someone_chose(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        source = taken_in(session, home, convention="paragraphs")
        made = corpus.correct_source(session, home.actor("ana"), source=source, text=BETTER)
        assert {turn.speaker for turn in corpus.turns_of(session, made)} == {None}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TALK, "is the same as before"),
        (" \n", "holds no words"),
        (BETTER + "\x00", "characters that no store can keep"),
    ],
)
def test_what_is_no_correction_is_refused(home: Home, text: str, why: str) -> None:
    with home.session(home.actor("ana")) as session:
        source = taken_in(session, home)
        with pytest.raises(Refused, match=why):
            corpus.correct_source(session, home.actor("ana"), source=source, text=text)
        assert len(corpus.revisions_of(session, source)) == 1


def test_who_edited_a_text_that_was_corrected_meanwhile_is_told(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home)
        corpus.correct_source(session, ana, source=source, text=BETTER, seen=digest_of(TALK))
        with pytest.raises(Conflict, match="corrected by someone else"):
            corpus.correct_source(session, ana, source=source, text=BETTER + "P: No.", seen=digest_of(TALK))


def test_a_withdrawn_source_cannot_be_corrected(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home)
        corpus.withdraw_source(session, ana, source=source, reason="Asked to.")
        session.flush()
        with pytest.raises(Refused, match="withdrawn"):
            corpus.correct_source(session, ana, source=source, text=BETTER)


def test_a_masked_text_is_never_the_newest_one_and_a_correction_is_made_of_the_raw_text(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home)
        first = corpus.newest_revision(session, source)
        masked(session, source, 2)
        assert corpus.newest_revision(session, source) == first
        assert corpus.newest_revision_at(session, home.study_id, "INT-001") == first
        assert corpus.is_newest(session, first)
        assert corpus.turns_by_source(session, home.study_id) == {source.id: 3}
        made = corpus.correct_source(session, ana, source=source, text=BETTER, seen=first.sha256)
        assert (made.number, made.based_on_id) == (3, first.id)
        assert not corpus.is_newest(session, first)
        assert [each.number for each in corpus.raw_revisions(session, source)] == [1, 3]
        assert [each.number for each in corpus.revisions_of(session, source)] == [1, 2, 3]
        assert made.created_at == moment_of(session)
