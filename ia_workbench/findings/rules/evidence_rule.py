"""The evidence rule: what a finding must show to be established. A value, so that a study may ask for more.

The nine lines and the default's numbers are our convention: no published threshold is known.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ia_workbench.kernel import Fields, parse_yaml

HIGHEST_NUMBER = 1_000_000


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


def read_rule(data: object, *, version: int | None = None) -> EvidenceRule:
    """Read a rule from plain values: `name`, `version` (or the one given, where it is left out), `required` by line.

    A line that `required` leaves out asks what the default asks, so that no line is lost by oversight. Refuses unknown
    keys and values of the wrong sort, naming them.
    """
    fields = Fields(data, "the rule")
    rule = EvidenceRule(
        name=fields.text("name"),
        version=fields.whole_number("version", least=1, most=HIGHEST_NUMBER, default=version),
        **_asked(fields.inner("required")),
    )
    fields.close()
    return rule


def _asked(required: Fields | None) -> dict[str, Any]:
    """Return what each line asks, by field of the rule."""
    if required is None:
        return {}
    asked: dict[str, Any] = {}
    for line in LineKey:
        usual = DEFAULT_RULE.required(line)
        if isinstance(usual, bool):
            asked[_field(line)] = required.truth(line.value, default=usual)
        else:
            asked[_field(line)] = required.whole_number(line.value, least=0, most=HIGHEST_NUMBER, default=usual)
    required.close()
    return asked


def read_rule_file(text: str) -> EvidenceRule:
    """Read a rule from the text of a YAML file; refuses what `read_rule` refuses and what is not YAML."""
    return read_rule(parse_yaml(text))


def _field(line: LineKey) -> str:
    return line.value.replace("-", "_")
