"""Finding codes by what is typed."""

from playwright.sync_api import Page

CODES = [
    {"name": "Court reports", "path": "court", "place": "", "definition": ""},
    {"name": "reason left out", "path": "court/reason", "place": "Court reports", "definition": "A count, no reason."},
    {"name": "proof asked", "path": "court/proof", "place": "Court reports", "definition": "Asked on paper."},
    {"name": "bus timing", "path": "means/bus", "place": "Families’ own means", "definition": "When a bus comes."},
    {"name": "mañana", "path": "time/later", "place": "Time", "definition": "Put off."},
]
FIND = """async ([codes, typed, recent]) => {
  const { fittingCodes } = await import("/static/reading/matching.js");
  const used = recent.map((name) => codes.find((code) => code.name === name));
  return fittingCodes(codes, typed, used).map((code) => code.name);
}"""
PLACE = """async ([words, typed]) => (await import("/static/reading/matching.js")).placeIn(words, typed)"""


def found(page: Page, typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    """The names of the codes that fit, best first."""
    names: list[str] = page.evaluate(FIND, [CODES, typed, list(recent)])
    return names


def test_names_come_before_places_and_places_before_definitions(script_page: Page) -> None:
    assert found(script_page, "re") == ["reason left out", "Court reports", "proof asked"]
    assert found(script_page, "paper") == ["proof asked"]


def test_every_word_typed_must_fit(script_page: Page) -> None:
    assert found(script_page, "court asked") == ["proof asked"]
    assert found(script_page, "court bus") == []


def test_accents_and_capitals_do_not_matter(script_page: Page) -> None:
    assert found(script_page, "MANANA") == ["mañana"]


def test_with_nothing_typed_the_codes_used_last_come_first(script_page: Page) -> None:
    assert found(script_page, "", ("bus timing", "mañana"))[:3] == ["bus timing", "mañana", "Court reports"]
    assert len(found(script_page, "  ")) == len(CODES)


def test_the_place_typed_is_found_in_a_name(script_page: Page) -> None:
    assert script_page.evaluate(PLACE, ["Court reports", "REP"]) == [6, 9]
    assert script_page.evaluate(PLACE, ["Court reports", "bus"]) is None
    assert script_page.evaluate(PLACE, ["Court reports", " "]) is None
