"""What a person does and sees in a browser: selecting words with the mouse, a finding's rule, acts that lead on."""

import re

from playwright.sync_api import Locator, Page, expect

STILL = 100  # ms without movement
PLACE_OF_WORDS = """(speech, words) => {
  const walker = document.createTreeWalker(speech, NodeFilter.SHOW_TEXT);
  const letters = [];
  while (walker.nextNode()) {
    for (let at = 0; at < walker.currentNode.length; at += 1) letters.push([walker.currentNode, at]);
  }
  const first = speech.textContent.indexOf(words);
  const within = ([node, at], share) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    return [box.left + box.width * share, box.top + box.height / 2];
  };
  return [within(letters[first], 0.25), within(letters[first + words.length - 1], 0.75)];
}"""


def drag_over(page: Page, words: str) -> None:
    """Drag the mouse over words of the transcript that stand in one turn."""
    speech = page.locator(".speech").filter(has_text=words)
    expect(speech).to_have_count(1)
    speech.evaluate("(each) => each.scrollIntoView({ block: 'center' })")
    first, last = resting_place(speech, words)
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last, steps=8)
    page.mouse.up()
    expect(page.get_by_role("complementary", name="Inspector")).to_contain_text(f"“{words}”")


def resting_place(speech: Locator, words: str) -> tuple[list[float], list[float]]:
    """Where the first and the last letter of words stand, once they stand still: turns grow when they come near."""
    before, now = None, speech.evaluate(PLACE_OF_WORDS, words)
    while now != before:
        speech.page.wait_for_timeout(STILL)
        before, now = now, speech.evaluate(PLACE_OF_WORDS, words)
    return now[0], now[1]


def expect_ready_to_code(page: Page) -> None:
    """Wait until the scripts of a source's page have taken over and its words stand where they stay."""
    expect(page.get_by_role("group", name="Words of the source")).to_be_visible()
    expect(page.locator("#saving-words")).to_have_text("All saved")
    page.evaluate("() => document.fonts.ready.then(() => null)")


def expect_saved(page: Page) -> None:
    """Wait until the status bar says that all is saved."""
    expect(page.locator("#saving-words")).to_have_text(re.compile("^Saved "))


def rule_line(page: Page, words: str) -> Locator:
    """A line of the evidence rule on a finding's page, by its first words."""
    return page.get_by_role("region", name="Strength", exact=True).get_by_role("listitem").filter(has_text=words)


def expect_line(page: Page, words: str, observed: str, *, is_met: bool) -> None:
    """Expect what a line of the rule counts, and whether it is met."""
    line = rule_line(page, words)
    expect(line).to_contain_text(", met" if is_met else ", not met")
    expect(line.locator(".num")).to_have_text(observed)


def expect_strength(page: Page, words: str) -> None:
    """Expect the strength that a finding's page gives it."""
    expect(page.get_by_role("region", name="Strength", exact=True).locator("header")).to_contain_text(words)


def said(page: Page, words: str) -> None:
    """Expect the page to say what was just done."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()
