"""What a page costs in a real browser: first text, CPU of the main thread, nodes, memory, scrolling.

CPU is that of the main thread alone (`threadTicks`), so that other programs on the machine do not count.
"""

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.coding.clients import Client
from benchmarks.coding.processes import private_memory

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
SCROLLED_FOR = 10.0  # seconds
RESTS_FOR = 15.0  # seconds: Chromium collects what nothing needs about nine seconds after it was last busy
PATIENCE = 600_000  # milliseconds
WATCH = """
window.firstText = null;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    const element = each.element;
    if (window.firstText === null && element?.closest("PLACE")) window.firstText = each.renderTime || each.startTime;
  }
}).observe({ type: "largest-contentful-paint", buffered: true });
"""
SCROLL = """
async ([seconds, selector]) => {
  const area = document.querySelector(selector);
  area.scrollTop = 0;
  let frames = 0;
  const end = performance.now() + seconds * 1000;
  await new Promise((done) => {
    const step = () => {
      area.scrollTop += 60;
      frames += 1;
      if (performance.now() < end) requestAnimationFrame(step);
      else done();
    };
    requestAnimationFrame(step);
  });
  return frames;
}
"""

TO_THE_END = """
async (selector) => {
  const area = document.querySelector(selector);
  for (let at = -1; area.scrollTop > at; ) {
    at = area.scrollTop;
    area.scrollTop += 600;
    await new Promise((done) => requestAnimationFrame(done));
  }
}
"""


@dataclass(frozen=True)
class Program:
    """How the page of a program is looked at: where its text stands and scrolls, how to tell that codings are drawn."""

    place: str
    area: str
    drawn: str


IS_PAINTED = "() => document.documentElement.classList.contains('has-codings')"  # those of the view; there may be none
WORKBENCH = Program("#turns", "#text", IS_PAINTED)
TAGUETTE = Program("#document-contents", "#document-view", "() => document.querySelectorAll('.highlight').length > 0")
NOTHING_TO_DRAW = "() => document.readyState === 'complete'"


@dataclass(frozen=True)
class Opened:
    """What opening a page took: milliseconds to the first text (wall), seconds of CPU, counts, megabytes.

    `at_first` is the memory of the page as it was opened; `memory` is taken once it was scrolled to its end, where it
    is scrolled at all; `rested` when the page was then left alone for fifteen seconds, and `in_use` when the browser
    was made to let go of what nothing needs any more.
    """

    first_text: float | None
    cpu: float
    script: float
    layout: float
    nodes: int
    heap: float
    at_first: float
    memory: float
    rested: float
    in_use: float
    frames: float = 0.0
    cpu_of_frame: float = 0.0


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium: the one that IA_WORKBENCH_BROWSER names, one that is installed, or Playwright's."""
    named = os.environ.get("IA_WORKBENCH_BROWSER")
    found = named or next((each for each in BROWSERS if os.path.exists(each)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def opened(
    browser: Browser,
    client: Client,
    path: str,
    program: Program,
    *,
    has_codings: bool,
    rounds: int,
    scrolls: bool,
) -> Opened:
    """Open a page some times and return the medians; scroll it once."""
    looks = [
        _once(browser, client, path, program, has_codings, scrolls=scrolls and number == rounds - 1)
        for number in range(rounds)
    ]
    texts = [each.first_text for each in looks if each.first_text is not None]
    last = looks[-1]
    return Opened(
        first_text=min(texts) if texts else None,  # the least is nearest to what an idle machine takes
        cpu=statistics.median(each.cpu for each in looks),
        script=statistics.median(each.script for each in looks),
        layout=statistics.median(each.layout for each in looks),
        nodes=last.nodes,
        heap=last.heap,
        at_first=last.at_first,
        memory=last.memory,
        rested=last.rested,
        in_use=last.in_use,
        frames=last.frames,
        cpu_of_frame=last.cpu_of_frame,
    )


def _once(browser: Browser, client: Client, path: str, program: Program, has_codings: bool, *, scrolls: bool) -> Opened:
    site = f"http://localhost:{client.port}"
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    cookies = {"ia_scripts": "1", **client.cookies}
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(WATCH.replace("PLACE", program.place))
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(site + path, wait_until="load")
    page.wait_for_function(program.drawn if has_codings else NOTHING_TO_DRAW)
    before = _metrics(devtools)
    page.wait_for_timeout(300)  # what the page still does by itself is not counted, but is over before it scrolls
    first = page.evaluate("window.firstText")
    at_first = _memory(browser, page)
    frames, of_frame = _scrolled(page, devtools, program.area) if scrolls else (0.0, 0.0)
    if scrolls:
        page.evaluate(TO_THE_END, program.area)
    after, memory = _metrics(devtools), _memory(browser, page)
    if scrolls:
        page.wait_for_timeout(RESTS_FOR * 1000)
    rested = _memory(browser, page)
    devtools.send("HeapProfiler.collectGarbage")
    result = Opened(
        first_text=first,
        cpu=before["TaskDuration"],
        script=before["ScriptDuration"],
        layout=before["LayoutDuration"] + before["RecalcStyleDuration"],
        nodes=int(after["Nodes"]),
        heap=after["JSHeapUsedSize"] / 1e6,
        at_first=at_first,
        memory=memory,
        rested=rested,
        in_use=_memory(browser, page),
        frames=frames,
        cpu_of_frame=of_frame,
    )
    context.close()
    return result


def _scrolled(page: Page, devtools: CDPSession, area: str) -> tuple[float, float]:
    """Scroll from the top; return frames a second, and milliseconds of CPU of the main thread for each."""
    before = _metrics(devtools)["TaskDuration"]
    frames = page.evaluate(SCROLL, [SCROLLED_FOR, area])
    return frames / SCROLLED_FOR, (_metrics(devtools)["TaskDuration"] - before) * 1000 / frames


def _metrics(devtools: CDPSession) -> dict[str, float]:
    return {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}


def _memory(browser: Browser, page: Page) -> float:
    """Return the private memory of the page's process; of several, the largest is the page's."""
    whole = browser.new_browser_cdp_session()
    processes = whole.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [each["id"] for each in processes if each["type"] == "renderer"]
    return max((private_memory(each) for each in renderers), default=0.0)
