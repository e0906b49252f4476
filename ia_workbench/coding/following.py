"""What follows a code that is merged into another: memos on it, and the places at which coders keep it at hand.

Those of everyone, private memos too: whoever merges neither sees nor learns of them. Each is a part of the merge in the
journal, so that undo brings it back to where it was.
"""

import uuid
from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding.journal import FAVOURITE, SUBJECT, Part, State
from ia_workbench.coding.memo_models import Memo
from ia_workbench.coding.models import Favourite
from ia_workbench.coding.rules import MemoAbout
from ia_workbench.kernel import Conflict
from ia_workbench.privacy import Actor, reaching_private

TAKEN_ELSEWHERE = "A memo on this code went along to another code since. Leave it as it is, or move it by hand."


def follow_merge(session: Session, code: Code, into: Code) -> list[Part]:
    """Point every memo on a code at the one it is merged into, removed ones too, and every coder's favourite.

    A coder who keeps the other code at hand already keeps it where it is, and the place of the one that goes is free.
    Returns what the journal says of it. Comes before the code goes.
    """
    with reaching_private(session, reason="let what people keep private on a code follow its merge"):
        return [*_memos_follow(session, code, into), *_favourites_follow(session, code, into)]


def _memos_follow(session: Session, code: Code, into: Code) -> list[Part]:
    before, after = {"thing": str(code.guid)}, {"thing": str(into.guid)}
    guids = session.scalars(select(Memo.guid).where(*_on(code)).order_by(Memo.id)).all()
    _point(session, _on(code), str(into.guid))
    return [Part(SUBJECT, guid, before, after) for guid in guids]


def _on(code: Code) -> tuple[ColumnElement[bool], ...]:
    return (Memo.study_id == code.study_id, Memo.about == MemoAbout.CODE, Memo.thing == str(code.guid))


def _point(session: Session, which: tuple[ColumnElement[bool], ...], thing: str) -> None:
    """Point memos at another code past their versions: whoever writes in one meanwhile is not in the way."""
    statement = update(Memo).where(*which).values(thing=thing)
    session.execute(statement, execution_options={"synchronize_session": False})
    for each in session.identity_map.values():
        if isinstance(each, Memo):
            session.expire(each, ["thing"])


def _favourites_follow(session: Session, code: Code, into: Code) -> list[Part]:
    kept, there = _places(session, code), _places(session, into)
    parts = []
    for account, place in kept.items():
        before = _favourite(account, place, code.guid)
        after = None if account in there else _favourite(account, place, into.guid)
        parts.append(Part(FAVOURITE, code.guid, before, after))
        _let_go(session, account, code.id)
        if after is not None:
            session.add(Favourite(study_id=code.study_id, account_id=account, place=place, code=into))
    session.flush()  # nobody's place names the code any more
    return parts


def _places(session: Session, code: Code) -> Mapping[int, int]:
    """Return where each coder keeps a code at hand, by the number of their account."""
    statement = select(Favourite.account_id, Favourite.place).where(Favourite.code_id == code.id)
    return dict(session.execute(statement.order_by(Favourite.account_id)).all())


def _favourite(account: int, place: int, code: uuid.UUID) -> State:
    return {"account": account, "place": place, "code": str(code)}


def _let_go(session: Session, account: int, code_id: int) -> None:
    session.execute(delete(Favourite).where(Favourite.account_id == account, Favourite.code_id == code_id))


def memos_on(session: Session, code: Code) -> int:
    """Return how many memos on a code the session shows.

    What others keep private on it nobody is told of: it stays with them, and is on the code again once that is back.
    """
    return session.scalar(select(func.count(Memo.id)).where(*_on(code), Memo.removed_at.is_(None))) or 0


def set_subject(session: Session, actor: Actor, part: Part) -> None:
    """Point a memo at the code that a part says it was on after it, for undo and redo of a merge.

    What else became of the memo since is left as it is. Raises Conflict when it went along with another merge since.
    """
    before, after = part.before or {}, part.after or {}
    with reaching_private(session, reason="let what people keep private on a code follow its merge back"):
        thing = session.scalars(select(Memo.thing).where(Memo.guid == part.guid)).one_or_none()
        if thing != before["thing"]:
            raise Conflict(TAKEN_ELSEWHERE)
        _point(session, (Memo.guid == part.guid,), after["thing"])


def set_favourite(session: Session, actor: Actor, part: Part) -> None:
    """Keep a code at hand as a part says it was after it, for undo and redo of a merge.

    A coder who chose otherwise since keeps what they chose: a place at hand is no reason to hold back an undo.
    """
    with reaching_private(session, reason="let the places at which coders keep a code follow its merge back"):
        if part.before is not None:
            code = _code(session, part.before)
            if code is None or _places(session, code).get(part.before["account"]) != part.before["place"]:
                return
            _let_go(session, part.before["account"], code.id)
        if part.after is not None:
            _keep(session, part.after)


def _keep(session: Session, wanted: State) -> None:
    code, account, place = _code(session, wanted), wanted["account"], wanted["place"]
    if code is None:
        return
    here = (Favourite.study_id == code.study_id, Favourite.account_id == account, Favourite.place == place)
    is_taken = session.scalars(select(Favourite.id).where(*here)).first() is not None
    if not is_taken and account not in _places(session, code):
        session.add(Favourite(study_id=code.study_id, account_id=account, place=place, code=code))
        session.flush()  # the next part may ask for the place


def _code(session: Session, state: Mapping[str, str]) -> Code | None:
    return session.scalars(select(Code).where(Code.guid == uuid.UUID(state["code"]))).one_or_none()
