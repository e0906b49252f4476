"""Suggestions as a person sees them: the code, and the excerpts that speak for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding
from ia_workbench.codebook import Code
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Span
from ia_workbench.privacy import Study
from ia_workbench.suggestions.rules import Likely

SWITCH = "suggestions"  # setting of a study; on unless it says false
BLIND = "blind"  # setting of a study whose coders do not see each other's codings
LONGEST_SEEN = 90  # characters of an excerpt that are shown


@dataclass(frozen=True)
class Seen:
    """An excerpt that speaks for a code: key of its source, number of its turn, and the beginning of its words."""

    source: str
    turn: int
    words: str


@dataclass(frozen=True)
class Suggestion:
    """A code that selected words are likely to be given, with up to two excerpts that speak for it."""

    code: Code
    seen: tuple[Seen, ...]


def are_on(study: Study) -> bool:
    """Say whether a study makes suggestions: unless a lead switched them off, or its coders are blind."""
    return bool(study.settings.get(SWITCH, True)) and not study.settings.get(BLIND, False)


def touching(session: Session, revision: Revision, span: Span) -> list[int]:
    """Return the numbers of the excerpts that share words with a span; they speak for nothing, since they are it."""
    here = (Excerpt.revision_id == revision.id, Excerpt.start < span.end, Excerpt.end > span.start)
    return list(session.scalars(select(Excerpt.id).where(*here)))


def shown(session: Session, study_id: int, likely: Sequence[Likely]) -> list[Suggestion]:
    """Return suggestions for what is likely, read anew in the session of the person who is shown them.

    A code that was removed meanwhile, and one for which nothing speaks any more that they may read, is left out.
    """
    wanted = [number for each in likely for number in each.speaking]
    turns = coding.turns_of_excerpts(session, wanted)
    seen = {
        excerpt.id: Seen(key, turns.get(excerpt.id, 0), shortened(excerpt.quote))
        for excerpt, key in session.execute(
            select(Excerpt, Source.key)
            .join(Excerpt.revision)
            .join(Revision.source)
            .where(Excerpt.id.in_(wanted), Source.withdrawn_at.is_(None))
        )
    }
    numbers = [each.code_id for each in likely]
    codes = {
        each.id: each for each in session.scalars(select(Code).where(Code.id.in_(numbers), Code.study_id == study_id))
    }
    made = [(each, tuple(seen[number] for number in each.speaking if number in seen)) for each in likely]
    return [Suggestion(codes[each.code_id], speaking) for each, speaking in made if speaking and each.code_id in codes]


def shortened(words: str) -> str:
    """Return words on one line, cut after a word where they are long."""
    line = " ".join(words[: LONGEST_SEEN * 4].split())
    return line if len(line) <= LONGEST_SEEN else f"{line[:LONGEST_SEEN].rsplit(' ', 1)[0]} …"
