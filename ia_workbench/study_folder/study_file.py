"""`study.yaml`: the study itself, its people, and where its levers, codebook and map are."""

import re
from collections.abc import Hashable
from typing import Any

from ia_workbench.corpus import MOST_WORDS, TaughtRule, checked_rule
from ia_workbench.findings import DEFAULT_RULE, EvidenceRule, LineKey, read_rule
from ia_workbench.kernel import Fields, parse_yaml, write_yaml
from ia_workbench.privacy import IdentifierClass, Role
from ia_workbench.study_folder.records import Person, StudyRecord
from ia_workbench.study_folder.terms import content_of, read_attributes, read_stewardships

HIGHEST_KEY = 999_999_999
PREFIX = re.compile(r"[A-Z0-9]+([-_.][A-Z0-9]+)*\Z")
YAML_ENDINGS = (".yaml", ".yml")


def read_study_file(text: str) -> StudyRecord:
    """Read the text of a `study.yaml`. Raises Refused with the place for anything malformed or unknown."""
    fields = Fields(parse_yaml(text), "the study")
    names = _names(fields)
    record = StudyRecord(
        key=fields.text("key"),
        title=fields.text("title"),
        question=fields.text("question"),
        site=fields.text("site"),
        offices=fields.texts("offices"),
        standpoints=fields.texts("standpoints"),
        names=tuple(names),
        name_classes={name: kind for name, kind in names.items() if kind is not None},
        thorough=fields.truth("thorough", default=False),
        users=_people(fields),
        rule=_rule(fields),
        levers=_levers(fields),
        codebook=fields.optional_text("codebook") or None,
        process_map=fields.optional_text("process_map") or None,
        keys=_keys(fields),
        conventions=_conventions(fields),
        attributes=read_attributes(fields),
        stewardship=read_stewardships(fields),
        lines={name: line for name in fields.names() if (line := fields.line_of(name))},
    )
    fields.close()
    return record


def _names(fields: Fields) -> dict[str, IdentifierClass | None]:
    """Read known names: each a text, or `name` and `class` where its words do not tell what it is (None: not said)."""
    found: dict[str, IdentifierClass | None] = {}
    for number, thing in enumerate(fields.things("names"), 1):
        if isinstance(thing, str):
            name, kind = thing.strip(), None
        else:
            entry = Fields(thing, f"name {number} of the study")
            name, kind = entry.text("name"), entry.choice("class", IdentifierClass)
            entry.close()
        if not name:
            raise fields.refused(
                "In {place}, {field} has an empty entry; take it out.", "names", place=fields.place, field="names"
            )
        if name in found:
            raise fields.refused("The study lists the name {name} twice.", "names", name=name)
        found[name] = kind
    return found


def _people(fields: Fields) -> tuple[Person, ...]:
    people: list[Person] = []
    known: set[Hashable] = set()
    for number, thing in enumerate(fields.things("users"), 1):
        entry = Fields(thing, f"user {number} of the study")
        person = Person(
            entry.text("username"),
            entry.choice("role", Role),
            entry.line,
            agreement_signed=entry.optional_date("agreement_signed"),
            agreement_until=entry.optional_date("agreement_until"),
        )
        sentence = "The study lists the user {name} twice."
        entry.note_once("username", person.username, known, sentence, name=person.username)
        people.append(person)
        entry.close()
    return tuple(people)


def _rule(fields: Fields) -> EvidenceRule:
    things = fields.anything("rule")
    if things is None or things == DEFAULT_RULE.name:
        return DEFAULT_RULE
    with fields.at("rule"):
        return read_rule(things, version=1)


def _keys(fields: Fields) -> dict[str, int]:
    """Read the highest number of each prefix of keys that was given out."""
    inner = fields.inner("keys")
    if inner is None:
        return {}
    numbers = {prefix: inner.whole_number(prefix, least=0, most=HIGHEST_KEY) for prefix in inner.names()}
    for prefix in numbers:
        if not PREFIX.match(prefix):
            sentence = "{prefix} begins no keys; write a prefix such as INT, and the highest number it has had."
            raise inner.refused(sentence, prefix, prefix=prefix)
    return numbers


def _conventions(fields: Fields) -> tuple[TaughtRule, ...]:
    """Read the conventions that the study was taught: what stands before and after a speaker, and how many words."""
    rules: list[TaughtRule] = []
    known: set[Hashable] = set()
    for number, thing in enumerate(fields.things("conventions"), 1):
        entry = Fields(thing, f"convention {number} of the study")
        name = entry.text("name")
        entry.note_once("name", name, known, "The study lists the convention {name} twice.", name=name)
        before, after = (_frame(entry, side) for side in ("before", "after"))
        words = entry.whole_number("words", least=1, most=MOST_WORDS)
        with entry.at("name"):
            rules.append(checked_rule(name, before, after, words))
        entry.close()
    return tuple(rules)


def _frame(entry: Fields, side: str) -> str:
    given = entry.anything(side)  # not a text: blank space at its edges counts
    if not isinstance(given, str):
        raise entry.refused("{field} takes the signs beside the speaker, in quotation marks.", side, field=side)
    return given


def _levers(fields: Fields) -> str | tuple[str, ...]:
    given = fields.anything("levers")
    if isinstance(given, str) and given.endswith(YAML_ENDINGS):
        return given.strip()
    return fields.texts("levers")


def write_study_file(record: StudyRecord) -> str:
    """Write `study.yaml` so that `read_study_file` reads the same value back."""
    content: dict[str, Any] = {
        "key": record.key,
        "title": record.title,
        "question": record.question,
        "site": record.site,
        "offices": list(record.offices),
        "standpoints": list(record.standpoints),
        "names": [
            {"name": name, "class": record.name_classes[name].value} if name in record.name_classes else name
            for name in record.names
        ],
        "thorough": record.thorough,
        "users": [{"username": person.username, "role": person.role.value} for person in record.users],
        "levers": record.levers if isinstance(record.levers, str) else list(record.levers),
        "rule": rule_content(record.rule),
        "codebook": record.codebook,
        "process_map": record.process_map,
        "keys": dict(sorted(record.keys.items())),
        "conventions": [
            {"name": rule.name, "before": rule.before, "after": rule.after, "words": rule.words}
            for rule in record.conventions
        ],
        "attributes": [content_of(each) for each in record.attributes],
        "stewardship": [content_of(each) for each in record.stewardship],
    }
    return write_yaml({name: value for name, value in content.items() if value})


def rule_content(rule: EvidenceRule) -> dict[str, Any]:
    """Return a rule as plain values that `findings.read_rule` reads; lines that ask what the default asks stay out."""
    asked = {line.value: rule.required(line) for line in LineKey if rule.required(line) != DEFAULT_RULE.required(line)}
    content: dict[str, Any] = {"name": rule.name, "version": rule.version}
    return content | ({"required": asked} if asked else {})
