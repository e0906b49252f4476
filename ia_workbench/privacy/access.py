"""Asking whether an actor may do something, in the two shapes that operations need."""

from ia_workbench.kernel import NotAllowed, NotFound
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.rules import Act, may

NOTHING_HERE = "There is nothing here under that name."
NO_AGREEMENT = (
    "No confidentiality agreement of {name} holds today, so no evidence is shown or changed. Another lead or an "
    "administrator records one: `ia-workbench user agreement {name} --signed DATE`."
)


def no_agreement(actor: Actor) -> NotAllowed:
    """Return the refusal of somebody whom no confidentiality agreement holds today, with who mends it and how."""
    return NotAllowed(NO_AGREEMENT, name=actor.username)


def require(actor: Actor, act: Act, *, study_id: int | None = None) -> None:
    """Refuse unless the actor's role allows the act and, where a study is named, the study is theirs.

    Raises NotFound for a study that is not theirs (its existence is not told), NotAllowed for a role that may not or
    where no confidentiality agreement holds.
    """
    if study_id is not None and study_id not in actor.study_ids:
        raise NotFound(NOTHING_HERE)
    if may(actor.role, act) and not actor.may(act):
        raise no_agreement(actor)
    if not actor.may(act):
        raise NotAllowed("Your role, {role}, may not do this. Ask a lead of the study.", role=actor.role.value)
