"""Places in the page and places in the stored text: turns, lines, and the words over several turns."""

from playwright.sync_api import Page

from ia_workbench.corpus import line_at

SPEECH = "\U0001f600 " * 50 + "\n\n" + "word " * 40 + "\nend"
MAKE = """async (turns) => {
  const { Transcript } = await import("/static/reading/transcript.js");
  const container = document.createElement("div");
  turns.forEach(([start, line, before, words], index) => {
    const turn = document.createElement("section");
    const speech = document.createElement("p");
    turn.className = "turn";
    turn.id = `turn-${index + 1}`;
    Object.assign(turn.dataset, { s: start, l: line, b: before });
    speech.className = "speech";
    speech.textContent = words;
    turn.append(speech);
    container.append(turn);
  });
  window.made = new Transcript(container);
}"""


def make(page: Page, *turns: tuple[int, int, str, str]) -> None:
    """Make a transcript of turns: start of the speech, first line, what stands before it, the words."""
    page.evaluate(MAKE, [list(turn) for turn in turns])


def test_lines_are_counted_as_the_corpus_counts_them(script_page: Page) -> None:
    make(script_page, (10, 7, "P: ", SPEECH))
    places = range(len(SPEECH))
    units = [len(SPEECH[:place].encode("utf-16-le")) // 2 for place in places]
    found = script_page.evaluate("(units) => units.map((unit) => window.made.turns[0].lineAt(unit))", units)
    assert found == [line_at(SPEECH, place, 7) for place in places]


def test_the_words_over_turns_are_those_stored_between_both_ends(script_page: Page) -> None:
    text = "A: one \U0001f600 two\n\nB: three\nA: four"
    make(script_page, (3, 1, "A: ", "one \U0001f600 two"), (17, 2, "\n\nB: ", "three"), (26, 3, "\nA: ", "four"))
    spans = [(3, 12), (7, 8), (7, 22), (9, 30), (17, 28)]
    words = script_page.evaluate("(spans) => spans.map(([start, end]) => window.made.words(start, end))", spans)
    assert words == [text[start:end] for start, end in spans]


def test_a_span_that_begins_in_a_label_is_moved_to_what_is_spoken(script_page: Page) -> None:
    make(script_page, (3, 1, "A: ", "one"), (10, 2, "\nB: ", "three"))
    spans = [(7, 15), (3, 9), (0, 6), (4, 12)]
    moved = script_page.evaluate("(spans) => spans.map(([start, end]) => window.made.spoken(start, end))", spans)
    assert moved == [[10, 15], [3, 6], [3, 6], [4, 12]]


def test_every_offset_lies_in_the_turn_that_holds_it(script_page: Page) -> None:
    make(script_page, (3, 1, "A: ", "one"), (10, 2, "\nB: ", "three"), (20, 3, "\nC: ", "four"))
    found = script_page.evaluate("() => [0, 3, 6, 9, 10, 19, 20, 99].map((place) => window.made.turnAt(place).number)")
    assert found == [1, 1, 1, 1, 2, 2, 3, 3]
