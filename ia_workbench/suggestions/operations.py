"""Switching suggestions on and off for a study."""

from sqlalchemy.orm import Session

from ia_workbench.privacy import Act, Actor, Study, record, require
from ia_workbench.suggestions.queries import SWITCH


def switch_suggestions(session: Session, actor: Actor, *, study: Study, on: bool) -> None:
    """Have a study make suggestions of codes, or not. For leads."""
    require(actor, Act.MANAGE_STUDY, study_id=study.id)
    study.settings = {**study.settings, SWITCH: on}
    record(session, actor, "switch-suggestions", subject=study.key, study_id=study.id, on=on)
