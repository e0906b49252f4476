"""Importing many files in a real browser: by mouse, by keyboard alone, and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.hostile_files import archive
from tests.support.keyboard import Keyboard
from tests.support.serving import DESKTOP, PHONE, Served, axe_findings
from tests.support.word_files import comment, commented, paragraph, word_file, word_part, words

TALK = "INTERVIEWER: What happened?\nP: I waited.\nINTERVIEWER: How long?\nP: {}.\n"
STUDY = "/s/cedar-county/sources/import"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """An archive of mixed files: two plain ones, one twice, one bad, one with a comment."""
    talk = paragraph(words("INTERVIEWER: When?")) + paragraph(words("P: "), commented("At noon.", 0))
    with_comment = word_file(talk, comments=word_part("comments", comment(0, "Check this.")))
    files = {
        "north/a.txt": TALK.format("Three weeks").encode(),
        "north/b.txt": TALK.format("Two months").encode(),
        "south/a again.txt": TALK.format("Three weeks").encode(),
        "south/bad.txt": b"",
        "south/commented.docx": with_comment,
    }
    path = tmp_path / "sources.zip"
    path.write_bytes(archive(files))
    return path


def start(served: Served, page: Page, path: Path) -> None:
    """Choose the archive and have it read."""
    page.goto(f"{served.team}{STUDY}")
    page.set_input_files("#files", str(path))
    page.select_option("#kind", "interview")
    page.select_option("#standpoint", "parent")


def test_an_archive_is_read_while_the_page_follows_and_goes_in_but_for_what_is_to_be_looked_at(
    served_demo: Served, mixed: Path
) -> None:
    page = served_demo.sign_in(served_demo.open_page(DESKTOP), "ana")
    start(served_demo, page, mixed)
    page.get_by_role("button", name="Read the files").click()
    go = page.get_by_role("button", name="Import 2, keep 1 to look at")
    expect(go).to_be_visible()
    for name, state in (("north/a.txt", "Same text"), ("south/a again.txt", "There already"), ("south/bad", "Refused")):
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text(state)
    assert not axe_findings(page)
    go.click()
    expect(page.get_by_role("status").first).to_contain_text("The files are in the study.")
    page.get_by_role("link", name="sources.zip/south/commented.docx").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("commented.docx")


def test_files_are_chosen_and_imported_by_keyboard_alone(served_demo: Served, mixed: Path) -> None:
    page = served_demo.sign_in(served_demo.open_page(DESKTOP), "ana")
    start(served_demo, page, mixed)
    keys = Keyboard(page)
    keys.reach(page.get_by_role("button", name="Read the files"))
    keys.lead_on()
    expect(page.get_by_role("button", name="Import 2, keep 1 to look at")).to_be_visible()
    keys.reach(page.get_by_role("checkbox", name="Choose sources.zip/north/b.txt"))
    keys.press("Space")
    keys.reach(page.get_by_role("button", name="Import the chosen files"))
    keys.lead_on()
    expect(page.get_by_role("row").filter(has_text="north/b.txt")).to_contain_text("In the study")
    expect(page.get_by_role("row").filter(has_text="north/a.txt")).to_contain_text("Same text")


def test_without_scripts_a_link_shows_how_far_reading_is(served_demo: Served, mixed: Path) -> None:
    page = served_demo.sign_in(served_demo.open_page(PHONE, java_script_enabled=False), "ana")
    start(served_demo, page, mixed)
    page.get_by_role("button", name="Read the files").click()
    for _ in range(40):
        again = page.get_by_role("link", name="Show how far it is now")
        if not again.count():
            break
        again.click()
    page.get_by_role("button", name="Import 2, keep 1 to look at").click()
    expect(page.get_by_role("row").filter(has_text="north/a.txt")).to_contain_text("In the study")
