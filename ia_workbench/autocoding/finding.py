"""Finding what a rule matches in sources: texts are read one at a time, and what is kept of them is places alone.

Call it with a session whose reads are let go of (`privacy.forget_reads`): it reads every text, and shows none. Whoever
shows matches asks `in_context`, in the session of the person who is shown them.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus, language
from ia_workbench.autocoding.matching import (
    MOST_MATCHES,
    TOO_MANY,
    Match,
    Place,
    Rule,
    Said,
    answers,
    grown,
    phrase_pattern,
    phrase_places,
    turns_of_speaker,
    words_in,
)
from ia_workbench.autocoding.patterns import places_of_pattern
from ia_workbench.coding import RuleKind
from ia_workbench.config import DEFAULT_MODEL
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.kernel import Refused, Span

KEPT = 50_000  # turns whose sentences are remembered, by offset alone


@dataclass(frozen=True)
class SourceMatches:
    """What a rule found in one source, in the order of its text; the revision is its newest raw one."""

    source_id: int
    key: str
    revision_id: int
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Found:
    """What a rule found: sources with matches by key, how many sources it read, and languages without word forms.

    `read` are the internal numbers of the sources that were read.
    """

    sources: tuple[SourceMatches, ...]
    read: tuple[int, ...]
    without_forms: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many places there are in all sources."""
        return sum(len(each.matches) for each in self.sources)

    @property
    def digest(self) -> str:
        """What tells this result from every other: SHA-256 of its places."""
        told = [(each.revision_id, [(m.span.start, m.span.end) for m in each.matches]) for each in self.sources]
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class _Text:
    """A text to be looked through: its source and revision, its turns."""

    source_id: int
    key: str
    language: str
    revision_id: int
    text: str
    turns: tuple[Said, ...]


def readable_sources(session: Session, study_id: int, keys: Collection[str] | None = None) -> list[Source]:
    """Return the sources of a study that the session shows and that are not withdrawn, by key; all, or those named."""
    statement = select(Source).where(Source.study_id == study_id, Source.withdrawn_at.is_(None)).order_by(Source.key)
    if keys is not None:
        statement = statement.where(Source.key.in_(keys))
    return list(session.scalars(statement))


def find(
    session: Session, study_id: int, rule: Rule, sources: Sequence[Source], *, model: str = DEFAULT_MODEL
) -> Found:
    """Return what a rule matches in the newest texts of these sources, as they were said: never in a masked text.

    Refuses a regular expression that is none or takes too long, and a rule that matches in too many places.
    """
    texts = _texts(session, study_id, sources)
    found = _by_pattern(list(texts), rule) if rule.kind is RuleKind.PATTERN else _each(texts, rule, model)
    return Found(tuple(found), tuple(each.id for each in sources), _without_forms(rule, sources, model))


def _each(texts: Iterator[_Text], rule: Rule, model: str) -> list[SourceMatches]:
    found, count = [], 0
    for each in texts:
        made = _grown(each, rule, list(_places(each, rule, model)))
        count += len(made.matches)
        if count > MOST_MATCHES:
            raise Refused(TOO_MANY, most=MOST_MATCHES)
        if made.matches:
            found.append(made)
    return found


def _places(text: _Text, rule: Rule, model: str) -> Iterator[Place]:
    if rule.kind is RuleKind.SPEAKER:
        spoken = [each for each in turns_of_speaker(text.turns, rule.words) if each.end > each.start]
        yield from (Place(each, each.speech, each.speech) for each in spoken)
        return
    asked = list(phrase_places(text.text, text.turns, phrase_pattern(_forms(rule, text.language, model))))
    if rule.kind is RuleKind.QUESTION:
        yield from answers(text.text, text.turns, asked)
    else:
        yield from (Place(turn, turn.speech, span) for turn, span in asked)


def _forms(rule: Rule, spoken: str, model: str) -> list[tuple[str, ...]]:
    words = words_in(rule.words)
    if rule.kind is not RuleKind.FORMS:
        return [(each,) for each in words]
    return [language.word_forms(each, spoken, model=model) for each in words]


def _by_pattern(texts: Sequence[_Text], rule: Rule) -> list[SourceMatches]:
    spoken = [[each.text[turn.start : turn.end] for turn in each.turns] for each in texts]
    made = [
        _grown(each, rule, [_place(each.turns[turn], start, end) for turn, start, end in places])
        for each, places in zip(texts, places_of_pattern(rule.words, spoken), strict=True)
    ]
    return [each for each in made if each.matches]


def _place(turn: Said, start: int, end: int) -> Place:
    return Place(turn, turn.speech, Span(turn.start + start, turn.start + end))


def _grown(text: _Text, rule: Rule, places: Sequence[Place]) -> SourceMatches:
    matches = grown(text.text, places, rule.unit, _sentences_in(text))
    return SourceMatches(text.source_id, text.key, text.revision_id, tuple(matches))


def _sentences_in(text: _Text) -> Callable[[Said], Sequence[Span]]:
    def sentences_of(turn: Said) -> Sequence[Span]:
        words = text.text[turn.start : turn.end]
        return [Span(turn.start + start, turn.start + end) for start, end in _cut(text.revision_id, turn.number, words)]

    return sentences_of


def _cut(revision_id: int, number: int, words: str) -> tuple[tuple[int, int], ...]:
    key = (revision_id, number)
    known = _CUTS.get(key)
    if known is None:
        if len(_CUTS) > KEPT:
            _CUTS.clear()
        known = _CUTS[key] = tuple((each.start, each.end) for each in language.sentences(words))
    return known


_CUTS: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}


def _without_forms(rule: Rule, sources: Sequence[Source], model: str) -> tuple[str, ...]:
    if rule.kind is not RuleKind.FORMS:
        return ()
    spoken = {each.language for each in sources}
    return tuple(sorted(each for each in spoken if not language.has_word_forms(each, model)))


def _texts(session: Session, study_id: int, sources: Sequence[Source]) -> Iterator[_Text]:
    """Yield the newest texts of sources one by one, with their turns as bare columns."""
    wanted = {each.id: each for each in sources}
    newest = select(Revision.id, Revision.source_id).where(Revision.id.in_(corpus.newest_numbers(study_id)))
    numbers = sorted(
        (wanted[source_id].key, number, source_id)
        for number, source_id in session.execute(newest.where(Revision.closed_at.is_(None)))
        if source_id in wanted
    )
    columns = select(Turn.number, Turn.speech_start, Turn.end, Turn.speaker)
    for key, number, source_id in numbers:
        text = session.scalars(select(Revision.text).where(Revision.id == number)).one()
        rows = session.execute(columns.where(Turn.revision_id == number).order_by(Turn.number))
        yield _Text(source_id, key, wanted[source_id].language, number, text, tuple(Said(*row) for row in rows))
