"""What journeys on the reading page do again and again."""

import re

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from ia_workbench import coding
from ia_workbench.coding import Coding
from tests.support.serving import Served
from tests.support.transcripts import KEY

PAGE = f"/s/cedar/sources/{KEY}/code"
MIDDLE = """([turn, words]) => {
  const speech = document.querySelector(`#turn-${turn} .speech`);
  const range = document.createRange();
  const from = speech.textContent.indexOf(words) + Math.floor(words.length / 2);
  range.setStart(speech.firstChild, from);
  range.setEnd(speech.firstChild, from + 1);
  const box = range.getBoundingClientRect();
  return [box.left, box.top + box.height / 2];
}"""


def open_transcript(served: Served, page: Page) -> Page:
    """Go to the transcript and wait until its codings are drawn."""
    page.goto(f"{served.team}{PAGE}")
    expect(page.locator("html.has-codings")).to_be_attached()
    return page


def stored(served: Served) -> list[Coding]:
    """The codings of the study, in the order in which they were made."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        return sorted(coding.codings(session, served.home.study_id), key=lambda each: each.id)


def newest(served: Served) -> tuple[str, str]:
    """The words and the code of the coding made last."""
    last = stored(served)[-1]
    return last.excerpt.quote, last.code.path


def acts_kept(served: Served) -> int:
    """How many acts the journal has."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        return len(session.scalars(select(coding.CodingAct.id)).all())


def saved(page: Page) -> None:
    """Wait until the status bar says that all is saved."""
    expect(page.locator("#saving-words")).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))


def middle_of(page: Page, turn: int, words: str) -> tuple[float, float]:
    """Where in the window the middle of words of a turn stands, in px."""
    x, y = page.evaluate(MIDDLE, [turn, words])
    return x, y


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag the mouse from one place to another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def centre_of(thing: Locator) -> tuple[float, float]:
    """The middle of an element in the window, in px."""
    box = thing.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def names_beside(page: Page, turn: int) -> Locator:
    """The names of the codings beside a turn."""
    return page.locator(f"#turn-{turn} .given button .name")


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)
