"""The page of a source's speakers: labels that look alike are offered as one, joined, and put back."""

from ia_workbench import corpus
from ia_workbench.corpus import SourceKind, SourceRecord
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

TALK = b"Ms. Ortiz: Yes.\nWORKER: And?\nOrtiz: No.\nWORKER: So?\nMs. Ortiz: So.\nOrtiz: Yes.\nMs. Ortiz: Well.\n"
SOURCE = f"{BASE}/sources/INT-801"
SPEAKERS = f"{SOURCE}/speakers"


def take_in(site: Site) -> None:
    """Take a talk in, in which one person has two labels."""
    ana = site.home.actor("ana")
    with site.home.session(ana) as session:
        file = corpus.read_file("talk.txt", TALK)
        record = SourceRecord(SourceKind.INTERVIEW, "parent", key="INT-801")
        found = corpus.find_turns(file.text)
        corpus.import_source(session, ana, study_id=site.home.study_id, record=record, file=file, found=found)


def test_labels_that_look_alike_are_told_chosen_and_joined_in_one_act(site: Site, ana: Browser) -> None:
    take_in(site)
    assert "Some labels may be one speaker: Ms. Ortiz, Ortiz." in ana.page(SOURCE).text
    page = ana.page(SPEAKERS)
    assert "Are Ms. Ortiz and Ortiz one speaker?" in page.text
    assert [each["value"] for each in page.select("input[name=label][checked]")] == ["1", "3"]
    assert [each["value"] for each in page.select("input[name=into][checked]")] == ["1"], "the one with more turns"
    seen = page.select("input[name=seen]")[0]["value"]
    ana.send(SPEAKERS, {"label": ["1", "3"], "into": "1", "seen": seen})
    page = ana.page(SPEAKERS)
    assert [row.get_text(strip=True) for row in page.select("tbody th")] == ["Ms. Ortiz", "WORKER"]
    assert "one speaker?" not in page.text
    assert "Ortiz → Ms. Ortiz 2 turns" in " ".join(page.text.split())


def test_joined_labels_are_put_back_from_the_same_page(site: Site, ana: Browser) -> None:
    take_in(site)
    seen = ana.page(SPEAKERS).select("input[name=seen]")[0]["value"]
    ana.send(SPEAKERS, {"label": ["1", "3"], "into": "1", "seen": seen})
    seen = ana.page(SPEAKERS).select("input[name=seen]")[0]["value"]
    ana.send(f"{SPEAKERS}/2/split", {"seen": seen}, of=SPEAKERS)
    rows = ana.page(SPEAKERS).select("tbody th")
    assert [row.get_text(strip=True) for row in rows] == ["Ms. Ortiz", "WORKER", "Ortiz"]


def test_a_form_that_says_too_little_or_was_overtaken_keeps_what_was_chosen(site: Site, ana: Browser) -> None:
    take_in(site)
    seen = ana.page(SPEAKERS).select("input[name=seen]")[0]["value"]
    cases: list[tuple[dict[str, object], str, int]] = [
        ({"label": ["1"], "into": "1", "seen": seen}, "at least two labels", 422),
        ({"label": ["1", "3"], "seen": seen}, "which of the labels is to stay", 422),
        ({"label": ["1", "99"], "into": "1", "seen": seen}, "This label is no longer there.", 404),
        ({"label": ["1", "3"], "into": "1", "seen": "0"}, "was corrected by someone else meanwhile", 409),
    ]
    for form, sentence, status in cases:
        answer = ana.send(SPEAKERS, form, status=status)
        assert sentence in answer.text
        assert 'value="1" checked' in answer.text
