"""Known names: what the team already knows may never be read outside, looked for in every text of a package.

Deterministic and thin: it finds what was written down (the study's list of names, identities that its sources are
masked by, keys of the source register, file names, words masked elsewhere in the same finding) in the spellings people
use, not what nobody thought of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import masking
from ia_workbench.corpus import STANDPOINTS, CaseCluster, Participant, Source, SourceFile, SourceKind
from ia_workbench.kernel import Refused, Span, digest_of
from ia_workbench.privacy import FEWEST_LETTERS, FoldedText, Spelling, Study, places_of_name, spelling_of, with_decoded
from ia_workbench.publication import PackageContent
from ia_workbench.release.clearance import LinkState, Obstacle
from ia_workbench.release.rules import segments_of, spans_from

# One plain word is no name when it is what such files are called everywhere.
ORDINARY_FILE_WORDS = (
    frozenset(STANDPOINTS)
    | {word for kind in SourceKind for word in kind.value.split("-")}
    | {
        "attorney",
        "form",
        "hearing",
        "judge",
        "letter",
        "log",
        "notes",
        "policy",
        "report",
        "template",
        "visits",
        "worker",
    }
)
FOUND_NAME = "“{words}” stands in {place}: {what}. Write it otherwise."
OFFICE_IN_SPEAKER = "The words for who speaks in {evidence} name an office, “{words}”. Say the standpoint only."


@dataclass(frozen=True)
class KnownName:
    """Words that may not be read outside, and what they are. Parts of a name of people or places count alone, too."""

    words: str
    what: str
    with_parts: bool = False

    @property
    def spelling(self) -> Spelling:
        """How it may be written."""
        return spelling_of(self.words, with_parts=self.with_parts)


@dataclass(frozen=True)
class Reading:
    """One text that people outside would read: its place in words, the key of its evidence, the words."""

    place: str
    evidence: str | None
    text: str


def known_names(session: Session, study: Study, states: Iterable[LinkState]) -> list[KnownName]:
    """Return what is known to point at a person or a source of a study; five queries."""
    models: tuple[tuple[Any, str], ...] = (
        (Participant.key, "a key of a participant"),
        (CaseCluster.key, "a key of a case"),
        (Source.key, "a key of a source"),
    )
    keys = [
        KnownName(key, what)
        for column, what in models
        for key in session.scalars(select(column).where(column.class_.study_id == study.id))
    ]
    # A file that holds a policy or a form is called after it, and no family is in it.
    with_people = Source.kind != SourceKind.INSTITUTIONAL_TEXT
    named = select(SourceFile.name).join(Source, Source.id == SourceFile.source_id)
    files = session.scalars(named.where(SourceFile.study_id == study.id, with_people))
    return [
        *_names_of(session, study),
        *keys,
        *(KnownName(stem, "the name of a file") for name in files for stem in _stems(name)),
        *_masked(states),
    ]


def _names_of(session: Session, study: Study) -> list[KnownName]:
    """The names that a study lists, and the identities that its sources are masked by."""
    identities = masking.known_identities(session, study.id)
    known = [KnownName(each.words, each.what, each.with_parts) for each in identities]
    return [*listed_names(study.settings.get("names") or []), *known]


def listed_names(names: Iterable[object]) -> list[KnownName]:
    """Return the names that a study lists, of people, places and employers."""
    return [KnownName(str(name), "a name on the study's list", with_parts=True) for name in names if str(name).strip()]


def _stems(name: str) -> set[str]:
    """A file's name without its ending, unless every file is called so."""
    stem = PurePath(name).stem.strip()
    words = [word for word in re.split(r"[\s_-]+", stem) if word]
    if all(word.lower() in ORDINARY_FILE_WORDS for word in words):
        return set()
    return {stem}


def _masked(states: Iterable[LinkState]) -> Iterator[KnownName]:
    """Words masked in one quote of the finding: they must not stand open in another place of it."""
    for state in states:
        quote = state.link.excerpt.quote
        if state.mask is None or state.mask.quote_sha256 != digest_of(quote):
            continue
        for segment in segments_of(quote, spans_from(state.mask.replacements)):
            if segment.is_replaced and len(segment.words) >= FEWEST_LETTERS and _may_be_name(segment.words):
                yield KnownName(segment.words, f"masked in {state.link.key}", with_parts=True)


def _may_be_name(words: str) -> bool:
    return any(character.isupper() or character.isdigit() for character in words)


def name_obstacles(
    content: PackageContent, names: Sequence[KnownName], offices: Iterable[str], sources: dict[str, str]
) -> list[Obstacle]:
    """Return every place of a package where a known name stands, and speakers told by office.

    `sources` are the source keys by evidence key, for the team. Names are found in any ordinary spelling.
    """
    found = [
        Obstacle(
            FOUND_NAME, _facts(name, reading), reading.evidence, sources.get(reading.evidence or ""), reading.place
        )
        for name, reading in names_in(_readings(content), names)
    ]
    for each in content.evidence:
        spoken = FoldedText(f"{each.speaker.en}\n{each.speaker.es}")
        for office in offices:
            if places_of_name(spelling_of(office), spoken):
                facts = (("evidence", each.key), ("words", office))
                found.append(Obstacle(OFFICE_IN_SPEAKER, facts, each.key, sources.get(each.key)))
    return list(dict.fromkeys(found))


def names_in(readings: Iterable[Reading], names: Sequence[KnownName]) -> list[tuple[KnownName, Reading]]:
    """Return each known name with each text in which it stands; a name within a longer one is told with that alone."""
    texts = [(reading, FoldedText(with_decoded(reading.text))) for reading in readings]
    everything = FoldedText("\n".join(text.text for _, text in texts))
    standing = {name for name in names if places_of_name(name.spelling, everything)}
    found = []
    for reading, text in texts:
        places = {name: places_of_name(name.spelling, text) for name in names if name in standing}
        found += [(name, reading) for name in _longest(places)]
    return found


def _longest(places: Mapping[KnownName, Sequence[Span]]) -> list[KnownName]:
    """Return the names that fill a place of their own, in the order given."""
    taken: list[Span] = []
    told = set()
    for name, span in sorted(
        ((name, span) for name, spans in places.items() for span in spans), key=lambda each: each[1].start - each[1].end
    ):
        if not any(other.start <= span.start and span.end <= other.end for other in taken):
            taken.append(span)
            told.add(name)
    return [name for name in places if name in told]


def refuse_known_names(readings: Iterable[Reading], names: Sequence[KnownName]) -> None:
    """Refuse texts in which a known name stands, naming the first place."""
    for name, reading in names_in(readings, names):
        raise Refused(FOUND_NAME, **dict(_facts(name, reading)))


def refuse_listed_names(texts: Mapping[str, str], names: Iterable[str]) -> None:
    """Refuse texts, told by what they are, that hold a name of a study's list: they reach readers outside a package."""
    refuse_known_names([Reading(place, None, text) for place, text in texts.items()], listed_names(names))


def refuse_names_of(session: Session, study: Study, texts: Mapping[str, str]) -> None:
    """Refuse texts, told by what they are, that hold a name of a study's list or a spelling of one of its identities.

    For what reaches readers beside a package: the name of a file, say.
    """
    refuse_known_names([Reading(place, None, text) for place, text in texts.items()], _names_of(session, study))


def _facts(name: KnownName, reading: Reading) -> tuple[tuple[str, str], ...]:
    return (("words", name.words), ("place", reading.place), ("what", name.what))


def _readings(content: PackageContent) -> Iterator[Reading]:
    """Every text of a package."""
    value = content.to_json()
    for evidence in value.pop("evidence"):
        for name, text in _strings(evidence, ""):
            yield Reading(f"{name} of {evidence['key']}", evidence["key"], text)
    for name, text in _strings(value, ""):
        yield Reading(name, None, text)


def _strings(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each, name)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _strings(each, name or key.replace("_", " "))
