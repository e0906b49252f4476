"""Reads of raw words in the audit trail: one entry for each request or command, and study."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.audit import know_study_key, record
from ia_workbench.privacy.held_queries import HeldQuery
from ia_workbench.privacy.models import Study
from ia_workbench.privacy.noting import NOTED, RawWords

READ_RAW = "read-raw"
KEYS = "keys_of_words"  # in `session.info`: study number and key of a source, by what leads there


def has_read(session: Session) -> bool:
    """Say whether a session read raw words since `forget_reads`."""
    return NOTED in session.info


def reads_of(session: Session) -> Mapping[int, frozenset[str]]:
    """Return the keys of the sources whose raw words a session read since `forget_reads`, by study number."""
    numbers: defaultdict[RawWords, set[int]] = defaultdict(set)
    for words, number in session.info.get(NOTED, ()):
        if number is not None:  # a row that is about no source, such as a memo on a code
            numbers[words].add(number)
    found: defaultdict[int, set[str]] = defaultdict(set)
    known = session.info.get(KEYS, {})
    for words, those in numbers.items():
        for study_id, key in [known[words, each] for each in those if (words, each) in known]:
            found[study_id].add(key)
        unknown = {each for each in those if (words, each) not in known}
        for study_id, key in _keys(session, words, unknown) if unknown else ():
            found[study_id].add(key)
    return {study_id: frozenset(keys) for study_id, keys in found.items()}


def know_keys(
    session: Session, words: RawWords, number: int, *, study_id: int, study_key: str, source_key: str
) -> None:
    """Tell a session what it has just read: the keys of a source and of its study, which entries are going to name.

    `number` leads to the source as `words` says.
    """
    session.info.setdefault(KEYS, {})[words, number] = study_id, source_key
    know_study_key(session, study_id, study_key)


def _keys(session: Session, words: RawWords, numbers: Collection[int]) -> Iterable[Any]:
    """Return study number and key of the sources to which the numbers lead; mostly one does, hence a held query."""
    if len(numbers) > 1:
        return session.execute(words.keys(sorted(numbers)))
    return _key_of_one(words).rows(session, number=next(iter(numbers)))


@cache
def _key_of_one(words: RawWords) -> HeldQuery:
    return HeldQuery(words.keys([bindparam("number")]))


def forget_reads(session: Session) -> None:
    """Begin anew: what a session read so far is written down, or was shown to nobody."""
    session.info.pop(NOTED, None)


def record_reads(writing: Session, actor: Actor, reads: Mapping[int, frozenset[str]], *, where: str) -> None:
    """Write into the audit trail whose raw words were read: one entry a study, with the keys of all its sources.

    Its subject is the source, or the study where there are several. `where` is the page or command. The caller commits
    `writing`, and shows what was read only when that succeeded.
    """
    for study_id, keys in sorted(reads.items()):
        study = writing.get_one(Study, study_id)
        subject = next(iter(keys)) if len(keys) == 1 else study.key
        record(writing, actor, READ_RAW, subject=subject, study_id=study_id, sources=sorted(keys), where=where)
