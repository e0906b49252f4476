"""Work on the codebook beside the text in a real browser, by keys alone."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from ia_workbench import codebook, coding
from tests.support.reading_page import open_transcript, press
from tests.support.serving import Served, axe_findings
from tests.support.transcripts import add_transcript


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser on the page of a transcript that three people have coded."""
    add_transcript(served.home)
    return open_transcript(served, served.sign_in(served.open_page(), "ana"))


def codes(served: Served) -> dict[str, tuple[str, int]]:
    """The codes by path: their names, and how often each was given."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        given = {each.path: each.codings for each in coding.counts_by_code(session, served.home.study_id)}
        every = codebook.codes(session, served.home.study_id)
        return {each.path: (each.name, given.get(each.path, 0)) for each in every}


def item(page: Page, name: str) -> str:
    """A code of the tree."""
    return f"#tree [role=treeitem]:has(.name:text-is('{name}'))"


def test_a_code_is_renamed_merged_and_brought_back_by_keys_alone(served: Served, ana: Page) -> None:
    before = codes(served)
    press(ana, "b", "ArrowDown", "ArrowDown", "F2")  # office hours only
    ana.keyboard.type("evenings closed")
    press(ana, "Enter")
    expect(ana.locator(item(ana, "evenings closed"))).to_be_focused()
    expect(ana.locator("#saving-words")).to_contain_text("Renamed: evenings closed")
    press(ana, "3")
    expect(ana.locator(f"{item(ana, 'evenings closed')} .fav")).to_contain_text("3")
    press(ana, "Shift+F10")
    expect(ana.get_by_role("menu")).to_be_visible()
    assert not axe_findings(ana)
    press(ana, "m", "m", "Enter")  # move, then merge
    ana.keyboard.type("missed")
    assert not axe_findings(ana, "#target")
    press(ana, "Enter")
    expect(ana.locator(item(ana, "missed visit"))).to_be_focused()
    expect(ana.locator(item(ana, "evenings closed"))).to_have_count(0)
    expect(ana.locator(f"{item(ana, 'missed visit')} .n")).to_have_text("2")
    expect(ana.locator(f"{item(ana, 'missed visit')} .fav")).to_contain_text("3")  # it is kept at hand instead
    assert codes(served)["family-time/missed-visit"] == ("missed visit", 2)
    press(ana, "Control+z")
    expect(ana.locator(f"{item(ana, 'evenings closed')} .fav")).to_contain_text("3")
    press(ana, "Control+z")
    expect(ana.locator(item(ana, "office hours only"))).to_have_count(1)
    assert codes(served) == before
    press(ana, "Control+Shift+z")
    expect(ana.locator(item(ana, "evenings closed"))).to_have_count(1)


def test_words_become_a_code_and_one_undo_takes_both_back(served: Served, ana: Page) -> None:
    before = codes(served)
    ana.locator("#text").focus()
    press(ana, "j", *["Shift+ArrowRight"] * 3, "v")
    expect(ana.get_by_role("dialog", name="A code of these words")).to_be_visible()
    name = ana.locator("#name-code-name").input_value()
    assert name == "When she opens"
    press(ana, "Enter")
    expect(ana.locator(item(ana, name))).to_have_count(1)
    expect(ana.locator("#cards .name").first).to_have_text(name)
    assert codes(served)["when-she-opens"] == (name, 1)
    press(ana, "Control+z")
    expect(ana.locator(item(ana, name))).to_have_count(0)
    assert codes(served) == before


def test_both_texts_stay_on_the_page_when_two_people_define_one_code(served: Served, ana: Page) -> None:
    press(ana, "b", "ArrowDown", "Shift+F10", "d", "Enter")
    ana.locator("#define-definition").fill("Ana's words.")
    with served.home.session(served.home.actor("ben")) as session:
        code = codebook.code_at(session, served.home.study_id, "family-time/slots-set-by-form")
        wording = replace(codebook.wording_of(code), definition="Ben's words.")
        codebook.change_code(session, served.home.actor("ben"), code=code, wording=wording)
    ana.get_by_role("button", name="Save").click()
    expect(ana.locator("#define-refused")).to_contain_text("changed by someone else")
    expect(ana.locator("#define-definition")).to_have_value("Ana's words.")
    expect(ana.locator("#define-definition-now")).to_have_text("Stored by now: Ben's words.")
    ana.get_by_role("button", name="Save mine instead").click()
    expect(ana.locator("#define")).to_be_hidden()
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        code = codebook.code_at(session, served.home.study_id, "family-time/slots-set-by-form")
        assert code.definition == "Ana's words."
