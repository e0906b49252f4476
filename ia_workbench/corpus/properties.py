"""Attributes in the store: which a study has, what each source, participant and case says there."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.corpus.attributes import AttributeDefinition, canonical_value
from ia_workbench.corpus.models import Attribute, AttributeValue
from ia_workbench.corpus.rules import AttributeScope
from ia_workbench.kernel import NotFound

Pairs = tuple[tuple[str, str], ...]  # names and values of attributes, in the order of the study
OWNERS = {
    AttributeScope.SOURCE: "source_id",
    AttributeScope.PARTICIPANT: "participant_id",
    AttributeScope.CASE: "case_id",
}


def attributes(session: Session, study_id: int, scope: AttributeScope | None = None) -> Sequence[Attribute]:
    """Return the attributes of a study, or of one scope, in the order they were defined within each scope."""
    statement = select(Attribute).where(Attribute.study_id == study_id)
    if scope is not None:
        statement = statement.where(Attribute.scope == scope)
    found = session.scalars(statement.order_by(Attribute.position, Attribute.id)).all()
    return sorted(found, key=lambda each: list(AttributeScope).index(each.scope))


def attribute_named(session: Session, study_id: int, scope: AttributeScope, name: str) -> Attribute:
    """Return an attribute by scope and name; raises NotFound naming the nearest one, or how to define it."""
    return _named(attributes(session, study_id, scope), scope, name)


def _named(known: Sequence[Attribute], scope: AttributeScope, name: str) -> Attribute:
    for each in known:
        if each.name == name:
            return each
    near = difflib.get_close_matches(name, [each.name for each in known], n=1)
    if near:
        sentence = "There is no attribute {name} of a {scope}; perhaps {hint} was meant."
        raise NotFound(sentence, name=name, scope=scope.value, hint=near[0])
    sentence = "There is no attribute {name} of a {scope}. Define it first, with `ia-workbench attribute define`."
    raise NotFound(sentence, name=name, scope=scope.value)


def attribute_values(session: Session, study_id: int, scope: AttributeScope) -> Mapping[int, Pairs]:
    """Return what every source, participant or case of a study says, by its internal number, in one query.

    Names and values are in the order of the study; one that says nothing is absent.
    """
    column = _owner_column(scope)
    return _by_owner(session, column, AttributeValue.study_id == study_id, column.is_not(None))


def values_of(session: Session, scope: AttributeScope, owner_id: int) -> Pairs:
    """Return what one source, participant or case says, in the order of the study."""
    column = _owner_column(scope)
    return _by_owner(session, column, column == owner_id).get(owner_id, ())


def _by_owner(session: Session, column: Any, *conditions: Any) -> dict[int, Pairs]:
    statement = select(column, Attribute.name, AttributeValue.value).join(AttributeValue.attribute)
    found = defaultdict(list)
    ordered = statement.where(*conditions).order_by(Attribute.position, Attribute.id)
    for owner, name, value in session.execute(ordered):
        found[owner].append((name, value))
    return {owner: tuple(pairs) for owner, pairs in found.items()}


def fitting_values(
    session: Session, study_id: int, scope: AttributeScope, given: Iterable[tuple[str, str]]
) -> list[tuple[Attribute, str]]:
    """Return attributes with the values as they are kept.

    Raises NotFound for an attribute the study has not, Refused for a value that does not fit.
    """
    pairs = list(given)
    known = attributes(session, study_id, scope) if pairs else []
    found = [(_named(known, scope, name), value) for name, value in pairs]
    return [(each, canonical_value(each.name, each.type, each.choices, value)) for each, value in found]


def put_value(session: Session, attribute: Attribute, owner_id: int, value: str | None) -> None:
    """Store the value of an attribute for one owner in place of what was there; None takes it away."""
    column = _owner_column(attribute.scope)
    stored = session.scalars(
        select(AttributeValue).where(AttributeValue.attribute_id == attribute.id, column == owner_id)
    ).one_or_none()
    if stored is not None and value is None:
        session.delete(stored)
    elif stored is not None and value is not None:
        stored.value = value
    elif value is not None:
        add_value(session, attribute, owner_id, value)


def add_value(session: Session, attribute: Attribute, owner_id: int, value: str) -> None:
    """Add the value of an attribute for an owner that says nothing there yet."""
    owner = {OWNERS[attribute.scope]: owner_id}
    session.add(AttributeValue(study_id=attribute.study_id, attribute=attribute, value=value, **owner))


def replace_values(
    session: Session, study_id: int, scope: AttributeScope, owner_id: int, given: Iterable[tuple[str, str]]
) -> None:
    """Make these the only values of an owner; raises as `fitting_values` does."""
    wanted = {attribute.id: (attribute, value) for attribute, value in fitting_values(session, study_id, scope, given)}
    statement = select(AttributeValue).where(_owner_column(scope) == owner_id)
    for stored in session.scalars(statement).all():
        if stored.attribute_id in wanted:
            stored.value = wanted.pop(stored.attribute_id)[1]
        else:
            session.delete(stored)
    for attribute, value in wanted.values():
        add_value(session, attribute, owner_id, value)


def new_attribute(session: Session, study_id: int, definition: AttributeDefinition) -> Attribute:
    """Add an attribute at the end of its scope."""
    last = select(func.max(Attribute.position)).where(
        Attribute.study_id == study_id, Attribute.scope == definition.scope
    )
    attribute = Attribute(
        study_id=study_id,
        scope=definition.scope,
        name=definition.name,
        type=definition.type,
        choices=list(definition.choices),
        position=(session.scalar(last) or 0) + 1,
    )
    session.add(attribute)
    session.flush()  # its values need its number, and the next attribute its position
    return attribute


def _owner_column(scope: AttributeScope) -> Any:
    return getattr(AttributeValue, OWNERS[scope])
