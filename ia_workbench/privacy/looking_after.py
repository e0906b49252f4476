"""Who looks after whose account: passwords, disabling, agreements, limits."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.kernel import NotAllowed
from ia_workbench.privacy.access import require
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.models import MEMBERSHIPS
from ia_workbench.privacy.rules import Act, Role

ELSEWHERE = "{username} looks after users, or is in a study that you are not in. Ask an administrator."


def require_over(session: Session, actor: Actor, account: Any) -> None:
    """Refuse unless the actor looks after this account: a lead for people of their own studies, no administrator.

    Administrators look after everyone. Raises NotAllowed.
    """
    require(actor, Act.MANAGE_ACCOUNTS)
    membership = MEMBERSHIPS[actor.store]
    studies = set(session.scalars(select(membership.study_id).where(membership.account_id == account.id)))
    is_elsewhere = account.role is Role.ADMINISTRATOR or not studies <= actor.study_ids
    if is_elsewhere and actor.role is not Role.ADMINISTRATOR:
        raise NotAllowed(ELSEWHERE, username=account.username)
