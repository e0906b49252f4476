"""Invented talks of several speakers: a source in which the words of each stand in nobody else's turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from sqlalchemy.orm import Session

from ia_workbench import coding, corpus
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import ConsentScope, Source, SourceKind, SourceRecord
from ia_workbench.kernel import Span, digest_of
from ia_workbench.privacy import Actor

PEOPLE = (("P-21", "ROSE"), ("P-22", "LUZ"), ("P-23", "MARA"))


@dataclass(frozen=True)
class Talk:
    """A talk as written: its text, and for each turn who speaks and where it stands, label and all."""

    text: str
    turns: tuple[tuple[str, Span], ...]

    def of(self, label: str) -> list[Span]:
        """Where somebody speaks."""
        return [span for who, span in self.turns if who == label]

    def words_of(self, label: str) -> set[str]:
        """The words that only one of them says, with the label."""
        return {word.strip(".:") for span in self.of(label) for word in span.of(self.text).split()}


def talk_of(speakers: Sequence[tuple[str, int]]) -> Talk:
    """Return a talk in which these labels speak in turn, each so many words that nobody says twice."""
    numbers = count(100)
    pieces, turns, at = [], [], 0
    for label, words in speakers:
        said = " ".join(f"{label.lower()}{next(numbers)}" for _ in range(words))
        line = f"{label}: {said}."
        turns.append((label, Span(at, at + len(line))))
        pieces.append(line + "\n")
        at += len(line) + 1
    return Talk("".join(pieces), tuple(turns))


def take_in(
    session: Session, actor: Actor, study_id: int, text: str, *, key: str = "GRP-01", labelled: bool = True
) -> Source:
    """Take a talk in as a focus group of three; without labels in the register unless `labelled`."""
    file = corpus.read_file("group.txt", text.encode())
    people = tuple(key for key, _label in PEOPLE)
    record = SourceRecord(
        SourceKind.FOCUS_GROUP,
        "parent",
        key,
        participants=people,
        speakers=PEOPLE if labelled else (),
        consent=ConsentScope.QUOTE_TO_BODY,
    )
    found = corpus.find_turns(file.text, "name-colon")
    return corpus.import_source(session, actor, study_id=study_id, record=record, file=file, found=found)


def excerpt(session: Session, source: Source, span: Span) -> Excerpt:
    """Add an excerpt of a source's newest text."""
    revision = corpus.newest_revision(session, source)
    words = span.of(corpus.stored_text(session, revision))
    place = {"start": span.start, "end": span.end, "quote": words, "sha256": digest_of(words)}
    row = coding.Excerpt(study_id=source.study_id, revision_id=revision.id, **place)
    session.add(row)
    session.flush()
    return row
