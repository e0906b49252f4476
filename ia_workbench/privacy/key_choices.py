"""Which keys a member of the team chose for acts; everyone chooses for themselves alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, Refused
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.models import KeyChoice

LONGEST = 40  # characters of the name of an act or a chord; far more than any has
MOST = 200  # acts


@dataclass(frozen=True)
class ChosenKeys:
    """The chords chosen for acts, by the act's name; "" is no key, and an act that is not named has its usual one.

    `uses_letters` says whether keys of one character act at all (WCAG 2.2, 2.1.4).
    """

    chords: Mapping[str, str] = field(default_factory=dict)
    uses_letters: bool = True


def chosen_keys(session: Session, actor: Actor) -> ChosenKeys:
    """Return the keys that the actor chose; the usual ones for those who chose none, and in the published store."""
    if actor.store is not Store.EVIDENCE or actor.account_id is None:
        return ChosenKeys()
    kept = session.get(KeyChoice, actor.account_id)
    return ChosenKeys(dict(kept.chords), kept.uses_letters) if kept else ChosenKeys()


def choose_keys(session: Session, actor: Actor, *, chosen: ChosenKeys) -> None:
    """Keep the keys that the actor chose, instead of those before. Their own convenience: nothing is entered.

    Whether two acts want one key is for the caller to see to, who knows the acts.
    """
    if actor.store is not Store.EVIDENCE or actor.account_id is None:
        raise NotAllowed("Only members of the team choose keys.")
    named = {**chosen.chords}
    if len(named) > MOST or any(len(each) > LONGEST for pair in named.items() for each in pair):
        raise Refused("These keys are more than a keyboard has.")
    kept = session.get(KeyChoice, actor.account_id) or KeyChoice(account_id=actor.account_id)
    kept.uses_letters, kept.chords = chosen.uses_letters, named
    session.add(kept)
