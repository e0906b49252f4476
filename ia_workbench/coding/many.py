"""Making and unmaking many codings at once: some statements for a thousand of them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding.journal import CODING, Part, State
from ia_workbench.coding.models import Coding, CodingAct, Excerpt
from ia_workbench.coding.operations import CHANGED, refuse_anothers_id
from ia_workbench.coding.rules import refuse_blank
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Conflict, Span, digest_of, new_guid
from ia_workbench.privacy import Actor

AT_ONCE = 500  # numbers in one statement
Each = TypeVar("Each")


@dataclass(frozen=True)
class Standing:
    """A coding as it is now: its internal number, and its state as the journal writes it."""

    id: int
    state: State


def chunks(things: Sequence[Each], size: int = AT_ONCE) -> Iterator[Sequence[Each]]:
    """Yield a sequence in pieces that fit into one statement."""
    for first in range(0, len(things), size):
        yield things[first : first + size]


def standing_codings(session: Session, guids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """Return those of these codings that are there, by GUID, some hundreds a query."""
    columns = (Coding.guid, Coding.id, Excerpt.guid, Code.guid, Coding.coder_id, Coding.at, Coding.rating)
    statement = select(*columns, Coding.is_important).join(Coding.excerpt).join(Coding.code)
    found = {}
    for some in chunks(guids):
        for guid, number, excerpt, code, coder, at, rating, important in session.execute(
            statement.where(Coding.guid.in_(some))
        ):
            found[guid] = Standing(number, state_of(excerpt, code, coder, at, rating, important))
    return found


def state_of(
    excerpt: uuid.UUID, code: uuid.UUID, coder: int, at: datetime, rating: int | None = None, important: bool = False
) -> State:
    """Return the state of a coding as the journal writes it (see `journal.coding_state`)."""
    return {
        "excerpt": str(excerpt),
        "code": str(code),
        "coder": coder,
        "at": at.isoformat(),
        "rating": rating,
        "important": important,
    }


def add_codings(
    session: Session, revision: Revision, text: str, spans: Sequence[Span], code: Code, *, coder_id: int, at: datetime
) -> list[Part]:
    """Give each of these spans of a text a code, but for those that have it from the same coder; returns the parts."""
    excerpts = _excerpts(session, revision, text, list(dict.fromkeys(spans)))
    ids = [each[0] for each in excerpts]
    mine = (Coding.code_id == code.id, Coding.coder_id == coder_id)
    taken = {
        number
        for some in chunks(ids)
        for number in session.scalars(select(Coding.excerpt_id).where(*mine, Coding.excerpt_id.in_(some)))
    }
    made, parts = [], []
    for number, guid in excerpts:
        if number not in taken:
            own = new_guid()
            made.append(
                Coding(
                    guid=own,
                    study_id=revision.study_id,
                    excerpt_id=number,
                    code_id=code.id,
                    coder_id=coder_id,
                    at=at,
                    is_important=False,
                )  # fmt: skip
            )
            parts.append(Part(CODING, own, None, state_of(guid, code.guid, coder_id, at)))
    session.add_all(made)
    session.flush()  # the store takes them all at once
    return parts


def _excerpts(session: Session, revision: Revision, text: str, spans: Sequence[Span]) -> list[tuple[int, uuid.UUID]]:
    """Return number and GUID of the excerpt of each span, in their order; those that are missing are cut out."""
    columns = select(Excerpt.start, Excerpt.end, Excerpt.id, Excerpt.guid)
    rows = session.execute(columns.where(Excerpt.revision_id == revision.id))
    known = {Span(start, end): (number, guid) for start, end, number, guid in rows}
    missing = {each: _excerpt(revision, each, each.of(text)) for each in spans if each not in known}
    session.add_all(missing.values())
    session.flush()  # codings need their numbers
    known |= {span: (each.id, each.guid) for span, each in missing.items()}
    return [known[each] for each in spans]


def _excerpt(revision: Revision, span: Span, words: str) -> Excerpt:
    refuse_blank(words, span)
    return Excerpt(
        guid=new_guid(), study_id=revision.study_id, revision_id=revision.id, start=span.start, end=span.end,
        quote=words, sha256=digest_of(words),
    )  # fmt: skip


def remove_codings(session: Session, numbers: Sequence[int]) -> None:
    """Remove codings by their internal numbers; their excerpts stay."""
    for some in chunks(numbers):
        session.execute(delete(Coding).where(Coding.id.in_(some)))


def may_set_at_once(parts: Sequence[Part]) -> bool:
    """Say whether these parts only make codings, or only unmake them, so that it can be done in a few statements."""
    made = {part.before is None for part in parts}
    return len(made) == 1 and all(
        part.kind == CODING and (part.before is None) != (part.after is None) for part in parts
    )


def set_many(session: Session, actor: Actor, parts: Sequence[Part]) -> None:
    """Make or unmake codings as `set_coding_state` does each; raises Conflict where one is another."""
    now = standing_codings(session, [part.guid for part in parts])
    for part in parts:
        here = now.get(part.guid)
        if (here.state if here else None) != part.before:
            raise Conflict(CHANGED)
    for coder in {(part.before or part.after or {})["coder"] for part in parts}:
        refuse_anothers_id(actor, coder)
    if parts[0].after is None:
        remove_codings(session, [now[part.guid].id for part in parts])
    else:
        _make_again(session, parts)


def _make_again(session: Session, parts: Sequence[Part]) -> None:
    excerpts = _excerpt_rows(session, [uuid.UUID(_after(part)["excerpt"]) for part in parts])
    wanted = {uuid.UUID(_after(part)["code"]) for part in parts}
    codes = dict(session.execute(select(Code.guid, Code.id).where(Code.guid.in_(wanted))).all())
    rows = []
    for part in parts:
        after = _after(part)
        excerpt, code = excerpts.get(uuid.UUID(after["excerpt"])), codes.get(uuid.UUID(after["code"]))
        if excerpt is None or code is None:
            raise Conflict("The words or the code of this coding are no longer there.")
        rows.append((part.guid, excerpt, code, after))
    taken = _taken(session, [excerpt[0] for _guid, excerpt, _code, _after in rows])
    if any((excerpt[0], code, after["coder"]) in taken for _guid, excerpt, code, after in rows):
        raise Conflict(CHANGED)
    made = [
        Coding(
            guid=guid,
            study_id=excerpt[1],
            excerpt_id=excerpt[0],
            code_id=code,
            coder_id=after["coder"],
            at=datetime.fromisoformat(after["at"]),
            rating=after["rating"],
            is_important=after["important"],
        )  # fmt: skip
        for guid, excerpt, code, after in rows
    ]
    session.add_all(made)
    session.flush()  # the store takes them all at once
    count_on(session, made)


def count_on(session: Session, back: Sequence[Coding]) -> None:
    """Give codings that came back, and are stored, a version that none of them had before they went.

    Counted from 1 again, one could have the version that a page knows of it and be another: the page would leave it as
    it was, and a change that was made at that page would be taken for one of what it is now. Each change of a coding is
    an act, so that no version of it is beyond the number of its last act by more than one.
    """
    version = (session.scalar(select(func.max(CodingAct.id))) or 0) + 2
    for some in chunks([each.id for each in back]):
        statement = update(Coding).where(Coding.id.in_(some)).values(version=version)
        session.execute(statement, execution_options={"synchronize_session": False})
    for each in back:
        session.expire(each, ["version"])


def _after(part: Part) -> State:
    return part.after or {}


def _excerpt_rows(session: Session, guids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """Return number and study of these excerpts, by GUID, but for those of withdrawn sources."""
    statement = select(Excerpt.guid, Excerpt.id, Excerpt.study_id).join(Excerpt.revision).join(Revision.source)
    here = statement.where(Source.withdrawn_at.is_(None))
    return {
        guid: (number, study)
        for some in chunks(guids)
        for guid, number, study in session.execute(here.where(Excerpt.guid.in_(some)))
    }


def _taken(session: Session, excerpts: Sequence[int]) -> set[tuple[int, int, int]]:
    columns = select(Coding.excerpt_id, Coding.code_id, Coding.coder_id)
    return {
        (excerpt, code, coder)
        for some in chunks(excerpts)
        for excerpt, code, coder in session.execute(columns.where(Coding.excerpt_id.in_(some)))
    }
