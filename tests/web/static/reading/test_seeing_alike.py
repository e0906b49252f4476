"""What the browser shows is what the server shows, whatever is asked for."""

import uuid
from datetime import UTC, datetime
from itertools import product

from playwright.sync_api import Page

from ia_workbench.codebook import Code
from ia_workbench.coding import Mark
from ia_workbench.web.workbench.seeing import seeing_of

CODES = (
    Code(path="means", levers=[], nodes=[], scale=[]),
    Code(path="means/shift-work", levers=["ADM", "CON"], nodes=["N-14"], scale=["weak", "strong"]),
    Code(path="means-tested", levers=["CON"], nodes=[], scale=[]),
)
ASKED = (
    {},
    {"code": "means"},
    {"code": "means/shift-work", "layer": "mine"},
    {"coder": "ben", "lever": "CON"},
    {"step": "N-14", "important": "1"},
    {"rating": "2"},
    {"rating": "none", "lever": "ADM"},
    {"layer": "mine", "rating": "1"},
)
ASK = """async ([asked, coding, me]) => {
  const { isSeen } = await import("/static/reading/seeing.js");
  return asked.map((seeing) => coding.map((each) => Boolean(isSeen(seeing, each, me))));
}"""


def test_the_browser_and_the_server_decide_alike(script_page: Page) -> None:
    made = list(product(CODES, ("ana", "ben"), (None, 1, 2), (False, True)))
    marks = [
        Mark(
            1, uuid.UUID(int=1), 0, 1, 1, coder, datetime(2026, 3, 2, tzinfo=UTC), rating=rating, is_important=important
        )
        for _code, coder, rating, important in made
    ]
    sent = [
        {
            "code": {"path": code.path, "leverKeys": code.levers, "nodes": code.nodes},
            "coder": coder,
            "rating": rating or 0,
            "important": important,
        }
        for code, coder, rating, important in made
    ]
    wanted = [
        [seeing_of(asked).shows(mark, code, "ana") for mark, (code, *_rest) in zip(marks, made, strict=True)]
        for asked in ASKED
    ]
    assert script_page.evaluate(ASK, [list(ASKED), sent, "ana"]) == wanted
    assert all(any(row) and not all(row) for row in wanted[1:])


def test_the_address_in_the_browser_is_that_of_the_server(script_page: Page) -> None:
    said = script_page.evaluate(
        """async (asked) => {
          const { queryOf } = await import("/static/reading/seeing.js");
          return asked.map(queryOf);
        }""",
        [*ASKED, {"code": "a b/c&d", "lanes": "coder", "layer": ""}],
    )
    assert said == [seeing_of(asked).address() for asked in (*ASKED, {"code": "a b/c&d", "lanes": "coder"})]
