"""A Word file with comments, tracked changes and a picture, as one comes back from a transcriber."""

from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import ReadFile, Source, SourceKind, SourceRecord
from tests.support.homes import Home
from tests.support.word_files import comment, commented, deleted, inserted, paragraph, word_file, word_part

PICTURE = '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'
BODY = (
    paragraph("INTERVIEWER: What did you do?")
    + paragraph("P: I called ", commented("the court", 1), ", ", deleted("always"), inserted("twice"), ", and waited.")
    + paragraph("INTERVIEWER: And ", commented("then", 2), "?")
    + paragraph("P: Then she asked me to wait.", PICTURE)
)
AUTHOR = "Marta Reyes"
COMMENTS = word_part("comments", comment(1, "Which one?", AUTHOR) + comment(2, "Check the audio.", AUTHOR))


def commented_bytes() -> bytes:
    """The file's bytes."""
    return word_file(BODY, comments=COMMENTS)


def commented_file() -> ReadFile:
    """The file as it is read: two comments, a deletion, an insertion and a picture."""
    return corpus.read_file("talk.docx", commented_bytes())


def take_in(home: Home, session: Session, file: ReadFile | None = None) -> Source:
    """Take it in as a source, as Ana."""
    read = file or commented_file()
    return corpus.import_source(
        session,
        home.actor("ana"),
        study_id=home.study_id,
        record=SourceRecord(SourceKind.INTERVIEW, "parent"),
        file=read,
        found=corpus.find_turns(read.text),
    )
