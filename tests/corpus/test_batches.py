"""Batches: what was brought is stored, read one after another, and never half in."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from ia_workbench import corpus
from ia_workbench.corpus import (
    BroughtFile,
    ImportBatch,
    ImportedFile,
    ImportState,
    LookAt,
    PendingImport,
    SourceKind,
    SourceRecord,
)
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from tests.support import Home
from tests.support.counting import counting_statements

RECORD = SourceRecord(SourceKind.INTERVIEW, "parent", collectors=("ana",))
TALK = "INTERVIEWER: What happened?\nP: I waited.\nINTERVIEWER: How long?\nP: {}.\n"


def talk(words: str) -> bytes:
    """A talk that ends in these words."""
    return TALK.format(words).encode()


def start(home: Home, *files: BroughtFile, by: str = "ana") -> ImportBatch:
    """Bring files."""
    with home.session(home.actor(by)) as session:
        return corpus.start_batch(session, home.actor(by), study_id=home.study_id, files=files)


def brought(name: str, content: bytes, record: SourceRecord = RECORD) -> BroughtFile:
    """A file with a record."""
    return BroughtFile(name, content, record)


def read_next(home: Home, batch: ImportBatch) -> bool:
    """Read the next file, as whoever works through batches does; False where none is left."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        following = corpus.next_brought(session, batch)
        if following is None:
            return False
        assert following.content is not None
        try:
            file = corpus.read_file(following.name, following.content)
            found = corpus.find_turns(file.text)
            corpus.keep_brought(session, ana, brought=following, file=file, found=found)
        except Refused as refusal:
            corpus.refuse_brought(session, ana, brought=following, refusal=refusal)
    return True


def read_all(home: Home, batch: ImportBatch) -> list[corpus.BatchFile]:
    """Read every file, and return what came of each."""
    while read_next(home, batch):
        pass
    return files_of(home, batch)


def files_of(home: Home, batch: ImportBatch) -> list[corpus.BatchFile]:
    """What came of each file so far."""
    with home.session(home.actor("ana"), writes=False) as session:
        return corpus.files_of_batch(session, corpus.import_batch(session, home.study_id, batch.guid))


def test_each_file_is_read_past_a_bad_one_and_nothing_is_a_source_before_it_is_accepted(home: Home) -> None:
    batch = start(home, brought("a.txt", talk("Days")), brought("bad.txt", b""), brought("c.txt", talk("Weeks")))
    assert [each.state for each in files_of(home, batch)] == [ImportState.QUEUED] * 3
    files = read_all(home, batch)
    assert [each.state for each in files] == [ImportState.WAITING, ImportState.REFUSED, ImportState.WAITING]
    assert str(Refused(files[1].row.sentence or "", **files[1].row.facts)) == "bad.txt is empty."
    with home.session(home.actor("ana")) as session:
        assert corpus.sources(session, home.study_id) == []
        again = corpus.import_batch(session, home.study_id, batch.guid)
        assert again.finished_at is not None
        kept = select(func.count(ImportedFile.id)).where(ImportedFile.content.is_not(None))
        assert session.scalars(kept).one() == 0, "bytes of files that were read are let go of"


def test_a_batch_is_stored_without_being_read_and_is_taken_up_again(home: Home) -> None:
    batch = start(home, brought("a.txt", talk("Days")), brought("b.txt", talk("Weeks")))
    assert read_next(home, batch)
    with home.session(home.actor("ana"), writes=False) as session:
        assert [each.guid for each in corpus.unfinished_batches(session)] == [batch.guid]
    assert [each.state for each in read_all(home, batch)] == [ImportState.WAITING, ImportState.WAITING]
    with home.session(home.actor("ana"), writes=False) as session:
        assert corpus.unfinished_batches(session) == []


def test_the_same_bytes_are_told_whether_they_are_a_source_or_wait_or_come_twice_at_once(home: Home) -> None:
    first = start(home, brought("a.txt", talk("Days")), brought("twice.txt", talk("Days")))
    files = read_all(home, first)
    assert [each.state for each in files] == [ImportState.WAITING, ImportState.SAME]
    assert files[1].pending == files[0].pending
    with home.session(home.actor("ana")) as session:
        pending = corpus.pending_imports(session, home.study_id)[0]
        source = corpus.accept_import(session, home.actor("ana"), pending=pending)
    settled = files_of(home, first)
    assert [each.state for each in settled] == [ImportState.TAKEN, ImportState.SAME]
    assert [each.source and each.source.key for each in settled] == [source.key, source.key]
    again = read_all(home, start(home, brought("other name.txt", talk("Days"))))
    assert [(each.state, each.source and each.source.key) for each in again] == [(ImportState.SAME, source.key)]
    with home.session(home.actor("ana")) as session:
        assert len(corpus.sources(session, home.study_id)) == 1


def test_a_file_that_was_read_meanwhile_is_left_alone(home: Home) -> None:
    batch = start(home, brought("a.txt", talk("Days")))
    ana = home.actor("ana")
    file = corpus.read_file("a.txt", talk("Days"))
    found = corpus.find_turns(file.text)
    with home.session(ana) as session:
        row = corpus.next_brought(session, batch)
        assert row is not None
        number = row.id
    for _ in range(2):  # as two servers over one home would
        with home.session(ana) as session:
            row = corpus.brought_numbered(session, number)
            assert row is not None
            state = corpus.keep_brought(session, ana, brought=row, file=file, found=found)
            assert state is ImportState.WAITING
            corpus.refuse_brought(session, ana, brought=row, refusal=Refused("No."))
            assert row.state is ImportState.WAITING
    with home.session(ana) as session:
        assert session.scalars(select(func.count(PendingImport.id))).one() == 1


def test_cancelling_lets_go_of_what_was_not_read_and_keeps_what_waits(home: Home) -> None:
    batch = start(home, brought("a.txt", talk("Days")), brought("b.txt", talk("Weeks")))
    read_next(home, batch)
    with home.session(home.actor("ana")) as session:
        there = corpus.import_batch(session, home.study_id, batch.guid)
        assert corpus.cancel_batch(session, home.actor("ana"), batch=there) == 1
    assert [each.state for each in files_of(home, batch)] == [ImportState.WAITING, ImportState.DISCARDED]
    assert not read_next(home, batch)
    with home.session(home.actor("ana")) as session:
        kept = select(func.count(ImportedFile.id)).where(ImportedFile.content.is_not(None))
        assert session.scalars(kept).one() == 0


def test_a_wrong_record_refuses_its_file_alone_and_too_many_files_refuse_all(home: Home) -> None:
    wrong = replace(RECORD, office="Nowhere")
    batch = start(home, brought("a.txt", talk("Days"), wrong), brought("b.txt", talk("Weeks")))
    assert [each.state for each in files_of(home, batch)] == [ImportState.REFUSED, ImportState.QUEUED]
    with pytest.raises(Refused, match="at most 2000"):
        start(home, *[brought("a.txt", b"x")] * (corpus.MOST_FILES + 1))
    with pytest.raises(Refused, match="Choose at least one file"):
        start(home)
    big = start(home, brought("big.txt", b"x" * (corpus.LARGEST_FILE + 1)))
    assert "larger than 50 MB" in (files_of(home, big)[0].row.sentence or "")


def test_only_whoever_may_change_evidence_brings_files_and_another_study_is_not_found(home: Home) -> None:
    with pytest.raises(NotFound):
        start(home, brought("a.txt", b"x"), by="omar")
    with pytest.raises((NotAllowed, NotFound)):
        start(home, brought("a.txt", b"x"), by="ada")


def test_reasons_to_look_are_told_and_plain_files_have_none(home: Home) -> None:
    labels = b"P3: Yes.\nI: And?\nP 3: No.\nI: So?\nP3: So.\nP 3: Yes.\n"
    batch = start(
        home,
        brought("plain.txt", talk("Days")),
        brought("like.md", TALK.format("days").upper().replace("\n", "\n\n").encode()),
        brought("labels.txt", labels),
        brought("nobody.txt", b"The desk opens at nine.\n\nThen it closes.\n"),
        brought("whose.txt", talk("Years"), replace(RECORD, standpoint="text", collectors=())),
        brought("page.txt", talk("A page\x0cbreak")),
        brought("text.txt", b"Section 1. Visits.\n\nSection 2. Forms.\n",
                replace(RECORD, kind=SourceKind.INSTITUTIONAL_TEXT, standpoint="text")),
    )  # fmt: skip
    found = {each.row.name: each.look_at for each in read_all(home, batch)}
    assert found == {
        "plain.txt": (LookAt.SAME_WORDS,),
        "like.md": (LookAt.SAME_WORDS,),
        "labels.txt": (LookAt.LABELS,),
        "nobody.txt": (LookAt.NO_SPEAKER,),
        "whose.txt": (LookAt.STANDPOINT, LookAt.COLLECTOR),
        "page.txt": (LookAt.CHANGED,),
        "text.txt": (),
    }


def test_the_report_takes_as_many_queries_for_many_files_as_for_two_and_loads_no_words(home: Home) -> None:
    counts = []
    for size in (2, 12):
        files = (brought(f"{size}-{each}.txt", talk(f"{size} {each}")) for each in range(size))
        batch = start(home, *files)
        read_all(home, batch)
        with counting_statements(home.evidence) as statements:
            files_of(home, batch)
        counts.append(len(statements))
        assert "pending_import.text" not in str(statements)
        assert ".content" not in str(statements)
    assert counts[0] == counts[1]


def test_the_record_of_a_file_that_waits_can_be_changed_and_a_wrong_one_is_refused(home: Home) -> None:
    batch = start(home, brought("a.txt", talk("Days")))
    read_all(home, batch)
    ana = home.actor("ana")
    with home.session(ana) as session:
        pending = corpus.pending_imports(session, home.study_id)[0]
        corpus.describe_import(session, ana, pending=pending, record=replace(RECORD, case="C-04", office="North"))
        with pytest.raises(Refused, match="no office"):
            corpus.describe_import(session, ana, pending=pending, record=replace(RECORD, office="Nowhere"))
        source = corpus.accept_import(session, ana, pending=pending)
        assert source.office == "North"
        assert source.case is not None
        assert source.case.key == "C-04"
