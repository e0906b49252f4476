"""The one YAML reader and writer of the product: plain values, no anchors, no double fields, bounded size and depth."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ia_workbench.kernel.errors import Refused
from ia_workbench.kernel.spans import normalise_text

LARGEST_YAML = 5_000_000  # bytes
DEEPEST_YAML = 40  # levels of lists and fields inside one another
LINE_WIDTH = 110
SHORT_LIST = 80  # characters of a list that is written on one line
OTHER_BREAKS = "\x85\u2028\u2029"  # line breaks to YAML that are characters of a text to us: written as \\N, \\L, \\P
PLAIN_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
TRUTH = "tag:yaml.org,2002:bool"


class _Loader(PLAIN_LOADER):  # type: ignore[misc]  # which of the two loaders it is depends on the machine
    """Takes only `true` and `false` for truth values, as YAML 1.2 does: `on:` is a field and `no` a language."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != TRUTH]
        for first, resolvers in PLAIN_LOADER.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(TRUTH, re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF"))


class PlacedFields(dict[Any, Any]):
    """The fields of one thing in a YAML file, with the line it begins on and the line of each field."""

    line: int
    lines: dict[str, int]


def _placed_fields(loader: Any, node: yaml.MappingNode) -> Iterator[PlacedFields]:
    placed = PlacedFields()
    placed.line = node.start_mark.line + 1
    placed.lines = {str(name.value): name.start_mark.line + 1 for name, _value in node.value}
    yield placed  # first empty and then filled, as the reader builds what is inside something else
    placed.update(loader.construct_mapping(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _placed_fields)


def parse_yaml(text: str) -> object:
    """Read one YAML document into plain values: dict (as PlacedFields), list, str, int, float, bool, date or None.

    Refuses, with the line where it can, a text over 5 MB, one nested over 40 levels, an anchor or alias (they can
    blow up to any size), a field given twice, and anything that is not well-formed YAML.
    """
    text = normalise_text(text)
    if len(text.encode(errors="replace")) > LARGEST_YAML:
        raise Refused("The file is larger than {limit} MB; split it.", limit=LARGEST_YAML // 1_000_000)
    try:
        _watch(text)
        loader = _Loader(text)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Refused(
            "Line {line} is not well-formed YAML; check its indentation and quotation marks.", line=line
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        raise Refused("The file is not well-formed YAML; a date, number or character in it cannot be read.") from None


@dataclass
class _Level:
    """One open list or mapping; field and value take turns in a mapping."""

    seen: set[str] | None
    awaits_field: bool = True


def _watch(text: str) -> None:
    """Walk the events of the text before anything is built from them."""
    levels: list[_Level] = []
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Refused("Line {line} points to another value (& or *); write the value out instead.", line=line)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(levels) >= DEEPEST_YAML:
                raise Refused("Line {line} is nested more than {depth} levels deep.", line=line, depth=DEEPEST_YAML)
            levels.append(_Level(set() if isinstance(event, yaml.MappingStartEvent) else None))
        elif isinstance(event, yaml.ScalarEvent):
            _note_scalar(event.value, line, levels)
        elif isinstance(event, yaml.CollectionEndEvent):
            levels.pop()
            _note_value(levels)


def _note_scalar(value: str, line: int, levels: list[_Level]) -> None:
    level = levels[-1] if levels else None
    if level is not None and level.seen is not None and level.awaits_field:
        if value in level.seen:
            raise Refused("Line {line} gives {field} a second time; keep one of the two.", line=line, field=value)
        level.seen.add(value)
    _note_value(levels)


def _note_value(levels: list[_Level]) -> None:
    if levels:
        levels[-1].awaits_field = not levels[-1].awaits_field


class _Dumper(yaml.SafeDumper):
    """Writes as people write: items indented under their field, short lists of words on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def write_list(self, items: list[Any]) -> yaml.Node:
        is_short = all(isinstance(each, str) for each in items) and sum(len(each) + 2 for each in items) <= SHORT_LIST
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=is_short)

    def write_words(self, words: str) -> yaml.Node:
        is_broken = any(each in words for each in OTHER_BREAKS)
        return self.represent_scalar("tag:yaml.org,2002:str", words, style='"' if is_broken else None)


_Dumper.add_representer(list, _Dumper.write_list)
_Dumper.add_representer(str, _Dumper.write_words)


def write_yaml(content: dict[str, Any]) -> str:
    """Write plain values as YAML text that a person can edit and `parse_yaml` reads back as the same values."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH)


def given(**fields: Any) -> dict[str, Any]:
    """Return the fields that say something, so that files stay short; zero and false do say something."""
    kept = {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in kept.items()}
