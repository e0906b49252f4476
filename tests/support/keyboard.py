"""A person who has a keyboard and nothing else, and who must see at every stop where they are."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 160  # presses of one key until something is reached; more would be no way to get there

# What is wrong with where the focus is: a sentence, or nothing. The ring may be drawn by the element itself, by its
# label or by what stands around it; it must be inside the window, and not wholly under something else.
TROUBLE = """() => {
  const now = document.activeElement;
  const name = (each) => `${each.localName}${each.id ? "#" + each.id : ""}.${[...each.classList].join(".")}`;
  if (!now || now === document.body) return "nothing has the focus";
  const around = [];
  for (let each = now; each && around.length < 4; each = each.parentElement) around.push(each);
  const hasRing = (each) => {
    const style = getComputedStyle(each);
    const isSeen = !/^transparent$|, 0\\)$/.test(style.outlineColor);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && isSeen;
  };
  const ringed = [now, ...(now.labels ?? []), ...around].find(hasRing);
  if (!ringed) return `no ring around ${name(now)}: ${now.outerHTML.slice(0, 160)}`;
  const box = ringed.getBoundingClientRect();
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
  const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
  if (right - left < 2 || bottom - top < 2) return `the focus on ${name(now)} is outside the window`;
  const shares = [0.1, 0.5, 0.9];
  const across = shares.map((share) => left + (right - left) * share);
  const down = shares.map((share) => top + (bottom - top) * share);
  const places = across.flatMap((x) => down.map((y) => [x, y]));
  const isOnTop = ([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (ringed.contains(there) || there.contains(ringed) || there.closest("label") === ringed);
  };
  return places.some(isOnTop) ? null : `something covers the focus on ${name(now)}`;
}"""


class Keyboard:
    """Presses keys on a page and checks after each that the focus can be seen. There is no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys one after the other; the focus must be seen after each."""
        for key in keys:
            self.page.keyboard.press(key)
            trouble = self.page.evaluate(TROUBLE)
            assert trouble is None, f"after {key} on {self.page.url}: {trouble}"

    def lead_on(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, where the focus is still at the beginning."""
        before = self.page.url
        with self.page.expect_navigation(url=lambda url: url != before):
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Write into the field that has the focus."""
        self.page.keyboard.type(words)
        trouble = self.page.evaluate(TROUBLE)
        assert trouble is None, f"after writing on {self.page.url}: {trouble}"

    def reach(self, wanted: Locator, key: str = "Tab") -> None:
        """Press a key until something has the focus."""
        expect(wanted).to_have_count(1)
        self.until(lambda: bool(wanted.evaluate("(each) => each === document.activeElement")), key, str(wanted))

    def until(self, is_there: Callable[[], bool], key: str, wanted: str) -> None:
        """Press a key until something is so."""
        for _ in range(MOST_STOPS):
            if is_there():
                return
            self.press(key)
        raise AssertionError(f"{wanted} was not reached with {MOST_STOPS} times {key} on {self.page.url}")
