"""What `study.yaml` says of attributes and of the stewards of data."""

from collections.abc import Hashable
from dataclasses import fields as fields_in
from datetime import date
from enum import Enum
from typing import Any

from ia_workbench.corpus import (
    AttributeDefinition,
    AttributeScope,
    AttributeType,
    ConsentScope,
    StewardshipRecord,
)
from ia_workbench.kernel import Fields


def read_attributes(fields: Fields) -> tuple[AttributeDefinition, ...]:
    """Read the list `attributes`: scope, name, type, and choices where it is a choice."""
    found = []
    known: set[Hashable] = set()
    for number, thing in enumerate(fields.things("attributes"), 1):
        entry = Fields(thing, f"attribute {number} of the study")
        definition = AttributeDefinition(
            entry.choice("scope", AttributeScope),
            entry.text("name"),
            entry.choice("type", AttributeType),
            entry.texts("choices"),
        )
        sentence = "The study lists the attribute {name} of a {scope} twice."
        named = (definition.scope, definition.name)
        entry.note_once("name", named, known, sentence, name=definition.name, scope=definition.scope.value)
        entry.close()
        found.append(definition)
    return tuple(found)


def read_stewardships(fields: Fields) -> tuple[StewardshipRecord, ...]:
    """Read the list `stewardship`: terms of nations and communities (see `corpus.Stewardship`)."""
    found = []
    known: set[Hashable] = set()
    for number, thing in enumerate(fields.things("stewardship"), 1):
        entry = Fields(thing, f"stewardship {number} of the study")
        record = StewardshipRecord(
            key=entry.text("key"),
            nation=entry.text("nation"),
            uses=entry.choice("uses", ConsentScope),
            approval=entry.text_or_empty("approval"),
            approved_on=entry.optional_date("approved_on"),
            approved_until=entry.optional_date("approved_until"),
            contact=entry.text_or_empty("contact"),
            storage=entry.text_or_empty("storage"),
            return_terms=entry.text_or_empty("return_terms"),
            label=entry.text_or_empty("label"),
        )
        entry.note_once("key", record.key, known, "The study lists the stewardship {key} twice.", key=record.key)
        entry.close()
        found.append(record)
    return tuple(found)


def content_of(thing: AttributeDefinition | StewardshipRecord) -> dict[str, Any]:
    """Return a definition or terms as plain values of YAML, what is empty left out."""
    values = {each.name: _plain(getattr(thing, each.name)) for each in fields_in(thing)}
    return {name: value for name, value in values.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
