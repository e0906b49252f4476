"""Labels of one speaker become one by a correction that takes everything along, and come back by another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Source, SourceKind, SourceRecord
from ia_workbench.corpus.joining import relabelled
from ia_workbench.kernel import Conflict, NotFound, Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import add_materials

TALK = """Ms. Ortiz: I take two buses.
WORKER: When?
Ortiz: At six. Ortiz is my name.
WORKER: And back?
Ms. Ortiz: The last one is at nine.
Ortiz: And then I walk.
"""
PEOPLE = (("P-01", "Ortiz"), ("P-02", "WORKER"))


def taken_in(
    session: Session, home: Home, actor: Actor, text: str = TALK, speakers: tuple[tuple[str, str], ...] = PEOPLE
) -> Source:
    add_materials(session, home, actor)
    record = SourceRecord(SourceKind.INTERVIEW, "parent", participants=("P-01", "P-02"), speakers=speakers)
    file = corpus.read_file("talk.txt", text.encode())
    found = corpus.find_turns(file.text)
    return corpus.import_source(session, actor, study_id=home.study_id, record=record, file=file, found=found)


def speakers_of(session: Session, source: Source) -> list[str | None]:
    return [each.speaker for each in corpus.turns_of(session, corpus.newest_revision(session, source))]


def newest_text(session: Session, source: Source) -> str:
    return corpus.text_of(session, corpus.newest_revision(session, source))


def coded(session: Session, home: Home, actor: Actor, source: Source, quote: str) -> Excerpt:
    revision = corpus.newest_revision(session, source)
    start = corpus.text_of(session, revision).index(quote)
    code = codebook.code_at(session, home.study_id, "barriers")
    span = Span(start, start + len(quote))
    return coding.apply_code(session, actor, revision=revision, span=span, code=code).excerpt


def labels_in_the_record(session: Session, source: Source) -> dict[str, str | None]:
    session.flush()
    session.expire(source)
    return {link.participant.key: link.speaker for link in source.participant_links}


def test_joined_labels_are_one_and_what_was_said_and_coded_stays_as_it_is(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home, ana)
        excerpt = coded(session, home, ana, source, "At six. Ortiz is my name.")
        made = coding.join_speakers(session, ana, source=source, labels={"Ortiz", "Ms. Ortiz"}, into="Ms. Ortiz")
        assert (made.same, made.changed, made.gone) == (1, 0, 0)
        assert speakers_of(session, source) == ["Ms. Ortiz", "WORKER"] * 2 + ["Ms. Ortiz"] * 2
        assert newest_text(session, source) == TALK.replace("\nOrtiz:", "\nMs. Ortiz:")
        assert excerpt.quote == "At six. Ortiz is my name." == newest_text(session, source)[excerpt.start : excerpt.end]
        assert labels_in_the_record(session, source) == {"P-01": "Ms. Ortiz", "P-02": "WORKER"}
        assert corpus.joined_by(session, made.revision) == {3: "Ortiz", 6: "Ortiz"}


def test_splitting_puts_the_labels_back_and_the_record_no_longer_guesses(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home, ana)
        made = coding.join_speakers(session, ana, source=source, labels={"Ortiz", "Ms. Ortiz"}, into="Ms. Ortiz")
        coding.split_speakers(session, ana, source=source, revision=made.revision)
        assert newest_text(session, source) == TALK
        assert labels_in_the_record(session, source) == {"P-01": None, "P-02": "WORKER"}


def test_splitting_leaves_later_corrections_and_labels_that_were_changed_since(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home, ana)
        made = coding.join_speakers(session, ana, source=source, labels={"Ortiz", "Ms. Ortiz"}, into="Ms. Ortiz")
        later = newest_text(session, source).replace("two buses", "three buses")
        later = later.replace("Ms. Ortiz: And then I walk.", "WORKER: And then I walk.")
        coding.correct_source(session, ana, source=source, text=later)
        coding.split_speakers(session, ana, source=source, revision=made.revision)
        assert "three buses" in newest_text(session, source)
        assert speakers_of(session, source) == ["Ms. Ortiz", "WORKER", "Ortiz", "WORKER", "Ms. Ortiz", "WORKER"]
        with pytest.raises(Refused, match="No turn has the label any more"):
            coding.split_speakers(session, ana, source=source, revision=made.revision)


def test_what_cannot_be_joined_is_refused_and_nothing_is_changed(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home, ana)
        before = corpus.newest_revision(session, source)
        with pytest.raises(Refused, match="P-01, P-02 speak under these labels"):
            coding.join_speakers(session, ana, source=source, labels={"Ortiz", "WORKER"}, into="WORKER")
        with pytest.raises(NotFound, match="Nobody speaks as Quartz"):
            coding.join_speakers(session, ana, source=source, labels={"Ortiz", "Quartz"}, into="Ortiz")
        with pytest.raises(Refused, match="at least two labels"):
            coding.join_speakers(session, ana, source=source, labels={"Ortiz"}, into="Ortiz")
        with pytest.raises(Conflict):
            coding.join_speakers(
                session, ana, source=source, labels={"Ortiz", "Ms. Ortiz"}, into="Ortiz", seen="0" * 64
            )
        with pytest.raises(Refused, match="joined no labels"):
            coding.split_speakers(session, ana, source=source, revision=before)
        assert corpus.newest_revision(session, source).id == before.id
        assert labels_in_the_record(session, source) == {"P-01": "Ortiz", "P-02": "WORKER"}


def test_a_correction_of_words_is_no_joining(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = taken_in(session, home, ana)
        text = newest_text(session, source).replace("\nOrtiz:", "\nMs. Ortiz:").replace("two buses", "three buses")
        made = coding.correct_source(session, ana, source=source, text=text)
        assert corpus.joined_by(session, made.revision) == {}


NAMES = st.sampled_from(["Ms. Ortiz", "Ortiz", "P 3", "P3", "WORKER", "José Núñez"])
SPEECH = st.sampled_from(["Yes.", "Ortiz said P3: so", "I… don’t know", "两 buses 🚌"])


@given(st.lists(st.tuples(NAMES, SPEECH), min_size=2, max_size=12), NAMES, st.data())
def test_other_labels_change_nothing_that_was_said(said: list[tuple[str, str]], into: str, data: st.DataObject) -> None:
    text = "".join(f"{name}: {speech}\n" for name, speech in said)
    turns = corpus.find_turns(text, "name-colon").turns
    chosen = data.draw(st.sets(st.sampled_from([turn.number for turn in turns])))
    made = relabelled(text, turns, dict.fromkeys(chosen, into))
    again = corpus.find_turns(made, "name-colon").turns
    assert [made[turn.speech_start : turn.end] for turn in again] == [
        text[turn.speech_start : turn.end] for turn in turns
    ]
    assert [turn.speaker for turn in again] == [into if turn.number in chosen else turn.speaker for turn in turns]
