"""Which sentence a key selects, from where the selection is."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.web.static.reading.test_transcript import make

TEXT = "A: Yes \U0001f600. No.\nB:  Was it?  It was"
SPEECHES = ((3, 1, "A: ", "Yes \U0001f600. No."), (17, 2, "\nB: ", " Was it?  It was"))
ENDS = [9, 13, 25, 33]
SPANS = [[3, 9], [10, 13], [18, 25], [27, 33]]
ASK = """async ([ends, call, rest]) => {
  const { Sentences } = await import("/static/reading/sentences.js");
  const steps = ends.map((end, index) => end - (ends[index - 1] ?? 0));
  const sentences = new Sentences(window.made, async () => steps);
  await sentences.have();
  return sentences[call](...rest);
}"""


def ask(page: Page, call: str, *rest: Any) -> Any:
    """Ask the sentences of TEXT something."""
    return page.evaluate(ASK, [ENDS, call, list(rest)])


def at(start: int, end: int) -> dict[str, Any]:
    """A selection."""
    return {"start": start, "end": end, "isEmpty": start == end}


@pytest.fixture
def made(script_page: Page) -> Page:
    """A page with the transcript of TEXT."""
    make(script_page, *SPEECHES)
    return script_page


def test_sentences_begin_after_blanks_and_never_in_a_label(made: Page) -> None:
    assert [TEXT[start:end] for start, end in SPANS] == ["Yes \U0001f600.", "No.", "Was it?", "It was"]
    assert [ask(made, "span", index) for index in range(5)] == [*SPANS, None]


def test_the_sentence_that_is_begun_comes_first_then_the_next_and_none_after_the_last(made: Page) -> None:
    forward = [(at(3, 3), 0), (at(5, 5), 0), (at(3, 7), 0), (at(3, 9), 1), (at(10, 13), 2), (at(3, 20), 2)]
    assert [ask(made, "beside", each, 1) for each, _index in forward] == [SPANS[index] for _each, index in forward]
    assert ask(made, "beside", at(27, 33), 1) is None
    back = [(at(12, 12), 1), (at(10, 13), 0), (at(18, 25), 1), (at(30, 31), 3), (at(10, 10), 0)]
    assert [ask(made, "beside", each, -1) for each, _index in back] == [SPANS[index] for _each, index in back]
    assert ask(made, "beside", at(3, 9), -1) is None


@given(st.integers(3, 33), st.integers(3, 33))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_going_on_and_back_by_edges_reaches_both_ends_in_whole_sentences(made: Page, place: int, anchor: int) -> None:
    starts, ends = {start for start, _end in SPANS}, {end for _start, end in SPANS}
    for step, last in ((1, 33), (-1, 3)):
        here, seen = place, 0
        while (following := ask(made, "edge", here, step, anchor)) is not None:
            assert (following - here) * step > 0
            assert following in (ends if following > anchor else starts if following < anchor else starts | ends)
            here, seen = following, seen + 1
        assert here == last or place == last
        assert seen <= 8
