"""Changing, moving, merging, splitting and removing codes on pages, without scripts; versions compared."""

from dataclasses import replace

from bs4 import BeautifulSoup
from sqlalchemy import select

from ia_workbench import codebook, coding, privacy
from ia_workbench.codebook import Code
from ia_workbench.coding import Coding
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

TREE = f"{BASE}/codebook"
SLOTS = "family-time/slots"


def fields_of(page: BeautifulSoup, action: str) -> dict[str, str | list[str]]:
    """What a browser would send of a form as it stands."""
    form = page.select_one(f"form[action='{action}']")
    assert form is not None
    sent: dict[str, str | list[str]] = {}
    for each in form.select("input[name], textarea[name]"):
        if each.get("type") in {"radio", "checkbox"} and not each.has_attr("checked"):
            continue
        name = str(each["name"])
        value = each.get_text().removeprefix("\n") if each.name == "textarea" else str(each.get("value", ""))
        known = sent.get(name)
        sent[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]
    return sent


def change(browser: Browser, path: str, status: int = 303, **fields: str) -> str:
    """Send the form that changes a code as it stands, but for some fields."""
    page = browser.page(f"{TREE}/change/{path}")
    sent = fields_of(page, f"{TREE}/change/{path}") | fields
    return browser.send(f"{TREE}/change/{path}", sent, of=f"{TREE}/change/{path}", status=status).text


def words_of(page: BeautifulSoup, selector: str) -> str:
    """The words of the one element that a selector names."""
    (found,) = page.select(selector)
    return found.get_text()


def code_at(site: Site, path: str) -> Code:
    with site.reading() as session:
        return codebook.code_at(session, site.study_id, path)


def test_a_form_that_is_sent_as_it_stands_changes_nothing(site: Site, ben: Browser) -> None:
    before = code_at(site, SLOTS)
    change(ben, SLOTS)
    after = code_at(site, SLOTS)
    assert codebook.wording_of(after) == codebook.wording_of(before)
    assert after.version == before.version


def test_a_code_is_renamed_and_keeps_its_path_and_the_change_is_in_its_history(site: Site, ben: Browser) -> None:
    change(ben, SLOTS, name="Hours on the form", definition="The list decides, not a person.")
    assert code_at(site, SLOTS).name == "Hours on the form"
    page = ben.page(f"{TREE}/c/{SLOTS}")
    told = page.select_one("section[aria-labelledby=history]")
    assert told is not None
    assert "renamed, defined anew" in told.get_text(" ", strip=True)
    assert [each.get_text() for each in told.select("dd ins")][:1] == ["Hours on"]


def test_what_somebody_else_stored_meanwhile_stands_beside_what_was_typed(
    site: Site, ana: Browser, ben: Browser
) -> None:
    page = ben.page(f"{TREE}/change/{SLOTS}")
    typed = fields_of(page, f"{TREE}/change/{SLOTS}") | {"definition": "Ben's words."}
    change(ana, SLOTS, definition="Ana's words.")
    refused = ben.send(f"{TREE}/change/{SLOTS}", typed, of=f"{TREE}/change/{SLOTS}", status=409)
    page = BeautifulSoup(refused.text, "html.parser")
    assert "Ben's words." in words_of(page, "textarea[name=definition]")
    assert "Ana's words." in words_of(page, "#definition-now")
    again = fields_of(page, f"{TREE}/change/{SLOTS}")
    ben.send(f"{TREE}/change/{SLOTS}", again, of=f"{TREE}/change/{SLOTS}")
    assert code_at(site, SLOTS).definition == "Ben's words."


def test_a_moved_code_takes_the_codes_below_it_along(site: Site, ben: Browser) -> None:
    ben.send(f"{TREE}/new", {"name": "Visits"})
    ben.send(f"{TREE}/move/family-time", {"parent": "visits", "after": ""}, of=f"{TREE}/change/family-time")
    assert code_at(site, "visits/family-time/slots").name == "Slots set by the form"
    text = ben.send(
        f"{TREE}/move/visits", {"parent": "visits/family-time"}, of=f"{TREE}/change/visits", status=422
    ).text
    assert "A code cannot be moved below itself." in text


def test_a_merged_code_is_gone_and_its_codings_are_with_the_other(site: Site, ana: Browser) -> None:
    with site.reading() as session:
        before = {each.guid for each in session.scalars(select(Coding))}
    ana.send(f"{TREE}/publish", {"note": "First"}, of=TREE)
    ana.send(f"{TREE}/merge/{SLOTS}", {"into": "family-time"}, of=f"{TREE}/change/{SLOTS}")
    ana.get(f"{TREE}/c/{SLOTS}", status=404)
    with site.reading() as session:
        made = session.scalars(select(Coding)).all()
        assert {each.guid for each in made} == before
        assert {each.code.path for each in made} == {"family-time"}
    text = ana.page(f"{TREE}/compare").get_text(" ", strip=True)
    assert "Its codings went to Family time" in text
    assert "2 codings touched: INT-001" in text


def test_an_analyst_does_not_merge_what_others_coded(ben: Browser) -> None:
    refused = ben.send(f"{TREE}/merge/{SLOTS}", {"into": "family-time"}, of=f"{TREE}/change/{SLOTS}", status=403)
    assert "Others have coded with family-time/slots." in refused.text


def test_a_code_in_use_is_not_removed_and_one_without_codings_is(site: Site, ana: Browser) -> None:
    refused = ana.send(f"{TREE}/remove/{SLOTS}", {}, of=f"{TREE}/change/{SLOTS}", status=422)
    assert "Words are coded with family-time/slots, 2 times." in refused.text
    ana.send(f"{TREE}/new", {"name": "Rides"})
    ana.send(f"{TREE}/remove/rides", {}, of=f"{TREE}/change/rides")
    ana.get(f"{TREE}/c/rides", status=404)


def test_a_name_of_the_studys_list_is_warned_of_before_it_names_a_code(site: Site, ana: Browser) -> None:
    with site.home.session(site.home.actor("ana")) as session:
        study = privacy.study_keyed(session, "cedar")
        study.settings = {**study.settings, "names": ["Dana Okoro"]}
    asked = ana.send(f"{TREE}/new", {"name": "Okoro's office"}, status=422)
    assert "The study's list of names has “Okoro" in BeautifulSoup(asked.text, "html.parser").get_text()
    ana.send(f"{TREE}/new", {"name": "Okoro's office", "despite": "1"})
    assert code_at(site, "okoro-s-office").name == "Okoro's office"


def test_codings_are_sorted_one_by_one_and_the_work_can_be_left_and_taken_up(site: Site, ana: Browser) -> None:
    page = f"{TREE}/split/{SLOTS}"
    ana.send(page, {"name": "Hours of the court", "into": ""}, of=page)
    assert "0 of 2 sorted" in ana.page(page).get_text()
    sort = f"{TREE}/sort/{SLOTS}"
    first = fields_of(ana.page(page), sort)
    ana.send(sort, first | {"into": "family-time/hours-of-the-court"}, of=page)
    assert "1 of 2 sorted" in ana.page(page).get_text()
    second = fields_of(ana.page(page), sort)
    assert second["coding"] != first["coding"]
    ana.send(sort, second | {"into": "stay"}, of=page)
    text = ana.page(page).get_text()
    assert "2 of 2 sorted" in text
    assert "All codings are sorted." in text
    ana.send(f"{TREE}/end-split/{SLOTS}", {}, of=page)
    with site.reading() as session:
        counts = {each.path: each.codings for each in coding.counts_by_code(session, site.study_id)}
    assert (counts[SLOTS], counts["family-time/hours-of-the-court"]) == (1, 1)


def test_versions_are_compared_by_code_and_not_by_path(site: Site, ana: Browser) -> None:
    ana.send(f"{TREE}/publish", {"note": "First"}, of=TREE)
    with site.home.session(site.home.actor("ana")) as session:
        code = codebook.code_at(session, site.study_id, SLOTS)
        wording = replace(codebook.wording_of(code), name="Hours on the form", color=9)
        codebook.change_code(session, site.home.actor("ana"), code=code, wording=wording)
        codebook.move_code(session, site.home.actor("ana"), code=code, parent=None)
    ana.send(f"{TREE}/publish", {"note": "Second"}, of=TREE)
    page = ana.page(f"{TREE}/compare?from=1&to=2")
    kinds = [each.get_text() for each in page.select(".kinds .tag")]
    assert kinds == ["renamed", "moved", "recoloured"]
    assert "Nothing differs between the two." in ana.page(f"{TREE}/compare?from=2&to=now").get_text()
