"""Who acts: a value that travels with every read and write."""

from dataclasses import dataclass
from datetime import date

from ia_workbench.database import Store
from ia_workbench.privacy.rules import WITHOUT_AGREEMENT, Act, Role, may


@dataclass(frozen=True)
class Actor:
    """Someone who acts in one store: their account there, role, and the internal numbers of the studies they are in.

    `account_id` is None for a team member acting in the published store, where they have no account.
    `agreement_until` is the last day of their confidentiality agreement, None where none holds on the day the actor was
    made. In the studies of `limited_ids` they read the sources of `source_ids` alone, told by internal number.
    `reaches_private` holds for a moment alone, inside `reaching_private`.
    """

    username: str
    role: Role
    account_id: int | None
    study_ids: frozenset[int]
    store: Store
    agreement_until: date | None = None
    limited_ids: frozenset[int] = frozenset()
    source_ids: frozenset[int] = frozenset()
    reaches_private: bool = False

    @property
    def is_cleared(self) -> bool:
        """Whether a confidentiality agreement lets them read evidence, as far as role and studies do."""
        return self.agreement_until is not None

    def may(self, act: Act) -> bool:
        """Say whether role and agreement allow an act; whether the study is theirs is asked separately."""
        is_withheld = self.role.reads_evidence and not self.is_cleared and act not in WITHOUT_AGREEMENT
        return may(self.role, act) and not is_withheld
