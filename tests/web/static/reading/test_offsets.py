"""Offsets in the browser are the offsets of the stored text: many texts, asked at every place in both countings."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from ia_workbench.kernel import normalise_text

ASK = """async (texts) => {
  const { Offsets } = await import("/static/reading/offsets.js");
  const answer = (ask) => { try { return ask(); } catch (refusal) { return refusal.name; } };
  return texts.map((text) => {
    const offsets = new Offsets(text);
    const places = [...Array(text.length + 4).keys()].map((place) => place - 1);
    return [
      offsets.length,
      places.map((place) => answer(() => offsets.utf16FromCodePoints(place))),
      places.map((place) => answer(() => offsets.codePointsFromUtf16(place))),
    ];
  });
}"""

TEXTS = [
    "",
    "plain words",
    "mañana",
    "man\u0303ana, z\u0332o\u0332e\u0332",  # combining marks
    "\U0001f469\u200d\U0001f467 drew this",  # two people joined into one picture
    "a\U0001f600b\U0001f600\U0001f600c",
    "\U0001f600",
    "שלום \U0001f44b\U0001f3fd مرحبا",  # right to left, a skin tone
    "\U00020000\U0002ffff mixed 漢字",
    "line\nbreak\ttab\u2028separator",
    "e\u0301\u0327\U0001d11e\u0308",
]


def expected(text: str) -> list[object]:
    """What is true of a text at every place, from one before it to two past it, by encoding what stands before."""
    units_before = [len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)]
    places = range(-1, units_before[-1] + 3)
    return [
        len(text),
        [units_before[place] if 0 <= place <= len(text) else "RangeError" for place in places],
        [units_before.index(place) if place in units_before else "RangeError" for place in places],
    ]


def test_every_place_of_every_text_is_the_same_in_both_countings(script_page: Page) -> None:
    stored = [normalise_text(text) for text in TEXTS]
    assert script_page.evaluate(ASK, stored) == [expected(text) for text in stored]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=20))
def test_any_text_is_the_same_in_both_countings(script_page: Page, texts: list[str]) -> None:
    stored = [normalise_text(text) for text in texts]
    assert script_page.evaluate(ASK, stored) == [expected(text) for text in stored]


def test_an_offset_that_is_no_whole_number_is_refused(script_page: Page) -> None:
    ask = """async () => {
      const { Offsets } = await import("/static/reading/offsets.js");
      const offsets = new Offsets("a\\u{1f600}b");
      const refuses = (ask) => { try { ask(); return false; } catch { return true; } };
      return [NaN, 1.5, "1", undefined, Infinity].map((place) =>
        [refuses(() => offsets.utf16FromCodePoints(place)), refuses(() => offsets.codePointsFromUtf16(place))]);
    }"""
    assert script_page.evaluate(ask) == [[True, True]] * 5
