"""Two people in two windows of one source, who do by keys and mouse what dice say; and what both windows draw."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLong

from tests.support.killing import Dice
from tests.support.reading_page import centre_of, drag, open_transcript, press
from tests.support.serving import Served

LEAD = "ana"
SHORT = 700  # ms in which what is clicked must be there: somebody else may have taken it away
LONG = 20_000  # ms in which everything must have been sent
OFTEN = 4  # of how many acts of somebody who is offline one goes back
MOST_WORDS = 6
FEW = 4  # codings that are changed more often than all others
TURNS = 12
TYPED = ("slots", "office", "missed", "shift", "bus", "left out", "unwilling", "proof", "shapes", "goodwill")

# Every coding as it is drawn beside a turn, opened where names are folded, and which of the turn's characters (in code
# points) are painted: turn by turn as somebody sees it who scrolls through.
DRAWN = """async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const points = (words) => [...words].length;
  const drawn = [];
  for (const turn of document.querySelectorAll("[id^=turn-]:has(.speech)")) {
    turn.scrollIntoView({ block: "center" });
    await frame();
    turn.querySelector(".given .more[aria-expanded=false]")?.click();
    await frame();
    const names = [...turn.querySelectorAll(".given button:not(.more)")].map((each) => each.getAttribute("aria-label"));
    const lanes = turn.querySelectorAll(".given .lane").length;
    const speech = turn.querySelector(".speech");
    const painted = [];
    for (const [name, highlight] of CSS.highlights) {
      if (!name.startsWith("ground-")) continue;
      for (const range of highlight) {
        if (!speech.contains(range.startContainer)) continue;
        const words = speech.textContent;
        const color = Number(name.split("-")[1]);
        painted.push([points(words.slice(0, range.startOffset)), points(words.slice(0, range.endOffset)), color]);
      }
    }
    const [number, start] = [Number(turn.id.split("-")[1]), Number(turn.dataset.s)];
    drawn.push({ turn: number, start, length: points(speech.textContent), names, lanes, painted });
  }
  return drawn;
}"""


@dataclass
class Window:
    """Somebody's browser on the source."""

    who: str
    page: Page
    dice: Dice
    is_offline: bool = False
    done: list[str] = field(default_factory=list)

    def step(self) -> None:
        """Do something that the dice choose, and answer what the page asks meanwhile."""
        acts = self._acts()
        if self.is_offline and self.dice.below(OFTEN) == 0:
            self.go_online()
        act = self.dice.choice(acts)
        self.done.append(f"{self.who} {act.__name__}")
        try:
            self.answer()
            act()
        except TooLong:  # somebody else took away what was to be clicked, or the page asks something
            self.done[-1] += " in vain"
        self.answer()
        self.page.wait_for_timeout(self.dice.choice([0, 0, 50, 150]))

    def _acts(self) -> list[Callable[[], None]]:
        often = [self.apply, self.apply, self.give_favourite, self.undo, self.undo, self.redo, self.resize]
        seldom = [self.uncode, self.drag_end, self.mark, self.rate, self.merge, self.note, self.leave, self.come_again]
        return [*often, self.give_several, self.leave, *seldom]

    # -- what they do

    def apply(self) -> None:
        """Give some words a code that is looked for in the picker."""
        self._select()
        press(self.page, "c")
        self._name("#pick-words")

    def give_favourite(self) -> None:
        """Give some words a code by its number."""
        self._select()
        press(self.page, str(1 + self.dice.below(3)))

    def give_several(self) -> None:
        """Give some words two codes in one go."""
        self._select()
        press(self.page, "c", *["ArrowDown"] * (1 + self.dice.below(4)), "Space", "ArrowDown", "Space", "Enter")

    def uncode(self) -> None:
        """Take a coding away."""
        self._open()
        press(self.page, "u")

    def resize(self) -> None:
        """Move the ends of a coding by keys."""
        self._open()
        arrows = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]
        self.page.keyboard.down("Alt")
        press(self.page, *[f"Shift+{self.dice.choice(arrows)}" for _each in range(1 + self.dice.below(3))])
        self.page.keyboard.up("Alt")

    def drag_end(self) -> None:
        """Drag a handle of a coding."""
        self._open()
        handle = self.page.get_by_role("slider", name=re.compile(f"^{self.dice.choice(['Start', 'End'])} of"))
        handle.wait_for(timeout=SHORT)
        x, y = centre_of(handle)
        drag(self.page, (x, y), (x - 120 + self.dice.below(240), y - 20 + self.dice.below(40)))

    def mark(self) -> None:
        """Mark a coding as important, or no longer."""
        self._open()
        press(self.page, "i")

    def rate(self) -> None:
        """Rate a coding where its code asks for it."""
        self._open()
        press(self.page, "Enter", str(1 + self.dice.below(3)))

    def merge(self) -> None:
        """Give the codings of one code another one."""
        items = self.page.locator("#tree [role=treeitem]")
        items.nth(self.dice.below(items.count())).focus(timeout=SHORT)
        press(self.page, "Shift+F10", "m", "m", "Enter")
        self._name("#target-filter")
        press(self.page, "Escape")

    def undo(self) -> None:
        """Undo."""
        self._at_words()
        press(self.page, "Control+z")

    def redo(self) -> None:
        """Redo."""
        self._at_words()
        press(self.page, "Control+Shift+z")

    def note(self) -> None:
        """Write a memo on a turn."""
        self.page.evaluate(f"location.hash = '#turn-{1 + self.dice.below(TURNS)}'")
        self._at_words()
        press(self.page, "m")
        self.page.locator("#memo-form-words:focus").wait_for(timeout=SHORT)
        self.page.keyboard.type(f"Seen by {self.who}")
        press(self.page, "Control+Enter", "Escape")

    def come_again(self) -> None:
        """Load the page anew, where there is a network."""
        if not self.is_offline:
            self.page.reload()
            expect(self.page.locator("html.has-codings")).to_be_attached()

    def leave(self) -> None:
        """Lose the network."""
        self.page.context.set_offline(True)
        self.is_offline = True

    def go_online(self) -> None:
        """Have the network back."""
        self.page.context.set_offline(False)
        self.is_offline = False

    def _name(self, field: str) -> None:
        """Name a code in a field, once that has the focus: elsewhere each letter would be a key of its own."""
        typed = self.dice.choice(TYPED)
        self.page.locator(f"{field}:focus").wait_for(timeout=SHORT)
        self.page.keyboard.type(typed)
        press(self.page, "Enter")

    def _at_words(self) -> None:
        self.page.get_by_role("group", name="Words of the source").focus(timeout=SHORT)
        press(self.page, "Escape")

    def _select(self) -> None:
        """Select some words of some turn, by mouse or by keys."""
        if self.dice.below(3) == 0:
            self._drag_over()
            return
        self.page.evaluate("location.hash = ''")
        self.page.evaluate(f"location.hash = '#turn-{1 + self.dice.below(TURNS)}'")
        self._at_words()
        words, skipped = 1 + self.dice.below(MOST_WORDS), self.dice.below(3)
        press(self.page, "Home", *["ArrowRight"] * skipped, *["Shift+ArrowRight"] * words)

    def _drag_over(self) -> None:
        """Drag the mouse from somewhere in a turn to somewhere in it or beside it."""
        speech = self.page.locator(f"#turn-{1 + self.dice.below(TURNS)} .speech")
        speech.scroll_into_view_if_needed(timeout=SHORT)
        box = speech.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
        shares = [(0.05 + self.dice.below(90) / 100, 0.05 + self.dice.below(90) / 100) for _each in range(2)]
        first, last = ((box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in shares)
        drag(self.page, first, last)

    def _open(self) -> None:
        """Open one of the codings drawn."""
        names = self.page.locator(".given button:not(.more)")
        if self.who != LEAD or self.dice.below(2):  # an analyst may not change somebody else's
            names = names.filter(has_not=self.page.locator("small"))
        count = names.count()
        if not count:
            raise TooLong("nothing is coded")
        self._at_words()
        most = self.dice.choice([count, min(count, FEW)])  # the same ones again and again, by both
        names.nth(self.dice.below(most)).click(timeout=SHORT)

    # -- what the page asks

    def answer(self) -> None:
        """Choose what shall stand, where the page asks."""
        asked = self.page.locator("#conflict")
        while asked.is_visible():
            choices = asked.locator("#conflict-choices button")
            choice = choices.nth(self.dice.below(choices.count()))
            self.done.append(f"{self.who} answers {choice.inner_text()}")
            choice.click()
            self.page.wait_for_timeout(50)

    def settle(self) -> None:
        """Send everything, and give up what the store refused."""
        self.go_online()
        self._at_words()  # a draft that keys began is an act from here on
        press(self.page, "Alt")
        for _each in range(LONG // 100):
            self.page.wait_for_timeout(100)
            self.answer()
            refused = self.page.locator("#unsaved-list .drop").first
            if refused.is_visible():
                with suppress(TooLong):
                    refused.click(timeout=SHORT)
            elif re.match("Saved|All saved", self.page.locator("#saving-words").inner_text()):
                return
        raise AssertionError(f"{self.who}: {self.page.locator('#saving-words').inner_text()}")

    def look(self) -> None:
        """Let the page ask what changed, now."""
        with self.page.expect_response("**/changes.json*"):
            self.page.evaluate("dispatchEvent(new Event('online'))")

    def drawn(self) -> Any:
        """What the page draws of the codings, turn by turn; see DRAWN."""
        return self.page.evaluate(DRAWN)

    def counts(self) -> dict[str, tuple[int, int]]:
        """How often each code was given: in the source as the tree says, in the study as its card would, by name."""
        found = self.page.locator("#tree [role=treeitem]").evaluate_all(
            """(items) => items.map((item) => [
              item.querySelector(".name").textContent, Number(item.querySelector(".n").textContent), item.code.study,
            ])"""
        )
        return {name: (here, study) for name, here, study in found}


def window_of(served: Served, who: str, seed: int) -> Window:
    """Open the source for somebody in a browser of their own."""
    page = served.sign_in(served.open_page(), who)
    page.on("dialog", lambda asked: asked.accept())  # what is not kept by the browser would be lost by a reload
    open_transcript(served, page)
    expect(page.locator("#saving-words")).to_have_text("All saved")
    return Window(who, page, Dice(f"{who} {seed}"))
