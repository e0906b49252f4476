"""The evidence rule: what a finding must show to be established. A value, so that a study may ask for more.

The nine lines and the default's numbers are our convention: no published threshold is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from ia_workbench.kernel import Refused, parse_yaml


class LineKey(StrEnum):
    """The nine lines, in the order they are shown."""

    INDEPENDENT_SOURCES = "independent-sources"
    KINDS = "kinds"
    FAMILY_STANDPOINT = "family-standpoint"
    LEVER_ANCHORED = "lever-anchored"
    INVESTIGATORS = "investigators"
    NOT_ONE_CASE = "not-one-case"
    NOT_ONE_OFFICE = "not-one-office"
    NEGATIVE_CASE_SEARCH = "negative-case-search"
    CONTRARY_RESOLVED = "contrary-resolved"


@dataclass(frozen=True)
class EvidenceRule:
    """What each line asks for: the first five the least number, the others whether they are asked at all.

    0 and False ask nothing: the line is shown and always met.
    """

    name: str = "default"
    version: int = 1
    independent_sources: int = 3
    kinds: int = 2
    family_standpoint: int = 1
    lever_anchored: int = 1
    investigators: int = 2
    not_one_case: bool = True
    not_one_office: bool = True
    negative_case_search: bool = True
    contrary_resolved: bool = True

    def required(self, line: LineKey) -> int | bool:
        """Return what a line asks for."""
        asked: int | bool = getattr(self, _field(line))
        return asked


DEFAULT_RULE = EvidenceRule()


def read_rule(data: object) -> EvidenceRule:
    """Read a rule from plain values: `name`, `version`, and `required` by line key.

    A line that `required` leaves out asks what the default asks, so that no line is lost by oversight. Refuses unknown
    keys and values of the wrong sort, naming them.
    """
    fields = _mapping(data, "The rule must have the fields name, version and required.")
    known = {"name", "version", "required"}
    _refuse_unknown(fields, known, "The rule has the unknown field {field}. Known are: {known}.")
    name, version = fields.get("name"), fields.get("version")
    if not isinstance(name, str) or not name.strip():
        raise Refused("Give the rule a name.")
    if not _is_number(version) or version < 1:
        raise Refused("Give the rule a version: 1, 2, 3 and so on.")
    required = _mapping(fields.get("required") or {}, "The rule's field required must list lines and what each asks.")
    _refuse_unknown(required, set(LineKey), "The rule has no line called {field}. Known are: {known}.")
    asked = {_field(LineKey(line)): _asked(LineKey(line), value) for line, value in required.items()}
    return EvidenceRule(name, version, **asked)  # type: ignore[arg-type]  # each value was checked for its line


def read_rule_file(text: str) -> EvidenceRule:
    """Read a rule from the text of a YAML file; refuses what `read_rule` refuses and what is not YAML."""
    return read_rule(parse_yaml(text))


def _field(line: LineKey) -> str:
    return line.value.replace("-", "_")


def _asked(line: LineKey, value: object) -> int | bool:
    if isinstance(DEFAULT_RULE.required(line), bool):
        if isinstance(value, bool):
            return value
        raise Refused("The rule's line {line} takes true or false.", line=line.value)
    if _is_number(value) and value >= 0:
        return value
    raise Refused("The rule's line {line} takes a whole number, 0 or more.", line=line.value)


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _mapping(data: object, sentence: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise Refused(sentence)
    return data


def _refuse_unknown(fields: Mapping[str, object], known: set[str], sentence: str) -> None:
    unknown = sorted(set(fields) - known)
    if unknown:
        raise Refused(sentence, field=unknown[0], known=", ".join(sorted(known)))
