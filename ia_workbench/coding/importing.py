"""Many codings at once, for a study that is loaded: the same result as one by one, in a fraction of the time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.codebook import Code
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.coding.rules import refuse_blank, refuse_rating
from ia_workbench.corpus import Revision
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound, Span, digest_of
from ia_workbench.privacy import Act, Actor, members_of, record, require

Place = tuple[int, int, int]  # revision number in the store, start, end


@dataclass(frozen=True)
class GivenCoding:
    """The words of a span, the code they were given, by whom (internal number of the account) and when.

    `rating` counts from 1 in the code's scale.
    """

    revision: Revision
    span: Span
    code: Code
    coder_id: int
    at: datetime
    rating: int | None = None
    is_important: bool = False


def import_codings(session: Session, actor: Actor, *, study_id: int, given: Sequence[GivenCoding]) -> int:
    """Take in codings that members of the study gave; returns how many were new. One audit entry tells how many.

    Codings that are there already change nothing. Only for those who manage the study, since it speaks for others.
    Refuses revisions, codes and coders of another study, a span past its text, a rating that the code's scale does not
    have, and a withdrawn source.
    """
    require(actor, Act.MANAGE_STUDY, study_id=study_id)
    _refuse_foreign(session, study_id, given)
    excerpts = _excerpts(session, study_id, given)
    numbers = {excerpt.id for excerpt in excerpts.values()}
    known = set(_coded(session, study_id, numbers))
    new: dict[tuple[int, int, int], Coding] = {}
    for each in given:
        excerpt = excerpts[_place(each)]
        act = (excerpt.id, each.code.id, each.coder_id)
        if act not in known and act not in new:
            new[act] = _coding(study_id, excerpt, each)
    session.add_all(new.values())
    session.flush()  # so that whatever is wrong with them is known before the entry is written
    record(session, actor, "import-codings", subject="codings", study_id=study_id, codings=len(new))
    return len(new)


def _coding(study_id: int, excerpt: Excerpt, given: GivenCoding) -> Coding:
    return Coding(
        study_id=study_id,
        excerpt=excerpt,
        code=given.code,
        coder_id=given.coder_id,
        at=given.at,
        rating=given.rating,
        is_important=given.is_important,
    )


def _refuse_foreign(session: Session, study_id: int, given: Iterable[GivenCoding]) -> None:
    members = {account.id for account in members_of(session, Store.EVIDENCE, study_id)}
    for each in given:
        if each.revision.study_id != study_id or each.code.study_id != study_id:
            raise NotFound("There is no code {path} in this study.", path=each.code.path)
        if each.coder_id not in members:
            raise NotFound("The coder is not a member of this study. Add them first.")
        refuse_rating(each.rating, each.code.scale)


def _place(each: GivenCoding) -> Place:
    return each.revision.id, each.span.start, each.span.end


def _excerpts(session: Session, study_id: int, given: Sequence[GivenCoding]) -> dict[Place, Excerpt]:
    """Return the excerpt of every place, cutting out those that are not there yet; one text is read at a time."""
    found: dict[Place, Excerpt] = {}
    for revision in {each.revision.id: each.revision for each in given}.values():
        text = corpus.text_of(session, revision)
        for excerpt in session.scalars(select(Excerpt).where(Excerpt.revision_id == revision.id)):
            found[revision.id, excerpt.start, excerpt.end] = excerpt
        for each in given:
            if each.revision.id == revision.id and _place(each) not in found:
                words = each.span.of(text)
                refuse_blank(words, each.span)
                found[_place(each)] = Excerpt(
                    study_id=study_id,
                    revision_id=revision.id,
                    start=each.span.start,
                    end=each.span.end,
                    quote=words,
                    sha256=digest_of(words),
                )
    session.add_all(found.values())
    session.flush()  # the codings need their numbers
    return found


def _coded(session: Session, study_id: int, excerpts: set[int]) -> Iterable[tuple[int, int, int]]:
    statement = select(Coding.excerpt_id, Coding.code_id, Coding.coder_id).where(Coding.study_id == study_id)
    return [(row[0], row[1], row[2]) for row in session.execute(statement) if row[0] in excerpts]
