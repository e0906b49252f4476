"""Answers to the body's concerns: words that the team sends to readers, looked through for known names on their way."""

from typing import Any

from sqlalchemy.orm import Session

from ia_workbench import findings, privacy, review
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Act, Actor, Study
from ia_workbench.release.clearance import LinkState, link_states
from ia_workbench.release.names import Reading, known_names, refuse_known_names
from ia_workbench.review import Answer, Position


def answer_concern(
    session: Session,
    published_session: Session,
    actor: Actor,
    *,
    study: Study,
    position: Position,
    text: str,
    text_es: str | None = None,
    **beside: Any,
) -> Answer:
    """Answer a member's concern, once no name, key or file name that is known stands in the answer.

    `session` is held to the actor on the evidence store, `published_session` to them as a guest of `study`, in whose
    published row the position is. `beside` is what `review.answer_concern` asks for further. Refuses as that does, and
    an answer with a known name, naming the place.
    """
    privacy.require(actor, Act.ANSWER, study_id=study.id)
    guest = privacy.guest_in_published_store(published_session, actor, [study.key])
    if position.study_id not in guest.study_ids:
        raise NotFound("There is nothing here under that name.")
    names = known_names(session, study, _states(session, study, position.finding_key))
    readings = [Reading("the answer", None, text), Reading("the answer in Spanish", None, text_es or "")]
    refuse_known_names(readings, names)
    return review.answer_concern(published_session, guest, position=position, text=text, text_es=text_es, **beside)


def _states(session: Session, study: Study, finding_key: str) -> list[LinkState]:
    """What is masked in the finding's quotes must not stand open in an answer on it either."""
    try:
        return link_states(session, findings.finding_keyed(session, study.id, finding_key))
    except NotFound:  # a package can outlive its finding
        return []
