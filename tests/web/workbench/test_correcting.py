"""Correcting on pages: a turn or the whole text, then every excerpt before and after, settled one by one or at once."""

from bs4 import BeautifulSoup, Tag

from tests.support.browsing import Browser
from tests.support.site import BASE, PARENT

SOURCE = f"{BASE}/sources/INT-001"
TURN = "P: Nothing after four, nothing on Saturday. Ms. Okoro turned the screen around."


def seen(page: BeautifulSoup) -> str:
    """Return what the form says its writer had before them."""
    field = page.find("input", attrs={"name": "seen"})
    assert isinstance(field, Tag)
    return str(field["value"])


def words(page: BeautifulSoup) -> str:
    field = page.find("textarea", attrs={"name": "words"})
    assert isinstance(field, Tag)
    return field.get_text().removeprefix("\n")


def correct_turn(browser: Browser, new: str, *, turn: int = 2) -> None:
    """Correct one turn, and expect to be led to what became of the excerpts."""
    page = browser.page(f"{SOURCE}/correct?turn={turn}")
    fields: dict[str, object] = {"words": new, "turn": turn, "note": "Heard again.", "seen": seen(page)}
    answer = browser.send(f"{SOURCE}/correct", fields, of=f"{SOURCE}/correct?turn={turn}")
    assert "/revisions/" in answer.headers["Location"]


def waiting(browser: Browser, number: int = 2) -> list[Tag]:
    return browser.page(f"{SOURCE}/revisions/{number}").select("li.waits")


def gone_ones(browser: Browser) -> list[Tag]:
    return [each for each in waiting(browser) if "Gone from the text." in each.get_text()]


def settle(browser: Browser, item: Tag, status: int = 303, **fields: object) -> BeautifulSoup:
    """Send one of the forms of an excerpt."""
    form = item.find("form")
    assert isinstance(form, Tag)
    hidden = form.find("input", attrs={"name": "seen"})
    assert isinstance(hidden, Tag)
    page = f"{SOURCE}/revisions/2"
    answer = browser.send(str(form["action"]), {"seen": str(hidden["value"]), **fields}, of=page, status=status)
    return BeautifulSoup(answer.text, "html5lib")


def test_one_turn_is_corrected_and_what_is_coded_in_it_is_shown_before_and_after(ben: Browser) -> None:
    assert words(ben.page(f"{SOURCE}/correct?turn=2")) == TURN
    correct_turn(ben, TURN.replace("four", "five"))
    page = ben.page(f"{SOURCE}/revisions/2")
    changed = page.select("li.waits")[0]
    before, after = (each.get_text() for each in changed.select("blockquote"))
    assert "Nothing after four" in before
    assert after == before.replace("four", "five")
    assert page.select_one(".differences del").get_text() == "four"  # type: ignore[union-attr]
    assert "Heard again." in page.text
    assert "Nothing after five" in ben.page(f"{SOURCE}/code").text
    assert "Nothing after four" in ben.page(f"{SOURCE}/revisions/1/text").text
    listed = ben.page(f"{SOURCE}/revisions").select("tbody tr")
    assert ["to settle" in row.get_text() for row in listed] == [True, False]


def test_the_whole_text_of_a_megabyte_comes_and_goes_in_a_form(ben: Browser) -> None:
    page = ben.page(f"{SOURCE}/correct?whole=1")
    assert words(page) == PARENT
    said = "And then I asked for an evening é, and they said the form has none. " * 4
    long = PARENT + f"\nP: {said}".join([""] * 4_000)
    token = ben.token(f"{SOURCE}/correct?whole=1")
    sent = {"csrf_token": token, "words": long.replace("\n", "\r\n"), "seen": seen(page)}
    assert ben.client.post(f"{SOURCE}/correct", data=sent).status_code == 303
    assert len(long) > 900_000
    assert not waiting(ben)


def test_who_saves_second_keeps_their_words_and_sees_what_differs_by_now(ana: Browser, ben: Browser) -> None:
    old = seen(ana.page(f"{SOURCE}/correct?turn=2"))
    correct_turn(ben, TURN.replace("four", "five"))
    fields: dict[str, object] = {"words": TURN.replace("four", "six"), "turn": 2, "note": "Mine.", "seen": old}
    answer = ana.send(f"{SOURCE}/correct", fields, of=f"{SOURCE}/correct?turn=2", status=409)
    page = BeautifulSoup(answer.text, "html5lib")
    assert "corrected by someone else meanwhile" in page.text
    assert words(page) == TURN.replace("four", "six")
    assert [each.get_text() for each in page.select(".differences del, .differences ins")] == ["five", "six"]
    ana.send(f"{SOURCE}/correct", {**fields, "seen": seen(page)}, of=f"{SOURCE}/correct?turn=2")
    assert "Nothing after six" in ana.page(f"{SOURCE}/code").text


def test_a_correction_that_changes_nothing_is_refused_on_its_form(ben: Browser) -> None:
    page = ben.page(f"{SOURCE}/correct?turn=2")
    fields: dict[str, object] = {"words": TURN, "turn": 2, "seen": seen(page)}
    answer = ben.send(f"{SOURCE}/correct", fields, of=f"{SOURCE}/correct?turn=2", status=422)
    assert "is the same as before" in answer.text
    ben.get(f"{SOURCE}/correct?turn=99", status=404)
    ben.get(f"{SOURCE}/revisions/1", status=404)


def test_changed_words_are_confirmed_and_the_finding_says_so_until_then(ben: Browser) -> None:
    correct_turn(ben, TURN.replace("four", "five"))
    assert "Nobody has confirmed them" in ben.page(f"{BASE}/findings/F-01").text
    assert "Nobody has confirmed them" in ben.page(f"{BASE}/findings/F-01/evidence/E-0001").text
    assert "The text was corrected: " in ben.page(SOURCE).text
    while left := waiting(ben):
        settle(ben, left[0], act="confirm")
    assert "Nobody has confirmed them" not in ben.page(f"{BASE}/findings/F-01").text
    assert "settled by ben" in ben.page(f"{SOURCE}/revisions/2").text


def test_words_that_are_gone_can_be_found_anew_or_left_out(ana: Browser, ben: Browser) -> None:
    correct_turn(ben, "P: Ms. Okoro turned the screen around.")
    gone = gone_ones(ben)[0]
    refused = settle(ben, gone, act="choose", words="No such words", status=422)
    assert "has no such words" in refused.text
    assert refused.find("textarea", string="No such words") is not None
    many = len(gone_ones(ben))
    settle(ben, gone, act="choose", words="turned the screen")
    assert len(gone_ones(ben)) == many - 1
    correct_turn(ben, "P: Nobody.")
    while left := waiting(ben, 3):
        settle(ben, left[0], act="leave")
    assert "these words are gone from it" in ben.page(f"{BASE}/findings/F-01").text
    way = ana.page(f"{BASE}/findings/F-01/release?to=body").select_one(f'a[href="{SOURCE}/revisions"]')
    assert way is not None, "what stands in the way leads to the revisions"


def test_all_that_kept_its_words_is_confirmed_at_once(ben: Browser) -> None:
    correct_turn(ben, "INTERVIEWER: How, then, did you hear the times?", turn=1)
    page = ben.page(f"{SOURCE}/revisions/2")
    assert "Confirm all unchanged" in page.text
    ben.send(f"{SOURCE}/revisions/2/confirm", {}, of=f"{SOURCE}/revisions/2")
    page = ben.page(f"{SOURCE}/revisions/2")
    assert "Confirm all unchanged" not in page.text
    assert "settled by ben" in page.text
    ben.send(f"{SOURCE}/revisions/2/confirm", {}, of=f"{SOURCE}/correct?turn=1", status=422)
