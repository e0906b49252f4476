"""Users: leads and administrators add, give new passwords shown once, and disable; nobody else comes near."""

import pytest

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.privacy import Role
from tests.support.browsing import Browser
from tests.support.site import Site

USERS = "/users"


def password_on(text: str) -> str:
    """The password that a page shows."""
    before, _, after = text.partition("<code>")
    assert before
    return after.partition("</code>")[0]


def account(site: Site, username: str, store: Store = Store.EVIDENCE) -> privacy.Actor:
    """Someone as they stand now."""
    return site.home.actor(username, store)


def test_both_sides_are_listed_with_their_studies(ana: Browser) -> None:
    tables = [table.get_text(" ", strip=True) for table in ana.page(USERS).select("table")]
    assert "ben analyst cedar" in tables[0]
    assert "rosa reviewer cedar" in tables[1]


def test_a_lead_sees_people_of_their_own_studies_and_whom_to_ask(site: Site) -> None:
    page = site.browser("omar").page(USERS)
    words = set(page.get_text(" ").split())
    assert {"omar", "ada"} <= words
    assert words.isdisjoint({"ana", "ines", "ben", "carla", "rosa", "marcus", "lee"})


def test_someone_who_is_there_already_joins_a_study_and_keeps_what_they_have(site: Site) -> None:
    omar = site.browser("omar")
    omar.send(USERS, {"username": "ben", "role": "analyst", "study": "other"}, status=200)
    assert len(account(site, "ben").study_ids) == 2
    site.browser("ben").page("/studies")  # still signed in, with the password they had


def test_a_new_analyst_gets_a_password_that_works_and_is_shown_once(site: Site, ana: Browser) -> None:
    response = ana.send(USERS, {"username": "dora", "role": "analyst", "study": "cedar"}, status=200)
    password = password_on(response.text)
    assert account(site, "dora").role is Role.ANALYST
    assert site.study_id in account(site, "dora").study_ids
    Browser(site.app).send("/sign-in", {"username": "dora", "password": password})
    assert password not in ana.page(USERS).get_text()


def test_a_new_reviewer_lives_in_the_other_store(site: Site, ana: Browser) -> None:
    ana.send(USERS, {"username": "lupe", "role": "reviewer", "study": "cedar"}, status=200)
    assert account(site, "lupe", Store.PUBLISHED).role is Role.REVIEWER
    assert len(account(site, "lupe", Store.PUBLISHED).study_ids) == 1
    with site.home.unheld(Store.EVIDENCE, writes=False) as session:
        assert "lupe" not in [each.username for each in privacy.accounts(session, Store.EVIDENCE)]


def test_an_administrator_adds_people_without_seeing_a_study(site: Site) -> None:
    ada = site.browser("ada")
    ada.send(USERS, {"username": "emil", "role": "analyst", "study": "cedar"}, status=200)
    ada.send(USERS, {"username": "vera", "role": "site-lead", "study": "cedar"}, status=200)
    assert site.study_id in account(site, "emil").study_ids
    assert account(site, "vera", Store.PUBLISHED).role is Role.SITE_LEAD
    ada.get("/s/cedar", status=404)


def test_someone_known_is_added_to_a_further_study_and_keeps_their_password(site: Site) -> None:
    omar = site.browser("omar")
    response = omar.send(USERS, {"username": "ben", "role": "analyst", "study": "other"}, status=200)
    assert "<code>" not in response.text
    assert len(account(site, "ben").study_ids) == 2


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"username": "with space", "role": "analyst"}, 422, "A username has 1 to 40 letters"),
        ({"username": "ben", "role": "lead"}, 422, "ben exists already, as analyst."),
        ({"username": "BEN", "role": "analyst"}, 422, "There is a user called ben already."),
        ({"username": "rosa", "role": "analyst"}, 422, "There is a user called rosa already."),
        ({"username": "Ben", "role": "reviewer"}, 422, "There is a user called ben already."),
        ({"username": "new", "role": "owner"}, 422, "Choose one of"),
        ({"username": "new", "role": "reviewer", "study": ""}, 422, "Choose the study whose findings they are to see."),
        ({"username": "new", "role": "analyst", "study": "other"}, 404, "There is nothing here"),
    ],
)
def test_a_wrong_entry_is_refused_in_one_sentence(
    ana: Browser, fields: dict[str, object], status: int, sentence: str
) -> None:
    response = ana.send(USERS, {"study": "cedar", **fields}, status=status)
    assert sentence in response.text


def test_a_new_password_replaces_the_old_on_either_side(site: Site, ana: Browser) -> None:
    for username, store in (("ben", "evidence"), ("rosa", "published")):
        response = ana.send(f"{USERS}/password", {"username": username, "store": store}, of=USERS, status=200)
        assert len(password_on(response.text)) >= privacy.SHORTEST_PASSWORD


def test_disabling_someone_signs_them_out_at_once(site: Site, ana: Browser, ben: Browser) -> None:
    ben.get("/s/cedar")
    ana.send(f"{USERS}/disable", {"username": "ben", "store": "evidence"}, of=USERS)
    ben.get("/s/cedar", status=302)
    ana.send(f"{USERS}/disable", {"username": "rosa", "store": "published"}, of=USERS)
    assert ana.page(USERS).get_text().count("disabled ") == 2


def test_nobody_disables_themselves(ana: Browser) -> None:
    response = ana.send(f"{USERS}/disable", {"username": "ana", "store": "evidence"}, of=USERS, status=422)
    assert "You cannot disable yourself." in response.text


def test_an_analyst_comes_nowhere_near(ben: Browser) -> None:
    ben.get(USERS, status=404)
    for path in (USERS, f"{USERS}/password", f"{USERS}/disable"):
        ben.send(path, {"username": "ana", "store": "evidence"}, of="/s/cedar", status=404)
