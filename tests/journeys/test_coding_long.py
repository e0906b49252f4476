"""A long source in a real browser: what was looked at and left is let go of, and nothing of it is lost."""

from playwright.sync_api import Page, expect

from tests.support.looks import add_long
from tests.support.serving import Served
from tests.support.transcripts import add_transcript

LONG = "/s/cedar/sources/INT-900/code"
THROUGH = """
async () => {
  const area = document.querySelector("#text");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  while (area.scrollTop + area.clientHeight < area.scrollHeight - 1) {
    area.scrollTop += 700;
    await frame();
  }
  for (let each = 0; each < 40; each += 1) await frame();
}
"""
PLACE = (
    "() => { const { scrollTop, scrollHeight } = document.querySelector('#text'); return [scrollTop, scrollHeight]; }"
)


def boxes(page: Page) -> int:
    """How many boxes the browser has laid out and keeps."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    devtools.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    devtools.detach()
    return int(found["LayoutObjects"])


def test_a_source_that_was_scrolled_through_is_as_small_as_when_it_was_opened(served: Served) -> None:
    add_transcript(served.home)
    add_long(served.home, size=250_000, count=300)
    page = served.sign_in(served.open_page(), "ana")
    page.goto(f"{served.team}{LONG}")
    expect(page.locator("html.has-codings")).to_be_attached()
    before = boxes(page)
    page.evaluate(THROUGH)
    page.wait_for_function("document.querySelectorAll('.let-go').length === 0")
    at, height = page.evaluate(
        "(({ scrollTop, scrollHeight }) => [scrollTop, scrollHeight])(document.querySelector('#text'))"
    )
    assert boxes(page) < 2 * before
    page.wait_for_timeout(600)  # in which whatever is let go of might still move the page
    assert page.evaluate(PLACE) == [at, height]
    page.evaluate("document.querySelector('#text').scrollTop = 0")
    expect(page.locator("#turn-1 .given button").first).to_be_visible()
    words = page.locator("#turn-1 .speech").inner_text()
    assert page.evaluate("(words) => window.find(words.slice(0, 40))", words)
