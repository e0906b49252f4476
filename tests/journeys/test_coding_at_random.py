"""Two people code one source in two windows as dice say: at the end both windows, store, journal and index are equal.

`IA_WORKBENCH_WALKS` says how many times, each with a seed of its own; `make walk-coding` takes twenty, and
`make walk-coding ARGS="-k '[7]'"` the seventh again.
"""

import os
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from ia_workbench import codebook, coding, corpus, search
from ia_workbench.codebook import Code
from ia_workbench.coding import Mark
from ia_workbench.database import Store
from tests.support.killing import Dice
from tests.support.serving import Served
from tests.support.transcripts import CODINGS, KEY, add_transcript
from tests.support.two_windows import Window, window_of

WALKS = int(os.environ.get("IA_WORKBENCH_WALKS", "2"))
STEPS = 40
SCALE = ["slight", "marked", "strong"]
RATED = ("means/bus-timing", "staff-goodwill")
AT_HAND = ("means/bus-timing", "staff-goodwill", "form-shapes-choice")
LONGEST_WORDS = 70  # of a coding's words in its label


@pytest.mark.parametrize("seed", range(1, WALKS + 1))
def test_whatever_two_people_do_in_two_windows_both_draw_what_the_store_has(served: Served, seed: int) -> None:
    index = prepare(served)
    windows = [window_of(served, who, seed) for who in ("ana", "ben")]
    dice = Dice(f"whose turn {seed}")
    for _each in range(STEPS):
        dice.choice(windows).step()
    for _twice in range(2):  # what one gives up, the other may wait for
        for window in windows:
            window.settle()
    for window in windows:
        window.look()
    told = "\n".join(f"{each.who}: {', '.join(each.done)}" for each in windows)
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        done = session.scalars(select(coding.CodingAct.id)).all()
        assert len(done) - len(CODINGS) > STEPS // 5, told  # else nothing much was done
        replayed = coding.replayed(session, served.home.study_id)
        assert (replayed.wrong, replayed.untold) == (frozenset(), 0), told
        assert coding.mismatched_excerpts(session, served.home.study_id) == [], told
    with served.home.unheld(Store.EVIDENCE, writes=False) as session:
        assert search.differences(session, index) == [], told
    expect_drawn(served, windows, told)


def prepare(served: Served) -> search.SearchIndex:
    """Give the study a transcript, an index, codes with a scale and codes at hand."""
    home = served.home
    add_transcript(home)
    for who in ("ana", "ben"):
        with home.session(home.actor(who)) as session:
            for place, path in enumerate(AT_HAND, start=1):
                code = codebook.code_at(session, home.study_id, path)
                coding.keep_favourite(session, home.actor(who), study_id=home.study_id, place=place, code=code)
    index = search.SearchIndex(home.settings.index_folder)
    with home.session(home.actor("ana")) as session:
        for path in RATED:
            codebook.code_at(session, home.study_id, path).scale = SCALE
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        search.rebuild(session, index)
    search.follow(home.evidence, index)
    return index


def expect_drawn(served: Served, windows: list[Window], told: str) -> None:
    """Compare what both windows draw, and how they count it, with what the store has."""
    home = served.home
    with home.session(home.actor("ana"), writes=False) as session:
        revision = corpus.newest_revision(session, corpus.source_keyed(session, home.study_id, KEY))
        codes = {each.id: each for each in codebook.codes(session, home.study_id)}
        marks, text = coding.marks_on(session, revision), corpus.text_of(session, revision)
        for window in windows:
            turns = window.drawn()
            for turn, after in zip(turns, [*turns[1:], None], strict=True):
                place = f"{window.who}, turn {turn['turn']}\n{told}"
                here = [each for each in marks if is_at(each, turn["start"], after["start"] if after else None)]
                assert sorted(turn["names"]) == sorted(
                    label(each, codes[each.code_id], turns, text) for each in here
                ), place
                assert turn["lanes"] == len(here), place
                assert all(
                    color in (at or {0}) for color, at in zip(painted(turn), colors(here, codes, turn), strict=True)
                ), place
            assert window.counts() == counted(marks, codes), f"{window.who}\n{told}"
            mine = sum(each.coder == window.who for each in marks)
            assert window.page.locator("#mine").inner_text() == f"{mine} codings by you", f"{window.who}\n{told}"


def counted(marks: list[Mark], codes: dict[int, Code]) -> dict[str, tuple[int, int]]:
    """How often each code was given: in the source with those below it, and in the study itself, by name."""
    given = Counter(codes[each.code_id].path for each in marks)
    below = {
        each.path: sum(count for path, count in given.items() if f"{path}/".startswith(f"{each.path}/"))
        for each in codes.values()
    }
    return {each.name: (below[each.path], given[each.path]) for each in codes.values()}


def is_at(mark: Mark, start: int, after: int | None) -> bool:
    """Whether a coding stands beside the turn whose speech begins at `start`, the next one's at `after`."""
    return mark.end > start and (after is None or mark.start < after)


def label(mark: Mark, code: Code, turns: list[Any], text: str) -> str:
    """What a coding is called beside the text: its words are those of the turn in which it begins."""
    first = max(
        (each for each in turns if each["start"] <= mark.start), key=lambda each: int(each["start"]), default=turns[0]
    )
    words = text[max(mark.start, first["start"]) : min(mark.end, first["start"] + first["length"])]
    short = words if utf16(words) <= LONGEST_WORDS else f"{cut(words)} …"
    rating = code.scale[mark.rating - 1] if mark.rating else ""
    signs = [code.name, mark.coder, "important" if mark.is_important else "", rating]
    return f"{', '.join(filter(None, signs))}: {short}"


def utf16(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def cut(words: str) -> str:
    return words.encode("utf-16-le")[: LONGEST_WORDS * 2].decode("utf-16-le")


def painted(turn: Any) -> list[int]:
    """The colour of each character of a turn as it is painted, 0 for none."""
    found = [0] * turn["length"]
    for start, end, color in turn["painted"]:
        found[start:end] = [color] * (end - start)
    return found


def colors(marks: list[Mark], codes: dict[int, Code], turn: Any) -> list[set[int]]:
    """The colours that each character of a turn may have: those of the codings that cover it."""
    found: list[set[int]] = [set() for _each in range(turn["length"])]
    for mark in marks:
        for at in range(max(0, mark.start - turn["start"]), min(turn["length"], mark.end - turn["start"])):
            found[at].add(codes[mark.code_id].color)
    return found
