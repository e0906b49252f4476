"""Asking whether an actor may do something, in the two shapes that operations need."""

from ia_workbench.kernel import NotAllowed, NotFound
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.rules import Act

NOTHING_HERE = "There is nothing here under that name."


def require(actor: Actor, act: Act, *, study_id: int | None = None) -> None:
    """Refuse unless the actor's role allows the act and, where a study is named, the study is theirs.

    Raises NotFound for a study that is not theirs (its existence is not told) and NotAllowed for a role that may not.
    """
    if study_id is not None and study_id not in actor.study_ids:
        raise NotFound(NOTHING_HERE)
    if not actor.may(act):
        raise NotAllowed("Your role, {role}, may not do this. Ask a lead of the study.", role=actor.role.value)
