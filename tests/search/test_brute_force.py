"""Whatever is asked of the demo's own words, the search finds what reading every turn finds, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ia_workbench import corpus, search
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.search import SearchIndex
from ia_workbench.search.words import words_of
from tests.support import Home

OPERATORS = {"AND", "OR", "NOT"}
RAW_WORD = re.compile(r"\w+(?:['’-]\w+)*")
many = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@dataclass(frozen=True)
class Said:
    """One turn as the database holds it."""

    source: str
    turn: int
    text: str
    start: int
    words: list[str]


@dataclass(frozen=True)
class Question:
    """What is typed, and the words in a row that it stands for: of the last, the beginning alone if `is_begun`."""

    typed: str
    row: tuple[str, ...]
    is_begun: bool = False

    def is_met_by(self, words: list[str]) -> bool:
        length = len(self.row)
        stretches = (words[first : first + length] for first in range(len(words) - length + 1))
        return any(self._is_met_here(stretch) for stretch in stretches)

    def _is_met_here(self, stretch: list[str]) -> bool:
        last, wanted = stretch[-1], self.row[-1]
        return tuple(stretch[:-1]) == self.row[:-1] and (last.startswith(wanted) if self.is_begun else last == wanted)


@pytest.fixture
def turns(demo: Home) -> list[Said]:
    """Every turn of the newest revisions of the demo; the text runs to the end of the turn."""
    return list(_turns(demo))


def _turns(demo: Home) -> Iterator[Said]:
    with demo.session(demo.actor("ana"), writes=False) as session:
        for source in session.scalars(select(Source).where(Source.withdrawn_at.is_(None))):
            revision = corpus.newest_revision(session, source)
            text = session.scalars(select(Revision.text).where(Revision.id == revision.id)).one()
            for turn in session.scalars(select(Turn).where(Turn.revision_id == revision.id)):
                yield Said(
                    source.key,
                    turn.number,
                    text[: turn.end],
                    turn.speech_start,
                    words_of(text[turn.speech_start : turn.end]),
                )


def asked(demo: Home, typed: str) -> dict[tuple[str, int], search.Hit]:
    """Search as a member of the study, for everything."""
    with demo.session(demo.actor("ana"), writes=False) as session:
        index = SearchIndex(demo.folder / "search-index")
        found = search.search(session, index, demo.study_id, typed, limit=100_000)
    assert found.total == len(found.hits)
    return {(hit.source, hit.turn): hit for hit in found.hits}


@st.composite
def questions(draw: st.DrawFn, turns: list[Said]) -> Question:
    """A word, the beginning of a word, or a phrase that somebody said, typed as it was said or without accents."""
    said = draw(st.sampled_from([each for each in turns if RAW_WORD.search(each.text, each.start)]))
    found = [match for match in RAW_WORD.finditer(said.text, said.start) if match.group() not in OPERATORS]
    first = draw(st.integers(0, len(found) - 1))
    word = found[first].group()
    way = draw(st.sampled_from(["word", "beginning", "phrase", "folded"]))
    if way == "beginning":
        begun = re.sub(r"\W+\Z", "", word[: draw(st.integers(1, len(word)))])
        return Question(f"{begun}*", tuple(words_of(begun)), is_begun=True)
    if way == "phrase":
        last = draw(st.integers(first, min(first + 4, len(found) - 1)))
        phrase = said.text[found[first].start() : found[last].end()].replace('"', " ")
        return Question(f'"{phrase}"', tuple(words_of(phrase)))
    if way == "folded":
        return Question(words_of(word)[0], tuple(words_of(word)[:1]))
    return Question(word, tuple(words_of(word)))


@given(data=st.data())
@many
def test_a_question_finds_the_turns_in_which_its_words_stand(
    demo: Home, turns: list[Said], data: st.DataObject
) -> None:
    question = data.draw(questions(turns))
    hits = asked(demo, question.typed)
    assert hits
    assert set(hits) == {(each.source, each.turn) for each in turns if question.is_met_by(each.words)}
    by_place = {(each.source, each.turn): each for each in turns}
    for place, hit in hits.items():
        said = by_place[place]
        assert said.text[hit.start : hit.end] == hit.match
        assert said.text[max(said.start, hit.start - 60) : hit.start] == hit.left
        assert said.text[hit.end :].startswith(hit.right)
        assert question.is_met_by(words_of(hit.match)) or question.is_begun


@given(data=st.data())
@many
def test_and_or_and_not_join_questions_as_they_say(demo: Home, turns: list[Said], data: st.DataObject) -> None:
    one, two, three = (data.draw(questions(turns)) for _ in range(3))
    typed = f"({one.typed} OR {two.typed}) AND NOT {three.typed}"
    expected = {
        (each.source, each.turn)
        for each in turns
        if (one.is_met_by(each.words) or two.is_met_by(each.words)) and not three.is_met_by(each.words)
    }
    assert set(asked(demo, typed)) == expected
    both = {(each.source, each.turn) for each in turns if one.is_met_by(each.words) and two.is_met_by(each.words)}
    assert set(asked(demo, f"{one.typed} {two.typed}")) == set(asked(demo, f"{one.typed} AND {two.typed}")) == both
