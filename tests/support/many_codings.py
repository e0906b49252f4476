"""Codings put straight into the tables, thousands in a moment: for tests and measurements of what is there already."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision
from ia_workbench.database import moment_of
from ia_workbench.kernel import digest_of


@dataclass(frozen=True)
class Put:
    """A coding to be put: its place in code points, its words, the code, and the number of the coder's account."""

    start: int
    end: int
    words: str
    code: Code
    coder_id: int | None
    is_important: bool = False


def put_codings(session: Session, revision: Revision, codings: Iterable[Put]) -> None:
    """Put codings of a revision into the tables in the order given, each with an excerpt of its own."""
    at = moment_of(session)
    for each in codings:
        excerpt = Excerpt(
            study_id=revision.study_id,
            revision_id=revision.id,
            start=each.start,
            end=each.end,
            quote=each.words,
            sha256=digest_of(each.words),
        )
        session.add(
            Coding(
                study_id=revision.study_id,
                excerpt=excerpt,
                code=each.code,
                coder_id=each.coder_id,
                at=at,
                is_important=each.is_important,
            )
        )
