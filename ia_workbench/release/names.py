"""Known names: what the team already knows may never be read outside, looked for in every text of a package.

Deterministic and thin: it finds what was written down (the study's list of names, keys of the source register, file
names, words masked elsewhere in the same finding), not what nobody thought of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.corpus import STANDPOINTS, CaseCluster, Participant, Source, SourceFile, SourceKind
from ia_workbench.kernel import digest_of
from ia_workbench.privacy import Study
from ia_workbench.publication import PackageContent
from ia_workbench.release.clearance import LinkState, Obstacle
from ia_workbench.release.rules import places_of, segments_of, spans_from

FEWEST_LETTERS = 3  # masked words shorter than this are too common to look for elsewhere
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
    """Words that may not be read outside, and what they are."""

    words: str
    what: str


def known_names(session: Session, study: Study, states: Iterable[LinkState]) -> list[KnownName]:
    """Return what is known to point at a person or a source of a study; four queries."""
    listed = study.settings.get("names") or []
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
        *(KnownName(str(name), "a name on the study's list") for name in listed if str(name).strip()),
        *keys,
        *(KnownName(stem, "the name of a file") for name in files for stem in _stems(name)),
        *_masked(states),
    ]


def _stems(name: str) -> set[str]:
    """A file's name without its ending, as written and with spaces for its hyphens and underscores."""
    stem = PurePath(name).stem.strip()
    words = [word for word in re.split(r"[\s_-]+", stem) if word]
    if all(word.lower() in ORDINARY_FILE_WORDS for word in words):
        return set()
    return {stem, " ".join(words)}


def _masked(states: Iterable[LinkState]) -> Iterator[KnownName]:
    """Words masked in one quote of the finding: they must not stand open in another place of it."""
    for state in states:
        quote = state.link.excerpt.quote
        if state.mask is None or state.mask.quote_sha256 != digest_of(quote):
            continue
        for segment in segments_of(quote, spans_from(state.mask.replacements)):
            if segment.is_replaced and len(segment.words) >= FEWEST_LETTERS and _may_be_name(segment.words):
                yield KnownName(segment.words, f"masked in {state.link.key}")


def _may_be_name(words: str) -> bool:
    return any(character.isupper() or character.isdigit() for character in words)


def name_obstacles(
    content: PackageContent, names: Iterable[KnownName], offices: Iterable[str], sources: dict[str, str]
) -> list[Obstacle]:
    """Return every place of a package where a known name stands, and speakers told by office.

    `sources` are the source keys by evidence key, for the team. Names are found as whole words in any case.
    """
    texts = list(_texts(content))
    everything = "\n".join(text for _, _, text in texts)
    standing = [name for name in dict.fromkeys(names) if places_of(name.words, everything, any_case=True)]
    found = [
        _name_obstacle(name, place, evidence, sources)
        for name in standing
        for place, evidence, text in texts
        if places_of(name.words, text, any_case=True)
    ]
    for each in content.evidence:
        spoken = f"{each.speaker.en}\n{each.speaker.es}"
        for office in offices:
            if places_of(office, spoken, any_case=True):
                facts = (("evidence", each.key), ("words", office))
                found.append(Obstacle(OFFICE_IN_SPEAKER, facts, each.key, sources.get(each.key)))
    return list(dict.fromkeys(found))


def _name_obstacle(name: KnownName, place: str, evidence: str | None, sources: dict[str, str]) -> Obstacle:
    facts = (("words", name.words), ("place", place), ("what", name.what))
    return Obstacle(FOUND_NAME, facts, evidence, sources.get(evidence or ""), place)


def _texts(content: PackageContent) -> Iterator[tuple[str, str | None, str]]:
    """Every text of a package with its place in words and the key of the evidence it belongs to."""
    value = content.to_json()
    for evidence in value.pop("evidence"):
        for name, text in _strings(evidence, ""):
            yield f"{name} of {evidence['key']}", evidence["key"], text
    for name, text in _strings(value, ""):
        yield name, None, text


def _strings(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each, name)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _strings(each, name or key.replace("_", " "))
