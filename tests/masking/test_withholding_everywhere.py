"""Whatever a source came with, no row that anybody reads names who made a report once that is withheld."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, masking
from ia_workbench.corpus import BroughtFile, ImportedFile, Source, SourceKind, SourceRecord
from ia_workbench.database import EvidenceBase
from ia_workbench.kernel import Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.masking import decide_all, make
from tests.support.materials import add_materials
from tests.support.word_files import comment, commented, paragraph, word_file, word_part

NAME = "Quillfeather"
BODY = (
    paragraph("INTERVIEWER: Who called the hotline?")
    + paragraph(f"P: Ms. {NAME} did, ", commented("my neighbor", 1), ", on Monday.")
    + paragraph("INTERVIEWER: And then?")
    + paragraph(f"P: {NAME}'s car was there. Nobody else came.")
)
COMMENTS = word_part("comments", comment(1, f"{NAME} of Elm Street?", f"Ed {NAME}"))
CLOSED = {("revision", "text"), ("source_file", "content")}  # kept for whoever must answer a court, read by nobody


def brought_in(session: Session, home: Home, ana: Actor) -> Source:
    """A source that came in a batch, from a folder and a file named after who reported."""
    name = f"calls by {NAME}/{NAME} interview.docx"
    content = word_file(BODY, comments=COMMENTS)
    record = SourceRecord(SourceKind.INTERVIEW, "parent", title=f"About {NAME}", collectors=("ana",))
    files = [BroughtFile(name, content, record), BroughtFile(f"{NAME} again.docx", content, record)]
    batch = corpus.start_batch(session, ana, study_id=home.study_id, files=files)
    for _each in files:
        following = corpus.next_brought(session, batch)
        assert following is not None
        file = corpus.read_file(following.name, content)
        corpus.keep_brought(session, ana, brought=following, file=file, found=corpus.find_turns(file.text))
    [waiting] = corpus.pending_imports(session, home.study_id)
    return corpus.accept_import(session, ana, pending=waiting)


def rows_with(session: Session, word: str) -> Iterator[tuple[str, str, str]]:
    """Yield table, column and value of everything in the store that holds a word."""
    session.flush()
    for table in EvidenceBase.metadata.sorted_tables:
        for row in session.connection().execute(select(table)).mappings():
            yield from ((table.name, name, str(value)) for name, value in row.items() if word in f"{value!s}")


def test_no_row_but_the_closed_text_and_file_names_who_reported(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        source = brought_in(session, home, ana)
        coding.take_comments(session, ana, source=source, with_authors=True)
        decide_all(session, ana, source)
        make(session, ana, source)
        assert {("imported_file", "name"), ("memo", "words"), ("source_file", "changes"), ("mark", "words")} <= {
            (table, column) for table, column, _value in rows_with(session, NAME)
        }
        words = corpus.text_of(session, corpus.newest_revision(session, source))
        start = words.index(NAME)
        masking.withhold_reporter(session, ana, source=source, spans=[Span(start, start + len(NAME))])
        assert [each for each in rows_with(session, NAME) if each[:2] not in CLOSED] == []


def test_a_file_of_that_name_that_was_refused_before_tells_it_no_more_and_others_stay(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        record = SourceRecord(SourceKind.INTERVIEW, "parent")
        refusal = Refused("{name} is empty.", name=f"{NAME} interview.docx")
        first = [
            BroughtFile(f"{NAME} interview.docx", b"", record, refusal),
            BroughtFile("b.txt", b"", record, refusal),
        ]
        corpus.start_batch(session, ana, study_id=home.study_id, files=first)
        source = brought_in(session, home, ana)
        start = corpus.text_of(session, corpus.newest_revision(session, source)).index(NAME)
        masking.withhold_reporter(session, ana, source=source, spans=[Span(start, start + len(NAME))])
        files = session.scalars(select(ImportedFile).order_by(ImportedFile.id)).all()
        assert [each.name for each in files] == ["INT-001.docx", "b.txt", "INT-001.docx", "INT-001.docx"]
        assert files[0].facts == {"name": "[reporter] interview.docx"}
