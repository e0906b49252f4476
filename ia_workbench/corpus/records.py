"""The source register's record of one source, and what makes it well formed."""

import datetime
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from ia_workbench.corpus.rules import ConsentScope, PrivacyClass, SourceKind, privacy_class_of
from ia_workbench.corpus.teaching import is_taught_name
from ia_workbench.kernel import Refused, first_twice, is_key, is_numbered_key, parse_day

SEPARATOR = ";"
SPEAKS_AS = "="  # between a participant's key and the label under which they speak
ATTRIBUTE = "attribute:"  # before the name of an attribute of sources
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
USERNAME = re.compile(r"[A-Za-z0-9._-]{1,40}\Z")
STANDPOINT = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
LONGEST_WORDS = 200  # characters of a title or another field in plain words

Vocabulary = TypeVar("Vocabulary", bound=Enum)


@dataclass(frozen=True)
class SourceRecord:
    """What the source register says of one source. Keys are those of the study; `key` None asks for the next one.

    `consent` is the narrowest scope unless someone says otherwise. `convention` is set only when a person chose how the
    turns are written. An empty `title` becomes the kind and the key; `privacy_class` None is the usual one of the kind.
    `speakers` are pairs of a participant's key and the label under which they speak; `attributes` pairs of an
    attribute's name and value, in the order of the study.
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
    speakers: tuple[tuple[str, str], ...] = ()
    consent_on: datetime.date | None = None
    consent_until: datetime.date | None = None
    privacy_class: PrivacyClass | None = None
    debriefed_on: datetime.date | None = None
    stewardship: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


# The columns of `sources.csv` beside the file's name, in order. Several participants, collectors or nodes share a cell.
# Those of RARE_FIELDS are written only where a source says something there; columns of attributes follow all of them.
RARE_FIELDS = ("consent_on", "consent_until", "privacy_class", "debriefed_on", "stewardship", "convention")
FIELDS = (
    "key", "kind", "subkind", "title", "standpoint", "worker_role", "participant", "case", "office", "agency",
    "collector", "date", "language", "consent", "text_id", "event_id", "nodes", *RARE_FIELDS,
)  # fmt: skip
REQUIRED_FIELDS = ("kind", "standpoint")


def read_record(fields: Mapping[str, str]) -> SourceRecord:
    """Read a record from named texts, as a row of `sources.csv` or a form gives them.

    Blank fields count as not given, and texts are brought into NFC. Several participants, collectors or nodes are
    joined by `;`; a participant may be followed by `=` and the label under which they speak. A field `attribute:NAME`
    holds an attribute of sources. Raises Refused naming the field for an unknown kind, consent scope, privacy class or
    field, a malformed key, date or language.
    """
    unknown = sorted(name for name in set(fields) - set(FIELDS) if not name.startswith(ATTRIBUTE))
    if unknown:
        raise Refused("There is no field {field} in the source register.", field=unknown[0])
    given = {name: unicodedata.normalize("NFC", text).strip() for name, text in fields.items() if text and text.strip()}
    for name in REQUIRED_FIELDS:
        if name not in given:
            raise Refused("Give the {field} of the source.", field=name)
    people = [_key_and_label(each) for each in _several(given.get("participant", ""))]
    record = SourceRecord(
        kind=_member_of(SourceKind, "kind", given["kind"]),
        standpoint=given["standpoint"],
        key=given.get("key"),
        title=given.get("title", ""),
        subkind=given.get("subkind"),
        worker_role=given.get("worker_role"),
        participants=tuple(key for key, _label in people),
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
        speakers=tuple((key, label) for key, label in people if label),
        consent_on=_date(given.get("consent_on")),
        consent_until=_date(given.get("consent_until")),
        privacy_class=_member_of(PrivacyClass, "privacy_class", given["privacy_class"])
        if "privacy_class" in given
        else None,
        debriefed_on=_date(given.get("debriefed_on")),
        stewardship=given.get("stewardship"),
        attributes=tuple(
            (name.removeprefix(ATTRIBUTE).strip(), value) for name, value in given.items() if name.startswith(ATTRIBUTE)
        ),
    )
    check_form(record)
    return record


def fields_of(record: SourceRecord) -> dict[str, str]:
    """Write a record as named texts, as `read_record` reads them; a field that is not given is an empty text."""
    labels = dict(record.speakers)
    people = [f"{key}{SPEAKS_AS}{labels[key]}" if key in labels else key for key in record.participants]
    usual = record.privacy_class in (None, privacy_class_of(record.kind))
    return {
        "key": record.key or "",
        "kind": record.kind.value,
        "subkind": record.subkind or "",
        "title": record.title,
        "standpoint": record.standpoint,
        "worker_role": record.worker_role or "",
        "participant": SEPARATOR.join(people),
        "case": record.case or "",
        "office": record.office or "",
        "agency": record.agency or "",
        "collector": SEPARATOR.join(record.collectors),
        "date": _written(record.date),
        "language": record.language,
        "consent": record.consent.value,
        "text_id": record.text_id or "",
        "event_id": record.event_id or "",
        "nodes": SEPARATOR.join(record.nodes),
        "consent_on": _written(record.consent_on),
        "consent_until": _written(record.consent_until),
        "privacy_class": "" if usual or record.privacy_class is None else record.privacy_class.value,
        "debriefed_on": _written(record.debriefed_on),
        "stewardship": record.stewardship or "",
        "convention": record.convention or "",
        **{f"{ATTRIBUTE}{name}": value for name, value in record.attributes},
    }


def check_form(record: SourceRecord) -> None:
    """Refuse a record with a malformed field, naming the first; what the study knows is checked on importing."""
    _check_keys(record)
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
    _check_speakers(record)
    if record.consent_on and record.consent_until and record.consent_until < record.consent_on:
        raise Refused("The consent ends before it was given. Check consent_on and consent_until.")


def _check_convention(name: str) -> None:
    """Refuse what can be neither ours nor taught; whether the study was taught it is asked where turns are found."""
    if not is_taught_name(name):
        raise _unfit("convention", name, "one of ours, or small letters, digits and hyphens as in chat-app")


def _check_keys(record: SourceRecord) -> None:
    people = (("participant", each) for each in record.participants)
    keys = (("key", record.key), ("case", record.case), ("stewardship", record.stewardship), *people)
    for field, key in keys:
        if key is not None and not is_numbered_key(key):  # a digit, so that nobody's name becomes a key
            raise _unfit(field, key, "a key such as INT-001")
    for node in record.nodes:
        if not is_key(node):
            raise _unfit("nodes", node, "a key such as N-07")


def _check_speakers(record: SourceRecord) -> None:
    for key, label in record.speakers:
        if key not in record.participants:
            raise Refused("{key} speaks in the source and is not among its participants.", key=key)
        if SEPARATOR in label or not label.strip() or len(label) > LONGEST_WORDS or not label.isprintable():
            raise _unfit("participant", label, "a key and the label they speak under, such as P-01=Parent")


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


def _key_and_label(part: str) -> tuple[str, str]:
    """A participant's key, and the label under which they speak where it is said."""
    key, _equals, label = part.partition(SPEAKS_AS)
    return key.strip(), label.strip()


def _written(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str | None) -> datetime.date | None:
    try:
        return parse_day(text) if text else None
    except ValueError:
        raise Refused("{value} is not a date: write it as 2026-03-02.", value=text) from None
