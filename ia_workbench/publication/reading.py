"""Frozen dataclasses to JSON values and back, strictly: nothing is guessed, filled in or passed over."""

import json
import math
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ia_workbench.kernel import Refused

Value = TypeVar("Value")

MISSING_FIELD = "The package lacks {field} at {place}."
UNKNOWN_FIELD = "The package has an unknown field, {field}, at {place}."
WRONG_TYPE = "The package has a value of the wrong type at {place}."


def plain_json(value: Any) -> Any:
    """Return a value of frozen dataclasses, tuples, enums and plain values as JSON values."""
    if is_dataclass(value):
        return {field.name: plain_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain_json(each) for each in value]
    return value.value if isinstance(value, StrEnum) else value


def canonical_json(value: Any) -> bytes:
    """Write JSON values in the one way that is hashed. Raises ValueError for a number that JSON does not have."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def read_value(wanted: type[Value], value: object, *, place: str) -> Value:
    """Read JSON values as the dataclass wanted; refuses anything that is not exactly of its shape."""
    read: Value = _read(wanted, value, place)
    return read


def _read(wanted: Any, value: object, place: str) -> Any:
    if get_origin(wanted) is UnionType:
        return _read_optional(wanted, value, place)
    if get_origin(wanted) is tuple:
        return _read_tuple(wanted, value, place)
    if is_dataclass(wanted):
        return _read_dataclass(wanted, value, place)
    if issubclass(wanted, StrEnum):
        return _read_member(wanted, value, place)
    return _read_plain(wanted, value, place)


def _read_optional(wanted: Any, value: object, place: str) -> Any:
    inner = next(each for each in get_args(wanted) if each is not NoneType)
    return None if value is None else _read(inner, value, place)


def _read_tuple(wanted: Any, value: object, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Refused(WRONG_TYPE, place=place)
    inner = get_args(wanted)[0]
    return tuple(_read(inner, each, f"{place}[{index}]") for index, each in enumerate(value))


def _read_dataclass(wanted: Any, value: object, place: str) -> Any:
    if not isinstance(value, dict):
        raise Refused(WRONG_TYPE, place=place)
    types = get_type_hints(wanted)
    names = [field.name for field in fields(wanted)]
    for name in value:
        if name not in names:
            raise Refused(UNKNOWN_FIELD, field=name, place=place)
    for name in names:
        if name not in value:
            raise Refused(MISSING_FIELD, field=name, place=place)
    return wanted(**{name: _read(types[name], value[name], f"{place}.{name}") for name in names})


def _read_member(wanted: type[StrEnum], value: object, place: str) -> StrEnum:
    if type(value) is not str or value not in list(wanted):
        raise Refused(WRONG_TYPE, place=place)
    return wanted(value)


def _read_plain(wanted: Any, value: object, place: str) -> Any:
    if wanted is float and type(value) in (int, float) and math.isfinite(value):  # type: ignore[arg-type]
        return float(value)  # type: ignore[arg-type]
    if wanted is float or type(value) is not wanted:  # `type` and not isinstance: True is no number here
        raise Refused(WRONG_TYPE, place=place)
    return value
