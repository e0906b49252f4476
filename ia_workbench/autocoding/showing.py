"""Matches as a person looks at them: the words around each, and whether they have the code already."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.autocoding.finding import Found, SourceMatches
from ia_workbench.autocoding.matching import Match
from ia_workbench.codebook import Code
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Span
from ia_workbench.privacy import Account

CONTEXT = 70  # code points shown on either side of what would be coded
LONGEST_SHOWN = 400  # code points of what would be coded; of a longer turn its beginning


@dataclass(frozen=True)
class Coded:
    """A coding with the rule's code: where it stands and whose it is."""

    span: Span
    coder: str


@dataclass(frozen=True)
class Shown:
    """A match as it is shown. `coder` has given the code to all of it already; with `is_own` nothing is left to do.

    `name` tells the match from all others: `INT-001.120.160`.
    """

    name: str
    turn: int
    start: int
    end: int
    left: str
    words: str
    right: str
    is_cut: bool
    coder: str | None
    is_own: bool


@dataclass(frozen=True)
class ShownSource:
    """The matches of one source on a page, and how many it has in all."""

    key: str
    count: int
    matches: tuple[Shown, ...]


def name_of(key: str, match: Match) -> str:
    """Return what tells a match from all others: key of the source, start, end."""
    return f"{key}.{match.span.start}.{match.span.end}"


def in_context(session: Session, found: Found, code: Code, *, me: str, first: int, limit: int) -> Iterator[ShownSource]:
    """Yield a page of matches in context, by source: `limit` of them from the one of number `first` (from 0) on."""
    passed = 0
    for each in found.sources:
        here = each.matches[max(0, first - passed) : max(0, first + limit - passed)]
        passed += len(each.matches)
        if here:
            coded = coded_in(session, each.revision_id, code)
            shown = tuple(_shown(session, each, match, coded, me) for match in here)
            yield ShownSource(each.key, len(each.matches), shown)
        if passed >= first + limit:
            return


def _shown(session: Session, source: SourceMatches, match: Match, coded: Sequence[Coded], me: str) -> Shown:
    span = match.span
    start, end = max(0, span.start - CONTEXT), min(span.end, span.start + LONGEST_SHOWN)
    cut = func.substr(Revision.text, start + 1, end + CONTEXT - start)
    words = session.scalars(select(cut).where(Revision.id == source.revision_id)).one()
    by = coder_of(span, coded, me)
    is_own = any(each.span == span and each.coder == me for each in coded)
    at = span.start - start
    found, after = words[at : at + end - span.start], words[at + end - span.start :]
    return Shown(
        name=name_of(source.key, match), turn=match.turn, start=span.start, end=span.end,
        left=before_in_line(words[:at], is_cut=start > 0), words=found,
        right=after_in_line(after) if end == span.end else "",
        is_cut=end < span.end, coder=by, is_own=is_own,
    )  # fmt: skip


def before_in_line(words: str, *, is_cut: bool) -> str:
    """Return the words of the same line that stand before a match, from a whole word on."""
    line = words.rpartition("\n")[2]
    if len(line) < len(words) or not is_cut:
        return line
    return f"… {line.partition(' ')[2]}"


def after_in_line(words: str) -> str:
    """Return the words of the same line that stand after a match, up to a whole word."""
    line = words.partition("\n")[0]
    return line if len(line) < CONTEXT else f"{line.rpartition(' ')[0]} …"


def coder_of(span: Span, coded: Sequence[Coded], me: str) -> str | None:
    """Return who gave the code to words that hold all of a span, oneself before others; None where nobody did."""
    around = {each.coder for each in coded if each.span.start <= span.start and span.end <= each.span.end}
    return me if me in around else min(around, default=None)


def coded_in(session: Session, revision_id: int, code: Code) -> list[Coded]:
    """Return where a revision has a code, and from whom."""
    columns = select(Excerpt.start, Excerpt.end, Account.username).join(Coding, Coding.excerpt_id == Excerpt.id)
    here = columns.join(Account, Account.id == Coding.coder_id).where(Excerpt.revision_id == revision_id)
    return [Coded(Span(start, end), who) for start, end, who in session.execute(here.where(Coding.code_id == code.id))]


def coded_already(session: Session, found: Found, code: Code, *, me: str) -> dict[str, bool]:
    """Return the names of the matches all of whose words have the code, and whether it is the actor's very coding."""
    names: dict[str, bool] = {}
    for each in found.sources:
        coded = sorted(coded_in(session, each.revision_id, code), key=lambda one: one.span)
        if coded:
            names |= {name_of(each.key, match): is_own for match, is_own in _coded(each.matches, coded, me)}
    return names


def _coded(matches: Sequence[Match], coded: Sequence[Coded], me: str) -> Iterator[tuple[Match, bool]]:
    own = {each.span for each in coded if each.coder == me}
    starts = [each.span.start for each in coded]
    ends: list[int] = []  # the furthest end of any coding that begins so early
    for each in coded:
        ends.append(max(each.span.end, ends[-1] if ends else 0))
    for match in matches:
        place = bisect_right(starts, match.span.start) - 1
        if place >= 0 and ends[place] >= match.span.end:
            yield match, match.span in own


def left_out(found: Found, names: Collection[str]) -> list[SourceMatches]:
    """Return what was found without the matches of these names; sources without any left are absent."""
    without = set(names)
    kept = [
        SourceMatches(
            each.source_id,
            each.key,
            each.revision_id,
            tuple(match for match in each.matches if name_of(each.key, match) not in without),
        )  # fmt: skip
        for each in found.sources
    ]
    return [each for each in kept if each.matches]
