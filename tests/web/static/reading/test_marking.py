"""Which codings the key of importance marks, alone and beside a part that has a command of its own for one coding."""

from typing import Any

from playwright.sync_api import Page

MARK = """async ([codings, open, hasOther]) => {
  const { addMarking } = await import("/static/reading/marking.js");
  const done = [];
  const commands = hasOther ? { important: (coding) => done.push(["other", coding.name]) } : {};
  addMarking({
    acts: { mayRemove: (coding) => coding.coder === "ana" },
    changes: { ask: async (address, { important }) => done.push([address, important]) },
    codings: { touching: () => codings },
    commands,
    inspector: { open: codings.find(({ name }) => name === open) },
    page: { data: { me: "ana", codings: "" }, words: { nothingToMark: "none", isImportant: "", isNotImportant: "" } },
    saving: { act: (asking, doing) => doing() },
    selection: {},
    status: { hint: (words) => words && done.push(["hint", words]) },
  });
  commands.important();
  await null;
  return done;
}"""


def coding(name: str, coder: str = "ana", *, important: bool = False) -> dict[str, Any]:
    """A coding as scripts have it."""
    return {"name": name, "guid": name, "coder": coder, "important": important, "code": {"name": name}}


def marked(page: Page, *codings: dict[str, Any], shown: str = "", has_other: bool = False) -> list[list[Any]]:
    """What was asked for when the key was pressed: addresses with the sign they set, or the other part's command."""
    done: list[list[Any]] = page.evaluate(MARK, [list(codings), shown, has_other])
    return done


def test_the_open_coding_alone_is_marked(script_page: Page) -> None:
    assert marked(script_page, coding("a"), coding("b"), shown="b") == [["/b/mark", 1]]


def test_with_none_open_all_of_ones_own_at_the_selection_are_marked_those_that_are_not_yet(script_page: Page) -> None:
    here = (coding("a"), coding("b", "ben"), coding("c", important=True))
    assert marked(script_page, *here) == [["/a/mark", 1]]
    assert marked(script_page, coding("a", important=True), coding("c", important=True)) == [
        ["/a/mark", 0],
        ["/c/mark", 0],
    ]
    assert marked(script_page, coding("b", "ben")) == [["hint", "none"]]


def test_a_part_that_marks_one_coding_is_left_to_do_so_for_each(script_page: Page) -> None:
    here = (coding("a"), coding("b"), coding("c", important=True))
    assert marked(script_page, *here, has_other=True) == [["other", "a"], ["other", "b"]]
    assert marked(script_page, *here, shown="c", has_other=True) == [["other", "c"]]
