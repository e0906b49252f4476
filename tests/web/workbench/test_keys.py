"""The page of keys: everyone chooses their own, two acts never share one, and single letters can be switched off."""

import pytest
from flask import Flask

from ia_workbench import privacy
from ia_workbench.privacy import ChosenKeys
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.transcripts import KEY, add_transcript

PAGE = f"/s/cedar/sources/{KEY}/code"
OFF = 'name="single-keys" content="off"'


@pytest.fixture
def ana(app: Flask, home: Home) -> Browser:
    """Ana's browser."""
    return signed_in(app, home, home.actor("ana"))


def chosen(home: Home) -> ChosenKeys:
    with home.session(home.actor("ana"), writes=False) as session:
        return privacy.chosen_keys(session, home.actor("ana"))


def fields_of(browser: Browser) -> dict[str, str]:
    """What the form of keys sends as it stands, without any button."""
    form = browser.page("/keys").select_one("form[action='/keys']")
    assert form is not None
    inputs = [each for each in form.select("input[name]") if each.get("type") != "checkbox" or each.has_attr("checked")]
    return {str(each["name"]): str(each.get("value", "")) for each in inputs}


def save(browser: Browser, **typed: str) -> int:
    """Send the form as it stands, with some fields changed; the status of the answer."""
    fields = fields_of(browser) | {name.replace("key_", "key-"): value for name, value in typed.items()}
    return int(browser.client.post("/keys", data=fields).status_code)


def test_a_chosen_key_takes_the_place_of_the_usual_one(ana: Browser, home: Home) -> None:
    add_transcript(home)
    assert save(ana, key_pick="ctrl + shift + X", key_link="") == 303
    assert chosen(home) == ChosenKeys({"pick": "Ctrl+Shift+x", "link": ""})
    page = ana.get(PAGE).text
    assert '"Ctrl+Shift+x": "pick"' in page
    assert '"c": "pick"' not in page
    assert '"link"' not in page.partition('"keys": {')[2].partition("}")[0]


@pytest.mark.parametrize("key", ["s", "S", "ctrl+z", "ArrowUp", "Home", "tab", "g", "/", "Ctrl+W", "xx", "Ctrl+"])
def test_a_key_that_is_taken_or_none_is_refused_and_nothing_is_kept(ana: Browser, home: Home, key: str) -> None:
    assert save(ana, key_pick=key, key_undo="F2" if key == "F2" else "Ctrl+z") in {409, 422}
    assert chosen(home) == ChosenKeys()


def test_two_keys_can_change_places_and_one_or_all_become_usual_again(ana: Browser, home: Home) -> None:
    assert save(ana, key_sentence="t", key_wholeTurn="s") == 303
    assert chosen(home).chords == {"sentence": "t", "wholeTurn": "s"}
    assert save(ana, reset="sentence") == 409, "the other act has that key"
    assert save(ana, key_sentence="F4", key_pick="F6") == 303
    assert save(ana, reset="pick") == 303
    assert chosen(home).chords == {"sentence": "F4", "wholeTurn": "s"}
    assert save(ana, reset="*") == 303
    assert chosen(home) == ChosenKeys()


def test_what_stands_beside_a_button_is_the_key_that_does_it_for_the_reader(ana: Browser, home: Home) -> None:
    add_transcript(home)
    assert [each.get_text() for each in ana.page(PAGE).select("#act-code kbd")] == ["c"]
    assert save(ana, key_pick="Ctrl+Shift+k", key_memo="") == 303
    page = ana.page(PAGE)
    assert [each.get_text() for each in page.select("#act-code kbd")] == ["Ctrl", "Shift", "K"]
    assert page.select("#act-memo kbd") == []
    assert [each.get_text() for each in page.select("#act-memo-wide kbd")] == ["Shift", "M"]


def test_single_letters_are_switched_off_on_every_page(ana: Browser, home: Home) -> None:
    add_transcript(home)
    assert OFF not in ana.get("/studies").text
    fields = fields_of(ana)
    fields.pop("letters")
    assert ana.client.post("/keys", data=fields).status_code == 303
    assert OFF in ana.get("/studies").text
    page = ana.get(PAGE).text
    keys = page.partition('"keys": {')[2].partition("}")[0]
    assert "Ctrl+z" in keys
    assert '"c"' not in keys
    answer = ana.client.post("/keys/letters", data={"csrf_token": ana.token("/keys"), "letters": "1", "next": PAGE})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert OFF not in ana.get("/studies").text
    answer = ana.client.post("/keys/letters", data={"csrf_token": ana.token("/keys"), "next": "//evil.example/"})
    assert answer.headers["Location"] == "/keys"
