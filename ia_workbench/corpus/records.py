"""The source register's record of one source, and what makes it well formed."""

import datetime
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from ia_workbench.corpus.rules import ConsentScope, SourceKind
from ia_workbench.corpus.teaching import is_taught_name
from ia_workbench.kernel import Refused, first_twice, is_key, is_numbered_key, parse_day

SEPARATOR = ";"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
USERNAME = re.compile(r"[A-Za-z0-9._-]{1,40}\Z")
STANDPOINT = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
LONGEST_WORDS = 200  # characters of a title or another field in plain words

Vocabulary = TypeVar("Vocabulary", bound=Enum)


@dataclass(frozen=True)
class SourceRecord:
    """What the source register says of one source. Keys are those of the study; `key` None asks for the next one.

    `consent` is the narrowest scope unless someone says otherwise. `convention` is set only when a person chose how the
    turns are written. An empty `title` becomes the kind and the key.
    """

    kind: SourceKind
    standpoint: str
    key: str | None = None
    title: str = ""
    subkind: str | None = None
    worker_role: str | None = None
    participants: tuple[str, ...] = ()
    case: str | None = None
    office: str | None = None
    agency: str | None = None
    collectors: tuple[str, ...] = ()
    date: datetime.date | None = None
    language: str = "en"
    consent: ConsentScope = ConsentScope.ANALYSIS_ONLY
    text_id: str | None = None
    event_id: str | None = None
    nodes: tuple[str, ...] = ()
    convention: str | None = None


# The columns of `sources.csv` beside the file's name, in order. Several participants, collectors or nodes share a cell.
FIELDS = (
    "key", "kind", "subkind", "title", "standpoint", "worker_role", "participant", "case", "office", "agency",
    "collector", "date", "language", "consent", "text_id", "event_id", "nodes", "convention",
)  # fmt: skip
REQUIRED_FIELDS = ("kind", "standpoint")


def read_record(fields: Mapping[str, str]) -> SourceRecord:
    """Read a record from named texts, as a row of `sources.csv` or a form gives them.

    Blank fields count as not given, and texts are brought into NFC. Several participants, collectors or nodes are
    joined by `;`. Raises Refused naming the field for an unknown kind, consent scope or field, a malformed key, date or
    language.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise Refused("There is no field {field} in the source register.", field=unknown[0])
    given = {name: unicodedata.normalize("NFC", text).strip() for name, text in fields.items() if text and text.strip()}
    for name in REQUIRED_FIELDS:
        if name not in given:
            raise Refused("Give the {field} of the source.", field=name)
    record = SourceRecord(
        kind=_member_of(SourceKind, "kind", given["kind"]),
        standpoint=given["standpoint"],
        key=given.get("key"),
        title=given.get("title", ""),
        subkind=given.get("subkind"),
        worker_role=given.get("worker_role"),
        participants=_several(given.get("participant", "")),
        case=given.get("case"),
        office=given.get("office"),
        agency=given.get("agency"),
        collectors=_several(given.get("collector", "")),
        date=_date(given.get("date")),
        language=given.get("language", "en"),
        consent=_member_of(ConsentScope, "consent", given.get("consent", ConsentScope.ANALYSIS_ONLY)),
        text_id=given.get("text_id"),
        event_id=given.get("event_id"),
        nodes=_several(given.get("nodes", "")),
        convention=given.get("convention"),
    )
    check_form(record)
    return record


def fields_of(record: SourceRecord) -> dict[str, str]:
    """Write a record as named texts, as `read_record` reads them; a field that is not given is an empty text."""
    return {
        "key": record.key or "",
        "kind": record.kind.value,
        "subkind": record.subkind or "",
        "title": record.title,
        "standpoint": record.standpoint,
        "worker_role": record.worker_role or "",
        "participant": SEPARATOR.join(record.participants),
        "case": record.case or "",
        "office": record.office or "",
        "agency": record.agency or "",
        "collector": SEPARATOR.join(record.collectors),
        "date": record.date.isoformat() if record.date else "",
        "language": record.language,
        "consent": record.consent.value,
        "text_id": record.text_id or "",
        "event_id": record.event_id or "",
        "nodes": SEPARATOR.join(record.nodes),
        "convention": record.convention or "",
    }


def check_form(record: SourceRecord) -> None:
    """Refuse a record with a malformed field, naming the first; what the study knows is checked on importing."""
    keys = (("key", record.key), ("case", record.case), *(("participant", each) for each in record.participants))
    for field, key in keys:
        if key is not None and not is_numbered_key(key):  # a digit, so that nobody's name becomes a key
            raise _unfit(field, key, "a key such as INT-001")
    for node in record.nodes:
        if not is_key(node):
            raise _unfit("nodes", node, "a key such as N-07")
    for field, identifier in (("text_id", record.text_id), ("event_id", record.event_id)):
        _check(field, identifier, re.compile(r"[\w./:-]{1,60}\Z"), "one word such as CCFS-6.3")
    for collector in record.collectors:
        _check("collector", collector, USERNAME, "a username")
    _check("standpoint", record.standpoint, STANDPOINT, "one of the study's standpoints")
    _check("language", record.language, LANGUAGE, "a language tag such as en or es")
    for field in ("title", "subkind", "worker_role", "office", "agency"):
        _check_words(field, getattr(record, field))
    for field, several in (("participant", record.participants), ("nodes", record.nodes)):
        _check_distinct(field, several)
    _check_distinct("collector", record.collectors)
    if record.convention is not None:
        _check_convention(record.convention)


def _check_convention(name: str) -> None:
    """Refuse what can be neither ours nor taught; whether the study was taught it is asked where turns are found."""
    if not is_taught_name(name):
        raise _unfit("convention", name, "one of ours, or small letters, digits and hyphens as in chat-app")


def _check(field: str, value: str | None, pattern: re.Pattern[str], wanted: str) -> None:
    if value is not None and not pattern.match(value):
        raise _unfit(field, value, wanted)


def _unfit(field: str, value: str, wanted: str) -> Refused:
    return Refused("{value} cannot be the {field}: write {wanted}.", value=value, field=field, wanted=wanted)


def _check_words(field: str, words: str | None) -> None:
    if words is not None and (len(words) > LONGEST_WORDS or not (words == "" or words.isprintable())):
        raise Refused("The {field} takes one line of at most {length} characters.", field=field, length=LONGEST_WORDS)


def _check_distinct(field: str, several: Collection[str]) -> None:
    if first_twice(several) is not None:
        raise Refused("The {field} names the same one twice.", field=field)


def _member_of(vocabulary: type[Vocabulary], field: str, value: str) -> Vocabulary:
    try:
        return vocabulary(value)
    except ValueError:
        known = ", ".join(str(member.value) for member in vocabulary)
        raise Refused(
            "There is no {field} {value}; there are {known}.", field=field, value=value, known=known
        ) from None


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())


def _date(text: str | None) -> datetime.date | None:
    try:
        return parse_day(text) if text else None
    except ValueError:
        raise Refused("{value} is not a date: write it as 2026-03-02.", value=text) from None
