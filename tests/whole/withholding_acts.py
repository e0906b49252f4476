"""Operations that withhold words from everyone, of a source whose text was corrected to name somebody just before."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, masking
from ia_workbench.kernel import Edit, Span
from ia_workbench.privacy import Actor


class Desk(Protocol):
    """Someone about to perform an operation on a source."""

    session: Session
    actor: Actor

    @property
    def revision(self) -> corpus.Revision:
        """The newest text of the source."""


def place_in(desk: Desk, words: str) -> Span:
    """Return where words stand first in the newest text."""
    start = corpus.text_of(desk.session, desk.revision).index(words)
    return Span(start, start + len(words))


def given_way(desk: Desk, words: str) -> tuple[str, list[Edit]]:
    """Return the newest text without the first place of words, and what was edited."""
    text, span = corpus.text_of(desk.session, desk.revision), place_in(desk, words)
    edit = Edit(span.start, span.end, span.start, span.start + len(masking.REPORTER_INSTEAD))
    return text[: span.start] + masking.REPORTER_INSTEAD + text[span.end :], [edit]


def withhold_text(desk: Desk, words: str) -> None:
    text, edits = given_way(desk, words)
    corpus.withhold_text(
        desk.session, desk.actor, source=desk.revision.source, text=text, edits=edits, instead=masking.REPORTER_INSTEAD
    )


def withhold_words(desk: Desk, words: str) -> None:
    text, edits = given_way(desk, words)
    coding.withhold_words(
        desk.session, desk.actor, source=desk.revision.source, text=text, edits=edits, instead=masking.REPORTER_INSTEAD
    )


def withhold_reporter(desk: Desk, words: str) -> None:
    spans = [place_in(desk, words)]
    masking.withhold_reporter(desk.session, desk.actor, source=desk.revision.source, spans=spans)


WITHHOLDING_ACTS: dict[str, Callable[[Desk, str], object]] = {
    "corpus.withhold_text": withhold_text,
    "coding.withhold_words": withhold_words,
    "masking.withhold_reporter": withhold_reporter,
}
