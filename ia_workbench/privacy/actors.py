"""Who acts: a value that travels with every read and write."""

from dataclasses import dataclass

from ia_workbench.database import Store
from ia_workbench.privacy.rules import Act, Role, may


@dataclass(frozen=True)
class Actor:
    """Someone who acts in one store: their account there, role, and the internal numbers of the studies they are in.

    `account_id` is None for a team member acting in the published store, where they have no account.
    """

    username: str
    role: Role
    account_id: int | None
    study_ids: frozenset[int]
    store: Store

    def may(self, act: Act) -> bool:
        """Say whether the role allows an act; whether the study is theirs is asked separately."""
        return may(self.role, act)
