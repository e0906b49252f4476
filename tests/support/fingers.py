"""A finger on a touch screen: the browser is told of real touches, as a phone tells it."""

from playwright.sync_api import CDPSession, Page

LONG_PRESS = 700  # ms
AFTER_A_DRAG = 600  # ms in which a browser takes no tap: it might be there to stop what still scrolls


class Finger:
    """One finger on a page that was opened with `has_touch=True`. Places are px of the window."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.browser: CDPSession = page.context.new_cdp_session(page)

    def _send(self, kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        self.browser.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def press_long(self, x: float, y: float) -> None:
        """Hold the finger at a place, then lift it."""
        self._send("touchStart", (x, y))
        self.page.wait_for_timeout(LONG_PRESS)
        self._send("touchEnd")

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
        """Move the finger from one place to another."""
        self._send("touchStart", start)
        for step in range(1, steps + 1):
            share = step / steps
            self._send("touchMove", (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
        self._send("touchEnd")
        self.page.wait_for_timeout(AFTER_A_DRAG)
