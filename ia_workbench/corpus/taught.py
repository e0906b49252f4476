"""The conventions a study was taught: kept, listed, forgotten."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.models import PendingImport, SourceFile, TaughtConvention
from ia_workbench.corpus.teaching import PLACEHOLDER, TaughtRule, rule_from, rule_of
from ia_workbench.database import moment_of
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.privacy import Act, Actor


def teach_convention(
    session: Session, actor: Actor, *, study_id: int, name: str, example: str, speaker: str
) -> TaughtConvention:
    """Teach a study a convention with one line and the speaker as it stands there; its words of speech are not kept.

    `name` has small letters, digits and hyphens. Raises Refused for a name that is taken, a speaker that does not stand
    in the line, and a line in which nothing but words surrounds it.
    """
    return add_taught(session, actor, study_id=study_id, rule=rule_of(name, example, speaker))


def add_taught(session: Session, actor: Actor, *, study_id: int, rule: TaughtRule) -> TaughtConvention:
    """Teach a study a convention by its rule, as a study's folder has it; raises Refused for a name that is taken."""
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    names = {each.value for each in Convention} | {each.name for each in taught_conventions(session, study_id)}
    if rule.name in names:
        raise Refused("There is a convention {name} already. Choose another name.", name=rule.name)
    taught = TaughtConvention(
        study_id=study_id,
        name=rule.name,
        example=rule.example,
        speaker=PLACEHOLDER,
        pattern=rule.pattern,
        by=actor.username,
        at=moment_of(session),
    )
    session.add(taught)
    session.flush()  # the audit entry names its GUID; a name may be a person's
    privacy.record(session, actor, "teach-convention", subject=str(taught.guid), study_id=study_id)
    return taught


def forget_convention(session: Session, actor: Actor, *, taught: TaughtConvention) -> None:
    """Remove a convention that the study was taught. Raises Refused while a source or a waiting file is read by it."""
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=taught.study_id)
    for table in (SourceFile, PendingImport):
        used = select(table.study_id).where(table.study_id == taught.study_id, table.convention == taught.name)
        if session.scalars(used.limit(1)).first() is not None:
            raise Refused("Files of this study are read by {name}, so it cannot be forgotten.", name=taught.name)
    guid, study_id = str(taught.guid), taught.study_id
    session.delete(taught)
    privacy.record(session, actor, "forget-convention", subject=guid, study_id=study_id)


def taught_conventions(session: Session, study_id: int) -> Sequence[TaughtConvention]:
    """Return the conventions a study was taught, by name."""
    statement = select(TaughtConvention).where(TaughtConvention.study_id == study_id)
    return session.scalars(statement.order_by(TaughtConvention.name)).all()


def taught_convention(session: Session, study_id: int, name: str) -> TaughtConvention:
    """Return the convention a study was taught under a name; raises NotFound."""
    statement = select(TaughtConvention).where(TaughtConvention.study_id == study_id, TaughtConvention.name == name)
    taught = session.scalars(statement).one_or_none()
    if taught is None:
        raise NotFound("This study was taught no convention {name}.", name=name)
    return taught


def taught_rules(session: Session, study_id: int) -> tuple[TaughtRule, ...]:
    """Return the rules of a study's taught conventions, as `find_turns` takes them."""
    return tuple(rule_from(each.name, each.pattern) for each in taught_conventions(session, study_id))
