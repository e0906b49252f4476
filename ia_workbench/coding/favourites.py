"""A coder's own codes at hand: nine favourites in each study, and those given last."""

import uuid
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding.journal import CODING, parts_of
from ia_workbench.coding.models import Coding, CodingAct, Favourite
from ia_workbench.coding.rules import ActKind
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from ia_workbench.privacy import Act, Actor, require

PLACES = range(1, 10)
GIVING = (ActKind.APPLY, ActKind.RECODE)
ACTS_LOOKED_AT = 200  # of one's own, the newest first: more than anyone remembers


def favourites_of(session: Session, actor: Actor, study_id: int) -> Mapping[int, int]:
    """Return the numbers of the codes that a coder keeps at hand in a study, by their place from 1 to 9."""
    mine = (Favourite.study_id == study_id, Favourite.account_id == actor.account_id)
    rows = session.execute(select(Favourite.place, Favourite.code_id).where(*mine).order_by(Favourite.place))
    return {place: code_id for place, code_id in rows}


def keep_favourite(session: Session, actor: Actor, *, study_id: int, place: int, code: Code | None) -> None:
    """Keep a code at a place from 1 to 9, instead of the one that is there; None lets the place go.

    A code has one place: it leaves the one it had. A coder's own convenience: nothing is entered.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    if place not in PLACES:
        raise Refused("Favourites have the numbers 1 to 9.")
    if code is not None and code.study_id != study_id:
        raise NotFound("There is no code {path} in this study.", path=code.path)
    mine = (Favourite.study_id == study_id, Favourite.account_id == actor.account_id)
    session.execute(delete(Favourite).where(*mine, Favourite.place == place))
    if code is not None:
        session.execute(delete(Favourite).where(*mine, Favourite.code_id == code.id))
        session.add(Favourite(study_id=study_id, account_id=actor.account_id, place=place, code=code))
    session.flush()  # whoever reads next in this transaction has it


def recent_codes(session: Session, actor: Actor, study_id: int, *, most: int = 9) -> list[int]:
    """Return the numbers of the codes that a coder gave last in a study, newest first, each once.

    By their acts; where they have none, as in a study that was loaded, by the time of their codings.
    """
    mine = (CodingAct.study_id == study_id, CodingAct.account_id == actor.account_id, CodingAct.kind.in_(GIVING))
    acts = session.scalars(select(CodingAct).where(*mine).order_by(CodingAct.id.desc()).limit(ACTS_LOOKED_AT)).all()
    if not acts:
        return _given_last(session, actor, study_id, most)
    guids = list(dict.fromkeys(_given(acts, actor)))[:most]
    here = select(Code.guid, Code.id).where(Code.study_id == study_id, Code.guid.in_(guids))
    numbers = {guid: number for guid, number in session.execute(here)}
    return [numbers[guid] for guid in guids if guid in numbers]


def _given_last(session: Session, actor: Actor, study_id: int, most: int) -> list[int]:
    mine = (Coding.study_id == study_id, Coding.coder_id == actor.account_id)
    newest = func.max(Coding.at).desc()
    statement = select(Coding.code_id).where(*mine).group_by(Coding.code_id).order_by(newest, Coding.code_id)
    return list(session.scalars(statement.limit(most)))


def _given(acts: Sequence[CodingAct], actor: Actor) -> Iterator[uuid.UUID]:
    """The codes that acts gave in the coder's own name: a lead may code in somebody else's."""
    for act in acts:
        for part in parts_of(act):
            if part.kind == CODING and part.after is not None and part.after["coder"] == actor.account_id:
                yield uuid.UUID(part.after["code"])
