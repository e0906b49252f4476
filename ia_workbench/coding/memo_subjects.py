"""What a memo can be about, as one value: a source, a turn, exact words, a code, a step or passage, a finding."""

import uuid
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding.models import Excerpt
from ia_workbench.coding.operations import excerpt_at, refuse_corrected
from ia_workbench.coding.rules import MemoAbout
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.kernel import NotFound, Refused, Span

WITHDRAWN = "{key} was withdrawn: nothing more may be noted of it."


class Keyed(Protocol):
    """A step or passage of the map."""

    study_id: int
    key: str


class Found(Protocol):
    """A finding, which is of a room above."""

    study_id: int
    guid: uuid.UUID


@dataclass(frozen=True)
class Subject:
    """What a memo is about. `revision` and `span` (code points) are the words of a turn or an excerpt; `thing` names a
    code or a finding by GUID, a step or passage by key.
    """

    about: MemoAbout
    study_id: int
    source: Source | None = None
    revision: Revision | None = None
    span: Span | None = None
    thing: str | None = None

    def excerpt(self, session: Session, *, allow_earlier: bool = False) -> Excerpt | None:
        """Return the excerpt that a memo on a turn or on words hangs on, cut out if nobody has yet.

        Refuses a withdrawn source, a span past the text or of space alone. Raises NotFound for a revision of another
        source, Conflict for a text that was corrected since.
        """
        if self.source is not None and self.source.is_withdrawn:
            raise Refused(WITHDRAWN, key=self.source.key)
        if self.source is None or self.revision is None or self.span is None:
            return None
        if self.revision.source_id != self.source.id:
            raise NotFound("{key} has no revision {number}.", key=self.source.key, number=self.revision.number)
        if not allow_earlier:
            refuse_corrected(session, self.revision)
        return excerpt_at(session, self.revision, self.span)


def on_source(source: Source) -> Subject:
    """A memo on a whole source."""
    return Subject(MemoAbout.SOURCE, source.study_id, source)


def on_turn(revision: Revision, turn: Turn) -> Subject:
    """A memo on a turn: on all that is said in it, so that it goes along through every correction."""
    span = Span(turn.speech_start, turn.end)
    return Subject(MemoAbout.TURN, revision.study_id, revision.source, revision, span)


def on_words(revision: Revision, span: Span) -> Subject:
    """A memo on exact words of a text, by code points."""
    return Subject(MemoAbout.EXCERPT, revision.study_id, revision.source, revision, span)


def on_code(code: Code) -> Subject:
    """A memo on a code, whatever it is called later."""
    return Subject(MemoAbout.CODE, code.study_id, thing=str(code.guid))


def on_step(place: Keyed) -> Subject:
    """A memo on a step of the map, or on a passage."""
    return Subject(MemoAbout.STEP, place.study_id, thing=place.key)


def on_finding(finding: Found) -> Subject:
    """A memo on a finding; readers outside the team never get it."""
    return Subject(MemoAbout.FINDING, finding.study_id, thing=str(finding.guid))
